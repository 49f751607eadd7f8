//! Two statements of one policy that contradict each other.

use super::check::Evidence;
use super::condition::{NEARBY, Subject};
use super::finding::Place;
use super::fingerprint::Identity;
use super::judge::Judging;
use super::kept::Kept;
use super::message::Words;
use crate::document::{SectionKind, SentenceId};
use crate::knowledge::kinds::{Distance, PartRole, Point};
use crate::knowledge::rule::{Condition, Pair};
use crate::knowledge::spec::{Differ, Extent, Join, PairOf};
use crate::practices::Practice;
use crate::span::Span;

/// Of more statements on either side only so many are held against each other.
const MOST_PAIRS: usize = 500;
const MOST_FIRSTS: usize = 20_000;

/// One side of a pair.
struct Side<'a> {
    subject: Subject<'a>,
    /// What is underlined.
    at: Span,
    sentence: SentenceId,
    /// The practice by number within its file.
    number: Option<usize>,
}

impl<'a> Judging<'a> {
    pub(super) fn pairs(&self, file: usize, kept: &mut Kept) {
        let Some(pair) = &self.rule.pair else { return };
        // The files of a policy are one document: what one promises another may break.
        let files = 0..self.policy.files.len();
        let seconds: Vec<Side<'a>> = files.flat_map(|file| self.sides(file, pair, &pair.second)).collect();
        for first in self.sides(file, pair, &pair.first).take(MOST_FIRSTS) {
            if self.rule.unless.as_ref().is_some_and(|unless| first.subject.holds(unless)) {
                continue;
            }
            let other = seconds.iter().take(MOST_PAIRS).find(|second| self.contradict(pair, &first, second));
            let severity = other.and_then(|_| self.severity(&first.subject, None));
            let (Some(second), Some(severity)) = (other, severity) else {
                self.tally.met(|| vec![Evidence { file, span: first.at }]);
                continue;
            };
            self.tally.broken();
            if !kept.has_room(severity, first.number) {
                continue;
            }
            let document = &self.policy.files[file].document;
            let mut words = Words::of(self.rule, self.settings.language);
            words.fill("first", document.text(first.at));
            words.fill("second", self.policy.files[second.subject.file].document.text(second.at));
            for item in first.subject.practice.iter().flat_map(|practice| &practice.data) {
                words.data(document.text(item.span));
            }
            // A label can only point into the file of the finding.
            let here = second.subject.file == file;
            let labels = here.then(|| self.label(Point::Sentence, second.at)).into_iter().collect();
            let around = document.sentence(first.sentence).span.hull(first.at);
            let focus = Some(Identity::in_sentence(document.prose.text(), first.at, around));
            let place = Place::Prose(first.at);
            kept.add(self.finding(file, place, words, severity, focus, labels, first.number));
        }
    }

