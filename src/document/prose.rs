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
    pub fn to_file(&self, _span: Span) -> FileSpan {
        unimplemented!()
    }
}

/// Builds prose piece by piece in reading order.
#[derive(Debug, Default)]
pub struct ProseBuilder {}
