use crate::span::{FileSpan, Span};

/// The text a reader sees, with the way back to the file.
#[derive(Clone, Debug, Default)]
pub struct Prose {
    text: String,
}

impl Prose {
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The smallest range of the file that covers all bytes `span` came from.
    pub fn to_file(&self, span: Span) -> FileSpan {
        FileSpan::new(span.start(), span.end())
    }

    pub fn identical(text: &str) -> Self {
        Self { text: text.to_owned() }
    }
}

/// Builds prose piece by piece in reading order.
#[derive(Debug, Default)]
pub struct ProseBuilder {}
