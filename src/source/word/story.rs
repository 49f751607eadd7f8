//! A story being read: the main text, what a text box holds, or a note.

use std::collections::HashMap;
use std::mem;
use std::ops::Range;

use super::looks::{Look, ParagraphProperties};
use super::styles::StyleId;
use super::{Cell, Origin};

/// A run of the main part: where it stands in the XML.
#[derive(Clone, Debug, Default)]
pub(crate) struct Run {
    /// From `<w:r>` to behind `</w:r>`.
    pub(crate) at: Range<usize>,
    /// The start tag.
    pub(crate) tag: Range<usize>,
    /// The element of its properties.
    pub(crate) properties: Option<Range<usize>>,
}

/// Index of a run in [`super::Word::runs`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct RunId(pub(crate) u32);

/// A note that the main text refers to.
#[derive(Debug)]
pub(super) struct Note {
    /// An endnote.
    pub(super) end: bool,
    pub(super) id: String,
    /// The run with the reference.
    pub(super) anchor: RunId,
}

/// A paragraph, as far as it is read.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) stretches: Vec<Stretch>,
    pub(super) style: Option<StyleId>,
    pub(super) outline: Option<u8>,
    pub(super) list: Option<u32>,
    pub(super) level: Option<u8>,
    pub(super) cell: Option<u32>,
    /// Part of a table of contents.
    pub(super) contents: bool,
    /// Where a comment on it has to stand, when it cannot stand in its words.
    pub(super) anchor: Option<RunId>,
    /// Its end was deleted: the next one goes on with it.
    joins: bool,
    /// The paragraphs of the text boxes in it.
    boxes: Vec<Self>,
}

/// A stretch of the text of a line that comes from one place.
#[derive(Debug)]
pub(super) struct Stretch {
    pub(super) at: Range<usize>,
    pub(super) emphasis: bool,
    pub(super) link: Option<u32>,
    pub(super) origin: Origin,
}

/// A field: what it does, then what it shows.
#[derive(Debug)]
pub(super) struct Field {
    instruction: String,
    shown: bool,
    link: Option<u32>,
    contents: bool,
}

impl Field {
    pub(super) fn new(instruction: String) -> Self {
        Self { instruction, shown: false, link: None, contents: false }
    }
}

/// A table being read.
#[derive(Debug)]
pub(super) struct Table {
    id: u32,
    rows: u32,
    row_begun: bool,
    /// The column of the grid where the cell begins.
    pub(super) column: u32,
    pub(super) header: bool,
    /// The row is deleted.
    pub(super) row_gone: bool,
    pub(super) spans: u32,
    /// The cell is one of several in a column that are merged, and not the first.
    pub(super) continues: bool,
    pub(super) merges: bool,
    pub(super) cell_gone: bool,
    cell: Option<u32>,
    /// By column, the first of the merged cells above.
    above: HashMap<u32, u32>,
}

/// No cell spans more columns.
const MOST_SPANNED: u32 = 64;

#[derive(Debug, Default)]
pub(super) struct Story {
    pub(super) lines: Vec<Line>,
    pub(super) paragraph: Option<Line>,
    pub(super) fields: Vec<Field>,
    pub(super) links: Vec<Option<u32>>,
    pub(super) tables: Vec<Table>,
    pub(super) runs: Vec<RunId>,
    pub(super) look: Look,
    /// The characters of the text element that is open.
    pub(super) buffer: String,
    pub(super) anchor: Option<RunId>,
}

impl Story {
    pub(super) fn start_paragraph(&mut self, cell: Option<u32>, style: Option<StyleId>) {
        match &mut self.paragraph {
            // What the mark at the end says holds for all that was joined.
            Some(line) if line.joins => {
                let (text, stretches) = (mem::take(&mut line.text), mem::take(&mut line.stretches));
                let (boxes, contents) = (mem::take(&mut line.boxes), line.contents);
                *line = Line {
                    text,
                    stretches,
                    boxes,
                    contents,
                    cell,
                    style,
                    anchor: line.anchor,
                    ..Line::default()
                };
            }
            _ => {
                self.end_paragraph();
                self.paragraph = Some(Line { cell, style, anchor: self.anchor, ..Line::default() });
            }
        }
    }

    pub(super) fn set_properties(&mut self, properties: &ParagraphProperties, style: Option<StyleId>) {
        if let Some(line) = &mut self.paragraph {
            line.style = style;
            line.outline = properties.outline;
            line.list = properties.list;
            line.level = properties.level;
            line.joins = properties.mark.gone;
        }
    }

    /// The end of the element of a paragraph, which is the end of the paragraph unless that was deleted.
    pub(super) fn close_paragraph(&mut self) {
        if self.paragraph.as_ref().is_some_and(|line| !line.joins) {
            self.end_paragraph();
        }
    }

    /// Ends the paragraph, deleted or not.
    pub(super) fn end_paragraph(&mut self) {
        let Some(mut line) = self.paragraph.take() else { return };
        let boxes = mem::take(&mut line.boxes);
        let gone =
            line.joins && line.text.is_empty() || self.tables.last().is_some_and(|table| table.cell_gone);
        if !gone {
            self.lines.push(line);
        }
        self.lines.extend(boxes);
    }

