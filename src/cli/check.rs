use crate::source::Encoding;
use std::io;

use clap::{Args, ValueEnum};

use super::exit::Exit;
use super::options::{Inputs, Rulebook, Shared};
use super::session::Session;
use super::terminal::Terminal;
use crate::config::FailOn;
use crate::report::json::{self, Failure, Report};
use crate::report::text::{self, Style};
use crate::report::{Lines, Located, Paint, Summary, locate, short};
use crate::run::{Unit, in_order, lint_policy};

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
struct Checked {
    files: usize,
    findings: Vec<Located>,
    /// The findings as text.
    shown: String,
    failures: Vec<Failure>,
    skipped: Vec<String>,
    /// Files that had to be mended to be read.
    broken: Vec<String>,
    folders: Vec<usize>,
    failing: bool,
}

impl Check {
    pub(super) fn run(&self, shared: &Shared, terminal: &mut Terminal) -> io::Result<Exit> {
        let mut session = match Session::open(&self.inputs, &self.rulebook, shared, terminal) {
            Ok(session) => session,
            Err(problems) => return Ok(terminal.problems(&problems)),
        };
        session.wishes.fail_on = self.fail_on;
        let session = session;
        let paint = terminal.paint;

        let mut summary = Summary::default();
        let mut findings = Vec::new();
        let mut failures = session.discovery.failures.clone();
        let (mut skipped, mut broken, mut folders) = (Vec::new(), Vec::new(), Vec::new());
        let mut failing = false;
        in_order(
            &session.discovery.units,
            |unit| self.check(unit, &session, paint),
            |checked| {
                summary.files += checked.files;
                summary.count(&checked.findings);
                failing |= checked.failing;
                failures.extend(checked.failures);
                skipped.extend(checked.skipped);
                broken.extend(checked.broken);
                folders.extend(checked.folders);
                if self.format == Format::Json {
                    findings.extend(checked.findings);
                }
                terminal.write(&checked.shown)
            },
        )?;

        match self.format {
            Format::Json => {
                terminal.write(&json::render(&Report::new(&findings, &[], &failures, summary)))?
            }
            Format::Text if !terminal.quiet() => {
                terminal.write(&format!("{}\n", summary.line(session.language())))?;
            }
            Format::Text | Format::Short => {}
        }
        terminal.flush()?;
        session.tell_passed_over(&folders, &skipped, terminal);
        for told in &broken {
            terminal.note(told);
        }
        for Failure { path, message } in &failures {
            terminal.complain(&format!("{path}: {message}"));
        }
        Ok(if !failures.is_empty() {
            Exit::Wrong
        } else if failing {
            Exit::Findings
        } else {
            Exit::Clean
        })
    }

    fn check(&self, unit: &Unit, session: &Session, paint: Paint) -> Checked {
        let mut checked = Checked {
            files: 0,
            findings: Vec::new(),
            shown: String::new(),
            failures: Vec::new(),
            skipped: Vec::new(),
            broken: Vec::new(),
            folders: Vec::new(),
            failing: false,
        };
        let Some(prepared) = session.prepare(unit) else { return checked };
        checked.failures = prepared.failures;
        checked.skipped = prepared.skipped;
        checked.folders = prepared.folders;
        if prepared.sources.is_empty() {
            return checked;
        }
        for source in &prepared.sources {
            if let Encoding::Utf8Lossy { replaced } = source.encoding {
                checked
                    .broken
                    .push(format!("{}: {replaced} places are no valid UTF-8 and were replaced", source.path));
            }
        }
        let (engine, settings) = (prepared.engine, prepared.settings);
        let linted = lint_policy(engine, prepared.sources, &settings);
        let style = Style { language: settings.language, paint, laws: engine.laws() };
        let mut rest = linted.findings.as_slice();
        for (number, file) in linted.files.iter().enumerate() {
            let (here, later) = rest.split_at(rest.partition_point(|finding| finding.file <= number));
            rest = later;
            checked.files += 1;
            if here.is_empty() {
                continue;
            }
            let lines = Lines::of(&file.source.text);
            let located: Vec<Located> =
                here.iter().map(|finding| locate(finding, &file.source, &file.document, &lines)).collect();
            match self.format {
                Format::Text => checked.shown += &text::render(&located, &file.source.text, &lines, style),
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
