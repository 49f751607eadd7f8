//! What is known about the app: from the config, else from the text.

use super::Analysis;
use crate::knowledge::Knowledge;
use crate::marks::Matcher;
use crate::span::Span;
use std::collections::BTreeMap;

/// Facts by number.
#[derive(Debug)]
pub(super) struct Facts {
    known: Vec<bool>,
}

impl Facts {
    /// Facts that neither the config states nor the text suggests do not hold.
    pub(super) fn of(knowledge: &Knowledge, files: &[Analysis], given: &BTreeMap<String, bool>) -> Self {
        let known = knowledge
            .grammar
            .facts
            .iter()
            .map(|fact| match given.get(&fact.id) {
                Some(&value) => value,
                None => files.iter().any(|analysis| {
                    let document = &analysis.document;
                    let matcher = Matcher { knowledge, document, hits: &analysis.marks.hits };
                    matcher.any(&fact.guess, Span::new(0, document.prose.text().len()))
                }),
            })
            .collect();
        Self { known }
    }

    pub(super) fn is(&self, fact: u8) -> bool {
        self.known[fact as usize]
    }
}
