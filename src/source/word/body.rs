//! Reads the text of a part: the main one, or one with notes.

use super::looks::{Look, paragraph_properties, run_properties};
use super::relations::Relations;
use super::story::{Field, Line, Note, Run, RunId, Story};
use super::styles::Styles;
use super::symbols::symbol;
use super::xml::{Node, Space, Tag, Xml};
use super::{Cell, LINE_BREAK, WordError};

/// What was read of a file so far.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) runs: Vec<Run>,
    pub(super) cells: Vec<Cell>,
    tables: u32,
    pub(super) links: Vec<String>,
    /// The notes referred to, in the order of the text.
    pub(super) notes: Vec<Note>,
    /// Whether the main part is of the strict edition.
    pub(super) strict: bool,
}

/// A note of a part with notes.
pub(super) struct NoteText {
    pub(super) id: String,
    pub(super) lines: Vec<Line>,
}

/// Which part is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Main,
    Notes,
}

/// What an open element is to the text in it.
enum Element {
    Paragraph,
    Run,
    /// Its characters are text.
    Text {
        tag: usize,
        content: usize,
    },
    /// Its characters tell what a field does.
    Instruction,
    Table,
    Cell,
    TextBox,
    Note(String),
    Hyperlink,
    Field,
    /// The same in several forms, of which the first is read; whether it was.
    Alternatives {
        taken: bool,
    },
    Plain,
}

/// How to go on with an element that was opened.
enum Step {
    Into(Element),
    /// Nothing in it counts.
    Over,
    /// It has been read to its end.
    Done,
}

/// The reading of one part.
pub(super) struct Reader<'a, 'r> {
    xml: Xml<'a>,
    part: Part,
    styles: &'r Styles,
    relations: &'r Relations,
    read: &'r mut Read,
    stack: Vec<Element>,
    /// The story being read, behind it the text box in it, and so on.
    stories: Vec<Story>,
    notes: Vec<NoteText>,
    /// Whether there was the root element of a main part.
    is_document: bool,
}

/// The lines of the main part.
pub(super) fn main_text(
    xml: Xml<'_>,
    part: &str,
    styles: &Styles,
    relations: &Relations,
    read: &mut Read,
) -> Result<Vec<Line>, WordError> {
    let mut reader = Reader::new(xml, Part::Main, styles, relations, read);
    reader.run()?;
    if !reader.is_document {
        return Err(WordError::NoText(part.to_owned()));
    }
    let story = reader.story();
    story.end_paragraph();
    Ok(std::mem::take(&mut story.lines))
}

/// The notes of a part.
pub(super) fn notes(
    xml: Xml<'_>,
    styles: &Styles,
    relations: &Relations,
    read: &mut Read,
) -> Result<Vec<NoteText>, WordError> {
    let mut reader = Reader::new(xml, Part::Notes, styles, relations, read);
    reader.run()?;
    Ok(reader.notes)
}

impl<'a, 'r> Reader<'a, 'r> {
    fn new(
        xml: Xml<'a>,
        part: Part,
        styles: &'r Styles,
        relations: &'r Relations,
        read: &'r mut Read,
    ) -> Self {
        Self {
            xml,
            part,
            styles,
            relations,
            read,
            stack: vec![],
            stories: vec![],
            notes: vec![],
            is_document: false,
        }
    }

    fn run(&mut self) -> Result<(), WordError> {
        loop {
            let from = self.xml.position();
            match self.xml.next()? {
                None => return Ok(()),
                Some(Node::Open(tag)) => match self.open(&tag)? {
                    Step::Into(element) => self.stack.push(element),
                    Step::Over => self.xml.skip()?,
                    Step::Done => {}
                },
                Some(Node::Close) => {
                    if let Some(element) = self.stack.pop() {
                        self.close(element, from);
                    }
                }
                Some(Node::Text(text)) => match self.stack.last() {
                    Some(Element::Text { .. }) => self.story().buffer.push_str(&text),
                    Some(Element::Instruction) => self.story().instruct(&text),
                    _ => {}
                },
            }
        }
    }

    /// The innermost story; there is always one.
    fn story(&mut self) -> &mut Story {
        if self.stories.is_empty() {
            self.stories.push(Story::default());
        }
        let last = self.stories.len() - 1;
        &mut self.stories[last]
    }

