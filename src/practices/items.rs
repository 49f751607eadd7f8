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
    // What the lexicon knows, and the item that it is, if it counts.
    let mut known: Vec<(Span, Option<DataItem>)> = Vec::new();
    for (_, sentence) in sentences(document, stretch) {
        for mark in &marks.sentences[sentence.0 as usize].marks {
            if stretch.contains(mark.span) && matches!(mark.kind, MarkKind::Data { .. }) {
                let item = DataItem::of(mark, &knowledge.lexicon);
                known.push((mark.span, item.filter(|item| !item.generic && !item.reference)));
            }
        }
    }
    let is_permission = |item: &DataItem| {
        let category = item.category.map(|id| knowledge.lexicon.category(id));
        category.is_some_and(|category| category.permission)
    };
    let mut unknown = Vec::new();
    let matcher = Matcher { knowledge, document, hits: &marks.hits };
    for span in marks::nouns(&matcher, stretch) {
        let from = known.partition_point(|(mark, _)| mark.end <= span.start);
        let inside = known[from..].iter().take_while(|(mark, _)| mark.overlaps(span)).count();
        match known[from..from + inside].split_last_mut() {
            None => unknown.push(DataItem::unknown(span)),
            // The last word tells what the whole is: 消息通知权限.
            Some(((_, Some(item)), before)) if item.span.end == span.end && is_permission(item) => {
                item.span = span;
                before.iter_mut().for_each(|(_, item)| *item = None);
            }
            Some(_) => {}
        }
    }
    let mut items: Vec<DataItem> = known.into_iter().filter_map(|(_, item)| item).collect();
    items.extend(unknown);
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
