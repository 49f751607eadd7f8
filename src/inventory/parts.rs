//! The purposes, conditions … of several statements, each said once.

use crate::document::Document;
use crate::findings::Evidence;
use crate::knowledge::kinds::{Distance, PartRole};
use crate::practices::Practice;

/// Parts of statements, in reading order of these, without repetition.
#[derive(Clone, Debug, Default)]
pub struct Parts(Vec<(PartRole, Evidence)>);

impl Parts {
    pub fn of(&self, role: PartRole) -> impl Iterator<Item = Evidence> + '_ {
        self.0.iter().filter(move |(known, _)| *known == role).map(|(_, words)| *words)
    }

    /// Takes up what a practice says, of each kind only what stands nearest.
    pub(super) fn take(&mut self, file: usize, document: &Document, practice: &Practice) {
        for role in PartRole::ALL {
            let nearest = practice.parts(role).map(|part| part.distance).min();
            let nearest = nearest.filter(|distance| *distance <= reach(role));
            for part in practice.parts(role).filter(|part| Some(part.distance) == nearest) {
                self.add(role, Evidence { file, span: part.span }, |words| document.text(words.span).trim());
            }
        }
    }

    pub(super) fn add<'t>(&mut self, role: PartRole, words: Evidence, text: impl Fn(Evidence) -> &'t str) {
        let said = self.0.iter().any(|(known, other)| {
            *known == role && (*other == words || (other.file == words.file && text(*other) == text(words)))
        });
        if !said {
            self.0.push((role, words));
        }
    }
}

/// From how far what is said still tells something of a single item. The occasion and the consent of a whole
/// chapter (如超出上述目的……) do not; what opens the whole policy is said of everything, and so of no item.
fn reach(role: PartRole) -> Distance {
    match role {
        PartRole::Purpose | PartRole::Refusal | PartRole::Retention => Distance::SectionLeadIn,
        PartRole::Condition | PartRole::Recipient | PartRole::Consent => Distance::Item,
    }
}
