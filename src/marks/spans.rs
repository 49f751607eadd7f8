//! Purposes, conditions, recipients …: spans between the cues of the grammar.

use super::matching::Matcher;
use super::run_on::{self, Lexical};
use super::signs::signs;
use super::{Mark, MarkKind, Origin, SentenceMarks, members};
use crate::document::Sentence;
use crate::knowledge::grammar::SpanPattern;
use crate::knowledge::kinds::{ActorKind, PartRole};
use crate::knowledge::lexicon::Word;
use crate::knowledge::spec::Until;
use crate::knowledge::words::Words;
use crate::span::Span;
use std::cmp::Reverse;

/// Reads the parts of one sentence; `found` holds its verbs, actors and data items.
pub(super) fn read(matcher: &Matcher<'_>, sentence: &Sentence, found: &SentenceMarks) -> Vec<Mark> {
    let words = Lexical { marks: &found.marks, modals: &found.modals, negations: &found.negations };
    let mut parts: Vec<Mark> = Vec::new();
    // 以便于 is no 以便 followed by 于: of cues that start together the longest that fits opens the span.
    let mut opened: Vec<(u32, PartRole)> = Vec::new();
    for hit in matcher.hits.within(sentence.span) {
        for (number, pattern) in matcher.knowledge.grammar.opened_by(hit.literal) {
            let here = opened.iter().rev().take_while(|(start, _)| *start == hit.span.start);
            if here.into_iter().any(|(_, role)| *role == pattern.role) {
                continue;
            }
            let Some(span) = span(matcher, sentence, &words, pattern, hit.span) else { continue };
            let members = members::of(matcher, pattern, words.marks, span);
            if members.is_empty() {
                continue;
            }
            opened.push((hit.span.start, pattern.role));
            parts.extend(members.into_iter().map(|span| Mark {
                span,
                kind: MarkKind::Part(pattern.role),
                origin: Origin::Grammar(number),
            }));
        }
    }
    settle(parts)
}

/// The span that `pattern`, opened at `cue`, covers.
fn span(
    matcher: &Matcher<'_>,
    sentence: &Sentence,
    words: &Lexical<'_>,
    pattern: &SpanPattern,
    cue: Span,
) -> Option<Span> {
    let prose = matcher.document.prose.text();
    if !is_open(prose, sentence.span, pattern, cue)
        || (pattern.clause_start
            && !is_clause_start(matcher, words, pattern.role, sentence.span.start(), cue.start()))
        || (pattern.not_negated && is_negated(prose, words.negations, sentence.span.start(), cue.start()))
        || (pattern.after_data && !is_after_data(matcher, words.marks, sentence.span.start(), cue.start()))
    {
        return None;
    }
    let behind = Span::new(sentence.span.start(), cue.start());
    if pattern.not_behind.iter().any(|literal| matcher.hits.of(*literal, behind).next().is_some()) {
        return None;
    }
    if !pattern.clause_needs.is_empty() {
        let clause = &prose[cue.end()..stretch_end(prose, cue.end(), sentence.span.end())];
        if !pattern.clause_needs.any_in(clause) {
            return None;
        }
    }
    if pattern.whole {
        return Some(cue);
    }
    let limit = match pattern.until {
        Until::Sentence => sentence_end(prose, cue.end(), sentence.span.end()),
        Until::Clause => {
            let end = stretch_end(prose, cue.end(), sentence.span.end());
            match statement_start(matcher, words.marks, cue.end(), end) {
                Some(start) => start,
                None if pattern.run_on => {
                    let most = pattern.max as usize;
                    run_on::end(matcher, *words, Span::new(cue.start(), end), sentence.span.end(), most)
                }
                None => extended(prose, end, sentence.span.end(), &pattern.extend),
            }
        }
    };
    let mut start = if pattern.keep_open { cue.start() } else { cue.end() };
    let mut end = limit;
    if !pattern.close.is_empty() {
        let window = Span::new(cue.end(), limit);
        // The first close word behind which the clause ends or the statement begins; 售后 is no 后.
        let ends = |hit: &Span| {
            let rest = &prose[hit.end()..limit];
            if pattern.close_not_before.any_starts(rest) {
                return false;
            }
            !pattern.close_ends_clause
                || rest.chars().next().is_none_or(|c| !c.is_alphanumeric())
                || words.marks.iter().any(|mark| {
                    mark.span.start() == hit.end()
                        && matches!(mark.kind, MarkKind::Actor(_) | MarkKind::Action { .. })
                })
        };
        let found = pattern.close.iter().filter_map(|literal| {
            let mut hits = matcher
                .hits
                .of(*literal, window)
                .filter(ends)
                .filter(|hit| pattern.keep_open || hit.start() > cue.end());
            if pattern.close_last { hits.last() } else { hits.next() }
        });
        let close = if pattern.close_last {
            found.max_by_key(|hit| (hit.end, Reverse(hit.start)))
        } else {
            found.min_by_key(|hit| (hit.end, hit.start))
        };
        match close {
            Some(close) if pattern.keep_close => end = close.end(),
            Some(close) => end = close.start(),
            None if !pattern.close_optional => return None,
            None => {}
        }
    }
    let mut inner = Span::new(start, end.max(start)).trim(prose);
    loop {
        let text = inner.of(prose);
        let cut = pattern.strip.ending(text).find(|word| text.len() > word.len());
        match cut {
            Some(word) => inner = Span::new(inner.start(), inner.end() - word.len()).trim(prose),
            None => break,
        }
    }
    let text = inner.of(prose).trim_end_matches(is_dangling);
    let lead = text.len() - text.trim_start_matches(is_dangling).len();
    start = inner.start() + lead;
    let inner = Span::new(start, (inner.start() + text.len()).max(start));
    let text = inner.of(prose);
    let chars = text.chars().count();
    if chars < pattern.min as usize || chars > pattern.max as usize {
        return None;
    }
    // What the further clauses of one that runs on say is another matter.
    let text = match pattern.run_on {
        true => &text[..stretch_end(prose, inner.start(), inner.end()) - inner.start()],
        false => text,
    };
    if pattern.not_ending.any_ends(text) {
        return None;
    }
    if !pattern.needs.is_empty() && !pattern.needs.any_in(text) {
        return None;
    }
    // What a phrase of several may not hold is asked of each (see `members`).
    if pattern.split_after.is_empty() && pattern.lacks.any_in(text) {
        return None;
    }
    Some(inner)
}

