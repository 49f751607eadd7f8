use crate::span::{FileSpan, Span};

/// The text a reader sees, with the way back to the file.
#[derive(Clone, Debug, Default)]
pub struct Prose {
    text: String,
    /// Sorted by `prose`; each reaches to the start of the next one.
    runs: Vec<Run>,
}

/// A stretch of prose and where it came from. A stretch as long as its origin was taken over byte by
/// byte; one of another length (a decoded entity) maps as a whole; one without origin is a separator.
#[derive(Clone, Copy, Debug)]
struct Run {
    prose: u32,
    file_start: u32,
    file_end: u32,
}

impl Prose {
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The span with its ends moved outward to character boundaries.
    pub fn widened(&self, span: Span) -> Span {
        let (mut start, mut end) = (span.start(), span.end().min(self.text.len()));
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        Span::new(start, end)
    }

    /// The smallest range of the file that covers all bytes `span` came from.
    ///
    /// A span that came from no bytes (a separator, an empty span) maps to the empty range where it
    /// stands.
    pub fn to_file(&self, span: Span) -> FileSpan {
        let mut found: Option<FileSpan> = None;
        let mut fallback = None;
        let (first, last) = self.runs_of(span);
        // The hull needs only the outermost pieces: search from both ends.
        for index in first..last {
            let piece = self.piece(index, span);
            fallback.get_or_insert(piece);
            if piece.start < piece.end {
                found = Some(piece);
                break;
            }
        }
        let Some(head) = found else {
            return fallback.unwrap_or_else(|| self.point(span.start()));
        };
        let tail = (first..last).rev().map(|index| self.piece(index, span)).find(|p| p.start < p.end);
        let tail = tail.unwrap_or(head);
        FileSpan::new(head.start.min(tail.start), head.end.max(tail.end))
    }

    /// The prose that came from a range of the file; empty, where it would stand, when none did.
    pub fn from_file(&self, range: FileSpan) -> Span {
        let first = self.runs.partition_point(|run| run.file_end as usize <= range.start);
        let after = self.runs.partition_point(|run| (run.file_start as usize) < range.end).max(first);
        let start = self.runs.get(first).map_or(self.text.len(), |run| run.prose as usize);
        let Some(last) = after.checked_sub(1).filter(|last| *last >= first) else {
            return Span::new(start, start);
        };
        let (head, tail) = (self.runs[first], self.runs[last]);
        let verbatim = |index: usize, run: Run| {
            self.run_end(index) - run.prose as usize == (run.file_end - run.file_start) as usize
        };
        let start = match range.start.checked_sub(head.file_start as usize) {
            Some(inside) if verbatim(first, head) => start + inside,
            _ => start,
        };
        let end = match (tail.file_end as usize).checked_sub(range.end) {
            Some(beyond) if verbatim(last, tail) => self.run_end(last) - beyond,
            _ => self.run_end(last),
        };
        Span::new(start, end.max(start))
    }

    /// All ranges of the file that `span` came from, in order, neighbours joined.
    #[cfg(test)]
    pub(super) fn pieces(&self, span: Span) -> Vec<FileSpan> {
        let (first, last) = self.runs_of(span);
        let mut pieces: Vec<FileSpan> = Vec::new();
        for piece in (first..last).map(|index| self.piece(index, span)).filter(|p| p.start < p.end) {
            match pieces.last_mut() {
                Some(before) if before.end == piece.start => before.end = piece.end,
                _ => pieces.push(piece),
            }
        }
        pieces
    }

    /// The indices of the runs that share a byte with `span`.
    fn runs_of(&self, span: Span) -> (usize, usize) {
        if span.is_empty() {
            return (0, 0);
        }
        let first = self.runs.partition_point(|run| run.prose <= span.start).saturating_sub(1);
        let last = self.runs.partition_point(|run| run.prose < span.end);
        (first, last.max(first))
    }

    fn run_end(&self, index: usize) -> usize {
        self.runs.get(index + 1).map_or(self.text.len(), |next| next.prose as usize)
    }

    /// Where the part of `span` that lies in the run came from.
    fn piece(&self, index: usize, span: Span) -> FileSpan {
        let run = self.runs[index];
        let (start, end) = (run.prose as usize, self.run_end(index));
        let (file_start, file_end) = (run.file_start as usize, run.file_end as usize);
        if end - start != file_end - file_start {
            return FileSpan::new(file_start, file_end);
        }
        let from = span.start().clamp(start, end) - start;
        let to = span.end().clamp(start, end) - start;
        FileSpan::new(file_start + from, file_start + to)
    }

    /// The empty range of the file where a prose position stands.
    fn point(&self, at: usize) -> FileSpan {
        let index = self.runs.partition_point(|run| run.prose as usize <= at);
        let Some(index) = index.checked_sub(1) else {
            return FileSpan::new(0, 0);
        };
        let run = self.runs[index];
        let (start, end) = (run.prose as usize, self.run_end(index));
        let (file_start, file_end) = (run.file_start as usize, run.file_end as usize);
        let at = if end - start == file_end - file_start {
            file_start + (at - start).min(end - start)
        } else if at >= end {
            file_end
        } else {
            file_start
        };
        FileSpan::new(at, at)
    }
}

