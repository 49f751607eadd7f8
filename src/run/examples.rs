//! Runs the examples that stand in rule files.

use std::collections::BTreeMap;

use super::read::read;
use crate::document;
use crate::findings::{self, Place, ScopeChoice};
use crate::knowledge::Knowledge;
use crate::knowledge::grammar::SpanPattern;
use crate::knowledge::kinds::Language;
use crate::knowledge::rule::{Example, Rule};
use crate::knowledge::spec::Scope;
use crate::marks::{self, MarkKind};
use crate::report::examples::{Kind, Outcome, Verdict, Which};
use crate::source::{self, Encoding, Format, Source};
use crate::span::Span;

/// Runs the examples of the rules (and of the grammar) whose file `tested` accepts.
pub(super) fn run(knowledge: &Knowledge, tested: impl Fn(&str) -> bool) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for (number, rule) in knowledge.rules.iter().enumerate().filter(|(_, rule)| tested(&rule.source)) {
        let mut tell = |which, verdict| outcomes.push(Outcome { subject: rule.id.clone(), which, verdict });
        for (kind, examples) in [(Kind::Bad, &rule.bad), (Kind::Good, &rule.good)] {
            if examples.is_empty() {
                tell(Which::Rule, Verdict::NoExample(kind));
            }
            for (index, example) in examples.iter().enumerate() {
                tell(Which::One(kind, index), rule_example(knowledge, number, rule, kind, example));
            }
        }
    }
    for pattern in knowledge.grammar.spans.iter().filter(|pattern| tested(&pattern.source)) {
        for (index, example) in pattern.examples.iter().enumerate() {
            outcomes.push(Outcome {
                subject: pattern.id.clone(),
                which: Which::One(Kind::Good, index),
                verdict: span_example(knowledge, pattern, example),
            });
        }
    }
    outcomes
}

fn rule_example(knowledge: &Knowledge, number: usize, rule: &Rule, kind: Kind, example: &Example) -> Verdict {
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
    let settings = findings::Settings { language: Language::Zh, scope, facts: &facts, levels: &[levels] };
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
        _ => Verdict::Validated,
    }
}

/// An example of the grammar: what stands in braces is what the pattern has to find.
fn span_example(knowledge: &Knowledge, pattern: &SpanPattern, example: &str) -> Verdict {
    let mut text = String::new();
    let mut expected = Vec::new();
    let mut open = None;
    for c in example.chars() {
        match c {
            '{' => open = Some(text.len()),
            '}' => expected.extend(open.take().map(|start| Span::new(start, text.len()))),
            c => text.push(c),
        }
    }
    let source = Source { path: "example".to_owned(), text, encoding: Encoding::Utf8, format: Format::Text };
    let document = document::parse(&source, &knowledge.structure);
    let marks = marks::find(&document, knowledge, &[]);
    let found: Vec<Span> = marks
        .sentences
        .iter()
        .flat_map(|sentence| &sentence.marks)
        .filter(|mark| mark.kind == MarkKind::Part(pattern.role))
        .map(|mark| mark.span)
        .collect();
    let words = |spans: &[Span]| spans.iter().map(|span| document.text(*span).to_owned()).collect();
    let text = example.to_owned();
    match (expected.is_empty(), found.is_empty()) {
        (true, true) => Verdict::Validated,
        (true, false) => Verdict::Noisy { found: words(&found), text },
        (false, true) => Verdict::Missing { text },
        (false, false) if expected.iter().all(|span| found.contains(span)) => Verdict::Validated,
        (false, false) => Verdict::Wrong { found: words(&found), expected: words(&expected), text },
    }
}
