//! What a policy has to say, and no longer does.

use std::collections::HashMap;

use super::Versions;
use super::align::Fate;
use super::change::{Change, Importance, Kind, Side, Words};
use super::version::{Judged, Version};
use crate::findings::Evidence;
use crate::knowledge::kinds::{Judge, Severity};
use crate::knowledge::rule::Rule;
use crate::triage::{Ruling, Verdict};

/// The tag of rules about the rights of the people whose data it is.
const RIGHTS: &str = "rights";

/// Requirements on whole policies that were met and are broken now, and the other way round. Where the other version has
/// the very words that meet one, nobody dropped or added them: it is read otherwise, as in another file format.
pub(super) fn changed(versions: &Versions<'_>, old: &Judged<'_>, new: &Judged<'_>) -> Vec<Change> {
    let before: HashMap<&str, &Ruling<'_>> =
        old.rulings.iter().map(|ruling| (ruling.rule.id.as_str(), ruling)).collect();
    let mut changes = Vec::new();
    for ruling in new.rulings.iter().filter(|ruling| ruling.rule.judge == Judge::Document) {
        let Some(was) = before.get(ruling.rule.id.as_str()) else { continue };
        match (&was.verdict, &ruling.verdict) {
            (Verdict::Met(words), Verdict::Broken(_)) if !stand_in(versions.old, words, versions.new) => {
                let right = is_right(ruling.rule);
                let kind = if right { Kind::RightDropped } else { Kind::StatementDropped };
                let least = if right { Importance::Medium } else { Importance::Low };
                let mut change = of(kind, ruling.rule, dropped(ruling.severity).max(least));
                change.old =
                    Some(Side::at(words.iter().map(|words| Words { file: words.file, span: words.span })));
                changes.push(change);
            }
            (Verdict::Broken(_), Verdict::Met(words)) if !stand_in(versions.new, words, versions.old) => {
                let mut change = of(Kind::StatementAdded, ruling.rule, Importance::Low);
                change.new =
                    Some(Side::at(words.iter().map(|words| Words { file: words.file, span: words.span })));
                changes.push(change);
            }
            (Verdict::Met(words), Verdict::Met(_)) if is_right(ruling.rule) => {
                changes.extend(words.first().and_then(|words| shortened(versions, ruling.rule, words)));
            }
            _ => {}
        }
    }
    changes
}

/// A right that is still granted somewhere, without the sentence that told most of it: the way to use it, as a rule.
fn shortened(versions: &Versions<'_>, rule: &Rule, words: &Evidence) -> Option<Change> {
    let Versions { old, new, alignment, .. } = versions;
    let sentence = old.sentence_of(words.file, words.span);
    let number = old.wording.number(words.file, sentence);
    let gone = matches!(alignment.old.get(number), Some((_, Fate::Alone)))
        && !old.wording.stands_in(number, &new.wording);
    gone.then(|| {
        let mut change = of(Kind::RightShortened, rule, Importance::Medium);
        let place = Words { file: words.file, span: old.files[words.file].document.sentence(sentence).span };
        change.old = Some(Side::at([place]).saying(old.text(place).trim()));
        change
    })
}

fn is_right(rule: &Rule) -> bool {
    rule.tags.iter().any(|tag| tag == RIGHTS)
}

/// Whether the other version has the sentences of all these words.
fn stand_in(version: &Version<'_>, words: &[Evidence], other: &Version<'_>) -> bool {
    let number =
        |words: &Evidence| version.wording.number(words.file, version.sentence_of(words.file, words.span));
    !words.is_empty() && words.iter().all(|words| version.wording.stands_in(number(words), &other.wording))
}

fn of(kind: Kind, rule: &Rule, importance: Importance) -> Change {
    let mut change = Change::new(kind, importance);
    change.rule = Some(rule.id.clone());
    change
}

/// How much it matters that a requirement is no longer met.
fn dropped(severity: Severity) -> Importance {
    match severity {
        Severity::Error => Importance::High,
        Severity::Warning => Importance::Medium,
        Severity::Info => Importance::Low,
    }
}
