//! The machine-readable report: one object, as the contract has it.

use serde::Serialize;

use super::{Located, Summary};

/// Name and version, as reports give them.
pub(super) const TOOL: &str = concat!("policy-lint ", env!("CARGO_PKG_VERSION"));

/// The result of `check --format json`.
#[derive(Debug, Serialize)]
pub struct Report<'a> {
    schema: u32,
    findings: &'a [Located],
    suppressed: &'a [Suppressed],
    errors: &'a [Failure],
    summary: Summary,
    tool: &'static str,
}

/// A finding that is waived or known.
#[derive(Clone, Debug, Serialize)]
pub struct Suppressed {
    #[serde(flatten)]
    pub finding: Located,
    /// What suppresses it: `waiver` or `baseline`.
    pub by: String,
}

/// An input that could not be linted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Failure {
    pub path: String,
    pub message: String,
}

impl<'a> Report<'a> {
    pub fn new(
        findings: &'a [Located],
        suppressed: &'a [Suppressed],
        errors: &'a [Failure],
        summary: Summary,
    ) -> Self {
        Self { schema: 1, findings, suppressed, errors, summary, tool: TOOL }
    }
}

/// Pretty-printed, with a line end.
pub fn render(value: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}
