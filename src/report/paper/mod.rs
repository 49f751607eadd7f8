//! A document that is handed in: facts, parts with a table each, and notes.
//!
//! What the inventory and the audit have to say is put into a [`Paper`] once; every format writes the same
//! paper, so that none shows what another leaves out.

mod digest;
mod html;
mod markdown;
mod provenance;
mod table;
mod xlsx;

pub use digest::{hex, of_bytes};
pub use html::render as html;
pub use markdown::render as markdown;
pub use provenance::{PolicyFile, Provenance};
pub use table::render as table;
pub use xlsx::render as xlsx;

use super::sanitise::one_line;
use super::{Language, Say};
use crate::knowledge::date::Date;

/// A document for the file.
#[derive(Clone, Debug)]
pub struct Paper {
    pub language: Language,
    pub title: String,
    /// The policy it is about.
    pub subject: String,
    pub date: Date,
    /// What it is about, and how it was made.
    pub facts: Vec<Fact>,
    pub parts: Vec<Part>,
    /// What it is good for, and what not.
    pub notes: Vec<String>,
    /// Lines to be signed by hand.
    pub signatures: Vec<String>,
    /// Words of the formats themselves.
    pub words: PaperWords,
}

/// What is printed beside what a paper says.
#[derive(Clone, Debug)]
pub struct PaperWords {
    /// Heads the facts and the notes, and is the name of their sheet.
    pub about: String,
    /// Stands between a name and what it names.
    pub colon: String,
    pub notes: String,
}

impl PaperWords {
    pub fn new(say: Say<'_>) -> Self {
        let own = |name| say.get(name).to_owned();
        Self { about: own("paper.about"), colon: own("paper.colon"), notes: own("paper.notes") }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    pub name: String,
    pub value: String,
}

/// A table under a title.
#[derive(Clone, Debug)]
pub struct Part {
    pub title: String,
    /// What the table shows.
    pub lead: String,
    pub layout: Layout,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// Said where there are no rows.
    pub empty: String,
}

/// How a part is set where there is room for more than a grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    Table,
    /// Each row under its first cell, the others below each other.
    Cards,
}

#[derive(Clone, Debug)]
pub struct Column {
    pub title: String,
    /// Its width in characters of a spreadsheet.
    pub width: u16,
    pub place: ColumnPlace,
}

/// Where the entries of a column stand in print; a spreadsheet gives every one a column of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnPlace {
    Own,
    /// Small, below the column before.
    Below,
    /// As a title over the rows that have it.
    Title,
}

/// An entry: some cells hold for the whole of it, the others come once or several times.
#[derive(Clone, Debug)]
pub struct Row {
    pub tone: Tone,
    /// Cells of the first columns.
    pub heads: Vec<Cell>,
    /// Cells of the other columns.
    pub lines: Vec<Vec<Cell>>,
}

/// What a row is, where colour can show it; words always say it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Plain,
    Sensitive,
    Good,
    Bad,
    Doubtful,
    Faint,
}

/// What stands in a cell, an entry a line; safe to show on one line each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell(Vec<String>);

impl Column {
    pub fn own(title: &str, width: u16) -> Self {
        Self { title: title.to_owned(), width, place: ColumnPlace::Own }
    }

    pub fn below(title: &str, width: u16) -> Self {
        Self { place: ColumnPlace::Below, ..Self::own(title, width) }
    }

    pub fn title(title: &str, width: u16) -> Self {
        Self { place: ColumnPlace::Title, ..Self::own(title, width) }
    }
}

impl Cell {
    pub fn text(text: impl AsRef<str>) -> Self {
        Self::lines([text])
    }

    /// The lines that are not empty, each once.
    pub fn lines(lines: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let mut kept: Vec<String> = Vec::new();
        for line in lines {
            let line = one_line(line.as_ref().trim());
            if !line.is_empty() && !kept.contains(&line) {
                kept.push(line);
            }
        }
        Self(kept)
    }

