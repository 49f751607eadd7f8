//! Word files: a draft line for each paragraph.

mod outline;

use super::draft::{Block, Draft, Parting};
use super::{Attribute, Place, numbers};
use crate::knowledge::structure::Structure;
use crate::source::word::{Cell, LINE_BREAK, Number, Paragraph, Stretch, Word};
use crate::span::FileSpan;
use outline::Rank;

pub(super) fn draft(text: &str, word: &Word, structure: &Structure) -> Draft {
    let mut writer = Writer {
        text,
        word,
        structure,
        frames: frames(word),
        draft: Draft::default(),
        parting: Parting::Block,
        before: Block::PLAIN,
        emphasis: None,
        link: None,
    };
    let mut from = 0;
    for paragraph in &word.paragraphs {
        let rest = &word.stretches[from..];
        let count = rest.partition_point(|stretch| stretch.at.end <= paragraph.at.end);
        from += count;
        writer.paragraph(paragraph, &rest[..count]);
    }
    writer.draft
}

/// For each table whether it is a frame around text: it has a single cell.
fn frames(word: &Word) -> Vec<bool> {
    let mut cells: Vec<u32> = Vec::new();
    for cell in &word.cells {
        let table = cell.table as usize;
        if cells.len() <= table {
            cells.resize(table + 1, 0);
        }
        cells[table] += 1;
    }
    cells.into_iter().map(|count| count == 1).collect()
}

struct Writer<'a> {
    text: &'a str,
    word: &'a Word,
    structure: &'a Structure,
    frames: Vec<bool>,
    draft: Draft,
    /// What parts the next line from the one before.
    parting: Parting,
    before: Block,
    /// Where the emphasis began that is open.
    emphasis: Option<usize>,
    /// The link that is open, and where it began.
    link: Option<(u32, usize)>,
}

impl Writer<'_> {
    fn paragraph(&mut self, paragraph: &Paragraph, stretches: &[Stretch]) {
        let blank = self.text[paragraph.at.range()].trim().is_empty();
        let rank = outline::rank(paragraph, self.word, self.structure);
        // A table of contents repeats what comes later.
        if blank || paragraph.contents || rank == Rank::Contents {
            self.parting = Parting::Block;
            return;
        }
        let block = self.block(paragraph, rank);
        let plain = block == Block::PLAIN && self.before == Block::PLAIN && paragraph.number.is_none();
        let same_cell = matches!(block, Block::Cell(_)) && block == self.before;
        let least = match (plain, same_cell) {
            // Texts pasted into Word may have a paragraph for each line.
            (true, _) => Parting::Wrap,
            (_, true) => Parting::Line,
            _ => Parting::Block,
        };
        self.draft.start_line(self.parting.max(least), block);
        self.parting = Parting::Wrap;
        self.before = block;
        if let Some(Number::Text(parts)) = &paragraph.number {
            let number = numbers::written(parts, &self.structure.numerals);
            // Nobody wrote it, but every reader sees it.
            self.draft.push_decoded(&number, FileSpan::new(paragraph.at.start, paragraph.at.start));
        }
        for stretch in stretches {
            self.stretch(stretch, block);
        }
        self.end_emphasis();
        self.end_link();
    }

    fn block(&self, paragraph: &Paragraph, rank: Rank) -> Block {
        let cell = paragraph.cell.and_then(|cell| self.word.cells.get(cell as usize));
        if let Some(cell) = cell.filter(|cell| !self.frames[cell.table as usize]) {
            return Block::Cell(place(cell));
        }
        match (rank, &paragraph.number) {
            (Rank::Heading(level), _) => Block::Heading { level },
            (_, Some(Number::Bullet(level))) => Block::Text { depth: level + 1, opens: true },
            _ => Block::PLAIN,
        }
    }

    fn stretch(&mut self, stretch: &Stretch, block: Block) {
        if stretch.link != self.link.map(|(link, _)| link) {
            self.end_link();
            self.link = stretch.link.map(|link| (link, self.draft.position()));
        }
        // What makes a heading is no emphasis.
        let emphasis = stretch.emphasis && !matches!(block, Block::Heading { .. });
        match (emphasis, self.emphasis) {
            (true, None) => self.emphasis = Some(self.draft.position()),
            (false, Some(_)) => self.end_emphasis(),
            _ => {}
        }
        let text = &self.text[stretch.at.range()];
        let mut at = stretch.at.start;
        for piece in text.split_inclusive(LINE_BREAK) {
            let words = piece.trim_end_matches(LINE_BREAK);
            self.draft.push(words, at);
            let sign = FileSpan::new(at + words.len(), at + piece.len());
            // A title in two lines is one title.
            if matches!(block, Block::Heading { .. }) && words.len() < piece.len() {
                self.draft.push_decoded(" ", sign);
            } else if words.len() < piece.len() {
                self.break_line(block);
            }
            at = sign.end;
        }
    }

    /// A line end within a paragraph.
    fn break_line(&mut self, block: Block) {
        let block = match block {
            Block::Text { depth, .. } => Block::Text { depth, opens: false },
            other => other,
        };
        self.draft.start_line(Parting::Line, block);
    }

    fn end_emphasis(&mut self) {
        if let Some(start) = self.emphasis.take() {
            self.draft.attribute(start, Attribute::Emphasis);
        }
    }

    fn end_link(&mut self) {
        if let Some((link, start)) = self.link.take()
            && let Some(target) = self.word.links.get(link as usize)
        {
            self.draft.attribute(start, Attribute::Link(target.clone()));
        }
    }
}

fn place(cell: &Cell) -> Place {
    let column = cell.column.min(Place::MOST_COLUMNS - 1);
    Place {
        table: cell.table,
        row: cell.row,
        column,
        rows: cell.rows.clamp(1, Place::MOST_SPANNED),
        columns: cell.columns.clamp(1, Place::MOST_COLUMNS - column),
        header: cell.header,
    }
}
