//! From the marks of one sentence to its practices: who does what with which data.

use super::context::Context;
use super::meaning::settle;
use super::objects::{give_elided, give_objects};
use super::parts::give_parts;
use super::verbs::groups;
use super::{Action, Actor, DataItem, Part, Practice};
use crate::knowledge::kinds::Distance;
use crate::marks::{Mark, MarkKind, Origin};
use crate::span::Span;

/// The practices one sentence states. `inherited` is the actor of the statement before.
pub(super) fn read(context: &Context<'_>, inherited: Option<Actor>) -> Vec<Practice> {
    let mut practices = Vec::new();
    for statement in context.statements() {
        let before = practices.last().and_then(|practice: &Practice| practice.actor);
        let inherited = before.map(|actor| Actor { inherited: true, ..actor }).or(inherited);
        let mut groups = groups(context, statement, inherited);
        if !groups.is_empty() {
            give_objects(context, statement, &mut groups);
            give_elided(context, &mut groups);
            settle(context, &mut groups);
            give_parts(context, statement, &mut groups);
        }
        let section = context.document.paragraph(context.document.sentence(context.id).paragraph).section;
        let first = practices.len();
        for group in groups {
            for (action, actor, negated) in &group.actions {
                practices.push(Practice {
                    sentence: context.id,
                    section,
                    action: Some(*action),
                    actor: *actor,
                    data: group.data.clone(),
                    parts: group.parts.clone(),
                    negated: *negated,
                });
            }
        }
        if first == practices.len() {
            continue_list(context, statement, &mut practices);
        }
        take_up_the_rest(context, statement, &mut practices, first);
    }
    practices
}

/// Adds what stands between semicolons, and is nothing but data, to the list before it: 例如姓名；身份信息（证件号码）；…….
fn continue_list(context: &Context<'_>, statement: Span, practices: &mut [Practice]) {
    let Some(last) = practices.last().filter(|last| !last.data.is_empty()) else { return };
    let before = last.data.clone();
    let sentence = context.sentence();
    let speaks = |word: &Span| statement.contains(*word);
    let acts = |mark: &Mark| {
        statement.contains(mark.span) && matches!(mark.kind, MarkKind::Action { .. } | MarkKind::Actor(_))
    };
    if sentence.modals.iter().any(speaks)
        || sentence.negations.iter().any(speaks)
        || sentence.marks.iter().any(acts)
    {
        return;
    }
    let data: Vec<&Mark> = context.data().filter(|mark| statement.contains(mark.span)).collect();
    let named: usize = data.iter().map(|mark| mark.span.len()).sum();
    let text = context.document.text(statement);
    let words: usize = text.chars().filter(|c| c.is_alphabetic()).map(char::len_utf8).sum();
    if 2 * named < words {
        return;
    }
    let items = data.into_iter().filter_map(|mark| context.item(mark));
    let items: Vec<DataItem> = items.filter(|item| !item.generic && !item.reference).collect();
    // Joined verbs (收集和汇总) share their objects.
    for practice in practices.iter_mut().rev().take_while(|practice| practice.data == before) {
        practice.data.extend(items.iter().cloned());
    }
}

/// What a list that follows the sentence would take over: the action it ends with, and its actor.
pub(super) fn lead(
    context: &Context<'_>,
    found: &[Practice],
    inherited: Option<Actor>,
) -> Option<(Action, Option<Actor>, bool)> {
    let text = context.document.text(context.span()).trim_end();
    if context.silent || !text.ends_with(['：', ':']) {
        return None;
    }
    let acts = |practice: &&Practice| practice.action.is_some();
    // 我们会收集以下信息，并将其分享给甲：…… lists what is collected.
    let lists = |practice: &&Practice| practice.data.iter().any(|item| context.points_ahead(item));
    let leading = found.iter().filter(acts).find(lists).or_else(|| found.iter().rfind(acts));
    if let Some(practice) = leading {
        return practice.action.map(|action| (action, practice.actor, practice.negated));
    }
    let statement = context.statements().pop()?;
    let last = groups(context, statement, inherited).pop()?;
    last.actions.last().copied()
}

/// Marks set by hand that found no place yet each get one.
fn take_up_the_rest(context: &Context<'_>, statement: Span, practices: &mut Vec<Practice>, first: usize) {
    let by_hand = |mark: &&Mark| mark.origin == Origin::Annotated && statement.contains(mark.span);
    let section = context.document.paragraph(context.document.sentence(context.id).paragraph).section;
    for mark in context.sentence().marks.iter().filter(by_hand) {
        let of_statement = &practices[first..];
        let arrived = of_statement.iter().any(|practice| match mark.kind {
            MarkKind::Data { .. } => practice.data.iter().any(|item| item.span == mark.span),
            MarkKind::Action { .. } => practice.action.is_some_and(|action| action.span == mark.span),
            MarkKind::Actor(_) => {
                practice.actor.is_some_and(|actor| actor.span == mark.span && !actor.inherited)
            }
            MarkKind::Part(role) => practice.parts(role).any(|part| part.span == mark.span),
        });
        if arrived {
            continue;
        }
        if practices.len() == first {
            practices.push(Practice {
                sentence: context.id,
                section,
                action: None,
                actor: None,
                data: Vec::new(),
                parts: Vec::new(),
                negated: false,
            });
        }
        let last = practices.len() - 1;
        match mark.kind {
            MarkKind::Data { .. } => practices[last].data.extend(context.item(mark)),
            MarkKind::Part(role) => {
                practices[last].parts.push(Part { role, span: mark.span, distance: Distance::Sentence });
            }
            MarkKind::Actor(kind) => {
                let actor = Some(Actor { kind, span: mark.span, inherited: false });
                if practices[last].actor.is_none_or(|actor| actor.inherited) {
                    practices[last].actor = actor;
                } else {
                    // Several actors: one practice each.
                    let further = Practice { actor, ..practices[last].clone() };
                    practices.push(further);
                }
            }
            MarkKind::Action { .. } => {}
        }
    }
}
