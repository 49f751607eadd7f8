//! Who else gets data: each recipient once, with what is said of it.

use super::names::Names;
use super::parts::Parts;
use super::places::section_of;
use crate::document::{Attribute, Document, SectionId};
use crate::findings::{Analysis, Evidence};
use crate::knowledge::Knowledge;
use crate::knowledge::kinds::{ActionKind, ActorKind, Distance, PartRole};
use crate::knowledge::lexicon::CategoryId;
use crate::knowledge::spec::Holds;
use crate::practices::{DataItem, Entry, Practice};
use crate::span::Span;
use std::collections::{HashMap, HashSet};

/// What one recipient gets.
#[derive(Clone, Debug)]
pub struct Sharing {
    /// `None` where the policy does not say who gets it.
    pub recipient: Option<Evidence>,
    /// Whose software it is, where that is said.
    pub company: Option<Evidence>,
    pub data: Vec<SharedItem>,
    /// What is done: shared, entrusted, collected by the recipient itself …
    pub actions: Vec<(ActionKind, ActorKind)>,
    pub parts: Parts,
    /// How, in the words of a table.
    pub methods: Vec<Evidence>,
    /// Targets of links and addresses.
    pub links: Vec<String>,
    pub contacts: Vec<Evidence>,
    /// The sections it is spoken of in, by file.
    pub sections: Vec<(usize, SectionId)>,
    /// Where it is spoken of.
    pub places: Vec<Evidence>,
}

/// An item that a recipient gets.
#[derive(Clone, Debug)]
pub struct SharedItem {
    pub name: String,
    pub category: Option<CategoryId>,
    pub sensitive_by: Vec<String>,
    /// An umbrella word.
    pub unnamed: bool,
    pub place: Evidence,
}

pub(super) struct Sharings<'a> {
    files: &'a [Analysis],
    knowledge: &'a Knowledge,
    names: &'a Names<'a>,
    found: Vec<Sharing>,
    /// What the items of each are told by.
    items: Vec<HashSet<String>>,
    by_name: HashMap<String, usize>,
}

impl<'a> Sharings<'a> {
    pub(super) fn new(files: &'a [Analysis], knowledge: &'a Knowledge, names: &'a Names<'a>) -> Self {
        Self { files, knowledge, names, found: Vec::new(), items: Vec::new(), by_name: HashMap::new() }
    }

    /// Takes up a practice by which others get data. Rows of lists of third parties are read by
    /// [`Self::add_entries`].
    pub(super) fn add(&mut self, file: usize, practice: &Practice, data: &[&DataItem]) {
        let Some(action) = practice.action else { return };
        let analysis = &self.files[file];
        let third = practice.actor.filter(|actor| actor.kind == ActorKind::ThirdParty);
        // What ends like a description names nobody.
        let relatives = &self.knowledge.lexicon.relatives;
        let names_someone = |span: &Span| !relatives.any_ends(analysis.document.text(*span).trim_end());
        let recipients = practice.parts(PartRole::Recipient).map(|part| part.span);
        let recipients: Vec<Span> = recipients.filter(names_someone).collect();
        let gets = third.is_some() && (action.kind.is_getting() || action.kind == ActionKind::Use);
        let shares = action.kind.is_sharing() && (third.is_none() || !recipients.is_empty());
        if !(gets || shares || !recipients.is_empty()) || data.is_empty() || in_entry(analysis, data) {
            return;
        }
        let actor = if gets { ActorKind::ThirdParty } else { ActorKind::FirstParty };
        let named: Vec<Option<Span>> = if gets {
            vec![third.map(|actor| actor.span)]
        } else if recipients.is_empty() {
            vec![None]
        } else {
            recipients.into_iter().map(Some).collect()
        };
        for recipient in named {
            let sharing = self.of(file, recipient);
            let at = recipient.unwrap_or(action.span);
            push(&mut sharing.actions, (action.kind, actor));
            sharing.parts.take(file, &analysis.document, practice);
            push(&mut sharing.sections, (file, practice.section));
            push(&mut sharing.places, Evidence { file, span: at });
            self.give(file, recipient, data);
        }
    }

    /// Takes up the rows of tables and the records that name third parties.
    pub(super) fn add_entries(&mut self, file: usize) {
        let analysis = &self.files[file];
        for entry in analysis.entries.iter().filter(|entry| names_party(entry)) {
            self.add_entry(file, analysis, entry);
        }
    }

