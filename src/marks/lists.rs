//! Lists of data: items the lexicon does not know, beside items it knows.

use super::attributes;
use super::matching::Matcher;
use super::signs::signs;
use super::{ListRule, Mark, MarkKind, Origin};
use crate::document::Sentence;
use crate::knowledge::kinds::ActionKind;
use crate::knowledge::lexicon::Word;
use crate::span::Span;
use std::collections::HashSet;

/// Longer stretches between separators are clauses, not items.
const LONGEST_ITEM: usize = 18;
/// Between two known items even a noun of no known head counts, when as short as this.
const LONGEST_BARE_ITEM: usize = 10;
/// Behind the last conjunction of a list it has to be shorter still.
const LONGEST_LAST_ITEM: usize = 4;
/// At the end of a list it has to be short.
const LONGEST_END_ITEM: usize = 6;

/// Adds unknown items of lists and takes head nouns into the items before them.
pub(super) fn complete(matcher: &Matcher<'_>, sentence: &Sentence, marks: &mut Vec<Mark>) {
    let is_data = |mark: &Mark| matches!(mark.kind, MarkKind::Data { .. });
    let is_verb = |mark: &Mark| matches!(mark.kind, MarkKind::Action { .. });
    if !marks.iter().any(|mark| is_data(mark) || is_verb(mark)) {
        return;
    }
    let class_nouns = class_nouns(matcher, sentence.span, marks);
    let items = items(matcher, sentence.span, &class_nouns);
    attributes::widen(matcher, sentence.span, &items, marks);
    // Parts may enclose others, so that only starts are in order: look back past the longest one.
    let reach = attributes::longest(marks);
    let beside = |item: Span| {
        let from = marks.partition_point(|mark| mark.span.start + reach < item.start);
        marks[from..]
            .iter()
            .take_while(move |mark| mark.span.start < item.end)
            .filter(move |mark| item.overlaps(mark.span))
    };
    let mut is_item: Vec<bool> = items.iter().map(|item| beside(item.span).any(is_data)).collect();
    // 读取设备信息的接口（API）: where the data only describes another thing, so is what follows it.
    let prose = matcher.document.prose.text();
    let lexicon = &matcher.knowledge.lexicon;
    let is_headed_by_data = |item: &Item| {
        let last = beside(item.span).filter(|mark| is_data(mark)).map(|mark| mark.span.end).max();
        last.is_some_and(|end| {
            let rest = Span { start: end.min(item.span.end), end: item.span.end };
            let described = lexicon.relatives.last_end_in(rest.of(prose)).map(|at| &rest.of(prose)[at..]);
            described.is_none_or(|noun| lexicon.head_nouns.any_starts(noun.trim()))
        })
    };
    let mut leads_on: Vec<bool> = items.iter().map(is_headed_by_data).collect();
    let candidates: Vec<Option<Candidate>> = items
        .iter()
        .zip(&is_item)
        .map(|(item, known)| {
            if *known {
                return None;
            }
            // The object of a verb begins behind it.
            let verb = beside(item.span).filter(|mark| is_verb(mark)).last();
            let stretch = verb.map_or(item.span, |verb| Span::new(verb.span.end(), item.span.end()));
            let candidate = Candidate::read(matcher, stretch, verb)?;
            beside(candidate.span).next().is_none().then_some(candidate)
        })
        .collect();
    // From left to right, then back, so that a run of unknown items hangs on the known one at either end.
    let forth = 0..items.len();
    for at in forth.clone().chain(forth.rev()) {
        let Some(candidate) = candidates[at].filter(|_| !is_item[at]) else { continue };
        let left = at.checked_sub(1).filter(|&before| leads_on[before] && items[before].joins_next);
        let right = items[at].joins_next && is_item.get(at + 1).is_some_and(|next| *next);
        let left = left.map(|before| &items[before]);
        is_item[at] = candidate.is_item(&items[at], left, right.then_some(&items[at]));
        leads_on[at] = is_item[at];
    }
    let new =
        candidates.iter().zip(&is_item).filter_map(|(candidate, is_item)| candidate.filter(|_| *is_item));
    marks.extend(new.map(|candidate| Mark {
        span: candidate.span,
        kind: MarkKind::Data { category: None, weak: false },
        origin: Origin::List { rule: ListRule::Item, word: None },
    }));
    marks.sort_by_key(|mark| mark.span);
    // Where the items are known, what they are called together is no further one.
    let ends: HashSet<u32> = marks.iter().filter(|mark| is_data(mark)).map(|mark| mark.span.end).collect();
    let named: HashSet<u32> =
        class_nouns.iter().filter(|noun| ends.contains(&noun.start)).map(|noun| noun.end).collect();
    marks.retain(|mark| !is_data(mark) || !named.contains(&mark.span.end));
}

