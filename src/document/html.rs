//! HTML, as it stands on web pages: broken, nested and generated.

use std::convert::Infallible;

use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};

use super::Attribute;
use super::comments::Stand;
use super::draft::{Block, Draft, Parting};
use super::grid::Grid;
use super::ordered::{ListTag, Lists};
use crate::source::head;
use crate::span::FileSpan;

pub(super) fn draft(text: &str) -> Draft {
    let base = text.len() - text.trim_start_matches('\u{FEFF}').len();
    let mut draft = Draft::default();
    push_fragment(&mut draft, &text[base..], base);
    draft
}

/// Adds the text of a piece of HTML that stands in the file at `base`.
pub(super) fn push_fragment(draft: &mut Draft, fragment: &str, base: usize) {
    let mut page = Page { source: fragment, base, draft, state: State::default() };
    let mut emitter: CallbackEmitter<_, Infallible, usize> =
        CallbackEmitter::new(|event: CallbackEvent<'_>, span: html5gum::Span<usize>| {
            page.event(&event, span.start, span.end);
            None
        });
    emitter.naively_switch_states(true);
    // The callback does the work and yields no tokens.
    Tokenizer::new_with_emitter(fragment, emitter).for_each(drop);
    page.end_numbered();
}

struct Page<'a> {
    source: &'a str,
    base: usize,
    draft: &'a mut Draft,
    state: State,
}

/// Where in the tree of elements the text to come stands. No tree is built: depths and the innermost
/// places are enough, whatever the nesting.
struct State {
    /// The parting before the next text, when there is to be one.
    parting: Option<Parting>,
    /// White space stood before the next text: where.
    space: Option<usize>,
    /// The element whose text no reader sees.
    skipping: Option<Vec<u8>>,
    heading: Option<u8>,
    depth: u8,
    opens: bool,
    lists: Lists,
    /// The number of the item whose first line is to come, and where that line began once it is there.
    number: Option<String>,
    numbered: Option<(usize, String)>,
    emphasis: usize,
    emphasis_start: usize,
    link: Option<(usize, String)>,
    tables: u32,
    open_tables: Vec<Grid>,
    tag: Vec<u8>,
    attribute: Vec<u8>,
    target: Option<String>,
    /// How many rows and columns the tag being read says that it spans.
    spans: (u32, u32),
    list_tag: ListTag,
}

impl Default for State {
    fn default() -> Self {
        Self {
            parting: Some(Parting::Block),
            space: None,
            skipping: None,
            heading: None,
            depth: 0,
            opens: false,
            lists: Lists::default(),
            number: None,
            numbered: None,
            emphasis: 0,
            emphasis_start: 0,
            link: None,
            tables: 0,
            open_tables: Vec::new(),
            tag: Vec::new(),
            attribute: Vec::new(),
            target: None,
            spans: (1, 1),
            list_tag: ListTag::default(),
        }
    }
}

/// Elements whose content is no part of the text.
const UNSEEN: [&[u8]; 9] =
    [b"script", b"style", b"noscript", b"template", b"title", b"svg", b"select", b"textarea", b"iframe"];

/// Elements that stand within a line.
const INLINE: [&[u8]; 34] = [
    b"a", b"abbr", b"b", b"bdi", b"bdo", b"big", b"cite", b"code", b"data", b"del", b"dfn", b"em", b"font",
    b"i", b"img", b"input", b"ins", b"kbd", b"label", b"mark", b"o:p", b"q", b"s", b"samp", b"small",
    b"span", b"strike", b"strong", b"sub", b"sup", b"time", b"tt", b"u", b"wbr",
];