/// Whether the words beside the cue let it open the span.
pub(super) fn is_open(prose: &str, sentence: Span, pattern: &SpanPattern, cue: Span) -> bool {
    let before = &prose[sentence.start()..cue.start()];
    let after = &prose[cue.end()..sentence.end()];
    !pattern.not_after.any_ends(before)
        && !pattern.not_before.any_starts(after)
        && (pattern.followed_by.is_empty() || pattern.followed_by.any_starts(after))
}

fn is_dangling(c: char) -> bool {
    matches!(c, '，' | ',' | '、' | '；' | ';' | '。' | '：' | ':' | '“' | '”' | '"' | ' ')
}

/// Whether what stands between `start` and a cue at `at` ends a clause; conjunctions and the subject may
/// stand between (同时，您在使用……时).
fn is_clause_start(
    matcher: &Matcher<'_>,
    words: &Lexical<'_>,
    role: PartRole,
    start: usize,
    at: usize,
) -> bool {
    let prose = matcher.document.prose.text();
    let mut before = prose[start..at].trim_end();
    loop {
        // Nothing, punctuation, or the number of an item.
        if !before.chars().next_back().is_some_and(char::is_alphanumeric)
            || before.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '(' | '（'))
        {
            return true;
        }
        let conjunction = matcher.knowledge.lexicon.conjunctions.longest_end(before);
        // …，或按……: the comma before it ends a clause.
        if conjunction.is_some_and(|word| word.starts_with([',', '，'])) {
            return true;
        }
        let conjunction = conjunction.map(str::len);
        let end = start + before.len();
        let subject = words
            .marks
            .iter()
            .find(|mark| matches!(mark.kind, MarkKind::Actor(_)) && mark.span.end() == end)
            .map(|mark| mark.span.len());
        // 我们会在您登录时……; but 我们会为您…… is what is done, not what for.
        let modal = words.modals.iter().find(|modal| role == PartRole::Condition && modal.end() == end);
        let modal = modal.map(|modal| modal.len());
        match conjunction.or(subject).or(modal) {
            Some(length) if length <= before.len() => before = before[..before.len() - length].trim_end(),
            _ => return false,
        }
    }
}

/// Whether a word of negation stands before `at` in its clause.
fn is_negated(prose: &str, negations: &[Span], start: usize, at: usize) -> bool {
    let before = negations.partition_point(|word| word.end() <= at);
    let Some(last) = negations[..before].last().filter(|word| word.start() >= start) else { return false };
    !prose[last.end()..at].contains(['，', ',', '；', ';', '：', ':', '）', ')'])
}

