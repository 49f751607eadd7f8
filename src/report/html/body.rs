//! A policy as it reads: the structure of its document as a stream of elements, with the words that
//! findings speak of marked.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::highlight::{Highlight, Tone};
use super::shown::{Shown, plain};
use crate::document::{Attribute, Document, Paragraph, ParagraphKind, Place, SectionId, SectionKind};
use crate::span::Span;

/// What the template writes, one after the other.
#[derive(Debug)]
pub(super) enum Element<'a> {
    Open(Tag),
    Close(Tag),
    Heading {
        level: u8,
        id: String,
        number: Option<&'a str>,
        pieces: Vec<Piece<'a>>,
    },
    /// `number` is the one that the format shows before an item.
    Paragraph {
        titles_item: bool,
        number: Option<&'a str>,
        pieces: Vec<Piece<'a>>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    Section,
    List,
    Item,
    Table,
    Row,
    Cell { header: bool, rows: u32, columns: u32 },
}

/// A part of a paragraph.
#[derive(Debug)]
pub(super) enum Piece<'a> {
    /// The name of a place.
    Anchor(&'a str),
    Words(Words<'a>),
    Note(Note<'a>),
}

/// Words that look the same throughout.
#[derive(Debug)]
pub(super) struct Words<'a> {
    /// `None`: no finding speaks about them.
    pub(super) tone: Option<Tone>,
    /// The findings that do, the gravest first, parted by blanks.
    pub(super) findings: String,
    pub(super) strong: bool,
    pub(super) link: Option<String>,
    pub(super) text: Shown<'a>,
}

/// A link from the text to a finding, or to the first of several with numbers in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Note<'a> {
    pub(super) token: &'a str,
    /// Of the last one in the row.
    pub(super) to: Option<&'a str>,
    pub(super) tone: Tone,
    finding: usize,
}

/// A heading of the policy.
#[derive(Debug)]
pub(super) struct Chapter<'a> {
    pub(super) section: SectionId,
    pub(super) depth: usize,
    pub(super) title: &'a str,
}

/// Findings named for the same words; the rest is found through the notes behind them.
const NAMED: usize = 24;
/// So many notes in a row are shown one by one.
const NOTES_IN_A_ROW: usize = 3;

/// The headings of a policy, in reading order.
pub(super) fn chapters(document: &Document) -> Vec<Chapter<'_>> {
    let heads = document.paragraphs.iter().filter(|paragraph| paragraph.kind == ParagraphKind::Heading);
    heads
        .map(|paragraph| Chapter {
            section: paragraph.section,
            depth: chapters_around(document, paragraph.section),
            title: document.text(paragraph.span),
        })
        .collect()
}

/// How many chapters a section lies in, itself included.
fn chapters_around(document: &Document, section: SectionId) -> usize {
    document.ancestors(section).filter(|id| document.section(*id).kind == SectionKind::Chapter).count()
}

/// The elements of a policy. `id` names a section in the page.
pub(super) fn elements<'a>(
    document: &'a Document,
    highlights: &'a [Highlight],
    id: impl Fn(SectionId) -> String,
) -> Vec<Element<'a>> {
    let mut writer = Writer {
        document,
        marks: marks_of(document, highlights),
        looks: Looks::of(document),
        highlights,
        out: Vec::new(),
        open: Vec::new(),
        id,
    };
    let mut at = 0;
    while at < document.paragraphs.len() {
        at = writer.block(at);
    }
    writer.close_to(0);
    writer.out
}