impl Page<'_> {
    fn event(&mut self, event: &CallbackEvent<'_>, start: usize, end: usize) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.state.tag.clear();
                self.state.tag.extend_from_slice(name);
                self.state.target = None;
                self.state.spans = (1, 1);
                self.state.list_tag = ListTag::default();
                self.state.attribute.clear();
            }
            CallbackEvent::AttributeName { name } => {
                self.state.attribute.clear();
                self.state.attribute.extend_from_slice(name);
                self.state.list_tag.name(name);
            }
            CallbackEvent::AttributeValue { value }
                if self.state.tag == b"a" && self.state.attribute == b"href" =>
            {
                self.state.target = Some(String::from_utf8_lossy(value).into_owned());
            }
            CallbackEvent::AttributeValue { value } => {
                let number = || std::str::from_utf8(value).ok()?.trim().parse().ok();
                match self.state.attribute.as_slice() {
                    b"rowspan" => self.state.spans.0 = number().unwrap_or(1),
                    b"colspan" => self.state.spans.1 = number().unwrap_or(1),
                    name => self.state.list_tag.value(name, value),
                }
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                let name = std::mem::take(&mut self.state.tag);
                self.open(&name, *self_closing);
                self.state.tag = name;
            }
            CallbackEvent::EndTag { name } => self.close(name),
            CallbackEvent::Comment { .. } if self.state.skipping.is_none() => self.comment(start, end),
            CallbackEvent::String { .. } if self.state.skipping.is_none() => self.text(start, end),
            _ => {}
        }
    }

    /// Bytes between `<!--` and `-->`; whatever else a tokenizer takes for a comment is none to its author.
    fn comment(&mut self, start: usize, end: usize) {
        let Some(text) = self.source.get(start..end).and_then(|raw| raw.strip_prefix("<!--")) else { return };
        let Some(text) = text.strip_suffix("-->") else { return };
        let start = self.base + start;
        let at = FileSpan::new(start, self.base + end);
        let inner = FileSpan::new(start + "<!--".len(), start + "<!--".len() + text.len());
        let stand = match self.state.open_tables.last() {
            Some(Grid { cell: Some(place), .. }) => Stand::Row { table: place.table, row: place.row },
            Some(_) => Stand::Table,
            None if self.state.parting.is_none() && !self.draft.line_text().trim().is_empty() => Stand::Line,
            None => Stand::Alone,
        };
        self.draft.comment(at, inner, stand, self.state.depth);
    }

    fn part(&mut self, parting: Parting) {
        self.state.parting = self.state.parting.max(Some(parting));
        self.state.space = None;
    }

    fn open(&mut self, name: &[u8], self_closing: bool) {
        if self.state.skipping.is_some() {
            // A page that forgets to close `<title>` still has a body.
            if name == b"body" {
                self.state.skipping = None;
            }
            return;
        }
        if UNSEEN.contains(&name) {
            if !self_closing {
                self.state.skipping = Some(name.to_vec());
            }
            return;
        }
        match name {
            b"br" => return self.part(Parting::Line),
            b"b" | b"strong" | b"em" => {
                if self.state.emphasis == 0 {
                    self.flush();
                    self.state.emphasis_start = self.draft.position();
                }
                self.state.emphasis += 1;
            }
            b"a" => {
                self.end_link();
                if let Some(target) = self.state.target.take() {
                    self.flush();
                    self.state.link = Some((self.draft.position(), target));
                }
            }
            _ => {}
        }
        if INLINE.contains(&name) {
            return;
        }
        self.part(Parting::Block);
        match name {
            [b'h', level @ b'1'..=b'6'] => self.state.heading = Some(level - b'0'),
            b"ul" | b"ol" => {
                self.state.depth = self.state.depth.saturating_add(1);
                self.state.lists.begin(name == b"ol", self.state.list_tag);
            }
            b"li" => {
                self.state.opens = true;
                // A bullet inside a numbered item leaves the number to the first line of both.
                let number = self.state.lists.item(self.state.list_tag);
                self.state.number = number.or(self.state.number.take());
                self.state.depth = self.state.depth.max(1);
            }
            b"table" => {
                let table = self.state.tables;
                self.state.tables += 1;
                self.state.open_tables.push(Grid::new(table));
            }
            _ => {}
        }
        if let Some(grid) = self.state.open_tables.last_mut() {
            match name {
                b"thead" => grid.in_head = true,
                b"tr" => grid.start_row(),
                b"td" | b"th" => grid.start_cell(name == b"th", self.state.spans),
                _ => {}
            }
        }
    }

    fn close(&mut self, name: &[u8]) {
        if let Some(unseen) = &self.state.skipping {
            if unseen == name || matches!(name, b"head" | b"html") {
                self.state.skipping = None;
            }
            return;
        }
        match name {
            b"b" | b"strong" | b"em" if self.state.emphasis > 0 => {
                self.state.emphasis -= 1;
                if self.state.emphasis == 0 {
                    self.draft.attribute(self.state.emphasis_start, Attribute::Emphasis);
                }
            }
            b"a" => self.end_link(),
            _ => {}
        }
        if INLINE.contains(&name) {
            return;
        }
        self.part(Parting::Block);
        match name {
            [b'h', b'1'..=b'6'] => self.state.heading = None,
            b"ul" | b"ol" => {
                self.state.depth = self.state.depth.saturating_sub(1);
                self.state.lists.end();
                self.state.opens = false;
            }
            b"li" => {
                self.state.opens = false;
                self.state.number = None;
            }
            b"table" => {
                self.state.open_tables.pop();
            }
            _ => {}
        }
        if let Some(grid) = self.state.open_tables.last_mut() {
            match name {
                b"thead" => grid.in_head = false,
                b"td" | b"th" | b"tr" => grid.cell = None,
                _ => {}
            }
        }
    }

    fn end_link(&mut self) {
        if let Some((start, target)) = self.state.link.take() {
            self.draft.attribute(start, Attribute::Link(target));
        }
    }

    fn block(&mut self) -> Block {
        if let Some(place) = self.state.open_tables.last().and_then(|grid| grid.cell) {
            return Block::Cell(place);
        }
        match self.state.heading {
            Some(level) => Block::Heading { level },
            None => Block::Text { depth: self.state.depth, opens: std::mem::take(&mut self.state.opens) },
        }
    }

    /// Starts the line that the text to come stands in.
    fn flush(&mut self) {
        let Some(parting) = self.state.parting.take() else { return };
        self.end_numbered();
        let block = self.block();
        self.draft.start_line(parting, block);
        self.state.numbered = self.state.number.take().map(|number| (self.draft.position(), number));
        self.state.space = None;
    }

    fn end_numbered(&mut self) {
        if let Some((start, number)) = self.state.numbered.take() {
            self.draft.attribute(start, Attribute::Number(number));
        }
    }

    /// The text between two tags: white space collapses, entities are decoded one by one.
    fn text(&mut self, start: usize, end: usize) {
        let (start, end) = (head(self.source, start).len(), head(self.source, end).len());
        let Some(raw) = self.source.get(start..end) else { return };
        let mut rest = 0;
        let mut from = 0;
        while let Some(found) = raw[rest..].find(is_break) {
            let at = rest + found;
            self.words(&raw[from..at], start + from);
            if raw.as_bytes()[at] == b'&' {
                let length = entity_length(&raw[at..]);
                let entity = &raw[at..at + length];
                let decoded = htmlize::unescape(entity);
                if decoded == entity {
                    self.words("&", start + at);
                    rest = at + 1;
                } else {
                    self.entity(&decoded, start + at, start + at + length);
                    rest = at + length;
                }
            } else {
                self.state.space.get_or_insert(start + at);
                rest = at + 1;
            }
            from = rest;
        }
        self.words(&raw[from..], start + from);
    }

    fn entity(&mut self, decoded: &str, start: usize, end: usize) {
        if decoded.chars().all(char::is_whitespace) {
            self.state.space.get_or_insert(start);
            return;
        }
        self.flush();
        self.leave_space(decoded);
        self.draft.push_decoded(decoded, FileSpan::new(self.base + start, self.base + end));
    }

    fn words(&mut self, words: &str, start: usize) {
        if !words.is_empty() {
            self.flush();
            self.leave_space(words);
            self.draft.push(words, self.base + start);
        }
    }

    /// White space between words is one space; a line end between Chinese characters is none.
    fn leave_space(&mut self, next: &str) {
        let Some(at) = self.state.space.take() else { return };
        let line = self.draft.line_text();
        let (Some(before), Some(after)) = (line.chars().next_back(), next.chars().next()) else { return };
        let broken = self.source[at..].starts_with(['\n', '\r']);
        if before.is_whitespace() || broken && !(before.is_ascii() && after.is_ascii()) {
            return;
        }
        let origin = FileSpan::new(self.base + at, self.base + at + 1);
        if self.source[at..].starts_with(['&']) {
            let length = entity_length(&self.source[at..]);
            self.draft.push_decoded(" ", FileSpan::new(origin.start, origin.start + length));
        } else {
            self.draft.push_decoded(" ", origin);
        }
    }
}

