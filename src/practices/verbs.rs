//! The verbs of a statement: who does what.

use super::context::Context;
use super::reading::{is_permission, objects, read};
use super::{Action, Actor, DataItem, Part, based_on, used_for};
use crate::knowledge::kinds::ActionKind;
use crate::marks::{MarkKind, Origin};
use crate::span::Span;

/// One verb or several joined ones that share their objects.
pub(super) struct Group {
    pub(super) actions: Vec<(Action, Option<Actor>, bool)>,
    pub(super) by_hand: bool,
    /// It belongs to a noun: 您提供的手机号码.
    pub(super) describes: bool,
    /// Somebody is named who does it, or a modal says that it is done.
    pub(super) stated: bool,
    /// A modal, a negation or 无需征得同意 says that it is done or not.
    pub(super) modal: bool,
    /// It says what data before it is used for: 用于.
    pub(super) uses: bool,
    /// The hull of its verbs.
    pub(super) span: Span,
    pub(super) clause: Span,
    pub(super) data: Vec<DataItem>,
    pub(super) parts: Vec<Part>,
}

/// The verbs of a statement, in reading order. `inherited` is the actor of the statement before.
pub(super) fn groups(context: &Context<'_>, statement: Span, inherited: Option<Actor>) -> Vec<Group> {
    let prose = context.prose();
    let mut groups: Vec<Group> = Vec::new();
    for verb in verbs(context, statement) {
        let between = groups.last().map(|last| &prose[last.span.end()..verb.span.start()]);
        let joint = between.is_some_and(|between| is_joint(context, between));
        let Some(found) = read(context, statement, &verb, inherited, groups.last(), joint) else { continue };
        match groups.last_mut() {
            // 披露收集的信息: the second verb describes the object of the first.
            Some(last)
                if joint
                    && found.describes
                    && !last.describes
                    && last.actions.iter().all(|(action, ..)| action.kind.is_sharing())
                    && !is_coordinated(between) => {}
            Some(last) if joint => {
                last.span = last.span.hull(verb.span);
                last.by_hand |= verb.by_hand;
                // 出售、共享或披露的信息: all of them describe it.
                last.describes = found.describes && (last.describes || is_coordinated(between));
                last.stated |= found.stated;
                last.modal |= found.modal;
                let (_, actor, negated) = *last.actions.last().unwrap_or(&found.actions[0]);
                let (action, own, negated_itself) = found.actions[0];
                last.actions.push((action, actor.or(own), negated || negated_itself));
            }
            _ => groups.push(found),
        }
    }
    groups
}

/// Whether a conjunction stands between two verbs.
fn is_coordinated(between: Option<&str>) -> bool {
    between.is_some_and(|between| between.contains(char::is_alphanumeric) || between.contains('、'))
}

/// The verbs of a statement that count, in reading order.
fn verbs(context: &Context<'_>, statement: Span) -> Vec<Verb> {
    let marks = context.sentence().marks.iter();
    let marks = marks.filter(|mark| statement.contains(mark.span) && context.counts(mark));
    let mut verbs: Vec<Verb> = marks
        .filter_map(|mark| match mark.kind {
            MarkKind::Action { kind, by_user, weak } => {
                let by_hand = mark.origin == Origin::Annotated;
                Some(Verb { span: mark.span, kind, by_user, weak, use_of: None, by_hand })
            }
            _ => None,
        })
        .collect();
    // Where people marked the verbs, they left out what else there is.
    if !context.silent && !verbs.iter().any(|verb| verb.by_hand) {
        let uses = used_for::verbs(context, statement);
        verbs.extend(uses.map(|span| Verb::of_use(span, Object::Before)));
        let bases = based_on::verbs(context, statement);
        verbs.extend(bases.map(|span| Verb::of_use(span, Object::Behind)));
        verbs.extend(needs(context, statement).map(Verb::of_request));
        verbs.sort_by_key(|verb| verb.span);
        verbs.dedup_by(|verb, before| verb.span.overlaps(before.span));
    }
    verbs
}

/// An occurrence of a verb.
pub(super) struct Verb {
    pub(super) span: Span,
    pub(super) kind: Option<ActionKind>,
    pub(super) by_user: Option<ActionKind>,
    pub(super) weak: bool,
    /// It is no verb of handling, but says of data that it is used.
    pub(super) use_of: Option<Object>,
    pub(super) by_hand: bool,
}

/// Where the data stands that is used.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Object {
    /// 将手机号码用于…….
    Before,
    /// 根据浏览记录…….
    Behind,
}

/// The modals of a statement whose object is a permission: 我们需要相机权限.
fn needs(context: &Context<'_>, statement: Span) -> impl Iterator<Item = Span> {
    let modals = context.sentence().modals.iter().copied().filter(move |modal| statement.contains(*modal));
    modals.filter(|modal| {
        let clause = context.clause(*modal);
        objects(context, clause, *modal).is_some_and(|(last, _)| is_permission(context, last))
    })
}

impl Verb {
    fn of_request(span: Span) -> Self {
        let kind = Some(ActionKind::Request);
        Self { span, kind, by_user: None, weak: false, use_of: None, by_hand: false }
    }

    fn of_use(span: Span, object: Object) -> Self {
        let kind = Some(ActionKind::Use);
        Self { span, kind, by_user: None, weak: false, use_of: Some(object), by_hand: false }
    }
}

/// Whether only conjunctions, brackets or modals stand between two verbs.
fn is_joint(context: &Context<'_>, between: &str) -> bool {
    let between =
        between.trim_matches(|c: char| matches!(c, ' ' | '[' | ']' | '【' | '】' | '“' | '”' | '、' | '/'));
    between.is_empty() || context.knowledge.lexicon.conjunctions.hold(between)
}