/// For each paragraph the highlights in it, with the part of each that lies there.
fn marks_of(document: &Document, highlights: &[Highlight]) -> Vec<Vec<(usize, Span)>> {
    let paragraphs = &document.paragraphs;
    let mut marks: Vec<Vec<(usize, Span)>> = vec![Vec::new(); paragraphs.len()];
    for (number, highlight) in highlights.iter().enumerate() {
        let span = highlight.span;
        let first = paragraphs.partition_point(|paragraph| paragraph.span.end <= span.start);
        let inside = paragraphs.iter().enumerate().skip(first);
        let mut found = false;
        for (at, paragraph) in inside.take_while(|(_, paragraph)| paragraph.span.overlaps(span)) {
            let (start, end) = (span.start.max(paragraph.span.start), span.end.min(paragraph.span.end));
            marks[at].push((number, Span { start, end }));
            found = true;
        }
        // A place without words goes to the paragraph it stands in, else to the next one, or the last.
        let nearest = paragraphs.partition_point(|paragraph| paragraph.span.end < span.start);
        let nearest = nearest.min(paragraphs.len().saturating_sub(1));
        if let (false, Some(paragraph)) = (found, paragraphs.get(nearest)) {
            let point = span.start.clamp(paragraph.span.start, paragraph.span.end);
            marks[nearest].push((number, Span { start: point, end: point }));
        }
    }
    marks
}

struct Writer<'a, F> {
    document: &'a Document,
    highlights: &'a [Highlight],
    marks: Vec<Vec<(usize, Span)>>,
    looks: Looks<'a>,
    out: Vec<Element<'a>>,
    /// Sections and lists that are open, from the outermost.
    open: Vec<Open>,
    id: F,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Section(SectionId),
    Item(SectionId),
    List,
}

impl Open {
    fn tag(self) -> Tag {
        match self {
            Self::Section(_) => Tag::Section,
            Self::Item(_) => Tag::Item,
            Self::List => Tag::List,
        }
    }
}

impl<'a, F: Fn(SectionId) -> String> Writer<'a, F> {
    /// Writes the paragraph, or the table, that begins at `at`; returns what comes next.
    fn block(&mut self, at: usize) -> usize {
        let document = self.document;
        let paragraph = &document.paragraphs[at];
        self.enter(paragraph.section);
        match paragraph.kind {
            ParagraphKind::Heading => {
                let depth = chapters_around(document, paragraph.section);
                let (id, number) = ((self.id)(paragraph.section), self.number(paragraph.span));
                let pieces = self.pieces(at);
                let level = u8::try_from(depth + 2).unwrap_or(u8::MAX).clamp(3, 6);
                self.out.push(Element::Heading { level, id, number, pieces });
                at + 1
            }
            ParagraphKind::Text => {
                let titles_item = self.titles_item(paragraph);
                let number = self.number(paragraph.span);
                let pieces = self.pieces(at);
                self.out.push(Element::Paragraph { titles_item, number, pieces });
                at + 1
            }
            ParagraphKind::Cell(Place { table, .. }) => {
                let cells: Vec<(usize, Place)> = (at..document.paragraphs.len())
                    .map_while(|at| match document.paragraphs[at].kind {
                        ParagraphKind::Cell(place) if place.table == table => Some((at, place)),
                        _ => None,
                    })
                    .collect();
                self.table(&cells);
                at + cells.len()
            }
        }
    }

    /// Whether a paragraph is nothing but the title of an item that has more.
    fn titles_item(&self, paragraph: &Paragraph) -> bool {
        let section = self.document.section(paragraph.section);
        section.kind == SectionKind::Item
            && section.span.end > paragraph.span.end
            && section
                .heading
                .is_some_and(|heading| paragraph.span.contains(heading) && heading.end == paragraph.span.end)
    }

    /// Opens and closes elements until the innermost is that of `section`.
    fn enter(&mut self, section: SectionId) {
        let document = self.document;
        let mut path: Vec<SectionId> = document
            .ancestors(section)
            .filter(|id| document.section(*id).kind != SectionKind::Root)
            .collect();
        path.reverse();
        let mut depth = 0;
        let mut known = 0;
        for open in &self.open {
            match open {
                Open::List => depth += 1,
                Open::Section(id) | Open::Item(id) if path.get(known) == Some(id) => {
                    known += 1;
                    depth += 1;
                }
                _ => break,
            }
        }
        let goes_on = path.get(known).is_some_and(|id| document.section(*id).kind == SectionKind::Item);
        // A list ends when its section goes on with something else than an item.
        if !goes_on && depth > 0 && self.open.get(depth - 1) == Some(&Open::List) {
            depth -= 1;
        }
        self.close_to(depth);
        for id in &path[known..] {
            if document.section(*id).kind == SectionKind::Item {
                if self.open.last() != Some(&Open::List) {
                    self.open(Open::List);
                }
                self.open(Open::Item(*id));
            } else {
                self.open(Open::Section(*id));
            }
        }
    }

