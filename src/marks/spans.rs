//! Purposes, conditions, recipients …: spans between the cues of the grammar.

use super::matching::Matcher;
use super::overlaps::settle;
use super::run_on::{self, Lexical};
use super::signs::signs;
use super::stretches::{extended, sentence_end, statement_start, stretch_end};
use super::{Mark, MarkKind, Origin, SentenceMarks, members};
use crate::document::Sentence;
use crate::knowledge::grammar::SpanPattern;
use crate::knowledge::kinds::PartRole;
use crate::knowledge::literals::Literal;
use crate::knowledge::spec::Until;
use crate::span::Span;
use std::cmp::Reverse;

/// The parts of a sentence.
pub(super) struct Parts {
    pub(super) marks: Vec<Mark>,
    /// The phrases that name several members, with all that describes these: nothing is done in there.
    pub(super) phrases: Vec<Span>,
}

/// Reads the parts of one sentence; `found` holds its verbs, actors and data items.
pub(super) fn read(matcher: &Matcher<'_>, sentence: &Sentence, found: &SentenceMarks) -> Parts {
    let words = Lexical { marks: &found.marks, modals: &found.modals, negations: &found.negations };
    let mut parts: Vec<Mark> = Vec::new();
    let mut phrases: Vec<Span> = Vec::new();
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
            // 与个人信息与合作伙伴共享: what goes before another cue describes nobody.
            let lead = Span { start: span.start, end: members[0].start.max(span.start) };
            if !pattern.split_after.is_empty() && !opens_within(matcher, lead, pattern.role) {
                phrases.push(span);
            }
            parts.extend(members.into_iter().map(|span| Mark {
                span,
                kind: MarkKind::Part(pattern.role),
                origin: Origin::Grammar(number),
            }));
        }
    }
    Parts { marks: settle(parts), phrases }
}

/// The span that `pattern`, opened at `cue`, covers.
fn span(
    matcher: &Matcher<'_>,
    sentence: &Sentence,
    words: &Lexical<'_>,
    pattern: &SpanPattern,
    cue: Span,
) -> Option<Span> {
    if !opens(matcher, sentence.span, words, pattern, cue) {
        return None;
    }
    if pattern.whole {
        return Some(cue);
    }
    let limit = limit(matcher, sentence.span, words, pattern, cue);
    let start = if pattern.keep_open { cue.start() } else { cue.end() };
    let end = if pattern.close.is_empty() {
        limit
    } else {
        match close(matcher, words, pattern, Span::new(cue.end(), limit)) {
            Some(close) if pattern.keep_close => close.end(),
            Some(close) => close.start(),
            None if pattern.close_optional => limit,
            None => return None,
        }
    };
    let prose = matcher.document.prose.text();
    let inner = stripped(prose, pattern, Span::new(start, end.max(start)));
    fits(prose, pattern, inner).then_some(inner)
}

/// Whether the cue opens the span where it stands.
fn opens(
    matcher: &Matcher<'_>,
    sentence: Span,
    words: &Lexical<'_>,
    pattern: &SpanPattern,
    cue: Span,
) -> bool {
    let prose = matcher.document.prose.text();
    let (start, at) = (sentence.start(), cue.start());
    if !is_open(prose, sentence, pattern, cue)
        || (pattern.clause_start && !is_clause_start(matcher, words, pattern.role, start, at))
        || (pattern.not_negated && is_negated(prose, words.negations, start, at))
        || (pattern.after_data && !is_after_data(matcher, words.marks, start, at))
    {
        return false;
    }
    let behind = Span::new(start, at);
    let goes_before = |literal: &Literal| matcher.hits.of(*literal, behind).next().is_some();
    if pattern.not_behind.iter().any(goes_before)
        || (!pattern.behind.is_empty() && !pattern.behind.iter().any(goes_before))
    {
        return false;
    }
    let clause = || &prose[cue.end()..stretch_end(prose, cue.end(), sentence.end())];
    pattern.clause_needs.is_empty() || pattern.clause_needs.any_in(clause())
}

/// How far the span may reach.
fn limit(
    matcher: &Matcher<'_>,
    sentence: Span,
    words: &Lexical<'_>,
    pattern: &SpanPattern,
    cue: Span,
) -> usize {
    let prose = matcher.document.prose.text();
    if pattern.until == Until::Sentence {
        return sentence_end(prose, cue.end(), sentence.end());
    }
    let end = stretch_end(prose, cue.end(), sentence.end());
    match statement_start(matcher, words.marks, cue.end(), end) {
        Some(start) => start,
        None if pattern.run_on => {
            let most = pattern.max as usize;
            run_on::end(matcher, *words, Span::new(cue.start(), end), sentence.end(), most)
        }
        None => extended(prose, end, sentence.end(), &pattern.extend),
    }
}

