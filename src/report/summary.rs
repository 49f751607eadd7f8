use serde::Serialize;

use super::{Language, Located};
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
}

impl Summary {
    pub fn count(&mut self, findings: &[Located]) {
        for finding in findings {
            match finding.severity {
                Severity::Error => self.error += 1,
                Severity::Warning => self.warning += 1,
                Severity::Info => self.info += 1,
            }
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
    pub fn line(&self, language: Language) -> String {
        language.summary(self)
    }
}
