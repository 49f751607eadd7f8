use std::io;

use clap::{Args, ValueEnum};

use super::exit::{Exit, Trouble};
use super::intake::Intake;
use super::marks;
use super::options::{Inputs, Rulebook, Shared};
use super::session::{Prepared, Session};
use super::terminal::{Terminal, columns};
use crate::report::json;
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
    /// Show instead every mark that was found, what made it, and whether a practice has it
    #[arg(long)]
    explain_marks: bool,
}

const EXAMPLES: &str = "\
Examples:
  policy-lint practices privacy.md
  policy-lint practices --format csv docs > practices.csv
  policy-lint practices --format json privacy.md | jq '.documents[].practices[].data[].text'
  policy-lint practices --explain-marks privacy.md   which entry of the lexicon or grammar found what";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Table,
    Json,
    Csv,
}

impl Practices {
    pub(super) fn run(&self, shared: &Shared, terminal: &mut Terminal) -> Result<Exit, Trouble> {
        let form = if self.explain_marks { Some(marks::Form::of(self.format)?) } else { None };
        let session = Session::open(&self.inputs, &self.rulebook, shared, terminal)?;
        let columns = columns();
        if let Some(form) = form {
            return marks::explain(&session, form, columns, terminal);
        }
        let (language, paint) = (session.language(), terminal.paint);
        let mut documents: Vec<DocumentRecord> = Vec::new();
        let mut intake = Intake::of(&session.discovery);
        in_order(
            &session.discovery.units,
            |unit| {
                let (prepared, intake) = session.prepare(unit);
                (prepared.map(records).unwrap_or_default(), intake)
            },
            |(found, more)| -> io::Result<()> {
                intake.extend(more);
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
        intake.tell(&session.discovery, terminal);
        Ok(if intake.failures.is_empty() { Exit::Clean } else { Exit::Wrong })
    }
}

/// What the files of a policy say.
fn records(prepared: Prepared<'_>) -> Vec<DocumentRecord> {
    let Prepared { engine, settings, sources } = prepared;
    let record = |source| {
        let file = engine.read(source, &settings);
        DocumentRecord::new(&file.source, &file.document, &file.practices, engine.lexicon())
    };
    sources.into_iter().map(record).collect()
}
