//! Stage 2: from decoded text to prose with structure.
//!
//! *Prose* is the text a reader sees: no tags, no emphasis marks, no annotation brackets, entities
//! decoded, soft line breaks inside a sentence joined. Every later stage works on prose; only the
//! report maps back to the file.

mod annotated;
mod comments;
mod draft;
mod figures;
mod grid;
mod heads;
mod html;
mod layout;
mod markdown;
mod navigation;
mod numbering;
mod numbers;
mod ordered;
mod pipes;
#[cfg(test)]
mod properties;
mod prose;
pub(crate) mod punctuation;
mod run_in;
#[cfg(test)]
mod sample;
mod sections;
mod sentences;
#[cfg(test)]
mod tests;
mod text;
mod titles;
mod word;
mod wrapping;

pub use comments::Comment;
pub use figures::is_beside_figure;
pub use prose::Prose;
use prose::ProseBuilder;

use crate::knowledge::structure::Structure;
use crate::source::{Format, Source};
use crate::span::{FileSpan, Span};

/// Reads the prose and the structure out of a file.
pub fn parse(source: &Source, structure: &Structure) -> Document {
    let draft = match source.format {
        Format::Text => text::draft(&source.text),
        Format::Annotated => annotated::draft(&source.text, &structure.numerals),
        Format::Markdown => markdown::draft(&source.text),
        Format::Html => html::draft(&source.text),
        Format::Word => match &source.word {
            Some(word) => word::draft(&source.text, word, structure),
            None => text::draft(&source.text),
        },
    };
    let laid = layout::lay(draft, source.format, structure);
    let (sections, paragraphs) = sections::build(&laid, structure);
    let sentences = sentences::split(laid.prose.text(), &paragraphs);
    Document {
        format: source.format,
        prose: laid.prose,
        sections,
        paragraphs,
        sentences,
        attributes: laid.attributes,
        annotations: laid.annotations,
        slips: laid.slips,
        comments: laid.comments,
    }
}

/// Index of a [`Section`] in [`Document::sections`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SectionId(pub u32);

/// Index of a [`Paragraph`] in [`Document::paragraphs`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ParagraphId(pub u32);

/// Index of a [`Sentence`] in [`Document::sentences`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SentenceId(pub u32);

/// A policy as prose with structure.
#[derive(Clone, Debug)]
pub struct Document {
    pub format: Format,
    pub prose: Prose,
    /// The section tree in reading order; the first is the root, which has no heading and spans all.
    pub sections: Vec<Section>,
    /// In reading order; they do not overlap.
    pub paragraphs: Vec<Paragraph>,
    /// In reading order; each lies in one paragraph. Headings are sentences too.
    pub sentences: Vec<Sentence>,
    /// Attributes of stretches of prose, sorted by start.
    pub attributes: Vec<(Span, Attribute)>,
    /// Marks set by hand, sorted by start (an enclosing mark before the enclosed one).
    pub annotations: Vec<Annotation>,
    /// Slips in the annotation, in reading order.
    pub slips: Vec<Slip>,
    /// In reading order; only Markdown and HTML have any.
    pub comments: Vec<Comment>,
}

/// A chapter, or a numbered or bulleted item: whatever groups paragraphs under one head.
#[derive(Clone, Debug)]
pub struct Section {
    pub parent: Option<SectionId>,
    pub kind: SectionKind,
    /// Depth in the tree; the root has 0.
    pub level: u8,
    /// The title without its number; `None` for the root and for items without a title.
    pub heading: Option<Span>,
    /// Heading and body, subsections included.
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SectionKind {
    Root,
    /// Has a heading of its own line (or one run into the text).
    Chapter,
    /// A numbered or bulleted item of a list.
    Item,
}

/// A block of text: paragraph, heading, list item text or table cell.
#[derive(Clone, Debug)]
pub struct Paragraph {
    pub span: Span,
    pub kind: ParagraphKind,
    /// The innermost section it stands in (for a heading: the section it heads).
    pub section: SectionId,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParagraphKind {
    Heading,
    Text,
    Cell(Place),
}

/// Where in a table a cell stands; all numbers count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Counts the tables of the document.
    pub table: u32,
    pub row: u32,
    pub column: u32,
    /// For how many rows, and in how many columns, its text holds.
    pub rows: u32,
    pub columns: u32,
    pub header: bool,
}

impl Place {
    /// A cell may span so many rows or columns; more is a slip, or meant to be the rest of the table.
    const MOST_SPANNED: u32 = 40;
    /// No table of a policy has more columns.
    const MOST_COLUMNS: u32 = 64;
}

/// A sentence with its clauses.
#[derive(Clone, Debug)]
pub struct Sentence {
    pub span: Span,
    pub paragraph: ParagraphId,
    /// Split at commas and colons outside brackets; together they cover the sentence.
    pub clauses: Vec<Span>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attribute {
    Emphasis,
    /// The target as written.
    Link(String),
    /// The number that the format shows before an item and that is not part of the prose, such as `3.`; over the first
    /// line of the item.
    Number(String),
}

/// A bracket mark set by hand; `span` is what the brackets hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Annotation {
    pub kind: Bracket,
    pub span: Span,
}

/// The kinds of bracket marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bracket {
    /// `(…)`: who handles the data.
    Actor,
    /// `[…]`: the action.
    Action,
    /// `<…>`: a data item.
    Data,
    /// `{…}`: a purpose, or a condition.
    Purpose,
    /// `【…】`: a group, or quoted interface text.
    Group,
}

/// A mistake in the annotation that was survived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slip {
    pub kind: SlipKind,
    /// Where in the file.
    pub at: FileSpan,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlipKind {
    /// `(我们）`: opened and closed in different widths.
    MixedWidth,
    /// `[收集` up to the line end.
    Unclosed,
    /// A closing mark alone.
    Unopened,
}
