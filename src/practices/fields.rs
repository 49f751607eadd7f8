//! Records of labelled lines: 使用目的：……, 收集的个人信息：…… state together what the row of a table would.

use super::{Action, Actor, DataItem, Part, Practice, items};
use crate::document::{Document, ParagraphId, ParagraphKind, SectionId, SectionKind, SentenceId};
use crate::knowledge::Knowledge;
use crate::knowledge::kinds::{ActorKind, Distance, PartRole};
use crate::knowledge::lexicon::Word;
use crate::knowledge::spec::Holds;
use crate::marks::{Hit, Marks, Origin};
use crate::span::Span;
use std::collections::HashMap;

/// A label has no more characters than this.
const LONGEST_LABEL: usize = 20;
/// Nor has the name of what a record is about.
const LONGEST_HEAD: usize = 40;

/// Nothing has more fields than this.
const MOST_FIELDS: usize = 32;

/// A labelled stretch of a paragraph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    pub(super) label: Span,
    pub(super) value: Span,
    pub(super) holds: Holds,
}

/// The practices that records of fields state.
#[derive(Debug, Default)]
pub(super) struct Records {
    practices: HashMap<SentenceId, Vec<Practice>>,
    /// Fields on lines that follow each other, with data or without.
    runs: Vec<Run>,
    /// Which sentences say no more than their fields.
    taken: Vec<bool>,
}

impl Records {
    pub(super) fn find(document: &Document, knowledge: &Knowledge, marks: &Marks) -> Self {
        let mut records = Self {
            practices: HashMap::new(),
            runs: Vec::new(),
            taken: vec![false; document.sentences.len()],
        };
        let reader = Reader { document, knowledge, marks };
        let mut record = Record::default();
        let mut last_line: Option<ParagraphId> = None;
        let mut value = None;
        for index in 0..document.paragraphs.len() {
            let id = ParagraphId(index as u32);
            if value == Some(id) {
                record.last = record.last.map(|_| id);
                last_line = last_line.map(|_| id);
                continue;
            }
            let mut fields = reader.fields(id);
            if let [field] = fields.as_mut_slice()
                && let Some(below) = reader.value_below(id, field)
            {
                field.value = document.paragraph(below).span;
                value = Some(below);
            }
            let labelled = !fields.is_empty() || reader.is_labelled(id);
            if !fields.is_empty() {
                if last_line.is_none_or(|last| !reader.are_lines(last, id)) {
                    records.runs.push(Run { party: reader.named_above(id), ..Run::default() });
                }
                if let Some(run) = records.runs.last_mut() {
                    run.fields.extend(&fields);
                }
            }
            last_line = last_line.or((!fields.is_empty()).then_some(id)).and(labelled.then_some(id));
            let goes_on = record.last.is_some_and(|last| reader.are_lines(last, id));
            // Several fields on one line are a record of their own.
            let whole = fields.len() > 1 && fields.iter().any(|field| field.holds == Holds::Data);
            if !goes_on || whole || !labelled {
                reader.close(&mut record, &mut records);
            }
            for field in fields {
                let again = || record.fields.iter().any(|known| reader.is_again(known, &field));
                if record.fields.len() == MOST_FIELDS || again() {
                    reader.close(&mut record, &mut records);
                }
                if record.fields.is_empty() {
                    record.above = index.checked_sub(1).map(|above| ParagraphId(above as u32));
                }
                record.fields.push(field);
            }
            if whole {
                reader.close(&mut record, &mut records);
            }
            record.last = (!record.fields.is_empty()).then_some(id);
        }
        reader.close(&mut record, &mut records);
        records
    }

    /// Whether `sentence` says no more than fields do.
    pub(super) fn hold(&self, sentence: SentenceId) -> bool {
        self.taken[sentence.0 as usize]
    }

    /// For each sentence of the document whether it says no more.
    pub(super) fn sentences(&self) -> &[bool] {
        &self.taken
    }

