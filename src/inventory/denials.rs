//! What a policy says is not done, each thing once.

use super::Denial;
use super::names::Names;
use crate::document::Document;
use crate::findings::Evidence;
use crate::knowledge::kinds::{ActionKind, ActorKind};
use crate::practices::Practice;
use std::collections::HashMap;

#[derive(Default)]
pub(super) struct Denials {
    found: Vec<Denial>,
    by_name: HashMap<(ActionKind, String), usize>,
}

impl Denials {
    /// Takes up a negated practice; what users should not do is none of the company's.
    pub(super) fn add(&mut self, file: usize, practice: &Practice, document: &Document, names: &Names<'_>) {
        let by_user = practice.actor.is_some_and(|actor| actor.kind == ActorKind::User);
        let Some(action) = practice.action.map(|action| action.kind).filter(|_| !by_user) else { return };
        if !(action.is_sharing() || action.is_getting()) {
            return;
        }
        for item in practice.data.iter().filter(|item| !item.reference) {
            let words = Evidence { file, span: item.span };
            let name = names.of_item(document.text(item.span).trim(), item.category);
            let next = self.found.len();
            let at = *self.by_name.entry((action, name)).or_insert(next);
            if at == next {
                self.found.push(Denial { words, action, section: practice.section, places: Vec::new() });
            }
            if !self.found[at].places.contains(&words) {
                self.found[at].places.push(words);
            }
        }
    }

    pub(super) fn finish(self) -> Vec<Denial> {
        self.found
    }
}
