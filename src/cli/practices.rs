use clap::Args;

use super::exit::{Exit, Trouble};
use super::intake::Intake;
use super::inventory::{Format, write};
use super::marks;
use super::options::{Inputs, Rulebook, Shared};
use super::papers::{PaperOptions, Written};
use super::session::{Prepared, Session};
use super::terminal::{Terminal, columns};
use crate::findings::Analysis;
use crate::inventory;
use crate::report::Paint;
use crate::report::inventory::InventoryRecord;
use crate::report::json;
use crate::report::practices::{DocumentRecord, PracticesReport, csv, table};

/// Show the practices found
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Practices {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    rulebook: Rulebook,
    /// Form of the report; by default what the name of the output file tells, else a table
    #[arg(long, value_enum)]
    format: Option<Format>,
    #[command(flatten)]
    papers: PaperOptions,
    /// Show instead every mark that was found, what made it, and whether a practice has it
    #[arg(long)]
    explain_marks: bool,
}

const EXAMPLES: &str = "\
Examples:
  policy-lint practices privacy.md
  policy-lint practices --format csv docs > practices.csv
  policy-lint practices --format xlsx --output inventory.xlsx privacy.md
  policy-lint practices --format json privacy.md | jq '.documents[].practices[].data[].text'
  policy-lint practices --explain-marks privacy.md   which entry of the lexicon or grammar found what";

impl Practices {
    pub(super) fn run(&self, shared: &Shared, terminal: &mut Terminal) -> Result<Exit, Trouble> {
        let format = self.format.or_else(|| self.papers.format_by_name()).unwrap_or(Format::Table);
        let form = if self.explain_marks { Some(marks::Form::of(format)?) } else { None };
        if form.is_none() && format.paper().is_some() {
            return write(format, &self.inputs, &self.rulebook, &self.papers, shared, terminal);
        }
        let session = Session::open(&self.inputs, &self.rulebook, shared, terminal)?;
        self.papers.spare(&session)?;
        let columns = columns();
        if let Some(form) = form {
            return marks::explain(&session, form, &self.papers, columns, terminal);
        }
        let (say, paint) = (session.say(), terminal.paint);
        let mut documents: Vec<DocumentRecord> = Vec::new();
        let mut inventories: Vec<InventoryRecord> = Vec::new();
        let mut intake = Intake::of(&session.discovery);
        session.each(
            terminal,
            |unit| {
                let (prepared, intake) = session.prepare(unit);
                (prepared.map(|prepared| read(prepared, format)), intake)
            },
            |(read, more), terminal| {
                intake.extend(more);
                let Some(Read { documents: found, inventory }) = read else { return Ok(()) };
                inventories.extend(inventory);
                if format == Format::Table && !self.papers.to_file() {
                    for document in &found {
                        terminal.write(&table(document, say, paint, columns))?;
                    }
                } else {
                    documents.extend(found);
                }
                Ok(())
            },
        )?;
        let text = match format {
            Format::Json => json::render(&PracticesReport::new(&documents, &inventories)),
            Format::Csv => csv(&documents),
            _ => documents.iter().map(|document| table(document, say, Paint::Plain, columns)).collect(),
        };
        if format != Format::Table || self.papers.to_file() {
            self.papers.write(Written::Text(text), terminal)?;
        }
        terminal.flush()?;
        intake.tell(&session.discovery, terminal);
        Ok(if intake.failures.is_empty() { Exit::Clean } else { Exit::Wrong })
    }
}

/// Reads the files of a policy; the inventory is for those who ask for it.
fn read(prepared: Prepared<'_>, format: Format) -> Read {
    let Prepared { engine, settings, sources, .. } = prepared;
    let files: Vec<Analysis> = sources.into_iter().map(|source| engine.read(source, &settings)).collect();
    let record = |file: &Analysis| {
        DocumentRecord::new(&file.source, &file.document, &file.practices, engine.lexicon())
    };
    let inventory = (format == Format::Json).then(|| {
        let taken = inventory::take(&files, engine.knowledge());
        InventoryRecord::new(&files, &taken, engine.knowledge())
    });
    Read { documents: files.iter().map(record).collect(), inventory }
}

/// What the files of a policy say, one by one and together.
struct Read {
    documents: Vec<DocumentRecord>,
    inventory: Option<InventoryRecord>,
}