    fn open(&mut self, tag: &Tag<'_>) -> Result<Step, WordError> {
        match tag.space {
            Space::Compatibility => return Ok(self.alternative(tag)),
            Space::Other => return Ok(Step::Into(Element::Plain)),
            Space::Word => {}
        }
        let element = match tag.name() {
            "document" => {
                self.is_document = true;
                self.read.strict = tag.strict;
                Element::Plain
            }
            "p" => {
                self.start_paragraph();
                Element::Paragraph
            }
            "r" => {
                self.start_run(tag);
                Element::Run
            }
            "t" => {
                self.story().buffer.clear();
                Element::Text { tag: tag.at.start, content: tag.at.end }
            }
            "instrText" => Element::Instruction,
            "hyperlink" => {
                let link = self.link(tag);
                self.story().links.push(link);
                Element::Hyperlink
            }
            "fldSimple" => {
                let instruction = tag.attribute("instr").unwrap_or_default();
                self.story().begin_field(Field::new(instruction));
                self.show_field();
                Element::Field
            }
            "tbl" => {
                let table = self.read.tables;
                self.read.tables += 1;
                self.story().start_table(table);
                Element::Table
            }
            "tr" => {
                if let Some(table) = self.story().tables.last_mut() {
                    table.start_row();
                }
                Element::Plain
            }
            "tc" => {
                if self.story().tables.last_mut().is_some_and(|table| !table.start_cell()) {
                    return Ok(Step::Over);
                }
                Element::Cell
            }
            "txbxContent" => {
                let anchor = self.host();
                self.stories.push(Story { anchor, ..Story::default() });
                Element::TextBox
            }
            "footnote" | "endnote" if self.part == Part::Notes => {
                // Those of a type are the lines that part notes from the text.
                if tag.attribute("type").is_some_and(|kind| kind != "normal") {
                    return Ok(Step::Over);
                }
                self.stories = vec![Story::default()];
                Element::Note(tag.attribute("id").unwrap_or_default())
            }
            "footnoteReference" | "endnoteReference" if self.part == Part::Main => {
                if let (Some(id), Some(anchor), true) =
                    (tag.attribute("id"), self.host(), self.story().counts())
                {
                    self.read.notes.push(Note { end: tag.name() == "endnoteReference", id, anchor });
                }
                return Ok(Step::Over);
            }
            "altChunk" | "subDoc" => return Err(WordError::Embedded),
            // Deleted or moved away; how a word sounds; what only machines read.
            "del" | "moveFrom" | "delText" | "delInstrText" | "rt" | "rubyPr" | "sectPr" | "sdtPr"
            | "sdtEndPr" | "tblPr" | "tblGrid" | "tblPrEx" | "smartTagPr" | "customXmlPr" => {
                return Ok(Step::Over);
            }
            name => return self.properties(name, tag),
        };
        Ok(Step::Into(element))
    }

    /// Properties, and signs that stand for characters.
    fn properties(&mut self, name: &str, tag: &Tag<'_>) -> Result<Step, WordError> {
        match name {
            "pPr" => {
                let properties = paragraph_properties(&mut self.xml)?;
                let style = self.styles.of_paragraph(properties.style.as_deref());
                self.story().set_properties(&properties, style);
                return Ok(Step::Done);
            }
            "rPr" => {
                let properties = run_properties(&mut self.xml)?;
                let end = self.xml.position();
                self.set_look(properties.style.as_deref(), properties.look);
                let run = self.story().runs.last().copied();
                if let Some(run) = run.and_then(|run| self.read.runs.get_mut(run.0 as usize)) {
                    run.properties = Some(tag.at.start..end);
                }
                return Ok(Step::Done);
            }
            "trPr" => {
                self.row_properties()?;
                return Ok(Step::Done);
            }
            "tcPr" => {
                self.cell_properties()?;
                return Ok(Step::Done);
            }
            "tab" | "ptab" => self.sign("\t", tag),
            // A new page or column within a paragraph is a new line too.
            "br" | "cr" => self.sign(LINE_BREAK, tag),
            "noBreakHyphen" => self.sign("-", tag),
            "sym" => {
                if let Some(symbol) = symbol(tag) {
                    self.sign(symbol.encode_utf8(&mut [0; 4]), tag);
                }
            }
            "fldChar" => match tag.attribute("fldCharType").as_deref() {
                Some("begin") => self.story().begin_field(Field::new(String::new())),
                Some("separate") => self.show_field(),
                Some("end") => self.story().end_field(),
                _ => {}
            },
            _ => return Ok(Step::Into(Element::Plain)),
        }
        Ok(Step::Over)
    }

    fn row_properties(&mut self) -> Result<(), WordError> {
        while let Some(child) = self.xml.child()? {
            if let Some(table) = self.story().tables.last_mut() {
                match child.name() {
                    "tblHeader" => table.header = child.is_on(),
                    "gridBefore" => table.column = child.number("val").unwrap_or_default(),
                    "del" => table.row_gone = true,
                    _ => {}
                }
            }
            self.xml.skip()?;
        }
        Ok(())
    }

