use serde::Serialize;

use super::Lines;
use super::sanitise::sanitise;
use crate::document::{Document, Prose};
use crate::findings::{Finding, Label, LabelRole, Place};
use crate::knowledge::kinds::{Confidence, Severity};
use crate::source::{Format, Source, head};
use crate::span::FileSpan;

/// A finding with its place in the file: what every report is made of.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, Serialize)]
pub struct Located {
    pub rule: String,
    pub severity: Severity,
    pub path: String,
    #[serde(flatten)]
    pub at: Position,
    #[serde(skip)]
    pub reach: Reach,
    /// In a Word file, which has no lines to go by, the titles of the sections around it, from the outermost.
    #[serde(skip)]
    pub headings: Vec<String>,
    /// Where in the policy as it reads.
    #[serde(skip)]
    pub place: Place,
    pub message: String,
    pub help: String,
    pub cites: Vec<String>,
    pub confidence: Confidence,
    pub fingerprint: String,
    pub labels: Vec<LocatedLabel>,
}

/// A further span of a finding.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, Serialize)]
pub struct LocatedLabel {
    #[serde(flatten)]
    pub at: Position,
    #[serde(skip)]
    pub reach: Reach,
    #[serde(skip)]
    pub place: Place,
    pub message: String,
    pub role: Role,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
}

/// What a further span is to its finding.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Explains the finding.
    Context,
    /// A further instance of the same cause.
    Instance,
}

/// Bytes of a file, with the line and column (in characters, from 1) of the first.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Position {
    pub start: usize,
    pub end: usize,
    pub line: usize,
    pub column: usize,
}

/// How far a span reaches, for formats that want more than its first character.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Line and column (in characters, from 1) behind the last character.
    pub end_line: usize,
    pub end_column: usize,
    /// Columns in bytes of UTF-8, from 1.
    pub byte_column: usize,
    pub end_byte_column: usize,
    /// The words, cut short, safe to show.
    pub snippet: String,
}

/// The most characters of a snippet.
const SNIPPET: usize = 200;

/// Looks up where in the file a finding and its labels are.
pub fn locate(finding: Finding, source: &Source, document: &Document, lines: &Lines) -> Located {
    let place = finding.place;
    let located = locate_in(finding, &source.path, &source.text, &document.prose, lines);
    let headings = if source.format == Format::Word { headings(place, document) } else { Vec::new() };
    Located { headings, ..located }
}

/// Looks up where in a config a finding about it is.
pub fn locate_in_config(finding: Finding, path: &str, text: &str, lines: &Lines) -> Located {
    locate_in(finding, path, text, &Prose::default(), lines)
}

fn locate_in(finding: Finding, path: &str, text: &str, prose: &Prose, lines: &Lines) -> Located {
    let position = |place: Place| {
        let at = Position::of(place.in_file(prose), text, lines);
        (at, Reach::of(at, text, lines))
    };
    let label = |label: Label| {
        let (role, fingerprint) = match label.role {
            LabelRole::Context => (Role::Context, None),
            LabelRole::Instance { fingerprint } => (Role::Instance, Some(fingerprint)),
        };
        let (at, reach) = position(label.place);
        LocatedLabel { at, reach, place: label.place, message: label.message, role, fingerprint }
    };
    let (at, reach) = position(finding.place);
    Located {
        rule: finding.rule,
        severity: finding.severity,
        path: path.to_owned(),
        at,
        reach,
        headings: Vec::new(),
        place: finding.place,
        message: finding.message,
        help: finding.help,
        cites: finding.cites,
        confidence: finding.confidence,
        fingerprint: finding.fingerprint,
        labels: finding.labels.into_iter().map(label).collect(),
    }
}

/// The titles of the sections that a place stands in.
fn headings(place: Place, document: &Document) -> Vec<String> {
    let Place::Prose(span) = place else { return Vec::new() };
    let Some(sentence) = document.sentences.get(document.sentence_from(span.start)) else {
        return Vec::new();
    };
    let section = document.paragraph(sentence.paragraph).section;
    document.section_path(section).into_iter().map(str::to_owned).collect()
}

impl Reach {
    fn of(at: Position, text: &str, lines: &Lines) -> Self {
        let (end_line, end_column) = lines.position(text, at.end);
        let column = |byte: usize| byte - lines.around(text, byte).start + 1;
        Self {
            end_line,
            end_column,
            byte_column: column(at.start),
            end_byte_column: column(at.end),
            snippet: sanitise(&text[at.range()]).chars().take(SNIPPET).collect(),
        }
    }
}

impl Position {
    /// Where `span` lies in `text`; moved outward to character boundaries.
    pub fn of(span: FileSpan, text: &str, lines: &Lines) -> Self {
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
