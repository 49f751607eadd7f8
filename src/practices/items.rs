//! The items of a stretch that lists data and nothing else, the unknown ones too.

use super::DataItem;
use crate::document::{Document, SentenceId};
use crate::knowledge::Knowledge;
use crate::marks::{self, MarkKind, Marks, Matcher};
use crate::span::Span;

/// The data that `stretch` lists; umbrella words and words that point back are none.
pub(super) fn listed(
    document: &Document,
    knowledge: &Knowledge,
    marks: &Marks,
    stretch: Span,
) -> Vec<DataItem> {
    let mut items = Vec::new();
    // What the lexicon knows, whether it counts or not.
    let mut known: Vec<Span> = Vec::new();
    for (_, sentence) in sentences(document, stretch) {
        for mark in &marks.sentences[sentence.0 as usize].marks {
            if !stretch.contains(mark.span) || !matches!(mark.kind, MarkKind::Data { .. }) {
                continue;
            }
            known.push(mark.span);
            items.extend(
                DataItem::of(mark, &knowledge.lexicon).filter(|item| !item.generic && !item.reference),
            );
        }
    }
    let matcher = Matcher { knowledge, document, hits: &marks.hits };
    for span in marks::nouns(&matcher, stretch) {
        let at = known.partition_point(|mark| mark.end <= span.start);
        let inside = known[at..].iter().take_while(|mark| mark.overlaps(span)).count();
        if inside == 0 {
            items.push(DataItem::unknown(span));
            continue;
        }
        // The last word tells what the whole is: 消息通知权限.
        let last = items.iter().position(|item| item.span == known[at + inside - 1]);
        let permission = last.filter(|&last| {
            let category = items[last].category.map(|id| knowledge.lexicon.category(id));
            items[last].span.end == span.end && category.is_some_and(|category| category.permission)
        });
        if let Some(last) = permission {
            items[last].span = span;
            items.retain(|item| item.span == span || !span.contains(item.span));
        }
    }
    items.sort_by_key(|item| item.span);
    items
}

/// The sentences that begin in `stretch` or hold its begin.
pub(super) fn sentences(document: &Document, stretch: Span) -> impl Iterator<Item = (Span, SentenceId)> + '_ {
    let from = document.sentence_from(stretch.start);
    document.sentences[from..]
        .iter()
        .enumerate()
        .take_while(move |(_, sentence)| sentence.span.start < stretch.end)
        .map(move |(at, sentence)| (sentence.span, SentenceId((from + at) as u32)))
}