fn is_break(c: char) -> bool {
    matches!(c, '&' | ' ' | '\n' | '\r' | '\t' | '\u{C}')
}

/// The bytes of the entity at the start, `&` and `;` included.
fn entity_length(text: &str) -> usize {
    const LONGEST: usize = 40;
    let name =
        text[1..].bytes().take(LONGEST).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
    1 + name + usize::from(text.as_bytes().get(1 + name) == Some(&b';'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Place, sample};

    fn lines(html: &str) -> Vec<String> {
        let draft = draft(html).finish();
        let prose = draft.prose.text();
        draft.lines.iter().map(|line| line.span.of(prose).to_owned()).collect()
    }

    #[test]
    fn elements_part_paragraphs_and_breaks_part_lines() {
        let page = "<!doctype html><head><title>页</title><style>p{}</style></head><body><h1>隐私政策</h1>\r\n\
                    <p>我们收集\r\n  <b>手机号</b>。<br>第二行</p><script>if (a<b) {}</script><div>完</div>";
        assert_eq!(lines(page), ["隐私政策", "我们收集手机号。", "第二行", "完"]);
    }

    #[test]
    fn entities_are_decoded_and_found_again() {
        let page = "<p>&ldquo;位置&rdquo;&nbsp;信息 &amp; 通讯录&bogus;&</p>";
        let draft = draft(page).finish();
        let prose = &draft.prose;
        assert_eq!(prose.text(), "“位置” 信息 & 通讯录&bogus;&");
        let at = prose.text().find("信息").unwrap_or_default();
        let file = prose.to_file(crate::span::Span::new(at, at + 6));
        assert_eq!(&page[file.range()], "信息");
        let quote = prose.to_file(crate::span::Span::new(0, 3));
        assert_eq!(&page[quote.range()], "&ldquo;");
    }

    #[test]
    fn offsets_hold_after_carriage_returns_and_comments() {
        let page = "<p>甲\r\n乙</p>\r\n<!-- 注\r\n -->\r\n<p class='说明'\r\n>丙&lt;丁</p>\r\n<p>戊";
        let draft = draft(page).finish();
        for (word, at) in [("丙", "丙"), ("戊", "戊"), ("甲", "甲")] {
            let start = draft.prose.text().find(word).unwrap_or_default();
            let file = draft.prose.to_file(crate::span::Span::new(start, start + word.len()));
            assert_eq!(&page[file.range()], at);
        }
    }

    #[test]
    fn cells_know_their_place() {
        let page = "<table><thead><tr><td>名称</td><td>目的</td></tr></thead><tr><td>甲方</td><td>推送</td></tr></table>";
        let draft = draft(page).finish();
        let places: Vec<_> = draft.lines.iter().map(|line| line.block).collect();
        assert_eq!(places[0], Block::Cell(sample::place(0, 0, true)));
        assert_eq!(places[3], Block::Cell(sample::place(1, 1, false)));
    }

    #[test]
    fn a_cell_holds_for_the_rows_and_columns_it_spans() {
        let page =
            "<table><tr><td rowspan=2>甲方</td><td colspan='2'>推送</td></tr><tr><td>型号<td>位置</table>";
        let draft = draft(page).finish();
        let places: Vec<_> = draft.lines.iter().map(|line| line.block).collect();
        let place = sample::place(0, 0, false);
        assert_eq!(places[0], Block::Cell(Place { rows: 2, ..place }));
        assert_eq!(places[1], Block::Cell(Place { column: 1, columns: 2, ..place }));
        assert_eq!(places[2], Block::Cell(Place { row: 1, column: 1, ..place }));
    }

    #[test]
    fn items_of_ordered_lists_have_the_numbers_a_browser_shows() {
        let page =
            "<ol><li>甲<ol type=a><li><p>乙</p><p>乙的后文</p></ol><li><ul><li>丙<li>丁</ul></ol><p>后文";
        let draft = draft(page).finish();
        let prose = draft.prose.text();
        let numbers = draft.attributes.iter().filter_map(|(span, attribute)| match attribute {
            Attribute::Number(number) => Some((number.as_str(), span.of(prose))),
            _ => None,
        });
        assert_eq!(numbers.collect::<Vec<_>>(), [("1.", "甲"), ("a.", "乙"), ("2.", "丙")]);
    }

    #[test]
    fn emphasis_and_links_are_attributes() {
        let page = "<p>请<strong>仔细<b>阅读</b></strong><a href='/p?a=1&amp;b=2'>规则</a></p>";
        let draft = draft(page).finish();
        let text = draft.prose.text();
        let found: Vec<_> = draft.attributes.iter().map(|(span, a)| (span.of(text), a.clone())).collect();
        assert_eq!(
            found,
            [("仔细阅读", Attribute::Emphasis), ("规则", Attribute::Link("/p?a=1&b=2".to_owned()))]
        );
    }
}
