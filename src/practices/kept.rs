//! How long data is kept, told without a verb: 订单信息：保存期限为三年.

use super::context::Context;
use super::{Action, Actor, Practice, topic};
use crate::knowledge::kinds::{ActionKind, PartRole};
use crate::knowledge::lexicon::Word;
use crate::span::Span;

/// The practice that a line states which names data, then the period it is kept for.
pub(super) fn read(context: &Context<'_>, inherited: Option<Actor>) -> Option<Practice> {
    let words = context.words();
    let mut parts = context.sentence().parts();
    let (_, period) = parts.find(|(role, _)| *role == PartRole::Retention)?;
    let verb = kept(context, Span { start: words.start, end: period.start.max(words.start) })?;
    let topic = topic::named(context, Span { start: words.start, end: verb.start })?;
    topic::practice(context, inherited, topic, Action { kind: ActionKind::Store, span: verb }, false)
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
