use clap::{Args, ValueEnum};

use super::exit::{Exit, Trouble};
use super::intake::Intake;
use super::options::{Inputs, Rulebook, Shared};
use super::papers::{PaperFormat, PaperOptions, Written};
use super::session::{Prepared, Session};
use super::terminal::{Terminal, columns};
use crate::findings::Analysis;
use crate::inventory;
use crate::report::Paint;
use crate::report::Say;
use crate::report::inventory::{InventoryRecord, InventoryReport, csv, paper};
use crate::report::json;
use crate::report::paper::{Paper, table};

/// Write the inventory
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Inventory {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    rulebook: Rulebook,
    /// Form of the inventory; by default what the name of the output file tells, else a table
    #[arg(long, value_enum)]
    format: Option<Format>,
    #[command(flatten)]
    papers: PaperOptions,
}

const EXAMPLES: &str = "\
Examples:
  policy-lint inventory privacy.md
  policy-lint inventory --output inventory.xlsx privacy.md      个人信息收集清单, 第三方共享清单
  policy-lint inventory --format html --lang en privacy.md > inventory.html
  policy-lint inventory --format json privacy.md | jq -r '.policies[].collected[].name'";

/// Forms of the inventory; practices come in the same ones, of which the documents are the inventory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Table,
    Json,
    Csv,
    /// The inventory as a workbook
    Xlsx,
    /// The inventory as a page
    Html,
    /// The inventory as Markdown
    Md,
}

impl Format {
    pub(super) fn paper(self) -> Option<PaperFormat> {
        match self {
            Self::Xlsx => Some(PaperFormat::Xlsx),
            Self::Html => Some(PaperFormat::Html),
            Self::Md => Some(PaperFormat::Md),
            Self::Table | Self::Json | Self::Csv => None,
        }
    }
}

impl Inventory {
    pub(super) fn run(&self, shared: &Shared, terminal: &mut Terminal) -> Result<Exit, Trouble> {
        let format = self.format.or_else(|| self.papers.format_by_name()).unwrap_or(Format::Table);
        write(format, &self.inputs, &self.rulebook, &self.papers, shared, terminal)
    }
}

/// What was taken of one policy.
struct Taken {
    record: InventoryRecord,
    paper: Paper,
}

/// Writes the inventories of the policies in a format.
pub(super) fn write(
    format: Format,
    inputs: &Inputs,
    rulebook: &Rulebook,
    papers: &PaperOptions,
    shared: &Shared,
    terminal: &mut Terminal,
) -> Result<Exit, Trouble> {
    if let Some(format) = format.paper() {
        papers.check(format)?;
    }
    let session = Session::open(inputs, rulebook, shared, terminal)?.digesting();
    papers.spare(&session)?;
    let mut intake = Intake::of(&session.discovery);
    let mut taken: Vec<Taken> = Vec::new();
    session.each(
        terminal,
        |unit| {
            let (prepared, intake) = session.prepare(unit);
            (prepared.map(|prepared| take(prepared, papers)), intake)
        },
        |(found, more), _| {
            intake.extend(more);
            taken.extend(found);
            Ok(())
        },
    )?;
    let (records, documents): (Vec<InventoryRecord>, Vec<Paper>) =
        taken.into_iter().map(|Taken { record, paper }| (record, paper)).unzip();
    let text = match format {
        Format::Json => json::render(&InventoryReport::new(&records, &intake.failures)),
        Format::Csv => csv(&records),
        Format::Table => {
            let paint = if papers.to_file() { Paint::Plain } else { terminal.paint };
            documents.iter().map(|document| table(document, paint, columns())).collect::<Vec<_>>().join("\n")
        }
        Format::Xlsx | Format::Html | Format::Md => String::new(),
    };
    match format.paper() {
        Some(format) => papers.deliver(documents, format, terminal)?,
        None => papers.write(Written::Text(text), terminal)?,
    }
    terminal.flush()?;
    intake.tell(&session.discovery, terminal);
    Ok(if intake.failures.is_empty() { Exit::Clean } else { Exit::Wrong })
}

fn take(prepared: Prepared<'_>, papers: &PaperOptions) -> Taken {
    let Prepared { engine, settings, sources, digests, .. } = prepared;
    let files: Vec<Analysis> = sources.into_iter().map(|source| engine.read(source, &settings)).collect();
    let knowledge = engine.knowledge();
    let record = InventoryRecord::new(&files, &inventory::take(&files, knowledge), knowledge);
    let provenance = papers.provenance(engine, &files, digests);
    let paper = paper(&record, &provenance, Say::new(&knowledge.messages, settings.language));
    Taken { record, paper }
}
