//! What data is used for: 我们不会将手机号码用于推销; and topic lines, which name data, then what it is used for,
//! and have no other verb: 震动权限，用于提醒您.

use super::context::Context;
use super::subjects::is_description;
use super::{Action, Actor, Practice, topic};
use crate::knowledge::kinds::{ActionKind, PartRole};
use crate::marks::{Mark, MarkKind};
use crate::span::Span;

/// The words in a statement that say what data before them in their clause is used for, in reading order.
pub(super) fn verbs(context: &Context<'_>, statement: Span) -> impl Iterator<Item = Span> {
    let lexicon = &context.knowledge.lexicon;
    let uses = context.places(&lexicon.uses, statement);
    // 作为 needs an object with a marker: 我们作为处理者 says what somebody is.
    let serves = context.places(&lexicon.serves_as, statement);
    uses.filter(|verb| is_main_verb(context, *verb))
        .chain(serves.filter(|verb| marked_object(context, *verb).is_some()))
}

/// The data that a marker puts before the word as its object: 将手机号码用于.
fn marked_object(context: &Context<'_>, verb: Span) -> Option<Span> {
    let clause = context.clause(verb);
    let text = context.document.text(Span { start: clause.start, end: verb.start });
    let markers = context.knowledge.lexicon.object_markers.iter();
    let marker =
        markers.filter_map(|word| Some(clause.start() + text.rfind(word.as_str())? + word.len())).max()?;
    let marks = &context.sentence().marks;
    let between = Span::new(marker, verb.start());
    let mut here = marks.iter().filter(|mark| between.contains(mark.span)).rev();
    // What is done with the data in between is another thing.
    let last = here.next().filter(|mark| matches!(mark.kind, MarkKind::Data { .. }));
    last.map(|mark| mark.span)
}

/// No more than modals and adverbs stand before the word, in characters: 也可能会, 将仅会.
const LONGEST_MODAL: usize = 4;

/// Whether the word has data before it as its object (将手机号码用于, 将其用于), or as its subject and a modal
/// between (手机号码仅会用于).
fn is_main_verb(context: &Context<'_>, verb: Span) -> bool {
    let clause = context.clause(verb);
    let lexicon = &context.knowledge.lexicon;
    let text = context.document.text(Span { start: clause.start, end: verb.start });
    let markers = lexicon.object_markers.iter();
    let marker =
        markers.filter_map(|word| Some(clause.start() + text.rfind(word.as_str())? + word.len())).max();
    let sentence = context.sentence();
    let marks = &sentence.marks;
    let from = marks.partition_point(|mark| mark.span.start < clause.start);
    let here = &marks[from..marks.partition_point(|mark| mark.span.start < verb.start).max(from)];
    // What is done with the data in between has its own purpose: 手机号码会被收集用于…….
    let last = here
        .iter()
        .rev()
        .take_while(|mark| !matches!(mark.kind, MarkKind::Action { .. } | MarkKind::Part(_)));
    let data = last
        .filter(|mark| matches!(mark.kind, MarkKind::Data { .. }))
        .find(|mark| mark.span.end <= verb.start);
    // ……的联系方式，只会用于……
    let bare = || {
        let modal = sentence.modals.iter().any(|word| word.start >= clause.start && word.end <= verb.start);
        modal && clause.start > context.span().start && text.trim().chars().count() <= LONGEST_MODAL
    };
    let Some(data) = data else {
        return (here.is_empty() && bare())
            || marker.is_some_and(|at| {
                let object = &context.prose()[at..verb.start()];
                lexicon.pronouns.iter().any(|word| word == object)
            });
    };
    // 我们将记录您的日志用于……: there 将 is the modal of the verb before the data.
    let acts = |mark: &Mark| {
        matches!(mark.kind, MarkKind::Action { .. })
            && mark.span.end <= data.span.start
            && !is_description(context, mark.span)
    };
    let verb_before = here.iter().rfind(|mark| acts(mark)).map_or(clause.start(), |mark| mark.span.end());
    let object = marker.is_some_and(|at| verb_before <= at && at <= data.span.start());
    let states =
        |within: Span| sentence.modals.iter().chain(&sentence.negations).any(|word| within.contains(*word));
    let subject = || {
        states(Span { start: data.span.end, end: verb.start })
            && !states(Span { start: clause.start, end: data.span.start })
    };
    object || subject()
}

/// The practice that a sentence without another verb states about the data before 用于.
pub(super) fn read(context: &Context<'_>, inherited: Option<Actor>) -> Option<Practice> {
    let mut purposes = context.sentence().parts().filter(|(role, _)| *role == PartRole::Purpose);
    let (verb, before) = purposes.find_map(|(_, purpose)| verb(context, purpose))?;
    let words = context.words();
    if before <= words.start() {
        return None;
    }
    let topic = topic::named(context, Span::new(words.start(), before))?;
    // What the data of a longer sentence is used for is told by its verbs.
    if context.sentence().parts().any(|(_, span)| topic.contains(span)) {
        return None;
    }
    let negated = context.is_negated(context.clause(verb), verb);
    topic::practice(context, inherited, topic, Action { kind: ActionKind::Use, span: verb }, negated)
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
