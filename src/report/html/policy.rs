//! A policy beside the findings about it.

use std::collections::{BTreeMap, BTreeSet};

use super::body::{self, Element};
use super::highlight::{Highlight, Tone, prose_of};
use super::shown::{Shown, plain};
use super::spots::Spots;
use super::words::{Words, filled};
use super::{Reading, SEVERITIES};
use crate::document::{Document, SectionId, SectionKind};
use crate::knowledge::kinds::{Confidence, Judge, Severity};
use crate::report::export::Run;
use crate::report::json::Suppression;
use crate::report::{Located, LocatedLabel, Role};
use crate::source::Format;
use crate::span::Span;

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

/// A finding as the page shows it.
#[derive(Debug)]
pub(super) struct Card<'a> {
    /// Names the finding in the page.
    pub(super) token: String,
    pub(super) class: &'static str,
    pub(super) severity: &'a str,
    pub(super) message: Shown<'a>,
    pub(super) quote: Shown<'a>,
    pub(super) cut: bool,
    pub(super) help: Shown<'a>,
    pub(super) articles: Vec<ArticleLink<'a>>,
    pub(super) places: Vec<PlaceLink<'a>>,
    pub(super) see_also: Vec<PlaceLink<'a>>,
    pub(super) more_places: String,
    pub(super) line: String,
    pub(super) chapter: Option<(String, &'a str)>,
    pub(super) confidence: &'a str,
    pub(super) rule: &'a str,
    pub(super) path: &'a str,
    /// How the config names its file.
    pub(super) pattern: &'a str,
    /// It is about the whole policy; its words only say where that begins.
    pub(super) whole: bool,
    pub(super) fingerprints: Vec<&'a str>,
    /// Numbers of subject, statutes and sections, for the filters.
    pub(super) group: Option<usize>,
    pub(super) statutes: Vec<usize>,
    pub(super) sections: Vec<String>,
    /// Why it is not reported any more.
    pub(super) set_aside: Option<SetAside<'a>>,
}

/// Why a finding is not reported any more, and on whose word.
#[derive(Debug)]
pub(super) struct SetAside<'a> {
    pub(super) by: &'a str,
    pub(super) reason: Option<Shown<'a>>,
    pub(super) approved_by: Option<Shown<'a>>,
    pub(super) expires: Option<String>,
    /// Where the waiver stands.
    pub(super) written: Option<String>,
}

impl<'a> SetAside<'a> {
    fn of(suppression: &'a Suppression, t: &Words<'a>) -> Self {
        match suppression {
            Suppression::Baseline => {
                Self { by: t.by_baseline, reason: None, approved_by: None, expires: None, written: None }
            }
            Suppression::DiffBase => {
                Self { by: t.by_change, reason: None, approved_by: None, expires: None, written: None }
            }
            Suppression::Waiver(accepted) => Self {
                by: t.by_waiver,
                reason: Some(Shown(&accepted.reason)),
                approved_by: accepted.approved_by.as_deref().map(Shown),
                expires: accepted.expires.map(|date| date.to_string()),
                written: Some(plain(&format!("{}:{}", accepted.waiver.path, accepted.waiver.at.line))),
            },
        }
    }
}

#[derive(Debug)]
pub(super) struct ArticleLink<'a> {
    pub(super) key: &'a str,
    pub(super) label: String,
}

impl<'a> ArticleLink<'a> {
    pub(super) fn all(run: &Run<'_>, keys: &'a [String]) -> Vec<Self> {
        let label = |key: &'a String| run.laws.label(key, run.language).unwrap_or_else(|| key.clone());
        keys.iter().map(|key| Self { key, label: plain(&label(key)) }).collect()
    }
}

/// A link to further words of a finding.
#[derive(Debug)]
pub(super) struct PlaceLink<'a> {
    pub(super) anchor: String,
    pub(super) says: Shown<'a>,
    pub(super) words: Shown<'a>,
}

/// The subjects and statutes of the findings, by which they are filtered.
#[derive(Debug)]
pub(super) struct Index<'a> {
    pub(super) groups: Vec<Entry>,
    pub(super) statutes: Vec<Entry>,
    group_numbers: BTreeMap<&'a str, usize>,
    statute_numbers: BTreeMap<&'a str, usize>,
    findings: usize,
}