    fn open(&mut self, open: Open) {
        self.out.push(Element::Open(open.tag()));
        self.open.push(open);
    }

    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            if let Some(open) = self.open.pop() {
                self.out.push(Element::Close(open.tag()));
            }
        }
    }

    /// A table, each row as long as the longest.
    fn table(&mut self, cells: &[(usize, Place)]) {
        let mut rows: BTreeMap<u32, BTreeMap<u32, (Place, Vec<usize>)>> = BTreeMap::new();
        let mut width = 0;
        for (at, place) in cells {
            width = width.max(place.column + place.columns.max(1));
            let cell = rows.entry(place.row).or_default().entry(place.column);
            cell.or_insert((*place, Vec::new())).1.push(*at);
        }
        // For each column the first row that no cell above reaches into.
        let mut free = vec![0; width as usize];
        self.out.push(Element::Open(Tag::Table));
        for (row, mut cells) in rows {
            self.out.push(Element::Open(Tag::Row));
            for column in 0..width {
                let (tag, content) = match cells.remove(&column) {
                    Some((place, content)) => {
                        let (rows, columns) = (place.rows.max(1), place.columns.max(1));
                        let below = free.iter_mut().skip(column as usize).take(columns as usize);
                        below.for_each(|free| *free = row + rows);
                        (Tag::Cell { header: place.header, rows, columns }, content)
                    }
                    None if free[column as usize] > row => continue,
                    None => (Tag::Cell { header: false, rows: 1, columns: 1 }, Vec::new()),
                };
                self.out.push(Element::Open(tag));
                for at in content {
                    let pieces = self.pieces(at);
                    self.out.push(Element::Paragraph { titles_item: false, number: None, pieces });
                }
                self.out.push(Element::Close(tag));
            }
            self.out.push(Element::Close(Tag::Row));
        }
        self.out.push(Element::Close(Tag::Table));
    }

    /// The text of a paragraph, cut wherever something begins or ends.
    fn pieces(&mut self, at: usize) -> Vec<Piece<'a>> {
        let document = self.document;
        let whole = document.paragraphs[at].span;
        let marks = std::mem::take(&mut self.marks[at]);
        let mut begins: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        let mut ends: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        let mut points: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (number, span) in &marks {
            if span.is_empty() {
                points.entry(span.start).or_default().push(*number);
            } else {
                begins.entry(span.start).or_default().push(*number);
                ends.entry(span.end).or_default().push(*number);
            }
        }
        let notes = self.notes(&marks);
        let mut cuts: Vec<u32> = marks.iter().flat_map(|(_, span)| [span.start, span.end]).collect();
        cuts.extend(self.looks.cuts(whole));
        cuts.extend([whole.start, whole.end]);
        cuts.sort_unstable();
        cuts.dedup();

        let mut pieces = Vec::with_capacity(cuts.len());
        // The highlights over the current words, the gravest first.
        let mut over: BTreeSet<(Reverse<Tone>, usize)> = BTreeSet::new();
        let key = |number: usize| (Reverse(self.highlights[number].tone), number);
        let anchor = |number: &usize| Piece::Anchor(&self.highlights[*number].anchor);
        let at = |places: &BTreeMap<u32, Vec<usize>>, cut| places.get(&cut).cloned().unwrap_or_default();
        for (index, cut) in cuts.iter().enumerate() {
            for number in at(&ends, *cut) {
                over.remove(&key(number));
            }
            pieces.extend(at(&points, *cut).iter().map(anchor));
            pieces.extend(notes.get(cut).into_iter().flatten().copied().map(Piece::Note));
            let begun = at(&begins, *cut);
            pieces.extend(begun.iter().map(anchor));
            over.extend(begun.into_iter().map(key));
            if let Some(end) = cuts.get(index + 1) {
                let span = Span { start: *cut, end: *end };
                pieces.push(Piece::Words(self.words(span, &over)));
            }
        }
        pieces
    }

    /// The number before the item that a paragraph begins. Whoever typed numbers as well hid those of the format.
    fn number(&self, paragraph: Span) -> Option<&'a str> {
        self.looks.number(paragraph).filter(|_| !begins_with_number(self.document.text(paragraph)))
    }

    fn words(&self, span: Span, over: &BTreeSet<(Reverse<Tone>, usize)>) -> Words<'a> {
        let mut findings: Vec<&str> = Vec::new();
        for (_, number) in over {
            let token = self.highlights[*number].token.as_str();
            if findings.len() < NAMED && !findings.contains(&token) {
                findings.push(token);
            }
        }
        Words {
            tone: over.first().map(|(tone, _)| tone.0),
            findings: findings.join(" "),
            strong: self.looks.is_strong(span),
            link: self.looks.link(span).map(plain),
            text: Shown(self.document.text(span)),
        }
    }

    /// For each finding a note behind its last words in the paragraph, by the place where they end.
    fn notes(&self, marks: &[(usize, Span)]) -> BTreeMap<u32, Vec<Note<'a>>> {
        let mut last: BTreeMap<usize, (u32, Note<'a>)> = BTreeMap::new();
        for (number, span) in marks {
            let Highlight { tone, finding, ref token, .. } = self.highlights[*number];
            if tone != Tone::Context {
                let known =
                    last.entry(finding).or_insert((span.end, Note { token, to: None, tone, finding }));
                known.0 = known.0.max(span.end);
            }
        }
        let mut notes: BTreeMap<u32, Vec<Note<'a>>> = BTreeMap::new();
        for (end, note) in last.into_values() {
            notes.entry(end).or_default().push(note);
        }
        notes.into_iter().map(|(end, notes)| (end, in_rows(&notes))).collect()
    }
}

