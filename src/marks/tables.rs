//! What the columns of tables hold, as their headers tell.

use crate::document::{Document, ParagraphId, ParagraphKind, Place, SentenceId};
use crate::knowledge::Knowledge;
use crate::knowledge::spec::Holds;
use std::collections::{BTreeMap, HashMap};

/// A header that is not marked as such stands in one of the first rows.
const ROWS_TO_HEADER: usize = 2;
/// A cell with more characters is no header.
const LONGEST_HEADER: usize = 20;

/// A table with known columns.
#[derive(Debug)]
pub struct Table {
    /// The sentence before it.
    pub lead: Option<SentenceId>,
    pub headers: Vec<Entry>,
    /// The entries of each row, from left to right; one that spans rows stands in each.
    pub rows: Vec<Vec<Entry>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    pub cell: ParagraphId,
    /// `None` when the header is none that is known.
    pub holds: Option<Holds>,
}

type Cells = BTreeMap<u32, Vec<(Place, ParagraphId)>>;

/// The tables of a document with known columns.
pub(super) fn read(document: &Document, knowledge: &Knowledge) -> Vec<Table> {
    let mut tables: BTreeMap<u32, Vec<(Place, ParagraphId)>> = BTreeMap::new();
    for (index, paragraph) in document.paragraphs.iter().enumerate() {
        if let ParagraphKind::Cell(place) = paragraph.kind {
            tables.entry(place.table).or_default().push((place, ParagraphId(index as u32)));
        }
    }
    let reader = Reader { document, knowledge };
    tables.values().filter_map(|cells| reader.table(cells)).collect()
}

struct Reader<'a> {
    document: &'a Document,
    knowledge: &'a Knowledge,
}

impl Reader<'_> {
    fn table(&self, cells: &[(Place, ParagraphId)]) -> Option<Table> {
        let turned: Vec<_> = cells.iter().map(|(place, cell)| (turned(*place), *cell)).collect();
        let (rows, header) = [cells, &turned].into_iter().find_map(|cells| {
            let rows = rows(cells);
            let header = self.header(&rows)?;
            Some((rows, header))
        })?;
        let mut columns: HashMap<u32, Holds> = HashMap::new();
        let mut headers = Vec::new();
        for (place, cell) in header.iter().filter_map(|row| rows.get(row)).flatten() {
            let holds = self.holds(*cell);
            headers.push(Entry { cell: *cell, holds });
            let spanned = place.column..place.column.saturating_add(place.columns);
            columns.extend(holds.into_iter().flat_map(|holds| spanned.clone().map(move |at| (at, holds))));
        }
        let last = rows.keys().next_back().copied()?;
        let mut entries: BTreeMap<u32, Vec<(u32, Entry)>> = BTreeMap::new();
        for (row, cells) in rows.iter().filter(|(row, _)| !header.contains(row)) {
            for (place, cell) in cells {
                let entry = Entry { cell: *cell, holds: columns.get(&place.column).copied() };
                for row in *row..row.saturating_add(place.rows).min(last + 1) {
                    entries.entry(row).or_default().push((place.column, entry));
                }
            }
        }
        let rows = entries.into_values().map(|mut row| {
            row.sort_by_key(|(column, entry)| (*column, entry.cell));
            row.into_iter().map(|(_, entry)| entry).collect()
        });
        Some(Table { lead: self.lead(cells.first()?.1), headers, rows: rows.collect() })
    }

    /// The rows that are headers: those marked as such, else the first that names columns.
    fn header(&self, rows: &Cells) -> Option<Vec<u32>> {
        let known = |cells: &[(Place, ParagraphId)]| {
            cells.iter().filter(|(_, cell)| self.holds(*cell).is_some()).count()
        };
        // A header cell at the head of a row of others only names the row.
        let marked = rows.iter().filter(|(_, cells)| cells.iter().all(|(place, _)| place.header));
        let marked: Vec<u32> = marked.map(|(row, _)| *row).collect();
        if marked.len() < rows.len() && marked.iter().any(|row| known(&rows[row]) > 0) {
            return Some(marked);
        }
        let names_columns = |cells: &[(Place, ParagraphId)]| {
            let short = cells.iter().all(|(_, cell)| self.text(*cell).chars().count() <= LONGEST_HEADER);
            let known = known(cells);
            short && known >= 2 && 2 * known >= cells.len()
        };
        let mut first = rows.iter().take(ROWS_TO_HEADER + marked.len());
        let row = first.find(|(row, cells)| !marked.contains(row) && names_columns(cells));
        row.map(|(row, _)| vec![*row])
    }

    fn holds(&self, cell: ParagraphId) -> Option<Holds> {
        let text = self.knowledge.folding.fold(self.text(cell));
        let known = self.knowledge.grammar.columns.iter().find(|(word, _)| text.contains(word.as_str()));
        known.map(|(_, holds)| *holds)
    }

    fn text(&self, cell: ParagraphId) -> &str {
        self.document.text(self.document.paragraph(cell).span)
    }

    /// The last sentence before the first cell, unless that is a cell, too.
    fn lead(&self, first: ParagraphId) -> Option<SentenceId> {
        let sentences = &self.document.sentences;
        let at = sentences.partition_point(|sentence| sentence.paragraph < first).checked_sub(1)?;
        let paragraph = self.document.paragraph(sentences[at].paragraph);
        (!matches!(paragraph.kind, ParagraphKind::Cell(_))).then_some(SentenceId(at as u32))
    }
}

fn rows(cells: &[(Place, ParagraphId)]) -> Cells {
    let mut rows = Cells::new();
    for (place, cell) in cells {
        rows.entry(place.row).or_default().push((*place, *cell));
    }
    rows
}

/// The place in a table whose headers stand in the first column.
fn turned(place: Place) -> Place {
    Place {
        row: place.column,
        column: place.row,
        rows: place.columns,
        columns: place.rows,
        header: place.header && place.column == 0,
        ..place
    }
}
