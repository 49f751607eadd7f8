//! Documents for the file: where they go, and what is told of how they came about.

use std::io::IsTerminal as _;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::exit::Trouble;
use super::outputs::write_report;
use super::session::Session;
use super::targets;
use super::terminal::Terminal;
use crate::findings::Analysis;
use crate::knowledge::date::Date;
use crate::knowledge::problem::Problem;
use crate::report::paper::{self, Paper, PolicyFile, Provenance};
use crate::run::Engine;

/// Options of commands that write documents.
#[derive(Debug, Args)]
pub(super) struct PaperOptions {
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The date of the document, instead of today (UTC)
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<Date>,
}

/// The formats of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum PaperFormat {
    Xlsx,
    Html,
    Md,
}

/// What is written, as text or not.
pub(super) enum Written {
    Text(String),
    Binary(Vec<u8>),
}

impl PaperOptions {
    /// The format that the name of the output file tells.
    pub(super) fn format_by_name<F: ValueEnum>(&self) -> Option<F> {
        let ending = self.output.as_ref()?.extension()?.to_str()?;
        F::from_str(ending, true).ok()
    }

    pub(super) fn to_file(&self) -> bool {
        self.output.is_some()
    }

    /// How a paper on these files came about.
    pub(super) fn provenance(
        &self,
        engine: &Engine,
        files: &[Analysis],
        digests: Vec<[u8; 32]>,
    ) -> Provenance {
        let file = |(file, digest): (&Analysis, [u8; 32])| PolicyFile {
            path: file.source.path.clone(),
            format: file.source.format,
            digest,
        };
        Provenance {
            date: self.date.unwrap_or_else(Date::today),
            rules: engine.digest(),
            files: files.iter().zip(digests).map(file).collect(),
        }
    }

    /// Refuses to write over a policy that is read.
    ///
    /// # Errors
    /// When that was asked for.
    pub(super) fn spare(&self, session: &Session) -> Result<(), Vec<Problem>> {
        targets::refuse("--output", self.output.as_deref(), session)
    }

    /// Refuses to write what is no text to a terminal.
    ///
    /// # Errors
    /// When that was asked for.
    pub(super) fn check(&self, format: PaperFormat) -> Result<(), Vec<Problem>> {
        if format == PaperFormat::Xlsx && self.output.is_none() && std::io::stdout().is_terminal() {
            let problem = Problem::new("--format", "an xlsx workbook is no text: a terminal cannot show it");
            return Err(vec![problem.help("write it to a file: `--output inventory.xlsx`")]);
        }
        Ok(())
    }

    /// Writes the papers on several policies as one.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub(super) fn deliver(
        &self,
        papers: Vec<Paper>,
        format: PaperFormat,
        terminal: &mut Terminal,
    ) -> Result<(), Trouble> {
        let Some(paper) = Paper::joined(papers) else {
            terminal.note("there is no policy to write about");
            return Ok(());
        };
        let failed = |why: String| Trouble::Mistakes(vec![Problem::new("policy-lint", why)]);
        let written = match format {
            PaperFormat::Md => Written::Text(paper::markdown(&paper)),
            PaperFormat::Html => {
                Written::Text(paper::html(&paper).map_err(|error| failed(error.to_string()))?)
            }
            PaperFormat::Xlsx => Written::Binary(
                paper::xlsx(&paper).map_err(|error| failed(format!("no workbook can hold this: {error}")))?,
            ),
        };
        self.write(written, terminal)
    }

    /// Writes to the file named, else to standard output.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn write(&self, written: Written, terminal: &mut Terminal) -> Result<(), Trouble> {
        let Some(path) = &self.output else {
            match written {
                Written::Text(text) => terminal.write(&text)?,
                Written::Binary(bytes) => terminal.write_binary(&bytes)?,
            }
            return Ok(());
        };
        let bytes = match written {
            Written::Text(text) => text.into_bytes(),
            Written::Binary(bytes) => bytes,
        };
        Ok(write_report(path, bytes)?)
    }
}
