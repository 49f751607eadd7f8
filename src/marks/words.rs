//! Words of the lexicon: verbs, actors, data items, and the small words around them.

use super::matching::Matcher;
use super::names::OwnNames;
use super::signs::signs;
use super::software;
use super::{Mark, MarkKind, Origin, SentenceMarks};
use crate::document::Sentence;
use crate::knowledge::kinds::{ActionKind, ActorKind};
use crate::knowledge::lexicon::Word;
use crate::knowledge::literals::Literal;
use crate::knowledge::words::Words;
use crate::span::Span;

/// Reads the words of one sentence.
pub(super) fn read(matcher: &Matcher<'_>, sentence: &Sentence, names: &OwnNames) -> SentenceMarks {
    let mut found = SentenceMarks::default();
    let lexicon = &matcher.knowledge.lexicon;
    let prose = matcher.document.prose.text();
    let named = named(prose, sentence.span);
    let quoted = quoted(prose, sentence.span);
    let own_names = names.within(sentence.span);
    let mut candidates: Vec<Mark> = Vec::new();
    let mut no_negations: Vec<Span> = Vec::new();
    let mut no_data: Vec<Span> = Vec::new();
    for hit in matcher.hits.within(sentence.span) {
        if named.iter().any(|name| name.contains(hit.span)) {
            continue;
        }
        // 拾光笔记 holds no 笔记.
        let of_name = own_names.iter().any(|name| name.contains(hit.span));
        let mut verb = Verb::default();
        for word in lexicon.words(hit.literal) {
            let kind = match word {
                Word::Data { .. } if of_name => continue,
                // “云岚相机” is an app, “附近位置” a function; “使用数据” is data by its head.
                Word::Data { category, weak: true }
                    if !lexicon.category(category).generic
                        && quoted.iter().any(|name| name.contains(hit.span) && *name != hit.span) =>
                {
                    continue;
                }
                Word::Data { category, weak } => MarkKind::Data { category: Some(category), weak },
                Word::Verb { group, weak, by_user, tail } => {
                    verb.add(matcher, without_tail(prose, hit.span, tail), group, weak, by_user);
                    continue;
                }
                Word::Actor { group } => {
                    let group = &lexicon.actors[group as usize];
                    if is_in_context(matcher, hit.span, &group.not_after, &group.not_before) {
                        continue;
                    }
                    MarkKind::Actor(group.kind)
                }
                // The list reader looks for these itself.
                Word::Conjunction => continue,
                Word::Modal => {
                    found.modals.push(hit.span);
                    continue;
                }
                Word::Negation => {
                    found.negations.push(hit.span);
                    continue;
                }
                Word::Exemption => {
                    found.exemptions.push(hit.span);
                    continue;
                }
                Word::NoNegation => {
                    no_negations.push(hit.span);
                    continue;
                }
                Word::NoData => {
                    no_data.push(hit.span);
                    continue;
                }
                Word::Question => {
                    found.defines |= sentence.span.of(prose).chars().count() <= LONGEST_TITLE;
                    continue;
                }
                Word::Definition => {
                    found.defines = true;
                    continue;
                }
                Word::DeclaresSensitive => {
                    found.declares_sensitive.get_or_insert(hit.span);
                    continue;
                }
            };
            candidates.push(Mark { span: hit.span, kind, origin: Origin::Word(hit.literal) });
        }
        candidates.extend(verb.mark(hit.literal));
    }
    for &span in own_names {
        let own = lexicon.actors.iter().find(|group| group.kind == ActorKind::FirstParty);
        let taken =
            own.is_some_and(|group| is_in_context(matcher, span, &group.not_after, &group.not_before));
        if !taken {
            candidates.push(Mark {
                span,
                kind: MarkKind::Actor(ActorKind::FirstParty),
                origin: Origin::Name,
            });
        }
    }
    found.negations.retain(|word| !no_negations.iter().any(|other| other.contains(*word)));
    // 以下简称“设备信息”: what things are called from here on is said of no handling.
    let names_things = |mark: &Mark| {
        let quote = quoted.iter().find(|name| name.contains(mark.span));
        let start = quote.map_or(mark.span, |name| *name).start();
        let before =
            prose[sentence.span.start()..start].trim_end_matches(['“', '"', '「', '【', '：', ':', ' ']);
        lexicon.defines_name.any_ends(before)
    };
    candidates.retain(|mark| {
        !matches!(mark.kind, MarkKind::Data { .. })
            || !(no_data.iter().any(|other| other.contains(mark.span)) || names_things(mark))
    });
    found.marks = longest(candidates);
    software::take_in_names(matcher, sentence.span, &mut found);
    found
}

