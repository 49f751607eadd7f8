//! Markdown, and what converters from HTML leave that looks like it.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::comments::Stand;
use super::draft::{Block, Draft, Parting};
use super::pipes::{Ground, Tables};
use super::{Attribute, Place, html};
use crate::span::FileSpan;

pub(super) fn draft(text: &str) -> Draft {
    // A byte order mark would hide a heading at the start.
    let base = text.len() - text.trim_start_matches('\u{FEFF}').len();
    let tables = Tables::find(text);
    let mut writer = Writer { source: text, tables, parting: Some(Parting::Block), ..Writer::default() };
    // Its tables are read apart: converters leave many that are none by the letter.
    let parser = Parser::new_ext(&text[base..], Options::ENABLE_STRIKETHROUGH);
    for (event, range) in parser.into_offset_iter() {
        writer.event(event, FileSpan::new(base + range.start, base + range.end));
    }
    writer.draft
}

#[derive(Default)]
struct Writer<'a> {
    source: &'a str,
    draft: Draft,
    /// The parting before the next text, when there is to be one.
    parting: Option<Parting>,
    heading: Option<u8>,
    /// Depth of lists, and whether the next text is the first of its item.
    depth: u8,
    opens: bool,
    /// For each open list the number of its next item, where items have numbers.
    lists: Vec<Option<u64>>,
    /// The number of the item whose first line is to come, and where that line began once it is there.
    number: Option<String>,
    numbered: Option<(usize, String)>,
    /// An item without text of its own, at this depth: what follows belongs to it.
    orphan: Option<u8>,
    tables: Tables,
    /// The cell that the text to come stands in.
    cell: Option<Place>,
    /// Emphasis that is open: nesting depth, and where the outermost began.
    emphasis: (usize, usize),
    /// Where the last `**` opened emphasis. They are paired anew, first with second, third with fourth:
    /// next to Chinese punctuation Markdown pairs the wrong ones, or none.
    strong: Option<usize>,
    links: Vec<(usize, String)>,
    images: usize,
    comment: Option<OpenComment>,
    code: bool,
}

/// A comment of several lines whose end has not come.
#[derive(Clone, Copy, Debug)]
struct OpenComment {
    /// The line it begins in.
    first: FileSpan,
    /// Where the last line so far ends.
    end: usize,
}

