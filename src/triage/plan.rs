use std::collections::HashMap;

use super::{RuleEntry, Selector};
use crate::findings::Finding;
use crate::knowledge::kinds::Severity;
use crate::knowledge::spec::Level;

/// What the user wants of the rules, gathered from command line and config for one file.
#[derive(Clone, Debug, Default)]
pub struct Preferences<'a> {
    pub profile: &'a str,
    /// Only these; all when empty.
    pub select: &'a [Selector],
    /// `select` stands on the command line: it turns on again what the config turned off.
    pub insist: bool,
    pub ignore: Vec<&'a Selector>,
    /// Of the config, then of its overrides for the file; later ones win.
    pub levels: Vec<(&'a Selector, Level)>,
}

/// How a rule stands in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    On(Severity),
    Off(Reason),
}

/// Why a rule is off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It rests on draft law.
    Draft,
    /// No article it rests on is in force on the day that the config names.
    NotInForce,
    /// The profile switches it off.
    Profile,
    /// The config switches it off.
    Config,
    /// It is among the ignored.
    Ignored,
    /// Others were selected.
    NotSelected,
}

impl Reason {
    /// As JSON and the list of rules have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::NotInForce => "not-in-force",
            Self::Profile => "profile",
            Self::Config => "config",
            Self::Ignored => "ignored",
            Self::NotSelected => "not-selected",
        }
    }
}

/// The standing of every rule for one file.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    standings: HashMap<String, (Severity, Standing)>,
}

impl Plan {
    /// What `preferences` make of `rules`.
    pub fn new(rules: &[RuleEntry], preferences: &Preferences<'_>) -> Self {
        let standings = rules
            .iter()
            .map(|rule| (rule.id.clone(), (rule.severity, standing(rule, preferences))))
            .collect();
        Self { standings }
    }

    /// How the rule with this id stands; `None` for an unknown one.
    pub fn standing(&self, rule: &str) -> Option<Standing> {
        self.standings.get(rule).map(|(_, standing)| *standing)
    }

    /// Whether the rule with this id is on.
    pub fn enabled(&self, rule: &str) -> bool {
        matches!(self.standing(rule), Some(Standing::On(_)))
    }

    /// The severity a finding is reported with; `None` when its rule is off.
    ///
    /// `found` is the severity that judging gave it, from the rule as its file states it: the rule's
    /// own, or a milder one where the rule says so. What the user or the profile set replaces the
    /// rule's own severity, and caps a milder one.
    pub fn severity(&self, rule: &str, found: Severity) -> Option<Severity> {
        let (own, standing) = self.standings.get(rule)?;
        match standing {
            Standing::Off(_) => None,
            Standing::On(set) if found == *own => Some(*set),
            Standing::On(set) => Some(found.min(*set)),
        }
    }

    /// Drops a finding whose rule is off and sets the severity of any other.
    pub fn settle(&self, mut finding: Finding) -> Option<Finding> {
        finding.severity = self.severity(&finding.rule, finding.severity)?;
        Some(finding)
    }
}

