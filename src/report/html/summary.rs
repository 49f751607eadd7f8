//! What a partner reads in a minute.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::index::{Entry, Index};
use super::policy::Counts;
use super::shown::{Shown, plain};
use super::words::{Words, filled};
use crate::knowledge::kinds::Confidence;
use crate::report::Located;
use crate::report::export::Run;
use crate::report::json::Failure;

#[derive(Debug)]
pub(super) struct Summary<'a> {
    pub(super) verdict: &'a str,
    pub(super) counts: Counts,
    /// How many findings are too many to be shown, in words.
    pub(super) left_out: String,
    /// How many findings are not reported any more, in words.
    pub(super) suppressed: String,
    /// What to look at first.
    pub(super) first: Vec<Cause<'a>>,
    pub(super) subjects: Vec<Row>,
    pub(super) statutes: Vec<Row>,
    pub(super) failures: &'a [Failure],
}

/// All findings of a rule.
#[derive(Debug)]
pub(super) struct Cause<'a> {
    pub(super) class: &'static str,
    pub(super) severity: &'a str,
    pub(super) title: Shown<'a>,
    pub(super) count: usize,
    /// Names the first of them in the page.
    pub(super) token: String,
    /// Whose articles it rests on.
    pub(super) statutes: String,
}

/// A line of a table: what it counts, and the number by which a filter knows it.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) number: usize,
    pub(super) title: String,
    pub(super) counts: Counts,
}

/// So many causes are named.
const FIRST: usize = 8;

impl<'a> Summary<'a> {
    pub(super) fn of(run: &Run<'a>, t: &Words<'a>, index: &Index<'a>) -> Self {
        let mut counts = Counts::default();
        run.findings.iter().for_each(|finding| counts.add(finding.severity));
        let rows = |entries: &[Entry]| {
            let mut rows: Vec<Row> = entries
                .iter()
                .enumerate()
                .filter(|(_, entry)| entry.counts.total() > 0)
                .map(|(number, entry)| Row { number, title: entry.title.clone(), counts: entry.counts })
                .collect();
            rows.sort_by_key(|row| Reverse((row.counts.error, row.counts.warning, row.counts.info)));
            rows
        };
        Self {
            verdict: verdict(run, t),
            counts,
            left_out: match run.summary.left_out {
                0 => String::new(),
                count => filled(t.verdict_left_out, &[("count", &count)]),
            },
            suppressed: match run.suppressed.len() {
                0 => String::new(),
                count => filled(t.verdict_suppressed, &[("count", &count)]),
            },
            first: causes(run, t, index),
            subjects: rows(&index.groups),
            statutes: rows(&index.statutes),
            failures: run.failures,
        }
    }
}

fn verdict<'a>(run: &Run<'_>, t: &Words<'a>) -> &'a str {
    let mut readings = run.reviews.iter().flat_map(|review| &review.readings);
    if !run.findings.is_empty() {
        t.verdict_found
    } else if readings.all(|reading| reading.document.paragraphs.is_empty()) {
        t.verdict_empty
    } else {
        t.verdict_clean
    }
}

fn causes<'a>(run: &Run<'a>, t: &Words<'a>, index: &Index<'a>) -> Vec<Cause<'a>> {
    let mut by_rule: BTreeMap<&str, Vec<(usize, &'a Located)>> = BTreeMap::new();
    for (number, finding) in run.findings.iter().enumerate() {
        by_rule.entry(&finding.rule).or_default().push((number, finding));
    }
    let mut causes: Vec<Vec<(usize, &'a Located)>> = by_rule.into_values().collect();
    causes.sort_by_key(|found| {
        let gravest = found.iter().map(|(_, finding)| finding.severity).max();
        let sure = found.iter().any(|(_, finding)| finding.confidence == Confidence::High);
        Reverse((gravest, sure, found.len()))
    });
    let cause = |found: Vec<(usize, &'a Located)>| {
        let severity = found.iter().map(|(_, finding)| finding.severity).max()?;
        let (number, first) = *found.iter().find(|(_, finding)| finding.severity == severity)?;
        let title = run.rules.get(first.rule.as_str()).map(|rule| rule.title.get(run.language));
        let mut statutes: Vec<&str> = Vec::new();
        for article in first.cites.iter().filter_map(|key| run.laws.article(key)) {
            let name = run.laws.statute(article).short.get(run.language);
            if !statutes.contains(&name) {
                statutes.push(name);
            }
        }
        Some(Cause {
            class: severity.name(),
            severity: t.severity_of(severity),
            title: Shown(title.unwrap_or(&first.message)),
            count: found.len(),
            token: index.token(number),
            statutes: plain(&statutes.join(t.comma)),
        })
    };
    causes.into_iter().take(FIRST).filter_map(cause).collect()
}
