use serde::Serialize;

use super::Lines;
use crate::document::Document;
use crate::findings::{Finding, LabelRole, Place};
use crate::knowledge::kinds::{Confidence, Severity};
use crate::source::Source;
use crate::span::FileSpan;

/// A finding with its place in the file: what every report is made of.
#[derive(Clone, Debug, Serialize)]
pub struct Located {
    pub rule: String,
    pub severity: Severity,
    pub path: String,
    #[serde(flatten)]
    pub at: Position,
    pub message: String,
    pub help: String,
    pub cites: Vec<String>,
    pub confidence: Confidence,
    pub fingerprint: String,
    pub labels: Vec<LocatedLabel>,
}

/// A further span of a finding.
#[derive(Clone, Debug, Serialize)]
pub struct LocatedLabel {
    #[serde(flatten)]
    pub at: Position,
    pub message: String,
    pub role: Role,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Explains the finding.
    Context,
    /// A further instance of the same cause.
    Instance,
}

/// Bytes of a file, with the line and column (in characters, from 1) of the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Position {
    pub start: usize,
    pub end: usize,
    pub line: usize,
    pub column: usize,
}

/// Looks up where in the file a finding and its labels are.
pub fn locate(finding: &Finding, source: &Source, document: &Document, lines: &Lines) -> Located {
    let text = source.text.as_str();
    let position = |place: Place| position(place.in_file(&document.prose), text, lines);
    Located {
        rule: finding.rule.clone(),
        severity: finding.severity,
        path: source.path.clone(),
        at: position(finding.place),
        message: finding.message.clone(),
        help: finding.help.clone(),
        cites: finding.cites.clone(),
        confidence: finding.confidence,
        fingerprint: finding.fingerprint.clone(),
        labels: finding
            .labels
            .iter()
            .map(|label| {
                let (role, fingerprint) = match &label.role {
                    LabelRole::Context => (Role::Context, None),
                    LabelRole::Instance { fingerprint } => (Role::Instance, Some(fingerprint.clone())),
                };
                LocatedLabel { at: position(label.place), message: label.message.clone(), role, fingerprint }
            })
            .collect(),
    }
}

impl Position {
    /// Where `span` lies in `text`.
    pub fn of(span: FileSpan, text: &str, lines: &Lines) -> Self {
        position(span, text, lines)
    }

    pub fn range(self) -> std::ops::Range<usize> {
        self.start..self.end
    }
}

fn position(span: FileSpan, text: &str, lines: &Lines) -> Position {
    let start = (0..=span.start.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let end = (span.end..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len()).max(start);
    let (line, column) = lines.position(text, start);
    Position { start, end, line, column }
}
