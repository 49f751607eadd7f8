//! One policy of a run: linted, and what was found located in its files.

use std::sync::Arc;

use crate::cli::annotate::CommentedCopy;
use crate::cli::intake::Intake;
use crate::cli::session::{Prepared, Session};
use crate::cli::waivers::{Locating, uses_of_entries};
use crate::config::{Config, PathGlobs};
use crate::findings::{Analysis, Finding};
use crate::inventory;
use crate::knowledge::kinds::Severity;
use crate::knowledge::problem::Problem;
use crate::report::annotate::Annotated;
use crate::report::audit::{CheckRecord, Waiving, records};
use crate::report::html::{Reading, Review};
use crate::report::inventory::InventoryRecord;
use crate::report::json::{Suppressed, Suppression};
use crate::report::text::Style;
use crate::report::{Lines, Located, Say, Summary, locate};
use crate::run::{Accepted, Engine, Linted, Reviewed, Settings, Unit, lint_change, review_policy};
use crate::triage::Use;

use super::most::Most;
use super::reports::Reports;

/// How each policy of a run is checked.
pub(super) struct Checking<'a> {
    pub(super) session: &'a Session,
    pub(super) reports: &'a Reports<'a>,
    /// The copy with comments that is to be made.
    pub(super) copy: Option<&'a CommentedCopy>,
    /// Milder findings are not shown.
    pub(super) min_severity: Severity,
    pub(super) most: Most,
}

/// What became of one policy.
#[derive(Default)]
pub(super) struct Checked {
    pub(super) files: Vec<String>,
    pub(super) findings: Vec<Located>,
    /// For each report, the findings as it tells them one by one.
    pub(super) told: Vec<String>,
    pub(super) intake: Intake,
    pub(super) failing: bool,
    pub(super) warnings: usize,
    /// What is waived, or was known before.
    pub(super) suppressed: Vec<Suppressed>,
    /// All that was found, reported or not.
    pub(super) summary: Summary,
    /// Entries of the baseline that no longer occur.
    pub(super) gone: usize,
    /// Findings of rules that there were not when the baseline was written.
    pub(super) newer: usize,
    /// What became of the waivers of its config.
    pub(super) uses: Option<(Arc<Config>, Vec<Use>)>,
    /// The copy with comments, if this is the policy to make one of.
    pub(super) annotated: Option<Result<Annotated, Problem>>,
    /// The policy in full, if a report shows it.
    pub(super) review: Option<Review>,
}

/// The parts of a review that are made of all findings, known ones too.
type InFull = (InventoryRecord, Vec<CheckRecord>);

