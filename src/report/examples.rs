//! How the examples in rule files behaved.

use serde::Serialize;

use super::json::TOOL;
use super::sanitise::one_line;
use super::wrap::truncate;
use super::{Paint, Say};

/// Columns of the line that tells what was found.
const DETAIL_COLUMNS: usize = 200;

/// One example, after it was run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Id of the rule, of the pattern of the grammar, or of the entry of the lexicon.
    pub subject: String,
    pub which: Which,
    pub verdict: Verdict,
}

/// Which example an outcome is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The `bad` or `good` one at this index, from 0 in the order of the file.
    One(Kind, usize),
    /// The one of `examples` at this index, of a pattern of the grammar or an entry of the lexicon.
    Marked(usize),
    /// None: it is about the rule as a whole.
    Rule,
}

/// The list an example stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Bad,
    Good,
}

impl Kind {
    fn list(self) -> List {
        match self {
            Self::Bad => List::Bad,
            Self::Good => List::Good,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Bad => "bad",
            Self::Good => "good",
        }
    }
}

/// How an example behaved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// As expected: it fired at each of `found`, or stayed silent.
    Validated { found: Vec<String>, text: String },
    /// A bad example, with this text, without a finding.
    Missing { text: String },
    /// A good example with a finding at each of `found`.
    Noisy { found: Vec<String>, text: String },
    /// Findings at other words than those expected.
    Wrong { found: Vec<String>, expected: Vec<String>, text: String },
    /// The rule has no example of this kind.
    NoExample(Kind),
    /// It is no text.
    Unreadable,
}

impl Verdict {
    pub fn is_as_expected(&self) -> bool {
        matches!(self, Self::Validated { .. })
    }

    /// What happened, as JSON has it.
    fn behaviour(&self) -> Behaviour {
        match self {
            Self::Validated { found, .. } if found.is_empty() => Behaviour::Silent,
            Self::Missing { .. } => Behaviour::Silent,
            Self::Validated { .. } | Self::Noisy { .. } => Behaviour::Fired,
            Self::Wrong { .. } => Behaviour::FiredElsewhere,
            Self::NoExample(_) => Behaviour::NoExample,
            Self::Unreadable => Behaviour::Unreadable,
        }
    }

    fn text(&self) -> &str {
        match self {
            Self::Validated { text, .. } | Self::Missing { text } => text,
            Self::Noisy { text, .. } | Self::Wrong { text, .. } => text,
            Self::NoExample(_) | Self::Unreadable => "",
        }
    }

    /// The words it fired at.
    fn found(&self) -> &[String] {
        match self {
            Self::Validated { found, .. } | Self::Noisy { found, .. } | Self::Wrong { found, .. } => found,
            Self::Missing { .. } | Self::NoExample(_) | Self::Unreadable => &[],
        }
    }
}

/// The result of `test --format json`.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Serialize)]
pub struct ExamplesReport<'a> {
    schema: u32,
    examples: Vec<ExampleRecord<'a>>,
    summary: Counts,
    tool: &'static str,
}

#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Serialize)]
struct ExampleRecord<'a> {
    /// The rule, the pattern of the grammar or the entry of the lexicon.
    subject: &'a str,
    list: List,
    /// Its place in the list, from 0; `null` where the list has none.
    index: Option<usize>,
    outcome: Behaviour,
    /// It behaved as expected.
    ok: bool,
    /// The words it fired at.
    found: &'a [String],
    text: &'a str,
}

/// The list an example stands in.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
enum List {
    Bad,
    Good,
    Examples,
}

/// What a rule did with an example.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Behaviour {
    Silent,
    Fired,
    /// At other words than those expected.
    FiredElsewhere,
    /// The rule has no example of this kind.
    NoExample,
    /// The example is no text.
    Unreadable,
}

#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Serialize)]
struct Counts {
    ok: usize,
    failed: usize,
}

impl<'a> ExamplesReport<'a> {
    pub fn new(outcomes: &'a [Outcome]) -> Self {
        let record = |outcome: &'a Outcome| {
            let (list, index) = match outcome.which {
                Which::One(kind, index) => (kind.list(), Some(index)),
                Which::Marked(index) => (List::Examples, Some(index)),
                Which::Rule => (missing_list(&outcome.verdict), None),
            };
            ExampleRecord {
                subject: &outcome.subject,
                list,
                index,
                outcome: outcome.verdict.behaviour(),
                ok: outcome.verdict.is_as_expected(),
                found: outcome.verdict.found(),
                text: outcome.verdict.text(),
            }
        };
        let failed = failures(outcomes);
        Self {
            schema: 1,
            examples: outcomes.iter().map(record).collect(),
            summary: Counts { ok: outcomes.len() - failed, failed },
            tool: TOOL,
        }
    }
}

/// The list that a rule lacks.
fn missing_list(verdict: &Verdict) -> List {
    match verdict {
        Verdict::NoExample(kind) => kind.list(),
        _ => List::Examples,
    }
}

/// The examples that misbehave (all of them if `all`), and a last line that counts.
pub fn render(outcomes: &[Outcome], all: bool, say: Say<'_>, paint: Paint) -> String {
    let mut out = String::new();
    for Outcome { subject, which, verdict } in outcomes {
        let behaved = verdict.is_as_expected();
        if behaved && !all {
            continue;
        }
        let place = match which {
            Which::One(kind, index) => format!(" {}[{index}]", kind.name()),
            Which::Marked(index) => format!(" examples[{index}]"),
            Which::Rule => String::new(),
        };
        let told = say.verdict(verdict);
        let told = if behaved { paint.good(&told) } else { paint.bad(&told) };
        out += &format!("{}{place}: {told}\n", paint.bold(&one_line(subject)));
        if let Some(detail) = say.verdict_detail(verdict) {
            out += &format!("    {}\n", truncate(&one_line(&detail), DETAIL_COLUMNS));
        }
    }
    let failed = failures(outcomes);
    out += &say.examples_run(outcomes.len() - failed, failed);
    out.push('\n');
    out
}

/// How many examples misbehave.
pub fn failures(outcomes: &[Outcome]) -> usize {
    outcomes.iter().filter(|outcome| !outcome.verdict.is_as_expected()).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtin;
    use crate::knowledge::kinds::Language;

    #[test]
    fn only_what_misbehaves_is_told() {
        let knowledge = builtin::knowledge().unwrap();
        let outcome = |index, verdict| Outcome {
            subject: "purpose-missing".to_owned(),
            which: Which::One(Kind::Bad, index),
            verdict,
        };
        let wrong = Verdict::Wrong {
            found: vec!["收集".to_owned(), "使用".to_owned()],
            expected: vec!["手机号".to_owned()],
            text: "我们收集并使用手机号。".to_owned(),
        };
        let outcomes = [
            outcome(
                0,
                Verdict::Validated {
                    found: vec!["手机号".to_owned()], text: "我们收集手机号。".to_owned()
                },
            ),
            outcome(1, Verdict::Missing { text: "我们会努力。".to_owned() }),
            outcome(2, wrong),
        ];
        assert_eq!(
            render(&outcomes, false, Say::new(&knowledge.messages, Language::En), Paint::Plain),
            "purpose-missing bad[1]: stayed silent\n    我们会努力。\n\
             purpose-missing bad[2]: fired elsewhere\n    \
             at “收集”, “使用”, expected at “手机号”: 我们收集并使用手机号。\n\
             1 example as expected, 2 not\n"
        );
        assert_eq!(failures(&outcomes), 2);
    }
}
