use std::ops::AddAssign;

use serde::Serialize;

use super::Say;
use crate::knowledge::kinds::Severity;

/// What a run found, in numbers.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    pub files: usize,
    pub error: usize,
    pub warning: usize,
    pub info: usize,
    pub waived: usize,
    pub known: usize,
    /// Of the known ones, those that were there before the change.
    #[serde(skip)]
    pub unchanged: usize,
    /// Of those counted by severity, those that are too many to be reported.
    #[serde(skip_serializing_if = "is_zero")]
    pub left_out: usize,
}

/// What is zero is not told.
pub(super) fn is_zero(number: &usize) -> bool {
    *number == 0
}

impl Summary {
    /// Counts so many findings.
    pub fn count(&mut self, severity: Severity, number: usize) {
        match severity {
            Severity::Error => self.error += number,
            Severity::Warning => self.warning += number,
            Severity::Info => self.info += number,
        }
    }

    /// How many findings are at least so grave.
    pub fn at_least(&self, severity: Severity) -> usize {
        match severity {
            Severity::Error => self.error,
            Severity::Warning => self.error + self.warning,
            Severity::Info => self.error + self.warning + self.info,
        }
    }

    /// The last line of a text report.
    pub fn line(&self, say: Say<'_>) -> String {
        say.summary(self)
    }
}

impl AddAssign for Summary {
    fn add_assign(&mut self, more: Self) {
        let Self { files, error, warning, info, waived, known, unchanged, left_out } = more;
        self.files += files;
        self.error += error;
        self.warning += warning;
        self.info += info;
        self.waived += waived;
        self.known += known;
        self.unchanged += unchanged;
        self.left_out += left_out;
    }
}
