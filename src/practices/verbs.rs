//! The verbs of a statement: who does what.

use super::context::Context;
use super::{Action, Actor, DataItem, Part};
use crate::knowledge::kinds::{ActionKind, ActorKind};
use crate::marks::{MarkKind, Origin};
use crate::span::Span;

/// One verb or several joined ones that share their objects.
pub(super) struct Group {
    pub(super) actions: Vec<(Action, Option<Actor>, bool)>,
    pub(super) by_hand: bool,
    /// The hull of its verbs.
    pub(super) span: Span,
    pub(super) clause: Span,
    pub(super) data: Vec<DataItem>,
    pub(super) parts: Vec<Part>,
}

/// The verbs of a statement, in reading order. `inherited` is the actor of the statement before.
pub(super) fn groups(context: &Context<'_>, statement: Span, inherited: Option<Actor>) -> Vec<Group> {
    let sentence = context.sentence();
    let prose = context.prose();
    let mut groups: Vec<Group> = Vec::new();
    for mark in sentence.marks.iter().filter(|mark| statement.contains(mark.span) && context.counts(mark)) {
        let MarkKind::Action { kind, by_user, weak } = mark.kind else { continue };
        let by_hand = mark.origin == Origin::Annotated;
        let clause = context.clause(mark.span);
        let actor = actor(context, statement, clause, mark.span);
        // A cell names things and ways; only with a subject does it state a practice.
        if context.is_cell() && !by_hand && actor.is_none_or(|actor| actor.kind == ActorKind::User) {
            continue;
        }
        // 加密传输, 提供服务: without a recipient an ambiguous verb of sharing shares nothing.
        let shares = kind.is_some_and(ActionKind::is_sharing)
            && actor.is_none_or(|actor| actor.kind != ActorKind::User);
        if shares && weak && !by_hand && !context.names_recipient(clause) {
            continue;
        }
        // What is negated is stated: 不向第三方提供.
        let negated = sentence.is_negated(clause, mark.span);
        let modal = negated || sentence.has_modal(clause, mark.span);
        let resolved = resolve(kind, by_user, weak, actor.map(|actor| actor.kind), modal, by_hand);
        let Some(kind) = resolved else { continue };
        // A verb without subject or modal is mostly a noun: 收集这些信息是为了……, 个人信息收集清单.
        let bare = actor.is_none() && !modal && !by_hand;
        let joins = groups.last().is_some_and(|last| {
            last.clause == clause || is_joint(context, &prose[last.span.end()..mark.span.start()])
        });
        let heads = || !prose[clause.start()..mark.span.start()].contains(char::is_alphanumeric);
        let opens = clause.start == context.span().start;
        if bare && !joins && (weak || opens || !heads()) {
            continue;
        }
        // What the user was said to do before is not what is done with the data next.
        let inherited =
            inherited.filter(|actor| actor.kind != ActorKind::User || kind == ActionKind::Provide);
        let actor = actor.or(inherited.map(|actor| Actor { inherited: true, ..actor }));
        let action = Action { kind, span: mark.span };
        match groups.last_mut() {
            Some(last) if is_joint(context, &prose[last.span.end()..mark.span.start()]) => {
                last.span = last.span.hull(mark.span);
                last.by_hand |= by_hand;
                let negated = negated || last.actions.last().is_some_and(|(_, _, negated)| *negated);
                let actor = last.actions.last().and_then(|(_, actor, _)| *actor).or(actor);
                last.actions.push((action, actor, negated));
            }
            _ => groups.push(Group {
                actions: vec![(action, actor, negated)],
                by_hand,
                span: mark.span,
                clause,
                data: Vec::new(),
                parts: Vec::new(),
            }),
        }
    }
    groups
}

/// The kind a verb has here, `None` when it states no handling of data.
fn resolve(
    kind: Option<ActionKind>,
    by_user: Option<ActionKind>,
    weak: bool,
    actor: Option<ActorKind>,
    modal: bool,
    by_hand: bool,
) -> Option<ActionKind> {
    if actor == Some(ActorKind::User) {
        return match (by_user, kind) {
            (Some(kind), _) => Some(kind),
            (None, kind) if by_hand => kind.or(Some(ActionKind::Provide)),
            (None, _) => None,
        };
    }
    match (kind, by_user) {
        (Some(kind), _) if by_hand || !weak || modal || actor.is_some() => Some(kind),
        (None, Some(kind)) if by_hand || (modal && actor.is_none()) => Some(kind),
        (None, None) if by_hand => Some(ActionKind::Collect),
        _ => None,
    }
}

/// The subject of the verb at `verb`: the nearest actor before it, in its clause or an earlier one.
fn actor(context: &Context<'_>, statement: Span, clause: Span, verb: Span) -> Option<Actor> {
    let actors = || {
        context.sentence().marks.iter().filter_map(|mark| match mark.kind {
            MarkKind::Actor(kind) if statement.contains(mark.span) => Some((kind, mark.span, mark.origin)),
            _ => None,
        })
    };
    let before = |within: Span| {
        actors().rfind(|(kind, span, origin)| {
            within.contains(*span)
                && span.end <= verb.start
                && (*origin == Origin::Annotated
                    || *kind != ActorKind::User
                    || !is_relative(context, *span, verb))
        })
    };
    let by_hand = actors().find(|(_, span, origin)| *origin == Origin::Annotated && span.start >= verb.end);
    let found = before(clause)
        .or_else(|| {
            // Farther left the company goes before the user: 您使用……时，我们……，收集…….
            let far = Span { start: statement.start, end: clause.start };
            actors()
                .rfind(|(kind, span, _)| far.contains(*span) && *kind == ActorKind::FirstParty)
                .or_else(|| before(far))
        })
        .or(by_hand);
    found.map(|(kind, span, _)| Actor { kind, span, inherited: false })
}

/// Whether the user is the subject of a description before the verb only: 从您使用的设备上收集.
fn is_relative(context: &Context<'_>, actor: Span, verb: Span) -> bool {
    let between = &context.prose()[actor.end()..verb.start()];
    let words = &context.knowledge.lexicon.relatives;
    between.chars().count() <= LONGEST_DESCRIPTION && words.iter().any(|word| between.contains(word.as_str()))
}

/// A longer stretch is more than the description of a noun.
const LONGEST_DESCRIPTION: usize = 16;

/// Whether only conjunctions, brackets or modals stand between two verbs.
fn is_joint(context: &Context<'_>, between: &str) -> bool {
    let between =
        between.trim_matches(|c: char| matches!(c, ' ' | '[' | ']' | '【' | '】' | '“' | '”' | '、' | '/'));
    between.is_empty() || context.knowledge.lexicon.conjunctions.iter().any(|word| word == between)
}
