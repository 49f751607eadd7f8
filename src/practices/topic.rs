//! Lines that name data, and then say something of it: 订单信息：保存期限为三年; 震动权限，用于提醒您.

use super::context::Context;
use super::{Action, Actor, Practice, items};
use crate::knowledge::kinds::ActorKind;
use crate::span::Span;

/// What `stretch` names at its end, without punctuation and the like behind it; `None` when that is no data.
pub(super) fn named(context: &Context<'_>, stretch: Span) -> Option<Span> {
    let length = context.without_ending(context.document.text(stretch)).len();
    let topic = Span::new(stretch.start(), stretch.start() + length);
    context.data_ends_at(topic.end()).then_some(topic)
}

/// The practice that such a line states about the data in `topic`; the user does none of it.
pub(super) fn practice(
    context: &Context<'_>,
    inherited: Option<Actor>,
    topic: Span,
    action: Action,
    negated: bool,
) -> Option<Practice> {
    let data = items::listed(context.document, context.knowledge, context.marks, topic);
    let section = context.document.paragraph(context.document.sentence(context.id).paragraph).section;
    let actor = inherited.filter(|actor| actor.kind != ActorKind::User);
    (!data.is_empty()).then(|| Practice {
        sentence: context.id,
        section,
        action: Some(action),
        actor: actor.map(|actor| Actor { inherited: true, ..actor }),
        data,
        parts: context.parts(),
        negated,
    })
}
