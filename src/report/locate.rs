use serde::Serialize;

use super::Lines;
use crate::document::Document;
use crate::findings::{Finding, Label, LabelRole, Place};
use crate::knowledge::kinds::{Confidence, Severity};
use crate::source::{Source, head};
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

/// What a further span is to its finding.
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
pub fn locate(finding: Finding, source: &Source, document: &Document, lines: &Lines) -> Located {
    let position = |place: Place| Position::of(place.in_file(&document.prose), source.text.as_str(), lines);
    let label = |label: Label| {
        let (role, fingerprint) = match label.role {
            LabelRole::Context => (Role::Context, None),
            LabelRole::Instance { fingerprint } => (Role::Instance, Some(fingerprint)),
        };
        LocatedLabel { at: position(label.place), message: label.message, role, fingerprint }
    };
    Located {
        rule: finding.rule,
        severity: finding.severity,
        path: source.path.clone(),
        at: position(finding.place),
        message: finding.message,
        help: finding.help,
        cites: finding.cites,
        confidence: finding.confidence,
        fingerprint: finding.fingerprint,
        labels: finding.labels.into_iter().map(label).collect(),
    }
}

impl Position {
    /// Where `span` lies in `text`; moved outward to character boundaries.
    pub(super) fn of(span: FileSpan, text: &str, lines: &Lines) -> Self {
        let start = head(text, span.start).len();
        let end =
            (span.end..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len()).max(start);
        let (line, column) = lines.position(text, start);
        Self { start, end, line, column }
    }

    /// The bytes of the file.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start..self.end
    }
}
