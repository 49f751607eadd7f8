//! Stage 3: spans with a role, set by hand or found in the prose.

mod amounts;
mod annotated;
mod attributes;
mod found;
mod hits;
mod known;
mod lists;
mod matching;
mod members;
mod names;
mod overlaps;
mod run_on;
mod signs;
mod software;
mod spans;
mod stretches;
mod tables;
mod topics;
mod windows;
mod words;

pub use amounts::Amount;
pub use hits::{Hit, Hits};
pub use lists::nouns;
pub use matching::Matcher;
pub use tables::{Entry, Table};
pub use topics::Topics;

use crate::document::{Document, Sentence};
use crate::knowledge::Knowledge;
use crate::knowledge::kinds::{ActionKind, ActorKind, PartRole};
use crate::knowledge::lexicon::CategoryId;
use crate::knowledge::literals::Literal;
use crate::span::Span;
use names::OwnNames;
use rayon::prelude::*;

/// A span with a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub span: Span,
    pub kind: MarkKind,
    pub origin: Origin,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    Actor(ActorKind),
    /// `by_user`: the kind it has when the user does it, if that is another one.
    Action {
        kind: Option<ActionKind>,
        by_user: Option<ActionKind>,
        weak: bool,
    },
    Data {
        category: Option<CategoryId>,
        weak: bool,
    },
    Part(PartRole),
}

/// Where a mark comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Set by hand.
    Annotated,
    /// A word of the lexicon.
    Word(Literal),
    /// A name the company goes by.
    Name,
    /// The words around it; `word` is the one of the lexicon that it holds, if any.
    List { rule: ListRule, word: Option<Literal> },
    /// A pattern of the grammar, by index.
    Grammar(u16),
}

/// How the words around it make a mark of data, or a longer one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListRule {
    /// It stands beside known items, or ends with a known head noun.
    Item,
    /// It took in the head noun behind it.
    HeadNoun,
    /// It took in what describes it.
    Attribute,
}

impl Origin {
    /// The word of the lexicon that a mark holds.
    pub fn word(self) -> Option<Literal> {
        match self {
            Self::Word(word) => Some(word),
            Self::List { word, .. } => word,
            Self::Annotated | Self::Name | Self::Grammar(_) => None,
        }
    }

    /// The origin after `rule` made the mark longer.
    fn with(self, rule: ListRule) -> Self {
        Self::List { rule, word: self.word() }
    }
}

/// The marks of one document.
#[derive(Debug)]
pub struct Marks {
    pub hits: Hits,
    pub topics: Topics,
    /// The tables with known columns.
    pub tables: Vec<Table>,
    /// One for each sentence of the document.
    pub sentences: Vec<SentenceMarks>,
}

/// What was found in one sentence, each list in reading order.
#[derive(Debug, Default)]
pub struct SentenceMarks {
    pub marks: Vec<Mark>,
    /// Words that negate what follows them in their clause.
    pub negations: Vec<Span>,
    pub modals: Vec<Span>,
    /// Words that say that what goes before needs no consent.
    pub exemptions: Vec<Span>,
    /// The sentence defines or quotes, or is a title; it states no practice.
    pub defines: bool,
    /// The sentence calls data it names sensitive.
    pub declares_sensitive: Option<Span>,
}

impl SentenceMarks {
    /// Whether the words at `span` are under a negation of their clause.
    pub fn is_negated(&self, clause: Span, span: Span) -> bool {
        self.negation(clause, span).is_some()
    }

    /// The last negation before the words at `span` in their clause.
    pub fn negation(&self, clause: Span, span: Span) -> Option<Span> {
        last_before(&self.negations, span).filter(|word| clause.contains(*word))
    }

    /// Whether a modal (会, 将, 可能) goes before the words at `span` in their clause.
    pub fn has_modal(&self, clause: Span, span: Span) -> bool {
        last_before(&self.modals, span).is_some_and(|word| clause.contains(word))
    }

    /// Whether the company is named in the sentence as somebody who acts.
    pub fn names_company(&self) -> bool {
        self.marks.iter().any(|mark| mark.kind == MarkKind::Actor(ActorKind::FirstParty))
    }

    pub fn parts(&self) -> impl Iterator<Item = (PartRole, Span)> + '_ {
        self.marks.iter().filter_map(|mark| match mark.kind {
            MarkKind::Part(role) => Some((role, mark.span)),
            _ => None,
        })
    }
}

/// The last of `words` that ends before `span`.
fn last_before(words: &[Span], span: Span) -> Option<Span> {
    let at = words.partition_point(|word| word.start < span.start);
    words[..at].iter().rev().find(|word| word.end <= span.start).copied()
}

/// Sentences that are worth the while of another thread.
const FEWEST_AT_ONCE: usize = 32;

/// Finds all marks. `names` are what the company goes by, besides what the policy itself defines.
pub fn find(document: &Document, knowledge: &Knowledge, names: &[String]) -> Marks {
    let hits = Hits::scan(knowledge, document.prose.text());
    let matcher = Matcher { knowledge, document, hits: &hits };
    let topics = Topics::of(&matcher);
    let names = names::own(document, knowledge, &hits, names);
    let tables = tables::read(document, knowledge);
    let found = document.sentences.par_iter().with_min_len(FEWEST_AT_ONCE);
    let mut sentences: Vec<_> = found.map(|sentence| in_sentence(&matcher, sentence, &names)).collect();
    let mut by_hand = annotated::by_sentence(document);
    for (index, found) in sentences.iter_mut().enumerate() {
        annotated::apply(&matcher, by_hand.take(index), &mut found.marks);
        found.marks.sort_by_key(|mark| (mark.span.start, std::cmp::Reverse(mark.span.end)));
    }
    Marks { hits, topics, tables, sentences }
}

/// Finds the marks in one sentence that no person has set.
fn in_sentence(matcher: &Matcher<'_>, sentence: &Sentence, names: &OwnNames) -> SentenceMarks {
    let mut found = words::read(matcher, sentence, names);
    let parts = spans::read(matcher, sentence, &found);
    let closed = |part: &&Mark| match part.origin {
        Origin::Grammar(number) => !matcher.knowledge.grammar.spans[number as usize].states,
        _ => true,
    };
    let mut stretches: Vec<Span> = parts.marks.iter().filter(closed).map(|part| part.span).collect();
    stretches.extend(parts.phrases);
    stretches.sort_unstable();
    words::drop_inside(&mut found.marks, &stretches);
    found.marks.extend(parts.marks);
    lists::complete(matcher, sentence, &mut found.marks);
    found
}