    pub(super) fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// The practices of the record whose data `sentence` names, which do and are done by what `lead` says where
    /// no label and no name says it.
    pub(super) fn practices(
        &mut self,
        sentence: SentenceId,
        lead: Option<(Action, Option<Actor>)>,
    ) -> Vec<Practice> {
        let mut practices = self.practices.remove(&sentence).unwrap_or_default();
        for practice in &mut practices {
            practice.action = practice.action.or(lead.map(|(action, _)| action));
            // With a third party data is shared; nobody else shares it.
            if practice.action.is_some_and(|action| action.kind.is_sharing())
                && let Some(party) = practice.actor.take()
            {
                let part = Part { role: PartRole::Recipient, span: party.span, distance: Distance::Sentence };
                practice.parts.insert(0, part);
            }
            let lead = lead.and_then(|(_, actor)| actor);
            practice.actor = practice.actor.or(lead.map(|actor| Actor { inherited: true, ..actor }));
        }
        practices
    }
}

/// Fields that follow each other, of one thing or several.
#[derive(Debug, Default)]
pub(super) struct Run {
    pub(super) fields: Vec<Field>,
    /// Whom the line above names.
    pub(super) party: Option<Span>,
}

/// Fields that follow each other and speak of one thing.
#[derive(Debug, Default)]
struct Record {
    fields: Vec<Field>,
    /// The paragraph before the first.
    above: Option<ParagraphId>,
    /// The paragraph of the last.
    last: Option<ParagraphId>,
}

struct Reader<'a> {
    document: &'a Document,
    knowledge: &'a Knowledge,
    marks: &'a Marks,
}

