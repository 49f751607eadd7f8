//! What belongs to a data item beside the word the lexicon knows: head nouns, aliases, attributes.

use super::lists::{Item, core, is_noun_like};
use super::matching::Matcher;
use super::{ListRule, Mark, MarkKind};
use crate::knowledge::lexicon::{Category, Word};
use crate::span::Span;

/// An umbrella word has a short attribute or none, in characters.
const LONGEST_ITEM_WITH_UMBRELLA: usize = 10;
/// Names of permissions are longer: 创建桌面快捷方式权限.
const LONGEST_PERMISSION: usize = 18;
/// A noun before a known word, in characters.
const LONGEST_MODIFIER: usize = 6;
/// A noun behind a known word, in characters.
const LONGEST_TAIL: usize = 6;
/// What the data is about (与您下单有关的信息) may be longer still.
const LONGEST_SUBJECT_MATTER: usize = 24;

/// Widens data marks to the whole item.
pub(super) fn widen(matcher: &Matcher<'_>, sentence: Span, items: &[Item], marks: &mut Vec<Mark>) {
    take_in_heads(matcher, sentence, marks);
    take_in_aliases(matcher, sentence, marks);
    take_in_attributes(matcher, items, marks);
    take_in_modifiers(matcher, items, marks);
    take_in_tails(matcher, items, marks);
}

fn is_data(mark: &Mark) -> bool {
    matches!(mark.kind, MarkKind::Data { .. })
}

/// The item that holds the words at `span`.
fn item_of(items: &[Item], span: Span) -> Option<&Item> {
    let at = items.partition_point(|item| item.span.end() < span.end());
    items.get(at).filter(|item| item.span.contains(span))
}

/// 车牌 + 信息.
fn take_in_heads(matcher: &Matcher<'_>, sentence: Span, marks: &mut Vec<Mark>) {
    let prose = matcher.document.prose.text();
    for mark in marks.iter_mut().filter(|mark| is_data(mark)) {
        let after = &prose[mark.span.end()..sentence.end()];
        // Emphasis that ends before the head leaves a space.
        let blank = after.len() - after.trim_start_matches(' ').len();
        if let Some(head) = matcher.knowledge.lexicon.head_nouns.longest_start(&after[blank..]) {
            mark.span.end += (blank + head.len()) as u32;
            mark.origin = mark.origin.with(ListRule::HeadNoun);
        }
    }
    drop_taken(marks);
}

/// 推送标识（Token）: a Latin alias in brackets behind the item.
fn take_in_aliases(matcher: &Matcher<'_>, sentence: Span, marks: &mut Vec<Mark>) {
    let prose = matcher.document.prose.text();
    for mark in marks.iter_mut().filter(|mark| is_data(mark)) {
        let after = &prose[mark.span.end()..sentence.end()];
        let Some(inner) = after.strip_prefix(['（', '(']) else { continue };
        let Some(close) = inner.find(['）', ')']) else { continue };
        let alias = &inner[..close];
        let latin = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.');
        if !alias.is_empty() && alias.chars().all(latin) {
            let open = after.len() - inner.len();
            let end = open + close + inner[close..].chars().next().map_or(0, char::len_utf8);
            mark.span.end += end as u32;
        }
    }
    drop_taken(marks);
}

/// What was taken into an item may have been a mark of its own.
fn drop_taken(marks: &mut Vec<Mark>) {
    marks.sort_by_key(|mark| (mark.span.start, std::cmp::Reverse(mark.span.end)));
    let mut taken = Span::default();
    marks.retain(|mark| {
        let inside = taken.contains(mark.span) && taken != mark.span;
        if is_data(mark) && !inside {
            taken = mark.span;
        }
        !inside
    });
}

