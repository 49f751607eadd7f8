//! One scan of the prose for every literal of lexicon, grammar and rules.

use super::amounts::{self, Amount};
use super::known::Known;
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
    /// Those of the lexicon and the grammar, by the stretch of prose they start in.
    lexical: Groups,
    by_literal: Groups,
    /// What Latin words only start or end with, by literal and place: no hit, but expressions look there.
    parts_of_words: Vec<Hit>,
    amounts: Vec<Amount>,
    pub(super) known: Known,
}

/// So many bytes of prose are a stretch.
const STRETCH: usize = 32;

impl Hits {
    pub(super) fn scan(knowledge: &Knowledge, prose: &str) -> Self {
        let folded = Folded::new(&knowledge.folding, prose);
        let mut way_back = folded.way_back();
        let mut all = Vec::new();
        let mut lexical = Vec::new();
        let mut parts_of_words = Vec::new();
        knowledge.literals().scan(&folded.text, |start, end, literal| {
            // The end is where the last character ends, not where the next one starts: a dropped space lies between.
            let last = folded.text[..end].char_indices().next_back().map_or(start, |(at, _)| at);
            let last = way_back.prose_at(last);
            let to = last + prose[last..].chars().next().map_or(0, char::len_utf8);
            let hit = Hit { span: Span::new(way_back.prose_at(start), to), literal };
            if is_inside_word(&folded.text, start, end) {
                parts_of_words.push(hit);
                return;
            }
            all.push(hit);
            if knowledge.is_lexical(literal) {
                lexical.push(hit);
            }
        });
        let by_literal = Groups::new(&all, knowledge.literals().len(), |hit| hit.literal.0 as usize);
        let amounts = amounts::find(&knowledge.grammar.amounts, prose, |literal| {
            by_literal.of(literal.0 as usize).iter().collect()
        });
        parts_of_words.sort_unstable_by_key(|hit| (hit.literal, hit.span));
        let lexical = Groups::new(&lexical, prose.len() / STRETCH + 1, stretch);
        Self { lexical, by_literal, parts_of_words, amounts, known: Known::new(knowledge) }
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

    /// The occurrences inside `span` of what the lexicon or the grammar knows, in reading order, longer ones first.
    pub fn within(&self, span: Span) -> impl Iterator<Item = &Hit> {
        let from = self.lexical.from(span.start() / STRETCH);
        from.iter()
            .skip_while(move |hit| hit.span.start < span.start)
            .take_while(move |hit| hit.span.start < span.end)
            .filter(move |hit| hit.span.end <= span.end)
    }

    /// The occurrences of one literal, in reading order.
    pub fn all_of(&self, literal: Literal) -> &[Hit] {
        self.by_literal.of(literal.0 as usize)
    }

    /// Where a literal is a part of a Latin word.
    pub(super) fn in_words(&self, literal: Literal) -> &[Hit] {
        let from = self.parts_of_words.partition_point(|hit| hit.literal < literal);
        let len = self.parts_of_words[from..].partition_point(|hit| hit.literal == literal);
        &self.parts_of_words[from..from + len]
    }

    /// Where a literal, be it a part of a Latin word, starts inside `span`.
    pub(super) fn starting(&self, literal: Literal, span: Span) -> impl Iterator<Item = u32> + '_ {
        let runs = [self.all_of(literal), self.in_words(literal)];
        runs.into_iter().flat_map(move |run| starting(run, span)).map(|hit| hit.start)
    }

    /// Whether a literal stands inside `span`.
    pub fn is_in(&self, literal: Literal, span: Span) -> bool {
        self.of(literal, span).next().is_some()
    }

    /// The occurrences of one literal that lie inside `span`, in reading order.
    pub fn of(&self, literal: Literal, span: Span) -> impl Iterator<Item = Span> + '_ {
        starting(self.all_of(literal), span).filter(move |hit| hit.end <= span.end)
    }
}

/// The hits of a run in reading order that start inside `span`.
pub(super) fn starting(run: &[Hit], span: Span) -> impl Iterator<Item = Span> + '_ {
    let from = run.partition_point(|hit| hit.span.start < span.start);
    run[from..].iter().map(|hit| hit.span).take_while(move |hit| hit.start < span.end)
}

/// The number of the stretch that a hit starts in.
fn stretch(hit: &Hit) -> usize {
    hit.span.start() / STRETCH
}

/// Hits in numbered groups, each in reading order.
#[derive(Debug, Default)]
struct Groups {
    hits: Vec<Hit>,
    /// Where each group starts; one entry more than groups.
    starts: Vec<u32>,
}

impl Groups {
    fn new(hits: &[Hit], count: usize, group: impl Fn(&Hit) -> usize) -> Self {
        let mut starts = vec![0u32; count + 1];
        for hit in hits {
            starts[group(hit) + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut grouped = vec![Hit { span: Span::default(), literal: Literal(0) }; hits.len()];
        for hit in hits {
            let slot = &mut next[group(hit)];
            grouped[*slot as usize] = *hit;
            *slot += 1;
        }
        for run in starts.windows(2) {
            let run = &mut grouped[run[0] as usize..run[1] as usize];
            run.sort_unstable_by_key(|hit| (hit.span.start, Reverse(hit.span.end), hit.literal));
        }
        Self { hits: grouped, starts }
    }

    /// The hits of one group.
    fn of(&self, group: usize) -> &[Hit] {
        match self.starts.get(group..group + 2) {
            Some(&[from, to]) => &self.hits[from as usize..to as usize],
            _ => &[],
        }
    }

    /// The hits of a group and all groups behind it.
    fn from(&self, group: usize) -> &[Hit] {
        self.starts.get(group).map_or(&[], |from| &self.hits[*from as usize..])
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
