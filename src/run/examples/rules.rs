use std::collections::BTreeMap;

use crate::findings::{self, Analysis, Finding, Place, ScopeChoice};
use crate::knowledge::Knowledge;
use crate::knowledge::date::Date;
use crate::knowledge::kinds::{Judge, Language};
use crate::knowledge::rule::{Example, Rule};
use crate::knowledge::spec::Scope;
use crate::report::examples::{Kind, Verdict};
use crate::run::read::read;
use crate::run::{Settings, Waivers, waivers};
use crate::source::{self, Format};
use crate::triage::{Plan, Preferences, RuleEntry};

/// An example of a rule: a bad one has findings, a good one has none.
pub(super) fn verdict(
    knowledge: &Knowledge,
    number: usize,
    rule: &Rule,
    kind: Kind,
    example: &Example,
) -> Verdict {
    // Only a format that has comments has waivers.
    let format = (rule.judge == Judge::Waiver).then_some(Format::Markdown);
    let Ok(source) = source::open("example", example.text.clone().into_bytes(), format) else {
        return Verdict::Unreadable;
    };
    // The facts that the rule needs hold, unless the example says otherwise.
    let mut facts: BTreeMap<String, bool> = rule
        .applies
        .iter()
        .map(|(fact, value)| (knowledge.grammar.facts[*fact as usize].id.clone(), *value))
        .collect();
    facts.extend(example.facts.clone());
    let mut levels = vec![None; knowledge.rules.len()];
    levels[number] = Some(rule.severity);
    let scope = match rule.scope {
        Scope::Full => ScopeChoice::Full,
        Scope::Any => ScopeChoice::Auto,
    };
    let files = [read(knowledge, source, &[])];
    let settings = findings::Settings {
        language: Language::Zh,
        scope,
        facts: &facts,
        app_type: example.app_type.as_deref(),
        levels: &[levels],
    };
    let findings = match rule.judge {
        Judge::Waiver => on_waivers(knowledge, &files, rule),
        _ => findings::judge(&files, knowledge, &settings),
    };
    let found: Vec<String> = findings
        .iter()
        .map(|finding| match finding.place {
            Place::Prose(span) => files[0].document.text(span).to_owned(),
            Place::File(span) => files[0].source.text[span.range()].to_owned(),
        })
        .collect();
    let text = example.text.clone();
    match (kind, &example.at) {
        (Kind::Bad, _) if found.is_empty() => Verdict::Missing { text },
        (Kind::Bad, Some(at)) if !found.contains(at) => {
            Verdict::Wrong { found, expected: vec![at.clone()], text }
        }
        (Kind::Good, _) if !found.is_empty() => Verdict::Noisy { found, text },
        _ => Verdict::Validated { found, text },
    }
}

/// What a rule says of the waivers in a text in which every rule is on.
fn on_waivers(knowledge: &Knowledge, files: &[Analysis], rule: &Rule) -> Vec<Finding> {
    let entries: Vec<RuleEntry> = knowledge.rules.iter().map(RuleEntry::from).collect();
    let settings = Settings {
        plans: vec![Plan::new(&entries, &Preferences::default())],
        waivers: Some(Waivers { of_config: Vec::new(), today: Date::today() }),
        ..Settings::default()
    };
    let levels = [knowledge.rules.iter().map(|rule| Some(rule.severity)).collect()];
    let judging = findings::Settings {
        language: settings.language,
        scope: settings.scope,
        facts: &settings.facts,
        app_type: None,
        levels: &levels,
    };
    let found = findings::judge(files, knowledge, &judging);
    let (_, accepted) = waivers::accept(knowledge, files, found, &settings);
    let mut faults = waivers::faults_in_text(knowledge, files, &accepted, &settings);
    faults.retain(|fault| fault.rule == rule.id);
    faults
}
