//! Phrases that go on over commas, up to the clause that opens a statement: 为了甲，乙，或丙，我们会…….

use super::lists::is_noun_like;
use super::matching::Matcher;
use super::spans::is_open;
use super::stretches::{statement_start, stretch_end};
use super::{Hit, Mark, MarkKind};
use crate::knowledge::kinds::PartRole;
use crate::knowledge::lexicon::Word;
use crate::span::Span;

/// What the lexicon found in a sentence, in reading order.
#[derive(Clone, Copy)]
pub(super) struct Lexical<'a> {
    pub(super) marks: &'a [Mark],
    pub(super) modals: &'a [Span],
    pub(super) negations: &'a [Span],
}

/// Where a phrase ends that fills the clause `first`: before the clause that opens a statement, before
/// `limit`, and before it has more than `most` characters.
pub(super) fn end(
    matcher: &Matcher<'_>,
    words: Lexical<'_>,
    first: Span,
    limit: usize,
    most: usize,
) -> usize {
    let prose = matcher.document.prose.text();
    let mut end = first.end();
    let mut chars = first.of(prose).chars().count();
    while let Some(comma @ ('，' | ',')) = prose[end..limit].chars().next() {
        let start = end + comma.len_utf8();
        let clause = Span::new(start, stretch_end(prose, start, limit));
        if opens_statement(matcher, words, clause) {
            break;
        }
        let stop = statement_start(matcher, words.marks, start, clause.end());
        let stop = stop.unwrap_or(clause.end());
        chars += prose[end..stop].chars().count();
        if chars > most {
            break;
        }
        end = stop;
    }
    end
}

/// Whether a clause begins a thought of its own: with somebody who acts, a modal, a verb of handling data
/// or data itself, a condition, a turn (但).
fn opens_statement(matcher: &Matcher<'_>, words: Lexical<'_>, clause: Span) -> bool {
    let prose = matcher.document.prose.text();
    let lexicon = &matcher.knowledge.lexicon;
    let mut rest = clause.trim(prose);
    while let Some(joint) = lexicon.conjunctions.longest_start(rest.of(prose)) {
        rest = Span::new(rest.start() + joint.len(), rest.end()).trim(prose);
    }
    // 并……: what is joined has the subject of what goes before.
    let joined = rest.start() > clause.trim(prose).start();
    // “云岚”可能会……: names stand in quotes.
    while let Some(quote) = rest.of(prose).chars().next().filter(|c| is_quote(*c)) {
        rest = Span::new(rest.start() + quote.len_utf8(), rest.end());
    }
    let text = rest.of(prose);
    let mut heads = [&lexicon.turns, &lexicon.including, &lexicon.object_markers].into_iter();
    if text.is_empty() || heads.any(|heads| heads.any_starts(text)) {
        return true;
    }
    let heads = matcher.hits.within(rest).take_while(|hit| hit.span.start == rest.start);
    for hit in heads {
        let is_subject = |word| matches!(word, Word::Modal | Word::Actor { .. });
        if lexicon.words(hit.literal).any(is_subject) {
            return true;
        }
        if passes_on(matcher, words, rest, hit) {
            return true;
        }
        let mut opened = matcher.knowledge.grammar.opened_by(hit.literal);
        // What begins with a cue that is no introducer (帮助您) may be the next of several purposes.
        if opened.any(|(_, pattern)| {
            pattern.role != PartRole::Recipient
                && !(pattern.role == PartRole::Purpose && pattern.keep_open)
                && is_open(prose, rest, pattern, hit.span)
        }) {
            return true;
        }
    }
    let from = words.marks.partition_point(|mark| mark.span.start < rest.start);
    let marks = words.marks[from..].iter().take_while(|mark| mark.span.start < rest.end);
    let modal = words.modals.partition_point(|modal| modal.start < rest.start);
    let modal = words.modals.get(modal).filter(|modal| modal.start < rest.end);
    // 云岚会将……: a modal before an object shows a subject that is not known.
    if modal.is_some_and(|modal| lexicon.object_markers.any_starts(&prose[modal.end()..rest.end()])) {
        return true;
    }
    // 云岚将遵循……: so does one behind a short noun that opens the clause; 降低可能存在的风险 describes.
    let subject = modal.filter(|_| !joined).map(|modal| Span { start: rest.start, end: modal.start });
    let describes = modal.is_some_and(|modal| {
        let after = prose[modal.end()..rest.end()].char_indices().take(LONGEST_DESCRIPTION);
        let near = after.last().map_or(modal.end(), |(at, c)| modal.end() + at + c.len_utf8());
        lexicon.relatives.iter().any(|word| prose[modal.end()..near].contains(word.as_str()))
    });
    if !describes && subject.is_some_and(|subject| is_subject(matcher, subject)) {
        return true;
    }
    for mark in marks {
        let heads = mark.span.start == rest.start;
        match mark.kind {
            MarkKind::Action { kind: Some(_), weak, .. }
                if (heads && !weak) || modal.is_some_and(|modal| modal.end <= mark.span.start) =>
            {
                return true;
            }
            MarkKind::Actor(_) | MarkKind::Data { .. } if heads => return true,
            _ => {}
        }
    }
    false
}

/// 向关联公司分享您的手机号码: whether the clause, which begins with `cue`, hands data on to somebody but the user.
fn passes_on(matcher: &Matcher<'_>, words: Lexical<'_>, clause: Span, cue: &Hit) -> bool {
    let knowledge = matcher.knowledge;
    let mut opened = knowledge.grammar.opened_by(cue.literal);
    let after = &matcher.document.prose.text()[cue.span.end()..clause.end()];
    if !opened.any(|(_, pattern)| pattern.role == PartRole::Recipient)
        || knowledge.lexicon.determiners.any_starts(after)
    {
        return false;
    }
    let from = words.marks.partition_point(|mark| mark.span.start < clause.start);
    let mut marks = words.marks[from..].iter().take_while(|mark| mark.span.start < clause.end);
    marks.any(|mark| matches!(mark.kind, MarkKind::Action { kind: Some(kind), .. } if kind.is_sharing()))
        && marks.any(|mark| matches!(mark.kind, MarkKind::Data { .. }))
}

/// So near behind a modal 的 makes a description of its verb.
const LONGEST_DESCRIPTION: usize = 5;
/// The name of somebody who acts has no more characters than this.
const LONGEST_SUBJECT: usize = 8;

fn is_quote(c: char) -> bool {
    matches!(c, '“' | '”' | '"' | '「' | '」' | '【' | '】')
}

/// Whether the words before a modal may name somebody who acts.
fn is_subject(matcher: &Matcher<'_>, words: Span) -> bool {
    let lexicon = &matcher.knowledge.lexicon;
    let text = words.of(matcher.document.prose.text());
    let chars = text.chars().count();
    let mut known = matcher.hits.within(words).flat_map(|hit| lexicon.words(hit.literal));
    (2..=LONGEST_SUBJECT).contains(&chars)
        && text.chars().all(|c| c.is_alphanumeric() || is_quote(c))
        && !lexicon.relatives.iter().any(|word| text.contains(word.as_str()))
        && !known.any(|word| matches!(word, Word::Verb { .. } | Word::Data { .. }))
        && is_noun_like(matcher, words)
}