impl Reader<'_> {
    /// Whether `field` says anew what `known` said, of the next thing.
    fn is_again(&self, known: &Field, field: &Field) -> bool {
        let once = matches!(field.holds, Holds::Actor | Holds::Purpose | Holds::Retention);
        self.document.text(known.label) == self.document.text(field.label)
            || (once && known.holds == field.holds)
    }

    /// Whether two paragraphs are lines of one section, or items beside each other.
    fn are_lines(&self, first: ParagraphId, second: ParagraphId) -> bool {
        let of = |id: ParagraphId| self.document.paragraph(id).section;
        let (first, second) = (of(first), of(second));
        let parent = |section: SectionId| {
            let section = self.document.section(section);
            section.parent.filter(|_| section.kind == SectionKind::Item)
        };
        first == second
            || parent(second) == Some(first)
            || parent(first).is_some_and(|above| parent(second) == Some(above))
    }

    /// The fields of a paragraph that begins with one.
    fn fields(&self, id: ParagraphId) -> Vec<Field> {
        let paragraph = self.document.paragraph(id);
        let mut fields: Vec<Field> = Vec::new();
        if matches!(paragraph.kind, ParagraphKind::Cell { .. }) || self.is_annotated(paragraph.span) {
            return fields;
        }
        let text = self.document.text(paragraph.span);
        let mut at = text.len() - text.trim_start_matches(is_numbering).len();
        loop {
            let rest = &text[at..];
            if let Some((label, length)) = label(rest)
                && let Some(holds) = self.holds(label.of(rest))
            {
                let start = paragraph.span.start() + at;
                let label = Span::new(start + label.start(), start + label.end());
                let value = Span::new(start + length, paragraph.span.end());
                if let Some(last) = fields.last_mut() {
                    last.value.end = start as u32;
                }
                fields.push(Field { label, value, holds });
                at += length;
            } else if fields.is_empty() {
                return fields;
            }
            // The next label stands behind a stop or white space.
            let stop = text[at..].char_indices().find(|(_, c)| is_stop(*c));
            let Some((next, stop)) = stop else { break };
            at += next + stop.len_utf8();
        }
        fields
    }

    /// The line that holds the value of a label alone on its own; more lines are a list with a lead-in.
    fn value_below(&self, id: ParagraphId, field: &Field) -> Option<ParagraphId> {
        let is_line = |below: ParagraphId| {
            let paragraph = self.document.paragraphs.get(below.0 as usize);
            paragraph.is_some_and(|line| line.kind == ParagraphKind::Text) && self.are_lines(id, below)
        };
        let (below, next) = (ParagraphId(id.0 + 1), ParagraphId(id.0 + 2));
        let alone = !self.document.text(field.value).contains(char::is_alphanumeric);
        let ends = || !is_line(next) || !self.fields(next).is_empty();
        (alone
            && is_line(below)
            && self.fields(below).is_empty()
            && !self.is_annotated(self.document.paragraph(below).span)
            && ends())
        .then_some(below)
    }

    /// Whether a paragraph begins like a field, known or not.
    fn is_labelled(&self, id: ParagraphId) -> bool {
        let text = self.document.text(self.document.paragraph(id).span);
        label(text.trim_start_matches(is_numbering)).is_some()
    }

    fn is_annotated(&self, span: Span) -> bool {
        items::sentences(self.document, span).any(|(_, id)| {
            self.marks.sentences[id.0 as usize].marks.iter().any(|mark| mark.origin == Origin::Annotated)
        })
    }

    /// What a field with such a label holds: every word of it has to be one of labels.
    fn holds(&self, label: &str) -> Option<Holds> {
        let grammar = &self.knowledge.grammar;
        let folded = self.knowledge.folding.fold(label);
        // Where a word ends, another begins.
        let mut reached = vec![false; folded.len() + 1];
        reached[0] = true;
        for at in 0..folded.len() {
            if reached[at] {
                for word in grammar.field_words.starting(&folded[at..]) {
                    reached[at + word.len()] = true;
                }
            }
        }
        let known = || grammar.columns.iter().find(|(word, _)| folded.contains(word.as_str()));
        let holds = || known().map_or(Holds::Other, |(_, holds)| *holds);
        (!folded.is_empty() && reached[folded.len()]).then(holds)
    }

    /// Reads the record and begins a new one.
    fn close(&self, record: &mut Record, records: &mut Records) {
        let record = std::mem::take(record);
        let data: Vec<(Option<Action>, Vec<DataItem>)> = record
            .fields
            .iter()
            .filter(|field| field.holds == Holds::Data)
            .map(|field| (self.action(field), self.items(field)))
            .filter(|(action, items)| !items.is_empty() && (record.fields.len() > 1 || action.is_some()))
            .collect();
        if data.is_empty() {
            return;
        }
        let actor =
            self.party(&record).map(|span| Actor { kind: ActorKind::ThirdParty, span, inherited: false });
        let parts: Vec<Part> = record.fields.iter().flat_map(|field| self.parts(field)).collect();
        for (action, data) in data {
            let Some(first) = data.first() else { continue };
            let sentence = SentenceId(self.document.sentence_from(first.span.start) as u32);
            let section = self.document.paragraph(self.document.sentence(sentence).paragraph).section;
            let parts = parts.clone();
            let practice = Practice { sentence, section, action, actor, data, parts, negated: false };
            records.practices.entry(sentence).or_default().push(practice);
        }
        for field in record.fields.iter().filter(|field| field.holds.states()) {
            for (_, id) in items::sentences(self.document, self.said(field).hull(field.label)) {
                records.taken[id.0 as usize] = true;
            }
        }
    }

    /// What stands behind the label, up to a full stop: remarks may follow.
    fn said(&self, field: &Field) -> Span {
        let text = self.document.text(field.value);
        let end = text.find(['。', '\n']).unwrap_or(text.len());
        let value = Span::new(field.value.start(), field.value.start() + end);
        let kept =
            self.document.text(value).trim_end_matches(|c: char| !is_closing(c) && !c.is_alphanumeric());
        Span::new(value.start(), value.start() + kept.len()).trim(self.document.prose.text())
    }

    /// The verb in the label of a data field.
    fn action(&self, field: &Field) -> Option<Action> {
        let lexicon = &self.knowledge.lexicon;
        self.marks.hits.within(field.label).find_map(|hit| {
            lexicon.words(hit.literal).find_map(|word| match word {
                Word::Verb { group, by_user: false, .. } => {
                    Some(Action { kind: lexicon.verbs[group as usize].kind, span: hit.span })
                }
                _ => None,
            })
        })
    }

    fn items(&self, field: &Field) -> Vec<DataItem> {
        let said = self.said(field);
        let denied = items::sentences(self.document, said).any(|(_, id)| {
            let negations = &self.marks.sentences[id.0 as usize].negations;
            negations.iter().any(|word| said.contains(*word) && word.start < said.start + NEGATION)
        });
        if denied {
            return Vec::new();
        }
        items::listed(self.document, self.knowledge, self.marks, said)
    }

    /// Who the record is about: the value of its own field, or the end of the line above.
    fn party(&self, record: &Record) -> Option<Span> {
        if let Some(field) = record.fields.iter().find(|field| field.holds == Holds::Actor) {
            return Some(self.said(field)).filter(|span| !span.is_empty());
        }
        self.named_in(record.above?)
    }

    /// The third party that the line above a paragraph names.
    fn named_above(&self, id: ParagraphId) -> Option<Span> {
        self.named_in(ParagraphId(id.0.checked_sub(1)?))
    }

    fn named_in(&self, above: ParagraphId) -> Option<Span> {
        if self.is_labelled(above) {
            return None;
        }
        let above = self.document.paragraph(above).span;
        let text = self.document.text(above);
        let start = text.len() - text.trim_start_matches(is_numbering).len();
        let line = &text[start..];
        if line.chars().nth(LONGEST_HEAD).is_some() || line.trim_end().ends_with(['：', ':', '。']) {
            return None;
        }
        let lower = line.to_ascii_lowercase();
        let end = self.knowledge.grammar.field_parties.last_end_in(&lower)?;
        Some(Span::new(above.start() + start, above.start() + start + end))
    }

    /// What a field other than of data or of an actor says.
    fn parts(&self, field: &Field) -> Vec<Part> {
        let role = match field.holds {
            Holds::Purpose => PartRole::Purpose,
            Holds::Condition => PartRole::Condition,
            Holds::Recipient => PartRole::Recipient,
            Holds::Refusal => PartRole::Refusal,
            Holds::Retention => PartRole::Retention,
            Holds::Data | Holds::Actor | Holds::Method | Holds::Link | Holds::Contact | Holds::Other => {
                return Vec::new();
            }
        };
        let said = self.without_and_so_on(self.said(field));
        // Without its introducer or the noun behind it, where it has one (用于……, ……时).
        let marked = items::sentences(self.document, said)
            .flat_map(|(_, id)| self.marks.sentences[id.0 as usize].parts())
            .find(|(found, span)| *found == role && said.contains(*span) && 2 * span.len() >= said.len());
        let span = self.without_introducer(role, marked.map_or(said, |(_, span)| span));
        let words = self.document.text(span).chars().any(char::is_alphanumeric);
        words.then_some(Part { role, span, distance: Distance::Sentence }).into_iter().collect()
    }

    fn without_introducer(&self, role: PartRole, span: Span) -> Span {
        let opens = |hit: &Hit| {
            let mut opened = self.knowledge.grammar.opened_by(hit.literal);
            opened.any(|(_, pattern)| pattern.role == role && !pattern.keep_open && !pattern.whole)
        };
        let first = self.marks.hits.within(span).take_while(|hit| hit.span.start == span.start);
        let introducer = first.filter(|hit| role == PartRole::Purpose && opens(hit)).map(|hit| hit.span.end);
        Span { start: introducer.max().unwrap_or(span.start), end: span.end }
    }

    fn without_and_so_on(&self, span: Span) -> Span {
        let text = self.document.text(span);
        let cut = self.knowledge.lexicon.and_so_on.longest_end(text).map_or(0, str::len);
        Span::new(span.start(), span.end() - cut)
    }
}

