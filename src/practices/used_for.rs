//! Topic lines: 震动权限，用于提醒您 names data, then what it is used for, and has no other verb.

use super::context::Context;
use super::{Action, Actor, Practice, items};
use crate::knowledge::kinds::{ActionKind, ActorKind, PartRole};
use crate::span::Span;

/// The practice that a sentence without another verb states about the data before 用于.
pub(super) fn read(context: &Context<'_>, inherited: Option<Actor>) -> Option<Practice> {
    let mut purposes = context.sentence().parts().filter(|(role, _)| *role == PartRole::Purpose);
    let (verb, before) = purposes.find_map(|(_, purpose)| verb(context, purpose))?;
    let words = context.words();
    if before <= words.start() {
        return None;
    }
    let topic = Span::new(words.start(), before);
    let topic =
        Span::new(topic.start(), topic.start() + context.without_ending(context.document.text(topic)).len());
    // What the data of a longer sentence is used for is told by its verbs.
    let stated = context.sentence().parts().any(|(_, span)| topic.contains(span));
    if stated || !context.data_ends_at(topic.end()) {
        return None;
    }
    let data = items::listed(context.document, context.knowledge, context.marks, topic);
    let section = context.document.paragraph(context.document.sentence(context.id).paragraph).section;
    let actor = inherited.filter(|actor| actor.kind != ActorKind::User);
    (!data.is_empty()).then(|| Practice {
        sentence: context.id,
        section,
        action: Some(Action { kind: ActionKind::Use, span: verb }),
        actor: actor.map(|actor| Actor { inherited: true, ..actor }),
        data,
        parts: context.parts(),
        negated: context.is_negated(context.clause(verb), verb),
    })
}

/// The verb before a purpose, and where it begins with the modal before it.
fn verb(context: &Context<'_>, purpose: Span) -> Option<(Span, usize)> {
    let before = context.prose()[context.span().start()..purpose.start()].trim_end();
    let end = context.span().start() + before.len();
    let word = context.knowledge.lexicon.uses.ending(before).next()?;
    let verb = Span::new(end - word.len(), end);
    let clause = context.clause(verb);
    let modals = context.sentence().modals.iter().filter(|modal| clause.contains(**modal));
    let start = modals.filter(|modal| modal.end <= verb.start).map(|modal| modal.start()).min();
    Some((verb, start.unwrap_or(verb.start())))
}
