//! Where a table stands, and how many cells its rows have.

use super::LONGEST_OPENING;
use super::line::{Line, borders};
use crate::document::Place;
use std::ops::Range;

/// Where a table stands, before its rows are read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// The line its head begins in, and where in that line.
    pub(super) first: usize,
    pub(super) skip: usize,
    pub(super) rule: Option<usize>,
    /// The line that its rows begin in.
    pub(super) body: usize,
    pub(super) width: usize,
    /// Its rows begin with `|`.
    pub(super) outer: bool,
    /// Where no line is drawn, each line is a row, and there are so many.
    pub(super) rows: Option<usize>,
}

/// The tables under drawn lines.
pub(super) fn ruled(lines: &[Line<'_>]) -> Vec<Frame> {
    let mut frames: Vec<Frame> = Vec::new();
    for at in (0..lines.len()).filter(|at| lines[*at].is_rule()) {
        let floor = frames.last().map_or(0, |before| before.body);
        frames.push(Frame::under_rule(lines, at, floor));
    }
    frames
}

/// The first table without a drawn line in `within`: rows of as many cells, at least three, below each other.
pub(super) fn bare(lines: &[Line<'_>], within: Range<usize>) -> Option<Frame> {
    let mut at = within.start;
    while at < within.end {
        let line = &lines[at];
        let cells = line.cells();
        let rows = lines[at..within.end].iter().take_while(|next| next.cells() == cells).count();
        if (3..=Place::MOST_COLUMNS as usize).contains(&cells) && rows >= 2 {
            let outer = line.opens_with_pipe();
            return Some(Frame {
                first: at,
                skip: 0,
                rule: None,
                body: at,
                width: cells,
                outer,
                rows: Some(rows),
            });
        }
        at += rows.max(1);
    }
    None
}

impl Frame {
    fn under_rule(lines: &[Line<'_>], rule: usize, floor: usize) -> Self {
        let drawn = &lines[rule];
        let (width, outer) = (drawn.cells(), drawn.opens_with_pipe());
        let (first, skip) = head(lines, rule, floor, width, outer).unwrap_or((rule, 0));
        Self { first, skip, rule: Some(rule), body: rule + 1, width, outer, rows: None }
    }
}

/// Where the head over a drawn line begins.
fn head(lines: &[Line<'_>], rule: usize, floor: usize, width: usize, outer: bool) -> Option<(usize, usize)> {
    let mut at = rule;
    while at > floor && lines[at - 1].is_blank() {
        at -= 1;
    }
    if outer {
        let above = at == rule && at > floor && lines[at - 1].cells() == width;
        return above.then(|| (at - 1, 0));
    }
    let mut parted = 0;
    for _ in 0..LONGEST_OPENING * width {
        if at == floor || lines[at - 1].is_blank() {
            return None;
        }
        at -= 1;
        let line = &lines[at];
        parted += line.pipes;
        if parted + 1 < width {
            continue;
        }
        if parted + 1 > width {
            return None;
        }
        if width == 1 || !line.opens_with_pipe() {
            let opening = &line.text[..borders(line.text).next().unwrap_or(line.text.len())];
            return Some((at, lead(opening)));
        }
        // The first `|` stands on a line of its own: the first cell is the line above.
        return (at > floor && !lines[at - 1].is_blank()).then(|| (at - 1, lead(lines[at - 1].text)));
    }
    None
}

/// The length of what stands before the first cell in its line: a bullet, a sentence that leads in.
fn lead(opening: &str) -> usize {
    let sentence = opening.rfind(['：', '。']).map_or(0, |at| at + '：'.len_utf8());
    if sentence < opening.trim_end().len() && sentence > 0 {
        return sentence;
    }
    let bullet = ["* ", "- ", "+ "].iter().find(|bullet| opening.starts_with(**bullet));
    bullet.map_or(0, |bullet| bullet.len())
}
