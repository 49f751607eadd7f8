//! Runs the examples that stand in rule files.

use std::collections::BTreeMap;

use super::engine::read;
use crate::findings::{self, Analysis, Place, ScopeChoice};
use crate::knowledge::Knowledge;
use crate::knowledge::grammar::SpanPattern;
use crate::knowledge::rule::{Example, Rule};
use crate::knowledge::spec::Scope;
use crate::marks::{self, MarkKind};
use crate::report::Language;
use crate::report::examples::{Outcome, Status, Which};
use crate::source::{self, Format, Source};
use crate::span::Span;

/// Runs the examples of the rules (and, over all, of the grammar) whose file `tested` accepts.
pub(super) fn run(knowledge: &Knowledge, tested: impl Fn(&str) -> bool) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for (number, rule) in knowledge.rules.iter().enumerate().filter(|(_, rule)| tested(&rule.source)) {
        for (which, examples) in [(Which::Bad, &rule.bad), (Which::Good, &rule.good)] {
            if examples.is_empty() {
                let kind = if which == Which::Bad { "bad" } else { "good" };
                outcomes.push(Outcome {
                    rule: rule.id.clone(),
                    which: Which::Rule,
                    index: 0,
                    status: Status::Error,
                    detail: format!("no `{kind}` example: a rule without examples may never fire"),
                });
            }
            for (index, example) in examples.iter().enumerate() {
                let (status, detail) = rule_example(knowledge, number, rule, which, example);
                outcomes.push(Outcome { rule: rule.id.clone(), which, index, status, detail });
            }
        }
    }
    for pattern in knowledge.grammar.spans.iter().filter(|pattern| tested(&pattern.source)) {
        for (index, example) in pattern.examples.iter().enumerate() {
            let (status, detail) = span_example(knowledge, pattern, example);
            outcomes.push(Outcome { rule: pattern.id.clone(), which: Which::Good, index, status, detail });
        }
    }
    outcomes
}

fn analyse(knowledge: &Knowledge, text: &str, format: Option<Format>) -> Option<Analysis> {
    let source = source::open("example", text.as_bytes().to_vec(), format).ok()?;
    Some(read(knowledge, source, &[]))
}

fn rule_example(
    knowledge: &Knowledge,
    number: usize,
    rule: &Rule,
    which: Which,
    example: &Example,
) -> (Status, String) {
    let Some(analysis) = analyse(knowledge, &example.text, None) else {
        return (Status::Error, "the example is no text".to_owned());
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
    let files = [analysis];
    let settings = findings::Settings { language: Language::Zh, scope, facts: &facts, levels: &[levels] };
    let found = findings::judge(&files, knowledge, &settings);
    let words: Vec<&str> = found
        .iter()
        .map(|finding| match finding.place {
            Place::Prose(span) => files[0].document.text(span),
            Place::File(span) => &files[0].source.text[span.range()],
        })
        .collect();
    match (which, words.is_empty(), &example.at) {
        (Which::Bad, true, _) => (Status::Missing, example.text.clone()),
        (Which::Bad, false, Some(at)) if !words.iter().any(|words| words == at) => {
            (Status::Wrong, format!("at “{}”, expected at “{at}”: {}", words.join("”, “"), example.text))
        }
        (Which::Good, false, _) => (Status::Noisy, format!("at “{}”: {}", words.join("”, “"), example.text)),
        _ => (Status::Validated, String::new()),
    }
}

/// An example of the grammar: what stands in braces is what the pattern has to find.
fn span_example(knowledge: &Knowledge, pattern: &SpanPattern, example: &str) -> (Status, String) {
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
    let source =
        Source { path: "example".to_owned(), text, encoding: source::Encoding::Utf8, format: Format::Text };
    let document = crate::document::parse(&source, &knowledge.structure);
    let marks = marks::find(&document, knowledge, &[]);
    let found: Vec<Span> = marks
        .sentences
        .iter()
        .flat_map(|sentence| &sentence.marks)
        .filter(|mark| mark.kind == MarkKind::Part(pattern.role))
        .map(|mark| mark.span)
        .collect();
    let words = |spans: &[Span]| {
        let words: Vec<&str> = spans.iter().map(|span| document.text(*span)).collect();
        words.join("”, “")
    };
    match (expected.is_empty(), found.is_empty()) {
        (true, true) => (Status::Validated, String::new()),
        (true, false) => (Status::Noisy, format!("at “{}”: {example}", words(&found))),
        (false, true) => (Status::Missing, example.to_owned()),
        (false, false) if expected.iter().all(|span| found.contains(span)) => {
            (Status::Validated, String::new())
        }
        (false, false) => {
            (Status::Wrong, format!("at “{}”, expected at “{}”", words(&found), words(&expected)))
        }
    }
}
