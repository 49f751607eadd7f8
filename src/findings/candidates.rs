//! The sentences that a rule has to look at: those that hold the words it asks for.

use super::condition::Policy;
use crate::document::SentenceId;
use crate::knowledge::rule::{Condition, Words};
use crate::knowledge::spec::Extent;
use crate::marks::Matcher;
use crate::span::Span;

/// With so few it is not worth to look for fewer.
const FEW: usize = 4;

impl Policy<'_> {
    /// The sentences of a file in which all of `conditions` may hold, in reading order; for a subject that is a
    /// sentence.
    pub(super) fn candidates<'c>(
        &self,
        file: usize,
        conditions: impl IntoIterator<Item = &'c Condition>,
    ) -> Vec<SentenceId> {
        let known = fewest(conditions.into_iter().map(|condition| self.sentences_with(file, condition)));
        let numbers =
            known.unwrap_or_else(|| (0..self.files[file].document.sentences.len() as u32).collect());
        numbers.into_iter().map(SentenceId).collect()
    }

    /// The numbers of the sentences in which a condition may hold, sorted; `None`: any.
    fn sentences_with(&self, file: usize, condition: &Condition) -> Option<Vec<u32>> {
        match condition {
            Condition::All(all) => fewest(all.iter().map(|inner| self.sentences_with(file, inner))),
            Condition::Any(any) => {
                let each: Option<Vec<_>> = any.iter().map(|inner| self.sentences_with(file, inner)).collect();
                Some(sorted(each?.concat()))
            }
            Condition::Words(words) => self.sentences_with_words(file, words),
            _ => None,
        }
    }

    fn sentences_with_words(&self, file: usize, words: &Words) -> Option<Vec<u32>> {
        if words.within.is_some_and(|within| within != Extent::Sentence) {
            return None;
        }
        let analysis = &self.files[file];
        let document = &analysis.document;
        let matcher = Matcher { knowledge: self.knowledge, document, hits: &analysis.marks.hits };
        let mut numbers: Vec<u32> = Vec::new();
        let mut add = |hit: Span| numbers.push(document.sentence_from(hit.start) as u32);
        match (words.any, words.all.first()) {
            (Some(any), _) => matcher.places_of(any).iter().for_each(|hit| add(*hit)),
            (None, Some(first)) => {
                matcher.each(first, matcher.whole(), &mut |hit| {
                    add(hit);
                    true
                });
            }
            (None, None) => return None,
        }
        numbers.retain(|number| (*number as usize) < document.sentences.len());
        Some(sorted(numbers))
    }
}

fn sorted(mut numbers: Vec<u32>) -> Vec<u32> {
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// Of several lists the shortest; no more are made once one is short.
fn fewest(lists: impl Iterator<Item = Option<Vec<u32>>>) -> Option<Vec<u32>> {
    let mut best: Option<Vec<u32>> = None;
    for list in lists.flatten() {
        let short = list.len() <= FEW;
        if best.as_ref().is_none_or(|best| list.len() < best.len()) {
            best = Some(list);
        }
        if short {
            break;
        }
    }
    best
}
