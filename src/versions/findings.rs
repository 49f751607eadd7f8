use std::collections::HashMap;

use super::Versions;
use super::change::Words;
use super::version::Version;
use super::wording::normal;
use crate::findings::{Finding, Place};
use crate::knowledge::kinds::Judge;
use crate::triage::since;

/// The findings that only the new version has, and those that only the old one has: by fingerprint and count, as
/// a baseline would tell them apart. What a rule says of a sentence that was only reworded, or cut up otherwise by another
/// file format, is neither.
pub(super) fn compare(
    versions: &Versions<'_>,
    old: &[Finding],
    new: &[Finding],
) -> (Vec<Finding>, Vec<Finding>) {
    let ((mut new, _), (mut resolved, _)) = (since(new.to_vec(), old), since(old.to_vec(), new));
    let mut of_rule: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, finding) in resolved.iter().enumerate() {
        of_rule.entry(finding.rule.clone()).or_default().push(at);
    }
    let mut gone = vec![true; resolved.len()];
    new.retain(|finding| {
        let candidates = of_rule.get_mut(&finding.rule);
        let found = candidates.and_then(|candidates| {
            let at = candidates.iter().position(|at| is_same(versions, &resolved[*at], finding))?;
            Some(candidates.remove(at))
        });
        if let Some(at) = found {
            gone[at] = false;
        }
        found.is_none()
    });
    let mut gone = gone.into_iter();
    resolved.retain(|_| gone.next().unwrap_or(true));
    new.retain(|finding| !is_untouched(versions, versions.new, finding, versions.old));
    resolved.retain(|finding| !is_untouched(versions, versions.old, finding, versions.new));
    (new, resolved)
}

/// Whether the other version has the whole chapter around a finding too: file formats are read each in its own way, but
/// nobody changed what is said.
fn is_untouched(
    versions: &Versions<'_>,
    version: &Version<'_>,
    finding: &Finding,
    other: &Version<'_>,
) -> bool {
    // What is missing from the whole, or contradicts something elsewhere, is no matter of one chapter.
    let rule = versions.knowledge.rules.iter().find(|rule| rule.id == finding.rule);
    if rule.is_none_or(|rule| matches!(rule.judge, Judge::Document | Judge::Pair)) {
        return false;
    }
    let Some((words, number)) = words(version, finding) else { return false };
    let document = &version.files[words.file].document;
    let Some(at) = version.wording.sentences.get(number) else { return false };
    let section = document.paragraph(document.sentence(at.id).paragraph).section;
    let chapter = document.section(document.chapter_of(section)).span;
    let first = version.wording.number(words.file, version.sentence_of(words.file, chapter));
    let inside = document.sentences.iter().filter(|sentence| chapter.contains(sentence.span)).count();
    version.wording.all_stand_in(first..first + inside, &other.wording)
}

/// Whether two findings of one rule speak of the same words, or of a sentence and what it became.
fn is_same(versions: &Versions<'_>, old: &Finding, new: &Finding) -> bool {
    let Versions { old: before, new: after, alignment, knowledge } = versions;
    let (Some((was, from)), Some((is, to))) = (words(before, old), words(after, new)) else { return false };
    let became = alignment.new.get(to).and_then(|(_, fate)| fate.other());
    let same = || normal(knowledge, before.text(was)) == normal(knowledge, after.text(is));
    became == Some(from)
        || (same()
            && (after.wording.stands_in(to, &before.wording)
                || before.wording.stands_in(from, &after.wording)))
}

/// The words of a finding, and the number of their sentence.
fn words(version: &Version<'_>, finding: &Finding) -> Option<(Words, usize)> {
    let Place::Prose(span) = finding.place else { return None };
    let id = version.sentence_of(finding.file, span);
    Some((Words { file: finding.file, span }, version.wording.number(finding.file, id)))
}