    fn add_entry(&mut self, file: usize, analysis: &Analysis, entry: &Entry) {
        let document = &analysis.document;
        let within = |span: Span| entry.text.iter().any(|text| text.contains(span));
        let practices: Vec<&Practice> = analysis
            .practices
            .iter()
            .filter(|practice| practice.data.iter().any(|item| within(item.span)))
            .collect();
        let cell = |holds| filled(document, self.knowledge, entry.cell(holds));
        let company = cell(Holds::Recipient).filter(|span| !span.overlaps(entry.name));
        let company = company.map(|span| without_link(document, span)).filter(|span| !span.is_empty());
        let methods = cell(Holds::Method);
        let contact = cell(Holds::Contact);
        let purpose = cell(Holds::Purpose);
        let links = links(document, entry);
        let sharing = self.of(file, Some(entry.name));
        let words = |span| Evidence { file, span };
        sharing.company = sharing.company.or(company.map(words));
        methods.into_iter().for_each(|span| push(&mut sharing.methods, words(span)));
        contact.into_iter().for_each(|span| push(&mut sharing.contacts, words(span)));
        links.into_iter().for_each(|link| push(&mut sharing.links, link));
        push(&mut sharing.sections, (file, section_of(document, entry.name)));
        push(&mut sharing.places, words(entry.name));
        for practice in &practices {
            if let Some(action) = practice.action {
                let third = practice.actor.is_some_and(|actor| actor.kind == ActorKind::ThirdParty);
                let actor = if third { ActorKind::ThirdParty } else { ActorKind::FirstParty };
                push(&mut sharing.actions, (action.kind, actor));
            }
            sharing.parts.take_within(file, document, practice, &entry.text);
        }
        if sharing.parts.of(PartRole::Purpose).next().is_none()
            && let Some(span) = purpose
        {
            let told = words(span);
            sharing.parts.add(PartRole::Purpose, told, Distance::Sentence, |words| document.text(words.span));
        }
        let data: Vec<&DataItem> = practices
            .iter()
            .flat_map(|practice| practice.data.iter().filter(|item| within(item.span)))
            .collect();
        self.give(file, Some(entry.name), &data);
    }

    /// The row of a recipient.
    fn of(&mut self, file: usize, recipient: Option<Span>) -> &mut Sharing {
        let at = self.number_of(file, recipient);
        &mut self.found[at]
    }

    fn number_of(&mut self, file: usize, recipient: Option<Span>) -> usize {
        let text = recipient.map_or("", |span| self.files[file].document.text(span).trim());
        let next = self.found.len();
        let at = *self.by_name.entry(self.names.of_party(text)).or_insert(next);
        if at == next {
            self.items.push(HashSet::new());
            self.found.push(Sharing {
                recipient: recipient.map(|span| Evidence { file, span }),
                company: None,
                data: Vec::new(),
                actions: Vec::new(),
                parts: Parts::default(),
                methods: Vec::new(),
                links: Vec::new(),
                contacts: Vec::new(),
                sections: Vec::new(),
                places: Vec::new(),
            });
        }
        at
    }

    /// Adds data to what a recipient gets, each item once.
    fn give(&mut self, file: usize, recipient: Option<Span>, data: &[&DataItem]) {
        let (names, knowledge, files) = (self.names, self.knowledge, self.files);
        let document = &files[file].document;
        let at = self.number_of(file, recipient);
        let (sharing, items) = (&mut self.found[at], &mut self.items[at]);
        for item in data.iter().filter(|item| !item.reference) {
            let text = document.text(item.span).trim();
            if !items.insert(names.of_item(text, item.category)) {
                continue;
            }
            let lists = item.category.map(|id| knowledge.lexicon.category(id).sensitive_by.clone());
            let mut sensitive_by = lists.unwrap_or_default();
            sensitive_by.extend(item.declared.then(|| "declared".to_owned()));
            sharing.data.push(SharedItem {
                name: text.to_owned(),
                category: item.category,
                sensitive_by,
                unnamed: names.names_nothing(text, item.category),
                place: Evidence { file, span: item.span },
            });
        }
    }

    pub(super) fn finish(self) -> Vec<Sharing> {
        self.found
    }
}

/// Whether a row or record is about a third party.
fn names_party(entry: &Entry) -> bool {
    entry.has_column(Holds::Actor) || entry.has_column(Holds::Recipient) || entry.says(Holds::Actor)
}

/// Whether the data stands in a row or record about a third party.
fn in_entry(analysis: &Analysis, data: &[&DataItem]) -> bool {
    let rows = analysis.entries.iter().filter(|entry| names_party(entry));
    rows.flat_map(|entry| &entry.text).any(|text| data.iter().any(|item| text.contains(item.span)))
}

/// A cell with an entry.
fn filled(document: &Document, knowledge: &Knowledge, cell: Option<Span>) -> Option<Span> {
    let span = cell?.trim(document.prose.text());
    let word = document.text(span).trim_matches(|c: char| !c.is_alphanumeric());
    let none = word.is_empty() || knowledge.grammar.no_entry.hold(&knowledge.folding.fold(word));
    (!none).then_some(span)
}

/// What stands before an address in a cell: the name of a company has its link behind it.
fn without_link(document: &Document, span: Span) -> Span {
    let text = document.text(span);
    let end = ["http", "www."].iter().filter_map(|link| text.find(link)).min().unwrap_or(text.len());
    let name = text[..end].trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | '）'));
    Span::new(span.start(), span.start() + name.len())
}

/// Where the words of an entry lead to, and the addresses in it.
fn links(document: &Document, entry: &Entry) -> Vec<String> {
    let mut links = Vec::new();
    for text in &entry.text {
        let from = document.attributes.partition_point(|(span, _)| span.start < text.start);
        let inside = document.attributes[from..].iter().take_while(|(span, _)| span.start < text.end);
        for (_, attribute) in inside {
            if let Attribute::Link(target) = attribute {
                push(&mut links, target.clone());
            }
        }
        for word in document.text(*text).split(|c: char| !is_of_address(c)) {
            if (word.starts_with("http") || word.starts_with("www.")) && word.contains('.') {
                push(&mut links, word.to_owned());
            }
        }
    }
    links
}

/// Whether a character may stand in an address of the web.
fn is_of_address(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c)
}

fn push<T: PartialEq>(list: &mut Vec<T>, thing: T) {
    if !list.contains(&thing) {
        list.push(thing);
    }
}
