//! The report for people who review and sign off: one file with the policy as it reads, every finding
//! marked in it, and nothing that needs a network or a script to be read.

mod body;
mod card;
mod checklist;
mod highlight;
mod index;
mod policy;
mod shown;
mod sources;
mod spots;
mod stock;
mod summary;
mod words;

use askama::Template;

use super::audit::CheckRecord;
use super::export::Run;
use super::inventory::InventoryRecord;
use super::page::{Head, Sealed, data};
use super::paper::hex;
use crate::document::Document;
use crate::findings::Analysis;
use crate::knowledge::kinds::Severity;
use body::{Element, Piece, Tag};
use card::{Card, Maker};
use checklist::{Basis, Checklist};
use index::Index;
use policy::Policy;
use sources::Sources;
use spots::Spots;
use stock::Stock;
use summary::Summary;
use words::Words;

/// One policy: its files, what they say is done with which data, and how it stands with every requirement.
#[derive(Debug)]
pub struct Review {
    pub readings: Vec<Reading>,
    pub inventory: InventoryRecord,
    pub checks: Vec<CheckRecord>,
}

/// A file as it was read.
#[derive(Debug)]
pub struct Reading {
    pub path: String,
    /// How the config names it.
    pub pattern: String,
    pub document: Document,
    /// SHA-256 of its bytes, in hexadecimal.
    pub digest: String,
}

impl Reading {
    /// `pattern` is how the config names the file, `digest` the SHA-256 of its bytes.
    pub fn new(analysis: Analysis, pattern: String, digest: [u8; 32]) -> Self {
        let Analysis { source, document, .. } = analysis;
        Self { path: source.path, pattern, document, digest: hex(&digest) }
    }
}

#[derive(Template)]
#[template(path = "report.html", config = "src/report/askama.toml")]
struct Report<'a> {
    t: &'a Words<'a>,
    subject: String,
    head: Head,
    messages: String,
    summary: Summary<'a>,
    policies: Vec<Policy<'a>>,
    aside: Vec<Card<'a>>,
    checklists: Vec<Checklist<'a>>,
    stocks: Vec<Stock<'a>>,
    sources: Sources<'a>,
    total: usize,
}

/// Renders a run; everything it holds of the policies is escaped.
pub(super) fn render(run: &Run<'_>) -> String {
    let messages = &run.knowledge.messages;
    let t = Words::of(messages, run.language);
    let index = Index::of(run);
    let readings: Vec<&Reading> = run.reviews.iter().flat_map(|review| &review.readings).collect();
    let spots = Spots::of(run.reviews);
    let highlights = policy::highlights(run, &readings, &spots);
    let maker = Maker { run, t: &t, index: &index };
    let policies = policy::policies(&maker, &readings, &highlights);
    let tokens = checklist::first_tokens(run, &index);
    let subject = shown_subject(run);
    let title = format!("{} · {subject}", t.title);
    let head = Head::new(run.language, title, include_str!("style.css"));
    let report = Report {
        head: Head { script: Some(Sealed::new(include_str!("report.js"))), ..head },
        subject,
        messages: data(&words::for_script(&t)),
        summary: Summary::of(run, &t, &index),
        aside: policy::aside(&maker, &readings),
        checklists: Basis { run, t: &t, tokens: &tokens, spots: &spots }.checklists(),
        stocks: stock::stocks(run, &t, &spots),
        sources: Sources::of(run, &t),
        total: run.findings.len(),
        t: &t,
        policies,
    };
    // Writing to memory cannot fail, and no filter of the templates does.
    report.render().unwrap_or_default()
}

/// The document read from a file.
fn document_of<'a>(run: &Run<'a>, path: &str) -> Option<&'a Document> {
    let mut readings = run.reviews.iter().flat_map(|review| &review.readings);
    readings.find(|reading| reading.path == path).map(|reading| &reading.document)
}

/// What the report is about: the title of the first policy.
fn shown_subject(run: &Run<'_>) -> String {
    let first = run.reviews.first().and_then(|review| review.readings.first());
    let heading = first.and_then(|reading| body::chapters(&reading.document).into_iter().next());
    let title = heading.map(|chapter| chapter.title).or(first.map(|reading| reading.path.as_str()));
    shown::plain(title.unwrap_or_default())
}

/// The severities, the gravest first, as the page names them.
const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Info];
