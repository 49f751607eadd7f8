//! The rows of tables and the records of labelled lines, as lists of what they say column by column.

use super::fields::{Field, Run};
use super::items;
use crate::document::{Attribute, Document, SentenceId};
use crate::knowledge::Knowledge;
use crate::knowledge::kinds::PartRole;
use crate::knowledge::spec::Holds;
use crate::marks::{self, MarkKind, Marks, Table};
use crate::span::Span;

/// A row of a table, or a record of labelled lines.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The words that name it.
    pub name: Span,
    /// The sentence these stand in.
    pub sentence: SentenceId,
    /// Entries of one table have one number, and so have all records.
    pub list: u32,
    /// What it is made of, in reading order.
    pub cells: Vec<Cell>,
    /// Where its words stand: the cells, or the lines of a record.
    pub text: Vec<Span>,
    /// What it has an entry for, in whichever cell; sorted.
    says: Vec<Holds>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    pub span: Span,
    /// `None` when the header is none that is known.
    pub holds: Option<Holds>,
}

impl Entry {
    /// Whether it says something of this.
    pub fn says(&self, holds: Holds) -> bool {
        self.says.binary_search(&holds).is_ok()
    }

    /// Whether it has a cell for this, filled or not.
    pub fn has_column(&self, holds: Holds) -> bool {
        self.cells.iter().any(|cell| cell.holds == Some(holds))
    }

    /// The cell for this.
    pub fn cell(&self, holds: Holds) -> Option<Span> {
        self.cells.iter().find(|cell| cell.holds == Some(holds)).map(|cell| cell.span)
    }
}

/// Whether a cell has no entry: /, -, 无.
pub(super) fn is_nothing(knowledge: &Knowledge, text: &str) -> bool {
    let word = text.trim_matches(|c: char| !c.is_alphanumeric());
    word.is_empty() || {
        let word = knowledge.folding.fold(word);
        knowledge.grammar.no_entry.hold(&word)
    }
}

/// The entries of a document, in reading order.
pub(super) fn read(document: &Document, knowledge: &Knowledge, marks: &Marks, runs: &[Run]) -> Vec<Entry> {
    let reader = Reader { document, knowledge, marks };
    let mut entries = Vec::new();
    for (number, table) in marks.tables.iter().enumerate() {
        entries.extend(reader.table(table, number as u32));
    }
    // A list of records is cut up by the headings between them: all are one.
    let list = marks.tables.len() as u32;
    for run in runs {
        let records = reader.records(run).into_iter();
        entries.extend(records.filter_map(|record| reader.record(record, run.party, list)));
    }
    entries.sort_by_key(|entry| entry.name);
    entries
}

struct Reader<'a> {
    document: &'a Document,
    knowledge: &'a Knowledge,
    marks: &'a Marks,
}

