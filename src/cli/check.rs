use clap::{Args, ValueEnum};

use super::exit::{Exit, Trouble};
use super::intake::Intake;
use super::options::{Inputs, Rulebook, Shared};
use super::session::{Prepared, Session};
use super::terminal::Terminal;
use crate::config::FailOn;
use crate::findings::Analysis;
use crate::report::json::{self, Report};
use crate::report::text::{self, Style};
use crate::report::{Lines, Located, Paint, Summary, locate, short};
use crate::run::{Linted, Unit, in_order, lint_policy};

/// Lint policies
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Check {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    rulebook: Rulebook,
    /// Form of the report
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// The severity from which on the exit status is 1
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<FailOn>,
}

const EXAMPLES: &str = "\
Examples:
  policy-lint check                          all policies below the working folder
  policy-lint check privacy.md               one file
  policy-lint check --fail-on warning docs   for a gate that is stricter
  policy-lint check --select sensitive,face-* privacy.md
  policy-lint check --format json docs > report.json
  curl -s https://example.com/privacy | policy-lint check - --stdin-filename privacy.html";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The words underlined, the articles, the remedy
    Text,
    /// One line a finding
    Short,
    /// One object for programs
    Json,
}

/// What became of one policy.
#[derive(Default)]
struct Checked {
    files: usize,
    findings: Vec<Located>,
    /// The findings as text.
    shown: String,
    intake: Intake,
    failing: bool,
}

impl Check {
    pub(super) fn run(&self, shared: &Shared, terminal: &mut Terminal) -> Result<Exit, Trouble> {
        let session = Session::open(&self.inputs, &self.rulebook, shared, terminal)?.failing_on(self.fail_on);
        let paint = terminal.paint;
        let mut summary = Summary::default();
        let mut findings = Vec::new();
        let mut intake = Intake::of(&session.discovery);
        let mut failing = false;
        in_order(
            &session.discovery.units,
            |unit| self.check(unit, &session, paint),
            |checked| {
                summary.files += checked.files;
                summary.count(&checked.findings);
                failing |= checked.failing;
                intake.extend(checked.intake);
                if self.format == Format::Json {
                    findings.extend(checked.findings);
                }
                terminal.write(&checked.shown)
            },
        )?;

        match self.format {
            Format::Json => {
                terminal.write(&json::render(&Report::new(&findings, &[], &intake.failures, summary)))?;
            }
            Format::Text if !terminal.quiet() => {
                terminal.write(&format!("{}\n", summary.line(session.language())))?;
            }
            Format::Text | Format::Short => {}
        }
        terminal.flush()?;
        intake.tell(&session.discovery, terminal);
        Ok(if !intake.failures.is_empty() {
            Exit::Wrong
        } else if failing {
            Exit::Findings
        } else {
            Exit::Clean
        })
    }

    fn check(&self, unit: &Unit, session: &Session, paint: Paint) -> Checked {
        let (prepared, intake) = session.prepare(unit);
        let mut checked = Checked { intake, ..Checked::default() };
        let Some(Prepared { engine, settings, sources }) = prepared else { return checked };
        let Linted { files, findings } = lint_policy(engine, sources, &settings);
        checked.files = files.len();
        let style = Style { language: settings.language, paint, laws: engine.laws() };
        let mut findings = findings.into_iter().peekable();
        for (number, file) in files.iter().enumerate() {
            if findings.peek().is_none_or(|finding| finding.file > number) {
                continue;
            }
            let Analysis { source, document, .. } = file;
            let lines = Lines::of(&source.text);
            let mut located = Vec::new();
            while let Some(finding) = findings.next_if(|finding| finding.file <= number) {
                located.push(locate(finding, source, document, &lines));
            }
            match self.format {
                Format::Text => checked.shown += &text::render(&located, &source.text, &lines, style),
                Format::Short => checked.shown += &short::render(&located, paint),
                Format::Json => {}
            }
            checked.findings.extend(located);
        }
        let mut counts = Summary::default();
        counts.count(&checked.findings);
        checked.failing = settings.fail_on.severity().is_some_and(|severity| counts.at_least(severity) > 0);
        checked
    }
}