    fn cell_properties(&mut self) -> Result<(), WordError> {
        while let Some(child) = self.xml.child()? {
            if let Some(table) = self.story().tables.last_mut() {
                match child.name() {
                    "gridSpan" => table.spans = child.number("val").unwrap_or(1),
                    "vMerge" => {
                        table.merges = true;
                        table.continues = child.attribute("val").is_none_or(|value| value != "restart");
                    }
                    "cellDel" => table.cell_gone = true,
                    _ => {}
                }
            }
            self.xml.skip()?;
        }
        Ok(())
    }

    fn alternative(&mut self, tag: &Tag<'_>) -> Step {
        match (tag.name(), self.stack.last_mut()) {
            ("AlternateContent", _) => Step::Into(Element::Alternatives { taken: false }),
            (_, Some(Element::Alternatives { taken })) => {
                if std::mem::replace(taken, true) {
                    Step::Over
                } else {
                    Step::Into(Element::Plain)
                }
            }
            _ => Step::Into(Element::Plain),
        }
    }

    fn close(&mut self, element: Element, at: usize) {
        match element {
            Element::Paragraph => self.story().close_paragraph(),
            Element::Run => {
                if let Some(run) = self.story().runs.pop() {
                    let end = self.xml.position();
                    if let Some(run) = self.read.runs.get_mut(run.0 as usize) {
                        run.at.end = end;
                    }
                }
            }
            Element::Text { tag, content } => {
                let story = self.story();
                // White space is written as it comes; only tabs and breaks of their own are more than blanks.
                let text = std::mem::take(&mut story.buffer).replace(['\n', '\r', '\t'], " ");
                story.add(&text, tag, content..at.max(content), true);
                story.buffer = text;
            }
            Element::Table => self.story().end_table(),
            Element::Cell => {
                let Self { stories, read, .. } = self;
                if let Some(story) = stories.last_mut() {
                    story.end_cell(&mut read.cells);
                }
            }
            Element::TextBox => {
                self.story().end_paragraph();
                let lines = self.stories.pop().map(|story| story.lines).unwrap_or_default();
                self.story().take_box(lines);
            }
            Element::Note(id) => {
                self.story().end_paragraph();
                let lines = self.stories.pop().map(|story| story.lines).unwrap_or_default();
                self.notes.push(NoteText { id, lines });
            }
            Element::Hyperlink => {
                self.story().links.pop();
            }
            Element::Field => self.story().end_field(),
            Element::Instruction | Element::Alternatives { .. } | Element::Plain => {}
        }
    }

    fn start_paragraph(&mut self) {
        self.story();
        let Self { stories, read, styles, .. } = self;
        if let Some(story) = stories.last_mut() {
            let cell = story.cell(&mut read.cells);
            story.start_paragraph(cell, styles.of_paragraph(None));
        }
    }

    fn start_run(&mut self, tag: &Tag<'_>) {
        let run = RunId(self.read.runs.len() as u32);
        self.read.runs.push(Run { at: tag.at.clone(), tag: tag.at.clone(), properties: None });
        self.story().runs.push(run);
        self.set_look(None, Look::default());
    }

    fn set_look(&mut self, style: Option<&str>, look: Look) {
        let styles = self.styles;
        let style = style.and_then(|name| styles.id(name));
        let story = self.story();
        let paragraph = story.paragraph.as_ref().and_then(|line| line.style);
        story.look = styles.look(paragraph, style, look);
    }

    /// The run of the main story that all this stands in.
    fn host(&self) -> Option<RunId> {
        self.stories.iter().find_map(|story| story.runs.first().copied())
    }

    fn sign(&mut self, text: &str, tag: &Tag<'_>) {
        // With its end tag, if it has one: nothing else stands in it.
        self.story().add(text, tag.at.start, tag.at.clone(), false);
    }

    fn show_field(&mut self) {
        self.story();
        let Self { stories, read, .. } = self;
        if let Some(story) = stories.last_mut() {
            story.show_field(&mut read.links);
        }
    }

    fn link(&mut self, tag: &Tag<'_>) -> Option<u32> {
        let target = tag.attribute("id").and_then(|id| self.relations.target(&id).map(str::to_owned));
        let target = target.or_else(|| tag.attribute("anchor").map(|anchor| format!("#{anchor}")))?;
        let link = self.read.links.len() as u32;
        self.read.links.push(target);
        Some(link)
    }
}