/// The word in `window`, which begins behind the cue, that closes the span.
fn close(matcher: &Matcher<'_>, words: &Lexical<'_>, pattern: &SpanPattern, window: Span) -> Option<Span> {
    let prose = matcher.document.prose.text();
    let turns = &matcher.knowledge.lexicon.turns;
    // The first close word behind which the clause ends or the statement begins; 售后 is no 后.
    let ends = |hit: &Span| {
        let rest = &prose[hit.end()..window.end()];
        let before = &prose[window.start().min(hit.start())..hit.start()];
        if pattern.close_not_before.any_starts(rest) || pattern.close_not_after.any_ends(before) {
            return false;
        }
        !pattern.close_ends_clause
            || rest.chars().next().is_none_or(|c| !c.is_alphanumeric())
            || words.modals.iter().chain(words.negations).any(|word| word.start == hit.end)
            // 仅在您点击时通过麦克风获取: whereby it is done.
            || turns.starting(rest).any(|word| word.chars().nth(1).is_some())
            // 在您认证时还需要收集
            || turns.starting(rest).any(|word| {
                let behind = hit.end() + word.len();
                words.modals.iter().any(|modal| modal.start() == behind)
            })
            || words.marks.iter().any(|mark| {
                mark.span.start() == hit.end()
                    && matches!(mark.kind, MarkKind::Actor(_) | MarkKind::Action { .. })
            })
            || opens_recipient(matcher, Span::new(hit.end(), window.end()))
    };
    let asides = asides(prose, window);
    let outside = |hit: &Span| !asides.iter().any(|aside| aside.contains(*hit));
    let found = pattern.close.iter().filter_map(|literal| {
        let hits = matcher.hits.of(*literal, window);
        let mut hits =
            hits.filter(outside).filter(ends).filter(|hit| pattern.keep_open || hit.start > window.start);
        if pattern.close_last { hits.last() } else { hits.next() }
    });
    if pattern.close_last {
        found.max_by_key(|hit| (hit.end, Reverse(hit.start)))
    } else {
        found.min_by_key(|hit| (hit.end, hit.start))
    }
}

/// The brackets that open and close in `window`, the outermost ones: what stands there closes nothing outside.
fn asides(prose: &str, window: Span) -> Vec<Span> {
    let mut asides = Vec::new();
    let mut open = None;
    let mut depth = 0usize;
    for (at, c) in signs(window.of(prose)) {
        match c {
            '（' | '(' => {
                open = open.or(Some(at));
                depth += 1;
            }
            '）' | ')' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    let aside = |start| Span::new(window.start() + start, window.start() + at);
                    asides.extend(open.take().map(aside));
                }
            }
            _ => {}
        }
    }
    asides
}

/// Whether a word in `span` may open a part of the role.
fn opens_within(matcher: &Matcher<'_>, span: Span, role: PartRole) -> bool {
    let grammar = &matcher.knowledge.grammar;
    matcher.hits.within(span).any(|hit| grammar.opened_by(hit.literal).any(|(_, open)| open.role == role))
}

/// Whether the words of `rest` begin with whom something is passed on to: 仅在必要时与甲共享.
fn opens_recipient(matcher: &Matcher<'_>, rest: Span) -> bool {
    let mut heads = matcher.hits.within(rest).take_while(|hit| hit.span.start == rest.start);
    heads.any(|hit| {
        matcher.knowledge.grammar.opened_by(hit.literal).any(|(_, open)| open.role == PartRole::Recipient)
    })
}

/// The span without what the pattern strips from its end, and without punctuation at either.
fn stripped(prose: &str, pattern: &SpanPattern, span: Span) -> Span {
    let mut inner = span.trim(prose);
    loop {
        let text = inner.of(prose);
        match pattern.strip.ending(text).find(|word| text.len() > word.len()) {
            Some(word) => inner = Span::new(inner.start(), inner.end() - word.len()).trim(prose),
            None => break,
        }
    }
    let text = inner.of(prose).trim_end_matches(is_dangling);
    let lead = text.len() - text.trim_start_matches(is_dangling).len();
    let start = inner.start() + lead;
    Span::new(start, (inner.start() + text.len()).max(start))
}

/// Whether the words of the span are such as the pattern asks for.
fn fits(prose: &str, pattern: &SpanPattern, span: Span) -> bool {
    let text = span.of(prose);
    let chars = text.chars().count();
    if chars < pattern.min as usize || chars > pattern.max as usize {
        return false;
    }
    // What the further clauses of one that runs on say is another matter.
    let text = match pattern.run_on {
        true => &text[..stretch_end(prose, span.start(), span.end()) - span.start()],
        false => text,
    };
    !pattern.not_ending.any_ends(text)
        && (pattern.needs.is_empty() || pattern.needs.any_in(text))
        // What a phrase of several may not hold is asked of each (see `members`).
        && !(pattern.split_after.is_empty() && pattern.lacks.any_in(text))
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
        // 我们会在您登录时……; but 我们会为您…… is what is done, not what for, and 我们将您…… has an object.
        let somebody =
            words.marks.iter().any(|mark| mark.span.start() == at && matches!(mark.kind, MarkKind::Actor(_)));
        let modal =
            words.modals.iter().find(|modal| role == PartRole::Condition && !somebody && modal.end() == end);
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
    // （二）为您展示……: the number of an item encloses no data.
    let enclosed = || before.find(['（', '(']).is_some_and(|at| before[..at].contains(char::is_alphanumeric));
    (before.ends_with(['）', ')']) && enclosed())
        || lexicon.and_so_on.any_ends(before)
        || lexicon.head_nouns.any_ends(before)
        || marks[..from].iter().rev().take(2).any(|mark| data(&mark))
}