impl Writer<'_> {
    fn event(&mut self, event: Event<'_>, at: FileSpan) {
        match event {
            Event::Start(tag) => self.start(tag, at),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.code => self.code_text(&text, at),
            Event::Text(text) | Event::Code(text) => self.text(&text, at),
            Event::InlineHtml(html) => self.inline_html(&html, at),
            Event::Html(_) => self.html(at),
            Event::SoftBreak => self.end_line(Parting::Wrap),
            Event::HardBreak => self.end_line(Parting::Line),
            Event::Rule => self.part(Parting::Block),
            _ => {}
        }
    }

    fn part(&mut self, parting: Parting) {
        self.parting = self.parting.max(Some(parting));
        if parting == Parting::Block {
            self.strong = None;
        }
    }

    /// A heading ends with its line.
    fn end_line(&mut self, parting: Parting) {
        let heading = self.heading.take().is_some();
        self.part(if heading { Parting::Block } else { parting });
    }

    fn start(&mut self, tag: Tag<'_>, at: FileSpan) {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock | Tag::BlockQuote(_) => self.part(Parting::Block),
            Tag::CodeBlock(kind) => {
                self.part(Parting::Block);
                // Policies indent by four spaces and mean text.
                self.code = matches!(kind, CodeBlockKind::Indented);
            }
            Tag::Heading { level, .. } => {
                self.part(Parting::Block);
                // Text over a row of `=` is a heading by the letter; converters draw such rows anywhere.
                let marked = self.source[at.start..].trim_start().starts_with('#');
                self.heading = marked.then_some(level as u8);
            }
            Tag::List(first) => {
                self.part(Parting::Block);
                self.lists.push(first);
                self.depth = self.depth.saturating_add(1);
            }
            Tag::Item => {
                self.part(Parting::Block);
                self.opens = true;
                // A bullet inside a numbered item leaves the number to the first line of both.
                if let Some(next) = self.lists.last_mut().and_then(Option::as_mut) {
                    self.number = Some(format!("{next}."));
                    *next = next.saturating_add(1);
                }
            }
            Tag::Strong => {
                self.enter(at.start);
                self.flush();
                self.turn_emphasis();
            }
            Tag::Emphasis => {
                if self.emphasis.0 == 0 {
                    self.enter(at.start);
                    self.flush();
                    self.emphasis.1 = self.draft.position();
                }
                self.emphasis.0 += 1;
            }
            Tag::Link { dest_url, .. } => {
                self.enter(at.start);
                self.flush();
                self.links.push((self.draft.position(), dest_url.into_string()));
            }
            Tag::Image { .. } => self.images += 1,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.end_line(Parting::Block),
            TagEnd::HtmlBlock => {
                self.end_comment();
                self.part(Parting::Block);
            }
            TagEnd::BlockQuote(_) => self.part(Parting::Block),
            TagEnd::Item => {
                if std::mem::take(&mut self.opens) {
                    self.orphan = Some(self.depth);
                }
                self.number = None;
                self.end_numbered();
                self.end_line(Parting::Block);
            }
            TagEnd::CodeBlock => {
                self.code = false;
                self.part(Parting::Block);
            }
            TagEnd::Heading(_) => self.end_line(Parting::Block),
            TagEnd::List(_) => {
                self.depth = self.depth.saturating_sub(1);
                self.lists.pop();
                self.opens = false;
                self.part(Parting::Block);
            }
            TagEnd::Strong => self.turn_emphasis(),
            TagEnd::Emphasis => {
                self.emphasis.0 = self.emphasis.0.saturating_sub(1);
                if self.emphasis.0 == 0 {
                    self.draft.attribute(self.emphasis.1, Attribute::Emphasis);
                }
            }
            TagEnd::Link => {
                if let Some((start, target)) = self.links.pop() {
                    self.draft.attribute(start, Attribute::Link(target));
                }
            }
            TagEnd::Image => self.images = self.images.saturating_sub(1),
            _ => {}
        }
    }

    fn block(&mut self) -> Block {
        if let Some(place) = self.cell {
            self.opens = false;
            return Block::Cell(place);
        }
        let orphan = self.orphan.take();
        match (self.heading, orphan) {
            (Some(level), _) => Block::Heading { level },
            (None, Some(depth)) if self.depth < depth => Block::Text { depth, opens: true },
            (None, _) => Block::Text { depth: self.depth, opens: std::mem::take(&mut self.opens) },
        }
    }

    /// Starts the line that the text to come stands in.
    fn flush(&mut self) {
        let Some(parting) = self.parting.take() else { return };
        self.end_numbered();
        let block = self.block();
        self.draft.start_line(parting, block);
        self.numbered = self.number.take().map(|number| (self.draft.position(), number));
    }

    fn end_numbered(&mut self) {
        if let Some((start, number)) = self.numbered.take() {
            self.draft.attribute(start, Attribute::Number(number));
        }
    }

    /// Goes into the cell at `at`, or out of the table.
    fn enter(&mut self, at: usize) {
        let cell = match self.tables.ground(at).0 {
            Ground::Text => None,
            Ground::Cell(cell) => Some(cell.place),
            Ground::Border => return,
        };
        if cell != self.cell {
            self.part(Parting::Block);
            self.heading = None;
            self.cell = cell;
        }
    }

    /// Text that may be written over the borders of cells.
    fn text(&mut self, text: &str, at: FileSpan) {
        if self.images > 0 {
            return;
        }
        if self.source.get(at.start..at.end) != Some(text) {
            self.enter(at.start);
            return self.stretch(text, at);
        }
        let mut from = at.start;
        while from < at.end {
            let (ground, end) = self.tables.ground(from);
            let end = end.min(at.end);
            if ground != Ground::Border {
                self.enter(from);
                self.stretch(&text[from - at.start..end - at.start], FileSpan::new(from, end));
            }
            from = end;
        }
    }

    fn stretch(&mut self, text: &str, at: FileSpan) {
        if let Some((level, length)) = self.close_heading(text, at) {
            self.part(Parting::Block);
            self.heading = Some(level);
            let title = text[length..].trim_end_matches('#');
            return self.stretch(title, FileSpan::new(at.start + length, at.start + length + title.len()));
        }
        self.flush();
        if self.source.get(at.start..at.end) != Some(text) {
            // Code keeps its ticks in the range; anything else that differs is an entity.
            match self.source[at.start..at.end].find(text) {
                Some(inner) if !text.is_empty() => self.draft.push(text, at.start + inner),
                _ => self.draft.push_decoded(text, at),
            }
            return;
        }
        self.without_asterisks(text, at.start);
    }

    /// `###标题`, which is no heading by the letter, at the start of a line: its level and the length of
    /// its signs.
    fn close_heading(&self, text: &str, at: FileSpan) -> Option<(u8, usize)> {
        let starts_line = self.parting.is_some() && self.cell.is_none();
        if !starts_line || !text.starts_with('#') || escaped(self.source.as_bytes(), at.start) {
            return None;
        }
        let (level, length) = heading_signs(text)?;
        let line = self.source[at.start + length..].lines().next()?;
        // `#话题#` is a tag.
        let tag = level == 1 && line.contains('#');
        let title = line.starts_with(|c: char| c.is_alphanumeric() || !c.is_ascii() || c == '*');
        (title && !tag).then_some((level, length))
    }

    /// A `**` opens emphasis or closes it.
    fn turn_emphasis(&mut self) {
        match self.strong.take() {
            Some(begin) => self.draft.attribute(begin, Attribute::Emphasis),
            None => self.strong = Some(self.draft.position()),
        }
    }

    /// `**` that did not become emphasis (next to Chinese punctuation it does not) is emphasis all the same.
    fn without_asterisks(&mut self, text: &str, start: usize) {
        let bytes = self.source.as_bytes();
        let starred = |at: usize| bytes.get(at) == Some(&b'*');
        let mut from = 0;
        for (at, _) in text.match_indices('*') {
            let here = start + at;
            let doubled = starred(here + 1) || here > 0 && starred(here - 1) && !escaped(bytes, here - 1);
            if !doubled || escaped(bytes, here) {
                continue;
            }
            self.draft.push(&text[from..at], start + from);
            from = at + 1;
            if !starred(here + 1) {
                self.turn_emphasis();
            }
        }
        self.draft.push(&text[from..], start + from);
    }

    /// Text that four spaces made into code: its lines, without escapes.
    fn code_text(&mut self, text: &str, at: FileSpan) {
        if self.source.get(at.start..at.end) != Some(text) {
            self.part(Parting::Wrap);
            self.text(text, at);
            return;
        }
        let mut start = at.start;
        for line in text.split_inclusive('\n') {
            if line.trim().is_empty() {
                self.part(Parting::Block);
            } else {
                self.part(Parting::Wrap);
                let line_text = line.trim_end_matches(['\n', '\r']);
                let at = FileSpan::new(start, start + line_text.len());
                if !self.tables.leave_out(at) {
                    self.text(line_text, at);
                    start += line.len();
                    continue;
                }
                let mut from = 0;
                if let Some((level, length)) = nested_heading(line_text) {
                    self.part(Parting::Block);
                    self.heading = Some(level);
                    from = length;
                }
                self.flush();
                for (escape, _) in line_text.match_indices('\\') {
                    if escape < from {
                        continue;
                    }
                    if line_text.as_bytes().get(escape + 1).is_some_and(u8::is_ascii_punctuation) {
                        self.without_asterisks(&line_text[from..escape], start + from);
                        from = escape + 1;
                    }
                }
                self.without_asterisks(&line_text[from..], start + from);
                if self.heading.take().is_some() {
                    self.part(Parting::Block);
                }
            }
            start += line.len();
        }
        self.part(Parting::Wrap);
    }

    /// A line of HTML. A comment comes line by line and is read as one.
    fn html(&mut self, at: FileSpan) {
        self.part(Parting::Block);
        let first = self.comment.map_or(at, |comment| comment.first);
        let fragment = &self.source[first.start..at.end];
        let open = fragment.rfind("<!--").is_some_and(|open| !fragment[open..].contains("-->"));
        self.comment = open.then_some(OpenComment { first, end: at.end });
        if !open {
            self.fragment(first.start, at.end);
        }
    }

    /// Nobody closed it: its first line is all there is of it, and the rest is text.
    fn end_comment(&mut self) {
        if let Some(OpenComment { first, end }) = self.comment.take() {
            self.fragment(first.start, first.end);
            let mut start = first.end;
            for line in self.source[first.end..end].split_inclusive('\n') {
                self.fragment(start, start + line.len());
                start += line.len();
            }
        }
    }

    fn fragment(&mut self, start: usize, end: usize) {
        let known = self.draft.comments.len();
        html::push_fragment(&mut self.draft, &self.source[start..end], start);
        for comment in &mut self.draft.comments[known..] {
            comment.depth = comment.depth.saturating_add(self.depth);
        }
    }

    fn inline_comment(&mut self, text: FileSpan, at: FileSpan) {
        let stand = match self.tables.ground(at.start).0 {
            Ground::Cell(cell) => Stand::Row { table: cell.place.table, row: cell.place.row },
            Ground::Border => Stand::Table,
            Ground::Text if self.parting.is_none() && !self.draft.line_text().trim().is_empty() => {
                Stand::Line
            }
            Ground::Text => Stand::Alone,
        };
        self.draft.comment(at, text, stand, self.depth);
    }

    fn inline_html(&mut self, html: &str, at: FileSpan) {
        let inner = html.strip_prefix("<!--").and_then(|html| html.strip_suffix("-->"));
        if let Some(inner) = inner.filter(|_| self.source.get(at.start..at.end) == Some(html)) {
            let start = at.start + "<!--".len();
            return self.inline_comment(FileSpan::new(start, start + inner.len()), at);
        }
        let name: String = html
            .trim_start_matches(['<', '/'])
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_ascii_lowercase();
        match name.as_str() {
            "br" => self.part(Parting::Line),
            "p" | "div" | "li" | "tr" | "td" | "h1" | "h2" | "h3" => self.part(Parting::Block),
            "b" | "strong" | "em" if html.starts_with("</") => {
                if let Some(begin) = self.strong.take() {
                    self.draft.attribute(begin, Attribute::Emphasis);
                }
            }
            "b" | "strong" | "em" => {
                self.flush();
                self.strong = Some(self.draft.position());
            }
            _ => {}
        }
    }
}

