//! A finding as the page shows it: a card.

use std::collections::HashMap;

use super::Reading;
use super::highlight::prose_of;
use super::index::Index;
use super::policy::section_name;
use super::shown::{Shown, plain};
use super::words::{Words, filled};
use crate::document::{Document, SectionId, SectionKind};
use crate::knowledge::kinds::{Confidence, Judge};
use crate::report::export::Run;
use crate::report::json::{Suppressed, Suppression};
use crate::report::{Located, LocatedLabel, Role};
use crate::span::Span;

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
    /// The remedy was given before.
    pub(super) folded: Option<Folded>,
    pub(super) articles: Vec<ArticleLink<'a>>,
    pub(super) places: Vec<PlaceLink<'a>>,
    pub(super) see_also: Vec<PlaceLink<'a>>,
    pub(super) more_places: String,
    pub(super) line: String,
    pub(super) chapter: Option<(String, Shown<'a>)>,
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

/// What stands in the place of a remedy that was given before.
#[derive(Debug)]
pub(super) struct Folded {
    pub(super) says: String,
    /// In the same words.
    pub(super) same: bool,
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

/// The most characters of the words quoted above a finding.
const QUOTED: usize = 120;
const QUOTED_PLACE: usize = 40;

/// Makes cards of findings.
pub(super) struct Maker<'a, 'r> {
    pub(super) run: &'r Run<'a>,
    pub(super) t: &'r Words<'a>,
    pub(super) index: &'r Index<'a>,
}

impl<'a> Maker<'a, '_> {
    /// The finding of this number, in the file read that it is about.
    pub(super) fn card(
        &self,
        number: usize,
        finding: &'a Located,
        reading: Option<(usize, &'a Reading)>,
    ) -> Card<'a> {
        let Self { run, t, index } = self;
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
            folded: None,
            articles: ArticleLink::all(run, &finding.cites),
            more_places,
            places,
            see_also,
            line: t.place(finding.at.line, document),
            chapter: chapters
                .first()
                .and_then(|section| Some((name(*section), Shown(document?.title(*section)?)))),
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

    /// What was set aside, with the grounds.
    pub(super) fn aside(
        &self,
        number: usize,
        suppressed: &'a Suppressed,
        reading: Option<(usize, &'a Reading)>,
    ) -> Card<'a> {
        let card = self.card(number, &suppressed.finding, reading);
        Card { set_aside: Some(SetAside::of(&suppressed.by, self.t)), ..card }
    }
}

/// Says a remedy in full once: where a rule speaks again, its remedy is folded away and refers to the first.
pub(super) fn fold_remedies<'a, 'c>(cards: impl Iterator<Item = &'c mut Card<'a>>, t: &Words<'a>)
where
    'a: 'c,
{
    let mut first: HashMap<&'a str, (String, Shown<'a>)> = HashMap::new();
    for card in cards.filter(|card| !card.help.0.is_empty()) {
        match first.get(card.rule) {
            Some((number, help)) => {
                let same = *help == card.help;
                let says = if same { t.remedy_same } else { t.remedy_alike };
                card.folded = Some(Folded { says: filled(says, &[("number", number)]), same });
            }
            None => {
                first.insert(card.rule, (card.token.clone(), card.help));
            }
        }
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
