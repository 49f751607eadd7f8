//! Stage 4: from marks to practices.

mod based_on;
mod context;
mod declared;
mod entries;
mod fields;
mod items;
mod kept;
mod lead_in;
mod linking;
mod meaning;
mod objects;
mod parts;
mod reading;
mod statement;
mod subjects;
mod tables;
mod topic;
mod used_for;
mod verbs;

pub use entries::{Cell, Entry};

use crate::document::{Document, ParagraphId, ParagraphKind, SectionId, SentenceId};
use crate::knowledge::Knowledge;
use crate::knowledge::kinds::{ActionKind, ActorKind, Distance, PartRole};
use crate::knowledge::lexicon::{CategoryId, Lexicon};
use crate::marks::{Mark, MarkKind, Marks};
use crate::span::Span;
use std::collections::HashSet;

/// One statement of the policy: somebody does something with data.
#[derive(Clone, Debug)]
pub struct Practice {
    /// The sentence its action (or, without one, its data) stands in.
    pub sentence: SentenceId,
    pub section: SectionId,
    /// `None` when no verb can be found.
    pub action: Option<Action>,
    /// `None` when nobody is named.
    pub actor: Option<Actor>,
    pub data: Vec<DataItem>,
    /// Purposes, conditions, recipients …, nearest first.
    pub parts: Vec<Part>,
    /// It says that this is not done.
    pub negated: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Action {
    pub kind: ActionKind,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actor {
    pub kind: ActorKind,
    pub span: Span,
    /// Taken over from the sentence or lead-in before.
    pub inherited: bool,
}

/// An item of personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataItem {
    pub span: Span,
    /// `None` for an item the lexicon does not know.
    pub category: Option<CategoryId>,
    /// The policy itself calls it sensitive.
    pub declared: bool,
    /// An umbrella word (个人信息).
    pub generic: bool,
    /// Stands for data named before (上述信息).
    pub reference: bool,
}

/// A purpose, condition, recipient, consent, refusal consequence or retention of a practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    pub role: PartRole,
    pub span: Span,
    /// How far from the practice it is stated.
    pub distance: Distance,
}

impl DataItem {
    /// The item a data mark stands for.
    fn of(mark: &Mark, lexicon: &Lexicon) -> Option<Self> {
        let MarkKind::Data { category, .. } = mark.kind else { return None };
        let known = category.map(|id| lexicon.category(id));
        Some(Self {
            span: mark.span,
            category,
            declared: false,
            generic: known.is_some_and(|category| category.generic),
            reference: known.is_some_and(|category| category.reference),
        })
    }

    /// An item that the lexicon does not know.
    fn unknown(span: Span) -> Self {
        Self { span, category: None, declared: false, generic: false, reference: false }
    }
}

impl Practice {
    /// Whether the company itself collects or passes on data called by its name, or passes data on to somebody: that
    /// is meant in any chapter.
    fn is_plain(&self, document: &Document) -> bool {
        use ActionKind::{Collect, Disclose, Export, Share, Transfer};
        let (Some(actor), Some(action)) = (self.actor, self.action) else { return false };
        let clause = document.sentence(self.sentence).clause_at(action.span.start);
        let named = |item: &DataItem| item.category.is_some() && !item.generic && !item.reference;
        let has_recipient = || !self.data.is_empty() && self.parts(PartRole::Recipient).next().is_some();
        !self.negated
            && actor.kind == ActorKind::FirstParty
            && clause.contains(actor.span)
            && matches!(action.kind, Collect | Disclose | Export | Share | Transfer)
            && (self.data.iter().any(named) || (action.kind != Collect && has_recipient()))
    }

    /// The parts of one role, nearest first.
    pub fn parts(&self, role: PartRole) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(move |part| part.role == role)
    }
}

/// What a document says, each list in reading order.
#[derive(Debug, Default)]
pub struct Assembled {
    pub practices: Vec<Practice>,
    /// Rows of tables and records of labelled lines.
    pub entries: Vec<Entry>,
}

