//! What runs an expression: to try it at one place the small engine, to search for it the small one at first, and that of
//! the `regex` crate once it has had to search much.
//!
//! `regex` searches many times as fast as its sibling `regex-lite`, but to build its engines for all expressions takes
//! longer than to judge a policy with them. Both are linear in the text, and as expressions are written out
//! ([`super::written`]) both find the same.

use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// About as many bytes are searched by the small engine in the time it takes to build the other.
const WORN: usize = 8 << 10;

/// A small engine has no more bytes: more is a mistake of whoever wrote the expression.
const MOST_BYTES: usize = 256 << 10;

/// An engine of the `regex` crate remembers no more bytes of what it has worked out.
const MOST_REMEMBERED: usize = 512 << 10;

/// Brackets inside each other; the parser of `regex` stops before.
const DEEPEST: u32 = 1000;

#[derive(Debug, Default)]
pub(super) struct Engines {
    /// Matches anywhere.
    small: OnceLock<Option<regex_lite::Regex>>,
    /// Matches at the start of a text only.
    at_start: OnceLock<Option<regex_lite::Regex>>,
    /// Matches at the start of a text only, where more went before.
    elsewhere: OnceLock<Option<regex_lite::Regex>>,
    large: OnceLock<Option<regex::Regex>>,
    /// So many bytes were searched by the small one.
    searched: AtomicUsize,
}

/// Checks that an expression can be compiled.
///
/// # Errors
/// When it would be too large.
pub(super) fn check(source: &str) -> Result<(), String> {
    small(source).map(|_| ()).map_err(|error| error.to_string())
}

impl Engines {
    /// The first match that does not start before `from`.
    pub(super) fn find(&self, source: &str, text: &str, from: usize) -> Option<Range<usize>> {
        if self.searched.load(Ordering::Relaxed) > WORN
            && let Some(large) = self.large.get_or_init(|| large(source).ok())
        {
            return large.find_at(text, from).map(|hit| hit.range());
        }
        self.searched.fetch_add(text.len() - from, Ordering::Relaxed);
        let small = self.small.get_or_init(|| small(source).ok()).as_ref()?;
        small.find_at(text, from).map(|hit| hit.range())
    }

    /// The length of the match at the start of `text`.
    pub(super) fn match_at_start(&self, source: &str, text: &str) -> Option<usize> {
        match_at_start(&self.at_start, source, text)
    }

    /// The length of the match at the start of `text`, before which more went, of what is left there of an expression.
    pub(super) fn match_elsewhere(&self, source: &str, text: &str) -> Option<usize> {
        match_at_start(&self.elsewhere, source, text)
    }
}

fn match_at_start(engine: &OnceLock<Option<regex_lite::Regex>>, source: &str, text: &str) -> Option<usize> {
    let engine = engine.get_or_init(|| small(&format!(r"\A(?:{source})")).ok()).as_ref()?;
    engine.find(text).map(|hit| hit.end())
}

fn small(source: &str) -> Result<regex_lite::Regex, regex_lite::Error> {
    regex_lite::RegexBuilder::new(source).size_limit(MOST_BYTES).nest_limit(DEEPEST).build()
}

fn large(source: &str) -> Result<regex::Regex, regex::Error> {
    regex::RegexBuilder::new(source).dfa_size_limit(MOST_REMEMBERED).nest_limit(DEEPEST).build()
}