    /// Takes up what a text box holds.
    pub(super) fn take_box(&mut self, lines: Vec<Line>) {
        match &mut self.paragraph {
            Some(line) => line.boxes.extend(lines),
            None => self.lines.extend(lines),
        }
    }

    /// Whether characters here are seen.
    pub(super) fn counts(&self) -> bool {
        !self.look.is_hidden() && self.fields.iter().all(|field| field.shown)
    }

    pub(super) fn add(&mut self, text: &str, element: usize, content: Range<usize>, is_text: bool) {
        if !self.counts() || text.is_empty() {
            return;
        }
        let (Some(line), Some(run)) = (&mut self.paragraph, self.runs.last()) else { return };
        let link = self.links.last().copied().flatten();
        let link = link.or_else(|| self.fields.iter().rev().find_map(|field| field.link));
        line.contents |= self.fields.iter().any(|field| field.contents);
        let start = line.text.len();
        line.text.push_str(text);
        line.stretches.push(Stretch {
            at: start..line.text.len(),
            emphasis: self.look.stands_out(),
            link,
            origin: Origin { run: *run, element, content, is_text },
        });
    }

    pub(super) fn begin_field(&mut self, field: Field) {
        self.fields.push(field);
    }

    pub(super) fn instruct(&mut self, text: &str) {
        if let Some(field) = self.fields.last_mut().filter(|field| !field.shown) {
            field.instruction.push_str(text);
        }
    }

    /// What follows is what the innermost field shows. The address it links to, if it does, goes to `links`.
    pub(super) fn show_field(&mut self, links: &mut Vec<String>) {
        let Some(field) = self.fields.last_mut() else { return };
        field.shown = true;
        let instruction = field.instruction.trim_start();
        let name = instruction.split_whitespace().next().unwrap_or_default();
        field.contents = name.eq_ignore_ascii_case("TOC");
        if name.eq_ignore_ascii_case("HYPERLINK") {
            let local = instruction.split_whitespace().nth(1) == Some("\\l");
            if let Some(target) = instruction.split('"').nth(1) {
                field.link = Some(links.len() as u32);
                links.push(if local { format!("#{target}") } else { target.to_owned() });
            }
        }
    }

    pub(super) fn end_field(&mut self) {
        self.fields.pop();
    }

    pub(super) fn start_table(&mut self, id: u32) {
        self.end_paragraph();
        self.tables.push(Table {
            id,
            rows: 0,
            row_begun: false,
            column: 0,
            header: false,
            row_gone: false,
            spans: 1,
            continues: false,
            merges: false,
            cell_gone: false,
            cell: None,
            above: HashMap::new(),
        });
    }

    pub(super) fn end_table(&mut self) {
        self.end_paragraph();
        self.tables.pop();
    }

    /// The cell that a paragraph stands in.
    pub(super) fn cell(&mut self, cells: &mut Vec<Cell>) -> Option<u32> {
        self.tables.last_mut().and_then(|table| table.cell(cells))
    }

    pub(super) fn end_cell(&mut self, cells: &mut Vec<Cell>) {
        self.end_paragraph();
        if let Some(table) = self.tables.last_mut()
            && !mem::take(&mut table.cell_gone)
        {
            let _ = table.cell(cells);
            table.column = table.column.saturating_add(table.spans);
            table.cell = None;
        }
    }
}

impl Table {
    pub(super) fn start_row(&mut self) {
        self.row_begun = false;
        self.column = 0;
        self.header = false;
        self.row_gone = false;
        self.cell = None;
    }

    /// Begins a cell, unless its row is deleted.
    pub(super) fn start_cell(&mut self) -> bool {
        if self.row_gone {
            return false;
        }
        if !mem::replace(&mut self.row_begun, true) {
            self.rows += 1;
        }
        (self.spans, self.continues, self.merges, self.cell_gone, self.cell) = (1, false, false, false, None);
        true
    }

    fn cell(&mut self, cells: &mut Vec<Cell>) -> Option<u32> {
        if self.cell.is_some() || !self.row_begun || self.cell_gone {
            return self.cell;
        }
        self.spans = self.spans.clamp(1, MOST_SPANNED);
        let row = self.rows - 1;
        let first = self.above.get(&self.column).copied().filter(|_| self.continues);
        let id = match first {
            Some(first) => {
                if let Some(cell) = cells.get_mut(first as usize) {
                    cell.rows = row - cell.row + 1;
                }
                first
            }
            None => {
                let id = cells.len() as u32;
                cells.push(Cell {
                    table: self.id,
                    row,
                    column: self.column,
                    rows: 1,
                    columns: self.spans,
                    header: self.header,
                });
                if self.merges {
                    self.above.insert(self.column, id);
                } else {
                    self.above.remove(&self.column);
                }
                id
            }
        };
        self.cell = Some(id);
        self.cell
    }
}
