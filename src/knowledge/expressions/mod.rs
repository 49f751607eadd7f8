//! Regular expressions, stored as text and compiled when first needed.

mod alternatives;
mod engines;
mod starts;
#[cfg(test)]
mod tests;
mod written;

use super::later::Later;
use super::literals::Literal;
use alternatives::Alternatives;
use engines::Engines;
use regex_syntax::hir::{Hir, Look};
use serde::{Deserialize, Serialize};
use starts::Starts;
use std::ops::Range;

/// Bytes that may be looked at while places are tried one after the other, on top of [`TIMES_TRIED`] times the text.
const TRIED: usize = 2 << 10;

/// How many times a text may be looked at while places are tried: as a try may go on to the end of the text, more would
/// cost a product.
const TIMES_TRIED: usize = 8;

/// Index of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ExpressionId(pub u32);

/// All expressions.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Expressions {
    all: Vec<Expression>,
    /// What expressions need, each list of words once.
    words: Vec<NeededWords>,
}

/// One expression, and what tells that it cannot match.
#[derive(Debug, Serialize, Deserialize)]
pub struct Expression {
    form: Later<Form>,
    /// Whether it asks for the start or the end of the text: then it may match in a part of a text only.
    pub looks: bool,
    pub needs: Needs,
    #[serde(skip)]
    engines: Engines,
}

/// What an expression matches.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Form {
    source: Box<str>,
    starts: Starts,
    /// Given when it is nothing but words: then no engine is needed.
    alternatives: Option<Alternatives>,
    /// A match is no longer than this, if that is bounded: in bytes.
    longest: Option<usize>,
    asks_before: Asks,
}

/// What a match asks of what goes before it.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
enum Asks {
    #[default]
    Nothing,
    /// Now and then that it be the start of the text: this is left of the expression elsewhere, if anything is.
    Start { elsewhere: Option<Box<str>> },
    /// Now and then a line break, so that it cannot be tried at a place on its own.
    Lines,
}

/// What a text has to hold for an expression to match in it.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Needs {
    /// Of each set a word.
    pub sets: Vec<NeededSet>,
    pub digit: Option<NeededDigit>,
}

/// A digit that every match holds.
#[derive(Debug, Serialize, Deserialize)]
pub struct NeededDigit {
    /// How many bytes of a match may go before it, if that is bounded.
    pub before: Option<u32>,
}

/// Words of which every match holds one, be it as a part of a Latin word.
#[derive(Debug, Serialize, Deserialize)]
pub struct NeededSet {
    pub any: WordsId,
    /// How many bytes of a match may go before the word, if that is bounded.
    pub before: Option<u32>,
}

/// Words that expressions need.
#[derive(Debug, Serialize, Deserialize)]
pub struct NeededWords {
    /// In order.
    pub all: Box<[Literal]>,
    /// Whether several expressions need them.
    pub shared: bool,
}

/// Index of a list of words that expressions need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordsId(pub u32);

impl Expressions {
    pub fn get(&self, id: ExpressionId) -> &Expression {
        &self.all[id.0 as usize]
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// A list of words that expressions need.
    pub fn words(&self, id: WordsId) -> &NeededWords {
        &self.words[id.0 as usize]
    }

    /// How many such lists there are.
    pub fn lists_of_words(&self) -> usize {
        self.words.len()
    }

    /// The list of these words, in whatever order.
    pub(super) fn need(&mut self, mut any: Vec<Literal>) -> WordsId {
        any.sort_unstable();
        any.dedup();
        let at = match self.words.iter().position(|known| *known.all == *any) {
            Some(at) => {
                self.words[at].shared = true;
                at
            }
            None => {
                self.words.push(NeededWords { all: any.into(), shared: false });
                self.words.len() - 1
            }
        };
        WordsId(at as u32)
    }

    /// Adds an expression, as parsed.
    ///
    /// # Errors
    /// When it would be too large when compiled.
    pub(super) fn add(&mut self, hir: &Hir, needs: Needs) -> Result<ExpressionId, String> {
        let source = written::written(hir);
        engines::check(&source)?;
        let looks = hir.properties().look_set();
        let asks_before = if looks.contains(Look::StartLF) || looks.contains(Look::StartCRLF) {
            Asks::Lines
        } else if looks.contains(Look::Start) {
            let elsewhere = written::not_at_start(hir).map(|hir| written::written(&hir).into());
            Asks::Start { elsewhere }
        } else {
            Asks::Nothing
        };
        let form = Form {
            source: source.into(),
            starts: Starts::of(hir),
            alternatives: Alternatives::of(hir),
            longest: hir.properties().maximum_len(),
            asks_before,
        };
        let looks = !looks.is_empty();
        self.all.push(Expression { form: form.into(), looks, needs, engines: Engines::default() });
        Ok(ExpressionId((self.all.len() - 1) as u32))
    }
}

impl Expression {
    /// Hands the matches in `text` to `found`, in reading order, until it says `false`. They do not overlap; of
    /// those that start at one place it is the one that the expression prefers. It is known that matches start only
    /// within `windows`, ends included, which are sorted and do not overlap.
    pub fn each(
        &self,
        text: &str,
        windows: &[(usize, usize)],
        mut found: impl FnMut(Range<usize>) -> bool,
    ) -> bool {
        let mut from = 0;
        let mut last = None;
        let mut tried = 0;
        while let Some(hit) = self.first(text, windows, from, &mut tried) {
            // Nothing is no match right behind another.
            let repeated = hit.is_empty() && Some(hit.end) == last;
            from = hit.end;
            if hit.is_empty() {
                let Some(next) = text[hit.end..].chars().next() else {
                    return repeated || found(hit);
                };
                from += next.len_utf8();
            }
            last = Some(hit.end);
            if !repeated && !found(hit) {
                return false;
            }
        }
        true
    }

    /// The first match that does not start before `from`. `tried` counts the bytes that tries may have looked at.
    fn first(
        &self,
        text: &str,
        windows: &[(usize, usize)],
        from: usize,
        tried: &mut usize,
    ) -> Option<Range<usize>> {
        let form = &*self.form;
        let ahead = windows.partition_point(|(_, end)| *end < from);
        for &(start, end) in &windows[ahead..] {
            // This may be inside a character, where nothing starts.
            let mut at = start.max(from);
            while let Some(next) = form.starts.next(text, at, end) {
                at = next;
                if at > 0 && form.asks_before == (Asks::Start { elsewhere: None }) {
                    return None;
                }
                let rest = &text[at..];
                if form.starts.may_start(rest) {
                    if *tried > TRIED + TIMES_TRIED * text.len() || form.asks_before == Asks::Lines {
                        return self.engines.find(&form.source, text, at);
                    }
                    *tried += form.longest.map_or(rest.len(), |longest| longest.min(rest.len()));
                    if let Some(length) = self.match_at(rest, at == 0) {
                        return Some(at..at + length);
                    }
                }
                at += 1;
            }
        }
        None
    }

    /// The length of the match at the start of `rest`, which is the rest of a text or, `from_start`, the whole.
    fn match_at(&self, rest: &str, from_start: bool) -> Option<usize> {
        match (&self.form.alternatives, &self.form.asks_before) {
            (Some(words), _) => words.match_at_start(rest),
            (None, Asks::Start { elsewhere }) if !from_start => {
                self.engines.match_elsewhere(elsewhere.as_deref()?, rest)
            }
            _ => self.engines.match_at_start(&self.form.source, rest),
        }
    }
}
