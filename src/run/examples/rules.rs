use std::collections::BTreeMap;

use crate::findings::{self, Place, ScopeChoice};
use crate::knowledge::Knowledge;
use crate::knowledge::kinds::Language;
use crate::knowledge::rule::{Example, Rule};
use crate::knowledge::spec::Scope;
use crate::report::examples::{Kind, Verdict};
use crate::run::read::read;
use crate::source;

/// An example of a rule: a bad one has findings, a good one has none.
pub(super) fn verdict(
    knowledge: &Knowledge,
    number: usize,
    rule: &Rule,
    kind: Kind,
    example: &Example,
) -> Verdict {
    let Ok(source) = source::open("example", example.text.clone().into_bytes(), None) else {
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
    let found: Vec<String> = findings::judge(&files, knowledge, &settings)
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