/// Builds prose piece by piece in reading order.
#[derive(Debug, Default)]
pub(super) struct ProseBuilder {
    prose: Prose,
}

impl ProseBuilder {
    /// The length of the prose so far.
    pub(super) fn position(&self) -> usize {
        self.prose.text.len()
    }

    /// The prose so far.
    pub(super) fn text(&self) -> &str {
        &self.prose.text
    }

    /// Adds `text` that stands in the file at `file_start`, byte for byte.
    pub(super) fn push(&mut self, text: &str, file_start: usize) {
        self.push_run(text, FileSpan::new(file_start, file_start + text.len()));
    }

    /// Adds `text` that the file writes in other bytes, as an entity.
    pub(super) fn push_decoded(&mut self, text: &str, from: FileSpan) {
        self.push_run(text, from);
    }

    /// Adds a separator that the file does not have; `at` is where in the file it stands.
    pub(super) fn push_separator(&mut self, text: &str, at: usize) {
        self.push_run(text, FileSpan::new(at, at));
    }

    /// Adds a stretch of other prose, with its way back to the file.
    pub(super) fn push_prose(&mut self, other: &Prose, span: Span) {
        let (first, last) = other.runs_of(span);
        for index in first..last {
            let start = (other.runs[index].prose as usize).max(span.start());
            let end = other.run_end(index).min(span.end());
            self.push_run(&other.text[start..end], other.piece(index, span));
        }
    }

    pub(super) fn finish(self) -> Prose {
        self.prose
    }

    fn push_run(&mut self, text: &str, from: FileSpan) {
        if text.is_empty() {
            return;
        }
        let verbatim = from.end - from.start == text.len();
        let joins = verbatim
            && self.prose.runs.last().is_some_and(|last| {
                let length = self.prose.text.len() - last.prose as usize;
                last.file_end as usize == from.start && (last.file_end - last.file_start) as usize == length
            });
        if joins {
            if let Some(last) = self.prose.runs.last_mut() {
                last.file_end = from.end as u32;
            }
        } else {
            self.prose.runs.push(Run {
                prose: self.prose.text.len() as u32,
                file_start: from.start as u32,
                file_end: from.end as u32,
            });
        }
        self.prose.text.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The file `我<b>们</b>&amp;您` as a reader sees it.
    fn sample() -> Prose {
        let mut builder = ProseBuilder::default();
        builder.push("我", 0);
        builder.push("们", 6);
        builder.push_decoded("&", FileSpan::new(13, 18));
        builder.push_separator("\n", 18);
        builder.push("您", 18);
        builder.finish()
    }

    #[test]
    fn a_span_maps_to_the_hull_of_its_pieces() {
        let prose = sample();
        assert_eq!(prose.text(), "我们&\n您");
        assert_eq!(prose.to_file(Span::new(0, 6)), FileSpan::new(0, 9));
        assert_eq!(prose.pieces(Span::new(0, 6)), [FileSpan::new(0, 3), FileSpan::new(6, 9)]);
    }

    #[test]
    fn an_entity_maps_as_a_whole() {
        assert_eq!(sample().to_file(Span::new(6, 7)), FileSpan::new(13, 18));
    }

    #[test]
    fn a_separator_maps_to_the_place_where_it_stands() {
        assert_eq!(sample().to_file(Span::new(7, 8)), FileSpan::new(18, 18));
        assert_eq!(sample().to_file(Span::new(7, 11)), FileSpan::new(18, 21));
        assert_eq!(sample().to_file(Span::new(11, 11)), FileSpan::new(21, 21));
        assert_eq!(Prose::default().to_file(Span::new(0, 0)), FileSpan::new(0, 0));
    }

    #[test]
    fn the_way_back_from_the_file() {
        let prose = sample();
        for (from, words) in [(0..9, "我们"), (0..3, "我"), (6..9, "们"), (13..18, "&"), (18..21, "您")]
        {
            let span = prose.from_file(FileSpan::new(from.start, from.end));
            assert_eq!(span.of(prose.text()), words, "{from:?}");
        }
        assert_eq!(prose.from_file(FileSpan::new(3, 6)), Span::new(3, 3));
        assert_eq!(prose.from_file(FileSpan::new(40, 50)), Span::new(11, 11));
        assert_eq!(Prose::default().from_file(FileSpan::new(0, 1)), Span::new(0, 0));
    }

    #[test]
    fn neighbouring_pieces_are_one() {
        let mut builder = ProseBuilder::default();
        builder.push("ab", 4);
        builder.push("cd", 6);
        let prose = builder.finish();
        assert_eq!(prose.pieces(Span::new(0, 4)), [FileSpan::new(4, 8)]);
        assert_eq!(prose.runs.len(), 1);
    }
}