fn standing(rule: &RuleEntry, preferences: &Preferences<'_>) -> Standing {
    let Preferences { profile, select, insist, ignore, levels } = preferences;
    if rule.lapsed {
        return Standing::Off(Reason::NotInForce);
    }
    if ignore.iter().any(|selector| selector.matches(rule)) {
        return Standing::Off(Reason::Ignored);
    }
    if !select.is_empty() && !select.iter().any(|selector| selector.matches(rule)) {
        return Standing::Off(Reason::NotSelected);
    }
    let named = select.iter().any(|selector| selector.names(rule));
    let in_profile = rule.profiles.get(*profile).copied();
    let usual = in_profile.and_then(Level::severity).unwrap_or(rule.severity);
    let set = levels.iter().rev().find(|(selector, level)| {
        // A draft rule is turned on by its name alone, not by the tag of a group.
        selector.matches(rule) && (!rule.draft || selector.names(rule) || *level == Level::Off)
    });
    match set.map(|(_, level)| level.severity()) {
        Some(Some(severity)) => return Standing::On(severity),
        Some(None) if !(*insist && named) => return Standing::Off(Reason::Config),
        _ => {}
    }
    if rule.draft && !named {
        return Standing::Off(Reason::Draft);
    }
    if in_profile == Some(Level::Off) && !named {
        return Standing::Off(Reason::Profile);
    }
    Standing::On(usual)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::kinds::{Confidence, Judge};
    use crate::knowledge::spec::Text;

    fn rule(id: &str) -> RuleEntry {
        RuleEntry {
            id: id.to_owned(),
            title: Text::default(),
            demands: None,
            group: "purpose".to_owned(),
            severity: Severity::Warning,
            profiles: [("strict".to_owned(), Level::Error)].into(),
            confidence: Confidence::High,
            judge: Judge::Practice,
            tags: vec!["purpose".to_owned()],
            cites: vec![],
            draft: false,
            lapsed: false,
            source: "purpose.yaml".to_owned(),
        }
    }

    fn selectors(texts: &[&str]) -> Vec<Selector> {
        texts.iter().map(|text| Selector::new(text).unwrap()).collect()
    }

    fn levels<'a>(selectors: &'a [Selector], levels: &[Level]) -> Vec<(&'a Selector, Level)> {
        selectors.iter().zip(levels.iter().copied()).collect()
    }

    fn standing_of(rule: &RuleEntry, preferences: &Preferences<'_>) -> Standing {
        Plan::new(std::slice::from_ref(rule), preferences).standing(&rule.id).unwrap()
    }

    #[test]
    fn the_rule_decides_unless_somebody_else_does() {
        let rule = rule("purpose-missing");
        let tag_and_glob = selectors(&["purpose", "purpose-*"]);
        let id = selectors(&["purpose-missing"]);
        let mut preferences = Preferences::default();
        assert_eq!(standing_of(&rule, &preferences), Standing::On(Severity::Warning));
        preferences.profile = "strict";
        assert_eq!(standing_of(&rule, &preferences), Standing::On(Severity::Error));
        preferences.levels = levels(&tag_and_glob, &[Level::Off, Level::Info]);
        assert_eq!(standing_of(&rule, &preferences), Standing::On(Severity::Info));
        preferences.levels.reverse();
        assert_eq!(standing_of(&rule, &preferences), Standing::Off(Reason::Config));
        preferences.select = &id;
        preferences.insist = true;
        assert_eq!(standing_of(&rule, &preferences), Standing::On(Severity::Error));
        preferences.ignore = vec![&tag_and_glob[0]];
        assert_eq!(standing_of(&rule, &preferences), Standing::Off(Reason::Ignored));
    }

    #[test]
    fn what_is_not_selected_is_off() {
        let others = selectors(&["sensitive-*"]);
        let preferences = Preferences { select: &others, ..Preferences::default() };
        assert_eq!(standing_of(&rule("purpose-missing"), &preferences), Standing::Off(Reason::NotSelected));
    }

    #[test]
    fn a_draft_rule_waits_to_be_called_by_name() {
        let mut rule = rule("future-duty");
        rule.draft = true;
        let tag = selectors(&["purpose"]);
        let id = selectors(&["future-duty"]);
        let mut preferences = Preferences::default();
        assert_eq!(standing_of(&rule, &preferences), Standing::Off(Reason::Draft));
        preferences.levels = levels(&tag, &[Level::Error]);
        assert_eq!(standing_of(&rule, &preferences), Standing::Off(Reason::Draft));
        preferences.select = &id;
        assert_eq!(standing_of(&rule, &preferences), Standing::On(Severity::Warning));
    }

    #[test]
    fn a_rule_whose_law_is_not_in_force_is_off_whatever_is_asked() {
        let lapsed = RuleEntry { lapsed: true, ..rule("a") };
        let id = selectors(&["a"]);
        let levels = levels(&id, &[Level::Error]);
        let preferences = Preferences { select: &id, insist: true, levels, ..Preferences::default() };
        assert_eq!(standing_of(&lapsed, &preferences), Standing::Off(Reason::NotInForce));
    }

    #[test]
    fn a_milder_finding_stays_mild() {
        let id = selectors(&["a"]);
        let preferences = Preferences { levels: levels(&id, &[Level::Error]), ..Preferences::default() };
        let plan = Plan::new(&[rule("a")], &preferences);
        assert_eq!(plan.severity("a", Severity::Warning), Some(Severity::Error));
        assert_eq!(plan.severity("a", Severity::Info), Some(Severity::Info));
        assert_eq!(plan.severity("unknown", Severity::Info), None);
    }
}
