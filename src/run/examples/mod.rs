//! Runs the examples that stand in rule files.

mod rules;
mod spans;
mod words;

use std::ops::Range;

use super::read::read;
use crate::findings::Analysis;
use crate::knowledge::Knowledge;
use crate::knowledge::example::Example;
use crate::report::examples::{Kind, Outcome, Verdict, Which};
use crate::source::{Encoding, Format, Source};
use crate::span::Span;

/// Runs the examples of the rules (and of the grammar and the lexicon) whose file `tested` accepts.
pub(super) fn run(knowledge: &Knowledge, tested: impl Fn(&str) -> bool) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for (number, rule) in knowledge.rules.iter().enumerate().filter(|(_, rule)| tested(&rule.source)) {
        let mut tell = |which, verdict| outcomes.push(Outcome { subject: rule.id.clone(), which, verdict });
        for (kind, examples) in [(Kind::Bad, &rule.bad), (Kind::Good, &rule.good)] {
            if examples.is_empty() {
                tell(Which::Rule, Verdict::NoExample(kind));
            }
            for (index, example) in examples.iter().enumerate() {
                tell(Which::One(kind, index), rules::verdict(knowledge, number, rule, kind, example));
            }
        }
    }
    for pattern in knowledge.grammar.spans.iter().filter(|pattern| tested(&pattern.source)) {
        for (index, example) in pattern.examples.iter().enumerate() {
            outcomes.push(Outcome {
                subject: pattern.id.clone(),
                which: Which::Marked(index),
                verdict: spans::verdict(knowledge, pattern, example),
            });
        }
    }
    for example in knowledge.lexicon.examples.iter().filter(|example| tested(&example.source)) {
        outcomes.push(Outcome {
            subject: words::name(knowledge, example.subject).to_owned(),
            which: Which::Marked(example.index),
            verdict: words::verdict(knowledge, example),
        });
    }
    outcomes
}

/// What a marked example says.
fn read_marked(knowledge: &Knowledge, example: &Example) -> Analysis {
    let source = Source {
        path: "example".to_owned(),
        text: example.text.clone(),
        encoding: Encoding::Utf8,
        format: Format::Text,
        word: None,
    };
    read(knowledge, source, &[])
}

/// How a marked example behaved in which the words at `found` were found.
fn compare(example: &Example, file: &Analysis, found: impl IntoIterator<Item = Span>) -> Verdict {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for span in found {
        let at = file.document.prose.to_file(span);
        if !ranges.contains(&(at.start..at.end)) {
            ranges.push(at.start..at.end);
        }
    }
    let words = |ranges: &[Range<usize>]| -> Vec<String> {
        ranges.iter().map(|range| example.text[range.clone()].to_owned()).collect()
    };
    let text = example.written.clone();
    match (example.expected.is_empty(), ranges.is_empty()) {
        (true, true) => Verdict::Validated { found: Vec::new(), text },
        (true, false) => Verdict::Noisy { found: words(&ranges), text },
        (false, true) => Verdict::Missing { text },
        (false, false) if example.expected.iter().all(|range| ranges.contains(range)) => {
            Verdict::Validated { found: words(&ranges), text }
        }
        (false, false) => Verdict::Wrong { found: words(&ranges), expected: words(&example.expected), text },
    }
}