#[derive(Debug)]
pub(super) struct Entry {
    pub(super) title: String,
    pub(super) counts: Counts,
}

impl<'a> Index<'a> {
    pub(super) fn of(run: &Run<'a>) -> Self {
        let mut index = Self {
            groups: Vec::new(),
            statutes: Vec::new(),
            group_numbers: BTreeMap::new(),
            statute_numbers: BTreeMap::new(),
            findings: run.findings.len(),
        };
        for (id, title, _) in run.knowledge.grouped() {
            let title = title.map_or(id, |title| title.get(run.language));
            index.group_numbers.insert(id, index.groups.len());
            index.groups.push(Entry { title: plain(title), counts: Counts::default() });
        }
        for statute in &run.laws.statutes {
            index.statute_numbers.insert(&statute.id, index.statutes.len());
            let title = plain(statute.short.get(run.language));
            index.statutes.push(Entry { title, counts: Counts::default() });
        }
        for finding in run.findings {
            if let Some(group) = index.group(run, finding) {
                index.groups[group].counts.add(finding.severity);
            }
            for number in index.statutes_of(run, finding) {
                index.statutes[number].counts.add(finding.severity);
            }
        }
        index
    }

    fn group(&self, run: &Run<'_>, finding: &Located) -> Option<usize> {
        let group = run.rules.get(finding.rule.as_str())?.group();
        self.group_numbers.get(group).copied()
    }

    fn statutes_of(&self, run: &Run<'_>, finding: &Located) -> Vec<usize> {
        let numbers = finding.cites.iter().filter_map(|key| {
            let statute = run.laws.statute(run.laws.article(key)?);
            self.statute_numbers.get(statute.id.as_str()).copied()
        });
        numbers.collect::<BTreeSet<usize>>().into_iter().collect()
    }

    /// How the page names a finding: those that are set aside count apart.
    pub(super) fn token(&self, finding: usize) -> String {
        token(finding, self.findings)
    }
}

