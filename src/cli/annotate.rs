//! `check --annotate`: the copy of a Word file that has the findings as comments.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::options::Inputs;
use super::outputs::folder_of;
use super::session::Session;
use super::targets::is_same;
use super::terminal::{Terminal, counted};
use crate::findings::Analysis;
use crate::knowledge::kinds::Language;
use crate::knowledge::problem::Problem;
use crate::report::annotate::{Annotated, Hand, annotate};
use crate::report::{Located, Say};
use crate::run::{Engine, write_whole};
use crate::source;

const OPTION: &str = "--annotate";

/// The copy that is to be written.
pub(super) struct CommentedCopy {
    /// What reports call the file.
    name: String,
    output: PathBuf,
    written: SystemTime,
}

impl CommentedCopy {
    /// What a copy to `output` is made of: the one Word file that is linted.
    ///
    /// # Errors
    /// When something else is to be linted, or the copy would take the place of its original.
    pub(super) fn new(output: &Path, inputs: &Inputs, session: &Session) -> Result<Self, Vec<Problem>> {
        let problem = |message: String| {
            vec![Problem::new(OPTION, message).help(
                "give one Word file to lint, and another name for its copy: `check draft.docx --annotate reviewed.docx`",
            )]
        };
        let [path] = inputs.paths.as_slice() else {
            let count = inputs.paths.len();
            return Err(problem(format!(
                "expected one Word file to write comments into, found {count} paths"
            )));
        };
        if !session.discovery.folders.is_empty() {
            let found = path.display();
            return Err(problem(format!(
                "expected a Word file to write comments into, found the folder {found}"
            )));
        }
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.clone());
        let files = session.discovery.units.iter().flat_map(|unit| &unit.files);
        let mut named = files.filter(|file| file.is_standard_input() || file.path == absolute);
        let name = named.next().map_or_else(|| path.display().to_string(), |file| file.name.clone());
        let from_standard_input = path.as_os_str() == "-";
        if !from_standard_input && begins_otherwise(path) {
            return Err(problem(format!(
                "{name} is no Word file (.docx), and comments can be written only into one"
            )));
        }
        let ending = |path: &Path| path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        let expected =
            if from_standard_input { None } else { ending(path) }.unwrap_or_else(|| "docx".to_owned());
        if ending(output).as_ref() != Some(&expected) {
            let found = output.display();
            return Err(problem(format!(
                "expected a name for the copy that ends in .{expected}, found {found}"
            )));
        }
        if !from_standard_input && is_same(path, output) {
            return Err(problem(format!("{name} would be overwritten by its copy")));
        }
        Ok(Self { name, output: output.to_owned(), written: SystemTime::now() })
    }

    /// The copy, if this is the file that it is of.
    pub(super) fn of(
        &self,
        file: &Analysis,
        findings: &[Located],
        engine: &Engine,
        language: Language,
    ) -> Option<Result<Annotated, Problem>> {
        let source = &file.source;
        if source.path != self.name {
            return None;
        }
        let Some(word) = &source.word else {
            let message = format!("{} is no Word file (.docx)", self.name);
            return Some(Err(Problem::new(OPTION, message)));
        };
        let say = Say::new(&engine.knowledge().messages, language);
        let hand = Hand { say, laws: engine.laws(), written: self.written };
        let annotated = annotate(word, &source.text, findings, hand);
        Some(annotated.map_err(|error| Problem::new(self.name.clone(), error.to_string())))
    }

    /// Writes it, whole or not at all.
    ///
    /// # Errors
    /// When there is nothing to write, or it cannot be written.
    pub(super) fn write(
        &self,
        annotated: Option<Result<Annotated, Problem>>,
        terminal: &mut Terminal,
    ) -> Result<(), Vec<Problem>> {
        let Some(annotated) = annotated else {
            return Err(vec![Problem::new(
                OPTION,
                format!("{} was not linted, so there is no copy of it", self.name),
            )]);
        };
        let Annotated { bytes, comments, left_out } = annotated.map_err(|problem| vec![problem])?;
        let written = folder_of(&self.output).and_then(|()| write_whole(&self.output, &bytes));
        let output = self.output.display();
        written
            .map_err(|error| vec![Problem::new(output.to_string(), format!("cannot be written: {error}"))])?;
        terminal.note(&format!("{output} has {}", counted(comments, "comment")));
        if left_out > 0 {
            terminal
                .note(&format!("{left_out} more would be too many for Word; `--select` rules to see them"));
        }
        Ok(())
    }
}

/// Whether the file begins as no Word file does; one that cannot be read is told of when it is linted.
fn begins_otherwise(path: &Path) -> bool {
    if !path.is_file() {
        return false;
    }
    let mut head = [0; 4];
    std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok()
        && !source::may_be_word(&head)
}
