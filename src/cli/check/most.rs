//! How many findings of a policy are reported.

use std::str::FromStr;

use crate::findings::Finding;
use crate::knowledge::kinds::Severity;
use crate::report::Summary;
use crate::triage;

/// A number, or `all`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Most(usize);

impl FromStr for Most {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "all" => Ok(Self(usize::MAX)),
            number => {
                number.parse().map(Self).map_err(|_| format!("expected a number or `all`, found `{text}`"))
            }
        }
    }
}

impl Most {
    /// The findings of a policy that are reported; `summary` counts all that are so grave, and what is left out.
    pub(super) fn of(
        self,
        findings: Vec<Finding>,
        min_severity: Severity,
        summary: &mut Summary,
    ) -> Vec<Finding> {
        let shown: Vec<Finding> =
            findings.into_iter().filter(|finding| finding.severity >= min_severity).collect();
        let mut all = 0;
        for finding in &shown {
            let number = 1 + finding.further;
            summary.count(finding.severity, number);
            all += number;
        }
        let shown = triage::gravest(shown, self.0);
        summary.left_out += all - shown.len();
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_or_all() {
        assert_eq!("20".parse(), Ok(Most(20)));
        assert_eq!("all".parse(), Ok(Most(usize::MAX)));
        assert_eq!("-1".parse::<Most>(), Err("expected a number or `all`, found `-1`".to_owned()));
    }
}
