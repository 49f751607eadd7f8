//! What known data is newly used for.

use std::collections::{BTreeMap, BTreeSet};

use super::Versions;
use super::change::{Change, Importance, Kind, Side, Words};
use super::facts::{DataKey, Deed, Fact};
use super::wording::{Pairs, covered, normal};
use crate::knowledge::kinds::{Distance, PartRole};
use crate::practices::Part;

/// A purpose with less of its words in a known one is another.
const KNOWN: f32 = 0.6;
/// Purposes with fewer characters say too little to be told apart.
const SHORTEST: usize = 3;

/// Purposes that the old version does not have for data that it knows. One purpose is one change, whatever data it is
/// for.
pub(super) fn new(versions: &Versions<'_>) -> Vec<Change> {
    let Versions { old, new, knowledge, .. } = versions;
    // What the old version says each item is for, and what it says anything is for.
    let mut known: BTreeMap<&DataKey, Vec<Pairs>> = BTreeMap::new();
    let mut all: Vec<Pairs> = Vec::new();
    for fact in old.facts.iter().filter(|fact| !fact.negated() && fact.deed != Deed::Delete) {
        for part in fact.practice.parts(PartRole::Purpose) {
            let pairs = Pairs::of(&normal(knowledge, old.text(Words { file: fact.file, span: part.span })));
            known.entry(&fact.key).or_default().push(pairs.clone());
            all.push(pairs);
        }
    }
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all.dedup_by(|a, b| a.0 == b.0);
    let mut judged: BTreeMap<Words, bool> = BTreeMap::new();
    let mut changes: BTreeMap<Words, Change> = BTreeMap::new();
    for fact in new.facts.iter().filter(|fact| !fact.negated() && fact.deed != Deed::Delete) {
        // Of data that is new, and of umbrella words, purposes are told with the data or not at all.
        if !fact.is_named() || old.knows(&fact.key).next().is_none() {
            continue;
        }
        let stated = |part: &&Part| part.distance <= Distance::Sentence;
        for part in fact.practice.parts(PartRole::Purpose).filter(stated) {
            let words = Words { file: fact.file, span: part.span };
            let text = normal(knowledge, new.text(words));
            if text.chars().count() < SHORTEST || new.is_in(fact, [part.span], old) {
                continue;
            }
            let pairs = Pairs::of(&text);
            let is_in = |others: &[Pairs]| others.iter().any(|other| covered(&pairs, other) >= KNOWN);
            if known.get(&fact.key).is_some_and(|purposes| is_in(purposes)) {
                continue;
            }
            // A statement of the same data that was only reworded keeps what the old sentence is for.
            if reworded(versions, fact, &pairs) {
                continue;
            }
            let is_known = *judged.entry(words).or_insert_with(|| old.wording.has(&text) || is_in(&all));
            let change = changes.entry(words).or_insert_with(|| {
                let kind = if is_known { Kind::PurposeExtended } else { Kind::PurposeNew };
                let mut change = Change::new(kind, Importance::Low);
                change.action = fact.action;
                change.purposes.push(new.text(words).trim().to_owned());
                change.new = Some(Side::at([words]));
                change.old = Some(Side::at(old.knows(&fact.key).take(1).map(Fact::words)));
                change
            });
            let importance = if is_known && !fact.sensitive { Importance::Low } else { Importance::Medium };
            change.importance = change.importance.max(importance);
            let datum = new.datum(fact, knowledge);
            if !change.keys().any(|known| *known == datum.key) {
                change.data.push(datum);
            }
        }
    }
    one_each(changes.into_values(), versions)
}

/// Whether the old sentence that became the fact's has most of the purpose's words.
fn reworded(versions: &Versions<'_>, fact: &Fact<'_>, purpose: &Pairs) -> bool {
    let Versions { old, new, alignment, .. } = versions;
    let number = new.wording.number(fact.file, fact.practice.sentence);
    let counterpart = alignment.new.get(number).and_then(|(_, fate)| fate.other());
    counterpart.is_some_and(|at| covered(purpose, &Pairs::of(old.wording.normal(at))) >= KNOWN)
}

/// The same purpose in several places is one change.
fn one_each(changes: impl Iterator<Item = Change>, versions: &Versions<'_>) -> Vec<Change> {
    let mut places: BTreeMap<(Kind, String), usize> = BTreeMap::new();
    let mut kept: Vec<Change> = Vec::new();
    for change in changes {
        let text = change.purposes.first().map(|text| normal(versions.knowledge, text)).unwrap_or_default();
        match places.get(&(change.kind, text.clone())).and_then(|at| kept.get_mut(*at)) {
            Some(first) => {
                let known: BTreeSet<DataKey> = first.keys().cloned().collect();
                first.data.extend(change.data.into_iter().filter(|datum| !known.contains(&datum.key)));
                first.importance = first.importance.max(change.importance);
                let sides = first.new.iter().chain(change.new.iter());
                first.new = Some(Side::at(sides.flat_map(|side| side.places.clone()).collect::<Vec<_>>()));
            }
            None => {
                places.insert((change.kind, text), kept.len());
                kept.push(change);
            }
        }
    }
    kept
}