/// The level of a heading that converters put into a list, `1. ### 标题`, and the length of its signs.
fn nested_heading(line: &str) -> Option<(u8, usize)> {
    let signs = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let signs = signs.strip_prefix(". ").unwrap_or(line).trim_start();
    let (level, length) = heading_signs(signs)?;
    let title = &signs[length..];
    let apart = level > 1 || title.starts_with(' ');
    apart.then(|| (level, line.len() - title.trim_start().len()))
}

/// The level of the heading that a line starts, and the length of its signs.
fn heading_signs(line: &str) -> Option<(u8, usize)> {
    let level = line.bytes().take(7).take_while(|byte| *byte == b'#').count();
    (1..=6).contains(&level).then_some((level as u8, level))
}

fn escaped(bytes: &[u8], at: usize) -> bool {
    at > 0 && bytes[at - 1] == b'\\'
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::sample;
    use crate::source::Format;

    fn lines(text: &str) -> Vec<(Block, String)> {
        let draft = draft(text).finish();
        let prose = draft.prose.text();
        draft.lines.iter().map(|line| (line.block, line.span.of(prose).to_owned())).collect()
    }

    fn emphasised(text: &str) -> Vec<String> {
        let draft = draft(text).finish();
        let prose = draft.prose.text();
        let emphasis = draft.attributes.iter().filter(|(_, attribute)| *attribute == Attribute::Emphasis);
        emphasis.map(|(span, _)| span.of(prose).to_owned()).collect()
    }

    #[test]
    fn the_numbers_of_items_stand_over_their_first_lines() {
        let text = "3. 甲\n   乙\n4. - 丙\n   - **丁**\n7. 戊\n\n后文\n\n- 己\n";
        let draft = draft(text).finish();
        let prose = draft.prose.text();
        let numbers = draft.attributes.iter().filter_map(|(span, attribute)| match attribute {
            Attribute::Number(number) => Some((number.as_str(), span.of(prose).trim())),
            _ => None,
        });
        assert_eq!(numbers.collect::<Vec<_>>(), [("3.", "甲"), ("4.", "丙"), ("5.", "戊")]);
    }

    #[test]
    fn markup_leaves_the_prose() {
        let text = "我们收集**手机号**与[规则](https://a.cn/p \"说明\")，见`设置`&amp;\\*。![图](a.png)";
        assert_eq!(lines(text)[0].1, "我们收集手机号与规则，见设置&*。");
    }

    #[test]
    fn emphasis_next_to_chinese_punctuation_counts() {
        let text = "请提供**“手机号”**和**昵称（必填）**，谢谢。5*5";
        assert_eq!(lines(text)[0].1, "请提供“手机号”和昵称（必填），谢谢。5*5");
        assert_eq!(emphasised(text), ["“手机号”", "昵称（必填）"]);
    }

    #[test]
    fn four_spaces_are_no_code() {
        let text = "甲。\n\n    1\\. **乙**如下\n    丙\n\n    1. ### 丁\n";
        let found = lines(text);
        assert_eq!(found[1].1, "1. 乙如下");
        assert_eq!(found[2].1, "丙");
        assert_eq!(found[3], (Block::Heading { level: 3 }, "丁".to_owned()));
    }

    #[test]
    fn a_title_right_behind_its_hashes_is_a_heading() {
        let text = "##1\\. 总则\n正文在此。\n\n###2.1 存储###\n###**（一）期限**\n其余正文。\n\n#话题#很好\n\n\\#5 号楼\n";
        assert_eq!(
            lines(text),
            [
                (Block::Heading { level: 2 }, "1. 总则".to_owned()),
                (Block::PLAIN, "正文在此。".to_owned()),
                (Block::Heading { level: 3 }, "2.1 存储".to_owned()),
                (Block::Heading { level: 3 }, "（一）期限".to_owned()),
                (Block::PLAIN, "其余正文。".to_owned()),
                (Block::PLAIN, "#话题#很好".to_owned()),
                (Block::PLAIN, "#5 号楼".to_owned()),
            ]
        );
    }

    #[test]
    fn a_bullet_before_a_chapter_does_not_make_it_an_item() {
        let text = "# 隐私政策\n\n  * 一 、收集\n\n我们会收集信息。\n\n  * 二 、使用\n我们会使用信息。\n";
        assert_eq!(
            sample::outline(&sample::read(text, Format::Markdown)),
            "Chapter [隐私政策]\n\
            \x20 Chapter [收集]\n\
            \x20   我们会收集信息。\n\
            \x20 Chapter [使用]\n\
            \x20   我们会使用信息。"
        );
    }

    #[test]
    fn wrapped_sentences_are_whole_again() {
        let text = "1\\.\n本网站由某某公司运营并享有完全的所有权及知识产权等权益，提供的服务将完全按照其发布的条款和操作规则严格执行，您同意本协议包括 iOS 及Android\n系统中运行的应用程序。  \n  \n2\\. 第二项的内容在这里。\n";
        let document = sample::read(text, Format::Markdown);
        let paragraphs: Vec<_> = document.paragraphs.iter().map(|p| document.text(p.span)).collect();
        assert_eq!(paragraphs.len(), 2);
        assert!(paragraphs[0].starts_with("1. 本网站由"));
        assert!(paragraphs[0].contains("Android系统中"));
    }

    #[test]
    fn cells_know_their_place() {
        let text = "| 名称 | 目的 |\n|---|---|\n| 甲方 | 推送 |\n";
        let found = lines(text);
        assert_eq!(found[1], (Block::Cell(sample::place(0, 1, true)), "目的".to_owned()));
        assert_eq!(found[2], (Block::Cell(sample::place(1, 0, false)), "甲方".to_owned()));
    }

    #[test]
    fn a_drawn_row_makes_no_heading() {
        let text = "欢迎您使用我们的服务，请仔细阅读。\n==========\n\n# 总则\n";
        let found = lines(text);
        assert_eq!(found[0].0, Block::PLAIN);
        assert_eq!(found[1].0, Block::Heading { level: 1 });
    }
}
