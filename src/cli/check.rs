mod stream;
mod watch;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::annotate::CommentedCopy;
use super::exit::{Exit, Trouble};
use super::intake::Intake;
use super::options::{Change, Inputs, Rulebook, Shared};
use super::outputs::Output;
use super::session::{Prepared, Session};
use super::terminal::Terminal;
use super::waivers::{Ledger, Locating, uses_of_entries};
use crate::config::{Config, FailOn, PathGlobs};
use crate::findings::{Analysis, Finding};
use crate::inventory;
use crate::knowledge::kinds::Severity;
use crate::knowledge::problem::Problem;
use crate::report::annotate::Annotated;
use crate::report::audit::{Waiving, records};
use crate::report::export::{self, Format, Run};
use crate::report::html::{Reading, Review};
use crate::report::inventory::InventoryRecord;
use crate::report::json::{Suppressed, Suppression};
use crate::report::text::{self, Style};
use crate::report::{Lines, Located, Paint, Summary, locate, short};
use crate::run::{Accepted, Linted, Reviewed, Unit, lint_change, review_policy};
use crate::triage::Use;
use stream::StdinFormat;

/// Lint policies
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Check {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    rulebook: Rulebook,
    #[command(flatten)]
    change: Change,
    /// Form of the report
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Write a further report into a file, in any format; may be given several times
    #[arg(long, value_name = "FORMAT=PATH")]
    output: Vec<Output>,
    /// Write a copy of the Word file linted, with each finding as a comment on its words
    #[arg(long, value_name = "DOCX")]
    annotate: Option<PathBuf>,
    /// The severity from which on the exit status is 1
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<FailOn>,
    /// Exit with 1 when there are more warnings
    #[arg(long, value_name = "N")]
    max_warnings: Option<usize>,
    /// Show only findings at least so grave
    #[arg(long, value_enum, value_name = "SEVERITY", default_value = "info")]
    min_severity: Severity,
    /// Report only what is not in this baseline, instead of policy-lint-baseline.json
    #[arg(long, value_name = "PATH", conflicts_with = "no_baseline")]
    baseline: Option<PathBuf>,
    /// Report everything, whatever a baseline knows
    #[arg(long)]
    no_baseline: bool,
    /// Exit with 1 when something in the baseline no longer occurs, so that it only shrinks
    #[arg(long, conflicts_with = "no_baseline")]
    strict_baseline: bool,
    /// Report what is waived as well, and nothing about the waivers
    #[arg(long)]
    no_waivers: bool,
    /// Exit with 0 whatever is found; a run that goes wrong still exits with 2
    #[arg(long)]
    exit_zero: bool,
    /// What standard input is made of
    #[arg(
        long,
        value_enum,
        value_name = "FORMAT",
        default_value = "policy",
        conflicts_with_all = [
            "format", "output", "baseline", "strict_baseline", "stdin_filename", "annotate", "diff_base", "staged"
        ]
    )]
    stdin_format: StdinFormat,
    /// Lint again whenever a policy, a config, the baseline or a rule file changes, until Ctrl-C
    #[arg(short, long, conflicts_with_all = ["staged", "stdin_filename", "stdin_format"])]
    watch: bool,
}

const EXAMPLES: &str = "\
Examples:
  policy-lint check                          all policies below the working folder
  policy-lint check privacy.md               one file
  policy-lint check --fail-on warning docs   for a gate that is stricter
  policy-lint check --select sensitive,face-* privacy.md
  policy-lint check --diff-base origin/main docs            what the branch introduced
  policy-lint check --staged --diff-base HEAD               the same of the next commit, for a hook
  policy-lint check --format json docs > report.json
  policy-lint check draft.docx --annotate reviewed.docx
  policy-lint check --watch legal                           again whenever something changes
  policy-lint check --format github --output sarif=policy-lint.sarif docs
  curl -s https://example.com/privacy | policy-lint check - --stdin-filename privacy.html
  policy-lint check --stdin-format ndjson < policies.ndjson > findings.ndjson";

