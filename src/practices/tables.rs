//! Tables: a row is a statement, its columns say what is data, purpose, recipient.

use super::{Action, DataItem, Part, Practice};
use crate::document::{Document, ParagraphId, ParagraphKind, Place, SentenceId};
use crate::knowledge::Knowledge;
use crate::knowledge::kinds::{Distance, PartRole};
use crate::knowledge::spec::Holds;
use crate::marks::{MarkKind, Marks, Origin};
use crate::span::Span;
use std::collections::{BTreeMap, HashMap};

/// The practices that the rows of tables with known columns state.
pub(super) fn read(document: &Document, knowledge: &Knowledge, marks: &Marks) -> Vec<Practice> {
    let mut columns: HashMap<(u32, u32), Holds> = HashMap::new();
    let mut actions: HashMap<u32, Action> = HashMap::new();
    let mut rows: BTreeMap<(u32, u32), Vec<(u32, ParagraphId)>> = BTreeMap::new();
    for (index, paragraph) in document.paragraphs.iter().enumerate() {
        let ParagraphKind::Cell(place) = paragraph.kind else { continue };
        let Place { table, row, column, header, .. } = place;
        if header {
            let text = knowledge.folding.fold(document.text(paragraph.span));
            let known = knowledge.grammar.columns.iter().find(|(word, _)| text.contains(word.as_str()));
            columns.extend(known.map(|(_, holds)| ((table, column), *holds)));
            // 收集的信息: the header has the verb of all its rows.
            if known.is_some_and(|(_, holds)| *holds == Holds::Data)
                && let Some(action) = action(document, marks, paragraph.span)
            {
                actions.insert(table, action);
            }
        } else {
            rows.entry((table, row)).or_default().push((column, ParagraphId(index as u32)));
        }
    }
    let mut practices = Vec::new();
    for ((table, _), cells) in rows {
        let holds = |column: u32| columns.get(&(table, column)).copied();
        // Without a column of data the table is about something else, or laid out in no known way.
        if cells.iter().any(|(column, _)| holds(*column) == Some(Holds::Data)) {
            let cells = cells.into_iter().filter_map(|(column, cell)| Some((holds(column)?, cell)));
            let action = actions.get(&table).copied();
            practices.extend(row(document, knowledge, marks, cells).map(|row| Practice { action, ..row }));
        }
    }
    practices
}

/// The verb that a header holds.
fn action(document: &Document, marks: &Marks, header: Span) -> Option<Action> {
    let index = document.sentence_from(header.start);
    marks.sentences.get(index)?.marks.iter().filter(|mark| header.contains(mark.span)).find_map(|mark| {
        match mark.kind {
            MarkKind::Action { kind: Some(kind), .. } => Some(Action { kind, span: mark.span }),
            _ => None,
        }
    })
}

/// The practice of one row.
fn row(
    document: &Document,
    knowledge: &Knowledge,
    marks: &Marks,
    cells: impl Iterator<Item = (Holds, ParagraphId)>,
) -> Option<Practice> {
    let mut data = Vec::new();
    let mut parts = Vec::new();
    let mut first = None;
    for (holds, cell) in cells {
        let span = document.paragraph(cell).span;
        let role = match holds {
            Holds::Data => {
                let (found, sentence) = items(document, knowledge, marks, span);
                first = first.or(sentence.filter(|_| !found.is_empty()));
                data.extend(found);
                continue;
            }
            Holds::Purpose => PartRole::Purpose,
            Holds::Condition => PartRole::Condition,
            Holds::Recipient => PartRole::Recipient,
            Holds::Refusal => PartRole::Refusal,
            Holds::Retention => PartRole::Retention,
            Holds::Actor | Holds::Other => continue,
        };
        let span = span.trim(document.prose.text());
        if document.text(span).chars().any(char::is_alphanumeric) {
            parts.push(Part { role, span, distance: Distance::Sentence });
        }
    }
    parts.sort_by_key(|part| (part.role, part.span));
    let sentence = first?;
    let section = document.paragraph(document.sentence(sentence).paragraph).section;
    Some(Practice { sentence, section, action: None, actor: None, data, parts, negated: false })
}

/// The data items of a cell and the sentence the first stands in.
fn items(
    document: &Document,
    knowledge: &Knowledge,
    marks: &Marks,
    cell: Span,
) -> (Vec<DataItem>, Option<SentenceId>) {
    let mut items = Vec::new();
    let mut first = None;
    let from = document.sentence_from(cell.start);
    for (index, sentence) in document.sentences.iter().enumerate().skip(from) {
        if sentence.span.start >= cell.end {
            break;
        }
        let id = SentenceId(index as u32);
        for mark in &marks.sentences[index].marks {
            // What stands by hand in a practice of its own is not read twice.
            if !matches!(mark.kind, MarkKind::Data { .. }) || mark.origin == Origin::Annotated {
                continue;
            }
            let item = DataItem::of(mark, &knowledge.lexicon).filter(|item| !item.generic && !item.reference);
            if let Some(item) = item {
                first = first.or(Some(id));
                items.push(item);
            }
        }
    }
    (items, first)
}
