//! The stretch of a policy that a diagnostic shows, cut into rows that fit a screen.
//!
//! A policy may be one line of 47 KB. Codespan prints whole lines, so it is shown *rows*: a short
//! line is one row, a long one is cut at sentence ends, else at commas, else hard. Only the rows that
//! labels touch are copied; line and column stay those of the file.

use std::ops::Range;

use codespan_reporting::files::{Error, Files};
use unicode_width::UnicodeWidthChar;

use super::Lines;
use super::sanitise::{one_line, sanitise};

/// Columns of a row.
const COLUMNS: usize = 100;
/// Characters of a row, for text of no width.
const CHARACTERS: usize = 160;
/// A sentence start is looked for so many bytes back.
const LOOK_BACK: usize = 4096;

const SENTENCE_ENDS: &str = "。；！？";
const CLOSERS: &str = "”’」』）)】》\"";
const PAUSES: &str = "，、：,: \t）)》】」』”";

/// Part of a file, as rows.
#[derive(Debug)]
pub(super) struct Excerpt {
    name: String,
    /// The rows, each followed by a line end, safe to print.
    shown: String,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    /// Codespan's number for it. Rows that do not follow each other in the file are three apart, for
    /// codespan then draws a break between them.
    index: usize,
    /// Where it starts in `shown`.
    start: usize,
    file: Range<usize>,
    line: usize,
    column: usize,
}

/// A range that has to be visible, up to a number of rows.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub(super) range: Range<usize>,
    pub(super) rows: usize,
}

impl Excerpt {
    pub(super) fn of(name: &str, text: &str, lines: &Lines, wanted: &[Wanted]) -> Self {
        let mut sorted: Vec<&Wanted> = wanted.iter().collect();
        sorted.sort_by_key(|wanted| wanted.range.start);
        let mut pieces: Vec<Range<usize>> = Vec::new();
        for Wanted { range, rows } in sorted {
            let mut left = *rows;
            let shown =
                pieces.iter().rposition(|piece| piece.start <= range.start && range.start < piece.end);
            let covered = pieces.last().map(|piece| piece.end);
            let mut at = match (shown, covered) {
                (Some(_), Some(covered)) if range.end <= covered => continue,
                (Some(row), Some(covered)) => {
                    left = left.saturating_sub(pieces.len() - row);
                    after_line_end(text, covered)
                }
                (_, covered) => row_start(text, lines, range.start)
                    .max(covered.map_or(0, |covered| after_line_end(text, covered))),
            };
            while left > 0 {
                let piece = at..row_end(text, lines, at);
                let next = after_line_end(text, piece.end);
                let last = next == at || next == text.len();
                let enough = piece.end >= range.end;
                // Rows of the sentence before the range are passed over.
                if next > range.start || last {
                    pieces.push(piece);
                    left -= 1;
                }
                if enough || last {
                    break;
                }
                at = next;
            }
        }
        Self::from_pieces(name, text, lines, &pieces)
    }

    fn from_pieces(name: &str, text: &str, lines: &Lines, pieces: &[Range<usize>]) -> Self {
        let mut excerpt = Self { name: one_line(name), shown: String::new(), rows: Vec::new() };
        let mut index = 0;
        let mut next = None;
        for piece in pieces {
            if next.is_some_and(|next| next != piece.start) {
                index += 2;
            }
            let (line, column) = lines.position(text, piece.start);
            let start = excerpt.shown.len();
            excerpt.shown.push_str(&sanitise(&text[piece.clone()]).replace('\r', " "));
            excerpt.shown.push('\n');
            excerpt.rows.push(Row { index, start, file: piece.clone(), line, column });
            index += 1;
            next = Some(after_line_end(text, piece.end));
        }
        excerpt
    }

