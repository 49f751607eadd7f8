//! `practices --explain-marks`: what found the marks that practices are made of.

use clap::ValueEnum as _;

use super::exit::{Exit, Trouble};
use super::intake::Intake;
use super::inventory::Format;
use super::papers::{PaperOptions, Written};
use super::session::{Prepared, Session};
use super::terminal::Terminal;
use crate::knowledge::problem::Problem;
use crate::report::marks::{MarkedDocument, MarksReport, list};
use crate::report::{Paint, json};

/// The forms in which marks are explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    List,
    Json,
}

impl Form {
    /// The form that stands for a format of practices.
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn of(format: Format) -> Result<Self, Vec<Problem>> {
        match format {
            Format::Table => Ok(Self::List),
            Format::Json => Ok(Self::Json),
            other => {
                let name = other.to_possible_value().map(|value| value.get_name().to_owned());
                let name = name.unwrap_or_default();
                let why = format!("`{name}` cannot be used with `--explain-marks`");
                let problem = Problem::new("--format", why);
                Err(vec![problem.help("leave `--format` out for a list, or use `json`")])
            }
        }
    }
}

/// Explains the marks of all files.
pub(super) fn explain(
    session: &Session,
    form: Form,
    papers: &PaperOptions,
    columns: usize,
    terminal: &mut Terminal,
) -> Result<Exit, Trouble> {
    let say = session.say();
    let paint = if papers.to_file() { Paint::Plain } else { terminal.paint };
    let mut listed = String::new();
    let mut documents: Vec<MarkedDocument> = Vec::new();
    let mut intake = Intake::of(&session.discovery);
    session.each(
        terminal,
        |unit| {
            let (prepared, intake) = session.prepare(unit);
            (prepared.map(marked).unwrap_or_default(), intake)
        },
        |(found, more), terminal| {
            intake.extend(more);
            match form {
                Form::List => {
                    for document in &found {
                        listed += &list(document, say, paint, columns);
                    }
                    if !papers.to_file() {
                        terminal.write(&std::mem::take(&mut listed))?;
                    }
                }
                Form::Json => documents.extend(found),
            }
            Ok(())
        },
    )?;
    let text = match form {
        Form::List => listed,
        Form::Json => json::render(&MarksReport::new(&documents)),
    };
    papers.write(Written::Text(text), terminal)?;
    terminal.flush()?;
    intake.tell(&session.discovery, terminal);
    Ok(if intake.failures.is_empty() { Exit::Clean } else { Exit::Wrong })
}

/// The marks of the files of a policy.
fn marked(prepared: Prepared<'_>) -> Vec<MarkedDocument> {
    let Prepared { engine, settings, sources, .. } = prepared;
    let mark = |source| MarkedDocument::new(&engine.read(source, &settings), engine.knowledge());
    sources.into_iter().map(mark).collect()
}
