use std::io;

use clap::{Args, ValueEnum};

use super::exit::{Exit, Trouble};
use super::intake::Intake;
use super::options::{Inputs, Rulebook, Shared};
use super::session::{Prepared, Session};
use super::terminal::{Terminal, columns};
use crate::config::FailOn;
use crate::report::audit::{AuditReport, CheckRecord, Totals, records, table};
use crate::report::json;
use crate::run::{Audited, Unit, audit_policy, in_order};
use crate::triage::Verdict;

/// Go through the checklist
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Audit {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    rulebook: Rulebook,
    /// Form of the report
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    /// The severity from which on the exit status is 1
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<FailOn>,
}

const EXAMPLES: &str = "\
Examples:
  policy-lint audit privacy.md
  policy-lint audit --lang en privacy.md
  policy-lint audit --select rights,minors privacy.md     two subjects of the checklist
  policy-lint audit --scope full draft.md                 a draft that has no chapters yet
  policy-lint audit --format json privacy.md | jq -r '.checks[] | select(.status == \"fail\") | .rule'";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    /// One object for programs
    Json,
}

/// What became of one policy.
#[derive(Default)]
struct Gone {
    files: usize,
    checks: Vec<CheckRecord>,
    /// The checklist as a table.
    shown: String,
    intake: Intake,
    failing: bool,
}

impl Audit {
    pub(super) fn run(&self, shared: &Shared, terminal: &mut Terminal) -> Result<Exit, Trouble> {
        let session = Session::open(&self.inputs, &self.rulebook, shared, terminal)?.failing_on(self.fail_on);
        let mut totals = Totals::default();
        let mut checks = Vec::new();
        let mut intake = Intake::of(&session.discovery);
        let mut failing = false;
        let paint = terminal.paint;
        in_order(
            &session.discovery.units,
            |unit| self.audit(unit, &session, paint),
            |gone| -> io::Result<()> {
                totals.files += gone.files;
                totals.count(&gone.checks);
                failing |= gone.failing;
                intake.extend(gone.intake);
                if self.format == Format::Json {
                    checks.extend(gone.checks);
                }
                terminal.write(&gone.shown)
            },
        )?;
        match self.format {
            Format::Json => {
                terminal.write(&json::render(&AuditReport::new(&checks, &intake.failures, totals)))?;
            }
            Format::Table if !terminal.quiet() => {
                terminal.write(&format!("{}\n", totals.line(session.language())))?;
            }
            Format::Table => {}
        }
        terminal.flush()?;
        intake.tell(&session.discovery, terminal);
        Ok(match (intake.failures.is_empty(), failing) {
            (false, _) => Exit::Wrong,
            (true, true) => Exit::Findings,
            (true, false) => Exit::Clean,
        })
    }

    fn audit(&self, unit: &Unit, session: &Session, paint: crate::report::Paint) -> Gone {
        let (prepared, intake) = session.prepare(unit);
        let mut gone = Gone { intake, ..Gone::default() };
        let Some(Prepared { engine, settings, sources }) = prepared else { return gone };
        let Audited { files, findings, rulings } = audit_policy(engine, sources, &settings);
        gone.files = files.len();
        gone.failing = settings.fail_on.severity().is_some_and(|least| {
            let broken = |verdict: &Verdict| matches!(verdict, Verdict::Broken(_));
            rulings.iter().any(|ruling| broken(&ruling.verdict) && ruling.severity >= least)
        });
        gone.checks = records(&files, &findings, &rulings, engine.knowledge());
        if self.format == Format::Table {
            let path = files.first().map_or("", |file| file.source.path.as_str());
            gone.shown = table(&gone.checks, path, engine.knowledge(), settings.language, paint, columns());
            gone.shown.push('\n');
        }
        gone
    }
}
