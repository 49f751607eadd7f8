//! Tables: a row is a statement, its columns say what is data, purpose, recipient.

use super::entries::is_nothing;
use super::{Action, Actor, DataItem, Part, Practice, items};
use crate::document::{Document, ParagraphId, ParagraphKind, SentenceId};
use crate::knowledge::Knowledge;
use crate::knowledge::kinds::{ActionKind, ActorKind, Distance, PartRole};
use crate::knowledge::spec::Holds;
use crate::marks::{Entry, Mark, MarkKind, Marks, Origin, Table};
use crate::span::Span;

/// Words that open a field (用于, 为了) are no longer than this, in bytes.
const LONGEST_CUE: usize = 12;

/// The practices that the rows of tables with known columns state. `stated` are those of the sentences.
pub(super) fn read(
    document: &Document,
    knowledge: &Knowledge,
    marks: &Marks,
    stated: &[Practice],
) -> Vec<Practice> {
    let reader = Reader { document, knowledge, marks };
    let mut practices = Vec::new();
    for table in &marks.tables {
        let lead = table.lead.and_then(|lead| reader.lead(lead, stated)).unwrap_or_default();
        // 收集的信息: the header has the verb of all its rows.
        let header = table
            .headers
            .iter()
            .filter(|entry| entry.holds == Some(Holds::Data))
            .find_map(|entry| reader.verbs(entry.cell).next());
        practices.extend(table.rows.iter().filter_map(|row| reader.row(row, header, lead)));
    }
    practices
}

/// What the sentence before a table says of all its rows.
#[derive(Clone, Copy, Debug, Default)]
struct Lead {
    action: Option<Action>,
    actor: Option<Actor>,
}

struct Reader<'a> {
    document: &'a Document,
    knowledge: &'a Knowledge,
    marks: &'a Marks,
}

