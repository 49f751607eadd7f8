//! Results of a stream: one JSON object a line.

use serde::Serialize;
use serde_json::Value;

use super::Located;
use super::summary::is_zero;

/// What became of one line of the input.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Answer<'a> {
    /// The findings in a policy; empty when there are none.
    Findings {
        id: &'a Value,
        findings: &'a [Located],
        /// How many more there are, which are too many to be reported.
        #[serde(skip_serializing_if = "is_zero")]
        left_out: usize,
    },
    /// A line (from 1) that holds no policy, and why.
    Unreadable { line: usize, error: &'a str },
}

/// One line, with its end.
pub fn render(answer: &Answer<'_>) -> String {
    let mut line = serde_json::to_string(answer).unwrap_or_default();
    line.push('\n');
    line
}
