//! Compiled text patterns.

use super::literals::Literal;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// Index of a named phrase set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetId(pub u16);

/// See [`super::spec::Pattern`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Pattern {
    Literal(Literal),
    Any(Vec<Pattern>),
    /// All parts inside one sentence, at most `gap` characters between one and the next.
    Near {
        parts: Vec<Pattern>,
        gap: u32,
        ordered: bool,
    },
    /// Index into [`super::Knowledge::regexes`].
    Regex(u16),
    Set(SetId),
}

/// A named set of patterns of which any may match.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PhraseSet {
    pub name: String,
    pub any: Vec<Pattern>,
}

/// A regular expression that is built when first needed.
#[derive(Debug, Serialize, Deserialize)]
pub struct LazyRegex {
    source: String,
    /// A match holds one of these literals; empty when none could be told.
    pub needs: Vec<Literal>,
    #[serde(skip)]
    built: OnceLock<Option<regex::Regex>>,
}

impl LazyRegex {
    pub(super) fn new(source: String, needs: Vec<Literal>) -> Self {
        Self { source, needs, built: OnceLock::new() }
    }

    /// The matches in `text`, in reading order.
    pub fn find_iter<'t>(&'t self, text: &'t str) -> impl Iterator<Item = std::ops::Range<usize>> + 't {
        // The loader has built it within the same size limit; what it accepted can be built.
        let regex = self.built.get_or_init(|| build(&self.source).ok());
        regex.iter().flat_map(|regex| regex.find_iter(text)).map(|hit| hit.range())
    }
}

/// Builds a regex within the limit that rules have to keep.
pub(super) fn build(source: &str) -> Result<regex::Regex, regex::Error> {
    regex::RegexBuilder::new(source).size_limit(1 << 20).build()
}
