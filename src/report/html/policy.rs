//! A policy beside the findings about it.

use std::collections::BTreeMap;

use super::body::{self, Element};
use super::card::{Card, Maker, fold_remedies};
use super::highlight::{Highlight, Tone};
use super::index::token;
use super::shown::plain;
use super::spots::Spots;
use super::{Reading, SEVERITIES};
use crate::document::SectionId;
use crate::knowledge::kinds::Severity;
use crate::report::Located;
use crate::report::export::Run;

/// A file with its contents list and its findings.
#[derive(Debug)]
pub(super) struct Policy<'a> {
    pub(super) number: usize,
    pub(super) path: String,
    /// SHA-256 of its text; `None` for a file that is no policy.
    pub(super) digest: Option<&'a str>,
    pub(super) chapters: Vec<Chapter>,
    pub(super) body: Vec<Element<'a>>,
    pub(super) cards: Vec<Card<'a>>,
    pub(super) counts: Counts,
}

/// A line of the contents list.
#[derive(Debug)]
pub(super) struct Chapter {
    pub(super) id: String,
    pub(super) depth: usize,
    pub(super) title: String,
    pub(super) counts: Counts,
}

/// Findings in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) error: usize,
    pub(super) warning: usize,
    pub(super) info: usize,
}

impl Counts {
    pub(super) fn add(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.error += 1,
            Severity::Warning => self.warning += 1,
            Severity::Info => self.info += 1,
        }
    }

    pub(super) fn total(&self) -> usize {
        self.error + self.warning + self.info
    }
}

/// The highlights in each file read.
pub(super) fn highlights(run: &Run<'_>, readings: &[&Reading], spots: &Spots<'_>) -> Vec<Vec<Highlight>> {
    let numbers = readings_by_path(readings);
    let mut all: Vec<Vec<Highlight>> = readings.iter().map(|reading| spots.highlights(reading)).collect();
    let reported = run.findings.len();
    let aside = run.suppressed.iter().map(|suppressed| (&suppressed.finding, Some(Tone::Aside)));
    let found = run.findings.iter().map(|finding| (finding, None)).chain(aside);
    for (number, (finding, tone)) in found.enumerate() {
        let Some(reading) = numbers.get(finding.path.as_str()) else { continue };
        let tone = tone.unwrap_or(match finding.severity {
            Severity::Error => Tone::Error,
            Severity::Warning => Tone::Warning,
            Severity::Info => Tone::Info,
        });
        let document = &readings[*reading].document;
        all[*reading].extend(Highlight::of(finding, number, &token(number, reported), tone, document));
    }
    all
}

fn readings_by_path<'a>(readings: &[&'a Reading]) -> BTreeMap<&'a str, usize> {
    readings.iter().enumerate().map(|(number, reading)| (reading.path.as_str(), number)).collect()
}

/// Every file read, with the findings about it; behind them, findings about files that are no policy, as
/// the config.
pub(super) fn policies<'a>(
    maker: &Maker<'a, '_>,
    readings: &[&'a Reading],
    highlights: &'a [Vec<Highlight>],
) -> Vec<Policy<'a>> {
    let run = maker.run;
    let numbers = readings_by_path(readings);
    let mut cards: Vec<Vec<(&Located, Card<'a>)>> = readings.iter().map(|_| Vec::new()).collect();
    let mut others: BTreeMap<&str, Vec<(&Located, Card<'a>)>> = BTreeMap::new();
    for (number, finding) in run.findings.iter().enumerate() {
        let reading = numbers.get(finding.path.as_str()).copied();
        let read = reading.map(|reading| (reading, readings[reading]));
        let cards = match reading {
            Some(reading) => &mut cards[reading],
            None => others.entry(&finding.path).or_default(),
        };
        cards.push((finding, maker.card(number, finding, read)));
    }
    for cards in cards.iter_mut().chain(others.values_mut()) {
        fold_remedies(cards.iter_mut().map(|(_, card)| card), maker.t);
    }
    let read = readings.iter().zip(highlights).zip(cards).enumerate();
    let mut policies: Vec<Policy<'a>> = read
        .map(|(number, ((reading, highlights), cards))| policy(number, reading, highlights, cards))
        .collect();
    for (path, cards) in others {
        policies.push(Policy {
            number: policies.len(),
            path: plain(path),
            digest: None,
            chapters: Vec::new(),
            body: Vec::new(),
            counts: counted(&cards),
            cards: cards.into_iter().map(|(_, card)| card).collect(),
        });
    }
    policies
}

fn counted(cards: &[(&Located, Card<'_>)]) -> Counts {
    let mut counts = Counts::default();
    cards.iter().for_each(|(finding, _)| counts.add(finding.severity));
    counts
}

fn policy<'a>(
    number: usize,
    reading: &'a Reading,
    highlights: &'a [Highlight],
    cards: Vec<(&Located, Card<'a>)>,
) -> Policy<'a> {
    let document = &reading.document;
    let mut by_section: BTreeMap<&str, Counts> = BTreeMap::new();
    for (finding, card) in &cards {
        for section in &card.sections {
            by_section.entry(section).or_default().add(finding.severity);
        }
    }
    let chapters: Vec<Chapter> = body::chapters(document)
        .into_iter()
        .map(|chapter| {
            let id = section_name(number, chapter.section);
            let counts = by_section.get(id.as_str()).copied().unwrap_or_default();
            Chapter { id, depth: chapter.depth, title: plain(chapter.title), counts }
        })
        .collect();
    Policy {
        number,
        path: plain(&reading.path),
        digest: Some(&reading.digest),
        body: body::elements(document, highlights, |section| section_name(number, section)),
        counts: counted(&cards),
        cards: cards.into_iter().map(|(_, card)| card).collect(),
        chapters,
    }
}

/// Findings that are known and not reported any more.
pub(super) fn aside<'a>(maker: &Maker<'a, '_>, readings: &[&'a Reading]) -> Vec<Card<'a>> {
    let numbers = readings_by_path(readings);
    let reported = maker.run.findings.len();
    let suppressed = maker.run.suppressed.iter().enumerate();
    let mut cards: Vec<Card<'a>> = suppressed
        .map(|(number, suppressed)| {
            let reading = numbers.get(suppressed.finding.path.as_str());
            let reading = reading.map(|reading| (*reading, readings[*reading]));
            maker.aside(reported + number, suppressed, reading)
        })
        .collect();
    fold_remedies(cards.iter_mut(), maker.t);
    cards
}

/// How the page calls a section of the policy of this number.
pub(super) fn section_name(policy: usize, section: SectionId) -> String {
    format!("s{policy}-{}", section.0)
}

impl Policy<'_> {
    /// The severities with their numbers, the gravest first.
    pub(super) fn by_severity(&self) -> impl Iterator<Item = (&'static str, usize)> {
        let Counts { error, warning, info } = self.counts;
        SEVERITIES.into_iter().map(Severity::name).zip([error, warning, info])
    }
}
