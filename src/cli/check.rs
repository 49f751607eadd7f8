mod gathered;
mod most;
mod policy;
mod reports;
mod stream;
mod watch;

use std::path::PathBuf;

use clap::Args;

use super::annotate::CommentedCopy;
use super::exit::{Exit, Trouble};
use super::options::{Change, Inputs, Rulebook, Shared};
use super::outputs::Output;
use super::session::Session;
use super::targets;
use super::terminal::{Terminal, counted};
use crate::config::FailOn;
use crate::knowledge::kinds::Severity;
use crate::report::export::Format;
use gathered::Gathered;
use most::Most;
use policy::Checking;
use reports::Reports;
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
    /// Report at most so many findings of a policy, the gravest, or `all`; exit status and totals count every one
    #[arg(long, value_name = "N", default_value = "1000")]
    max_findings: Most,
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
        let reports = Reports::new(self.format, terminal.paint, &self.output);
        if reports.show_policies() {
            session = session.digesting();
        }
        targets::refuse("--output", self.output.iter().map(|output| output.path.as_path()), &session)?;
        let copy = self.annotate.as_deref().map(|output| CommentedCopy::new(output, &self.inputs, &session));
        let copy = copy.transpose()?;
        let min_severity = self.min_severity;
        let copying = copy.as_ref();
        let checking = Checking {
            session: &session,
            reports: &reports,
            copy: copying,
            min_severity,
            most: self.max_findings,
        };
        let mut gathered = Gathered::new(&reports, &session);
        session.each(
            terminal,
            |unit| checking.policy(unit),
            |checked, terminal| {
                gathered.take(checked);
                reports.write_told(&mut gathered.told, terminal)
            },
        )?;
        gathered.take_waivers(&session, min_severity);
        reports.write(&gathered.run(&session), &gathered.told, terminal)?;
        let Gathered { intake, mut failing, warnings, gone, newer, annotated, .. } = gathered;
        intake.tell(&session.discovery, terminal);
        if let Some(copy) = copy.filter(|_| intake.failures.is_empty()) {
            copy.write(annotated, terminal)?;
        }
        failing |= self.too_many(warnings, terminal);
        failing |= self.tell_gone(gone, &session, terminal) && self.strict_baseline;
        tell_newer(newer, &session, terminal);
        if !self.watch {
            // The process ends: to free the rules piece by piece takes longer than that.
            std::mem::forget(session);
        }
        Ok(self.exit(!intake.failures.is_empty(), failing))
    }

    /// Whether there are more warnings than allowed; tells it.
    fn too_many(&self, warnings: usize, terminal: &mut Terminal) -> bool {
        let Some(most) = self.max_warnings.filter(|most| warnings > *most) else { return false };
        let warnings = counted(warnings, "warning");
        terminal.note(&format!("{warnings}, more than the {most} that --max-warnings allows"));
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
            terminal.note(&format!(
                "{} in {} no longer {}; `policy-lint baseline prune` removes them",
                counted(gone, "finding"),
                file.path().display(),
                if gone == 1 { "occurs" } else { "occur" },
            ));
        }
        gone > 0
    }
}

/// Tells how many findings are milder than their rules say, for the baseline does not know these.
fn tell_newer(newer: usize, session: &Session, terminal: &mut Terminal) {
    if let (1.., Some(file)) = (newer, &session.baseline) {
        terminal.note(&format!(
            "{} of rules newer than {}, at most a warning; `policy-lint baseline update` takes them in",
            counted(newer, "finding"),
            file.path().display(),
        ));
    }
}
