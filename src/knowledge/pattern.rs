//! Compiled text patterns.

use super::literals::Literal;
use regex_automata::meta;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

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
    /// A number with one of these units.
    Amount {
        units: Vec<u8>,
        over: Option<u32>,
        at_most: Option<u32>,
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
///
/// Building the full engine costs as much as searching some sentences with a plain one: the full one
/// is built only once the text that was searched pays for it.
#[derive(Debug, Serialize, Deserialize)]
pub struct LazyRegex {
    source: String,
    /// A match holds a literal of each set.
    needs: Vec<Vec<Literal>>,
    /// Likewise, but with Latin letters at an end, so that a word may go on beside them (BuglySDK).
    needs_spelling: Vec<Vec<String>>,
    /// A match holds a digit.
    needs_digit: bool,
    #[serde(skip)]
    plain: OnceLock<Option<meta::Regex>>,
    #[serde(skip)]
    full: OnceLock<Option<regex::Regex>>,
    /// Bytes searched so far.
    #[serde(skip)]
    searched: AtomicUsize,
}

/// From so many bytes on the full engine is worth its building.
const WORTH_BUILDING: usize = 4 << 10;
/// How large a compiled expression may grow, in bytes.
const SIZE_LIMIT: usize = 1 << 20;

impl LazyRegex {
    pub(super) fn new(
        source: String,
        needs: Vec<Vec<Literal>>,
        needs_spelling: Vec<Vec<String>>,
        needs_digit: bool,
    ) -> Self {
        Self {
            source,
            needs,
            needs_spelling,
            needs_digit,
            plain: OnceLock::new(),
            full: OnceLock::new(),
            searched: AtomicUsize::new(0),
        }
    }

    /// Whether `text` may hold a match; `holds` tells whether it holds a literal.
    pub fn may_match(&self, text: &str, holds: impl Fn(Literal) -> bool) -> bool {
        self.needs.iter().all(|set| set.iter().any(|literal| holds(*literal)))
            && self.needs_spelling.iter().all(|set| set.iter().any(|word| contains(text, word)))
            && (!self.needs_digit || text.bytes().any(|byte| byte.is_ascii_digit()))
    }

    /// The matches in `text`, in reading order.
    pub fn find_iter<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
        let searched = self.searched.fetch_add(text.len(), Ordering::Relaxed);
        // The loader has built it within the same limits; what it accepted can be built.
        let (plain, full) = if searched < WORTH_BUILDING {
            (self.plain.get_or_init(|| build_plain(&self.source).ok()).as_ref(), None)
        } else {
            (None, self.full.get_or_init(|| build_full(&self.source).ok()).as_ref())
        };
        let plain = plain.into_iter().flat_map(move |regex| regex.find_iter(text)).map(|hit| hit.range());
        let full = full.into_iter().flat_map(move |regex| regex.find_iter(text)).map(|hit| hit.range());
        plain.chain(full)
    }
}

/// Whether `word`, in lower case, stands in `text` in any case.
fn contains(text: &str, word: &str) -> bool {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let Some(first) = word.first() else { return true };
    memchr::memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), text)
        .any(|at| text.get(at..at + word.len()).is_some_and(|window| window.eq_ignore_ascii_case(word)))
}

/// Builds an expression to be searched by simulation, within the limits that rules have to keep.
pub(super) fn build_plain(source: &str) -> Result<meta::Regex, Box<meta::BuildError>> {
    let config = meta::Config::new()
        .nfa_size_limit(Some(SIZE_LIMIT))
        .hybrid(false)
        .dfa(false)
        .onepass(false)
        .auto_prefilter(false);
    meta::Builder::new().configure(config).build(source).map_err(Box::new)
}

fn build_full(source: &str) -> Result<regex::Regex, regex::Error> {
    // The plain engine keeps to the limit; this one's tables are larger.
    regex::RegexBuilder::new(source).size_limit(10 * SIZE_LIMIT).build()
}
