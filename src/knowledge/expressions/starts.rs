//! What a match can start with.

use regex_syntax::hir::Hir;
use regex_syntax::hir::literal::Extractor;
use serde::{Deserialize, Serialize};

/// More beginnings, or a class of more characters, are no filter.
const MOST: usize = 250;

/// Longer beginnings, in bytes, tell little more: three characters.
const LONGEST: usize = 9;

/// What a match can start with.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Starts {
    /// The first bytes of the first character.
    leads: Bytes,
    /// The last eight bits of the first character.
    first: Bytes,
    /// One of these goes before every match; empty: anything may. Sorted, and none goes before another.
    words: Vec<Box<[u8]>>,
}

/// A set of bytes.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Bytes([u64; 4]);

impl Bytes {
    fn add(&mut self, byte: u8) {
        self.0[usize::from(byte >> 6)] |= 1 << (byte & 63);
    }

    fn has(&self, byte: u8) -> bool {
        self.0[usize::from(byte >> 6)] & (1 << (byte & 63)) != 0
    }
}

impl Starts {
    pub(super) fn of(hir: &Hir) -> Self {
        let mut extractor = Extractor::new();
        extractor.limit_class(MOST).limit_literal_len(LONGEST).limit_total(MOST);
        let words = extractor.extract(hir);
        let Some(literals) = words.literals() else { return Self::anything() };
        let (mut leads, mut first) = (Bytes::default(), Bytes::default());
        for word in literals {
            let Some(lead) = word.as_bytes().first() else { return Self::anything() };
            leads.add(*lead);
            // A beginning may be cut inside a character, but not inside its first one.
            let word = String::from_utf8_lossy(word.as_bytes());
            let Some(c) = word.chars().next() else { return Self::anything() };
            first.add(c as u8);
        }
        let mut words: Vec<Box<[u8]>> = literals.iter().map(|word| word.as_bytes().into()).collect();
        words.sort_unstable();
        // Of a word and what begins with it the word is enough.
        words.dedup_by(|next, kept| next.starts_with(kept));
        Self { leads, first, words }
    }

    fn anything() -> Self {
        let mut leads = Bytes::default();
        (0..=u8::MAX).filter(|byte| !is_inside(*byte)).for_each(|byte| leads.add(byte));
        Self { leads, first: Bytes([u64::MAX; 4]), words: Vec::new() }
    }

    /// The next place from `at` to `end` where a match may start: where a character starts that may be its first, or
    /// the end of the text, if a match may be nothing.
    pub(super) fn next(&self, text: &str, at: usize, end: usize) -> Option<usize> {
        let window = &text.as_bytes()[..text.len().min(end + 1)];
        let next = window.get(at..)?.iter().position(|byte| self.leads.has(*byte));
        let at_end = self.words.is_empty() && end >= text.len();
        next.map(|skipped| at + skipped).or_else(|| at_end.then_some(text.len()))
    }

    /// Whether a match may stand at the start of `text`; some can't all the same.
    pub(super) fn may_start(&self, text: &str) -> bool {
        let Some(c) = text.chars().next() else { return self.words.is_empty() };
        if !self.first.has(c as u8) {
            return false;
        }
        // A word that goes before the text is the last one that is not greater.
        let text = text.as_bytes();
        let greater = self.words.partition_point(|word| **word <= *text);
        self.words.is_empty() || greater > 0 && text.starts_with(&self.words[greater - 1])
    }
}

/// Whether a byte goes on with a character.
fn is_inside(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
}