impl Reader<'_> {
    /// What the paragraph with the sentence before a table says last of unnamed data.
    fn lead(&self, lead: SentenceId, stated: &[Practice]) -> Option<Lead> {
        let paragraph = self.document.sentence(lead).paragraph;
        let end = stated.partition_point(|practice| practice.sentence <= lead);
        let speaks = |practice: &&Practice| {
            !practice.negated && practice.action.is_some_and(|action| action.kind != ActionKind::Provide)
        };
        let last = stated[..end]
            .iter()
            .rev()
            .take_while(|practice| self.document.sentence(practice.sentence).paragraph == paragraph)
            .find(|practice| {
                let unnamed = practice.data.iter().all(|item| item.generic || item.reference);
                speaks(practice) && (unnamed || practice.sentence == lead)
            });
        if let Some(last) = last {
            // 收集和处理: the first verb says how the data is got.
            let from = stated[..end].partition_point(|practice| practice.sentence < last.sentence);
            let first = stated[from..end].iter().find(speaks).unwrap_or(last);
            // What is said in passing of others is not said of the table.
            let colon =
                self.document.text(self.document.sentence(lead).span).trim_end().ends_with(['：', ':']);
            let ours = |actor: &Actor| colon || actor.kind != ActorKind::ThirdParty;
            return Some(Lead { action: first.action, actor: first.actor.filter(ours) });
        }
        // A title or a bare 收集的信息如下：.
        let text = self.document.text(self.document.sentence(lead).span);
        let heading = self.document.paragraph(paragraph).kind == ParagraphKind::Heading;
        if !heading && !text.trim_end().ends_with(['：', ':']) {
            return None;
        }
        let action = self.verbs(paragraph).last()?;
        let before = |mark: &&Mark| mark.span.end <= action.span.start;
        let actor = self.marks_of(paragraph).filter(before).filter_map(|mark| match mark.kind {
            MarkKind::Actor(kind) => Some(Actor { kind, span: mark.span, inherited: false }),
            _ => None,
        });
        Some(Lead { action: Some(action), actor: actor.last() })
    }

    /// The practice of one row. Without data the table is about something else, or laid out in no known way.
    fn row(&self, row: &[Entry], header: Option<Action>, lead: Lead) -> Option<Practice> {
        let mut data = Vec::new();
        let mut parts = Vec::new();
        let mut sentence = None;
        let mut own = None;
        for entry in row {
            let role = match entry.holds {
                Some(Holds::Data) => {
                    let (items, first) = self.items(entry.cell);
                    sentence = sentence.or(first);
                    if let Some(first) = items.first() {
                        own = own.or_else(|| self.verb_of(entry.cell, first.span));
                    }
                    data.extend(items);
                    continue;
                }
                Some(Holds::Purpose) => PartRole::Purpose,
                Some(Holds::Condition) => PartRole::Condition,
                Some(Holds::Refusal) => PartRole::Refusal,
                Some(Holds::Retention) => PartRole::Retention,
                // Whom the row names is read once the verb is known.
                _ => continue,
            };
            parts.extend(self.field(entry.cell, role));
        }
        let sentence = sentence?;
        let mut action = own.or(header).or(lead.action);
        let party = self.party(row, action, lead.actor);
        let names = |holds| row.iter().filter(move |entry| entry.holds == Some(holds));
        for entry in names(Holds::Recipient).chain(names(Holds::Actor)) {
            // A recipient takes the name of its software along only where nobody else is named.
            let stands_in = entry.holds == Some(Holds::Actor) && names(Holds::Recipient).next().is_some();
            if party.is_some_and(|actor| self.cell(entry.cell).contains(actor.span)) || stands_in {
                continue;
            }
            parts.extend(self.names(entry.cell).map(|span| part(PartRole::Recipient, span)));
        }
        if let Some(action) = &mut action
            && action.kind == ActionKind::Collect
            && data.iter().all(|item| self.is_permission(item))
        {
            action.kind = ActionKind::Request;
        }
        parts.sort_by_key(|part| (part.role, part.span));
        parts.dedup();
        let section = self.document.paragraph(self.document.sentence(sentence).paragraph).section;
        // 第三方可能收集……: with whom the row shares it no third party does.
        let shares = action.is_some_and(|action| action.kind.is_sharing());
        let inherited = lead.actor.filter(|actor| !shares || actor.kind != ActorKind::ThirdParty);
        let inherited = inherited.map(|actor| Actor { inherited: true, ..actor });
        Some(Practice { sentence, section, action, actor: party.or(inherited), data, parts, negated: false })
    }

    /// Who acts in the row itself: where third parties collect, whom it names.
    fn party(&self, row: &[Entry], action: Option<Action>, actor: Option<Actor>) -> Option<Actor> {
        if action.is_none_or(|action| action.kind.is_sharing()) {
            return None;
        }
        let of = |holds: Option<Holds>| row.iter().find(|entry| entry.holds == holds);
        let third = actor.is_some_and(|actor| actor.kind == ActorKind::ThirdParty);
        let entry = of(Some(Holds::Actor))
            // What we collect we may pass on to whom the row names.
            .or_else(|| of(Some(Holds::Recipient)).filter(|_| third || actor.is_none()))
            .or_else(|| of(None).filter(|_| third))?;
        let span = self.names(entry.cell).next()?;
        Some(Actor { kind: ActorKind::ThirdParty, span, inherited: false })
    }

    fn is_permission(&self, item: &DataItem) -> bool {
        item.category.is_some_and(|id| self.knowledge.lexicon.category(id).permission)
    }

    /// The names in a cell, without what stands in brackets or links behind them.
    fn names(&self, cell: ParagraphId) -> impl Iterator<Item = Span> + '_ {
        let cell = self.cell(cell);
        let text = self.document.text(cell);
        let end = ["http", "www."].iter().filter_map(|link| text.find(link)).min().unwrap_or(text.len());
        let mut depth = 0usize;
        let parts = text[..end].split(move |c: char| {
            match c {
                '（' | '(' => depth += 1,
                '）' | ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && matches!(c, '、' | '，' | '；' | ';')
        });
        let base = text.as_ptr() as usize;
        parts.filter_map(move |part| {
            let start = cell.start() + (part.as_ptr() as usize - base);
            let span = Span::new(start, start + part.len());
            let named = part.trim_matches(|c: char| {
                c.is_whitespace() || matches!(c, '：' | ':' | '<' | '。' | '[' | '【' | '_')
            });
            let named = named.trim_end_matches(['（', '(']).trim_end();
            let start = span.start() + part.find(named)?;
            let span = Span::new(start, start + named.len());
            (!self.is_nothing(named)).then_some(span)
        })
    }

    /// What a cell says of purpose, condition …; what its sentences are known to say goes before the whole.
    fn field(&self, cell: ParagraphId, role: PartRole) -> Option<Part> {
        let mut span = self.cell(cell);
        let text = self.document.text(span);
        if self.is_nothing(text) {
            return None;
        }
        let known =
            self.marks_of(cell).filter(|mark| mark.kind == MarkKind::Part(role)).map(|mark| mark.span);
        let mut known = known.peekable();
        if let Some(first) = known.peek().copied()
            && first.start() <= span.start() + LONGEST_CUE
        {
            let last = known.last().unwrap_or(first);
            span = Span { start: first.start, end: if last == first { first.end } else { span.end } };
        }
        let mut text = self.document.text(span).trim_end_matches(['。', '；', ';']);
        for word in &self.knowledge.lexicon.and_so_on {
            text = text.strip_suffix(word.as_str()).unwrap_or(text);
        }
        let span = Span::new(span.start(), span.start() + text.len());
        (!span.is_empty()).then(|| part(role, span))
    }

    fn is_nothing(&self, text: &str) -> bool {
        is_nothing(self.knowledge, text)
    }

    /// The data items of a cell and the sentence the first stands in.
    fn items(&self, cell: ParagraphId) -> (Vec<DataItem>, Option<SentenceId>) {
        // What stands by hand in a practice of its own is not read twice.
        if self.marks_of(cell).any(|mark| mark.origin == Origin::Annotated) {
            return (Vec::new(), None);
        }
        let mut items = items::listed(self.document, self.knowledge, self.marks, self.cell(cell));
        items.retain(|item| item.category.is_some() || !self.is_nothing(self.document.text(item.span)));
        let first = items.first().map(|item| SentenceId(self.document.sentence_from(item.span.start) as u32));
        (items, first)
    }

    /// The verb in a cell that the item at `first` is the object of: none that describes it (用户上传的文件).
    fn verb_of(&self, cell: ParagraphId, first: Span) -> Option<Action> {
        let before = self.marks_of(cell).filter(|mark| mark.span.end <= first.start);
        let verb = before.filter(|mark| matches!(mark.kind, MarkKind::Action { .. })).last()?;
        let MarkKind::Action { kind: Some(kind), weak, .. } = verb.kind else { return None };
        // 设备存储情况 stores nothing.
        let sentence = &self.document.sentences[self.document.sentence_from(verb.span.start)];
        let opening = Span { start: sentence.span.start.max(self.cell(cell).start), end: verb.span.start };
        if weak && self.document.text(opening).contains(char::is_alphanumeric) {
            return None;
        }
        let after = &self.document.prose.text()[verb.span.end()..first.start()];
        let describes = self.knowledge.lexicon.relatives.any_starts(after);
        (!describes).then_some(Action { kind, span: verb.span })
    }

    /// The verbs of a paragraph, in reading order.
    fn verbs(&self, paragraph: ParagraphId) -> impl Iterator<Item = Action> + '_ {
        self.marks_of(paragraph).filter_map(|mark| match mark.kind {
            MarkKind::Action { kind: Some(kind), .. } if kind != ActionKind::Provide => {
                Some(Action { kind, span: mark.span })
            }
            _ => None,
        })
    }

    fn marks_of(&self, paragraph: ParagraphId) -> impl Iterator<Item = &Mark> + '_ {
        let from = self.document.sentence_from(self.document.paragraph(paragraph).span.start);
        let of_paragraph = self.document.sentences[from..]
            .iter()
            .take_while(move |sentence| sentence.paragraph == paragraph)
            .count();
        self.marks.sentences[from..from + of_paragraph].iter().flat_map(|sentence| &sentence.marks)
    }

    fn cell(&self, cell: ParagraphId) -> Span {
        self.document.paragraph(cell).span.trim(self.document.prose.text())
    }
}

fn part(role: PartRole, span: Span) -> Part {
    Part { role, span, distance: Distance::Sentence }
}

/// The cells of tables, and the sentence that leads each table in.
pub(super) fn leads(tables: &[Table]) -> impl Iterator<Item = (ParagraphId, Option<SentenceId>)> + '_ {
    tables.iter().flat_map(|table| {
        let cells = table.headers.iter().chain(table.rows.iter().flatten());
        cells.map(move |entry| (entry.cell, table.lead))
    })
}
