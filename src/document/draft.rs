//! What every format is turned into first: lines of text with their way back to the file.

use super::comments::{Noted, Stand};
use super::{Annotation, Attribute, Place, Prose, ProseBuilder, Slip};
use crate::span::{FileSpan, Span};

/// The lines of a file without its markup. Whether lines belong together is decided later, in the
/// same way for every format.
#[derive(Debug, Default)]
pub(super) struct Draft {
    prose: ProseBuilder,
    pub(super) lines: Vec<Line>,
    pub(super) attributes: Vec<(Span, Attribute)>,
    pub(super) annotations: Vec<Annotation>,
    pub(super) slips: Vec<Slip>,
    pub(super) comments: Vec<Noted>,
}

/// A line of a draft.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// In the text of the draft; lines follow each other without separators.
    pub(super) span: Span,
    pub(super) parting: Parting,
    pub(super) block: Block,
}

/// What parts a line from the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Parting {
    /// A line end in the file that may only be there to wrap a long line.
    Wrap,
    /// A line end that is meant.
    Line,
    /// An empty line, or the border of an element.
    Block,
}

/// What the format says about a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// Text at a depth of lists (0 outside any list); `opens` when it is the first of its item.
    Text {
        depth: u8,
        opens: bool,
    },
    /// A heading that the format marks as such.
    Heading {
        level: u8,
    },
    Cell(Place),
}

impl Block {
    pub(super) const PLAIN: Self = Self::Text { depth: 0, opens: false };
}

/// A draft with its text complete.
#[derive(Debug)]
pub(super) struct Finished {
    pub(super) prose: Prose,
    pub(super) lines: Vec<Line>,
    pub(super) attributes: Vec<(Span, Attribute)>,
    pub(super) annotations: Vec<Annotation>,
    pub(super) slips: Vec<Slip>,
    pub(super) comments: Vec<Noted>,
}

impl Draft {
    /// Starts a line. An empty line before it leaves only its parting, when that is the stronger.
    pub(super) fn start_line(&mut self, parting: Parting, block: Block) {
        let at = self.prose.position();
        if let Some(last) = self.lines.last_mut() {
            last.span = Span::new(last.span.start(), at);
            if last.span.of(self.prose.text()).trim().is_empty() {
                last.span = Span::new(at, at);
                last.parting = last.parting.max(parting);
                // The first text of an item opens it, however many elements were begun before.
                let opened = matches!(last.block, Block::Text { opens: true, .. });
                last.block = match block {
                    Block::Text { depth, opens } => {
                        Block::Text { depth, opens: opens || opened && depth > 0 }
                    }
                    other => other,
                };
                return;
            }
        }
        self.lines.push(Line { span: Span::new(at, at), parting, block });
    }

    /// The text of the line being written.
    pub(super) fn line_text(&self) -> &str {
        self.lines.last().map_or("", |line| &self.prose.text()[line.span.start()..])
    }

    pub(super) fn position(&self) -> usize {
        self.prose.position()
    }

    pub(super) fn push(&mut self, text: &str, file_start: usize) {
        self.prose.push(text, file_start);
    }

    pub(super) fn push_decoded(&mut self, text: &str, from: FileSpan) {
        self.prose.push_decoded(text, from);
    }

    /// Marks everything from `start` to here, unless that is nothing.
    pub(super) fn attribute(&mut self, start: usize, attribute: Attribute) {
        if start < self.prose.position() {
            self.attributes.push((Span::new(start, self.prose.position()), attribute));
        }
    }

    /// Notes a comment that stands here; `at` and `text` are as in [`Noted`].
    pub(super) fn comment(&mut self, at: FileSpan, text: FileSpan, stand: Stand, depth: u8) {
        self.comments.push(Noted { at, text, position: self.prose.position(), stand, depth });
    }

    pub(super) fn finish(mut self) -> Finished {
        let end = self.prose.position();
        if let Some(last) = self.lines.last_mut() {
            last.span = Span::new(last.span.start(), end);
        }
        let prose = self.prose.finish();
        let mut lines = self.lines;
        for line in &mut lines {
            line.span = line.span.trim(prose.text());
        }
        // A line without a letter or digit (====, ----, |) draws a border.
        let mut parting = Parting::Wrap;
        lines.retain_mut(|line| {
            line.parting = line.parting.max(parting);
            parting = Parting::Wrap;
            let keep = line.span.of(prose.text()).chars().any(char::is_alphanumeric);
            if !keep {
                parting = line.parting.max(Parting::Block);
            }
            keep
        });
        Finished {
            prose,
            lines,
            attributes: self.attributes,
            annotations: self.annotations,
            slips: self.slips,
            comments: self.comments,
        }
    }
}
