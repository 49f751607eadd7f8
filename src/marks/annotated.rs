//! Marks set by hand: they stand in place of what the prose alone would give.

use super::matching::Matcher;
use super::{Mark, MarkKind, Origin};
use crate::document::{Annotation, Bracket, Document};
use crate::knowledge::kinds::{ActorKind, PartRole};
use crate::knowledge::lexicon::{Lexicon, Word};
use crate::span::Span;

/// The annotations, handed out sentence by sentence in reading order.
pub(super) struct BySentence<'a> {
    document: &'a Document,
    next: usize,
}

pub(super) fn by_sentence(document: &Document) -> BySentence<'_> {
    BySentence { document, next: 0 }
}

impl<'a> BySentence<'a> {
    /// The annotations that start in the sentence of this index, and any left over before it.
    pub(super) fn take(&mut self, sentence: usize) -> &'a [Annotation] {
        let all = &self.document.annotations;
        let end = match self.document.sentences.get(sentence + 1) {
            Some(next) => next.span.start,
            None => u32::MAX,
        };
        let from = self.next;
        while all.get(self.next).is_some_and(|annotation| annotation.span.start < end) {
            self.next += 1;
        }
        &all[from..self.next]
    }
}

/// Replaces, role by role, what was found in the prose by what was marked by hand.
pub(super) fn apply(matcher: &Matcher<'_>, by_hand: &[Annotation], marks: &mut Vec<Mark>) {
    let set: Vec<Mark> = by_hand.iter().filter_map(|annotation| mark(matcher, annotation, marks)).collect();
    if set.is_empty() {
        return;
    }
    let roles: Vec<Role> = set.iter().map(|mark| role(mark.kind)).collect();
    marks.retain(|found| {
        let same_words = set.iter().any(|mark| mark.span.overlaps(found.span));
        match role(found.kind) {
            Role::Part(PartRole::Purpose) => !roles.contains(&Role::Part(PartRole::Purpose)) && !same_words,
            // Conditions, refusals, consent … have no bracket; a hand-set one replaces only its own words.
            Role::Part(found_role) => !set
                .iter()
                .any(|mark| role(mark.kind) == Role::Part(found_role) && mark.span.overlaps(found.span)),
            // The user hands data over (我们可能需要您[提供]……), which annotators of the company's doings leave out.
            Role::Actor if found.kind == MarkKind::Actor(ActorKind::User) => !same_words,
            own => !roles.contains(&own) && !same_words,
        }
    });
    marks.extend(set);
}

/// What a mark is, whatever its details.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Actor,
    Action,
    Data,
    Part(PartRole),
}

fn role(kind: MarkKind) -> Role {
    match kind {
        MarkKind::Actor(_) => Role::Actor,
        MarkKind::Action { .. } => Role::Action,
        MarkKind::Data { .. } => Role::Data,
        MarkKind::Part(role) => Role::Part(role),
    }
}

/// The mark an annotation stands for; `found` is what the prose around it gave.
fn mark(matcher: &Matcher<'_>, annotation: &Annotation, found: &[Mark]) -> Option<Mark> {
    let span = annotation.span;
    let kind = match annotation.kind {
        Bracket::Group => return None,
        Bracket::Actor => MarkKind::Actor(actor(matcher, span)),
        Bracket::Action => action(matcher, span),
        Bracket::Data => MarkKind::Data { category: category(matcher, span), weak: false },
        Bracket::Purpose => {
            // 当{…}时: annotators put conditions in purpose brackets.
            let condition = found.iter().any(|mark| {
                mark.kind == MarkKind::Part(PartRole::Condition)
                    && mark.span.overlaps(span)
                    && mark.span.start <= span.start
            });
            MarkKind::Part(if condition { PartRole::Condition } else { PartRole::Purpose })
        }
    };
    Some(Mark { span, kind, origin: Origin::Annotated })
}

/// The words of the lexicon inside `span`, longest first.
fn words(matcher: &Matcher<'_>, span: Span) -> Vec<(Span, Word)> {
    let lexicon: &Lexicon = &matcher.knowledge.lexicon;
    let mut words: Vec<(Span, Word)> = matcher
        .hits
        .within(span)
        .flat_map(|hit| lexicon.words(hit.literal).map(|word| (hit.span, word)))
        .collect();
    words.sort_by_key(|(span, _)| std::cmp::Reverse(span.len()));
    words
}

fn actor(matcher: &Matcher<'_>, span: Span) -> ActorKind {
    let kind = words(matcher, span).into_iter().find_map(|(_, word)| match word {
        Word::Actor { group } => Some(matcher.knowledge.lexicon.actors[group as usize].kind),
        _ => None,
    });
    // Annotators mark who handles the data, which is the company unless the lexicon knows better.
    kind.unwrap_or(ActorKind::FirstParty)
}

fn action(matcher: &Matcher<'_>, span: Span) -> MarkKind {
    let (mut kind, mut by_user) = (None, None);
    for (_, word) in words(matcher, span) {
        if let Word::Verb { group, by_user: user, .. } = word {
            let group = matcher.knowledge.lexicon.verbs[group as usize].kind;
            if user {
                by_user = by_user.or(Some(group));
            } else {
                kind = kind.or(Some(group));
            }
        }
    }
    MarkKind::Action { kind, by_user, weak: false }
}

/// The category of the longest known form inside `span`; one that ends it goes before one inside.
fn category(matcher: &Matcher<'_>, span: Span) -> Option<crate::knowledge::lexicon::CategoryId> {
    let words = words(matcher, span);
    let data = |(at, word): &(Span, Word)| match word {
        Word::Data { category, .. } => Some((*at, *category)),
        _ => None,
    };
    let found: Vec<_> = words.iter().filter_map(data).collect();
    let generic = |id| {
        matcher.knowledge.lexicon.category(id).generic || matcher.knowledge.lexicon.category(id).reference
    };
    found
        .iter()
        .filter(|(at, id)| !generic(*id) || *at == span)
        .max_by_key(|(at, _)| (at.len(), at.end))
        .map(|(_, category)| *category)
}
