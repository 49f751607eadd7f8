//! Periods and consequences that a sentence states otherwise than the sentence it came from.

use super::Versions;
use super::align::Fate;
use super::change::{Change, Importance, Kind, Side, Words};
use super::version::Version;
use super::wording::{NormalSentence, Pairs, alike, normal};
use crate::document::SentenceId;
use crate::knowledge::kinds::PartRole;
use crate::marks::Amount;
use crate::span::Span;

/// Consequences with so much in common are the same in other words.
const SAME: f32 = 0.9;

/// What reworded sentences say otherwise of periods and of refusing.
pub(super) fn changed(versions: &Versions<'_>) -> Vec<Change> {
    let Versions { old, new, alignment, .. } = versions;
    let mut changes = Vec::new();
    for (at, (_, fate)) in alignment.new.iter().enumerate() {
        let Fate::Changed(from) = *fate else { continue };
        let (Some(before), Some(after)) = (old.wording.sentences.get(from), new.wording.sentences.get(at))
        else {
            continue;
        };
        changes.extend(retention(versions, *before, *after));
        changes.extend(refusal(versions, *before, *after));
    }
    for (at, (_, fate)) in alignment.old.iter().enumerate() {
        if *fate == Fate::Alone
            && let Some(sentence) = old.wording.sentences.get(at)
        {
            changes.extend(dropped(versions, *sentence, at));
        }
    }
    for (at, (_, fate)) in alignment.new.iter().enumerate() {
        if *fate == Fate::Alone
            && let Some(sentence) = new.wording.sentences.get(at)
        {
            changes.extend(added(versions, *sentence, at));
        }
    }
    changes
}

/// What is said of keeping, else the only other period.
fn retention(versions: &Versions<'_>, before: NormalSentence, after: NormalSentence) -> Option<Change> {
    let Versions { old, new, .. } = versions;
    let (was, is) = (parts(old, before, PartRole::Retention), parts(new, after, PartRole::Retention));
    let (kind, was, is) = if was.is_empty() {
        let periods = |version: &Version<'_>, at: NormalSentence| -> Vec<Span> {
            let amounts = amounts(version, at).into_iter();
            amounts.filter(|amount| days(versions, amount).is_some()).map(|amount| amount.span).collect()
        };
        let (was, is) = (periods(old, before), periods(new, after));
        if was.len() != is.len() {
            return None;
        }
        (Kind::PeriodChanged, was, is)
    } else {
        (Kind::RetentionChanged, was, is)
    };
    // What both say stays out; the rest is held against each other in order.
    let words = |file: usize, spans: Vec<Span>| spans.into_iter().map(move |span| Words { file, span });
    let was: Vec<Words> = words(before.file, was).collect();
    let is: Vec<Words> = words(after.file, is).collect();
    let same = |was: &Words, is: &Words| is_same_period(versions, *was, *is);
    let left: Vec<&Words> = was.iter().filter(|was| !is.iter().any(|is| same(was, is))).collect();
    let came: Vec<&Words> = is.iter().filter(|is| !was.iter().any(|was| same(was, is))).collect();
    let (was, is) = match (left.first(), came.first()) {
        (Some(was), Some(is)) => (**was, **is),
        (Some(was), None) if kind == Kind::RetentionChanged => {
            let mut change = Change::new(Kind::RetentionDropped, Importance::Medium);
            change.old = Some(Side::at([**was]).saying(old.text(**was).trim()));
            change.new = Some(Side::at([sentence(new, after)]));
            return Some(change);
        }
        _ => return None,
    };
    let longer = match (longest(versions, old, was), longest(versions, new, is)) {
        (Some(from), Some(to)) => Some(to > from),
        _ => None,
    };
    let importance = if longer == Some(false) { Importance::Low } else { Importance::Medium };
    let mut change = Change::new(kind, importance);
    change.longer = longer;
    change.old = Some(Side::at([was]).saying(old.text(was).trim()));
    change.new = Some(Side::at([is]).saying(new.text(is).trim()));
    change.data = data(versions, after);
    Some(change)
}

/// Whether two periods are the same, in whatever words or units.
fn is_same_period(versions: &Versions<'_>, was: Words, is: Words) -> bool {
    let Versions { old, new, knowledge, .. } = versions;
    let (from, to) = (longest(versions, old, was), longest(versions, new, is));
    (from.is_some() && from == to) || normal(knowledge, old.text(was)) == normal(knowledge, new.text(is))
}