fn token(finding: usize, reported: usize) -> String {
    match finding.checked_sub(reported) {
        None => (finding + 1).to_string(),
        Some(aside) => format!("a{}", aside + 1),
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
    run: &Run<'a>,
    readings: &[&'a Reading],
    t: &Words<'a>,
    index: &Index<'a>,
    highlights: &'a [Vec<Highlight>],
) -> Vec<Policy<'a>> {
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
        cards.push((finding, card(run, t, index, number, finding, read)));
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
pub(super) fn aside<'a>(
    run: &Run<'a>,
    readings: &[&'a Reading],
    t: &Words<'a>,
    index: &Index<'a>,
) -> Vec<Card<'a>> {
    let numbers = readings_by_path(readings);
    let suppressed = run.suppressed.iter().enumerate();
    suppressed
        .map(|(number, suppressed)| {
            let reading = numbers.get(suppressed.finding.path.as_str());
            let reading = reading.map(|reading| (*reading, readings[*reading]));
            let card = card(run, t, index, run.findings.len() + number, &suppressed.finding, reading);
            Card { set_aside: Some(SetAside::of(&suppressed.by, t)), ..card }
        })
        .collect()
}

fn section_name(policy: usize, section: SectionId) -> String {
    format!("s{policy}-{}", section.0)
}

/// The most characters of the words quoted above a finding.
const QUOTED: usize = 120;
const QUOTED_PLACE: usize = 40;

fn card<'a>(
    run: &Run<'a>,
    t: &Words<'a>,
    index: &Index<'a>,
    number: usize,
    finding: &'a Located,
    reading: Option<(usize, &'a Reading)>,
) -> Card<'a> {
    let token = index.token(number);
    let document = reading.map(|(_, reading)| &reading.document);
    let at = document.map(|document| prose_of(finding.place, document));
    let (quote, cut) = match (document, at) {
        (Some(document), Some(span)) if !span.is_empty() => head(document.text(span), QUOTED),
        _ => head(&finding.reach.snippet, QUOTED),
    };
    let link = |(number, label): (usize, &'a LocatedLabel)| {
        let words = document.map_or("", |document| document.text(prose_of(label.place, document)));
        let letter = if label.role == Role::Instance { 'm' } else { 'c' };
        PlaceLink {
            anchor: format!("{letter}-{token}-{number}"),
            says: Shown(&label.message),
            words: Shown(head(words, QUOTED_PLACE).0),
        }
    };
    let labels = || finding.labels.iter().enumerate();
    let elsewhere = |label: &LocatedLabel| match (document, at) {
        (Some(document), Some(at)) => {
            let there = prose_of(label.place, document);
            document.sentence_from(there.start) != document.sentence_from(at.start)
        }
        _ => false,
    };
    let places: Vec<PlaceLink<'a>> =
        labels().filter(|(_, label)| label.role == Role::Instance).map(link).collect();
    let see_also =
        labels().filter(|(_, label)| label.role == Role::Context && elsewhere(label)).map(link).collect();
    let chapters = match (document, at) {
        (Some(document), Some(at)) => chapters_at(document, at),
        _ => Vec::new(),
    };
    let name = |section| section_name(reading.map_or(0, |(number, _)| number), section);
    let more_places = match places.len() {
        0 => String::new(),
        more => filled(t.more_places, &[("count", &more)]),
    };
    let instances = finding.labels.iter().filter_map(|label| label.fingerprint.as_deref());
    Card {
        class: finding.severity.name(),
        severity: t.severity_of(finding.severity),
        message: Shown(&finding.message),
        quote: Shown(quote),
        cut,
        help: Shown(&finding.help),
        articles: ArticleLink::all(run, &finding.cites),
        more_places,
        places,
        see_also,
        line: t.place(finding.at.line, document),
        chapter: chapters.first().and_then(|section| Some((name(*section), document?.title(*section)?))),
        confidence: match finding.confidence {
            Confidence::High => t.confidence_high,
            Confidence::Medium => t.confidence_medium,
        },
        rule: &finding.rule,
        path: &finding.path,
        pattern: reading.map_or("", |(_, reading)| &reading.pattern),
        whole: run.rules.get(finding.rule.as_str()).is_some_and(|rule| rule.judge == Judge::Document),
        fingerprints: std::iter::once(finding.fingerprint.as_str()).chain(instances).collect(),
        group: index.group(run, finding),
        statutes: index.statutes_of(run, finding),
        sections: chapters.into_iter().map(name).collect(),
        set_aside: None,
        token,
    }
}

/// The chapters that words stand in, from the innermost.
fn chapters_at(document: &Document, at: Span) -> Vec<SectionId> {
    let paragraphs = &document.paragraphs;
    let number = paragraphs.partition_point(|paragraph| paragraph.span.end < at.start);
    let paragraph = paragraphs.get(number.min(paragraphs.len().saturating_sub(1)));
    paragraph
        .into_iter()
        .flat_map(|paragraph| document.ancestors(paragraph.section))
        .filter(|section| document.section(*section).kind == SectionKind::Chapter)
        .collect()
}

/// The first characters of a text, and whether there are more.
fn head(text: &str, most: usize) -> (&str, bool) {
    match text.char_indices().nth(most) {
        Some((at, _)) => (&text[..at], true),
        None => (text, false),
    }
}

impl<'k> Words<'k> {
    /// How a line of a file is called; of a Word file lines are paragraphs.
    pub(super) fn place(&self, line: usize, document: Option<&Document>) -> String {
        let of_word = document.is_some_and(|document| document.format == Format::Word);
        filled(if of_word { self.paragraph } else { self.line }, &[("line", &line)])
    }

    pub(super) fn severity_of(&self, severity: Severity) -> &'k str {
        match severity {
            Severity::Error => self.error,
            Severity::Warning => self.warning,
            Severity::Info => self.info,
        }
    }
}

impl Policy<'_> {
    /// The severities with their numbers, the gravest first.
    pub(super) fn by_severity(&self) -> impl Iterator<Item = (&'static str, usize)> {
        let Counts { error, warning, info } = self.counts;
        SEVERITIES.into_iter().map(Severity::name).zip([error, warning, info])
    }
}
