//! Word files (.docx): their text, and what is known of each paragraph.
//!
//! The text is that of the paragraphs, joined by a newline: each paragraph is a line, be it of the main
//! text, a table, a text box (behind the paragraph it is anchored to) or a note (at the end). What was
//! deleted under track changes, hidden text, headers, footers and comments are no part of it, and neither
//! are the numbers of lists, which nobody wrote.

mod body;
mod error;
mod looks;
mod numbering;
mod package;
mod relations;
mod story;
mod styles;
mod symbols;
pub(crate) mod xml;

use std::ops::Range;
use std::sync::Arc;

pub use error::WordError;
pub(crate) use numbering::{Number, NumberFormat, NumberPart};
pub(crate) use package::{CONTENT_TYPES, Package};
pub(crate) use relations::Relations;
pub(crate) use story::{Run, RunId};
pub(crate) use styles::{Style, StyleId, chain};

use crate::span::FileSpan;
use body::Read;
use numbering::{Counters, Numbering};
use story::Line;
use styles::Styles;
use xml::{Node, Xml};

/// What a line break within a paragraph is in the text; a newline would begin a new paragraph.
pub(crate) const LINE_BREAK: &str = "\u{B}";

/// What a Word file says besides its text.
#[derive(Debug)]
pub struct Word {
    /// The file.
    pub(crate) bytes: Vec<u8>,
    /// The name of the part with the main text.
    pub(crate) main: String,
    /// A line of the text each.
    pub(crate) paragraphs: Vec<Paragraph>,
    /// Where the text came from, in its order.
    pub(crate) stretches: Vec<Stretch>,
    pub(crate) styles: Vec<Style>,
    pub(crate) cells: Vec<Cell>,
    /// The targets of links.
    pub(crate) links: Vec<String>,
    pub(crate) runs: Vec<Run>,
    /// Of the strict edition of the standard.
    strict: bool,
}

/// A paragraph, which is a line of the text.
#[derive(Debug)]
pub(crate) struct Paragraph {
    /// Without the line end.
    pub(crate) at: FileSpan,
    pub(crate) style: Option<StyleId>,
    /// Its level in the outline, from 0, where the paragraph itself says so; 9 is text.
    pub(crate) outline: Option<u8>,
    pub(crate) number: Option<Number>,
    /// Index in [`Word::cells`].
    pub(crate) cell: Option<u32>,
    /// Part of a table of contents.
    pub(crate) contents: bool,
    /// The run of the main text to comment on instead: Word takes no comments in text boxes and notes.
    pub(crate) anchor: Option<RunId>,
}

/// A cell of a table; all numbers count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) table: u32,
    pub(crate) row: u32,
    /// Of the grid.
    pub(crate) column: u32,
    pub(crate) rows: u32,
    pub(crate) columns: u32,
    pub(crate) header: bool,
}

/// A stretch of text that comes from one element.
#[derive(Debug)]
pub(crate) struct Stretch {
    pub(crate) at: FileSpan,
    pub(crate) emphasis: bool,
    /// Index in [`Word::links`].
    pub(crate) link: Option<u32>,
    pub(crate) origin: Origin,
}

/// The element that text came from, in bytes of its part.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    pub(crate) run: RunId,
    /// The start of the element.
    pub(crate) element: usize,
    /// Its characters; of a sign the element itself.
    pub(crate) content: Range<usize>,
    /// Characters, not a sign that stands for one.
    pub(crate) is_text: bool,
}

/// Whether the bytes are a zip archive.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    // An archive without entries begins with its end.
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// What is wrong with a file of the format that Office used before 2007, or hides encrypted ones in.
pub(super) fn old_office(bytes: &[u8]) -> Option<WordError> {
    if !bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return None;
    }
    let holds = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &name).is_some()
    };
    Some(if holds("EncryptedPackage") { WordError::Encrypted } else { WordError::Old })
}

/// Reads the text of a Word file.
///
/// # Errors
/// When it is none, is damaged, or unpacks to more than any text would.
pub(super) fn read(bytes: Vec<u8>) -> Result<(String, Arc<Word>), WordError> {
    let mut package = Package::open(&bytes)?;
    let main = main_part(&mut package)?;
    let relations = package.relations(&main)?;
    let styles = match relations.of_kind("styles").map(|part| (part.to_owned(), package.text(part))) {
        Some((part, text)) => Styles::read(&text?.unwrap_or_default(), &part)?,
        None => Styles::default(),
    };
    let numbering = match relations.of_kind("numbering").map(|part| (part.to_owned(), package.text(part))) {
        Some((part, text)) => Numbering::read(&text?.unwrap_or_default(), &part)?,
        None => Numbering::default(),
    };
    let mut read = Read::default();
    let text = package.required(&main)?;
    let mut lines = body::main_text(Xml::new(&text, &main), &main, &styles, &relations, &mut read)?;
    drop(text);
    lines.extend(note_lines(&mut package, &relations, &styles, &mut read)?);
    let Read { runs, cells, links, strict, .. } = read;
    let mut word = Word {
        bytes: Vec::new(),
        main,
        paragraphs: Vec::with_capacity(lines.len()),
        stretches: Vec::new(),
        styles: Vec::new(),
        cells,
        links,
        runs,
        strict,
    };
    let text = word.take(lines, &styles, &numbering);
    word.styles = styles.all;
    word.bytes = bytes;
    Ok((text, Arc::new(word)))
}

