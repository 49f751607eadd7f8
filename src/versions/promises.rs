//! What a version says is not done.

use super::Versions;
use super::change::{Change, Importance, Kind, Side};
use super::facts::{DataKey, Deed, Fact};
use super::version::Version;
use crate::knowledge::kinds::{ActionKind, ActorKind};

/// What the old version said is not done, and the new one does.
pub(super) fn reversed(versions: &Versions<'_>) -> Vec<Change> {
    let Versions { old, new, knowledge, .. } = versions;
    let mut changes: Vec<Change> = Vec::new();
    for Promise { deed, key, facts: promises } in made(old) {
        if old.does(deed, key).next().is_some() && *key != DataKey::Any {
            continue;
        }
        let Some(promise) = promises.first() else { continue };
        // 不会共享您的个人信息 covers every item, as long as none was named as shared.
        let all: Vec<&Fact<'_>> = match key {
            DataKey::Any if deed == Deed::Handle => continue,
            DataKey::Any => broken(versions, is_abroad(promise)),
            _ => new.does(deed, key).collect(),
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
    for Promise { deed, key, facts: promises } in made(old) {
        let is_reversed =
            |change: &Change| change.kind == Kind::Reversed && change.keys().any(|known| known == key);
        let abroad = promises.iter().any(|promise| is_abroad(promise));
        let mut kept = new.undone.get(&(deed, key.clone())).into_iter().flatten();
        let is_kept =
            kept.any(|at| *key != DataKey::Any || new.facts.get(*at).is_some_and(is_abroad) == abroad);
        if is_kept || told.iter().any(is_reversed) {
            continue;
        }
        let gone = old.fresh(promises, new);
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
            Change::new(Kind::PromiseDropped, Importance::high_if(deed == Deed::Pass || first.sensitive));
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

/// What the company says it does not do with some data.
struct Promise<'v, 'a> {
    deed: Deed,
    key: &'v DataKey,
    facts: Vec<&'v Fact<'a>>,
}

/// The promises of a version. Who shares within the country may still promise to send nothing out of it, so that of all
/// data these are two.
fn made<'v, 'a>(version: &'v Version<'a>) -> Vec<Promise<'v, 'a>> {
    let mut all = Vec::new();
    for ((deed, key), promises) in version.undone.iter().filter(|((deed, _), _)| *deed != Deed::Delete) {
        let facts = promises.iter().filter_map(|at| version.facts.get(*at)).filter(|fact| is_ours(fact));
        let (abroad, other): (Vec<_>, Vec<_>) =
            facts.partition(|fact| *key == DataKey::Any && is_abroad(fact));
        let some = [other, abroad].into_iter().filter(|facts| !facts.is_empty());
        all.extend(some.map(|facts| Promise { deed: *deed, key, facts }));
    }
    all
}

/// What breaks the promise to pass on no data at all, or none abroad.
fn broken<'v, 'a>(versions: &'v Versions<'a>, only_abroad: bool) -> Vec<&'v Fact<'a>> {
    let does = |version: &'v Version<'a>| -> Vec<&'v Fact<'a>> {
        let passed = version.facts.iter().filter(|fact| fact.deed == Deed::Pass && !fact.negated());
        passed.filter(|fact| !only_abroad || is_abroad(fact)).collect()
    };
    if does(versions.old).is_empty() { does(versions.new) } else { Vec::new() }
}

fn is_abroad(fact: &Fact<'_>) -> bool {
    fact.action == Some(ActionKind::Export)
}

/// What others promise is not the company's promise.
fn is_ours(fact: &Fact<'_>) -> bool {
    fact.practice.actor.is_none_or(|actor| actor.kind == ActorKind::FirstParty)
}
