//! Workflow commands of GitHub Actions, the gravest first: GitHub shows ten of a kind a step.

use std::fmt::Write;

use super::Run;
use crate::knowledge::kinds::Severity;
use crate::report::sanitise::sanitise;

pub(super) fn render(run: &Run<'_>) -> String {
    let mut findings: Vec<_> = run.findings.iter().collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let mut out = String::new();
    for finding in findings {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        // A runner takes columns for one line only.
        let columns = if finding.reach.end_line == finding.at.line {
            format!(",col={},endColumn={}", finding.at.column, finding.reach.end_column)
        } else {
            String::new()
        };
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "::{command} file={},line={},endLine={}{columns},title={}::{}",
            property(&finding.path),
            finding.at.line,
            finding.reach.end_line,
            property(&finding.rule),
            data(&run.told(finding)),
        );
    }
    for failure in run.failures {
        let _ = writeln!(out, "::error file={}::{}", property(&failure.path), data(&failure.message));
    }
    out
}

/// Text of a command: nothing in it may begin another.
fn data(text: &str) -> String {
    sanitise(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_begins_a_command() {
        assert_eq!(data("100%\r\n::error::x"), "100%25%0D%0A::error::x");
        assert_eq!(property("a,b:c\n"), "a%2Cb%3Ac%0A");
    }
}