/// 姓名、电话等必要信息: behind items and 等 an umbrella word says what they are. Each with its 等, by start.
fn class_nouns(matcher: &Matcher<'_>, sentence: Span, marks: &[Mark]) -> Vec<Span> {
    let lexicon = &matcher.knowledge.lexicon;
    let prose = matcher.document.prose.text();
    let noun = |mark: &Mark| {
        let MarkKind::Data { category: Some(category), .. } = mark.kind else { return None };
        let before = &prose[sentence.start()..mark.span.start()];
        let word = lexicon.and_so_on.longest_end(before).filter(|word| word.len() < before.len())?;
        let whole = Span::new(mark.span.start() - word.len(), mark.span.end());
        lexicon.category(category).generic.then_some(whole)
    };
    marks.iter().filter_map(noun).collect()
}

/// The nouns of a stretch that lists data and nothing else, known or not.
pub fn nouns(matcher: &Matcher<'_>, stretch: Span) -> Vec<Span> {
    let prose = matcher.document.prose.text();
    let is_item = |span: &Span| {
        let text = span.of(prose);
        let chars = text.chars().filter(|c| c.is_alphabetic()).count();
        let named = is_none_of_data(matcher, text);
        (2..=LONGEST_ITEM).contains(&chars) && !named && !is_address(text) && is_noun_like(matcher, *span)
    };
    let items = items(matcher, stretch, &[]);
    items.iter().filter_map(|item| core(matcher, item.span)).map(|(span, _)| span).filter(is_item).collect()
}

/// Whether the noun is no data, in whatever list it stands.
fn is_none_of_data(matcher: &Matcher<'_>, text: &str) -> bool {
    matcher.knowledge.lexicon.not_items.hold(&text.to_lowercase())
}

/// Of Latin words, abbreviations name data: not those of addresses.
fn is_address(text: &str) -> bool {
    text.is_ascii() && !text.contains(|c: char| c.is_ascii_uppercase())
}

/// A noun that the lexicon does not know, which may be an item of data beside others.
#[derive(Clone, Copy)]
struct Candidate {
    span: Span,
    chars: usize,
    /// It ends with a noun that heads data (号码).
    headed: bool,
    /// It is nothing but such a noun: 接入方式及类型.
    head: bool,
    /// A verb, determiner or 包括 goes before it, so that it is known where it begins.
    opened: bool,
    /// That verb takes nothing but data: 收集.
    collected: bool,
    /// No verb stands in it.
    verbless: bool,
}

impl Candidate {
    fn read(matcher: &Matcher<'_>, stretch: Span, verb: Option<&Mark>) -> Option<Self> {
        let lexicon = &matcher.knowledge.lexicon;
        let (span, led) = core(matcher, stretch)?;
        if !is_noun_like(matcher, span) {
            return None;
        }
        let text = span.of(matcher.document.prose.text());
        if is_address(text) || is_none_of_data(matcher, text) {
            return None;
        }
        let headed = lexicon.head_nouns.ending(text).any(|head| text.len() > head.len());
        let head = lexicon.head_nouns.hold(text);
        let words = || matcher.hits.within(span).flat_map(|hit| lexicon.words(hit.literal));
        if words().any(|word| word == Word::NoData) {
            return None;
        }
        let verbless = !words().any(|word| matches!(word, Word::Verb { .. }));
        Some(Self {
            span,
            chars: text.chars().count(),
            headed,
            head,
            opened: led || verb.is_some(),
            collected: verb.is_some_and(collects),
            verbless,
        })
    }

