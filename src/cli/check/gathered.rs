//! A run as it grows, policy by policy.

use std::collections::{BTreeMap, BTreeSet};

use super::policy::Checked;
use super::reports::Reports;
use crate::cli::intake::Intake;
use crate::cli::session::Session;
use crate::cli::waivers::{Faults, Ledger};
use crate::knowledge::kinds::Severity;
use crate::knowledge::problem::Problem;
use crate::report::annotate::Annotated;
use crate::report::export::Run;
use crate::report::html::Review;
use crate::report::json::Suppressed;
use crate::report::text::Style;
use crate::report::{Located, Say, Summary};

/// What was found so far.
pub(super) struct Gathered<'a> {
    reports: &'a Reports<'a>,
    /// For each report, the findings as it tells them one by one.
    pub(super) told: Vec<String>,
    pub(super) intake: Intake,
    summary: Summary,
    pub(super) failing: bool,
    pub(super) warnings: usize,
    /// Entries of the baseline that no longer occur.
    pub(super) gone: usize,
    /// Findings of rules that there were not when the baseline was written.
    pub(super) newer: usize,
    ledger: Ledger,
    pub(super) annotated: Option<Result<Annotated, Problem>>,
    // These are there only if a report is made of them in the end.
    files: Vec<String>,
    findings: Vec<Located>,
    suppressed: Vec<Suppressed>,
    reviews: Vec<Review>,
}

impl<'a> Gathered<'a> {
    /// Nothing yet.
    pub(super) fn new(reports: &'a Reports<'a>, session: &Session) -> Self {
        Self {
            reports,
            told: reports.untold(),
            intake: Intake::of(&session.discovery),
            summary: Summary::default(),
            failing: false,
            warnings: 0,
            gone: 0,
            newer: 0,
            ledger: Ledger::default(),
            annotated: None,
            files: Vec::new(),
            findings: Vec::new(),
            suppressed: Vec::new(),
            reviews: Vec::new(),
        }
    }

    /// Takes up what became of a further policy.
    pub(super) fn take(&mut self, checked: Checked) {
        self.summary += checked.summary;
        self.failing |= checked.failing;
        self.warnings += checked.warnings;
        self.gone += checked.gone;
        self.newer += checked.newer;
        if let Some((config, uses)) = checked.uses {
            self.ledger.note(&config, uses);
        }
        self.annotated = self.annotated.take().or(checked.annotated);
        self.reviews.extend(checked.review);
        self.intake.extend(checked.intake);
        if self.reports.want_all() {
            self.files.extend(checked.files);
            self.findings.extend(checked.findings);
            self.suppressed.extend(checked.suppressed);
        }
        for (told, more) in self.told.iter_mut().zip(checked.told) {
            told.push_str(&more);
        }
    }

    /// Takes up what the waivers turned out to be worth, now that all policies were seen.
    pub(super) fn take_waivers(&mut self, session: &Session, min_severity: Severity) {
        let complete = self.intake.failures.is_empty();
        for faults in std::mem::take(&mut self.ledger).faults(session, complete) {
            self.take_faults(&faults, session, min_severity);
        }
    }

    fn take_faults(&mut self, faults: &Faults, session: &Session, min_severity: Severity) {
        self.failing |= faults.failing;
        self.warnings += faults.warnings();
        let located = faults.at_least(min_severity);
        located.iter().for_each(|finding| self.summary.count(finding.severity, 1));
        let say = Say::new(&session.knowledge().messages, faults.language);
        let style = |paint| Style { say, paint, laws: session.laws() };
        self.reports.tell(&located, faults.config.text(), &faults.lines, style, &mut self.told);
        if let Some(first) = located.first().filter(|_| self.reports.want_all()) {
            self.files.push(first.path.clone());
            self.findings.extend(located);
        }
    }

    /// All that a report may tell.
    pub(super) fn run<'r>(&'r self, session: &'r Session) -> Run<'r> {
        let aside = self.suppressed.iter().map(|suppressed| &suppressed.finding);
        let ids: BTreeSet<&str> =
            self.findings.iter().chain(aside).map(|finding| finding.rule.as_str()).collect();
        let rules: BTreeMap<&str, _> =
            ids.into_iter().filter_map(|id| Some((id, session.rule(id)?))).collect();
        Run {
            findings: &self.findings,
            suppressed: &self.suppressed,
            failures: &self.intake.failures,
            summary: self.summary,
            files: &self.files,
            rules,
            laws: session.laws(),
            knowledge: session.knowledge(),
            reviews: &self.reviews,
            language: session.language(),
        }
    }
}
