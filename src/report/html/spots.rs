//! Places in the policies that the checklist and the inventory lead to.

use std::collections::BTreeMap;

use super::Review;
use super::highlight::{Highlight, Tone, prose_of};
use crate::findings::Place;
use crate::report::Position;
use crate::span::{FileSpan, Span};

/// What the page calls the places, by file and position.
#[derive(Debug, Default)]
pub(super) struct Spots<'a> {
    by_path: BTreeMap<&'a str, BTreeMap<usize, String>>,
    count: usize,
}

impl<'a> Spots<'a> {
    /// All places that are led to.
    pub(super) fn of(reviews: &'a [Review]) -> Self {
        let mut spots = Self::default();
        for review in reviews {
            for words in review.checks.iter().flat_map(|check| &check.evidence) {
                spots.add(&words.path, words.at);
            }
            let inventory = &review.inventory;
            let uses = inventory.collected.iter().chain(&inventory.unnamed).flat_map(|item| &item.uses);
            let told =
                uses.map(|used| &used.told).chain(inventory.shared.iter().map(|sharing| &sharing.told));
            let denied = inventory.denied.iter().map(|denial| &denial.words);
            for place in told.filter_map(|told| told.places.first()).chain(denied) {
                spots.add(&place.path, place.at);
            }
        }
        spots
    }

    fn add(&mut self, path: &'a str, at: Position) {
        self.by_path.entry(path).or_default().entry(at.start).or_insert_with(|| {
            self.count += 1;
            format!("e-{}", self.count)
        });
    }

    /// The name of a place.
    pub(super) fn name(&self, path: &str, at: Position) -> Option<&str> {
        self.by_path.get(path)?.get(&at.start).map(String::as_str)
    }

    /// The places in one file.
    pub(super) fn highlights(&self, reading: &super::Reading) -> Vec<Highlight> {
        let here = self.by_path.get(reading.path.as_str()).into_iter().flatten();
        here.map(|(start, name)| {
            let start = prose_of(Place::File(FileSpan::new(*start, *start + 1)), &reading.document).start;
            Highlight {
                span: Span { start, end: start },
                tone: Tone::Context,
                finding: usize::MAX,
                token: String::new(),
                anchor: name.clone(),
            }
        })
        .collect()
    }
}