    /// Whether it is data, given the items that lead to and from data beside it.
    fn is_item(&self, item: &Item, left: Option<&Item>, right: Option<&Item>) -> bool {
        let beside = left.is_some() || right.is_some();
        let headed = self.headed && (beside || self.opened) && self.chars <= LONGEST_ITEM;
        let between = left.is_some() && right.is_some() && (2..=LONGEST_BARE_ITEM).contains(&self.chars);
        let by_mark = |item: Option<&Item>| item.is_some_and(|item| item.by_mark);
        let at_end = (by_mark(left) || (by_mark(right) && self.opened))
            && self.verbless
            && (2..=LONGEST_END_ITEM).contains(&self.chars);
        // 手机号码、昵称和星图: the last of a list stands behind a word.
        let last = left.is_some_and(|left| left.follows && !left.by_mark)
            && !item.joins_next
            && self.verbless
            && (2..=LONGEST_LAST_ITEM).contains(&self.chars);
        let collected = self.collected && self.verbless && (2..=LONGEST_BARE_ITEM).contains(&self.chars);
        let head = self.head && (left.is_some() || (right.is_some() && item.follows));
        let named = item.named
            && (self.opened || item.follows)
            && self.verbless
            && (2..=LONGEST_BARE_ITEM).contains(&self.chars);
        headed || collected || head || between || at_end || last || named
    }
}

/// Whether whatever the verb has as its object is data.
fn collects(verb: &Mark) -> bool {
    matches!(verb.kind, MarkKind::Action { kind: Some(ActionKind::Collect), weak: false, .. })
}

/// A stretch between separators.
pub(super) struct Item {
    pub(super) span: Span,
    /// A list separator (、和及或), not a comma or stop, leads to the next.
    joins_next: bool,
    /// A list separator leads to it from the item before.
    pub(super) follows: bool,
    /// That separator is a mark, not a word: nothing else stands between the two.
    by_mark: bool,
    /// It is one of those that a class noun behind them says to be data: 座位预订、项目发布等信息.
    named: bool,
}

/// The noun of a stretch, without determiners and what describes it before, and “等” behind it; and
/// whether there were such before.
pub(super) fn core(matcher: &Matcher<'_>, stretch: Span) -> Option<(Span, bool)> {
    let prose = matcher.document.prose.text();
    let lexicon = &matcher.knowledge.lexicon;
    let mut span = stretch.trim(prose);
    loop {
        let text = span.of(prose);
        let leads = [lexicon.determiners.longest_start(text), lexicon.including.longest_start(text)];
        if let Some(length) = leads.into_iter().flatten().map(str::len).max() {
            span.start += length as u32;
            continue;
        }
        if let Some(word) = lexicon.and_so_on.longest_end(text) {
            span.end -= word.len() as u32;
            continue;
        }
        match lexicon.relatives.last_end_in(text) {
            Some(at) => span.start += at as u32,
            None => break,
        }
    }
    let led = span.start > stretch.trim(prose).start;
    let span = span.trim(prose);
    (!span.is_empty()).then_some((span, led))
}

