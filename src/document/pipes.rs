//! Tables drawn with `|`, with or without outer ones, as people write them and as converters leave them: a row
//! may be broken within a cell, or stand with each cell and each `|` on a line of its own.

mod frame;
mod line;
mod rows;
#[cfg(test)]
mod tests;

use super::Place;
use crate::span::FileSpan;
use frame::Frame;
use line::{Line, lines};
use std::ops::Range;

/// A first cell may be broken over so many lines before its row shows a `|`.
const LONGEST_OPENING: usize = 3;

/// The cells of a text's tables, and where the tables stand.
#[derive(Debug, Default)]
pub(super) struct Tables {
    /// In reading order; a cell that is broken over lines has several.
    cells: Vec<Cell>,
    regions: Vec<FileSpan>,
}

/// What one line holds of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) at: FileSpan,
    pub(super) place: Place,
}

/// What stands at a position of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ground {
    Text,
    Cell(Cell),
    /// Drawn lines, and white space between cells.
    Border,
}

impl Tables {
    pub(super) fn find(source: &str) -> Self {
        let mut tables = Self::default();
        if !source.contains('|') {
            return tables;
        }
        let lines = lines(source);
        let frames = frame::ruled(&lines);
        let mut from = 0;
        for (index, frame) in frames.iter().enumerate() {
            tables.read_bare(&lines, from..frame.first);
            let end = frames.get(index + 1).map_or(lines.len(), |next| next.first);
            from = tables.read(&lines[..end], frame);
        }
        tables.read_bare(&lines, from..lines.len());
        tables
    }

    fn read_bare(&mut self, lines: &[Line<'_>], mut within: Range<usize>) {
        while let Some(frame) = frame::bare(lines, within.clone()) {
            within.start = self.read(lines, &frame);
        }
    }

    /// Reads one table and tells the line behind it.
    fn read(&mut self, lines: &[Line<'_>], frame: &Frame) -> usize {
        let (mut cells, end) = rows::read(lines, frame, self.regions.len() as u32);
        let rule = frame.rule.map(|rule| lines[rule].span());
        let drawn = || cells.iter().map(|cell| cell.at).chain(rule);
        let start = drawn().map(|at| at.start).min();
        let stop = drawn().map(|at| at.end).max();
        if let (Some(start), Some(stop)) = (start, stop) {
            self.regions.push(FileSpan::new(start, stop));
        }
        self.cells.append(&mut cells);
        end
    }

    /// What stands at `at`, and up to where.
    pub(super) fn ground(&self, at: usize) -> (Ground, usize) {
        let region = self.regions.partition_point(|region| region.end <= at);
        let Some(region) = self.regions.get(region) else { return (Ground::Text, usize::MAX) };
        if at < region.start {
            return (Ground::Text, region.start);
        }
        let cell = self.cells.partition_point(|cell| cell.at.end <= at);
        match self.cells.get(cell) {
            Some(cell) if cell.at.start <= at => (Ground::Cell(*cell), cell.at.end),
            Some(cell) => (Ground::Border, cell.at.start.min(region.end)),
            None => (Ground::Border, region.end),
        }
    }

    /// Whether no table has to do with `stretch`.
    pub(super) fn leave_out(&self, stretch: FileSpan) -> bool {
        matches!(self.ground(stretch.start), (Ground::Text, end) if end >= stretch.end)
    }

    /// The stretches of `within` that are text or lie in one cell, borders left out.
    pub(super) fn cut(&self, within: FileSpan) -> impl Iterator<Item = (FileSpan, Option<Place>)> + '_ {
        let mut at = within.start;
        std::iter::from_fn(move || {
            while at < within.end {
                let (ground, end) = self.ground(at);
                let stretch = FileSpan::new(at, end.min(within.end));
                at = stretch.end;
                match ground {
                    Ground::Text => return Some((stretch, None)),
                    Ground::Cell(cell) => return Some((stretch, Some(cell.place))),
                    Ground::Border => {}
                }
            }
            None
        })
    }
}
