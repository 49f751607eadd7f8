//! The reports of a run: one on standard output, the others into files.

use crate::cli::outputs::{Output, write_report};
use crate::cli::terminal::Terminal;
use crate::report::export::{self, Format, Run};
use crate::report::text::{self, Style};
use crate::report::{Lines, Located, Paint, short};

use crate::cli::exit::Trouble;

/// The reports asked for; the first goes to standard output.
pub(super) struct Reports<'a> {
    formats: Vec<(Format, Paint)>,
    outputs: &'a [Output],
}

impl<'a> Reports<'a> {
    pub(super) fn new(format: Format, paint: Paint, outputs: &'a [Output]) -> Self {
        let of_outputs = outputs.iter().map(|output| (output.format, Paint::Plain));
        Self { formats: std::iter::once((format, paint)).chain(of_outputs).collect(), outputs }
    }

    /// Whether one of them shows the policies in full.
    pub(super) fn show_policies(&self) -> bool {
        self.formats.iter().any(|(format, _)| format.shows_policies())
    }

    /// Whether one of them is made of all findings in the end.
    pub(super) fn want_all(&self) -> bool {
        self.formats.iter().any(|(format, _)| !format.is_told())
    }

    /// What each has told so far: nothing.
    pub(super) fn untold(&self) -> Vec<String> {
        vec![String::new(); self.formats.len()]
    }

    /// Tells the findings in one file, in the reports that tell them one by one.
    pub(super) fn tell<'s>(
        &self,
        located: &[Located],
        text: &str,
        lines: &Lines,
        style: impl Fn(Paint) -> Style<'s>,
        told: &mut [String],
    ) {
        for ((format, paint), told) in self.formats.iter().zip(told) {
            if format.has_text() {
                told.push_str(&text::render(located, text, lines, style(*paint)));
            } else if *format == Format::Short {
                told.push_str(&short::render(located, *paint));
            }
        }
    }

    /// Writes what is ready of the report on standard output, if it goes out as it grows.
    pub(super) fn write_told(&self, told: &mut [String], terminal: &mut Terminal) -> std::io::Result<()> {
        match (self.formats.first(), told.first_mut()) {
            (Some((format, _)), Some(told)) if format.is_told() => terminal.write(&std::mem::take(told)),
            _ => Ok(()),
        }
    }

    /// Writes all of them.
    pub(super) fn write(
        &self,
        run: &Run<'_>,
        told: &[String],
        terminal: &mut Terminal,
    ) -> Result<(), Trouble> {
        let mut unwritten = Vec::new();
        for (number, ((format, _), told)) in self.formats.iter().zip(told).enumerate() {
            let quiet = number == 0 && terminal.quiet();
            let report = finish(*format, run, told, quiet);
            match number.checked_sub(1).and_then(|number| self.outputs.get(number)) {
                None => terminal.write(&report)?,
                Some(Output { path, .. }) => {
                    unwritten.extend(write_report(path, report).err().into_iter().flatten())
                }
            }
        }
        terminal.flush()?;
        if !unwritten.is_empty() {
            return Err(unwritten.into());
        }
        let told_in_line = self.formats.first().is_some_and(|(format, _)| format.has_text());
        if run.summary.left_out > 0 && !told_in_line {
            let findings = if run.summary.left_out == 1 { "finding is" } else { "findings are" };
            terminal.note(&format!(
                "{} {findings} left out of the report; `--max-findings` says how many are in it",
                run.summary.left_out
            ));
        }
        Ok(())
    }
}

/// A report, or of one that was told finding by finding, what is left to say.
fn finish(format: Format, run: &Run<'_>, told: &str, quiet: bool) -> String {
    let line = if quiet || !format.has_text() { String::new() } else { run.summary.line(run.say()) + "\n" };
    export::render(format, run) + told + &line
}