    /// Where a range of the file lies in the excerpt, cut off after `rows` rows.
    pub(super) fn place(&self, range: &Range<usize>, rows: usize) -> Option<Range<usize>> {
        let first = self.rows.iter().rposition(|row| row.file.start <= range.start)?;
        let start = self.rows[first].shown_at(range.start);
        let mut end = start;
        for (offset, row) in self.rows[first..].iter().enumerate().take(rows.max(1)) {
            if row.index != self.rows[first].index + offset || offset > 0 && row.file.start >= range.end {
                break;
            }
            end = row.shown_at(range.end).max(start);
        }
        Some(start..end)
    }

    /// Which row the start of a range is shown in.
    pub(super) fn row_of(&self, range: &Range<usize>) -> Option<usize> {
        self.rows.iter().rposition(|row| row.file.start <= range.start)
    }

    fn row(&self, index: usize) -> Result<&Row, Error> {
        self.rows.binary_search_by_key(&index, |row| row.index).map(|at| &self.rows[at]).map_err(|_| {
            Error::LineTooLarge { given: index, max: self.rows.last().map_or(0, |row| row.index) }
        })
    }
}

impl Row {
    fn shown_at(&self, byte: usize) -> usize {
        self.start + (byte.clamp(self.file.start, self.file.end) - self.file.start)
    }
}

impl<'a> Files<'a> for Excerpt {
    type FileId = ();
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, (): ()) -> Result<&'a str, Error> {
        Ok(&self.name)
    }

    fn source(&'a self, (): ()) -> Result<&'a str, Error> {
        Ok(&self.shown)
    }

    fn line_index(&'a self, (): (), byte: usize) -> Result<usize, Error> {
        let after = self.rows.partition_point(|row| row.start <= byte);
        self.rows.get(after.saturating_sub(1)).map(|row| row.index).ok_or(Error::FileMissing)
    }

    fn line_number(&'a self, (): (), index: usize) -> Result<usize, Error> {
        self.row(index).map(|row| row.line)
    }

    fn column_number(&'a self, (): (), index: usize, byte: usize) -> Result<usize, Error> {
        let row = self.row(index)?;
        let before = self.shown.get(row.start..byte).unwrap_or_default();
        Ok(row.column + before.chars().count())
    }

    fn line_range(&'a self, (): (), index: usize) -> Result<Range<usize>, Error> {
        let row = self.row(index)?;
        Ok(row.start..row.start + row.file.len() + 1)
    }
}

/// Where the row that shows byte `at` may start: the line start, or the start of the sentence.
fn row_start(text: &str, lines: &Lines, at: usize) -> usize {
    let line = lines.around(text, at);
    let start = without_byte_order_mark(text, line.start);
    if fits(&text[start..line.end]) {
        return start;
    }
    let at = at.clamp(start, line.end);
    let mut floor = start.max(at.saturating_sub(LOOK_BACK));
    while !text.is_char_boundary(floor) {
        floor += 1;
    }
    let behind = &text[floor..at];
    if let Some(found) = behind.rfind(|c| SENTENCE_ENDS.contains(c)) {
        return at - after_sentence_end(&behind[found..]).len();
    }
    // So long a sentence is entered at a fixed grid, that its labels agree on the rows.
    if floor == start {
        return start;
    }
    let mut grid = (at - at % (LOOK_BACK / 4)).max(start);
    while !text.is_char_boundary(grid) {
        grid -= 1;
    }
    grid
}

/// Where the row that starts at `at` ends.
fn row_end(text: &str, lines: &Lines, at: usize) -> usize {
    let line = lines.around(text, at);
    if at >= line.end {
        return at;
    }
    let whole = at <= without_byte_order_mark(text, line.start);
    if whole && fits(&text[at..line.end]) {
        return line.end;
    }
    let (mut columns, mut pause) = (0, None);
    for (count, (offset, c)) in text[at..line.end].char_indices().enumerate() {
        columns += columns_of(c);
        if columns > COLUMNS || count >= CHARACTERS {
            return pause.unwrap_or(at + offset);
        }
        let end = at + offset + c.len_utf8();
        if SENTENCE_ENDS.contains(c) {
            let rest = after_sentence_end(&text[end..line.end]);
            // No row for the white space that is left of a line.
            let nothing = rest.len() < 8 && rest.trim().is_empty();
            return if nothing { line.end } else { line.end - rest.len() };
        }
        // A very early pause would waste the row.
        if PAUSES.contains(c) && columns > COLUMNS / 3 {
            pause = Some(end);
        }
    }
    line.end
}