/// `1、`, `（2）`, `3.1`
fn begins_with_number(text: &str) -> bool {
    let inside = text.trim_start_matches(['(', '（']);
    let behind = inside.trim_start_matches(|c: char| c.is_ascii_digit());
    behind.len() < inside.len() && behind.starts_with(['.', '．', '、', ')', '）'])
}

/// Joins notes with numbers in a row where there are many.
fn in_rows<'a>(notes: &[Note<'a>]) -> Vec<Note<'a>> {
    let goes_on = |a: &Note<'_>, b: &Note<'_>| {
        a.finding + 1 == b.finding && (a.tone == Tone::Aside) == (b.tone == Tone::Aside)
    };
    let mut joined = Vec::with_capacity(notes.len());
    for row in notes.chunk_by(goes_on) {
        match row {
            [first, .., last] if row.len() > NOTES_IN_A_ROW => {
                let tone = row.iter().map(|note| note.tone).max().unwrap_or(first.tone);
                joined.push(Note { to: Some(last.token), tone, ..*first });
            }
            _ => joined.extend_from_slice(row),
        }
    }
    joined
}

/// How stretches of a document look; no two of a kind overlap.
struct Looks<'a> {
    strong: Vec<Span>,
    links: Vec<(Span, &'a str)>,
    /// Of items, by where they begin.
    numbers: Vec<(u32, &'a str)>,
}

impl<'a> Looks<'a> {
    fn of(document: &'a Document) -> Self {
        let mut looks = Self { strong: Vec::new(), links: Vec::new(), numbers: Vec::new() };
        for (span, attribute) in &document.attributes {
            match attribute {
                Attribute::Emphasis => match looks.strong.last_mut() {
                    Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                    _ => looks.strong.push(*span),
                },
                Attribute::Link(target) => {
                    let start = looks.links.last().map_or(0, |(last, _)| last.end).max(span.start);
                    if start < span.end {
                        looks.links.push((Span { start, end: span.end }, target));
                    }
                }
                Attribute::Number(number) => looks.numbers.push((span.start, number)),
            }
        }
        looks
    }

    /// The number before the item that a paragraph begins.
    fn number(&self, paragraph: Span) -> Option<&'a str> {
        let at = self.numbers.binary_search_by_key(&paragraph.start, |(start, _)| *start).ok()?;
        Some(self.numbers[at].1)
    }

    /// Where inside `whole` the looks change.
    fn cuts(&self, whole: Span) -> impl Iterator<Item = u32> {
        let strong = within(&self.strong, whole, |span| *span).copied();
        let links = within(&self.links, whole, |(span, _)| *span).map(|(span, _)| *span);
        strong
            .chain(links)
            .flat_map(|span| [span.start, span.end])
            .filter(move |cut| (whole.start..=whole.end).contains(cut))
    }

    fn is_strong(&self, words: Span) -> bool {
        within(&self.strong, words, |span| *span).any(|span| span.contains(words))
    }

    fn link(&self, words: Span) -> Option<&'a str> {
        let mut links = within(&self.links, words, |(span, _)| *span);
        links.find(|(span, _)| span.contains(words)).map(|(_, target)| *target)
    }
}

