//! Where patterns match in a document: worked out over the whole document once, when first asked for.

use super::found::Found;
use super::hits;
use super::matching::Matcher;
use super::windows::{self, Needed, Window};
use crate::document::Document;
use crate::knowledge::Knowledge;
use crate::knowledge::expressions::{Expression, ExpressionId, Needs, WordsId};
use crate::knowledge::pattern::{Near, NearId, Pattern, SetId};
use crate::span::Span;
use std::borrow::Cow;
use std::sync::OnceLock;

/// What is known of the matches in one document.
#[derive(Debug, Default)]
pub(super) struct Known {
    sets: Slots<Found>,
    /// By set, the places of its literals alone.
    literals: Slots<Vec<Span>>,
    nears: Slots<Found>,
    expressions: Slots<Found>,
    /// By list of words that several expressions need, where one of them starts.
    words: Slots<Vec<u32>>,
    /// Where digits stand.
    digits: OnceLock<Vec<u32>>,
}

/// Most are never filled, so that each should be small.
type Slots<T> = Vec<OnceLock<Box<T>>>;

impl Known {
    pub(super) fn new(knowledge: &Knowledge) -> Self {
        fn slots<T>(count: usize) -> Slots<T> {
            (0..count).map(|_| OnceLock::new()).collect()
        }
        Self {
            sets: slots(knowledge.sets.len()),
            literals: slots(knowledge.sets.len()),
            nears: slots(knowledge.nears.len()),
            expressions: slots(knowledge.expressions.len()),
            words: slots(knowledge.expressions.lists_of_words()),
            digits: OnceLock::new(),
        }
    }
}

