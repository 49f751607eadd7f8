//! Lists of data: items the lexicon does not know, beside items it knows.

use super::matching::Matcher;
use super::{ListRule, Mark, MarkKind, Origin};
use crate::document::Sentence;
use crate::knowledge::lexicon::Word;
use crate::span::Span;

/// Longer stretches between separators are clauses, not items.
const LONGEST_ITEM: usize = 18;
/// An umbrella word has a short attribute or none.
const LONGEST_ITEM_WITH_UMBRELLA: usize = 10;
/// Between two known items even a noun of no known head counts, when as short as this.
const LONGEST_BARE_ITEM: usize = 10;

/// Adds unknown items of lists and takes head nouns into the items before them.
pub(super) fn complete(matcher: &Matcher<'_>, sentence: &Sentence, marks: &mut Vec<Mark>) {
    let is_data = |mark: &Mark| matches!(mark.kind, MarkKind::Data { .. });
    let is_verb = |mark: &Mark| matches!(mark.kind, MarkKind::Action { .. });
    if !marks.iter().any(|mark| is_data(mark) || is_verb(mark)) {
        return;
    }
    let prose = matcher.document.prose.text();
    let lexicon = &matcher.knowledge.lexicon;
    for mark in marks.iter_mut().filter(|mark| is_data(mark)) {
        let after = &prose[mark.span.end()..sentence.span.end()];
        let heads = lexicon.head_nouns.iter().filter(|head| after.starts_with(head.as_str()));
        if let Some(head) = heads.max_by_key(|head| head.len()) {
            mark.span.end += head.len() as u32;
            mark.origin = mark.origin.with(ListRule::HeadNoun);
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
    take_in_attributes(matcher, &items, marks);
    // Parts may enclose others, so that only starts are in order: look back past the longest one.
    let reach = marks.iter().map(|mark| mark.span.len() as u32).max().unwrap_or(0);
    let beside = |item: Span| {
        let from = marks.partition_point(|mark| mark.span.start + reach < item.start);
        marks[from..]
            .iter()
            .take_while(move |mark| mark.span.start < item.end)
            .filter(move |mark| item.overlaps(mark.span))
    };
    let known = |item: Span| beside(item).any(is_data);
    let mut new = Vec::new();
    let mut left = false;
    for (at, item) in items.iter().enumerate() {
        let own = known(item.span);
        let right = item.joins_next && items.get(at + 1).is_some_and(|next| known(next.span));
        // The object of a verb begins behind it.
        let verb = beside(item.span).filter(|mark| is_verb(mark)).last();
        let stretch = verb.map_or(item.span, |verb| Span::new(verb.span.end(), item.span.end()));
        let found = core(matcher, stretch)
            .map(|(span, _)| span)
            .filter(|span| !own && beside(*span).next().is_none())
            .filter(|span| {
                let text = span.of(prose);
                let chars = text.chars().count();
                let headed = lexicon
                    .head_nouns
                    .iter()
                    .any(|head| text.len() > head.len() && text.ends_with(head.as_str()));
                ((headed && (left || right || verb.is_some()) && chars <= LONGEST_ITEM)
                    || (left && right && (2..=LONGEST_BARE_ITEM).contains(&chars)))
                    && is_noun_like(matcher, *span)
            });
        left = item.joins_next && (own || found.is_some());
        new.extend(found.map(|span| Mark {
            span,
            kind: MarkKind::Data { category: None, weak: false },
            origin: Origin::List { rule: ListRule::Item, word: None },
        }));
    }
    marks.extend(new);
    marks.sort_by_key(|mark| mark.span);
}

/// An umbrella word with an attribute is an item of its own: 游戏识别信息 is no 信息.
fn take_in_attributes(matcher: &Matcher<'_>, items: &[Item], marks: &mut Vec<Mark>) {
    let prose = matcher.document.prose.text();
    let mut absorbed: Vec<Span> = Vec::new();
    for at in 0..marks.len() {
        let mark = marks[at];
        let MarkKind::Data { category: Some(category), .. } = mark.kind else { continue };
        if !matcher.knowledge.lexicon.category(category).generic {
            continue;
        }
        let item = items.partition_point(|item| item.span.end() < mark.span.end());
        let Some(item) = items.get(item).filter(|item| item.span.contains(mark.span)) else { continue };
        // 识别 in 识别信息 is no verb; 收集 in 收集信息 is one.
        let mut start = item.span.start();
        let mut verb = false;
        let mut compound = None;
        for before in marks[..at].iter().rev().take_while(|before| before.span.end > item.span.start) {
            match before.kind {
                MarkKind::Action { weak: true, .. } if before.span.end == mark.span.start => {
                    compound = Some(before.span);
                }
                _ => {
                    verb = matches!(before.kind, MarkKind::Action { .. });
                    start = before.span.end();
                    break;
                }
            }
        }
        let stretch = Span::new(start.min(mark.span.start()), mark.span.end());
        let Some((span, led)) = core(matcher, stretch) else { continue };
        let attribute = Span { start: span.start, end: mark.span.start.max(span.start) };
        let chars = span.of(prose).chars().count();
        // Without a verb or determiner before it the attribute may be any words.
        if (verb || led)
            && attribute.len() > 3
            && chars <= LONGEST_ITEM_WITH_UMBRELLA
            && is_noun_like(matcher, attribute)
        {
            let kind = MarkKind::Data { category: None, weak: false };
            marks[at] = Mark { span, kind, origin: mark.origin.with(ListRule::Attribute) };
            absorbed.extend(compound);
        }
    }
    marks.retain(|mark| !absorbed.contains(&mark.span));
}

/// A stretch between separators.
struct Item {
    span: Span,
    /// A list separator (、和及或), not a comma or stop, leads to the next.
    joins_next: bool,
}

/// The noun of a stretch, without determiners and what describes it before, and “等” behind it; and
/// whether there were such before.
fn core(matcher: &Matcher<'_>, stretch: Span) -> Option<(Span, bool)> {
    let prose = matcher.document.prose.text();
    let lexicon = &matcher.knowledge.lexicon;
    let mut span = stretch.trim(prose);
    loop {
        let text = span.of(prose);
        let lead = lexicon.determiners.iter().chain(&lexicon.including);
        if let Some(word) = lead.filter(|w| text.starts_with(w.as_str())).max_by_key(|w| w.len()) {
            span.start += word.len() as u32;
            continue;
        }
        let trail = lexicon.and_so_on.iter().filter(|w| text.ends_with(w.as_str()));
        if let Some(word) = trail.max_by_key(|w| w.len()) {
            span.end -= word.len() as u32;
            continue;
        }
        let described =
            lexicon.relatives.iter().filter_map(|word| Some(text.rfind(word.as_str())? + word.len())).max();
        match described {
            Some(at) => span.start += at as u32,
            None => break,
        }
    }
    let led = span.start > stretch.trim(prose).start;
    let span = span.trim(prose);
    (!span.is_empty()).then_some((span, led))
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
    let text = span.of(matcher.document.prose.text());
    if matcher.knowledge.lexicon.item_stops.iter().any(|word| text.contains(word.as_str())) {
        return false;
    }
    !matcher.hits.within(span).any(|hit| {
        matcher.knowledge.lexicon.words(hit.literal).any(|word| {
            matches!(word, Word::Modal | Word::Negation | Word::Actor { .. })
                && (hit.span.start == span.start || hit.span.len() > 3)
        })
    })
}