/// A longer sentence that asks is a sentence.
const LONGEST_TITLE: usize = 45;

/// What stands between title marks: 《儿童个人信息处理规则》 is the name of a document, not data.
fn named(prose: &str, sentence: Span) -> Vec<Span> {
    let mut names = Vec::new();
    let mut open = None;
    for (at, c) in signs(sentence.of(prose)) {
        match c {
            '《' => open = open.or(Some(at)),
            '》' => {
                names.extend(
                    open.take().map(|start| Span::new(sentence.start() + start, sentence.start() + at)),
                );
            }
            _ => {}
        }
    }
    names
}

/// Longer stretches in quotes are no name.
const LONGEST_NAME: usize = 10;

/// The single words between quotes.
fn quoted(prose: &str, sentence: Span) -> Vec<Span> {
    let mut names = Vec::new();
    let mut open = None;
    for (at, c) in signs(sentence.of(prose)) {
        let at = sentence.start() + at;
        match c {
            '“' => open = Some(at + c.len_utf8()),
            '”' => names.extend(open.take().map(|start| Span::new(start, at))),
            _ => open = None,
        }
    }
    names.retain(|name| name.of(prose).chars().count() <= LONGEST_NAME);
    names
}

/// `span` without its last `tail` characters, spaces not counted.
fn without_tail(prose: &str, span: Span, tail: u8) -> Span {
    let letters = span.of(prose).char_indices().rev().filter(|(_, c)| !c.is_whitespace());
    match letters.take(tail.into()).last() {
        Some((at, _)) => Span::new(span.start(), span.start() + at),
        None => span,
    }
}

/// What a verb can mean, collected over its groups.
#[derive(Default)]
struct Verb {
    span: Span,
    kind: Option<ActionKind>,
    by_user: Option<ActionKind>,
    weak: bool,
}

impl Verb {
    fn add(&mut self, matcher: &Matcher<'_>, span: Span, group: u16, weak: bool, by_user: bool) {
        let group = &matcher.knowledge.lexicon.verbs[group as usize];
        if is_in_context(matcher, span, &group.not_after, &group.not_before)
            && !group.unless_after.any_ends(&matcher.document.prose.text()[..span.start()])
        {
            return;
        }
        self.span = span;
        if by_user {
            self.by_user = Some(group.kind);
        } else if self.kind.is_none() {
            self.kind = Some(group.kind);
            self.weak = weak;
        }
    }

    fn mark(&self, literal: Literal) -> Option<Mark> {
        if self.kind.is_none() && self.by_user.is_none() {
            return None;
        }
        let kind = MarkKind::Action { kind: self.kind, by_user: self.by_user, weak: self.weak };
        Some(Mark { span: self.span, kind, origin: Origin::Word(literal) })
    }
}

/// Whether the words beside `span` make it something else.
fn is_in_context(matcher: &Matcher<'_>, span: Span, not_after: &Words, not_before: &Words) -> bool {
    let prose = matcher.document.prose.text();
    not_after.any_ends(&prose[..span.start()]) || not_before.any_starts(&prose[span.end()..])
}

/// Of marks that overlap keeps the one that starts first, of those the longest.
fn longest(mut candidates: Vec<Mark>) -> Vec<Mark> {
    candidates.sort_by_key(|mark| (mark.span.start, std::cmp::Reverse(mark.span.end)));
    let mut kept: Vec<Mark> = Vec::with_capacity(candidates.len());
    for mark in candidates {
        match kept.last_mut() {
            Some(last) if last.span == mark.span => {
                // 记录 is a verb and a noun; the noun is weak, so the verb is kept.
                if matches!(mark.kind, MarkKind::Action { .. })
                    && matches!(last.kind, MarkKind::Data { weak: true, .. })
                {
                    *last = mark;
                }
            }
            // A longer word that starts inside (用户|用户画像) wins over a shorter one before it.
            Some(last) if last.span.overlaps(mark.span) => {
                if mark.span.len() > last.span.len() && mark.span.end > last.span.end {
                    *last = mark;
                }
            }
            _ => kept.push(mark),
        }
    }
    kept
}

/// Drops words inside purposes, conditions and other parts: they state no practice of their own.
///
/// Both lists are sorted by start.
pub(super) fn drop_inside(marks: &mut Vec<Mark>, parts: &[Span]) {
    let mut next = 0;
    let mut end = 0;
    marks.retain(|mark| {
        // How far the parts that start before the mark's end reach.
        while let Some(part) = parts.get(next).filter(|part| part.start < mark.span.end) {
            end = end.max(part.end);
            next += 1;
        }
        end <= mark.span.start
    });
}