/// Those of sorted stretches that share a byte with `whole`.
fn within<T>(all: &[T], whole: Span, span: impl Fn(&T) -> Span) -> impl Iterator<Item = &T> {
    let first = all.partition_point(|one| span(one).end <= whole.start);
    all[first..].iter().take_while(move |one| span(one).start < whole.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtin;
    use crate::source::{Encoding, Format, Source};

    fn read(text: &str, format: Format) -> Document {
        let (path, text) = ("policy".to_owned(), text.to_owned());
        let source = Source { path, text, encoding: Encoding::Utf8, format, word: None };
        crate::document::parse(&source, &builtin::knowledge().unwrap().structure)
    }

    fn highlight(document: &Document, words: &str, finding: usize, tone: Tone) -> Highlight {
        let start = document.prose.text().find(words).unwrap();
        let token = (finding + 1).to_string();
        let span = Span::new(start, start + words.len());
        Highlight { span, tone, finding, anchor: format!("m-{token}"), token }
    }

    /// The elements with their text: `[1 2|words]` for marked words, `^1` for a note, `#m-1` for a place.
    fn written(document: &Document, highlights: &[Highlight]) -> String {
        let mut out = String::new();
        for element in elements(document, highlights, |id| format!("s{}", id.0)) {
            match element {
                Element::Open(Tag::Cell { rows, columns, .. }) => out += &format!("<cell {rows}x{columns}>"),
                Element::Open(tag) => out += &format!("<{tag:?}>").to_lowercase(),
                Element::Close(Tag::Cell { .. }) => out += "</cell>",
                Element::Close(tag) => out += &format!("</{tag:?}>").to_lowercase(),
                Element::Heading { level, pieces, .. } => out += &format!("h{level}({})", shown(&pieces)),
                Element::Paragraph { pieces, .. } => out += &format!("p({})", shown(&pieces)),
            }
        }
        out
    }

    fn shown(pieces: &[Piece<'_>]) -> String {
        let piece = |piece: &Piece<'_>| match piece {
            Piece::Anchor(name) => format!("#{name}"),
            Piece::Note(Note { token, to: None, .. }) => format!("^{token}"),
            Piece::Note(Note { token, to: Some(to), .. }) => format!("^{token}-{to}"),
            Piece::Words(words) => {
                let text = if words.strong { format!("*{}*", words.text) } else { words.text.to_string() };
                if words.tone.is_some() { format!("[{}|{text}]", words.findings) } else { text }
            }
        };
        pieces.iter().map(piece).collect()
    }

    #[test]
    fn findings_may_overlap() {
        let document = read("我们会收集您的人脸信息和指纹信息。", Format::Text);
        let highlights = [
            highlight(&document, "收集您的人脸信息", 0, Tone::Info),
            highlight(&document, "人脸信息和指纹信息", 1, Tone::Error),
        ];
        assert_eq!(
            written(&document, &highlights),
            "p(我们会#m-1[1|收集您的]#m-2[2 1|人脸信息]^1[2|和指纹信息]^2。)"
        );
    }

    #[test]
    fn many_notes_at_one_place_are_a_row() {
        let document = read("云汀读书隐私政策", Format::Text);
        let highlights: Vec<_> =
            (0..30).map(|finding| highlight(&document, "云汀读书隐私政策", finding, Tone::Warning)).collect();
        assert!(written(&document, &highlights).contains("^1-30"));
    }

    #[test]
    fn a_place_without_words_is_led_to_all_the_same() {
        let document = read("我们写。\n\n您来读。", Format::Text);
        let end = document.prose.text().len() as u32;
        let at = |start: u32| Highlight {
            span: Span { start, end: start },
            tone: Tone::Info,
            finding: 0,
            token: "1".to_owned(),
            anchor: "m-1".to_owned(),
        };
        assert_eq!(written(&document, &[at(0)]), "p(#m-1^1我们写。)p(您来读。)");
        assert_eq!(written(&document, &[at(end)]), "p(我们写。)p(您来读。#m-1^1)");
        assert_eq!(written(&read("", Format::Text), &[at(0)]), "");
    }

    #[test]
    fn emphasis_and_findings_cross() {
        let document = read("# 隐私政策\n\n我们收集**人脸信息与**指纹。\n", Format::Markdown);
        let shown = written(&document, &[highlight(&document, "信息与指纹", 0, Tone::Error)]);
        assert!(shown.contains("我们收集*人脸*#m-1[1|*信息与*][1|指纹]^1。"), "{shown}");
    }

    #[test]
    fn a_number_is_shown_once() {
        let html = "<html><ol><li>注册账号<li>2、下单<li>18岁以下的用户<li>（4）退款</ol></html>";
        let document = read(html, Format::Html);
        let elements = elements(&document, &[], |id| id.0.to_string());
        let numbers: Vec<_> = elements
            .iter()
            .filter_map(|element| match element {
                Element::Paragraph { number, .. } | Element::Heading { number, .. } => Some(*number),
                _ => None,
            })
            .collect();
        assert_eq!(numbers, [Some("1."), None, Some("3."), None]);
    }

    #[test]
    fn tables_keep_their_shape() {
        let html = "<html><table><tr><th>名称<th>信息<th>目的</tr>\
                    <tr><td rowspan=2>风铃<td>设备标识符<td>统计</tr><tr><td>位置<td></tr></table>";
        assert_eq!(
            written(&read(html, Format::Html), &[]),
            "<table><row><cell 1x1>p(名称)</cell><cell 1x1>p(信息)</cell><cell 1x1>p(目的)</cell></row>\
             <row><cell 2x1>p(风铃)</cell><cell 1x1>p(设备标识符)</cell><cell 1x1>p(统计)</cell></row>\
             <row><cell 1x1>p(位置)</cell><cell 1x1></cell></row></table>"
        );
    }

    #[test]
    fn items_of_one_list_stand_in_one_list() {
        let text = "一、收集\n\n我们收集：\n\n1. 手机号。\n\n2. 邮箱。\n\n二、共享\n\n不共享。\n";
        let shown = written(&read(text, Format::Text), &[]);
        assert_eq!(shown.matches("<list>").count(), 1, "{shown}");
        assert_eq!(shown.matches("<item>").count(), 2, "{shown}");
        for tag in ["section", "list", "item"] {
            assert_eq!(
                shown.matches(&format!("<{tag}>")).count(),
                shown.matches(&format!("</{tag}>")).count()
            );
        }
    }
}
