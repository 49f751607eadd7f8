use std::io;

use clap::{Args, ValueEnum};

use super::exit::Exit;
use super::options::{Inputs, Rulebook, Shared};
use super::session::Session;
use super::terminal::Terminal;
use crate::report::json::{self, Failure};
use crate::report::practices::{DocumentRecord, PracticesReport, csv, table};
use crate::run::in_order;

/// Show the practices found
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Practices {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    rulebook: Rulebook,
    /// Form of the report
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  policy-lint practices privacy.md
  policy-lint practices --format csv docs > practices.csv
  policy-lint practices --format json privacy.md | jq '.documents[].practices[].data[].text'";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Json,
    Csv,
}

/// Columns where the terminal does not tell.
const COLUMNS: usize = 120;

impl Practices {
    pub(super) fn run(&self, shared: &Shared, terminal: &mut Terminal) -> io::Result<Exit> {
        let session = match Session::open(&self.inputs, &self.rulebook, shared, terminal) {
            Ok(session) => session,
            Err(problems) => return Ok(terminal.problems(&problems)),
        };
        let columns =
            std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).unwrap_or(COLUMNS);
        let (language, paint) = (session.language(), terminal.paint);
        let mut documents: Vec<DocumentRecord> = Vec::new();
        let mut failures = session.discovery.failures.clone();
        let (mut skipped, mut folders) = (Vec::new(), Vec::new());
        in_order(
            &session.discovery.units,
            |unit| {
                let Some(prepared) = session.prepare(unit) else { return (Vec::new(), None) };
                let (engine, settings) = (prepared.engine, prepared.settings);
                let read = |source| {
                    let file = engine.read(source, &settings);
                    DocumentRecord::new(&file.source, &file.document, &file.practices, engine.lexicon())
                };
                let documents: Vec<_> = prepared.sources.into_iter().map(read).collect();
                (documents, Some((prepared.failures, prepared.skipped, prepared.folders)))
            },
            |(found, rest)| -> io::Result<()> {
                if let Some((more_failures, more_skipped, more_folders)) = rest {
                    failures.extend(more_failures);
                    skipped.extend(more_skipped);
                    folders.extend(more_folders);
                }
                if self.format == Format::Table {
                    for document in &found {
                        terminal.write(&table(document, language, paint, columns))?;
                    }
                } else {
                    documents.extend(found);
                }
                Ok(())
            },
        )?;
        match self.format {
            Format::Table => {}
            Format::Json => terminal.write(&json::render(&PracticesReport::new(&documents)))?,
            Format::Csv => terminal.write(&csv(&documents))?,
        }
        terminal.flush()?;
        session.tell_passed_over(&folders, &skipped, terminal);
        for Failure { path, message } in &failures {
            terminal.complain(&format!("{path}: {message}"));
        }
        Ok(if failures.is_empty() { Exit::Clean } else { Exit::Wrong })
    }
}
