use std::io::{self, BufReader};

use serde_json::Value;

use super::Check;
use crate::cli::exit::{Exit, Trouble};
use crate::cli::session::Session;
use crate::cli::terminal::Terminal;
use crate::findings::Analysis;
use crate::knowledge::kinds::Severity;
use crate::report::ndjson::{Answer, render};
use crate::report::{Lines, Summary, locate};
use crate::run::{Engine, Settings, lint_policy, stream};
use crate::source::{self, Format, Source, ndjson};

/// What standard input is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum StdinFormat {
    /// One policy
    Policy,
    /// A policy a line, as {"id": …, "text": "…"}; the results come as {"id": …, "findings": […]} a line
    Ndjson,
}

/// What became of one line.
struct Answered {
    line: String,
    readable: bool,
    failing: bool,
    warnings: usize,
}

/// Why no more answers are given.
enum Stop {
    /// Nobody reads them any more.
    Closed,
    Output(io::Error),
}

impl Check {
    /// Lints the policies of a stream, each on its own, and answers line by line.
    pub(super) fn stream(&self, session: &Session, terminal: &mut Terminal) -> Result<Exit, Trouble> {
        let Some((engine, settings)) = session.for_streams() else { return Ok(Exit::Clean) };
        let (mut unreadable, mut failing, mut warnings) = (0, false, 0);
        let ended = stream(
            ndjson::Lines::new(BufReader::with_capacity(1 << 16, io::stdin())),
            |line| self.answer(line, engine, &settings, session.format()),
            |answers| {
                for answered in answers {
                    unreadable += usize::from(!answered.readable);
                    failing |= answered.failing;
                    warnings += answered.warnings;
                    terminal.write(&answered.line).map_err(Stop::Output)?;
                }
                terminal.flush().map_err(Stop::Output)?;
                if terminal.is_closed() { Err(Stop::Closed) } else { Ok(()) }
            },
        );
        if let Err(Stop::Output(error)) = ended {
            return Err(Trouble::Output(error));
        }
        if unreadable > 0 {
            let lines = if unreadable == 1 { "1 line" } else { &format!("{unreadable} lines") };
            terminal.complain(&format!("policy-lint: {lines} of standard input could not be read"));
        }
        Ok(self.exit(unreadable > 0, failing || self.too_many(warnings, terminal)))
    }

    fn answer(
        &self,
        line: ndjson::Line,
        engine: &Engine,
        settings: &Settings,
        format: Option<Format>,
    ) -> Answered {
        let record = match line.record {
            Ok(record) => record,
            Err(error) => {
                let line = render(&Answer::Unreadable { line: line.number, error: &error });
                return Answered { line, readable: false, failing: false, warnings: 0 };
            }
        };
        let path = match &record.id {
            Value::String(id) => id.clone(),
            id => id.to_string(),
        };
        // An id that ends like a file name tells nothing about the format.
        let source = Source { path, ..source::decoded("", record.text, record.format.or(format)) };
        let linted = lint_policy(engine, vec![source], settings);
        let failing = settings.fails(&linted.findings);
        let warnings = linted.findings.iter().filter(|finding| finding.severity == Severity::Warning);
        let warnings = warnings.map(|finding| 1 + finding.further).sum();
        let mut summary = Summary::default();
        let findings: Vec<_> = match linted.files.first() {
            None => Vec::new(),
            Some(Analysis { source, document, .. }) => {
                let lines = Lines::of(&source.text);
                let shown = self.max_findings.of(linted.findings, self.min_severity, &mut summary);
                shown.into_iter().map(|finding| locate(finding, source, document, &lines)).collect()
            }
        };
        let left_out = summary.left_out;
        let line = render(&Answer::Findings { id: &record.id, findings: &findings, left_out });
        Answered { line, readable: true, failing, warnings }
    }
}