/// An umbrella word with an attribute is an item of its own: 游戏识别信息 is no 信息.
fn take_in_attributes(matcher: &Matcher<'_>, items: &[Item], marks: &mut Vec<Mark>) {
    let prose = matcher.document.prose.text();
    let lexicon = &matcher.knowledge.lexicon;
    let mut absorbed: Vec<Span> = Vec::new();
    for at in 0..marks.len() {
        let mark = marks[at];
        let MarkKind::Data { category: Some(id), weak } = mark.kind else { continue };
        let category = lexicon.category(id);
        // 通知 and 相机 are weak as well, but head no names of permissions.
        let is_head = || lexicon.head_nouns.hold(mark.span.of(prose));
        let permission = category.permission && weak && is_head();
        if !category.generic && !permission {
            continue;
        }
        let Some(item) = item_of(items, mark.span) else { continue };
        let before = || marks[..at].iter().rev().take_while(|before| before.span.end > item.span.start);
        let wider = if permission {
            named_permission(matcher, item, before(), mark.span)
        } else {
            // 手机号码与交易有关的信息 are two items, 收集与交易有关的信息 names one.
            let data =
                marks[..at].iter().rfind(|before| is_data(before) && before.span.end <= item.span.start);
            let beside = data.map_or(0, |data| data.span.end());
            subject_matter(matcher, item, before(), mark.span, beside)
                .or_else(|| with_attribute(matcher, item, before(), mark.span))
        };
        if let Some(span) = wider {
            absorbed.extend(
                before().map(|inner| inner.span).filter(|inner| span.contains(*inner) && *inner != span),
            );
            // A permission stays one, whatever it is for.
            let category = permission.then_some(id);
            let kind = MarkKind::Data { category, weak: false };
            marks[at] = Mark { span, kind, origin: mark.origin.with(ListRule::Attribute) };
        }
    }
    absorbed.sort_unstable();
    marks.retain(|mark| absorbed.binary_search(&mark.span).is_err());
}

/// The length of the longest mark.
pub(super) fn longest(marks: &[Mark]) -> u32 {
    marks.iter().map(|mark| mark.span.len() as u32).max().unwrap_or(0)
}

/// 企业 + 邮箱, 社交页面 + 地址: the noun before the word, where the item begins with it.
fn take_in_modifiers(matcher: &Matcher<'_>, items: &[Item], marks: &mut [Mark]) {
    let prose = matcher.document.prose.text();
    let lexicon = &matcher.knowledge.lexicon;
    let reach = longest(marks);
    for at in 0..marks.len() {
        let mark = marks[at];
        let MarkKind::Data { category, weak } = mark.kind else { continue };
        let known = category.map(|id| lexicon.category(id));
        // 重要通知 is a message, not the permission to send it.
        let other =
            |category: &Category| category.generic || category.reference || (category.permission && weak);
        if known.is_some_and(other) {
            continue;
        }
        let Some(item) = item_of(items, mark.span) else { continue };
        let mut near =
            marks[..at].iter().rev().take_while(|before| before.span.start + reach > item.span.start);
        let before = near.find(|before| before.span.end > item.span.start);
        // Two items without a separator are two.
        if before.is_some_and(is_data) {
            continue;
        }
        let start = before.map_or(item.span.start(), |before| before.span.end()).min(mark.span.start());
        let Some((span, led)) = core(matcher, Span::new(start, mark.span.end())) else { continue };
        let modifier = Span { start: span.start, end: mark.span.start.max(span.start) };
        let chars = modifier.of(prose).chars().count();
        let mut words = matcher.hits.within(modifier).flat_map(|hit| lexicon.words(hit.literal));
        let begins = led || before.is_some() || item.follows;
        if begins
            && (2..=LONGEST_MODIFIER).contains(&chars)
            && span.end == mark.span.end
            && modifier.of(prose).chars().all(char::is_alphanumeric)
            && is_noun_like(matcher, modifier)
            && !words.any(|word| matches!(word, Word::Verb { .. } | Word::Actor { .. }))
        {
            marks[at].span = span;
            marks[at].origin = mark.origin.with(ListRule::Attribute);
        }
    }
}

/// 验证码 + 匹配结果: an item that begins with a known word and ends with a noun that heads data is one.
fn take_in_tails(matcher: &Matcher<'_>, items: &[Item], marks: &mut Vec<Mark>) {
    let prose = matcher.document.prose.text();
    let lexicon = &matcher.knowledge.lexicon;
    for at in 0..marks.len() {
        let mark = marks[at];
        let MarkKind::Data { category: Some(id), .. } = mark.kind else { continue };
        if lexicon.category(id).generic || lexicon.category(id).reference || lexicon.category(id).permission {
            continue;
        }
        let Some(item) = item_of(items, mark.span) else { continue };
        let Some((span, _)) = core(matcher, Span::new(mark.span.start(), item.span.end())) else { continue };
        if span.start != mark.span.start || span.end <= mark.span.end {
            continue;
        }
        let tail = Span { start: mark.span.end, end: span.end };
        let text = tail.of(prose);
        let headed =
            lexicon.head_nouns.iter().any(|head| text.len() > head.len() && text.ends_with(head.as_str()));
        let inside = marks[at + 1..].iter().take_while(|other| other.span.start < span.end);
        // 人脸原始图像: the head may be a word for data as well.
        let only_verbs = inside.clone().all(|other| match other.kind {
            MarkKind::Action { weak, .. } => weak,
            MarkKind::Data { weak, .. } => weak && other.span.end == span.end,
            _ => false,
        });
        let mut words = matcher.hits.within(tail).flat_map(|hit| lexicon.words(hit.literal));
        if headed
            && only_verbs
            && text.chars().count() <= LONGEST_TAIL
            && text.chars().all(char::is_alphanumeric)
            && is_noun_like(matcher, span)
            && !words.any(|word| matches!(word, Word::Actor { .. } | Word::Modal | Word::Negation))
        {
            marks[at].span = span;
            marks[at].origin = mark.origin.with(ListRule::Attribute);
        }
    }
    drop_taken(marks);
}

