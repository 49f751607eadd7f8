//! Practices as facts that can be compared: what is done with which data, by whom, for whom.

use super::change::Words;
use super::names::{self, Name};
use super::wording::normal;
use crate::document::SentenceId;
use crate::findings::Analysis;
use crate::inventory;
use crate::knowledge::Knowledge;
use crate::knowledge::kinds::{ActionKind, ActorKind, PartRole};
use crate::knowledge::lexicon::CategoryId;
use crate::practices::{DataItem, Practice};

/// What makes two items the same: their category or, where the lexicon knows none, their words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum DataKey {
    Category(CategoryId),
    Words(String),
    /// An umbrella word (个人信息), or one that stands for data named before.
    Any,
}

/// What is done, as far as it makes a difference whether it was done before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Deed {
    /// Collected, used, kept.
    Handle,
    /// Given to others.
    Pass,
    Delete,
}

/// Somebody does something with one item of data.
#[derive(Clone, Debug)]
pub(super) struct Fact<'a> {
    pub(super) file: usize,
    pub(super) practice: &'a Practice,
    pub(super) item: &'a DataItem,
    pub(super) key: DataKey,
    pub(super) deed: Deed,
    pub(super) action: Option<ActionKind>,
    pub(super) sensitive: bool,
    pub(super) permission: bool,
    /// Who receives it.
    pub(super) recipients: Vec<Name>,
}

impl Fact<'_> {
    pub(super) fn negated(&self) -> bool {
        self.practice.negated
    }

    /// Its words.
    pub(super) fn words(&self) -> Words {
        Words { file: self.file, span: self.item.span }
    }

    pub(super) fn is_named(&self) -> bool {
        self.key != DataKey::Any
    }

    /// How well it shows that the data is handled: collecting before using, what the company does before others.
    pub(super) fn weakness(&self) -> u8 {
        let action = match self.action {
            Some(ActionKind::Collect | ActionKind::Request) => 0,
            Some(ActionKind::Provide) => 1,
            Some(ActionKind::Store | ActionKind::Use) => 2,
            Some(_) => 3,
            None => 4,
        };
        let other = self.practice.actor.is_some_and(|actor| actor.kind == ActorKind::ThirdParty);
        2 * action + u8::from(other)
    }
}

/// The facts that the files of a version state, in reading order.
pub(super) fn read<'a>(files: &'a [Analysis], knowledge: &Knowledge) -> Vec<Fact<'a>> {
    let mut facts = Vec::new();
    for (file, analysis) in files.iter().enumerate() {
        for (index, practice) in analysis.practices.iter().enumerate() {
            let kind = practice.action.map(|action| action.kind);
            let actor = practice.actor.map(|actor| actor.kind);
            let hands_over = matches!(kind, None | Some(ActionKind::Provide | ActionKind::Request));
            if actor == Some(ActorKind::User) && !hands_over {
                continue;
            }
            let recipients = recipients(analysis, practice, knowledge);
            let deed = match kind {
                Some(ActionKind::Delete) => Deed::Delete,
                Some(kind) if kind.is_sharing() => Deed::Pass,
                _ if actor == Some(ActorKind::ThirdParty) => Deed::Pass,
                _ => Deed::Handle,
            };
            for item in meant(analysis, knowledge, index) {
                let category = item.category.map(|id| knowledge.lexicon.category(id));
                facts.push(Fact {
                    file,
                    practice,
                    item,
                    key: key(analysis, item, knowledge),
                    deed,
                    action: kind,
                    sensitive: item.declared
                        || category.is_some_and(|category| !category.sensitive_by.is_empty()),
                    permission: category.is_some_and(|category| category.permission),
                    recipients: recipients.clone(),
                });
            }
        }
    }
    facts
}

/// The data of a practice: words that point back stand for what they mean, as far as that can be told.
fn meant<'a>(analysis: &'a Analysis, knowledge: &Knowledge, index: usize) -> Vec<&'a DataItem> {
    let meant = inventory::resolved(analysis, knowledge, index);
    if meant.is_empty() { analysis.practices[index].data.iter().collect() } else { meant }
}

fn key(analysis: &Analysis, item: &DataItem, knowledge: &Knowledge) -> DataKey {
    if item.generic || item.reference {
        return DataKey::Any;
    }
    match item.category {
        Some(category) => DataKey::Category(category),
        None => DataKey::Words(normal(knowledge, analysis.document.text(item.span))),
    }
}

/// Who receives the data: whom the practice names, or the third party that collects it itself.
fn recipients(analysis: &Analysis, practice: &Practice, knowledge: &Knowledge) -> Vec<Name> {
    let text = analysis.document.prose.text();
    let party = practice.actor.filter(|actor| actor.kind == ActorKind::ThirdParty && !actor.inherited);
    let named = practice.parts(PartRole::Recipient).map(|part| part.span);
    let spans = named.chain(party.map(|actor| actor.span));
    let mut recipients: Vec<Name> = Vec::new();
    for span in spans {
        let name = names::read(span.of(text), span, knowledge);
        if let Some(name) = name.filter(|name| !recipients.iter().any(|known| known.is(name))) {
            recipients.push(name);
        }
    }
    recipients
}

/// The sentences that a fact rests on: those of its item, its verb and further words.
pub(super) fn sentences<'a>(
    fact: &Fact<'a>,
    analysis: &'a Analysis,
    further: impl IntoIterator<Item = crate::span::Span> + 'a,
) -> impl Iterator<Item = SentenceId> + 'a {
    let own = std::iter::once(fact.item.span).chain(fact.practice.action.map(|action| action.span));
    own.chain(further).map(|span| SentenceId(analysis.document.sentence_from(span.start) as u32))
}
