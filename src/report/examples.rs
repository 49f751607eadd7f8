//! How the examples in rule files behaved.

use super::sanitise::one_line;
use super::wrap::truncate;
use super::{Language, Paint};

/// One example of a rule, after it was run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    pub rule: String,
    pub which: Which,
    /// From 0, in the order of the file.
    pub index: usize,
    pub status: Status,
    /// What was found instead, or the text of the example.
    pub detail: String,
}

/// The list an example stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    Bad,
    Good,
    /// The rule as a whole: it has no examples, say.
    Rule,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It behaved.
    Validated,
    /// A bad example without a finding.
    Missing,
    /// A good example with a finding.
    Noisy,
    /// A finding at other words than those named.
    Wrong,
    /// It could not be run.
    Error,
}

impl Status {
    fn told(self, language: Language) -> &'static str {
        match self {
            Self::Validated => language.pick("符合预期", "ok"),
            Self::Missing => language.pick("应当报告而没有报告", "stayed silent"),
            Self::Noisy => language.pick("不应报告而报告了", "fired"),
            Self::Wrong => language.pick("报告在了别处", "fired elsewhere"),
            Self::Error => language.pick("无法运行", "could not be run"),
        }
    }
}

/// The examples that misbehave (all of them if `all`), and a last line that counts.
pub fn render(outcomes: &[Outcome], all: bool, language: Language, paint: Paint) -> String {
    let mut out = String::new();
    for outcome in outcomes {
        let behaved = outcome.status == Status::Validated;
        if behaved && !all {
            continue;
        }
        let place = match outcome.which {
            Which::Bad => format!(" bad[{}]", outcome.index),
            Which::Good => format!(" good[{}]", outcome.index),
            Which::Rule => String::new(),
        };
        let told = outcome.status.told(language);
        let told = if behaved { paint.good(told) } else { paint.bad(told) };
        out += &format!("{}{place}: {told}\n", paint.bold(&outcome.rule));
        if !outcome.detail.is_empty() {
            out += &format!("    {}\n", truncate(&one_line(&outcome.detail), 200));
        }
    }
    let failed = failures(outcomes);
    out += &language.examples_run(outcomes.len() - failed, failed);
    out.push('\n');
    out
}

/// How many examples misbehave.
pub fn failures(outcomes: &[Outcome]) -> usize {
    outcomes.iter().filter(|outcome| outcome.status != Status::Validated).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_misbehaves_is_told() {
        let outcome = |index, status| Outcome {
            rule: "purpose-missing".to_owned(),
            which: Which::Bad,
            index,
            status,
            detail: String::new(),
        };
        let outcomes = [outcome(0, Status::Validated), outcome(1, Status::Missing)];
        assert_eq!(
            render(&outcomes, false, Language::En, Paint::Plain),
            "purpose-missing bad[1]: stayed silent\n1 example as expected, 1 not\n"
        );
        assert_eq!(failures(&outcomes), 1);
    }
}