impl Reader<'_> {
    fn table<'t>(&'t self, table: &'t Table, list: u32) -> impl Iterator<Item = Entry> + 't {
        let headers: Vec<&str> = table.headers.iter().map(|entry| self.text_of(entry)).collect();
        table.rows.iter().filter_map(move |row| {
            let repeats = row.iter().all(|entry| headers.contains(&self.text_of(entry)));
            // A single cell across the table is the title of what follows.
            if repeats || row.len() < 2 {
                return None;
            }
            let cells = row
                .iter()
                .map(|entry| Cell { span: self.document.paragraph(entry.cell).span, holds: entry.holds });
            let cells: Vec<Cell> = cells.collect();
            let text = cells.iter().map(|cell| cell.span).collect();
            self.entry(cells, text, None, list)
        })
    }

    fn text_of(&self, entry: &marks::Entry) -> &str {
        self.document.text(self.document.paragraph(entry.cell).span).trim()
    }

    /// The fields of a run, those of one thing together: where names are given each opens a record, else a
    /// label that comes again does.
    fn records<'r>(&self, run: &'r Run) -> Vec<&'r [Field]> {
        let label = |field: &Field| self.document.text(field.label);
        let named = run.fields.iter().any(|field| field.holds == Holds::Actor);
        let mut records = Vec::new();
        let mut start = 0;
        for (at, field) in run.fields.iter().enumerate() {
            let opens = if named {
                field.holds == Holds::Actor
            } else {
                run.fields[start..at].iter().any(|known| label(known) == label(field))
            };
            if opens && at > start {
                records.push(&run.fields[start..at]);
                start = at;
            }
        }
        records.push(&run.fields[start..]);
        records
    }

    fn record(&self, fields: &[Field], party: Option<Span>, list: u32) -> Option<Entry> {
        let (first, last) = (fields.first()?, fields.last()?);
        if fields.len() < 2 {
            return None;
        }
        let cell = |field: &Field| Cell { span: field.value, holds: Some(field.holds) };
        let at = self.document.paragraphs.partition_point(|paragraph| paragraph.span.end < last.value.end);
        // A link has often slipped to the line behind its label.
        let behind = self.document.paragraphs.get(at + 1).map(|paragraph| paragraph.span);
        let behind = behind.filter(|span| is_link(self.document.text(*span)));
        let lines = first.label.hull(behind.unwrap_or(last.value));
        let text = party.into_iter().map(|name| self.line_of(name)).chain([lines]).collect();
        self.entry(fields.iter().map(cell).collect(), text, party, list)
    }

    fn line_of(&self, span: Span) -> Span {
        let at = self.document.paragraphs.partition_point(|paragraph| paragraph.span.end <= span.start);
        self.document.paragraphs.get(at).map_or(span, |paragraph| paragraph.span)
    }

    fn entry(&self, cells: Vec<Cell>, text: Vec<Span>, party: Option<Span>, list: u32) -> Option<Entry> {
        let prose = self.document.prose.text();
        let mut says = Vec::new();
        for cell in &cells {
            let text = self.document.text(cell.span).trim();
            match cell.holds {
                // That there is nothing to collect (/, 无) is an answer.
                Some(Holds::Data) if !text.is_empty() => says.push(Holds::Data),
                Some(holds) if !is_nothing(self.knowledge, text) => says.push(holds),
                _ => {}
            }
        }
        for span in &text {
            self.hidden(*span, &mut says);
        }
        if party.is_some() {
            says.push(Holds::Actor);
        }
        let named = |holds| {
            let cell = cells.iter().find(|cell| cell.holds == Some(holds))?;
            Some(cell.span).filter(|span| !is_nothing(self.knowledge, self.document.text(*span)))
        };
        let first = || cells.iter().map(|cell| cell.span).find(|span| !span.trim(prose).is_empty());
        let name = named(Holds::Actor).or(party).or_else(|| named(Holds::Recipient)).or_else(first)?;
        let name = self.first_line(name);
        let sentence = SentenceId(self.document.sentence_from(name.start) as u32);
        says.sort_unstable();
        says.dedup();
        (!says.is_empty()).then_some(Entry { name, sentence, list, cells, text, says })
    }

    /// What a cell says besides what its column is for.
    fn hidden(&self, cell: Span, says: &mut Vec<Holds>) {
        let text = self.document.text(cell);
        let linked = || {
            let from = self.document.attributes.partition_point(|(span, _)| span.start < cell.start);
            let inside =
                self.document.attributes[from..].iter().take_while(|(span, _)| span.start < cell.end);
            inside.into_iter().any(|(_, attribute)| matches!(attribute, Attribute::Link(_)))
        };
        if is_link(text) || linked() {
            says.push(Holds::Link);
        }
        if has_address(text) {
            says.push(Holds::Contact);
        }
        if self.knowledge.grammar.companies.iter().any(|word| contains(text, word)) {
            says.push(Holds::Recipient);
        }
        for (_, sentence) in items::sentences(self.document, cell) {
            let inside = |span: Span| cell.contains(span);
            for mark in &self.marks.sentences[sentence.0 as usize].marks {
                match mark.kind {
                    MarkKind::Data { weak: false, .. } if inside(mark.span) => says.push(Holds::Data),
                    MarkKind::Part(PartRole::Purpose) if inside(mark.span) => says.push(Holds::Purpose),
                    MarkKind::Part(PartRole::Retention) if inside(mark.span) => says.push(Holds::Retention),
                    _ => {}
                }
            }
        }
    }

    fn first_line(&self, span: Span) -> Span {
        let span = span.trim(self.document.prose.text());
        let text = self.document.text(span);
        let end = text.find(['\n', '\u{2028}']).unwrap_or(text.len());
        Span::new(span.start(), span.start() + end)
    }
}

