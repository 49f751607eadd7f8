//! Who does what a verb says, and whether the verb states something or describes a noun.

use super::Actor;
use super::context::Context;
use crate::knowledge::kinds::ActorKind;
use crate::knowledge::lexicon::Word;
use crate::marks::{Mark, MarkKind, Origin};
use crate::span::Span;

/// A longer stretch between a subject and its verb is more than the description of a noun.
const LONGEST_DESCRIPTION: usize = 24;

/// The subject of the verb at `verb`, of those named in its sentence.
///
/// `describes`: the verb belongs to a noun (您提供的手机号码). `by_user` and `by_others` tell whose verb it can be.
pub(super) fn subject(
    context: &Context<'_>,
    statement: Span,
    verb: Span,
    describes: bool,
    (by_user, by_others): (bool, bool),
) -> Option<Actor> {
    let clause = context.clause(verb);
    let actors = || {
        context.sentence().marks.iter().filter_map(|mark| match mark.kind {
            MarkKind::Actor(kind) if statement.contains(mark.span) => Some((mark, kind)),
            _ => None,
        })
    };
    let actor = |(mark, kind): (&Mark, ActorKind)| Actor { kind, span: mark.span, inherited: false };
    if describes {
        let own = actors().rfind(|(mark, _)| mark.span.end <= verb.start).filter(|(mark, _)| {
            clause.contains(mark.span)
                && is_near(context, mark.span, verb)
                && !has_modal_between(context, mark.span, verb)
        });
        // 您在注册账号时，向我们提供的信息: the user may stand a clause before.
        let far = || {
            actors()
                .rfind(|(mark, kind)| by_user && *kind == ActorKind::User && mark.span.end <= clause.start)
        };
        return own.or_else(far).map(actor);
    }
    let fits = |mark: &Mark, kind| {
        let its_verb = match kind {
            // The user's own words stand beside their verb; farther left 您 is somebody else's object.
            ActorKind::User => {
                by_user
                    || (clause.contains(mark.span)
                        && is_near(context, mark.span, verb)
                        && !lets_others(context, mark.span, verb))
            }
            ActorKind::FirstParty | ActorKind::ThirdParty => by_others,
        };
        mark.origin == Origin::Annotated
            || (its_verb && !is_aside(context, mark.span, verb) && !describes_noun(context, mark.span, verb))
    };
    let before = |within: Span| {
        actors().rfind(|(mark, kind)| {
            within.contains(mark.span) && mark.span.end <= verb.start && fits(mark, *kind)
        })
    };
    let far = Span { start: statement.start, end: clause.start };
    let company = || {
        let own = actors().rfind(|(mark, kind)| far.contains(mark.span) && *kind == ActorKind::FirstParty);
        own.filter(|(mark, kind)| !by_user && fits(mark, *kind))
    };
    let by_hand =
        || actors().find(|(mark, _)| mark.origin == Origin::Annotated && mark.span.start >= verb.end);
    // Farther left the company goes before the user: 您使用……时，我们……，收集…….
    before(clause).or_else(company).or_else(|| before(far)).or_else(by_hand).map(actor)
}

/// 您授权云岚收集……: whether the user at `actor` lets somebody else do what the verb says.
fn lets_others(context: &Context<'_>, actor: Span, verb: Span) -> bool {
    let between = context.document.text(Span { start: actor.end.min(verb.start), end: verb.start });
    let lexicon = &context.knowledge.lexicon;
    let grant =
        lexicon.grants.iter().filter_map(|word| Some(between.rfind(word.as_str())? + word.len())).max();
    grant.is_some_and(|end| between[end..].chars().any(char::is_alphanumeric))
}

/// Whether the verb at `verb` belongs to a noun behind it: 收集到的信息, 您所使用的设备.
pub(super) fn is_description(context: &Context<'_>, verb: Span) -> bool {
    let lexicon = &context.knowledge.lexicon;
    let prose = context.prose();
    let before = &prose[context.span().start()..verb.start()];
    let after = &prose[verb.end()..context.span().end()];
    let relative =
        |text: &str| lexicon.relatives.starting(text).any(|word| !is_owned(context, &text[word.len()..]));
    let marked = lexicon.relative_markers.any_ends(before);
    marked
        || relative(after)
        || is_joined_description(context, verb)
        || lexicon.resultatives.starting(after).any(|word| relative(&after[word.len()..]))
}

