//! Findings as the rules make them, so many of each.

use super::Finding;
use crate::knowledge::kinds::Severity;

/// Of the findings of a rule in one file so many of each severity are kept, the others are counted. What people
/// write stays far below it; a file that is made to have a finding every few words could fill any memory.
pub(super) const MOST_OF_A_RULE: usize = 10_000;

/// The findings so far, and how full it is of those of the rule at work in the file it works on.
#[derive(Debug, Default)]
pub(super) struct Kept {
    findings: Vec<Finding>,
    /// By severity.
    filled: [Filled; 3],
}

#[derive(Clone, Copy, Debug, Default)]
struct Filled {
    count: usize,
    /// Place of the last one among the findings of the rule.
    last: usize,
    /// The statement that the last one is about, kept or not.
    statement: Option<usize>,
}

impl Kept {
    /// A rule starts on a file.
    pub(super) fn begin(&mut self) {
        self.filled = Default::default();
    }

    /// Whether there is room for a finding about a statement, which the caller makes and adds then; else it is
    /// counted, those about one statement as one, which is how they would be reported.
    pub(super) fn has_room(&mut self, severity: Severity, statement: Option<usize>) -> bool {
        let filled = &mut self.filled[severity as usize];
        if filled.count < MOST_OF_A_RULE {
            return true;
        }
        let is_new = statement.is_none() || statement != filled.statement;
        filled.statement = statement;
        // Hints of a rule are one finding a file, however many there are.
        if is_new && severity > Severity::Info {
            self.findings[filled.last].further += 1;
        }
        false
    }

    pub(super) fn add(&mut self, finding: Finding) {
        let filled = &mut self.filled[finding.severity as usize];
        filled.count += 1;
        filled.last = self.findings.len();
        filled.statement = finding.cause.statement.map(|statement| statement as usize);
        self.findings.push(finding);
    }

    pub(super) fn into_findings(self) -> Vec<Finding> {
        self.findings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(severity: Severity, statement: usize) -> Finding {
        let mut finding = Finding::sample("a", severity);
        finding.cause.statement = Some(statement as u32);
        finding
    }

    fn offer(kept: &mut Kept, severity: Severity, statements: impl Iterator<Item = usize>) {
        for statement in statements {
            if kept.has_room(severity, Some(statement)) {
                kept.add(finding(severity, statement));
            }
        }
    }

    #[test]
    fn what_is_too_much_is_counted_by_severity_and_statement() {
        let mut kept = Kept::default();
        kept.begin();
        offer(&mut kept, Severity::Error, 0..MOST_OF_A_RULE);
        offer(&mut kept, Severity::Error, [7, 7, 8].into_iter());
        offer(&mut kept, Severity::Warning, 0..2);
        let findings = kept.into_findings();
        assert_eq!(findings.len(), MOST_OF_A_RULE + 2);
        let further: Vec<_> = findings.iter().filter(|finding| finding.further > 0).collect();
        assert_eq!(further.len(), 1);
        assert_eq!((further[0].severity, further[0].further), (Severity::Error, 2));
    }

    #[test]
    fn each_rule_and_file_has_its_own_room() {
        let mut kept = Kept::default();
        for _ in 0..2 {
            kept.begin();
            offer(&mut kept, Severity::Warning, 0..MOST_OF_A_RULE);
        }
        let findings = kept.into_findings();
        assert_eq!(findings.len(), 2 * MOST_OF_A_RULE);
        assert!(findings.iter().all(|finding| finding.further == 0));
    }

    #[test]
    fn hints_that_are_too_many_are_one_finding_as_they_would_be() {
        let mut kept = Kept::default();
        kept.begin();
        offer(&mut kept, Severity::Info, 0..MOST_OF_A_RULE + 5);
        assert!(kept.into_findings().iter().all(|finding| finding.further == 0));
    }
}
