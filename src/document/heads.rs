//! Which paragraphs head a chapter or an item.

use std::collections::HashMap;

use super::draft::Block;
use super::layout::Laid;
use super::numbering::{Marker, Style};
use super::titles::is_title_like;
use super::{SectionKind, punctuation};
use crate::knowledge::structure::Structure;
use crate::span::Span;

/// A paragraph that opens a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) kind: SectionKind,
    pub(super) rank: Rank,
    /// The title without its number.
    pub(super) title: Option<Span>,
}

/// What a head is told from others by; heads of one list have the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rank {
    /// The title of a document.
    Title,
    /// A heading that the format marks as such, with its level.
    Marked(u8),
    Numbered(Marker),
    /// A short line without a number.
    Plain,
    /// A short sentence before the text: `搜索功能。当您…`
    RunIn,
    /// An item of a list that the format marks as such, with its depth.
    Listed(u8),
}

/// A title on a line of its own has no more characters than this.
const LONGEST_TITLE: usize = 40;
/// A title run into the text, up to a full stop.
const LONGEST_RUN_IN: usize = 12;
/// A title run into the text behind a number, up to a colon.
const LONGEST_BEFORE_COLON: usize = 20;

/// What a paragraph is to the sections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Head(Head),
    Body,
    /// An entry of a table of contents.
    Listed,
}

/// For each paragraph its role.
pub(super) fn find(laid: &Laid, structure: &Structure) -> Vec<Role> {
    let paragraphs: Vec<Seen> =
        (0..laid.blocks.len()).map(|index| Seen::new(laid, index, structure)).collect();
    let listed = contents(laid, &paragraphs);
    let mut heads: Vec<Option<Head>> = Vec::with_capacity(paragraphs.len());
    for index in 0..paragraphs.len() {
        let look = Look { laid, structure, paragraphs: &paragraphs, listed: &listed, heads: &heads };
        heads.push(if listed[index] { None } else { look.head(index) });
    }
    heads
        .into_iter()
        .zip(listed)
        .map(|(head, listed)| match head {
            Some(head) => Role::Head(head),
            None if listed => Role::Listed,
            None => Role::Body,
        })
        .collect()
}

/// What a paragraph looks like by itself.
struct Seen {
    block: Block,
    marker: Option<Marker>,
    /// The text behind the number.
    rest: Span,
    /// Short, and without punctuation of sentences.
    bare: bool,
    /// A mark set by hand stands in it.
    marked: bool,
}

impl Seen {
    fn new(laid: &Laid, index: usize, structure: &Structure) -> Self {
        let block = laid.blocks[index];
        let text = laid.text(index);
        let marker = Marker::read(text, structure);
        let skip = marker.map_or(0, |marker| marker.length);
        let rest = Span::new(block.span.start() + skip, block.span.end());
        let words = &text[skip..];
        let bare = !words.is_empty()
            && words.chars().nth(LONGEST_TITLE).is_none()
            && !words.trim_end_matches(['：', ':']).contains(punctuation::in_sentence);
        let first = laid.annotations.partition_point(|a| a.span.start < block.span.start);
        let marked = laid.annotations.get(first).is_some_and(|a| a.span.start < block.span.end);
        Self { block: block.block, marker, rest, bare, marked }
    }

    fn style(&self) -> Option<Style> {
        self.marker.map(|marker| marker.style)
    }

    /// Whether a line of its own could head a chapter.
    fn could_head(&self) -> bool {
        match self.block {
            Block::Heading { .. } => true,
            Block::Text { .. } => self.bare,
            Block::Cell(_) => false,
        }
    }
}

/// The entries of tables of contents: rows of heads without a body, which come again later.
fn contents(laid: &Laid, paragraphs: &[Seen]) -> Vec<bool> {
    let text = laid.prose.text();
    let key = |seen: &Seen| seen.rest.of(text).trim_end_matches(['：', ':', ' ', '.', '…']).trim();
    let mut last: HashMap<&str, usize> = HashMap::new();
    for (index, seen) in paragraphs.iter().enumerate().filter(|(_, seen)| seen.could_head()) {
        last.insert(key(seen), index);
    }
    let mut listed = vec![false; paragraphs.len()];
    let mut start = 0;
    while start < paragraphs.len() {
        if !paragraphs[start].could_head() {
            start += 1;
            continue;
        }
        let end =
            (start..paragraphs.len()).find(|i| !paragraphs[*i].could_head()).unwrap_or(paragraphs.len());
        let again: Vec<usize> =
            (start..end).filter(|i| last.get(key(&paragraphs[*i])).is_some_and(|later| later > i)).collect();
        if again.len() >= 2
            && let (Some(first), Some(final_entry)) = (again.first(), again.last())
        {
            listed[*first..=*final_entry].fill(true);
        }
        let restart = restart(paragraphs, start, end);
        listed[start..restart].iter_mut().for_each(|entry| *entry = true);
        start = end;
    }
    listed
}

