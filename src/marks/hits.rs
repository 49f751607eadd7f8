//! One scan of the prose for every literal of lexicon, grammar and rules.

use super::amounts::{self, Amount};
use crate::knowledge::Knowledge;
use crate::knowledge::fold::Folded;
use crate::knowledge::literals::Literal;
use crate::span::Span;
use std::cmp::Reverse;

/// An occurrence of a literal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    pub span: Span,
    pub literal: Literal,
}

/// All occurrences, by position and by literal.
#[derive(Debug, Default)]
pub struct Hits {
    /// Sorted by start, longer ones first.
    all: Vec<Hit>,
    /// For each literal where its run in `order` starts; one entry more than literals.
    starts: Vec<u32>,
    /// Indices into `all`, grouped by literal, in reading order.
    order: Vec<u32>,
    amounts: Vec<Amount>,
}

impl Hits {
    pub(super) fn scan(knowledge: &Knowledge, prose: &str) -> Self {
        let folded = Folded::new(&knowledge.folding, prose);
        let mut all = Vec::new();
        knowledge.literals().scan(&folded.text, |start, end, literal| {
            if is_inside_word(&folded.text, start, end) {
                return;
            }
            let from = folded.to_prose(start);
            // The end is where the last character ends, not where the next one starts: a dropped space lies between.
            let last = folded.text[..end].char_indices().next_back().map_or(start, |(at, _)| at);
            let last = folded.to_prose(last);
            let to = last + prose[last..].chars().next().map_or(0, char::len_utf8);
            all.push(Hit { span: Span::new(from, to), literal });
        });
        all.sort_unstable_by_key(|hit| (hit.span.start, Reverse(hit.span.end), hit.literal));
        let literals = knowledge.literals().len();
        let mut starts = vec![0u32; literals + 1];
        for hit in &all {
            starts[hit.literal.0 as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut order = vec![0u32; all.len()];
        for (index, hit) in all.iter().enumerate() {
            let slot = &mut next[hit.literal.0 as usize];
            order[*slot as usize] = index as u32;
            *slot += 1;
        }
        let mut hits = Self { all, starts, order, amounts: Vec::new() };
        hits.amounts = amounts::find(&knowledge.grammar.amounts, prose, |literal| {
            hits.run(literal).iter().map(|at| &hits.all[*at as usize]).collect()
        });
        hits
    }

    /// Numbers with a unit, in reading order.
    pub fn amounts(&self) -> &[Amount] {
        &self.amounts
    }

    /// The amounts inside `span`, in reading order.
    pub fn amounts_in(&self, span: Span) -> impl Iterator<Item = &Amount> {
        let from = self.amounts.partition_point(|amount| amount.span.start < span.start);
        self.amounts[from..]
            .iter()
            .take_while(move |amount| amount.span.start < span.end)
            .filter(move |amount| amount.span.end <= span.end)
    }

    /// Where a literal stands, as indices into `all`.
    fn run(&self, literal: Literal) -> &[u32] {
        match self.starts.get(literal.0 as usize..literal.0 as usize + 2) {
            Some(&[from, to]) => &self.order[from as usize..to as usize],
            _ => &[],
        }
    }

    /// The occurrences inside `span`, in reading order.
    pub fn within(&self, span: Span) -> impl Iterator<Item = &Hit> {
        let from = self.all.partition_point(|hit| hit.span.start < span.start);
        self.all[from..]
            .iter()
            .take_while(move |hit| hit.span.start < span.end)
            .filter(move |hit| hit.span.end <= span.end)
    }

    /// The occurrences of one literal that lie inside `span`, in reading order.
    pub fn of(&self, literal: Literal, span: Span) -> impl Iterator<Item = Span> + '_ {
        let run = self.run(literal);
        let from = run.partition_point(|&at| self.all[at as usize].span.start < span.start);
        run[from..]
            .iter()
            .map(|&at| self.all[at as usize].span)
            .take_while(move |hit| hit.start < span.end)
            .filter(move |hit| hit.end <= span.end)
    }
}

/// Whether a Latin word only starts or ends with what was found: `id` in `video`.
fn is_inside_word(text: &str, start: usize, end: usize) -> bool {
    let bytes = text.as_bytes();
    let joined = |left: usize, right: usize| {
        bytes.get(left).is_some_and(u8::is_ascii_alphabetic)
            && bytes.get(right).is_some_and(u8::is_ascii_alphabetic)
    };
    (start > 0 && joined(start - 1, start)) || joined(end - 1, end)
}