/// What became of one policy.
#[derive(Default)]
struct Checked {
    files: Vec<String>,
    findings: Vec<Located>,
    /// For each report, the findings as it tells them one by one.
    told: Vec<String>,
    intake: Intake,
    failing: bool,
    warnings: usize,
    /// What is waived or the baseline knows.
    suppressed: Vec<Suppressed>,
    known: usize,
    unchanged: usize,
    gone: usize,
    waived: usize,
    /// What became of the waivers of its config.
    uses: Option<(Arc<Config>, Vec<Use>)>,
    /// The copy with comments, if this is the policy to make one of.
    annotated: Option<Result<Annotated, Problem>>,
    /// The policy in full, if a report shows it.
    review: Option<Review>,
}

impl Check {
    pub(super) fn run(&self, shared: &Shared, terminal: &mut Terminal) -> Result<Exit, Trouble> {
        if self.stdin_format == StdinFormat::Ndjson {
            let inputs = self.inputs.only_standard_input("--stdin-format ndjson")?;
            let session = Session::open(&inputs, &self.rulebook, shared, terminal)?.failing_on(self.fail_on);
            return self.stream(&session.without_waivers(self.no_waivers), terminal);
        }
        if self.watch { self.keep_watching(shared, terminal) } else { self.once(shared, terminal) }
    }

    /// Lints what there is.
    fn once(&self, shared: &Shared, terminal: &mut Terminal) -> Result<Exit, Trouble> {
        let open = if self.change.staged { Session::open_staged } else { Session::open };
        let mut session = open(&self.inputs, &self.rulebook, shared, terminal)?.failing_on(self.fail_on);
        session = session.without_waivers(self.no_waivers);
        if let Some(revision) = &self.change.diff_base {
            session = session.since(revision)?;
        }
        if !self.no_baseline {
            session = session.against(self.baseline.as_deref())?;
        }
        let reports: Vec<(Format, Paint)> = std::iter::once((self.format, terminal.paint))
            .chain(self.output.iter().map(|output| (output.format, Paint::Plain)))
            .collect();
        if reports.iter().any(|(format, _)| format.shows_policies()) {
            session = session.digesting();
        }
        let session = session;
        let copy = self
            .annotate
            .as_deref()
            .map(|output| CommentedCopy::new(output, &self.inputs, &session))
            .transpose()?;
        let keep = reports.iter().any(|(format, _)| !format.is_told());
        let mut summary = Summary::default();
        let mut files = Vec::new();
        let mut findings = Vec::new();
        let mut told = vec![String::new(); reports.len()];
        let mut intake = Intake::of(&session.discovery);
        let mut failing = false;
        let mut warnings = 0;
        let mut suppressed = Vec::new();
        let mut gone = 0;
        let mut ledger = Ledger::default();
        let mut annotated = None;
        let mut reviews = Vec::new();
        session.each(
            terminal,
            |unit| self.check(unit, &session, &reports, copy.as_ref()),
            |checked, terminal| {
                summary.files += checked.files.len();
                summary.count(&checked.findings);
                failing |= checked.failing;
                warnings += checked.warnings;
                summary.known += checked.known + checked.unchanged;
                summary.unchanged += checked.unchanged;
                summary.waived += checked.waived;
                if let Some((config, uses)) = checked.uses {
                    ledger.note(&config, uses);
                }
                gone += checked.gone;
                annotated = annotated.take().or(checked.annotated);
                reviews.extend(checked.review);
                intake.extend(checked.intake);
                if keep {
                    files.extend(checked.files);
                    findings.extend(checked.findings);
                    suppressed.extend(checked.suppressed);
                }
                for (told, more) in told.iter_mut().zip(checked.told) {
                    told.push_str(&more);
                }
                // A report that needs nothing else goes out as it grows.
                if self.format.is_told() {
                    terminal.write(&std::mem::take(&mut told[0]))?;
                }
                Ok(())
            },
        )?;
        let of_configs = ledger.faults(&session, intake.failures.is_empty());
        for faults in of_configs {
            failing |= faults.failing;
            warnings += faults.warnings();
            let located = faults.at_least(self.min_severity);
            summary.count(&located);
            for ((format, paint), told) in reports.iter().zip(&mut told) {
                let style = Style { language: faults.language, paint: *paint, laws: session.laws() };
                tell(*format, &located, faults.config.text(), &faults.lines, style, told);
            }
            if keep && !located.is_empty() {
                files.push(located[0].path.clone());
                findings.extend(located);
            }
        }

        let aside = suppressed.iter().map(|suppressed: &Suppressed| &suppressed.finding);
        let ids: BTreeSet<&str> =
            findings.iter().chain(aside).map(|finding: &Located| finding.rule.as_str()).collect();
        let rules: BTreeMap<&str, _> =
            ids.into_iter().filter_map(|id| Some((id, session.rule(id)?))).collect();
        let run = Run {
            findings: &findings,
            suppressed: &suppressed,
            failures: &intake.failures,
            summary,
            files: &files,
            rules,
            laws: session.laws(),
            knowledge: session.knowledge(),
            reviews: &reviews,
            language: session.language(),
        };
        for (number, (format, _)) in reports.iter().enumerate() {
            let quiet = number == 0 && terminal.quiet();
            let report = finish(*format, &run, &told[number], quiet);
            match number.checked_sub(1).map(|number| &self.output[number].path) {
                None => terminal.write(&report)?,
                Some(path) => std::fs::write(path, report).map_err(|error| {
                    vec![Problem::new(path.display().to_string(), format!("cannot be written: {error}"))]
                })?,
            }
        }
        terminal.flush()?;
        intake.tell(&session.discovery, terminal);
        if let Some(copy) = copy.filter(|_| intake.failures.is_empty()) {
            copy.write(annotated, terminal)?;
        }
        failing |= self.too_many(warnings, terminal);
        failing |= self.tell_gone(gone, &session, terminal) && self.strict_baseline;
        Ok(self.exit(!intake.failures.is_empty(), failing))
    }