/// Where chapters that were only listed begin anew: three or more in a row, then the first again.
fn restart(paragraphs: &[Seen], start: usize, end: usize) -> usize {
    let strong = |index: usize| {
        paragraphs[index].marker.filter(|m| matches!(m.style, Style::Numeral | Style::Ordinal(_)))
    };
    let Some(first) = (start..end).find(|index| strong(*index).is_some()) else { return start };
    let Some(marker) = strong(first) else { return start };
    let Some(again) = (first + 1..end.min(paragraphs.len())).find(|index| {
        strong(*index).is_some_and(|m| m.style == marker.style && m.number() <= marker.number())
    }) else {
        return start;
    };
    let count =
        (first..again).filter(|index| strong(*index).is_some_and(|m| m.style == marker.style)).count();
    if count >= 3 && first == start { again } else { start }
}

struct Look<'a> {
    laid: &'a Laid,
    structure: &'a Structure,
    paragraphs: &'a [Seen],
    listed: &'a [bool],
    heads: &'a [Option<Head>],
}

impl Look<'_> {
    fn text(&self, span: Span) -> &str {
        span.of(self.laid.prose.text())
    }

    fn head(&self, index: usize) -> Option<Head> {
        let seen = &self.paragraphs[index];
        match seen.block {
            Block::Cell(_) => None,
            Block::Heading { level } => {
                let text = self.text(seen.rest);
                let sentence =
                    text.trim_end_matches(punctuation::ends_line).contains(punctuation::ends_sentence);
                if text.is_empty() || sentence && text.chars().count() > LONGEST_TITLE {
                    return None;
                }
                Some(Head {
                    kind: SectionKind::Chapter,
                    rank: Rank::Marked(level),
                    title: Some(self.trimmed(seen.rest)),
                })
            }
            Block::Text { opens: true, .. } if self.is_bulleted_chapter(index) => {
                seen.marker.map(|marker| self.numbered(index, seen, marker))
            }
            Block::Text { depth, opens: true } => {
                let title = self.run_in_title(seen.rest, true);
                Some(Head { kind: SectionKind::Item, rank: Rank::Listed(depth), title })
            }
            Block::Text { .. } => match seen.marker {
                Some(marker) => Some(self.numbered(index, seen, marker)),
                None => self.unnumbered(index, seen),
            },
        }
    }

    fn trimmed(&self, span: Span) -> Span {
        let text = self.text(span);
        let kept =
            text.trim_end_matches(|c: char| matches!(c, '：' | ':' | '。' | '；' | ';') || c.is_whitespace());
        if kept.is_empty() { span } else { Span::new(span.start(), span.start() + kept.len()) }
    }

    fn numbered(&self, index: usize, seen: &Seen, marker: Marker) -> Head {
        let rank = Rank::Numbered(marker);
        let item = |title| Head { kind: SectionKind::Item, rank, title };
        let chapter = Head { kind: SectionKind::Chapter, rank, title: Some(self.trimmed(seen.rest)) };
        let text = self.text(seen.rest);
        let strong = matches!(marker.style, Style::Numeral | Style::Ordinal(_));
        let short = !text.is_empty()
            && text.chars().nth(LONGEST_TITLE).is_none()
            && !text.contains(|c| punctuation::ends_line(c) && c != '：' && c != ':');
        // Some close even their titles with a semicolon.
        let closed =
            text.strip_suffix(['；', ';', '。']).is_some_and(is_title_like) && self.heads_body(index);
        if strong && (short || closed) {
            return chapter;
        }
        if !seen.bare {
            // `1、您的权利，以及行使方式` before its text is a title with a comma.
            let with_comma = short && !text.ends_with(['，', ',', '：', ':']) && self.heads_body(index);
            if with_comma && !matches!(marker.style, Style::Bullet(_)) {
                return chapter;
            }
            return item(self.run_in_title(seen.rest, true));
        }
        let entry_before = index.checked_sub(1).is_some_and(|before| {
            self.heads[before].is_some_and(|head| {
                head.kind == SectionKind::Item && matches!(head.rank, Rank::Numbered(m) if marker.follows(&m))
            })
        });
        if text.ends_with(['：', ':']) {
            return item(Some(self.trimmed(seen.rest)));
        }
        if !entry_before && !matches!(marker.style, Style::Bullet(_)) && self.heads_body(index) {
            return chapter;
        }
        item(None)
    }

    /// Whether a marked-up list item is the heading of a chapter that a bullet was put before: it has
    /// the number and the words of one, and what follows is no further item of its list.
    fn is_bulleted_chapter(&self, index: usize) -> bool {
        let seen = &self.paragraphs[index];
        let numbered = matches!(seen.style(), Some(Style::Numeral | Style::Ordinal(_)));
        let sibling = |next: &Seen| next.style() == seen.style();
        seen.bare && numbered && self.paragraphs.get(index + 1).is_some_and(|next| !sibling(next))
    }

    /// Whether something follows that the paragraph can head.
    fn heads_body(&self, index: usize) -> bool {
        let seen = &self.paragraphs[index];
        let Some(next) = self.paragraphs.get(index + 1) else { return false };
        if self.listed[index + 1] {
            return false;
        }
        match next.block {
            Block::Heading { .. } => false,
            Block::Cell(_) | Block::Text { opens: true, .. } => true,
            Block::Text { .. } => match (seen.style(), next.marker) {
                (_, None) => true,
                (style, Some(marker)) => Some(marker.style) != style && marker.number() <= 1,
            },
        }
    }

    fn unnumbered(&self, index: usize, seen: &Seen) -> Option<Head> {
        let text = self.text(seen.rest);
        if matches!(seen.block, Block::Text { depth, .. } if depth > 0) {
            return None;
        }
        let speaks = |line: &str| self.structure.title_stops.iter().any(|stop| line.contains(stop.as_str()));
        if is_title_like(text) && !seen.marked {
            let title = Some(seen.rest);
            let names_document = self.structure.titles.iter().any(|word| text.ends_with(word.as_str()));
            // 隐私政策, then 前言 above its text.
            let heads_title = || {
                let next = self.paragraphs.get(index + 1);
                let is_title = |next: &Seen| {
                    matches!(next.block, Block::Text { depth: 0, opens: false })
                        && is_title_like(self.text(next.rest))
                };
                self.structure.titles.iter().any(|word| word == text)
                    && next.is_some_and(is_title)
                    && self.heads_plain_body(index + 1)
            };
            let begins = index == 0 || self.heads_plain_body(index) || heads_title();
            if names_document && begins && !speaks(text) && !text.ends_with(['《', '》']) {
                return Some(Head { kind: SectionKind::Chapter, rank: Rank::Title, title });
            }
            // One of several short lines is a cell of a lost table, or an entry of a menu.
            let alone = index.checked_sub(1).is_none_or(|before| {
                let line = &self.paragraphs[before];
                !line.bare
                    || self.heads[before].is_some()
                    || !matches!(line.block, Block::Text { depth: 0, .. })
            });
            return (alone && self.heads_plain_body(index)).then_some(Head {
                kind: SectionKind::Chapter,
                rank: Rank::Plain,
                title,
            });
        }
        if seen.marked && self.paragraphs[index].bare {
            return None;
        }
        let title = self.run_in_title(seen.rest, false).or_else(|| {
            let own_line = text.strip_suffix('。')?;
            let short = own_line.chars().nth(LONGEST_RUN_IN + 4).is_none();
            let body = short && !own_line.contains(punctuation::in_sentence) && self.heads_plain_body(index);
            body.then(|| self.trimmed(seen.rest))
        })?;
        if speaks(self.text(title)) {
            return None;
        }
        Some(Head { kind: SectionKind::Item, rank: Rank::RunIn, title: Some(title) })
    }

    /// Whether running text follows.
    fn heads_plain_body(&self, index: usize) -> bool {
        let Some(next) = self.paragraphs.get(index + 1) else { return false };
        if self.listed[index + 1] {
            return false;
        }
        match next.block {
            Block::Heading { .. } => false,
            Block::Cell(_) => true,
            Block::Text { depth, opens } => match next.marker {
                Some(marker) => marker.number() <= 1,
                None if opens || depth > 0 => false,
                // A short sentence may be a title too, one level below.
                None => self.text(next.rest).contains(punctuation::ends_line) || !next.bare,
            },
        }
    }

    /// The title at the start of a paragraph: a short first sentence, or behind a number the words
    /// before a colon; text has to follow.
    fn run_in_title(&self, span: Span, numbered: bool) -> Option<Span> {
        let text = self.text(span);
        let (at, sign) =
            text.char_indices().take(LONGEST_BEFORE_COLON + 1).find(|(_, c)| punctuation::in_sentence(*c))?;
        if sign == ':' && text[at..].starts_with("://") {
            return None;
        }
        let title = text[..at].trim_end();
        let characters = title.chars().count();
        let rest = text[at + sign.len_utf8()..].trim();
        let fits = match sign {
            '。' => characters <= LONGEST_RUN_IN && rest.chars().nth(9).is_some(),
            '：' | ':' => numbered && characters <= LONGEST_BEFORE_COLON && !rest.is_empty(),
            _ => false,
        };
        let words = title.chars().filter(|c| c.is_alphabetic()).count();
        let goes_on = self.structure.continuations.iter().any(|word| title.ends_with(word.as_str()));
        (fits && words >= 2 && !goes_on).then(|| Span::new(span.start(), span.start() + title.len()))
    }
}