impl Checking<'_> {
    pub(super) fn policy(&self, unit: &Unit) -> Checked {
        let (prepared, intake) = self.session.prepare(unit);
        let told = self.reports.untold();
        let Some(Prepared { engine, settings, sources, digests, before }) = prepared else {
            return Checked { intake, told, ..Checked::default() };
        };
        let (linted, in_full) = if self.reports.show_policies() {
            let reviewed = review_policy(engine, sources, &settings, before);
            let in_full = in_full(&reviewed, unit, engine);
            (reviewed.linted, Some(in_full))
        } else {
            (lint_change(engine, sources, &settings, before), None)
        };
        let Linted { files, findings, accepted, known, unchanged, gone } = linted;
        let warnings = findings.iter().filter(|finding| finding.severity == Severity::Warning);
        let warnings = warnings.map(|finding| 1 + finding.further).sum();
        let mut checked = Checked {
            intake,
            told,
            files: files.iter().map(|file| file.source.path.clone()).collect(),
            failing: settings.fails(&findings),
            warnings,
            summary: Summary {
                files: files.len(),
                known: known.len() + unchanged.len(),
                unchanged: unchanged.len(),
                waived: accepted.waived.len(),
                ..Summary::default()
            },
            newer: self.newer(&findings),
            gone: gone.iter().map(|entry| entry.count).sum(),
            uses: settings
                .waivers
                .is_some()
                .then(|| (Arc::clone(&unit.config), uses_of_entries(&unit.config, &accepted))),
            ..Checked::default()
        };
        let known = known.into_iter().map(|finding| (finding, Suppression::Baseline));
        let unchanged = unchanged.into_iter().map(|finding| (finding, Suppression::DiffBase));
        let shown = self.most.of(findings, self.min_severity, &mut checked.summary);
        let mut shown = by_file(shown.into_iter(), files.len(), |finding| finding.file).into_iter();
        let mut known = by_file(known.chain(unchanged), files.len(), |(finding, _)| finding.file).into_iter();
        for file in &files {
            let (shown, known) = (shown.next().unwrap_or_default(), known.next().unwrap_or_default());
            self.locate(file, shown, known, engine, &settings, &mut checked);
        }
        if !accepted.waived.is_empty() {
            checked.suppressed.extend(Locating::new(&unit.config, &files).suppressed(accepted));
        }
        checked.review = in_full.map(|in_full| review(unit, files, digests, in_full));
        checked
    }

    fn newer(&self, findings: &[Finding]) -> usize {
        let Some(file) = &self.session.baseline else { return 0 };
        let newer = findings.iter().filter(|finding| !file.baseline.rules().contains(&finding.rule));
        newer.map(|finding| 1 + finding.further).sum()
    }

    /// Looks up where the findings in one file stand, and tells them.
    fn locate(
        &self,
        file: &Analysis,
        shown: Vec<Finding>,
        known: Vec<(Finding, Suppression)>,
        engine: &Engine,
        settings: &Settings,
        checked: &mut Checked,
    ) {
        if shown.is_empty() && known.is_empty() && self.copy.is_none() {
            return;
        }
        let Analysis { source, document, .. } = file;
        let lines = Lines::of(&source.text);
        let place = |finding| locate(finding, source, document, &lines);
        let located: Vec<Located> = shown.into_iter().map(place).collect();
        let known = known.into_iter().map(|(finding, by)| Suppressed { finding: place(finding), by });
        checked.suppressed.extend(known);
        if let Some(annotated) = self.copy.and_then(|copy| copy.of(file, &located, engine, settings.language))
        {
            checked.annotated = Some(annotated);
        }
        let say = Say::new(&engine.knowledge().messages, settings.language);
        let style = |paint| Style { say, paint, laws: engine.laws() };
        self.reports.tell(&located, &source.text, &lines, style, &mut checked.told);
        checked.findings.extend(located);
    }
}

/// Puts what concerns each file together, in the order it comes.
fn by_file<T>(items: impl Iterator<Item = T>, files: usize, file_of: impl Fn(&T) -> usize) -> Vec<Vec<T>> {
    let mut by_file: Vec<Vec<T>> = (0..files).map(|_| Vec::new()).collect();
    for item in items {
        if let Some(of_file) = by_file.get_mut(file_of(&item)) {
            of_file.push(item);
        }
    }
    by_file
}

fn in_full(reviewed: &Reviewed<'_>, unit: &Unit, engine: &Engine) -> InFull {
    let Reviewed { linted: Linted { files, accepted, .. }, all, rulings } = reviewed;
    let Accepted { waivers, waived, .. } = accepted;
    let knowledge = engine.knowledge();
    let inventory = InventoryRecord::new(files, &inventory::take(files, knowledge), knowledge);
    let grounds = Locating::new(&unit.config, files).grounds(waivers);
    let checks = records(files, all, Waiving { waived, grounds: &grounds }, rulings, knowledge);
    (inventory, checks)
}

fn review(unit: &Unit, files: Vec<Analysis>, digests: Vec<[u8; 32]>, in_full: InFull) -> Review {
    let pattern = |path: &str| {
        let input = unit.files.iter().find(|input| input.name == path);
        input.map(|input| PathGlobs::naming(unit.config.root(), &input.path)).unwrap_or_default()
    };
    let reading = |(file, digest): (Analysis, [u8; 32])| {
        let pattern = pattern(&file.source.path);
        Reading::new(file, pattern, digest)
    };
    let (inventory, checks) = in_full;
    Review { readings: files.into_iter().zip(digests).map(reading).collect(), inventory, checks }
}