/// Cuts a sentence at separators and brackets, and around `class_nouns`.
fn items(matcher: &Matcher<'_>, sentence: Span, class_nouns: &[Span]) -> Vec<Item> {
    let prose = matcher.document.prose.text();
    let lexicon = &matcher.knowledge.lexicon;
    // Of conjunctions that start together the longest comes first.
    let mut joints = matcher
        .hits
        .within(sentence)
        .filter(|hit| lexicon.words(hit.literal).any(|word| word == Word::Conjunction))
        .map(|hit| hit.span)
        .peekable();
    let mut nouns = class_nouns.iter().peekable();
    let mut items = Vec::new();
    let mut start = sentence.start();
    let mut depth = 0usize;
    let mut follows = false;
    let mut signs = signs(sentence.of(prose)).map(|(at, c)| (sentence.start() + at, c)).peekable();
    loop {
        while joints.next_if(|joint| joint.start() < start).is_some() {}
        while signs.next_if(|(at, _)| *at < start).is_some() {}
        while nouns.next_if(|noun| noun.start() < start).is_some() {}
        let sign = signs.peek().map(|(at, _)| *at);
        let joint = joints.peek().map(|joint| joint.start());
        let ahead = |noun: &&Span| [sign, joint].into_iter().flatten().all(|at| noun.start() <= at);
        if let Some(noun) = nouns.next_if(ahead) {
            for (span, named) in [(Span::new(start, noun.start()), true), (*noun, false)] {
                items.push(Item { span, joins_next: false, by_mark: false, follows, named });
                follows = false;
            }
            start = noun.end();
            continue;
        }
        if let Some(joint) = joints.next_if(|joint| sign.is_none_or(|at| joint.start() <= at)) {
            let by_mark = joint.of(prose).chars().all(|c| !c.is_alphanumeric());
            let span = Span::new(start, joint.start());
            items.push(Item { span, joins_next: true, by_mark, follows, named: false });
            follows = true;
            start = joint.end();
            continue;
        }
        let Some((at, c)) = signs.next() else { break };
        let joins_next = match c {
            '（' | '(' => {
                depth += 1;
                true
            }
            '：' | ':' => true,
            '）' | ')' => {
                depth = depth.saturating_sub(1);
                false
            }
            // In brackets commas part the items of a list as well; and members go on with it: ……，包括…….
            '，' | ',' => depth > 0 || opens_members(matcher, &prose[at + c.len_utf8()..sentence.end()]),
            '；' | ';' | '。' | '\n' | '“' | '”' | '【' | '】' => false,
            _ => continue,
        };
        let span = Span::new(start, at);
        items.push(Item { span, joins_next, by_mark: joins_next, follows, named: false });
        follows = joins_next;
        start = at + c.len_utf8();
    }
    items.push(Item {
        span: Span::new(start, sentence.end().max(start)),
        joins_next: false,
        by_mark: false,
        follows,
        named: false,
    });
    for at in (1..items.len()).rev() {
        items[at - 1].named |= items[at].named && items[at - 1].by_mark && items[at].follows;
    }
    items
}

/// Whether a clause begins with a word like 包括; of one character it is another one (如您……).
fn opens_members(matcher: &Matcher<'_>, clause: &str) -> bool {
    let including = matcher.knowledge.lexicon.including.iter();
    including.filter(|word| word.chars().nth(1).is_some()).any(|word| clause.starts_with(word.as_str()))
}

/// Whether no verb, modal or particle makes the stretch a clause.
pub(super) fn is_noun_like(matcher: &Matcher<'_>, span: Span) -> bool {
    let text = span.of(matcher.document.prose.text());
    if matcher.knowledge.lexicon.item_stops.any_in(text) {
        return false;
    }
    let lexicon = &matcher.knowledge.lexicon;
    // （或）者在跨境, 结果对内容: what leads to a place or an object inside is no part of a noun.
    let leads = |text: &str| {
        let inner = text.char_indices().nth(1).map_or("", |(at, _)| &text[at..]);
        lexicon.places.any_in(inner) || lexicon.object_markers.any_in(inner)
    };
    // 用户在线时长, 聊天对话记录: there it is a part of another word.
    let without_compounds =
        || lexicon.compounds.iter().fold(text.to_owned(), |text, word| text.replace(word.as_str(), "-"));
    if leads(text) && leads(&without_compounds()) {
        return false;
    }
    // 系统编号, 用户年龄: before a noun that heads data somebody who acts only describes.
    let describes = |actor: Span| {
        let headed =
            |head: &String| text.len() > actor.len() + head.len() - 1 && text.ends_with(head.as_str());
        let mut words = matcher.hits.within(span).flat_map(|hit| lexicon.words(hit.literal));
        lexicon.head_nouns.iter().any(headed)
            && !words.any(|word| matches!(word, Word::Verb { .. } | Word::Modal))
    };
    !matcher.hits.within(span).any(|hit| {
        lexicon.words(hit.literal).any(|word| {
            let stops = hit.span.start == span.start || hit.span.len() > 3;
            match word {
                Word::Modal | Word::Negation => stops,
                Word::Actor { .. } => stops && !(hit.span.start == span.start && describes(hit.span)),
                _ => false,
            }
        })
    })
}