/// The items that the sentence handles.
fn data(versions: &Versions<'_>, sentence: NormalSentence) -> Vec<super::Datum> {
    let Versions { new, knowledge, .. } = versions;
    let mut data: Vec<super::Datum> = Vec::new();
    for fact in &new.facts {
        if fact.file == sentence.file && fact.practice.sentence == sentence.id && fact.is_named() {
            let datum = new.datum(fact, knowledge);
            if !data.iter().any(|known| known.key == datum.key) {
                data.push(datum);
            }
        }
    }
    data
}

fn refusal(versions: &Versions<'_>, before: NormalSentence, after: NormalSentence) -> Option<Change> {
    let Versions { old, new, knowledge, .. } = versions;
    let (was, is) = (parts(old, before, PartRole::Refusal), parts(new, after, PartRole::Refusal));
    let was = Words { file: before.file, span: *was.first()? };
    let mut change = Change::new(Kind::RefusalChanged, Importance::Medium);
    let side = |version: &Version<'_>, words: Words| Side::at([words]).saying(version.text(words).trim());
    change.old = Some(side(old, was));
    change.data = data(versions, after);
    change.new = Some(match is.first() {
        Some(is) => {
            let is = Words { file: after.file, span: *is };
            let forms = (normal(knowledge, old.text(was)), normal(knowledge, new.text(is)));
            if alike(&Pairs::of(&forms.0), &Pairs::of(&forms.1)) >= SAME {
                return None;
            }
            side(new, is)
        }
        // The sentence is there, and says nothing of refusing.
        None => Side::at([sentence(new, after)]),
    });
    Some(change)
}

/// A sentence on keeping that only the old version has.
fn dropped(versions: &Versions<'_>, gone: NormalSentence, number: usize) -> Option<Change> {
    let period = only_period(versions, (versions.old, versions.new), gone, number)?;
    let mut change = Change::new(Kind::RetentionDropped, Importance::Medium);
    change.old = Some(period);
    Some(change)
}

/// One that only the new version has.
fn added(versions: &Versions<'_>, come: NormalSentence, number: usize) -> Option<Change> {
    let period = only_period(versions, (versions.new, versions.old), come, number)?;
    let mut change = Change::new(Kind::RetentionNew, Importance::Medium);
    change.data = data(versions, come);
    change.new = Some(period);
    Some(change)
}

/// The period of a sentence on keeping that the other version does not have.
fn only_period(
    versions: &Versions<'_>,
    (version, other): (&Version<'_>, &Version<'_>),
    sentence: NormalSentence,
    number: usize,
) -> Option<Side> {
    let spans = parts(version, sentence, PartRole::Retention);
    let words = spans.into_iter().map(|span| Words { file: sentence.file, span });
    // Without a figure little is said.
    let words = words.into_iter().find(|words| longest(versions, version, *words).is_some())?;
    let known = version.wording.stands_in(number, &other.wording);
    (!known).then(|| Side::at([words]).saying(version.text(words).trim()))
}

fn parts(version: &Version<'_>, sentence: NormalSentence, role: PartRole) -> Vec<Span> {
    let marks = version.files[sentence.file].marks.sentences.get(sentence.id.0 as usize);
    marks
        .into_iter()
        .flat_map(|marks| marks.parts())
        .filter(|part| part.0 == role)
        .map(|part| part.1)
        .collect()
}

fn sentence(version: &Version<'_>, at: NormalSentence) -> Words {
    let span = version.files[at.file].document.sentence(SentenceId(at.id.0)).span;
    Words { file: at.file, span }
}

fn amounts<'v>(version: &Version<'v>, at: NormalSentence) -> Vec<&'v Amount> {
    let file = &version.files[at.file];
    file.marks.hits.amounts_in(sentence(version, at).span).collect()
}

fn days(versions: &Versions<'_>, amount: &Amount) -> Option<u32> {
    let unit = versions.knowledge.grammar.amounts.units.get(amount.unit as usize)?;
    unit.days.map(|days| days.saturating_mul(amount.value))
}

/// The longest period in some words, in days.
fn longest(versions: &Versions<'_>, version: &Version<'_>, words: Words) -> Option<u32> {
    let hits = &version.files[words.file].marks.hits;
    hits.amounts_in(words.span).filter_map(|amount| days(versions, amount)).max()
}
