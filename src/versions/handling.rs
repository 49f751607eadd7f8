//! Data that is newly handled, or no longer named.

use std::collections::BTreeSet;

use super::Versions;
use super::change::{Change, Importance, Kind, Side};
use super::facts::{DataKey, Deed, Fact};
use super::wording::normal;

/// Data and permissions that the old version does not know; those of one sentence are one change. What is already
/// told stays out.
pub(super) fn collected(versions: &Versions<'_>, told: &[DataKey]) -> Vec<Change> {
    let Versions { old, new, knowledge, .. } = versions;
    let mut changes: Vec<Change> = Vec::new();
    for key in new.data() {
        if told.contains(key) || old.knows(key).next().is_some() || is_named_by_words(versions, key) {
            continue;
        }
        let fresh = new.fresh(new.knows(key), old);
        let Some(first) = fresh.first() else { continue };
        let kind = if first.permission { Kind::PermissionNew } else { Kind::DataNew };
        let passed = fresh.iter().filter(|fact| fact.deed == Deed::Pass);
        let recipients: Vec<String> =
            passed.flat_map(|fact| &fact.recipients).map(|name| name.text.clone()).collect();
        let sentence = new.sentence_of(first.file, first.item.span);
        let beside = changes.iter_mut().find(|change| {
            let place = change.new.as_ref().and_then(|side| side.places.first());
            change.kind == kind
                && change.data.first().is_some_and(|datum| datum.sensitive == first.sensitive)
                && place.is_some_and(|place| {
                    place.file == first.file && new.sentence_of(place.file, place.span) == sentence
                })
        });
        let change = match beside {
            Some(change) => change,
            None => {
                let mut change = Change::new(kind, Importance::high_if(first.sensitive));
                change.action = first.action;
                change.purposes = new.purposes(first);
                change.new = Some(Side::default());
                changes.push(change);
                let last = changes.len() - 1;
                &mut changes[last]
            }
        };
        change.data.push(new.datum(first, knowledge));
        for recipient in recipients {
            if !change.recipients.contains(&recipient) {
                change.recipients.push(recipient);
            }
        }
        if let Some(side) = &mut change.new {
            let places = side.places.iter().copied().chain(fresh.iter().map(|fact| fact.words()));
            *side = Side::at(places.collect::<Vec<_>>());
        }
    }
    for change in &mut changes {
        change.data.sort_by_key(|datum| (!datum.sensitive, datum.at));
        let first = change.data.iter().map(|datum| datum.at);
        let places = change.new.iter().flat_map(|side| side.places.clone());
        change.new = Some(Side::at(first.chain(places).collect::<Vec<_>>()));
    }
    changes
}

/// Whether the old version has an item that no category knows in the same words, in whatever sense.
fn is_named_by_words(versions: &Versions<'_>, key: &DataKey) -> bool {
    matches!(key, DataKey::Words(words) if versions.old.wording.has(words))
}

/// Words that are new in a category that both know, where nothing else of the category went: the list got longer.
pub(super) fn further(versions: &Versions<'_>) -> Vec<Change> {
    let Versions { old, new, knowledge, .. } = versions;
    let mut changes = Vec::new();
    for key in new.data() {
        if !matches!(key, DataKey::Category(_)) || old.knows(key).next().is_none() {
            continue;
        }
        let words = |version: &super::version::Version<'_>, fact: &Fact<'_>| {
            normal(knowledge, version.text(fact.words()))
        };
        let before: BTreeSet<String> = old.knows(key).map(|fact| words(old, fact)).collect();
        let after: BTreeSet<String> = new.knows(key).map(|fact| words(new, fact)).collect();
        let in_other = |word: &String, others: &BTreeSet<String>| {
            others.iter().any(|other| other.contains(word.as_str()) || word.contains(other.as_str()))
        };
        if before.iter().any(|word| !in_other(word, &after)) {
            continue;
        }
        let is_further = |fact: &&Fact<'_>| {
            let word = words(new, fact);
            !in_other(&word, &before) && !old.wording.has(&word)
        };
        let fresh = new.fresh(new.knows(key).filter(is_further), old);
        let Some(first) = fresh.first() else { continue };
        let importance = if first.sensitive { Importance::Medium } else { Importance::Low };
        let mut change = Change::new(Kind::DataFurther, importance);
        change.action = first.action;
        for fact in &fresh {
            let datum = new.datum(fact, knowledge);
            if !change.data.iter().any(|known| known.text == datum.text) {
                change.data.push(datum);
            }
        }
        change.new = Some(Side::at(fresh.iter().map(|fact| fact.words())));
        change.old = Some(Side::at(old.knows(key).take(1).map(Fact::words)));
        changes.push(change);
    }
    changes
}

/// Data and permissions that only the old version names.
pub(super) fn removed(versions: &Versions<'_>) -> Vec<Change> {
    let Versions { old, new, knowledge, .. } = versions;
    let mut data = Change::new(Kind::DataRemoved, Importance::Low);
    let mut permissions = Change::new(Kind::PermissionRemoved, Importance::Low);
    let mut places = (Vec::new(), Vec::new());
    for key in old.data() {
        let named = |words: &String| new.wording.has(words);
        let unsaid =
            [Deed::Handle, Deed::Pass].iter().any(|deed| new.undone.contains_key(&(*deed, key.clone())));
        if new.knows(key).next().is_some() || unsaid || matches!(key, DataKey::Words(words) if named(words)) {
            continue;
        }
        let gone = old.fresh(old.knows(key), new);
        let Some(first) = gone.first() else { continue };
        let (change, places) =
            if first.permission { (&mut permissions, &mut places.1) } else { (&mut data, &mut places.0) };
        change.data.push(old.datum(first, knowledge));
        places.push(first.words());
    }
    data.old = Some(Side::at(places.0));
    permissions.old = Some(Side::at(places.1));
    [data, permissions].into_iter().filter(|change| !change.data.is_empty()).collect()
}