/// 游戏识别信息: an attribute directly before the word.
fn with_attribute<'m>(
    matcher: &Matcher<'_>,
    item: &Item,
    before: impl Iterator<Item = &'m Mark>,
    word: Span,
) -> Option<Span> {
    let prose = matcher.document.prose.text();
    // 识别 in 识别信息 is no verb; 收集 in 收集信息 is one.
    let mut start = item.span.start();
    let mut verb = false;
    let mut beside = None;
    for before in before {
        match before.kind {
            MarkKind::Action { weak: true, .. } if before.span.end == word.start => {
                beside = Some(before.span);
            }
            _ => {
                verb = matches!(before.kind, MarkKind::Action { .. });
                start = before.span.end();
                break;
            }
        }
    }
    let stretch = Span::new(start.min(word.start()), word.end());
    let (span, led) = core(matcher, stretch)?;
    let attribute = Span { start: span.start, end: word.start.max(span.start) };
    let chars = span.of(prose).chars().count();
    // Without a verb or determiner before it the attribute may be any words.
    let fits = (verb || led || item.follows)
        // 索取信息: what is done with it describes nothing.
        && beside != Some(attribute)
        && attribute.len() > 3
        && chars <= LONGEST_ITEM_WITH_UMBRELLA
        && is_noun_like(matcher, attribute);
    fits.then_some(span)
}

/// 创建桌面快捷方式权限: all that stands between the first verb and the word.
fn named_permission<'m>(
    matcher: &Matcher<'_>,
    item: &Item,
    before: impl Iterator<Item = &'m Mark>,
    word: Span,
) -> Option<Span> {
    let prose = matcher.document.prose.text();
    let verb = before.filter(|mark| matches!(mark.kind, MarkKind::Action { .. })).last()?;
    let start = verb.span.end().max(item.span.start());
    let mut span = Span::new(start, word.end()).trim(prose);
    let determiners = &matcher.knowledge.lexicon.determiners;
    while let Some(lead) = determiners.longest_start(span.of(prose)) {
        span = Span::new(span.start() + lead.len(), span.end()).trim(prose);
    }
    let chars = span.of(prose).chars().count();
    (span.start < word.start && chars <= LONGEST_PERMISSION).then_some(span)
}

/// 有关您位置的信息, 与下单有关的信息: a bare head keeps what it is about. `beside` is where the data before the item ends.
fn subject_matter<'m>(
    matcher: &Matcher<'_>,
    item: &Item,
    mut before: impl Iterator<Item = &'m Mark>,
    word: Span,
    beside: usize,
) -> Option<Span> {
    let prose = matcher.document.prose.text();
    let lexicon = &matcher.knowledge.lexicon;
    let verb = before.find(|mark| matches!(mark.kind, MarkKind::Action { .. }));
    let start = verb.map_or(item.span.start(), |verb| verb.span.end().max(item.span.start()));
    let text = prose.get(start..word.start())?;
    // 与 parts items as well.
    let joint = || lexicon.about_with.longest_end(&prose[..item.span.start()]).map(str::len);
    let (start, text) = match joint() {
        Some(joint)
            if verb.is_none()
                && item.follows
                && item.span.start() - joint > beside
                && lexicon.head_nouns.hold(word.of(prose)) =>
        {
            (start - joint, &prose[start - joint..word.start()])
        }
        _ => (start, text),
    };
    let about = if lexicon.about_behind.any_ends(text) {
        lexicon.about_with.last_in(text)
    } else if lexicon.relatives.any_ends(text) {
        lexicon.about.last_in(text)
    } else {
        None
    };
    let span = Span::new(start + about?, word.end());
    // 关于您的信息: whose it is says nothing of what it is about.
    let names = |text: &str| !lexicon.determiners.hold(text.trim());
    let about = lexicon.about.longest_start(span.of(prose)).map_or(0, str::len);
    let matter = prose.get(span.start() + about..word.start())?;
    names(matter).then_some(())?;
    (span.of(prose).chars().count() <= LONGEST_SUBJECT_MATTER).then_some(span)
}
