//! What a version says is not done.

use super::Versions;
use super::change::{Change, Importance, Kind, Side};
use super::facts::{DataKey, Deed, Fact};
use super::version::Version;
use crate::knowledge::kinds::ActorKind;

/// What the old version said is not done, and the new one does.
pub(super) fn reversed(versions: &Versions<'_>) -> Vec<Change> {
    let Versions { old, new, knowledge, .. } = versions;
    let mut changes: Vec<Change> = Vec::new();
    for ((deed, key), promises) in &old.undone {
        if *deed == Deed::Delete || old.does(*deed, key).next().is_some() {
            continue;
        }
        let promises: Vec<&Fact<'_>> =
            promises.iter().filter_map(|at| old.facts.get(*at)).filter(|fact| is_ours(fact)).collect();
        let Some(promise) = promises.first() else { continue };
        // 不会共享您的个人信息 covers every item, as long as none was named as shared.
        let all: Vec<&Fact<'_>> = match key {
            DataKey::Any if *deed == Deed::Pass && !does_any(old, *deed) => {
                new.facts.iter().filter(|fact| fact.deed == *deed && !fact.negated()).collect()
            }
            DataKey::Any if *deed == Deed::Handle => continue,
            _ => new.does(*deed, key).collect(),
        };
        let fresh = new.fresh(all, old);
        let Some(first) = fresh.first() else { continue };
        let mut change = Change::new(Kind::Reversed, Importance::High);
        change.action = first.action;
        change.verb = new.verb(first);
        for fact in &fresh {
            let datum = new.datum(fact, knowledge);
            if !change.data.iter().any(|known| known.text == datum.text) {
                change.data.push(datum);
            }
            for name in &fact.recipients {
                if !change.recipients.contains(&name.text) {
                    change.recipients.push(name.text.clone());
                }
            }
        }
        change.purposes = new.purposes(first);
        change.old = Some(Side::at([promise.words()]));
        change.new = Some(Side::at(fresh.iter().map(|fact| fact.words())));
        changes.push(change);
    }
    changes
}

/// What the old version said is not done, and the new one is silent about; what `told` says already stays out.
pub(super) fn dropped(versions: &Versions<'_>, told: &[Change]) -> Vec<Change> {
    let Versions { old, new, alignment, knowledge } = versions;
    let mut changes: Vec<Change> = Vec::new();
    for ((deed, key), promises) in &old.undone {
        let is_reversed =
            |change: &Change| change.kind == Kind::Reversed && change.keys().any(|known| known == key);
        if *deed == Deed::Delete
            || new.undone.contains_key(&(*deed, key.clone()))
            || told.iter().any(is_reversed)
        {
            continue;
        }
        let gone = promises.iter().filter_map(|at| old.facts.get(*at)).filter(|fact| is_ours(fact));
        let gone = old.fresh(gone, new);
        let Some(first) = gone.first() else { continue };
        // In other words it may still be said.
        let sentence = old.wording.number(first.file, old.sentence_of(first.file, first.item.span));
        let counterpart = alignment.old.get(sentence).and_then(|(_, fate)| fate.other());
        let still = counterpart.and_then(|at| new.wording.sentences.get(at)).is_some_and(|other| {
            let marks = &new.files[other.file].marks.sentences;
            marks.get(other.id.0 as usize).is_some_and(|found| !found.negations.is_empty())
        });
        let told_of = |change: &Change| {
            let places = change.old.iter().flat_map(|side| &side.places);
            change.kind == Kind::Reversed
                && places.into_iter().any(|place| {
                    place.file == first.file
                        && old.sentence_of(place.file, place.span)
                            == old.sentence_of(first.file, first.item.span)
                })
        };
        if still || told.iter().any(told_of) {
            continue;
        }
        let mut change =
            Change::new(Kind::PromiseDropped, Importance::high_if(*deed == Deed::Pass || first.sensitive));
        change.action = first.action;
        change.verb = old.verb(first);
        change.data.push(old.datum(first, knowledge));
        change.recipients = first.recipients.iter().map(|name| name.text.clone()).collect();
        change.old = Some(Side::at(gone.iter().map(|fact| fact.words())));
        changes.push(change);
    }
    changes
}

/// What the old version did, and the new one says is not done.
pub(super) fn stopped(versions: &Versions<'_>) -> Vec<Change> {
    let Versions { old, new, knowledge, .. } = versions;
    let mut changes: Vec<Change> = Vec::new();
    for ((deed, key), denials) in &new.undone {
        let done: Vec<&Fact<'_>> = old.does(*deed, key).collect();
        if *deed == Deed::Delete
            || *key == DataKey::Any
            || done.is_empty()
            || new.does(*deed, key).next().is_some()
        {
            continue;
        }
        let denials = denials.iter().filter_map(|at| new.facts.get(*at)).filter(|fact| is_ours(fact));
        let fresh = new.fresh(denials, old);
        let Some(first) = fresh.first() else { continue };
        let mut change = Change::new(Kind::Stopped, Importance::Low);
        change.action = first.action;
        change.data.push(new.datum(first, knowledge));
        change.old = Some(Side::at(done.iter().map(|fact| fact.words())));
        change.new = Some(Side::at(fresh.iter().map(|fact| fact.words())));
        changes.push(change);
    }
    changes
}

fn does_any(version: &Version<'_>, deed: Deed) -> bool {
    version.done.keys().any(|(done, _)| *done == deed)
}

/// What others promise is not the company's promise.
fn is_ours(fact: &Fact<'_>) -> bool {
    fact.practice.actor.is_none_or(|actor| actor.kind == ActorKind::FirstParty)
}
