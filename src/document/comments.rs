//! Comments of a file, which no reader sees, and what they are beside.

use super::draft::{Block, Finished, Line, Parting};
use crate::span::{FileSpan, Span};

/// A comment, with the prose that it may be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Where in the file, marks included.
    pub at: FileSpan,
    /// What it says, in the file.
    pub text: FileSpan,
    /// The prose from here on stands behind it.
    pub behind: u32,
    /// The block that it stands in, else the one that follows: paragraph, heading, item, list, row or table.
    pub block: Option<Span>,
}

/// A comment as a format finds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Noted {
    pub(super) at: FileSpan,
    pub(super) text: FileSpan,
    /// Where in the text of the draft.
    pub(super) position: usize,
    pub(super) stand: Stand,
    /// In lists so deep.
    pub(super) depth: u8,
}

/// What surrounds a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stand {
    /// A line whose text begins before it.
    Line,
    /// A row of a table.
    Row { table: u32, row: u32 },
    /// A table, between two rows.
    Table,
    /// Nothing: it stands by itself.
    Alone,
}

/// The stretch of the draft that a comment is about.
pub(super) fn block(draft: &Finished, noted: &Noted) -> Option<Span> {
    let lines = &draft.lines;
    let next = lines.partition_point(|line| line.span.start() < noted.position);
    let near = match noted.stand {
        Stand::Line => next.checked_sub(1)?,
        Stand::Row { table, row } => {
            let here = |at: &usize| is_in_row(&lines[*at], table, row);
            [next.checked_sub(1), Some(next)]
                .into_iter()
                .flatten()
                .filter(|at| *at < lines.len())
                .find(here)?
        }
        Stand::Table | Stand::Alone => next,
    };
    let line = lines.get(near)?;
    let alone = noted.stand == Stand::Alone;
    // Whether a line belongs to the block that the line before it is in.
    let goes_on = |other: &Line| match (line.block, other.block) {
        (Block::Cell(a), Block::Cell(b)) => a.table == b.table && (a.row == b.row || alone),
        // From outside of a list all of it is meant, from inside an item with what is below it.
        (Block::Text { depth, .. }, Block::Text { depth: other, .. }) if alone && depth > noted.depth => {
            other > noted.depth
        }
        (Block::Text { depth, opens: true }, Block::Text { depth: other, opens }) if alone => {
            other > depth || (other == depth && !opens)
        }
        (a, Block::Text { opens, .. }) => {
            matches!(a, Block::Text { .. }) && !opens && other.parting != Parting::Block
        }
        (a, b) => a == b && other.parting != Parting::Block,
    };
    let mut first = near;
    if !alone {
        while first > 0 && goes_on(&lines[first]) && continues_kind(&lines[first - 1], line) {
            first -= 1;
        }
    }
    let last = (near + 1..lines.len()).take_while(|at| goes_on(&lines[*at])).last().unwrap_or(near);
    Some(lines[first].span.hull(lines[last].span))
}

fn is_in_row(line: &Line, table: u32, row: u32) -> bool {
    matches!(line.block, Block::Cell(place) if (place.table, place.row) == (table, row))
}

/// Whether two lines may be of one block: cells of one row, or both text.
fn continues_kind(before: &Line, line: &Line) -> bool {
    match (before.block, line.block) {
        (_, Block::Cell(place)) => is_in_row(before, place.table, place.row),
        (Block::Text { .. }, Block::Text { .. }) => true,
        (a, b) => a == b,
    }
}
