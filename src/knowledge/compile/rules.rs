//! Rules.

use super::Compiler;
use super::place::At;
use crate::knowledge::kinds::{Judge, Point};
use crate::knowledge::rule::{self, Condition, Rule};
use crate::knowledge::spec;

const PROFILES: [&str; 2] = ["default", "strict"];

impl Compiler {
    pub(super) fn rule(&mut self, at: At<'_>, rule: &spec::Rule) {
        let id = at.key("id");
        if !is_kebab(&rule.id) {
            let help = Some("use lower-case words joined by `-`".to_owned());
            self.problem(id, format!("`{}` is no rule id", rule.id), help);
        }
        if !self.first("rule", &rule.id, id) {
            return;
        }
        for profile in rule.profiles.keys() {
            if !PROFILES.contains(&profile.as_str()) {
                let profiles = at.key("profiles");
                self.unknown(profiles.key(profile), "profile", profile, PROFILES.into_iter());
            }
        }
        let cites = at.key("cites");
        for (index, key) in rule.cites.iter().enumerate() {
            if self.parts.laws.article(key).is_none() {
                let known: Vec<String> = self.parts.laws.articles.iter().map(|a| a.key.clone()).collect();
                self.unknown(cites.index(index), "article", key, known.iter().map(String::as_str));
            }
        }
        for (key, text) in [("message", &rule.message), ("help", &rule.help)] {
            let place = at.key(key);
            for (lang, text) in [("zh", &text.zh), ("en", &text.en)] {
                for slot in slots(text) {
                    if !rule::SLOTS.contains(&slot) {
                        self.unknown(place.key(lang), "placeholder", slot, rule::SLOTS.into_iter());
                    }
                }
            }
        }
        let when = rule.when.as_ref().map(|c| self.condition(at.key("when"), c));
        let unless = rule.unless.as_ref().map(|c| self.condition(at.key("unless"), c));
        let require = rule.require.as_ref().map(|c| self.condition(at.key("require"), c));
        let forbid = rule.forbid.as_ref().map(|c| self.condition(at.key("forbid"), c));
        let pair = rule.pair.as_ref().map(|pair| {
            let place = at.key("pair");
            rule::Pair {
                first: self.condition(place.key("first"), &pair.first),
                second: self.condition(place.key("second"), &pair.second),
                join: pair.join,
                of: pair.of,
                same: pair.same,
                differ: pair.differ,
            }
        });
        if let Some(spec::Pair { of: spec::PairOf::Sentence, join, differ, .. }) = &rule.pair
            && (*join != spec::Join::None || differ.is_some())
        {
            let help = Some("`join` and `differ` compare practices; leave `of: sentence` out".to_owned());
            self.problem(at.key("pair"), "sentences have no data to compare".into(), help);
        }
        let examples = at.key("examples");
        for (key, written) in [("bad", &rule.examples.bad), ("good", &rule.examples.good)] {
            let place = examples.key(key);
            for (index, example) in written.iter().enumerate() {
                if let Some(name) = &example.app_type
                    && self.parts.grammar.app_type_named(name).is_none()
                {
                    self.unknown_app_type(place.index(index).key("app_type"), name);
                }
            }
        }
        if (rule.judge == Judge::Pair) != pair.is_some() {
            let help =
                Some("`pair: { first: …, second: … }` goes with `judge: pair`, and only with it".to_owned());
            self.problem(at.key("judge"), "`judge` and `pair` do not fit together".into(), help);
        }
        if !matches!(rule.judge, Judge::Pair | Judge::Slip | Judge::Waiver)
            && require.is_none()
            && forbid.is_none()
            && when.is_none()
        {
            let help = Some("say what it looks for under `require`, `forbid` or `when`".to_owned());
            self.problem(at, format!("rule `{}` would fire on everything", rule.id), help);
        }
        let parts = [&when, &unless, &require, &forbid];
        if rule.judge != Judge::Entry && parts.into_iter().flatten().any(asks_for_columns) {
            let help = Some("`columns` asks for cells of the row that `judge: entry` is about".to_owned());
            self.problem(at.key("judge"), "`columns` needs `judge: entry`".into(), help);
        }
        let steps = at.key("downgrade");
        let mut downgrade = Vec::new();
        for (index, step) in rule.downgrade.iter().enumerate() {
            let place = steps.index(index);
            downgrade.push((self.condition(place.key("when"), &step.when), step.to));
        }
        let default_point = match rule.judge {
            Judge::Practice | Judge::Data | Judge::Pair => Point::Data,
            Judge::Slip | Judge::Waiver => Point::Match,
            Judge::Entry => Point::Entry,
            Judge::Sentence if rule.forbid.is_some() => Point::Match,
            Judge::Sentence => Point::Sentence,
            Judge::Section | Judge::Document if rule.forbid.is_some() => Point::Match,
            Judge::Section | Judge::Document => Point::Heading,
        };
        let compiled = Rule {
            id: rule.id.clone(),
            source: at.file.name.to_owned(),
            title: rule.title.clone(),
            demands: rule.demands.clone(),
            severity: rule.severity,
            profiles: rule.profiles.iter().map(|(name, level)| (name.clone(), *level)).collect(),
            confidence: rule.confidence,
            tags: rule.tags.clone(),
            cites: rule.cites.clone(),
            status: rule.status,
            lapsed: false,
            scope: rule.scope,
            applies: self.facts(at.key("applies"), &rule.applies),
            judge: rule.judge,
            point: rule.point.unwrap_or(default_point),
            labels: rule.labels.clone(),
            anchor: self.topics(at.key("anchor"), &rule.anchor),
            when,
            unless,
            require,
            forbid,
            pair,
            downgrade,
            supersedes: rule.supersedes.clone(),
            message: rule.message.clone(),
            help: rule.help.clone(),
            why: rule.why.clone().into(),
            bad: rule.examples.bad.iter().map(Into::into).collect::<Vec<_>>().into(),
            good: rule.examples.good.iter().map(Into::into).collect::<Vec<_>>().into(),
        };
        match self.parts.rules.iter().position(|known| known.id == compiled.id) {
            Some(known) => self.parts.rules[known] = compiled,
            None => self.parts.rules.push(compiled),
        }
    }
}

/// The names in braces of a message template; braces around anything but a name are text.
fn slots(text: &str) -> impl Iterator<Item = &str> {
    let names = text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(slot, _)| slot);
    names.filter(|slot| rule::is_slot(slot))
}

fn asks_for_columns(condition: &Condition) -> bool {
    match condition {
        Condition::Columns(_) => true,
        Condition::All(inner) | Condition::Any(inner) | Condition::None(inner) => {
            inner.iter().any(asks_for_columns)
        }
        _ => false,
    }
}

fn is_kebab(id: &str) -> bool {
    !id.is_empty() && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}
