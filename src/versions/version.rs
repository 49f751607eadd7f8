use std::collections::BTreeMap;

use super::change::{Datum, Words};
use super::facts::{self, DataKey, Deed, Fact};
use super::names::Name;
use super::wording::Wording;
use crate::document::SentenceId;
use crate::findings::{Analysis, Finding};
use crate::knowledge::Knowledge;
use crate::knowledge::kinds::PartRole;
use crate::span::Span;
use crate::triage::Ruling;

/// A version of a policy as `audit` judges it.
#[derive(Clone, Copy, Debug)]
pub struct Judged<'a> {
    pub files: &'a [Analysis],
    /// Instance by instance.
    pub findings: &'a [Finding],
    pub rulings: &'a [Ruling<'a>],
}

/// What a version says, brought into a form that can be compared.
#[derive(Debug)]
pub(super) struct Version<'a> {
    pub(super) files: &'a [Analysis],
    pub(super) wording: Wording,
    pub(super) facts: Vec<Fact<'a>>,
    /// What is done: numbers of the facts that are not negated.
    pub(super) done: BTreeMap<(Deed, DataKey), Vec<usize>>,
    /// What is said not to be done.
    pub(super) undone: BTreeMap<(Deed, DataKey), Vec<usize>>,
}

impl<'a> Version<'a> {
    pub(super) fn of(judged: &Judged<'a>, knowledge: &Knowledge) -> Self {
        let wording = Wording::of(judged.files, knowledge);
        let facts = facts::read(judged.files, knowledge);
        let (mut done, mut undone): (BTreeMap<_, Vec<usize>>, BTreeMap<_, Vec<usize>>) = Default::default();
        for (at, fact) in facts.iter().enumerate() {
            let side = if fact.negated() { &mut undone } else { &mut done };
            side.entry((fact.deed, fact.key.clone())).or_default().push(at);
        }
        Self { files: judged.files, wording, facts, done, undone }
    }

    /// The facts that say that this is done.
    pub(super) fn does(&self, deed: Deed, key: &DataKey) -> impl Iterator<Item = &Fact<'a>> {
        let facts = self.done.get(&(deed, key.clone()));
        facts.into_iter().flatten().filter_map(|at| self.facts.get(*at))
    }

    /// The facts that say that data is handled or passed on.
    pub(super) fn knows(&self, key: &DataKey) -> impl Iterator<Item = &Fact<'a>> {
        self.does(Deed::Handle, key).chain(self.does(Deed::Pass, key))
    }

    /// The data that is handled or passed on, umbrella words left out.
    pub(super) fn data(&self) -> Vec<&DataKey> {
        let keys = self.done.keys().filter(|(deed, key)| *deed != Deed::Delete && *key != DataKey::Any);
        let mut keys: Vec<&DataKey> = keys.map(|(_, key)| key).collect();
        keys.sort();
        keys.dedup();
        keys
    }

    /// Whether the other version has all the sentences a fact rests on.
    pub(super) fn is_in(
        &self,
        fact: &Fact<'_>,
        further: impl IntoIterator<Item = Span>,
        other: &Version<'_>,
    ) -> bool {
        let further: Vec<Span> = further.into_iter().collect();
        facts::sentences(fact, &self.files[fact.file], further)
            .all(|id| self.wording.stands_in(self.wording.number(fact.file, id), &other.wording))
    }

    /// Of several facts those that the other version has no words for, the best first.
    pub(super) fn fresh<'f>(
        &self,
        facts: impl IntoIterator<Item = &'f Fact<'a>>,
        other: &Version<'_>,
    ) -> Vec<&'f Fact<'a>>
    where
        'a: 'f,
    {
        let mut fresh: Vec<&Fact<'a>> =
            facts.into_iter().filter(|fact| !self.is_in(fact, [], other)).collect();
        fresh.sort_by_key(|fact| (fact.weakness(), fact.file, fact.item.span));
        fresh
    }

    pub(super) fn text(&self, words: Words) -> &'a str {
        self.files[words.file].document.text(words.span)
    }

    pub(super) fn sentence_of(&self, file: usize, span: Span) -> SentenceId {
        SentenceId(self.files[file].document.sentence_from(span.start) as u32)
    }

    /// The data of a fact, as reports name it.
    pub(super) fn datum(&self, fact: &Fact<'_>, knowledge: &Knowledge) -> Datum {
        Datum {
            key: fact.key.clone(),
            at: fact.words(),
            text: self.text(fact.words()).trim().to_owned(),
            category: fact.item.category.map(|id| knowledge.lexicon.category(id).id.clone()),
            sensitive: fact.sensitive,
        }
    }

    /// The verb of a fact.
    pub(super) fn verb(&self, fact: &Fact<'_>) -> String {
        let action = fact.practice.action;
        action.map_or("", |action| self.text(Words { file: fact.file, span: action.span })).to_owned()
    }

    /// What a practice is for, in its own statement.
    pub(super) fn purposes(&self, fact: &Fact<'_>) -> Vec<String> {
        let parts = fact.practice.parts(PartRole::Purpose);
        let near = parts.filter(|part| part.distance <= crate::knowledge::kinds::Distance::Sentence);
        near.map(|part| self.text(Words { file: fact.file, span: part.span }).trim().to_owned()).collect()
    }

    /// Everybody who receives data, with the facts that say so.
    pub(super) fn recipients(&self) -> Vec<(&Name, Vec<&Fact<'a>>)> {
        let mut all: Vec<(&Name, Vec<&Fact<'a>>)> = Vec::new();
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        for fact in self.facts.iter().filter(|fact| !fact.negated() && fact.deed != Deed::Delete) {
            for name in &fact.recipients {
                let number = *numbers.entry(name.normal.as_str()).or_insert(all.len());
                match all.get_mut(number) {
                    Some((_, facts)) => facts.push(fact),
                    None => all.push((name, vec![fact])),
                }
            }
        }
        all
    }
}
