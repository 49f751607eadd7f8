//! Byte ranges. A [`Span`] lies in the prose a reader sees; a [`FileSpan`] in the file it came from.
//! They are two types so that a position of one is never taken for a position of the other.

use serde::{Deserialize, Serialize};

/// A byte range of the prose, `start` inclusive and `end` exclusive, on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        // Inputs are refused above `source::MAX_BYTES`, far below 4 GiB.
        Self { start: start as u32, end: end as u32 }
    }

    pub fn start(self) -> usize {
        self.start as usize
    }

    pub fn end(self) -> usize {
        self.end as usize
    }

    pub fn len(self) -> usize {
        self.end() - self.start()
    }

    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    pub fn range(self) -> std::ops::Range<usize> {
        self.start()..self.end()
    }

    /// Whether `other` lies inside `self` (equal ends included).
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn hull(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The words of `text` it covers; none where it covers no words, which is a mistake of the caller.
    pub fn of(self, text: &str) -> &str {
        let words = text.get(self.range());
        debug_assert!(words.is_some(), "{self:?} is no part of a text of {} bytes", text.len());
        words.unwrap_or_default()
    }

    /// The span without white space at either end.
    pub fn trim(self, text: &str) -> Self {
        let inner = self.of(text);
        let left = inner.len() - inner.trim_start().len();
        let trimmed = inner.trim();
        Self::new(self.start() + left, self.start() + left + trimmed.len())
    }
}

/// A byte range of the decoded file, `start` inclusive and `end` exclusive, on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FileSpan {
    pub start: usize,
    pub end: usize,
}

impl FileSpan {
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Self { start, end }
    }

    pub fn range(self) -> std::ops::Range<usize> {
        self.start..self.end
    }
}
