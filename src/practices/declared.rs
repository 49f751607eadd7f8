//! What the policy itself calls sensitive.

use super::Practice;
use crate::document::{Document, SentenceId};
use crate::knowledge::Knowledge;
use crate::marks::{MarkKind, Marks};

/// So many statements before are no longer meant.
const FARTHEST: usize = 60;

/// Marks the items that a sentence of their paragraph calls sensitive.
pub(super) fn mark(document: &Document, knowledge: &Knowledge, marks: &Marks, practices: &mut [Practice]) {
    for (index, sentence) in marks.sentences.iter().enumerate() {
        let Some(words) = sentence.declares_sensitive else { continue };
        let id = SentenceId(index as u32);
        let paragraph = document.sentence(id).paragraph;
        let clause = document.sentence(id).clauses.iter().copied().find(|clause| clause.contains(words));
        if clause.is_some_and(|clause| sentence.is_negated(clause, words)) {
            continue;
        }
        // The data the sentence names before the declaration; none, or a reference: the data named before it.
        let named: Vec<&str> = sentence
            .marks
            .iter()
            .filter(|mark| mark.span.end <= words.start)
            .filter_map(|mark| match mark.kind {
                MarkKind::Data { category, .. } => {
                    let known = category.map(|id| knowledge.lexicon.category(id));
                    let stands_for = known.is_some_and(|category| category.reference || category.generic);
                    (!stands_for).then(|| document.text(mark.span))
                }
                _ => None,
            })
            .collect();
        // Practices come in the order of their sentences.
        let end = practices.partition_point(|practice| practice.sentence <= id);
        let near = |practice: &&mut Practice| document.sentence(practice.sentence).paragraph == paragraph;
        for practice in practices[..end].iter_mut().rev().take_while(near).take(FARTHEST) {
            for item in practice.data.iter_mut().filter(|item| !item.generic && !item.reference) {
                item.declared |= named.is_empty() || named.contains(&document.text(item.span));
            }
        }
    }
}
