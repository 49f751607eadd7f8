//! What 上述信息 and the like stand for.

use crate::document::SectionId;
use crate::findings::Analysis;
use crate::knowledge::Knowledge;
use crate::practices::{DataItem, Practice};
use std::collections::HashSet;

/// So many statements before are no longer meant.
const FARTHEST: usize = 60;

/// The data of a practice; words that point back are replaced with the items they stand for.
pub(crate) fn resolved<'a>(analysis: &'a Analysis, knowledge: &Knowledge, index: usize) -> Vec<&'a DataItem> {
    let practice = &analysis.practices[index];
    let mut data: Vec<&DataItem> = Vec::with_capacity(practice.data.len());
    for item in &practice.data {
        if item.reference {
            data.extend(meant(analysis, knowledge, index, item));
        } else {
            data.push(item);
        }
    }
    if practice.data.iter().any(|item| item.reference) {
        let mut seen = HashSet::new();
        data.retain(|item| seen.insert(item.span));
    }
    data
}

fn meant<'a>(
    analysis: &'a Analysis,
    knowledge: &Knowledge,
    index: usize,
    reference: &DataItem,
) -> Vec<&'a DataItem> {
    let document = &analysis.document;
    if reference.category.is_some_and(|id| knowledge.lexicon.category(id).ahead) {
        return Vec::new();
    }
    let words = knowledge.folding.fold(document.text(reference.span));
    let everything = knowledge.inventory.all_above.any_starts(&words);
    let practice = &analysis.practices[index];
    let paragraph = |practice: &Practice| document.sentence(practice.sentence).paragraph;
    let named = |practice: &'a Practice| {
        let before = move |item: &&DataItem| item.span.end <= reference.span.start;
        let concrete = |item: &&DataItem| !item.generic && !item.reference;
        practice.data.iter().filter(before).filter(concrete)
    };
    let mut meant: Vec<&DataItem> = Vec::new();
    let mut last = None;
    let before = analysis.practices[..=index].iter().rev().take(FARTHEST);
    for other in before.filter(|other| !other.negated && related(analysis, other.section, practice.section)) {
        let mut items = named(other).peekable();
        if items.peek().is_none() {
            continue;
        }
        let same = last.is_none_or(|last| last == paragraph(other));
        // A list of items one below the other is one thing named before.
        let list = last.is_some() && other.section != practice.section;
        if !(same || everything || list) {
            break;
        }
        last = Some(paragraph(other));
        meant.extend(items);
    }
    meant.sort_by_key(|item| item.span);
    meant.dedup_by_key(|item| item.span);
    meant
}

/// Whether one of the sections lies in the other, and that is not the whole document.
fn related(analysis: &Analysis, a: SectionId, b: SectionId) -> bool {
    let root = SectionId(0);
    let document = &analysis.document;
    a == b
        || (b != root && document.ancestors(a).any(|above| above == b))
        || (a != root && document.ancestors(b).any(|above| above == a))
}