/// What follows the marks that end a sentence.
fn after_sentence_end(text: &str) -> &str {
    text.trim_start_matches(|c| SENTENCE_ENDS.contains(c) || CLOSERS.contains(c))
}

fn fits(line: &str) -> bool {
    line.len() <= COLUMNS && !line.contains('\t')
        || line.len() <= 4 * CHARACTERS
            && line.chars().count() <= CHARACTERS
            && line.chars().map(columns_of).sum::<usize>() <= COLUMNS
}

fn columns_of(c: char) -> usize {
    if c == '\t' { 4 } else { c.width().unwrap_or(1) }
}

fn without_byte_order_mark(text: &str, start: usize) -> usize {
    if start == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { start }
}

/// The start of the next line if `at` is the end of one, else `at`.
fn after_line_end(text: &str, at: usize) -> usize {
    let rest = text[at..].trim_start_matches('\r');
    if rest.starts_with('\n') { text.len() - rest.len() + 1 } else { at }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, wanted: &[(Range<usize>, usize)]) -> Vec<String> {
        let wanted: Vec<Wanted> =
            wanted.iter().map(|(range, rows)| Wanted { range: range.clone(), rows: *rows }).collect();
        let excerpt = Excerpt::of("a.txt", text, &Lines::of(text), &wanted);
        excerpt
            .rows
            .iter()
            .map(|row| format!("{}:{} {}", row.line, row.column, &text[row.file.clone()]))
            .collect()
    }

    fn find(text: &str, words: &str) -> Range<usize> {
        let start = text.find(words).unwrap();
        start..start + words.len()
    }

    #[test]
    fn a_short_line_stays_whole() {
        let text = "引言。\n我们收集手机号码。也收集邮箱。\n";
        assert_eq!(rows(text, &[(find(text, "邮箱"), 3)]), ["2:1 我们收集手机号码。也收集邮箱。"]);
    }

    #[test]
    fn a_long_line_is_cut_at_sentence_ends() {
        let text =
            "我们重视您的个人信息。".repeat(50) + "我们收集“设备信息。”您可以拒绝。" + &"完。".repeat(90);
        assert_eq!(rows(&text, &[(find(&text, "设备信息"), 3)]), ["1:551 我们收集“设备信息。”"]);
        assert_eq!(
            rows(&text, &[(find(&text, "设备信息"), 3), (find(&text, "拒绝"), 1)]),
            ["1:551 我们收集“设备信息。”", "1:562 您可以拒绝。"]
        );
    }

    #[test]
    fn a_long_sentence_is_cut_at_commas() {
        let text = "为了向您提供更好的服务，".repeat(40);
        let start = text.len() / 2 / 3 * 3;
        for row in rows(&text, &[(start..start + 9, 3)]) {
            assert!(row.ends_with('，'), "{row}");
        }
    }

    #[test]
    fn text_without_any_break_is_cut_hard() {
        let text = "x".repeat(1 << 20);
        let rows = rows(&text, &[(700_000..700_010, 3)]);
        assert_eq!(rows.len(), 1);
        assert!(rows[0].len() < 120);
    }

    #[test]
    fn a_range_over_several_lines_keeps_to_its_rows() {
        let text = "一\n二\n三\n四\n五\n";
        assert_eq!(rows(text, &[(0..text.len(), 3)]), ["1:1 一", "2:1 二", "3:1 三"]);
    }

    #[test]
    fn the_end_of_the_file_can_be_shown() {
        for text in ["", "一", "一\n", "一\r\n", "\u{feff}", "\u{feff}一"] {
            let end = text.len();
            let lines = Lines::of(text);
            let excerpt = Excerpt::of("a", text, &lines, &[Wanted { range: end..end, rows: 3 }]);
            assert!(excerpt.place(&(end..end), 3).is_some(), "{text:?}");
        }
    }
}