    /// The statements of a file that meet the condition of one side.
    fn sides<'s>(
        &'s self,
        file: usize,
        pair: &'s Pair,
        condition: &'s Condition,
    ) -> Box<dyn Iterator<Item = Side<'a>> + 's> {
        let analysis = &self.policy.files[file];
        match pair.of {
            PairOf::Practice => {
                Box::new(analysis.practices.iter().enumerate().filter_map(move |(number, practice)| {
                    let sentence = practice.sentence;
                    let subject =
                        Subject { practice: Some(practice), sentence: Some(sentence), ..self.subject(file) };
                    if !subject.holds(condition) {
                        return None;
                    }
                    let at = match self.rule.point {
                        Point::Data => None,
                        point => self.spot(&subject, point, &[], None),
                    };
                    let at = at.unwrap_or_else(|| self.statement(file, practice));
                    Some(Side { subject, at, sentence, number: Some(number) })
                }))
            }
            PairOf::Sentence => {
                Box::new(self.policy.candidates(file, [condition]).into_iter().filter_map(move |sentence| {
                    let subject = Subject { sentence: Some(sentence), ..self.subject(file) };
                    let verdict = subject.eval(condition);
                    let whole = analysis.document.sentence(sentence).span;
                    let at = verdict.at.unwrap_or(whole).trim(analysis.document.prose.text());
                    verdict.holds.then_some(Side { subject, at, sentence, number: None })
                }))
            }
        }
    }

    fn contradict(&self, pair: &Pair, first: &Side<'a>, second: &Side<'a>) -> bool {
        let place = |side: &Side<'a>| (side.subject.file, side.sentence);
        if place(first) == place(second) || !self.is_near(pair.same, first, second) {
            return false;
        }
        let joined = match (pair.join, first.subject.practice, second.subject.practice) {
            (Join::None, ..) => true,
            (Join::Data, Some(one), Some(other)) => share_category(one, other),
            (Join::Item, Some(one), Some(other)) => self.share_item((first, one), (second, other)),
            _ => false,
        };
        joined
            && match pair.differ {
                None => true,
                // Both sides meet the same conditions: the earlier one is told about.
                Some(Differ::Retention) => place(first) < place(second) && self.differ(first, second),
            }
    }

    /// Whether both stand in the same item or section, if they have to.
    fn is_near(&self, same: Option<Extent>, first: &Side<'a>, second: &Side<'a>) -> bool {
        let Some(same) = same else { return true };
        if same == Extent::Document {
            return true;
        }
        if first.subject.file != second.subject.file {
            return false;
        }
        let document = &self.policy.files[first.subject.file].document;
        let paragraph = |side: &Side<'a>| document.sentence(side.sentence).paragraph;
        let section = |side: &Side<'a>| {
            let own = document.paragraph(paragraph(side)).section;
            if matches!(same, Extent::Section | Extent::Nearby) { document.chapter_of(own) } else { own }
        };
        match same {
            Extent::Clause | Extent::Sentence => false,
            Extent::Paragraph => paragraph(first) == paragraph(second),
            Extent::Nearby => {
                section(first) == section(second) && first.sentence.0.abs_diff(second.sentence.0) <= NEARBY
            }
            _ => {
                let (one, other) = (section(first), section(second));
                // Text before the first heading belongs together no further than its paragraph.
                one == other
                    && (document.section(one).kind != SectionKind::Root
                        || paragraph(first) == paragraph(second))
            }
        }
    }

    /// Whether the second names an item of the first, in the same words or in longer ones.
    fn share_item(&self, first: (&Side<'a>, &Practice), second: (&Side<'a>, &Practice)) -> bool {
        let words = |side: &Side<'a>, span: Span| {
            let text = self.policy.files[side.subject.file].document.text(span);
            self.policy.knowledge.folding.fold(text)
        };
        let named = |practice: &Practice| {
            practice.data.clone().into_iter().filter(|item| !item.generic && !item.reference)
        };
        named(first.1).any(|item| {
            let wanted = words(first.0, item.span);
            named(second.1).any(|other| {
                item.category.is_some()
                    && item.category == other.category
                    && words(second.0, other.span).contains(&wanted)
            })
        })
    }

    /// Whether both give a period of retention, and not the same one.
    fn differ(&self, first: &Side<'a>, second: &Side<'a>) -> bool {
        match (self.days(first), self.days(second)) {
            // A month is not exactly thirty days: a quarter more or less is the same.
            (Some(one), Some(other)) => 4 * one.max(other) > 5 * one.min(other),
            _ => false,
        }
    }

    /// The one period that a practice itself gives for its retention.
    fn days(&self, side: &Side<'a>) -> Option<u64> {
        let practice = side.subject.practice?;
        let hits = &self.policy.files[side.subject.file].marks.hits;
        let units = &self.policy.knowledge.grammar.amounts.units;
        let own = practice.parts(PartRole::Retention).filter(|part| part.distance <= Distance::Sentence);
        let mut amounts = own.flat_map(|part| hits.amounts_in(part.span));
        let amount = amounts.next()?;
        if amounts.any(|other| other.span != amount.span) {
            return None;
        }
        units[amount.unit as usize].days.map(|days| u64::from(days) * u64::from(amount.value))
    }
}

/// Whether the second practice is about data that the first speaks of; there an umbrella word covers all.
fn share_category(first: &Practice, second: &Practice) -> bool {
    first
        .data
        .iter()
        .any(|a| a.generic || second.data.iter().any(|b| a.category.is_some() && a.category == b.category))
}
