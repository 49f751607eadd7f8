//! The machine-readable report: one object, as the contract has it.

use serde::Serialize;

use super::{Located, Position, Summary};
use crate::knowledge::date::Date;

/// Name and version, as reports give them.
pub(super) const TOOL: &str = concat!("policy-lint ", env!("CARGO_PKG_VERSION"));

/// The result of `check --format json`.
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, Serialize)]
pub struct Suppressed {
    #[serde(flatten)]
    pub finding: Located,
    #[serde(flatten)]
    pub by: Suppression,
}

/// What suppresses a finding.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "by", rename_all = "kebab-case")]
pub enum Suppression {
    Baseline,
    /// It was there before the change.
    DiffBase,
    Waiver(Accepted),
}

/// On what grounds a finding is waived.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, Serialize)]
pub struct Accepted {
    pub reason: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<Date>,
    /// Where the waiver is written.
    pub waiver: Written,
    /// It is written in the policy itself.
    #[serde(skip)]
    pub in_text: bool,
}

/// A place in a file.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, Serialize)]
pub struct Written {
    pub path: String,
    #[serde(flatten)]
    pub at: Position,
}

/// An input that could not be linted.
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
