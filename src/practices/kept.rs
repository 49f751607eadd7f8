//! How long data is kept, told without a verb: 订单信息：保存期限为三年.

use super::context::Context;
use super::{Action, Actor, Practice, items};
use crate::knowledge::kinds::{ActionKind, ActorKind, PartRole};
use crate::knowledge::lexicon::Word;
use crate::span::Span;

/// The practice that a line states which names data, then the period it is kept for.
pub(super) fn read(context: &Context<'_>, inherited: Option<Actor>) -> Option<Practice> {
    let words = context.words();
    let mut parts = context.sentence().parts();
    let (_, period) = parts.find(|(role, _)| *role == PartRole::Retention)?;
    let verb = kept(context, Span { start: words.start, end: period.start.max(words.start) })?;
    let topic = Span { start: words.start, end: verb.start };
    let topic =
        Span::new(topic.start(), topic.start() + context.without_ending(context.document.text(topic)).len());
    if !context.data_ends_at(topic.end()) {
        return None;
    }
    let data = items::listed(context.document, context.knowledge, context.marks, topic);
    let section = context.document.paragraph(context.document.sentence(context.id).paragraph).section;
    let actor = inherited.filter(|actor| actor.kind != ActorKind::User);
    (!data.is_empty()).then(|| Practice {
        sentence: context.id,
        section,
        action: Some(Action { kind: ActionKind::Store, span: verb }),
        actor: actor.map(|actor| Actor { inherited: true, ..actor }),
        data,
        parts: context.parts(),
        negated: false,
    })
}

/// The word for keeping in `stretch`: 保存 in 保存期限为, which is no verb there.
fn kept(context: &Context<'_>, stretch: Span) -> Option<Span> {
    let lexicon = &context.knowledge.lexicon;
    let mut hits = context.marks.hits.within(stretch);
    let hit = hits.find(|hit| {
        lexicon.words(hit.literal).any(|word| match word {
            Word::Verb { group, .. } => lexicon.verbs[group as usize].kind == ActionKind::Store,
            _ => false,
        })
    })?;
    Some(hit.span)
}
