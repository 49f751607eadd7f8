//! Who newly receives data, and who receives more of it.

use super::Versions;
use super::change::{Change, Importance, Kind, Side, Words};
use super::facts::{DataKey, Deed, Fact};
use super::names::Name;
use super::wording::Wording;
use crate::span::Span;

/// Recipients that the old version does not name.
pub(super) fn recipients(versions: &Versions<'_>) -> Vec<Change> {
    let Versions { old, new, knowledge, .. } = versions;
    let mut changes: Vec<Change> = Vec::new();
    for (name, facts) in new.recipients() {
        if is_known(name, &old.wording) {
            continue;
        }
        let facts: Vec<&Fact<'_>> =
            facts.into_iter().filter(|fact| !new.is_in(fact, named(fact), old)).collect();
        let Some(first) = facts.first() else { continue };
        let same = changes.iter_mut().find(|change| {
            change.new.as_ref().and_then(|side| side.places.first()).is_some_and(|place| {
                // Several recipients of one practice are one change.
                place.file == first.file && first.recipients.iter().any(|other| other.span == place.span)
            })
        });
        if let Some(change) = same {
            if !change.recipients.contains(&name.text) {
                change.recipients.push(name.text.clone());
            }
            continue;
        }
        let mut change = Change::new(Kind::RecipientNew, Importance::Medium);
        change.action = first.action;
        change.recipients.push(name.text.clone());
        for fact in &facts {
            let datum = new.datum(fact, knowledge);
            if !change.data.iter().any(|known| known.text == datum.text) {
                change.data.push(datum);
            }
            for purpose in new.purposes(fact) {
                if !change.purposes.contains(&purpose) {
                    change.purposes.push(purpose);
                }
            }
        }
        change.data.sort_by_key(|datum| !datum.sensitive);
        change.importance = Importance::high_if(change.data.iter().any(|datum| datum.sensitive));
        let at_name = Words { file: first.file, span: name.span };
        change.new = Some(Side::at(std::iter::once(at_name).chain(facts.iter().map(|fact| fact.words()))));
        changes.push(change);
    }
    changes
}

/// Data that known recipients, or nobody in particular, newly receive; what `told` says already stays out.
pub(super) fn shared(versions: &Versions<'_>, told: &[Change]) -> Vec<Change> {
    let Versions { old, new, knowledge, .. } = versions;
    let mut changes: Vec<Change> = Vec::new();
    for key in new.data() {
        let is_told = told.iter().any(|change| {
            matches!(change.kind, Kind::DataNew | Kind::Reversed) && change.keys().any(|known| known == key)
        });
        if is_told {
            continue;
        }
        let before: Vec<&Fact<'_>> = old.does(Deed::Pass, key).collect();
        // Whom it went to before, by any name.
        let received = |fact: &Fact<'_>| {
            if fact.recipients.is_empty() {
                return !before.is_empty();
            }
            fact.recipients.iter().all(|name| {
                !is_known(name, &old.wording)
                    || before.iter().flat_map(|fact| &fact.recipients).any(|known| known.is(name))
            })
        };
        let newly =
            new.does(Deed::Pass, key).filter(|fact| !received(fact) && !new.is_in(fact, named(fact), old));
        let newly: Vec<&Fact<'_>> = newly.collect();
        let Some(first) = newly.first() else { continue };
        let sentence = new.sentence_of(first.file, first.item.span);
        let beside = changes.iter_mut().find(|change| {
            let place = change.new.as_ref().and_then(|side| side.places.first());
            place.is_some_and(|place| {
                place.file == first.file && new.sentence_of(place.file, place.span) == sentence
            })
        });
        let change = match beside {
            Some(change) => change,
            None => {
                let mut change = Change::new(Kind::SharedNew, Importance::Low);
                change.action = first.action;
                change.purposes = new.purposes(first);
                change.new = Some(Side::at(newly.iter().map(|fact| fact.words())));
                change.old = Some(Side::at(old.does(Deed::Handle, key).take(1).map(Fact::words)))
                    .filter(|side| !side.places.is_empty());
                changes.push(change);
                let last = changes.len() - 1;
                &mut changes[last]
            }
        };
        // Who receives umbrella words (个人信息) might have received it before.
        let covered = first.recipients.iter().any(|name| {
            old.does(Deed::Pass, &DataKey::Any).flat_map(|fact| &fact.recipients).any(|known| known.is(name))
        });
        let importance = match (first.sensitive, covered) {
            (true, _) => Importance::High,
            (false, false) => Importance::Medium,
            (false, true) => Importance::Low,
        };
        change.importance = change.importance.max(importance);
        change.data.push(new.datum(first, knowledge));
        for name in newly.iter().flat_map(|fact| &fact.recipients) {
            if !change.recipients.contains(&name.text) {
                change.recipients.push(name.text.clone());
            }
        }
    }
    changes
}

/// Recipients that only the old version names.
pub(super) fn removed(versions: &Versions<'_>) -> Vec<Change> {
    let Versions { old, new, .. } = versions;
    let mut change = Change::new(Kind::RecipientRemoved, Importance::Low);
    let mut places = Vec::new();
    for (name, facts) in old.recipients() {
        if is_known(name, &new.wording) {
            continue;
        }
        let Some(first) = facts.into_iter().find(|fact| !old.is_in(fact, named(fact), new)) else { continue };
        change.recipients.push(name.text.clone());
        places.push(Words { file: first.file, span: name.span });
    }
    change.old = Some(Side::at(places));
    (!change.recipients.is_empty()).then_some(change).into_iter().collect()
}

/// Whether a version names somebody, in whatever sense.
fn is_known(name: &Name, wording: &Wording) -> bool {
    wording.has(&name.normal)
}

fn named(fact: &Fact<'_>) -> Vec<Span> {
    fact.recipients.iter().map(|name| name.span).collect()
}