/// Whether data stands before `at`; brackets and 等 may stand between.
fn is_after_data(matcher: &Matcher<'_>, marks: &[Mark], start: usize, at: usize) -> bool {
    let prose = matcher.document.prose.text();
    let lexicon = &matcher.knowledge.lexicon;
    let before = prose[start..at].trim_end();
    let data =
        |mark: &&Mark| matches!(mark.kind, MarkKind::Data { .. }) && mark.span.end() == start + before.len();
    let from = marks.partition_point(|mark| mark.span.start() < at);
    before.ends_with(['）', ')'])
        || lexicon.and_so_on.any_ends(before)
        || lexicon.head_nouns.any_ends(before)
        || marks[..from].iter().rev().take(2).any(|mark| data(&mark))
}

/// Where the clause that holds `from` ends: at a comma or stop outside brackets, or where a bracket
/// closes that was open before.
pub(super) fn stretch_end(prose: &str, from: usize, limit: usize) -> usize {
    let mut depth = 0u32;
    for (at, c) in signs(&prose[from..limit]) {
        match c {
            '（' | '(' | '【' | '[' | '《' | '“' | '「' => depth += 1,
            '）' | ')' | '】' | ']' | '》' | '”' | '」' if depth == 0 => return from + at,
            '）' | ')' | '】' | ']' | '》' | '”' | '」' => depth -= 1,
            '，' | ',' | '；' | ';' | '。' | '：' | ':' | '！' | '？' | '\n' if depth == 0 => {
                return from + at;
            }
            _ => {}
        }
    }
    limit
}

/// Like [`stretch_end`], but commas don't count.
fn sentence_end(prose: &str, from: usize, limit: usize) -> usize {
    let mut at = from;
    loop {
        at = stretch_end(prose, at, limit);
        match prose[at..limit].chars().next() {
            Some(c @ ('，' | ',' | '：' | ':')) => at += c.len_utf8(),
            _ => return at,
        }
    }
}

/// Where, without a comma between, the statement itself begins: 为了完成配送我们会收集…….
pub(super) fn statement_start(
    matcher: &Matcher<'_>,
    words: &[Mark],
    from: usize,
    to: usize,
) -> Option<usize> {
    let span = Span::new(from, to);
    words
        .iter()
        .filter(|mark| {
            matches!(mark.kind, MarkKind::Actor(ActorKind::FirstParty)) && span.contains(mark.span)
        })
        .filter(|mark| mark.span.start() > from)
        .find(|mark| {
            matcher
                .hits
                .within(Span::new(mark.span.end(), to))
                .take_while(|hit| hit.span.start == mark.span.end)
                .any(|hit| {
                    matcher
                        .knowledge
                        .lexicon
                        .words(hit.literal)
                        .any(|w| matches!(w, Word::Modal | Word::Verb { weak: false, by_user: false, .. }))
                })
        })
        .map(|mark| mark.span.start())
}

/// Takes in following clauses that start with one of `heads`.
fn extended(prose: &str, end: usize, limit: usize, heads: &Words) -> usize {
    let mut end = end;
    while let Some(c @ ('，' | ',')) = prose[end..limit].chars().next() {
        let next = end + c.len_utf8();
        if !heads.any_starts(&prose[next..limit]) {
            break;
        }
        end = stretch_end(prose, next, limit);
    }
    end
}

/// Which of two overlapping parts of different roles holds the other.
fn holds(outer: PartRole, inner: PartRole) -> bool {
    use PartRole::{Condition, Consent, Purpose, Recipient, Refusal, Retention};
    match outer {
        Refusal => inner != Refusal,
        Condition => matches!(inner, Purpose | Recipient | Retention),
        Purpose => matches!(inner, Condition | Recipient | Retention | Consent),
        Recipient | Consent | Retention => false,
    }
}

/// Of spans of one role that overlap keeps the longer; drops what lies inside a part that governs it.
fn settle(parts: Vec<Mark>) -> Vec<Mark> {
    let role = |mark: &Mark| match mark.kind {
        MarkKind::Part(role) => role,
        _ => PartRole::Purpose,
    };
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|&at| (Reverse(parts[at].span.len()), parts[at].span.start));
    let mut kept: Vec<Mark> = Vec::new();
    for at in order {
        let mark = parts[at];
        let loses = kept.iter().any(|other| {
            other.span.overlaps(mark.span)
                && (role(other) == role(&mark)
                    || (other.span.contains(mark.span) && holds(role(other), role(&mark))))
        });
        if !loses {
            kept.push(mark);
        }
    }
    kept.sort_by_key(|mark| mark.span);
    kept
}
