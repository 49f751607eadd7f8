//! The words by which a requirement is met.

use super::Analysis;
use super::check::{Evidence, MOST_MET};
use super::condition::Subject;
use super::judge::Judging;
use crate::knowledge::kinds::Judge;
use crate::knowledge::rule::Condition;
use std::collections::HashSet;

impl<'a> Judging<'a> {
    /// What is excepted may be in order all the same: it satisfies `require`, or the whole policy says under
    /// `unless` what makes up for what `forbid` describes. Other exceptions are worth showing of the whole only.
    pub(super) fn tell_exception(&self, subject: &Subject<'a>, unless: &Condition) {
        let (require, forbid) = (&self.rule.require, &self.rule.forbid);
        let of_whole = self.rule.judge == Judge::Document;
        match require.as_ref().filter(|require| subject.holds(require)) {
            Some(require) => self.tally.met(|| self.words_of(subject, require)),
            None if of_whole && forbid.as_ref().is_some_and(|forbid| subject.holds(forbid)) => {
                self.tally.met(|| self.words_of(subject, unless));
            }
            None if of_whole => self.tally.excepted(|| self.words_of(subject, unless)),
            None => self.tally.excepted(Vec::new),
        }
    }

    /// The words that satisfy a condition.
    pub(super) fn words_of(&self, subject: &Subject<'a>, condition: &Condition) -> Vec<Evidence> {
        self.ranked(subject.evidence(condition).unwrap_or_default())
    }

    /// The first places, one a sentence: what stands where the rule would have it, then in reading order.
    pub(super) fn ranked(&self, places: Vec<Evidence>) -> Vec<Evidence> {
        let mut places: Vec<(bool, Evidence)> =
            places.into_iter().map(|place| (!self.is_anchored(place), place)).collect();
        places.sort();
        let mut sentences = HashSet::new();
        let sentence = |place: Evidence| {
            (place.file, self.policy.files[place.file].document.sentence_from(place.span.start))
        };
        places.retain(|(_, place)| sentences.insert(sentence(*place)));
        places.into_iter().map(|(_, place)| place).take(MOST_MET).collect()
    }

    /// Whether words stand in a section on one of the rule's topics.
    fn is_anchored(&self, place: Evidence) -> bool {
        let Analysis { document, marks, .. } = &self.policy.files[place.file];
        let Some(sentence) = document.sentences.get(document.sentence_from(place.span.start)) else {
            return false;
        };
        let section = document.paragraph(sentence.paragraph).section;
        self.rule.anchor.iter().any(|topic| marks.topics.has(section, *topic))
    }

    /// The statement that was judged, or what made the whole be judged; a sentence among all is not worth telling.
    pub(super) fn judged_words(&self, subject: &Subject<'a>) -> Vec<Evidence> {
        let at = || self.rule.when.as_ref().and_then(|when| subject.eval(when).at);
        let span = match self.rule.judge {
            Judge::Document => at(),
            Judge::Practice | Judge::Data | Judge::Entry => {
                self.focus(subject, self.rule.point, &self.matching_items(subject), at())
            }
            Judge::Sentence | Judge::Section | Judge::Pair | Judge::Slip | Judge::Waiver => None,
        };
        span.map(|span| Evidence { file: subject.file, span }).into_iter().collect()
    }
}
