//! The rows of a table, whole, broken within a cell, or with each cell on a line of its own.

use super::frame::Frame;
use super::line::{Line, borders};
use super::{Cell, LONGEST_OPENING};
use crate::document::Place;
use crate::span::FileSpan;
use std::ops::Range;

/// The cells of a table, and the line behind it.
pub(super) fn read(lines: &[Line<'_>], frame: &Frame, table: u32) -> (Vec<Cell>, usize) {
    let mut reader =
        Reader { frame, table, rows: 0, row: Row::default(), done: Vec::new(), last: Vec::new() };
    reader.head(lines);
    let end = reader.body(lines);
    (reader.done, end)
}

/// The row being read: how many `|` were passed, and what stands in its cells.
#[derive(Debug, Default)]
struct Row {
    parted: usize,
    pieces: Vec<(usize, FileSpan)>,
}

struct Reader<'f> {
    frame: &'f Frame,
    table: u32,
    rows: u32,
    row: Row,
    done: Vec<Cell>,
    /// For each column the cells in `done` that were read last.
    last: Vec<Range<usize>>,
}

impl Reader<'_> {
    fn head(&mut self, lines: &[Line<'_>]) {
        let Some(rule) = self.frame.rule.filter(|rule| *rule > self.frame.first) else { return };
        for (index, line) in lines[self.frame.first..rule].iter().enumerate() {
            self.take(line, if index == 0 { self.frame.skip } else { 0 });
        }
        self.close();
    }

    /// Reads the rows, and tells the line behind the last.
    fn body(&mut self, lines: &[Line<'_>]) -> usize {
        let mut at = self.frame.body;
        if let Some(rows) = self.frame.rows {
            for line in &lines[at..at + rows] {
                self.take(line, 0);
                self.close();
            }
            return at + rows;
        }
        let mut end = at;
        let converted = |at: usize| at > 0 && lines[at - 1].ends_row;
        while at < lines.len() {
            let line = &lines[at];
            if line.is_blank() {
                let before = at;
                while at < lines.len() && lines[at].is_blank() {
                    at += 1;
                }
                if !self.passes_gap(lines, before, at) {
                    break;
                }
                continue;
            }
            if self.row.pieces.is_empty() && self.row.parted == 0 && line.pipes == 0 {
                // A last cell that goes on, a first cell that is broken, or text after the table.
                let follows = at > self.frame.body && !lines[at - 1].is_blank();
                let wrapped = follows && lines[at - 1].pipes > 0 && !converted(at);
                if wrapped && (self.rows_end_marked(lines) || opens_row(lines, at)) {
                    self.go_on(line);
                    at += 1;
                    end = at;
                    continue;
                }
                if !opens_row(lines, at) {
                    break;
                }
            }
            let pipes = self.pipes(line);
            let overflows = self.row.parted + pipes + 1 > self.frame.width;
            let anew = self.frame.outer && line.opens_with_pipe();
            if (overflows || anew) && self.row.parted > 0 {
                self.close();
            }
            self.take(line, 0);
            at += 1;
            let complete = self.is_complete() && (line.ends_row || !self.goes_on(lines, at));
            if complete || self.is_short_of_spanned(lines, at, pipes) {
                self.close();
            }
            if self.row.parted > 0 || self.row.pieces.is_empty() {
                end = at;
            }
        }
        if self.row.parted > 0 {
            self.close();
        }
        end
    }

    /// Whether the table goes on behind empty lines; a row that ends there is closed.
    fn passes_gap(&mut self, lines: &[Line<'_>], before: usize, after: usize) -> bool {
        let Some(next) = lines.get(after) else { return false };
        let exploded = next.opens_with_pipe() && !self.frame.outer
            || lines.get(after + 1).is_some_and(|line| line.opens_with_pipe() && !self.frame.outer);
        let starting = self.row.parted == 0 && self.row.pieces.is_empty();
        if !starting && !self.is_complete() && exploded && !lines[before - 1].ends_row {
            return true;
        }
        if self.row.parted > 0 {
            self.close();
        }
        self.row = Row::default();
        // Right under the drawn line, and where cells stand on lines of their own, empty lines part rows.
        exploded && !next.opens_with_pipe()
            || (self.frame.body == before || !self.frame.outer)
                && next.pipes + 1 == self.frame.width
                && !next.is_rule()
            || self.frame.body == before && self.frame.outer && next.opens_with_pipe()
    }

    fn is_complete(&self) -> bool {
        self.row.parted + 1 >= self.frame.width
    }

    /// The `|` of a line that part cells of its row.
    fn pipes(&self, line: &Line<'_>) -> usize {
        if self.frame.outer { line.cells().saturating_sub(1) } else { line.pipes }
    }

    /// Whether the rows of the table end with two spaces, so that other line ends wrap.
    fn rows_end_marked(&self, lines: &[Line<'_>]) -> bool {
        let rule = self.frame.rule.map(|rule| &lines[rule]);
        rule.is_some_and(|rule| rule.ends_row)
    }

    /// Whether the last cell of a complete row goes on in line `at`.
    fn goes_on(&self, lines: &[Line<'_>], at: usize) -> bool {
        let Some(next) = lines.get(at).filter(|next| !next.is_blank()) else { return false };
        if self.frame.outer {
            return !lines[at - 1].closes_with_pipe() && !next.opens_with_pipe() && next.closes_with_pipe();
        }
        next.pipes == 0 && self.rows_end_marked(lines)
    }

    /// Whether a converter left out the cells that span the row: the next row is as short.
    fn is_short_of_spanned(&self, lines: &[Line<'_>], at: usize, pipes: usize) -> bool {
        pipes >= 2
            && self.row.parted == pipes
            && !self.frame.outer
            && lines[at - 1].ends_row
            && lines.get(at).is_some_and(|next| next.pipes == pipes && next.ends_row)
    }

    /// Adds the stretches of a line to the row.
    fn take(&mut self, line: &Line<'_>, skip: usize) {
        let mut from = skip;
        let strip = self.frame.outer && line.opens_with_pipe();
        let mut borders = borders(line.text).filter(|at| *at >= skip);
        if strip {
            from = borders.next().map_or(from, |at| at + 1);
        }
        for at in borders {
            self.add(line, from, at);
            self.row.parted += 1;
            from = at + 1;
        }
        self.add(line, from, line.text.len());
        // An outer `|` at the end parts nothing.
        self.row.parted = self.row.parted.min(self.frame.width.saturating_sub(1));
    }

    fn add(&mut self, line: &Line<'_>, from: usize, to: usize) {
        let text = &line.text[from..to];
        let inner = text.trim();
        if inner.is_empty() {
            return;
        }
        let start = line.start + from + (text.len() - text.trim_start().len());
        let column = self.row.parted.min(self.frame.width.saturating_sub(1));
        self.row.pieces.push((column, FileSpan::new(start, start + inner.len())));
    }

    /// Adds a line to the last cell of the row before.
    fn go_on(&mut self, line: &Line<'_>) {
        if let Some(last) = self.done.last() {
            let place = last.place;
            self.done.push(Cell { at: line.span(), place });
            if let Some(range) = self.last.get_mut(place.column as usize) {
                range.end = self.done.len();
            }
        }
    }

    fn close(&mut self) {
        let row = std::mem::take(&mut self.row);
        let (width, held) = (self.frame.width, row.parted + 1);
        let header = self.frame.rule.is_some() && self.rows == 0 && self.done.is_empty() && self.has_head();
        let spanned =
            if header || self.frame.outer || self.rows == 0 { 0 } else { width.saturating_sub(held) };
        self.last.resize(width, 0..0);
        for range in &self.last[..spanned.min(width)] {
            let cells = &mut self.done[range.clone()];
            let spans = cells.first().is_some_and(|cell| {
                let place = cell.place;
                !place.header && place.rows < Place::MOST_SPANNED && place.row + place.rows == self.rows
            });
            for cell in cells.iter_mut().filter(|_| spans) {
                cell.place.rows += 1;
            }
        }
        for (column, at) in row.pieces {
            let column = (column + spanned).min(width.saturating_sub(1));
            let here = self.done.len();
            let place = Place {
                table: self.table,
                row: self.rows,
                column: column as u32,
                rows: 1,
                columns: 1,
                header,
            };
            let goes_on = self.last[column].end == here
                && self.done.last().is_some_and(|cell| cell.place.row == self.rows);
            let start = if goes_on { self.last[column].start } else { here };
            self.last[column] = start..here + 1;
            self.done.push(Cell { at, place });
        }
        self.rows += 1;
    }

    fn has_head(&self) -> bool {
        self.frame.rule.is_some_and(|rule| self.frame.first < rule)
    }
}

/// Whether a line without `|` opens a row: one with `|` follows before the paragraph ends.
fn opens_row(lines: &[Line<'_>], at: usize) -> bool {
    lines[at..]
        .iter()
        .take(LONGEST_OPENING + 1)
        .take_while(|line| !line.is_blank())
        .any(|line| line.pipes > 0)
}