/// Whether `word`, in lower case, stands in `text`.
fn contains(text: &str, word: &str) -> bool {
    text.as_bytes().windows(word.len()).any(|window| window.eq_ignore_ascii_case(word.as_bytes()))
}

/// Whether an address of the web stands in `text`.
fn is_link(text: &str) -> bool {
    ["http", "www."].iter().any(|link| text.contains(link))
}

/// An e-mail address, or a telephone number.
fn has_address(text: &str) -> bool {
    /// No telephone number has fewer digits; what parts them does not count.
    const DIGITS: usize = 7;
    let mail = text.split('@').zip(text.split('@').skip(1)).any(|(before, after)| {
        before.ends_with(|c: char| c.is_ascii_alphanumeric())
            && after
                .split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '-'))
                .next()
                .is_some_and(|domain| domain.contains('.'))
    });
    let digits = |run: &str| run.bytes().filter(u8::is_ascii_digit).count();
    mail || text.split(|c: char| !c.is_ascii_digit() && c != '-').any(|run| digits(run) >= DIGITS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtin;
    use crate::source::{Encoding, Format, Source};

    fn entries(text: &str, format: Format) -> Vec<(String, Vec<Holds>)> {
        let knowledge = builtin::knowledge().unwrap();
        let source = Source {
            path: "t".to_owned(),
            text: text.to_owned(),
            encoding: Encoding::Utf8,
            format,
            word: None,
        };
        let document = crate::document::parse(&source, &knowledge.structure);
        let marks = crate::marks::find(&document, &knowledge, &[]);
        let read = crate::practices::assemble(&document, &knowledge, &marks);
        let told =
            read.entries.iter().map(|entry| (document.text(entry.name).to_owned(), entry.says.clone()));
        told.collect()
    }

    #[test]
    fn rows_say_what_their_filled_cells_hold() {
        let table = "| SDK名称 | 公司名称 | 收集的信息 | 使用目的 | 隐私政策 |\n|---|---|---|---|---|\n\
                     | 雷鸟推送 | 雷鸟科技有限公司 | 设备标识符 | 消息推送 | https://leiniao.example/p |\n\
                     | 飞燕统计 | / | 设备型号 | | 无 |\n";
        use Holds::{Actor, Data, Link, Purpose, Recipient};
        assert_eq!(
            entries(table, Format::Markdown),
            [
                ("雷鸟推送".to_owned(), vec![Data, Actor, Purpose, Recipient, Link]),
                ("飞燕统计".to_owned(), vec![Data, Actor]),
            ]
        );
    }

    #[test]
    fn records_are_entries() {
        let text = "SDK名称：雷鸟推送\n使用目的：推送消息\n收集的个人信息：设备标识符\n";
        assert_eq!(
            entries(text, Format::Text),
            [("雷鸟推送".to_owned(), vec![Holds::Data, Holds::Actor, Holds::Purpose])]
        );
    }

    #[test]
    fn addresses_are_told_from_versions() {
        assert!(has_address("邮箱 help@leiniao.example"));
        assert!(has_address("电话010-8888-9999"));
        assert!(!has_address("版本4.2.1，2024-1-5"));
        assert!(!has_address("微博@雷鸟"));
    }
}
