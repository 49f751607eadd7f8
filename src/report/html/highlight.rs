//! Which words of a policy findings speak about.

use crate::document::Document;
use crate::findings::Place;
use crate::report::{Located, Role};
use crate::span::Span;

/// What a stretch of words is to its finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tone {
    /// Only explains a finding.
    Context,
    /// The words of a finding that is not reported any more.
    Aside,
    Info,
    Warning,
    Error,
}

impl Tone {
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Context => "context",
            Self::Aside => "aside",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Words of the prose that a finding speaks about; empty for a place without words.
#[derive(Clone, Debug)]
pub(super) struct Highlight {
    pub(super) span: Span,
    pub(super) tone: Tone,
    /// The position of its finding in the report, and what the page calls it.
    pub(super) finding: usize,
    pub(super) token: String,
    /// The name of its place in the page.
    pub(super) anchor: String,
}

impl Highlight {
    /// All that a finding speaks about; `token` names it in the page.
    pub(super) fn of(
        located: &Located,
        finding: usize,
        token: &str,
        tone: Tone,
        document: &Document,
    ) -> Vec<Self> {
        let span = |place| prose_of(place, document);
        let first = Self {
            span: span(located.place),
            tone,
            finding,
            token: token.to_owned(),
            anchor: format!("m-{token}"),
        };
        let others = located.labels.iter().enumerate().map(|(number, label)| {
            let (tone, letter) = match label.role {
                Role::Instance => (tone, 'm'),
                Role::Context => (Tone::Context, 'c'),
            };
            let anchor = format!("{letter}-{token}-{number}");
            Self { span: span(label.place), tone, finding, token: token.to_owned(), anchor }
        });
        std::iter::once(first).chain(others).collect()
    }
}

/// The words of the prose at a place, without white space around them.
pub(super) fn prose_of(place: Place, document: &Document) -> Span {
    let span = match place {
        Place::Prose(span) => span,
        Place::File(span) => document.prose.from_file(span),
    };
    document.prose.widened(span).trim(document.prose.text())
}
