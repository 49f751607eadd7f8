//! Whether a verb with its objects states a handling, or only speaks of one.

use super::DataItem;
use super::context::Context;
use super::reading::explains;
use super::verbs::Group;
use crate::knowledge::kinds::ActionKind;
use crate::span::Span;

/// Drops the verbs that state nothing of this policy's handling, and tells requests for permissions from collecting.
pub(super) fn settle(context: &Context<'_>, groups: &mut Vec<Group>) {
    groups.retain(|group| group.by_hand || (!group.data.is_empty() && states(context, group)));
    for group in groups.iter_mut().filter(|group| !group.by_hand) {
        if is_about_permissions(context, group) {
            for (action, _, _) in
                group.actions.iter_mut().filter(|(action, ..)| action.kind == ActionKind::Collect)
            {
                action.kind = ActionKind::Request;
            }
        }
    }
}

fn states(context: &Context<'_>, group: &Group) -> bool {
    let passes_on = context.names_recipient(group.clause);
    !describes_umbrella(context, group)
        && !is_bound(group)
        && (passes_on || (!is_vague(group) && !is_remark(context, group)))
}

/// 我们收集的信息……, 这些信息是所必须收集的基本信息: a description, unless it goes on to name the items.
fn describes_umbrella(context: &Context<'_>, group: &Group) -> bool {
    let after = &context.prose()[group.span.end()..context.span().end()];
    let points_back = |item: &DataItem| item.reference && item.span.end <= group.span.start;
    let describes = group.describes || context.knowledge.lexicon.relatives.any_starts(after);
    (describes && group.data.iter().all(|item| item.generic))
        || (group.describes && group.data.len() <= 2 && group.data.iter().any(points_back))
}

/// 将微信账号与本应用账号绑定: nobody hands over what stands before a verb of handing over without a subject.
fn is_bound(group: &Group) -> bool {
    let left = group.data.iter().all(|item| item.span.end <= group.span.start);
    left && group.actions.iter().all(|(action, actor, _)| {
        action.kind == ActionKind::Provide && actor.is_none_or(|actor| actor.inherited)
    })
}

/// Nobody is said to do something with nothing in particular.
fn is_vague(group: &Group) -> bool {
    group.data.iter().all(|item| item.generic) && !group.stated
}

/// 我们收集信息是为了……, 收集这些信息的权限: without a modal, and without an item to name, a remark on handling as such;
/// a colon behind it leads in the items.
fn is_remark(context: &Context<'_>, group: &Group) -> bool {
    let rest = Span { start: group.span.end, end: context.span().end };
    let shares = group.actions.iter().any(|(action, ..)| action.kind.is_sharing());
    // 您开启权限即代表您授权我们收集这些信息: what counts as consent to what was said before.
    let before = Span { start: context.span().start, end: group.span.start };
    let deems = || context.knowledge.lexicon.deems.any_in(context.document.text(before));
    (!group.modal || deems())
        && !shares
        && group.data.iter().all(|item| item.generic || item.reference)
        && !context.document.text(rest).contains(['：', ':'])
        && (deems() || !explains(context, group.clause, group.span))
}

fn is_about_permissions(context: &Context<'_>, group: &Group) -> bool {
    let lexicon = &context.knowledge.lexicon;
    group.data.iter().all(|item| item.category.is_some_and(|id| lexicon.category(id).permission))
}