    pub fn as_lines(&self) -> &[String] {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Fact {
    pub fn new(name: &str, value: impl AsRef<str>) -> Self {
        Self { name: name.to_owned(), value: one_line(value.as_ref().trim()) }
    }
}

impl Paper {
    /// Papers on several policies as one; the parts of each are told by what it is about.
    pub fn joined(papers: Vec<Self>) -> Option<Self> {
        let several = papers.len() > 1;
        let mut papers = papers.into_iter().map(|mut paper| {
            for part in paper.parts.iter_mut().filter(|_| several) {
                part.title = format!("{}{}{}", part.title, paper.words.colon, one_line(&paper.subject));
            }
            paper
        });
        let mut first = papers.next()?;
        for paper in papers {
            let facts: Vec<Fact> =
                paper.facts.into_iter().filter(|fact| !first.facts.contains(fact)).collect();
            first.facts.extend(facts);
            first.parts.extend(paper.parts);
        }
        Some(first)
    }
}

impl Row {
    /// The cells of each of its lines from the first column on.
    pub fn whole_lines(&self) -> impl Iterator<Item = Vec<&Cell>> {
        self.lines.iter().map(|line| self.heads.iter().chain(line).collect())
    }

    fn cell(&self, line: usize, column: usize) -> Option<&Cell> {
        match column.checked_sub(self.heads.len()) {
            None => self.heads.get(column),
            Some(at) => self.lines.get(line)?.get(at),
        }
    }
}

impl Part {
    /// The title that the rows of this one stand under.
    fn title_of(&self, row: &Row) -> String {
        let titles = self.columns.iter().enumerate().filter(|(_, column)| column.place == ColumnPlace::Title);
        let cells = titles.filter_map(|(at, _)| row.cell(0, at));
        cells.flat_map(Cell::as_lines).cloned().collect::<Vec<_>>().join(" ")
    }

    /// The columns that stand beside each other in print, each with those below it.
    fn printed(&self) -> Vec<Printed> {
        let mut printed: Vec<Printed> = Vec::new();
        for (at, column) in self.columns.iter().enumerate() {
            match (column.place, printed.last_mut()) {
                (ColumnPlace::Title, _) => {}
                (ColumnPlace::Below, Some(above)) => above.below.push(at),
                _ => printed.push(Printed { column: at, below: Vec::new() }),
            }
        }
        printed
    }
}

/// A column in print.
struct Printed {
    column: usize,
    below: Vec<usize>,
}

#[cfg(test)]
pub(super) mod sample {
    //! A paper with everything hostile in it.

    use super::*;

    pub(in crate::report) const HOSTILE: [&str; 10] = [
        "=HYPERLINK(\"http://evil.example\")",
        "<script>alert(1)</script>",
        "a|b`c`*d*_e_[f](g)",
        "两\n行\r\n和\t表",
        "\u{202e}反\u{2066}向",
        "零\u{200b}宽",
        "𠮷𝒳😀",
        "“引号”'\"",
        "@SUM(A1) \u{7} \u{fffe}",
        "-1+2",
    ];

    pub(in crate::report) fn paper() -> Paper {
        let rows = HOSTILE.iter().enumerate().map(|(number, text)| Row {
            tone: if number == 1 { Tone::Sensitive } else { Tone::Plain },
            heads: vec![Cell::text("组"), Cell::text(text), Cell::text(text)],
            lines: vec![vec![Cell::text(text)], vec![Cell::lines([text, "二"])]],
        });
        Paper {
            language: Language::Zh,
            title: "清单 <b>".to_owned(),
            subject: "a.md".to_owned(),
            date: "2026-11-28".parse().unwrap(),
            facts: vec![Fact::new("文件", "a|<i>.md")],
            parts: vec![
                Part {
                    title: "个人信息收集清单".to_owned(),
                    lead: "导言".to_owned(),
                    layout: Layout::Table,
                    columns: vec![
                        Column::title("类别", 10),
                        Column::own("个人信息", 20),
                        Column::below("又作", 20),
                        Column::own("目的", 30),
                    ],
                    rows: rows.collect(),
                    empty: "无".to_owned(),
                },
                Part {
                    title: "第三方/共享:清单*?[]".to_owned(),
                    lead: String::new(),
                    layout: Layout::Cards,
                    columns: vec![Column::own("接收方", 20), Column::own("目的", 30)],
                    rows: Vec::new(),
                    empty: "未见共享".to_owned(),
                },
            ],
            notes: vec!["仅供参考 | <u>".to_owned()],
            signatures: vec!["审核人".to_owned()],
            words: PaperWords {
                about: "说明".to_owned(), colon: "：".to_owned(), notes: "限制".to_owned()
            },
        }
    }
}
