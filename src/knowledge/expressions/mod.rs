//! Regular expressions, stored as text and compiled when first needed.

mod engines;
mod starts;
#[cfg(test)]
mod tests;
mod written;

use super::literals::Literal;
use engines::Engines;
use regex_syntax::hir::{Hir, Look};
use serde::{Deserialize, Serialize};
use starts::Starts;
use std::ops::Range;

/// Matches of more bytes are not looked for at one place after the other, which would cost their product.
const LONGEST_TRIED: usize = 400;

/// Index of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ExpressionId(pub u32);

/// All expressions.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Expressions {
    all: Vec<Expression>,
}

/// One expression, and what tells that it cannot match.
#[derive(Debug, Serialize, Deserialize)]
pub struct Expression {
    source: Box<str>,
    /// Given when it may be tried at each place on its own: where a match can start.
    starts: Option<Starts>,
    /// Whether it asks for the start or the end of the text: then it may match in a part of a text only.
    pub looks: bool,
    pub needs: Needs,
    #[serde(skip)]
    engines: Engines,
}

/// What a text has to hold for an expression to match in it.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Needs {
    /// Of each set a literal, be it a part of a Latin word.
    pub sets: Vec<NeededSet>,
    /// A digit.
    pub digit: bool,
}

/// Literals of which every match holds one.
#[derive(Debug, Serialize, Deserialize)]
pub struct NeededSet {
    pub any: Vec<Literal>,
    /// How many bytes of a match may go before the literal, if that is bounded.
    pub before: Option<u32>,
}

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

    /// Adds an expression, as parsed.
    ///
    /// # Errors
    /// When it would be too large when compiled.
    pub(super) fn add(&mut self, hir: &Hir, needs: Needs) -> Result<ExpressionId, String> {
        let looks = hir.properties().look_set();
        let at_start = [Look::Start, Look::StartLF, Look::StartCRLF];
        let short = hir.properties().maximum_len().is_some_and(|bytes| bytes <= LONGEST_TRIED);
        // What looks back has to see what goes before.
        let tried = short && !at_start.iter().any(|look| looks.contains(*look));
        let source = written::written(hir);
        engines::check(&source)?;
        self.all.push(Expression {
            source: source.into(),
            starts: tried.then(|| Starts::of(hir)),
            looks: !looks.is_empty(),
            needs,
            engines: Engines::default(),
        });
        Ok(ExpressionId((self.all.len() - 1) as u32))
    }
}

impl Expression {
    /// Hands the matches in `text` to `found`, in reading order, until it says `false`. They do not overlap; of
    /// those that start at one place it is the one that the expression prefers.
    pub fn each(&self, text: &str, found: impl FnMut(Range<usize>) -> bool) -> bool {
        self.each_from(text, &[(0, text.len())], found)
    }

    /// Like [`Expression::each`] where it is known that matches start only within `windows`, ends included, which
    /// are sorted and do not overlap.
    pub fn each_from(
        &self,
        text: &str,
        windows: &[(usize, usize)],
        mut found: impl FnMut(Range<usize>) -> bool,
    ) -> bool {
        let mut from = 0;
        let mut last = None;
        while let Some(hit) = self.first(text, windows, from) {
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

    /// The first match that does not start before `from`.
    fn first(&self, text: &str, windows: &[(usize, usize)], from: usize) -> Option<Range<usize>> {
        let ahead = windows.partition_point(|(_, end)| *end < from);
        for &(start, end) in &windows[ahead..] {
            let mut at = start.max(from);
            // A window may start inside a character.
            while !text.is_char_boundary(at) {
                at += 1;
            }
            let starts = match &self.starts {
                Some(starts) => starts,
                None => return self.engines.find(&self.source, text, at),
            };
            while at <= end {
                if starts.may_start(&text[at..])
                    && let Some(length) = self.engines.match_at_start(&self.source, &text[at..])
                {
                    return Some(at..at + length);
                }
                let Some(next) = text[at..].chars().next() else { break };
                at += next.len_utf8();
            }
        }
        None
    }
}
