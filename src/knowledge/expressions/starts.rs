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
    /// The last eight bits of the first character, as a set.
    first: [u64; 4],
    /// One of these goes before every match; empty: anything may. Sorted, and none goes before another.
    words: Vec<Box<[u8]>>,
}

impl Starts {
    pub(super) fn of(hir: &Hir) -> Self {
        let anything = Self { first: [u64::MAX; 4], words: Vec::new() };
        let mut extractor = Extractor::new();
        extractor.limit_class(MOST).limit_literal_len(LONGEST).limit_total(MOST);
        let words = extractor.extract(hir);
        let Some(literals) = words.literals() else { return anything };
        let mut first = [0; 4];
        for word in literals {
            // A beginning may be cut inside a character, but not inside its first one.
            let word = String::from_utf8_lossy(word.as_bytes());
            let Some(c) = word.chars().next() else { return anything };
            first[(c as usize & 0xff) >> 6] |= 1 << (c as u32 & 63);
        }
        let mut words: Vec<Box<[u8]>> = literals.iter().map(|word| word.as_bytes().into()).collect();
        words.sort_unstable();
        // Of a word and what begins with it the word is enough.
        words.dedup_by(|next, kept| next.starts_with(kept));
        Self { first, words }
    }

    /// Whether a match may stand at the start of `text`; some can't all the same.
    pub(super) fn may_start(&self, text: &str) -> bool {
        let Some(c) = text.chars().next() else { return self.words.is_empty() };
        if self.first[(c as usize & 0xff) >> 6] & (1 << (c as u32 & 63)) == 0 {
            return false;
        }
        // A word that goes before the text is the last one that is not greater.
        let text = text.as_bytes();
        let greater = self.words.partition_point(|word| **word <= *text);
        self.words.is_empty() || greater > 0 && text.starts_with(&self.words[greater - 1])
    }
}
