//! What the verbs of a statement are about.

use super::context::Context;
use super::verbs::Group;
use crate::knowledge::kinds::{ActionKind, ActorKind};
use crate::marks::{Mark, MarkKind, Origin};
use crate::span::Span;

/// Ties the data of a statement to its verbs.
pub(super) fn give_objects(context: &Context<'_>, statement: Span, groups: &mut [Group]) {
    let all: Vec<&Mark> = context.data().filter(|mark| statement.contains(mark.span)).collect();
    let spans: Vec<(Span, Span)> = groups.iter().map(|group| (group.span, group.clause)).collect();
    // Whether permissions may be its objects.
    let asks: Vec<bool> = groups
        .iter()
        .map(|group| {
            let mut kinds = group.actions.iter().map(|(action, ..)| action.kind);
            kinds.any(|kind| matches!(kind, ActionKind::Collect | ActionKind::Request | ActionKind::Provide))
        })
        .collect();
    let describes: Vec<bool> = groups.iter().map(|group| group.describes).collect();
    for mark in &all {
        let Some(item) = context.item(mark) else { continue };
        let by_hand = mark.origin == Origin::Annotated;
        let clause = context.clause(mark.span);
        let next = spans.partition_point(|(verb, _)| verb.end <= mark.span.start);
        let before = next.checked_sub(1);
        let after = (next..spans.len()).find(|&at| spans[at].0.start >= mark.span.end);
        // Whether the verb that follows has objects of its own to its right.
        let has_right = |at: usize| {
            let from = spans[at].0.end;
            let to = spans.get(at + 1).map_or(statement.end, |next| next.0.start);
            let right = all.partition_point(|other| other.span.start < from);
            all[right..].first().is_some_and(|other| other.span.end <= to)
        };
        let chosen = match (before, after) {
            (Some(before), Some(after))
                if !has_right(after)
                    && if spans[after].1 == clause {
                        spans[before].1 != clause || {
                            // 我们将记录您的日志用于……: there 将 is the modal of the verb before.
                            let verb = if describes[before] { clause.start } else { spans[before].0.end };
                            is_marked(
                                context,
                                Span { start: verb.max(clause.start), end: clause.end },
                                mark.span,
                            )
                        }
                    } else {
                        is_carried(context, clause, mark.span, spans[before].0)
                    } =>
            {
                after
            }
            (Some(before), _) => before,
            (None, Some(after)) if by_hand || spans[after].1 == clause || !has_right(after) => after,
            _ => continue,
        };
        if !by_hand && is_loose(context, mark, &spans[chosen], asks[chosen]) {
            continue;
        }
        // 基于收集的信息，对您的偏好作分析: the next clause has an object of its own.
        let opens = &context.prose()[clause.start()..mark.span.start().max(clause.start())];
        if !by_hand
            && describes[chosen]
            && clause != spans[chosen].1
            && context.knowledge.lexicon.object_markers.any_starts(opens)
        {
            continue;
        }
        // What is described by one verb (您填写的身高) is the object of the one before it, too.
        // 我们收集的信息，将存储在境内: a noun with its description opens the statement of the next clause.
        if describes[chosen]
            && let Some(next) = after.filter(|&at| !has_right(at) && spans[at].1.start == clause.end)
        {
            groups[next].data.push(item.clone());
        }
        if describes[chosen]
            && let Some(governing) = (0..chosen).rfind(|&at| !describes[at])
            && spans[governing].0.end <= spans[chosen].0.start
        {
            groups[governing].data.push(item.clone());
        }
        groups[chosen].data.push(item);
    }
}

/// Gives verbs that have no object behind them the data named just before: ……，并存储.
pub(super) fn give_elided(context: &Context<'_>, groups: &mut [Group]) {
    for at in 0..groups.len() {
        let group = &groups[at];
        let shares = group.actions.iter().any(|(action, _, _)| action.kind.is_sharing());
        let passes_on = shares && context.names_recipient(group.clause);
        let elided = passes_on || group.uses || group.stated && ends_clause(context, group);
        if !group.data.is_empty() {
            continue;
        }
        if group.describes {
            // 您输入的或者以其他方式提供的信息: both describe it.
            let next =
                groups.get(at + 1).filter(|next| next.describes && describes_too(context, group, next));
            if let Some(data) = next.map(|next| next.data.clone()) {
                groups[at].data = data;
            }
            continue;
        }
        // 提供或授权我们收集您的手机号: the object stands behind the second verb.
        if let Some(next) = groups.get(at + 1).filter(|next| is_joined(context, &groups[at], next)) {
            groups[at].data = next.data.clone();
            continue;
        }
        if !elided {
            continue;
        }
        let before = groups[..at].iter().rfind(|before| !before.data.is_empty());
        let before = before.map_or(context.data_before, |before| &before.data);
        let of_list = before.is_empty() && passes_on && !acts(context, groups[at].clause);
        let meant = if of_list { context.lead_data } else { before };
        groups[at].data = meant.to_vec();
    }
}

