//! The purposes, conditions … of several statements, each said once.

use crate::document::Document;
use crate::findings::Evidence;
use crate::knowledge::kinds::{Distance, PartRole};
use crate::practices::Practice;
use crate::span::Span;

/// Parts of statements, in reading order of these, without repetition.
#[derive(Clone, Debug, Default)]
pub struct Parts(Vec<Told>);

#[derive(Clone, Copy, Debug)]
struct Told {
    role: PartRole,
    words: Evidence,
    distance: Distance,
}

impl Parts {
    /// What is said near; only where nothing is, what is said for a whole section.
    pub fn of(&self, role: PartRole) -> impl Iterator<Item = Evidence> + '_ {
        let of_role = move |told: &&Told| told.role == role;
        let near = |told: &Told| told.distance <= Distance::Item;
        let any_near = self.0.iter().filter(of_role).any(near);
        self.0.iter().filter(of_role).filter(move |told| !any_near || near(told)).map(|told| told.words)
    }

    /// Takes up what a practice says, of each kind only what stands nearest.
    pub(super) fn take(&mut self, file: usize, document: &Document, practice: &Practice) {
        for role in PartRole::ALL {
            let nearest = practice.parts(role).map(|part| part.distance).min();
            let nearest = nearest.filter(|distance| *distance <= reach(role));
            for part in practice.parts(role).filter(|part| Some(part.distance) == nearest) {
                let words = Evidence { file, span: part.span };
                self.add(role, words, part.distance, |words| document.text(words.span).trim());
            }
        }
    }

    /// Takes up what a practice says within these stretches, and nothing from around them.
    pub(super) fn take_within(
        &mut self,
        file: usize,
        document: &Document,
        practice: &Practice,
        stretches: &[Span],
    ) {
        let within = |span: Span| stretches.iter().any(|stretch| stretch.contains(span));
        for part in practice.parts.iter().filter(|part| within(part.span)) {
            let words = Evidence { file, span: part.span };
            self.add(part.role, words, part.distance, |words| document.text(words.span).trim());
        }
    }

    pub(super) fn add<'t>(
        &mut self,
        role: PartRole,
        words: Evidence,
        distance: Distance,
        text: impl Fn(Evidence) -> &'t str,
    ) {
        let same = |told: &&mut Told| {
            let other = told.words;
            told.role == role && (other == words || (other.file == words.file && text(other) == text(words)))
        };
        match self.0.iter_mut().find(same) {
            Some(told) => told.distance = told.distance.min(distance),
            None => self.0.push(Told { role, words, distance }),
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
