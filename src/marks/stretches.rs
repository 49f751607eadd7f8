//! How far the words behind a cue reach: to the end of their clause or sentence, or where a statement begins.

use super::matching::Matcher;
use super::signs::signs;
use super::{Mark, MarkKind};
use crate::document::is_beside_figure;
use crate::knowledge::kinds::ActorKind;
use crate::knowledge::lexicon::Word;
use crate::knowledge::words::Words;
use crate::span::Span;

/// Where the clause that holds `from` ends: at a comma or stop outside brackets, or where a bracket
/// closes that was open before.
pub(super) fn stretch_end(prose: &str, from: usize, limit: usize) -> usize {
    let mut depth = 0u32;
    for (at, c) in signs(&prose[from..limit]) {
        match c {
            '（' | '(' | '【' | '[' | '《' | '“' | '「' => depth += 1,
            '）' | ')' | '】' | ']' | '》' | '”' | '」' if depth == 0 => return from + at,
            '）' | ')' | '】' | ']' | '》' | '”' | '」' => depth -= 1,
            ',' if is_beside_figure(prose, from + at) => {}
            '，' | ',' | '；' | ';' | '。' | '：' | ':' | '！' | '？' | '\n' if depth == 0 => {
                return from + at;
            }
            _ => {}
        }
    }
    limit
}

/// Like [`stretch_end`], but commas don't count.
pub(super) fn sentence_end(prose: &str, from: usize, limit: usize) -> usize {
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
pub(super) fn extended(prose: &str, end: usize, limit: usize, heads: &Words) -> usize {
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