impl<'a> Matcher<'a> {
    /// The matches of a set in the document.
    pub(super) fn set(&self, id: SetId) -> &'a Found {
        self.hits.known.sets[id.0 as usize].get_or_init(|| {
            let mut matches = Vec::new();
            for member in &self.knowledge.sets[id.0 as usize].any {
                self.every(member, &mut |hit| matches.push(hit));
            }
            Box::new(Found::new(matches))
        })
    }

    /// Whether a literal of the set stands inside `span`.
    pub(super) fn has_literal(&self, id: SetId, span: Span) -> bool {
        let literals = self.hits.known.literals[id.0 as usize].get_or_init(|| {
            let mut literals = Vec::new();
            for member in &self.knowledge.sets[id.0 as usize].any {
                if let Pattern::Literal(literal) = member {
                    literals.extend(self.hits.all_of(*literal).iter().map(|hit| hit.span));
                }
            }
            literals.sort_unstable();
            Box::new(literals)
        });
        let from = literals.partition_point(|hit| hit.start < span.start);
        let mut near = literals[from..].iter().take_while(|hit| hit.start < span.end);
        near.any(|hit| hit.end <= span.end)
    }

    /// The matches of a `near` in the document.
    pub(super) fn near(&self, id: NearId) -> &'a Found {
        self.hits.known.nears[id.0 as usize]
            .get_or_init(|| Box::new(Found::new(self.matches_of_near(&self.knowledge.nears[id.0 as usize]))))
    }

    fn matches_of_near(&self, near: &Near) -> Vec<Span> {
        let Some((first, rest)) = near.parts.split_first() else { return Vec::new() };
        let Some(rarest) = self.rarest(&near.parts) else { return Vec::new() };
        let mut sentences = Vec::new();
        self.every(rarest, &mut |hit| sentences.push(self.document.sentence_from(hit.start)));
        sentences.sort_unstable();
        sentences.dedup();
        let whole = self.whole();
        let mut hulls = Vec::new();
        for sentence in sentences {
            // What starts in the white space before a sentence belongs to it.
            let before = sentence.checked_sub(1).map_or(0, |before| self.document.sentences[before].span.end);
            let end = self.document.sentences.get(sentence).map_or(whole.end, |sentence| sentence.span.end);
            self.starting(first, Span { start: before, end }, &mut |anchor| {
                hulls.extend(self.reach(anchor, rest, near.gap, near.ordered, whole));
            });
        }
        hulls
    }

    /// The pattern with the fewest matches, `None` if one has none. What is costly to look for is looked for last.
    fn rarest<'p>(&self, parts: &'p [Pattern]) -> Option<&'p Pattern> {
        let (cheap, costly): (Vec<_>, Vec<_>) = parts.iter().partition(|part| match part {
            Pattern::Literal(_) | Pattern::Amount { .. } => true,
            Pattern::Set(id) => self.knowledge.sets[id.0 as usize].of_literals,
            Pattern::Near(_) | Pattern::Expression(_) => false,
        });
        let mut rarest = None;
        for part in cheap.into_iter().chain(costly) {
            let count = self.count(part);
            if count == 0 {
                return None;
            }
            if rarest.is_none_or(|(least, _)| count < least) {
                rarest = Some((count, part));
            }
        }
        rarest.map(|(_, part)| part)
    }

    /// The matches of an expression in the document, found sentence by sentence.
    pub(super) fn expression(&self, id: ExpressionId) -> &'a Found {
        self.hits.known.expressions[id.0 as usize]
            .get_or_init(|| Box::new(Found::new(self.matches_of_expression(id))))
    }

    fn matches_of_expression(&self, id: ExpressionId) -> Vec<Span> {
        let expression = self.knowledge.expressions.get(id);
        let mut matches = Vec::new();
        let mut search_in = |at: usize, windows: &[Window]| {
            let sentence = self.document.sentences[at].span;
            let start = sentence.start();
            expression.each(self.document.text(sentence), windows, |hit| {
                matches.push(Span::new(start + hit.start, start + hit.end));
                true
            });
        };
        let words: Vec<_> = expression.needs.sets.iter().map(|set| self.words(set.any)).collect();
        let needed: Vec<_> = self.needed(expression, &words).collect();
        if needed.is_empty() {
            for (at, sentence) in self.document.sentences.iter().enumerate() {
                search_in(at, &[(0, sentence.span.len())]);
            }
        } else {
            windows::each(&self.document.sentences, needed, search_in);
        }
        matches
    }

    /// Where in a part of a sentence a match of an expression may start.
    pub(super) fn windows_inside(&self, expression: &Expression, part: Span) -> Vec<Window> {
        // There are many parts: only what stands in this one is looked up.
        let words: Vec<_> = expression
            .needs
            .sets
            .iter()
            .map(|set| {
                let words = self.knowledge.expressions.words(set.any).all.iter();
                let mut places: Vec<u32> = words.flat_map(|word| self.hits.starting(*word, part)).collect();
                places.sort_unstable();
                Cow::Owned(places)
            })
            .collect();
        windows::inside(part, self.needed(expression, &words))
    }

    /// What an expression needs, with the places of its words.
    fn needed<'w>(
        &self,
        expression: &'w Expression,
        words: &'w [Cow<'a, [u32]>],
    ) -> impl Iterator<Item = Needed<'w>> + use<'w, 'a> {
        let Needs { sets, digit } = &expression.needs;
        let words = sets.iter().zip(words).map(|(set, places)| Needed { places, before: set.before });
        let this = *self;
        words.chain(digit.iter().map(move |digit| Needed { places: this.digits(), before: digit.before }))
    }

    /// Where the words of a list stand, be it as parts of Latin words, in reading order.
    fn words(&self, id: WordsId) -> Cow<'a, [u32]> {
        let words = self.knowledge.expressions.words(id);
        let places = || {
            let hits = words.all.iter().map(|word| [self.hits.all_of(*word), self.hits.in_words(*word)]);
            let mut places = Vec::with_capacity(hits.clone().flatten().map(<[_]>::len).sum());
            places.extend(hits.flatten().flatten().map(|hit| hit.span.start));
            // It is made of a run for each word.
            places.sort();
            places
        };
        match words.shared {
            true => Cow::Borrowed(self.hits.known.words[id.0 as usize].get_or_init(|| places().into())),
            false => Cow::Owned(places()),
        }
    }

    fn digits(&self) -> &'a [u32] {
        self.hits.known.digits.get_or_init(|| {
            let bytes = (0..).zip(self.document.prose.text().bytes());
            bytes.filter(|(_, byte)| byte.is_ascii_digit()).map(|(at, _)| at).collect()
        })
    }

    /// Hands all matches of a pattern in the document to `found`.
    fn every(&self, pattern: &Pattern, found: &mut dyn FnMut(Span)) {
        match pattern {
            Pattern::Literal(literal) => self.hits.all_of(*literal).iter().for_each(|hit| found(hit.span)),
            Pattern::Amount { .. } => {
                self.each(pattern, self.whole(), &mut |hit| {
                    found(hit);
                    true
                });
            }
            Pattern::Set(id) => self.set(*id).all().iter().for_each(|hit| found(*hit)),
            Pattern::Near(id) => self.near(*id).all().iter().for_each(|hit| found(*hit)),
            Pattern::Expression(id) => self.expression(*id).all().iter().for_each(|hit| found(*hit)),
        }
    }

    /// How many matches a pattern has in the document; of amounts how many it may have.
    fn count(&self, pattern: &Pattern) -> usize {
        match pattern {
            Pattern::Literal(literal) => self.hits.all_of(*literal).len(),
            Pattern::Amount { .. } => self.hits.amounts().len(),
            Pattern::Set(id) => self.set(*id).all().len(),
            Pattern::Near(id) => self.near(*id).all().len(),
            Pattern::Expression(id) => self.expression(*id).all().len(),
        }
    }

    /// Hands the matches that start inside `span` to `found`.
    fn starting(&self, pattern: &Pattern, span: Span, found: &mut dyn FnMut(Span)) {
        let known = match pattern {
            Pattern::Literal(literal) => {
                return hits::starting(self.hits.all_of(*literal), span).for_each(found);
            }
            Pattern::Amount { .. } => {
                self.each(pattern, self.whole(), &mut |hit| {
                    if span.start <= hit.start && hit.start < span.end {
                        found(hit);
                    }
                    true
                });
                return;
            }
            Pattern::Set(id) => self.set(*id),
            Pattern::Near(id) => self.near(*id),
            Pattern::Expression(id) => self.expression(*id),
        };
        known.starting(span).for_each(found);
    }

    /// The span of the whole document.
    pub fn whole(&self) -> Span {
        Span::new(0, self.document.prose.text().len())
    }
}

/// Whether `span` cuts through no sentence: what matches there is what matches in its sentences.
pub(super) fn is_of_sentences(document: &Document, span: Span) -> bool {
    let starts_behind = |at: u32| {
        let next = document.sentences.get(document.sentence_from(at));
        next.is_none_or(|sentence| sentence.span.start >= at)
    };
    !span.is_empty() && starts_behind(span.start) && starts_behind(span.end)
}