/// A negation this near the begin of a field denies all of it.
const NEGATION: u32 = 6;

/// The label at the start of `text`, and where its value starts.
fn label(text: &str) -> Option<(Span, usize)> {
    let boxed = text.starts_with(['【', '[']);
    let start = text.chars().next().filter(|_| boxed).map_or(0, char::len_utf8);
    let (end, close) = text[start..]
        .char_indices()
        .take(LONGEST_LABEL + 1)
        .find(|(_, c)| matches!(c, '：' | ':' | '】' | ']' | '，' | '。' | '；' | '、' | '（'))?;
    let mut length = start + end + close.len_utf8();
    match close {
        '：' | ':' if !boxed => {}
        '】' | ']' if boxed => {
            let rest = &text[length..];
            length += rest.len() - rest.trim_start_matches(['：', ':']).len();
        }
        _ => return None,
    }
    let label = Span::new(start, start + end).trim(text);
    (!label.is_empty() && !text[length..].starts_with("//")).then_some((label, length))
}

/// What stands before the words of a line: bullets, numbers.
fn is_numbering(c: char) -> bool {
    !matches!(c, '【' | '[') && (c.is_ascii_digit() || !c.is_alphanumeric())
}

fn is_stop(c: char) -> bool {
    matches!(c, '。' | '；' | ';' | '，' | '|' | '｜') || c.is_whitespace()
}

fn is_closing(c: char) -> bool {
    matches!(c, '）' | ')' | '”' | '》' | '】' | ']')
}
