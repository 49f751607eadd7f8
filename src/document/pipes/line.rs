//! The lines of a file as a table sees them.

use crate::document::{Place, text};
use crate::span::FileSpan;

/// A line of the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    /// Where its text stands, white space at both ends left out.
    pub(super) start: usize,
    pub(super) text: &'a str,
    /// How many `|` part cells in it.
    pub(super) pipes: usize,
    /// It ends with two spaces, as converters end a row.
    pub(super) ends_row: bool,
}

impl Line<'_> {
    pub(super) fn span(&self) -> FileSpan {
        FileSpan::new(self.start, self.start + self.text.len())
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    pub(super) fn opens_with_pipe(&self) -> bool {
        self.text.starts_with('|')
    }

    /// Whether an outer `|` ends it.
    pub(super) fn closes_with_pipe(&self) -> bool {
        self.text.len() > 1 && self.text.ends_with('|') && !self.text.ends_with("\\|")
    }

    /// How many cells it holds when it is a row with or without outer `|`.
    pub(super) fn cells(&self) -> usize {
        (self.pipes + 1)
            .saturating_sub(usize::from(self.opens_with_pipe()))
            .saturating_sub(usize::from(self.closes_with_pipe()))
    }

    /// Whether it is the line drawn under a head: `---|:-:`.
    pub(super) fn is_rule(&self) -> bool {
        let drawn = |part: &str| {
            let part = part.trim();
            let dashes = part.strip_prefix(':').unwrap_or(part);
            let dashes = dashes.strip_suffix(':').unwrap_or(dashes);
            !dashes.is_empty() && dashes.bytes().all(|byte| byte == b'-')
        };
        let inner = self.text.strip_prefix('|').unwrap_or(self.text);
        let inner = inner.strip_suffix('|').unwrap_or(inner);
        (1..=Place::MOST_COLUMNS as usize).contains(&self.pipes) && inner.split('|').all(drawn)
    }
}

pub(super) fn lines(source: &str) -> Vec<Line<'_>> {
    text::lines(source)
        // The `\n` of a `\r\n` is no empty line.
        .filter(|(start, line)| {
            !(line.is_empty() && source[*start..].starts_with('\n') && source[..*start].ends_with('\r'))
        })
        .map(|(start, line)| {
            // Quoted tables are tables.
            let quoted = line.trim_start().trim_start_matches(['>', ' ']);
            let quoted = if line.trim_start().starts_with('>') { quoted } else { line.trim_start() };
            let text = quoted.trim_end();
            let start = start + line.len() - quoted.len();
            Line { start, text, pipes: borders(text).count(), ends_row: line.ends_with("  ") }
        })
        .collect()
}

/// Where in a line the `|` stand that part cells.
pub(super) fn borders(line: &str) -> impl Iterator<Item = usize> + '_ {
    line.match_indices('|').map(|(at, _)| at).filter(|at| !line[..*at].ends_with('\\'))
}
