//! Lists of data: items the lexicon does not know, beside items it knows.

use super::matching::Matcher;
use super::{Mark, MarkKind, Origin};
use crate::document::Sentence;
use crate::knowledge::lexicon::{Lexicon, Word};
use crate::span::Span;

/// Longer stretches between separators are clauses, not items.
const LONGEST_ITEM: usize = 18;
/// Between two known items even a noun of no known head counts, when as short as this.
const LONGEST_BARE_ITEM: usize = 10;

/// Adds unknown items of lists and takes head nouns into the items before them.
pub(super) fn complete(matcher: &Matcher<'_>, sentence: &Sentence, marks: &mut Vec<Mark>) {
    let is_data = |mark: &Mark| matches!(mark.kind, MarkKind::Data { .. });
    if !marks.iter().any(is_data) {
        return;
    }
    let prose = matcher.document.prose.text();
    let lexicon = &matcher.knowledge.lexicon;
    for mark in marks.iter_mut().filter(|mark| is_data(mark)) {
        let after = &prose[mark.span.end()..sentence.span.end()];
        if let Some(head) =
            lexicon.head_nouns.iter().filter(|head| after.starts_with(head.as_str())).max_by_key(|h| h.len())
        {
            mark.span.end += head.len() as u32;
        }
    }
    // A head noun taken in may have been a mark of its own.
    marks.sort_by_key(|mark| (mark.span.start, std::cmp::Reverse(mark.span.end)));
    let mut taken = Span::default();
    marks.retain(|mark| {
        let inside = taken.contains(mark.span) && taken != mark.span;
        if is_data(mark) && !inside {
            taken = mark.span;
        }
        !inside
    });

    let items = items(matcher, sentence.span);
    // Parts may enclose others, so that only starts are in order: look back past the longest one.
    let reach = marks.iter().map(|mark| mark.span.len() as u32).max().unwrap_or(0);
    let beside = |item: Span| {
        let from = marks.partition_point(|mark| mark.span.start + reach < item.start);
        marks[from..].iter().take_while(move |mark| mark.span.start < item.end)
    };
    let known = |item: Span| beside(item).any(|mark| is_data(mark) && item.overlaps(mark.span));
    let clear = |item: Span| !beside(item).any(|mark| item.overlaps(mark.span));
    let mut new = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let Some(span) = item.core(prose, lexicon) else { continue };
        if !clear(span) {
            continue;
        }
        let text = span.of(prose);
        let chars = text.chars().count();
        let left = at > 0 && items[at - 1].joins_next && known(items[at - 1].span);
        let right = item.joins_next && items.get(at + 1).is_some_and(|next| known(next.span));
        let headed =
            lexicon.head_nouns.iter().any(|head| text.len() > head.len() && text.ends_with(head.as_str()));
        let fits = (headed && (left || right) && chars <= LONGEST_ITEM)
            || (left && right && (2..=LONGEST_BARE_ITEM).contains(&chars));
        if fits && is_noun_like(matcher, span) {
            new.push(Mark {
                span,
                kind: MarkKind::Data { category: None, weak: false },
                origin: Origin::Lexicon,
            });
        }
    }
    marks.extend(new);
    marks.sort_by_key(|mark| mark.span);
}

/// A stretch between separators.
struct Item {
    span: Span,
    /// A list separator (、和及或/), not a comma or stop, leads to the next.
    joins_next: bool,
}

impl Item {
    /// The item without determiners before and “等” behind it.
    fn core(&self, prose: &str, lexicon: &Lexicon) -> Option<Span> {
        let mut span = self.span.trim(prose);
        loop {
            let text = span.of(prose);
            let lead = lexicon.determiners.iter().chain(&lexicon.including);
            if let Some(word) = lead.filter(|w| text.starts_with(w.as_str())).max_by_key(|w| w.len()) {
                span.start += word.len() as u32;
                continue;
            }
            if let Some(word) =
                lexicon.and_so_on.iter().filter(|w| text.ends_with(w.as_str())).max_by_key(|w| w.len())
            {
                span.end -= word.len() as u32;
                continue;
            }
            break;
        }
        let span = span.trim(prose);
        (!span.is_empty()).then_some(span)
    }
}

/// Cuts a sentence at separators and brackets.
fn items(matcher: &Matcher<'_>, sentence: Span) -> Vec<Item> {
    let prose = matcher.document.prose.text();
    let lexicon = &matcher.knowledge.lexicon;
    // Of conjunctions that start together the longest comes first.
    let mut joints = matcher
        .hits
        .within(sentence)
        .filter(|hit| lexicon.words(hit.literal).any(|word| word == Word::Conjunction))
        .map(|hit| hit.span)
        .peekable();
    let mut items = Vec::new();
    let mut start = sentence.start();
    for (at, c) in sentence.of(prose).char_indices() {
        let at = sentence.start() + at;
        while joints.next_if(|joint| joint.start() < at.max(start)).is_some() {}
        if at < start {
            continue;
        }
        if let Some(joint) = joints.next_if(|joint| joint.start() == at) {
            items.push(Item { span: Span::new(start, at), joins_next: true });
            start = joint.end();
            continue;
        }
        let joins_next = match c {
            '（' | '(' | '：' | ':' => true,
            '）' | ')' | '，' | ',' | '；' | ';' | '。' | '\n' | '“' | '”' | '【' | '】' => false,
            _ => continue,
        };
        items.push(Item { span: Span::new(start, at), joins_next });
        start = at + c.len_utf8();
    }
    items.push(Item { span: Span::new(start, sentence.end().max(start)), joins_next: false });
    items
}

/// Whether no verb, modal or particle makes the stretch a clause.
fn is_noun_like(matcher: &Matcher<'_>, span: Span) -> bool {
    !matcher.hits.within(span).any(|hit| {
        matcher.knowledge.lexicon.words(hit.literal).any(|word| {
            matches!(word, Word::Modal | Word::Negation | Word::Actor { .. })
                && (hit.span.start == span.start || hit.span.len() > 3)
        })
    })
}
