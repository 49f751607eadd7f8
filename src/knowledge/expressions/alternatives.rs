//! An expression that is nothing but words.

use regex_syntax::hir::Hir;
use regex_syntax::hir::literal::Extractor;
use serde::{Deserialize, Serialize};

/// More words are left to the engines.
const MOST: usize = 64;

/// The words of which one is a match.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Alternatives {
    /// Those that the expression prefers first.
    words: Box<[Box<str>]>,
}

impl Alternatives {
    /// `None` if the expression asks for more.
    pub(super) fn of(hir: &Hir) -> Option<Self> {
        if !hir.properties().look_set().is_empty() {
            return None;
        }
        let mut extractor = Extractor::new();
        extractor.limit_class(MOST).limit_repeat(MOST).limit_literal_len(usize::MAX).limit_total(MOST);
        let words = extractor.extract(hir);
        let words = words.literals().filter(|words| words.iter().all(|word| word.is_exact()))?;
        let words = words.iter().map(|word| Some(std::str::from_utf8(word.as_bytes()).ok()?.into()));
        Some(Self { words: words.collect::<Option<_>>()? })
    }

    /// The length of the match at the start of `text`.
    pub(super) fn match_at_start(&self, text: &str) -> Option<usize> {
        self.words.iter().find(|word| text.starts_with(&***word)).map(|word| word.len())
    }
}
