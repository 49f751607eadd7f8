//! The checklist: every requirement, whether it is met, in which words.

use std::collections::HashMap;

use super::card::ArticleLink;
use super::index::Index;
use super::shown::{Shown, plain};
use super::spots::Spots;
use super::words::Words;
use super::{Review, document_of};
use crate::report::audit::{CheckRecord, EvidenceRecord, Reason, Totals, waived};
use crate::report::export::Run;
use crate::triage::Status;

/// The requirements for one policy.
#[derive(Debug)]
pub(super) struct Checklist<'a> {
    pub(super) path: String,
    pub(super) totals: String,
    pub(super) groups: Vec<Group<'a>>,
}

/// Those on one subject.
#[derive(Debug)]
pub(super) struct Group<'a> {
    pub(super) title: String,
    pub(super) totals: String,
    pub(super) checks: Vec<Check<'a>>,
}

#[derive(Debug)]
pub(super) struct Check<'a> {
    pub(super) class: &'static str,
    pub(super) status: &'a str,
    pub(super) demand: Shown<'a>,
    pub(super) rule: &'a str,
    pub(super) articles: Vec<ArticleLink<'a>>,
    /// What is wrong, or why there is nothing to quote.
    pub(super) says: String,
    pub(super) evidence: Vec<Evidence<'a>>,
    /// The first finding that says so.
    pub(super) token: Option<&'a str>,
}

/// Words of the policy in their sentence.
#[derive(Debug)]
pub(super) struct Evidence<'a> {
    pub(super) spot: Option<&'a str>,
    pub(super) before: Shown<'a>,
    pub(super) words: Shown<'a>,
    pub(super) after: Shown<'a>,
    pub(super) line: String,
}

/// What a checklist is drawn up from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Basis<'r, 'a> {
    pub(super) run: &'r Run<'a>,
    pub(super) t: &'r Words<'a>,
    pub(super) tokens: &'a HashMap<(&'a str, &'a str), String>,
    pub(super) spots: &'a Spots<'a>,
}

/// For each rule and file the first finding, as the page calls it.
pub(super) fn first_tokens<'a>(run: &Run<'a>, index: &Index<'_>) -> HashMap<(&'a str, &'a str), String> {
    let mut tokens = HashMap::new();
    for (number, finding) in run.findings.iter().enumerate() {
        let key = (finding.rule.as_str(), finding.path.as_str());
        tokens.entry(key).or_insert_with(|| index.token(number));
    }
    tokens
}

impl<'a> Basis<'_, 'a> {
    pub(super) fn checklists(self) -> Vec<Checklist<'a>> {
        self.run.reviews.iter().map(|review| self.checklist(review)).collect()
    }

    fn checklist(self, review: &'a Review) -> Checklist<'a> {
        let run = self.run;
        let totals = |checks: &[CheckRecord]| {
            let mut totals = Totals::default();
            totals.count(checks);
            run.say().audit_counts(&totals)
        };
        let groups = review.checks.chunk_by(|a, b| a.group == b.group).map(|checks| {
            let id = checks.first().map_or("", |check| check.group.as_str());
            let known = run.knowledge.groups.iter().find(|group| group.id == id);
            Group {
                title: plain(known.map_or(id, |group| group.title.get(run.language))),
                totals: totals(checks),
                checks: checks.iter().map(|record| self.check(record)).collect(),
            }
        });
        Checklist {
            path: plain(review.readings.first().map_or("", |reading| &reading.path)),
            totals: totals(&review.checks),
            groups: groups.collect(),
        }
    }

    fn check(self, record: &'a CheckRecord) -> Check<'a> {
        let Self { run, t, tokens, spots } = self;
        let language = run.language;
        let (class, status) = match record.status {
            Status::Met => ("pass", t.met),
            Status::Broken => ("fail", t.not_met),
            Status::Waived => ("waived", t.by_waiver),
            Status::NotApplicable => ("na", t.not_applicable),
        };
        let say = run.say();
        let grounds = waived(record, say);
        let says = match (&record.message, record.reason) {
            (Some(message), _) => match grounds {
                Some(grounds) if record.status == Status::Waived => plain(&format!("{grounds} {message}")),
                Some(grounds) => plain(&format!("{message} {grounds}")),
                None => plain(message),
            },
            (None, Some(Reason::Facts)) => {
                let facts = run.knowledge.grammar.facts.iter().filter(|fact| record.facts.contains(&fact.id));
                plain(&say.fact_missing(&facts.map(|fact| fact.title.get(language)).collect::<Vec<_>>()))
            }
            (None, Some(reason)) => say.not_judged(reason).to_owned(),
            (None, None) if record.evidence.is_empty() => say.nothing_wrong().to_owned(),
            (None, None) => String::new(),
        };
        let evidence = |words: &'a EvidenceRecord| {
            let part = |range: std::ops::Range<usize>| Shown(words.sentence.get(range).unwrap_or_default());
            let std::ops::Range { start, end } = words.within;
            Evidence {
                spot: spots.name(&words.path, words.at),
                before: part(0..start),
                words: part(start..end),
                after: part(end..words.sentence.len()),
                line: t.place(words.at.line, document_of(run, &words.path)),
            }
        };
        let token = || {
            let paths = record.evidence.iter().map(|words| words.path.as_str()).chain([record.path.as_str()]);
            paths.into_iter().find_map(|path| tokens.get(&(record.rule.as_str(), path)).map(String::as_str))
        };
        Check {
            class,
            status,
            demand: Shown(record.demands.as_ref().unwrap_or(&record.title).get(language)),
            rule: &record.rule,
            articles: ArticleLink::all(run, &record.cites),
            says,
            evidence: record.evidence.iter().map(evidence).collect(),
            token: (record.status == Status::Broken).then(token).flatten(),
        }
    }
}
