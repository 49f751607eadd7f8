use clap::{Args, ValueEnum};

use super::exit::{Exit, Trouble};
use super::intake::Intake;
use super::options::{Inputs, Rulebook, Shared};
use super::papers::{PaperFormat, PaperOptions, Written};
use super::session::{Prepared, Session};
use super::terminal::{Terminal, columns};
use super::waivers::Locating;
use crate::config::FailOn;
use crate::report::Paint;
use crate::report::Say;
use crate::report::audit::{AuditReport, CheckRecord, Totals, Waiving, paper, records, table};
use crate::report::json;
use crate::report::paper::Paper;
use crate::run::{Audited, Unit, audit_policy};
use crate::triage::Verdict;

/// Go through the checklist
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Audit {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    rulebook: Rulebook,
    /// Form of the report; by default what the name of the output file tells, else a table
    #[arg(long, value_enum)]
    format: Option<Format>,
    #[command(flatten)]
    papers: PaperOptions,
    /// The severity from which on the exit status is 1
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<FailOn>,
    /// Waive nothing
    #[arg(long)]
    no_waivers: bool,
}

const EXAMPLES: &str = "\
Examples:
  policy-lint audit privacy.md
  policy-lint audit --lang en privacy.md
  policy-lint audit --select rights,minors privacy.md     two subjects of the checklist
  policy-lint audit --scope full draft.md                 a draft that has no chapters yet
  policy-lint audit --output audit.html privacy.md        a document for the file of a compliance audit
  policy-lint audit --format json privacy.md | jq -r '.checks[] | select(.status == \"fail\") | .rule'";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    /// One object for programs
    Json,
    /// A document for the file, as a page
    Html,
    /// The same as Markdown
    Md,
    /// The same as a workbook
    Xlsx,
}

impl Format {
    fn paper(self) -> Option<PaperFormat> {
        match self {
            Self::Xlsx => Some(PaperFormat::Xlsx),
            Self::Html => Some(PaperFormat::Html),
            Self::Md => Some(PaperFormat::Md),
            Self::Table | Self::Json => None,
        }
    }
}

/// What became of one policy.
#[derive(Default)]
struct Gone {
    files: usize,
    checks: Vec<CheckRecord>,
    /// The checklist as a table.
    shown: String,
    /// The checklist as a document.
    paper: Option<Paper>,
    intake: Intake,
    failing: bool,
}

impl Audit {
    pub(super) fn run(&self, shared: &Shared, terminal: &mut Terminal) -> Result<Exit, Trouble> {
        let format = self.format.or_else(|| self.papers.format_by_name()).unwrap_or(Format::Table);
        if let Some(format) = format.paper() {
            self.papers.check(format)?;
        }
        let session = Session::open(&self.inputs, &self.rulebook, shared, terminal)?;
        let session = session.failing_on(self.fail_on).without_waivers(self.no_waivers).digesting();
        self.papers.spare(&session)?;
        let mut totals = Totals::default();
        let mut checks = Vec::new();
        let mut intake = Intake::of(&session.discovery);
        let mut failing = false;
        let mut papers = Vec::new();
        let mut shown = String::new();
        let to_file = self.papers.to_file();
        let paint = if to_file { Paint::Plain } else { terminal.paint };
        session.each(
            terminal,
            |unit| self.audit(unit, &session, format, paint),
            |gone, terminal| {
                totals.files += gone.files;
                totals.count(&gone.checks);
                failing |= gone.failing;
                intake.extend(gone.intake);
                papers.extend(gone.paper);
                if format == Format::Json {
                    checks.extend(gone.checks);
                }
                if to_file {
                    shown += &gone.shown;
                    return Ok(());
                }
                terminal.write(&gone.shown)
            },
        )?;
        match (format, format.paper()) {
            (_, Some(format)) => self.papers.deliver(papers, format, terminal)?,
            (Format::Json, _) => {
                let report = json::render(&AuditReport::new(&checks, &intake.failures, totals));
                self.papers.write(Written::Text(report), terminal)?;
            }
            _ => {
                if !terminal.quiet() {
                    shown += &format!("{}\n", totals.line(session.say()));
                }
                self.papers.write(Written::Text(shown), terminal)?;
            }
        }
        terminal.flush()?;
        intake.tell(&session.discovery, terminal);
        Ok(match (intake.failures.is_empty(), failing) {
            (false, _) => Exit::Wrong,
            (true, true) => Exit::Findings,
            (true, false) => Exit::Clean,
        })
    }

    fn audit(&self, unit: &Unit, session: &Session, format: Format, paint: Paint) -> Gone {
        let (prepared, intake) = session.prepare(unit);
        let mut gone = Gone { intake, ..Gone::default() };
        let Some(Prepared { engine, settings, sources, digests, .. }) = prepared else { return gone };
        let Audited { files, findings, accepted, rulings } = audit_policy(engine, sources, &settings);
        gone.files = files.len();
        gone.failing = settings.fail_on.severity().is_some_and(|least| {
            let broken = |verdict: &Verdict| matches!(verdict, Verdict::Broken(_));
            rulings.iter().any(|ruling| broken(&ruling.verdict) && ruling.severity >= least)
        });
        let grounds = Locating::new(&unit.config, &files).grounds(&accepted.waivers);
        let waiving = Waiving { waived: &accepted.waived, grounds: &grounds };
        gone.checks = records(&files, &findings, waiving, &rulings, engine.knowledge());
        if format.paper().is_some() {
            let provenance = self.papers.provenance(engine, &files, digests);
            let say = Say::new(&engine.knowledge().messages, settings.language);
            gone.paper = Some(paper(&gone.checks, engine.knowledge(), &provenance, say));
        }
        if format == Format::Table {
            let path = files.first().map_or("", |file| file.source.path.as_str());
            gone.shown = table(&gone.checks, path, engine.knowledge(), settings.language, paint, columns());
            gone.shown.push('\n');
        }
        gone
    }
}