/// 接收并记录的您的信息: what belongs to somebody is an object, however clumsily it is put.
fn is_owned(context: &Context<'_>, words: &str) -> bool {
    let lexicon = &context.knowledge.lexicon;
    let owns = |word: &str| lexicon.relatives.ending(word).any(|relative| word.len() > relative.len());
    lexicon.determiners.starting(words).any(owns)
}

/// How far a second verb of a description may reach, in characters.
const LONGEST_SECOND_VERB: usize = 14;

/// Whether a second verb goes between the first and what makes both a description: 提交或产生的信息.
fn is_joined_description(context: &Context<'_>, verb: Span) -> bool {
    let lexicon = &context.knowledge.lexicon;
    let after = &context.prose()[verb.end()..context.span().end()];
    let Some(joint) = lexicon.conjunctions.longest_start(after).map(str::len) else { return false };
    let reach =
        after[joint..].char_indices().take(LONGEST_SECOND_VERB).take_while(|(_, c)| c.is_alphanumeric());
    let reach = reach.last().map_or(joint, |(at, c)| joint + at + c.len_utf8());
    let Some(end) = lexicon.relatives.first_in(&after[joint..reach]) else { return false };
    // 收集与支付有关的信息: what the object is about.
    let relative = lexicon.relatives.longest_start(&after[joint + end..]).map_or(0, str::len);
    if lexicon.about_with.any_starts(after) && lexicon.about_behind.any_ends(&after[..joint + end + relative])
    {
        return false;
    }
    let described = &after[joint + end..];
    if lexicon.relatives.starting(described).any(|word| is_owned(context, &described[word.len()..])) {
        return false;
    }
    // 收集和使用您的信息: what belongs to somebody is an object of both.
    let second = Span::new(verb.end() + joint, verb.end() + joint + end);
    // 公开、转让儿童的信息: a verb that can be nothing else has an object of its own.
    let acts =
        context.marks.hits.within(second).take_while(|hit| hit.span.start == second.start).any(|hit| {
            hit.span.end < second.end
                && lexicon
                    .words(hit.literal)
                    .any(|word| matches!(word, Word::Verb { weak: false, by_user: false, .. }))
        });
    let mut known = context.marks.hits.within(second).flat_map(|hit| lexicon.words(hit.literal));
    !second.is_empty() && !acts && !known.any(|word| matches!(word, Word::Actor { .. } | Word::Data { .. }))
}

/// Whether the actor stands in brackets that close before the verb: 与合作伙伴（广告主、服务商）共享; no bracket
/// closes in 我们会i）收集.
fn is_aside(context: &Context<'_>, actor: Span, verb: Span) -> bool {
    let prose = context.prose();
    let depth = |text: &str| {
        text.chars().fold(0usize, |depth, c| match c {
            '（' | '(' => depth + 1,
            '）' | ')' => depth.saturating_sub(1),
            _ => depth,
        })
    };
    let start = context.span().start().min(actor.start());
    let inside = depth(&prose[start..actor.start()]);
    actor.end <= verb.start && inside > 0 && depth(&prose[start..verb.start()]) < inside
}

fn is_near(context: &Context<'_>, actor: Span, verb: Span) -> bool {
    context.prose()[actor.end()..verb.start()].chars().count() <= LONGEST_DESCRIPTION
}

fn has_modal_between(context: &Context<'_>, actor: Span, verb: Span) -> bool {
    let between = Span { start: actor.end, end: verb.start };
    context.sentence().modals.iter().any(|modal| between.contains(*modal))
}

/// Whether the actor is the subject of a description between it and the verb: 从您使用的设备上收集.
fn describes_noun(context: &Context<'_>, actor: Span, verb: Span) -> bool {
    let between = Span { start: actor.end, end: verb.start };
    let nearest = context
        .sentence()
        .marks
        .iter()
        .find(|mark| between.contains(mark.span) && matches!(mark.kind, MarkKind::Action { .. }));
    if let Some(other) = nearest {
        // 您选择的商家提供的服务: it describes what stands before the next verb.
        let describes = |verb: Span| {
            let words = context.document.text(Span { start: actor.end, end: verb.start });
            is_description(context, verb)
                || (is_near(context, actor, verb) && context.knowledge.lexicon.relatives.any_in(words))
        };
        return describes(other.span) && !has_modal_between(context, actor, other.span);
    }
    is_near(context, actor, verb)
        && !has_modal_between(context, actor, verb)
        && context.knowledge.lexicon.relatives.any_in(context.document.text(between))
}