/// Whether the company is named in the clause: 由我们与第三方共同提供 speaks of something else than the list.
fn acts(context: &Context<'_>, clause: Span) -> bool {
    let company = |mark: &Mark| mark.kind == MarkKind::Actor(ActorKind::FirstParty);
    context.sentence().marks.iter().any(|mark| company(mark) && clause.contains(mark.span))
}

/// Whether a conjunction leads from the description with one verb to that with the next.
fn describes_too(context: &Context<'_>, group: &Group, next: &Group) -> bool {
    let lexicon = &context.knowledge.lexicon;
    let text = context.document.text(Span { start: group.span.end, end: next.span.start });
    let relative = lexicon.relatives.iter().find_map(|word| text.strip_prefix(word.as_str()));
    group.clause == next.clause
        && relative
            .is_some_and(|rest| lexicon.conjunctions.iter().any(|word| rest.starts_with(word.as_str())))
}

/// Whether a conjunction leads from one verb to the next in their clause.
fn is_joined(context: &Context<'_>, group: &Group, next: &Group) -> bool {
    let between = Span { start: group.span.end, end: next.span.start };
    let text = context.document.text(between);
    let joint = context.knowledge.lexicon.conjunctions.any_starts(text);
    joint && group.clause == next.clause
}

/// Whether nothing but what is no object stands between the verb and the end of its clause.
fn ends_clause(context: &Context<'_>, group: &Group) -> bool {
    let mut at = group.span.end;
    for mark in context.sentence().marks.iter().filter(|mark| matches!(mark.kind, MarkKind::Part(_))) {
        if mark.span.start >= at
            && mark.span.end <= group.clause.end
            && !context
                .document
                .text(Span { start: at, end: mark.span.start })
                .contains(char::is_alphanumeric)
        {
            at = mark.span.end;
        }
    }
    let rest = Span { start: at, end: group.clause.end.max(at) };
    !context.document.text(rest).contains(char::is_alphanumeric)
}

/// Whether a marker before the words says that they are the object of a verb behind them (将您的照片分享给……).
fn is_marked(context: &Context<'_>, clause: Span, words: Span) -> bool {
    let before = &context.prose()[clause.start()..words.start().max(clause.start())];
    context.knowledge.lexicon.object_markers.any_in(before)
}

/// 我们会将您的姓名、电话等资料，订单信息分享给……: a marker that can mean nothing else puts the object before a verb in
/// a later clause; `verb` is the last one before it.
fn is_carried(context: &Context<'_>, clause: Span, words: Span, verb: Span) -> bool {
    let before = &context.prose()[clause.start()..words.start().max(clause.start())];
    let modals = &context.sentence().modals;
    context.knowledge.lexicon.object_markers.iter().any(|marker| {
        before.rfind(marker.as_str()).is_some_and(|at| {
            let start = (clause.start() + at) as u32;
            verb.end <= start
                && (before[..at].trim().is_empty()
                    || modals.iter().any(|modal| modal.start == start || modal.end == start))
        })
    })
}

/// Whether a weak or umbrella word stands where it is no object: outside the verb's clause and no list.
fn is_loose(context: &Context<'_>, mark: &Mark, verb: &(Span, Span), asks: bool) -> bool {
    let MarkKind::Data { category, weak } = mark.kind else { return true };
    let umbrella = category.map(|id| context.knowledge.lexicon.category(id)).is_some_and(|c| c.generic);
    if !weak && !umbrella {
        return false;
    }
    // 处理上述信息无需另行通知: nothing but requests and collecting has permissions as objects.
    let permission = category.is_some_and(|id| context.knowledge.lexicon.category(id).permission);
    if permission && !asks {
        return true;
    }
    let lexicon = &context.knowledge.lexicon;
    // 收集个人信息的公司: what is described is no handling of this policy's data.
    let after = &context.prose()[mark.span.end()..context.span().end()];
    if umbrella && lexicon.relatives.any_starts(after) {
        return true;
    }
    if verb.1.contains(mark.span) {
        // Left of its verb an ambiguous word is rarely its object, unless marked as such (将您的照片分享给……).
        // Of 日志会被上传 it is.
        let passive = lexicon.passives.any_ends(&context.prose()[context.span().start()..verb.0.start()]);
        return weak && mark.span.end <= verb.0.start && !passive && !is_marked(context, verb.1, mark.span);
    }
    // 对于您的个人信息，我们不会……共享.
    let clause = context.clause(mark.span);
    let opens = &context.prose()[clause.start()..mark.span.start().max(clause.start())];
    if clause.end == verb.1.start && lexicon.object_markers.any_starts(opens.trim_start()) {
        return false;
    }
    let before = context.prose()[context.span().start()..mark.span.start()].trim_end();
    let listed = before.ends_with(['、', '（', '(', '：', ':', '/'])
        || lexicon.including.any_ends(before)
        || lexicon.conjunctions.any_ends(before);
    umbrella || !listed
}