impl Word {
    /// The namespace of its elements.
    pub(crate) fn namespace(&self) -> &'static str {
        if self.strict { xml::STRICT } else { xml::TRANSITIONAL }
    }

    /// What the types of its references begin with.
    pub(crate) fn relation_types(&self) -> &'static str {
        if self.strict { relations::STRICT } else { relations::TRANSITIONAL }
    }

    /// The id of the style of this name.
    pub(crate) fn style_of(&self, name: &str) -> Option<&str> {
        self.styles.iter().find(|style| style.name == name).map(|style| style.id.as_str())
    }

    /// Puts lines behind each other; the text that makes.
    fn take(&mut self, lines: Vec<Line>, styles: &Styles, numbering: &Numbering) -> String {
        let mut text = String::new();
        let mut counters = Counters::default();
        for (index, line) in lines.into_iter().enumerate() {
            if index > 0 {
                text.push('\n');
            }
            let start = text.len();
            text.push_str(&line.text);
            let number = numbering
                .place(styles, line.style, line.list, line.level)
                .and_then(|place| numbering.count(styles, &mut counters, place));
            self.stretches.extend(line.stretches.into_iter().map(|stretch| Stretch {
                at: FileSpan::new(start + stretch.at.start, start + stretch.at.end),
                emphasis: stretch.emphasis,
                link: stretch.link,
                origin: stretch.origin,
            }));
            self.paragraphs.push(Paragraph {
                at: FileSpan::new(start, text.len()),
                style: line.style,
                outline: line.outline,
                number,
                cell: line.cell,
                contents: line.contents,
                anchor: line.anchor,
            });
        }
        text
    }
}

/// The name of the part with the main text.
fn main_part(package: &mut Package<'_>) -> Result<String, WordError> {
    let relations = package.relations("")?;
    let Some(main) = relations.of_kind("officeDocument").map(str::to_owned) else {
        return Err(WordError::Missing("main document".to_owned()));
    };
    let types = package.required(CONTENT_TYPES)?;
    match content_type(&types, &main)?.as_deref() {
        Some(kind) if kind.contains("spreadsheetml") || kind.contains("ms-excel") => {
            Err(WordError::OtherOffice("an Excel workbook"))
        }
        Some(kind) if kind.contains("presentationml") || kind.contains("ms-powerpoint") => {
            Err(WordError::OtherOffice("a PowerPoint presentation"))
        }
        _ => Ok(main),
    }
}

/// The type of a part that is listed by its name.
fn content_type(types: &str, part: &str) -> Result<Option<String>, WordError> {
    let mut xml = Xml::new(types, CONTENT_TYPES);
    while let Some(node) = xml.next()? {
        if let Node::Open(tag) = node
            && tag.name() == "Override"
            && tag
                .attribute("PartName")
                .is_some_and(|name| name.trim_start_matches('/').eq_ignore_ascii_case(part))
        {
            return Ok(tag.attribute("ContentType"));
        }
    }
    Ok(None)
}

/// The notes that the text refers to, in its order.
fn note_lines(
    package: &mut Package<'_>,
    relations: &Relations,
    styles: &Styles,
    read: &mut Read,
) -> Result<Vec<Line>, WordError> {
    let mut lines = Vec::new();
    let wanted = std::mem::take(&mut read.notes);
    for (kind, end) in [("footnotes", false), ("endnotes", true)] {
        if !wanted.iter().any(|note| note.end == end) {
            continue;
        }
        let Some(part) = relations.of_kind(kind).map(str::to_owned) else { continue };
        let Some(text) = package.text(&part)? else { continue };
        let own = package.relations(&part)?;
        let mut notes = body::notes(Xml::new(&text, &part), styles, &own, read)?;
        for reference in wanted.iter().filter(|note| note.end == end) {
            let Some(note) = notes.iter_mut().find(|note| note.id == reference.id) else { continue };
            for line in &mut note.lines {
                line.anchor = Some(reference.anchor);
            }
            lines.append(&mut note.lines);
        }
    }
    Ok(lines)
}