    /// Whether there are more warnings than allowed; tells it.
    fn too_many(&self, warnings: usize, terminal: &mut Terminal) -> bool {
        let Some(most) = self.max_warnings.filter(|most| warnings > *most) else { return false };
        terminal.note(&format!("{warnings} warnings, more than the {most} that --max-warnings allows"));
        true
    }

    fn exit(&self, unreadable: bool, failing: bool) -> Exit {
        if unreadable {
            Exit::Wrong
        } else if failing && !self.exit_zero {
            Exit::Findings
        } else {
            Exit::Clean
        }
    }

    /// Tells how many entries of the baseline no longer occur; whether there are any.
    fn tell_gone(&self, gone: usize, session: &Session, terminal: &mut Terminal) -> bool {
        if let (1.., Some(file)) = (gone, &session.baseline) {
            let entries = if gone == 1 { "1 finding".to_owned() } else { format!("{gone} findings") };
            terminal.note(&format!(
                "{entries} in {} no longer occur; `policy-lint baseline prune` removes them",
                file.path().display()
            ));
        }
        gone > 0
    }

    fn check(
        &self,
        unit: &Unit,
        session: &Session,
        reports: &[(Format, Paint)],
        copy: Option<&CommentedCopy>,
    ) -> Checked {
        let (prepared, intake) = session.prepare(unit);
        let told = vec![String::new(); reports.len()];
        let mut checked = Checked { intake, told, ..Checked::default() };
        let Some(Prepared { engine, settings, sources, digests, before }) = prepared else { return checked };
        let (linted, in_full) = if reports.iter().any(|(format, _)| format.shows_policies()) {
            let Reviewed { linted, all, rulings } = review_policy(engine, sources, &settings, before);
            let (files, knowledge) = (&linted.files, engine.knowledge());
            let inventory = InventoryRecord::new(files, &inventory::take(files, knowledge), knowledge);
            let Accepted { waivers, waived, .. } = &linted.accepted;
            let grounds = Locating::new(&unit.config, files).grounds(waivers);
            let waiving = Waiving { waived, grounds: &grounds };
            let checks = records(files, &all, waiving, &rulings, knowledge);
            (linted, Some((inventory, checks)))
        } else {
            (lint_change(engine, sources, &settings, before), None)
        };
        let Linted { files, mut findings, accepted, known, unchanged, gone } = linted;
        checked.waived = accepted.waived.len();
        if settings.waivers.is_some() {
            checked.uses = Some((Arc::clone(&unit.config), uses_of_entries(&unit.config, &accepted)));
        }
        checked.known = known.len();
        checked.unchanged = unchanged.len();
        checked.gone = gone.iter().map(|entry| entry.count).sum();
        let known = known.into_iter().map(|finding| (finding, Suppression::Baseline));
        let unchanged = unchanged.into_iter().map(|finding| (finding, Suppression::DiffBase));
        let mut known: Vec<(Finding, Suppression)> = known.chain(unchanged).collect();
        known.sort_by_key(|(finding, _)| finding.file);
        let mut known = known.into_iter().peekable();
        checked.files = files.iter().map(|file| file.source.path.clone()).collect();
        checked.failing = settings.fails(&findings);
        checked.warnings = findings.iter().filter(|finding| finding.severity == Severity::Warning).count();
        findings.retain(|finding| finding.severity >= self.min_severity);
        let mut findings = findings.into_iter().peekable();
        for (number, file) in files.iter().enumerate() {
            let is_here = |finding: &Finding| finding.file <= number;
            let is_known_here = |(finding, _): &(Finding, Suppression)| is_here(finding);
            let silent = !findings.peek().is_some_and(is_here) && !known.peek().is_some_and(is_known_here);
            if silent && copy.is_none() {
                continue;
            }
            let Analysis { source, document, .. } = file;
            let lines = Lines::of(&source.text);
            let mut located = Vec::new();
            while let Some(finding) = findings.next_if(is_here) {
                located.push(locate(finding, source, document, &lines));
            }
            while let Some((finding, by)) = known.next_if(|(finding, _)| is_here(finding)) {
                let finding = locate(finding, source, document, &lines);
                checked.suppressed.push(Suppressed { finding, by });
            }
            if let Some(annotated) = copy.and_then(|copy| copy.of(file, &located, engine, settings.language))
            {
                checked.annotated = Some(annotated);
            }
            for ((format, paint), told) in reports.iter().zip(&mut checked.told) {
                let style = Style { language: settings.language, paint: *paint, laws: engine.laws() };
                tell(*format, &located, &source.text, &lines, style, told);
            }
            checked.findings.extend(located);
        }
        if !accepted.waived.is_empty() {
            checked.suppressed.extend(Locating::new(&unit.config, &files).suppressed(accepted));
        }
        checked.review = in_full.map(|(inventory, checks)| {
            let pattern = |path: &str| {
                let input = unit.files.iter().find(|input| input.name == path);
                input.map(|input| PathGlobs::naming(unit.config.root(), &input.path)).unwrap_or_default()
            };
            let reading = |(file, digest): (Analysis, [u8; 32])| {
                let pattern = pattern(&file.source.path);
                Reading::new(file, pattern, digest)
            };
            Review { readings: files.into_iter().zip(digests).map(reading).collect(), inventory, checks }
        });
        checked
    }
}

/// Tells findings of one file, in a format that tells them one by one.
fn tell(format: Format, located: &[Located], text: &str, lines: &Lines, style: Style<'_>, told: &mut String) {
    if format.has_text() {
        told.push_str(&text::render(located, text, lines, style));
    } else if format == Format::Short {
        told.push_str(&short::render(located, style.paint));
    }
}

/// A report, or of one that was told finding by finding, what is left to say.
fn finish(format: Format, run: &Run<'_>, told: &str, quiet: bool) -> String {
    let line =
        if quiet || !format.has_text() { String::new() } else { run.summary.line(run.language) + "\n" };
    export::render(format, run) + told + &line
}
