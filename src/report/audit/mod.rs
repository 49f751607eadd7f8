//! The checklist of a policy: every requirement, whether it is met, where, in which words.

mod paper;
mod record;
mod table;

pub use paper::paper;
pub use record::{CheckRecord, EvidenceRecord, Reason, WaivedRecord, Waiving, records};
pub use table::render as table;
pub(super) use table::waived;

use serde::Serialize;

use super::Say;
use super::json::{Failure, TOOL};
use crate::triage::Status;

/// The result of `audit --format json`.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Serialize)]
pub struct AuditReport<'a> {
    schema: u32,
    checks: &'a [CheckRecord],
    errors: &'a [Failure],
    summary: Totals,
    tool: &'static str,
}

impl<'a> AuditReport<'a> {
    pub fn new(checks: &'a [CheckRecord], errors: &'a [Failure], summary: Totals) -> Self {
        Self { schema: 1, checks, errors, summary, tool: TOOL }
    }
}

/// A checklist in numbers.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    pub files: usize,
    pub pass: usize,
    pub fail: usize,
    /// Not met, but somebody answers for all of it.
    pub waived: usize,
    pub na: usize,
}

impl Totals {
    pub fn count(&mut self, checks: &[CheckRecord]) {
        for check in checks {
            match check.status {
                Status::Met => self.pass += 1,
                Status::Broken => self.fail += 1,
                Status::Waived => self.waived += 1,
                Status::NotApplicable => self.na += 1,
            }
        }
    }

    /// The last line of a table.
    pub fn line(&self, say: Say<'_>) -> String {
        say.audited(self)
    }
}
