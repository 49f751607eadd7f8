//! Names of software that acts: 云登统计SDK is one actor.

use super::matching::Matcher;
use super::{Mark, MarkKind, SentenceMarks};
use crate::knowledge::words::Words;
use crate::span::Span;

/// Longer stretches are more than a name, in characters.
const LONGEST_NAME: usize = 20;

/// Takes the name before a word that ends one into the actor.
pub(super) fn take_in_names(matcher: &Matcher<'_>, sentence: Span, found: &mut SentenceMarks) {
    let mut wider: Vec<Span> = Vec::new();
    for at in 0..found.marks.len() {
        if let Some(span) = named(matcher, sentence, found, at) {
            found.marks[at].span = span;
            wider.push(span);
        }
    }
    if wider.is_empty() {
        return;
    }
    // The words of a name mean nothing else.
    let mut next = 0;
    found.marks.sort_by_key(|mark| (mark.span.start, std::cmp::Reverse(mark.span.end)));
    found.marks.retain(|mark| {
        while wider.get(next).is_some_and(|name| name.end <= mark.span.start) {
            next += 1;
        }
        wider.get(next).is_none_or(|name| *name == mark.span || !name.contains(mark.span))
    });
}

/// The actor at `at` with its name.
fn named(matcher: &Matcher<'_>, sentence: Span, found: &SentenceMarks, at: usize) -> Option<Span> {
    let lexicon = &matcher.knowledge.lexicon;
    let prose = matcher.document.prose.text();
    let mark = &found.marks[at];
    let MarkKind::Actor(kind) = mark.kind else { return None };
    let group = lexicon.actors.iter().find(|group| group.kind == kind)?;
    if !group.end_names.hold(&mark.span.of(prose).to_lowercase()) {
        return None;
    }
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '+' | '-' | '®');
    let before = &prose[sentence.start()..mark.span.start()];
    let reach = before.char_indices().rev().take(LONGEST_NAME).take_while(|(_, c)| is_part(*c)).last();
    let mut start = sentence.start() + reach?.0;
    // Whoever acts or what is done before it ends where the name begins.
    let within = |span: &Span| start <= span.start() && span.end() <= mark.span.start();
    let stops = |mark: &&Mark| match mark.kind {
        MarkKind::Actor(_) => true,
        MarkKind::Action { weak, kind, .. } => !weak && kind.is_some(),
        _ => false,
    };
    let words = found.marks[..at].iter().rev().take_while(|before| before.span.end() > start);
    let words = words.filter(stops).map(|before| before.span).filter(within);
    start = words.map(Span::end).max().unwrap_or(start);
    let text = &prose[start..mark.span.start()];
    // 云岚会通过橙推SDK: what leads to a name inside the stretch has two characters at least; 华为 ends in one.
    let inner = group.not_after.iter().filter(|word| word.chars().nth(1).is_some());
    let inner = inner.filter_map(|word| Some(text.rfind(word.as_str())? + word.len()));
    start += inner.chain(lexicon.relatives.last_end_in(text)).max().unwrap_or_default();
    let leads: [&Words; 4] =
        [&group.not_after, &lexicon.determiners, &lexicon.including, &lexicon.conjunctions];
    loop {
        let text = prose[start..mark.span.start()].trim_start();
        start = mark.span.start() - text.len();
        let small = found.modals.iter().chain(&found.negations).filter(|word| word.start() == start);
        let lead = leads.iter().filter_map(|words| words.longest_start(text)).map(str::len);
        match lead.chain(small.map(|word| word.len())).max() {
            Some(length) => start += length,
            None => break,
        }
    }
    (start < mark.span.start()).then(|| Span::new(start, mark.span.end()))
}