/// Assembles the practices of a document, and the entries of its lists.
pub fn assemble(document: &Document, knowledge: &Knowledge, marks: &Marks) -> Assembled {
    let mut practices: Vec<Practice> = Vec::new();
    let mut leads = lead_in::Leads::default();
    let mut records = fields::Records::find(document, knowledge, marks);
    let in_table: HashSet<ParagraphId> = tables::leads(&marks.tables).map(|(cell, _)| cell).collect();
    for (index, sentence) in document.sentences.iter().enumerate() {
        let id = SentenceId(index as u32);
        let paragraph = document.paragraph(sentence.paragraph);
        if records.hold(id) {
            practices.extend(records.practices(id, leads.statement(document, id)));
            continue;
        }
        let silent = is_silent(document, marks, id);
        let elsewhere = !silent && is_elsewhere(document, knowledge, marks, id);
        let silent = silent || elsewhere;
        let of_paragraph = || {
            let own =
                |practice: &&Practice| document.sentence(practice.sentence).paragraph == sentence.paragraph;
            practices.iter().rev().take_while(own)
        };
        let data_before =
            of_paragraph().map(|practice| practice.data.as_slice()).find(|data| !data.is_empty());
        let data_before = data_before.unwrap_or_default();
        let of_lead = leads.data(document, id);
        let lead_data = of_lead.as_deref().unwrap_or_default();
        let context = context::Context { document, knowledge, marks, id, silent, data_before, lead_data };
        let inherited =
            of_paragraph().find_map(|practice| practice.actor).or_else(|| leads.actor(document, id));
        let mut found = statement::read(&context, inherited);
        if found.is_empty() && elsewhere {
            found = statement::read(&context::Context { silent: false, ..context }, None);
            found.retain(|practice| practice.is_plain(document));
        }
        // The row of a table is read as a whole.
        let is_header = matches!(paragraph.kind, ParagraphKind::Cell(place) if place.header);
        let reads_on = !silent && !is_header && !in_table.contains(&sentence.paragraph);
        if found.is_empty() && reads_on {
            found.extend(leads.continue_list(&context));
        }
        if found.is_empty() && reads_on {
            let before = of_paragraph()
                .next()
                .or_else(|| practices.last().filter(|last| is_line_above(document, last, id)));
            found.extend(lead_in::go_on(&context, before));
        }
        if found.is_empty() && reads_on {
            found.extend(used_for::read(&context, inherited));
        }
        if found.is_empty() && reads_on {
            found.extend(kept::read(&context, inherited));
        }
        if found.is_empty() && lead_in::names_entry(&context) {
            let entry = context::Context { silent: false, ..context };
            found.extend(leads.continue_list(&entry));
        }
        lead_in::name_group(&context, &mut found);
        leads.note(&context, statement::lead(&context, &found, inherited), &found);
        practices.extend(found);
    }
    practices.extend(tables::read(document, knowledge, marks, &practices));
    practices.sort_by_key(|practice| practice.sentence);
    linking::link(document, knowledge, marks, records.sentences(), &mut practices);
    declared::mark(document, knowledge, marks, &mut practices);
    let entries = entries::read(document, knowledge, marks, records.runs());
    Assembled { practices, entries }
}

/// Whether the sentence states no practice of its own: a heading, a definition.
fn is_silent(document: &Document, marks: &Marks, id: SentenceId) -> bool {
    let paragraph = document.paragraph(document.sentence(id).paragraph);
    let found = &marks.sentences[id.0 as usize];
    paragraph.kind == ParagraphKind::Heading
        // 日志信息是指您使用我们的服务时，我们收集的……: what defines data of ours says that we collect it.
        || (found.defines && !found.names_company())
}

/// Whether the sentence stands in a chapter on something else, such as how to reach the company.
fn is_elsewhere(document: &Document, knowledge: &Knowledge, marks: &Marks, id: SentenceId) -> bool {
    let section = document.paragraph(document.sentence(id).paragraph).section;
    let mut topics = knowledge.grammar.topics.iter().enumerate();
    // What needs no consent is done, in whatever chapter that is said.
    marks.sentences[id.0 as usize].exemptions.is_empty()
        && topics.any(|(number, topic)| topic.no_practices && marks.topics.has(section, number as u8))
}

/// Whether the practice stands on the line above the sentence, which opens its own.
fn is_line_above(document: &Document, practice: &Practice, sentence: SentenceId) -> bool {
    let paragraph = document.sentence(sentence).paragraph;
    let above = document.sentence(practice.sentence).paragraph;
    let line = document.paragraph(paragraph);
    above.0 + 1 == paragraph.0
        && practice.section == line.section
        && line.span.start == document.sentence(sentence).span.start
}
