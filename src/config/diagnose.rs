//! Shows mistakes in the user's own files: the place, the value underlined, what was expected.

use std::sync::Arc;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents,
};

use crate::knowledge::problem::Problem;

/// Columns of the report.
const COLUMNS: usize = 100;
/// Lines longer than this are not shown.
const LONGEST_LINE: usize = 400;

/// Renders problems; `read` gives the text of a file.
pub fn render(problems: &[Problem], read: impl Fn(&str) -> Option<String>, colour: bool) -> String {
    let theme = if colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme).with_width(COLUMNS).with_links(false);
    let mut out = String::new();
    let mut last: Option<(String, Option<Arc<str>>)> = None;
    for problem in problems {
        if last.as_ref().is_none_or(|(file, _)| *file != problem.file) {
            last = Some((problem.file.clone(), read(&problem.file).map(Arc::from)));
        }
        let text = last.as_ref().and_then(|(_, text)| text.clone());
        let mistake = Mistake::new(problem, text);
        if handler.render_report(&mut out, &mistake).is_err() {
            out += &format!("{problem}\n");
        }
    }
    out
}

/// A problem with the text it stands in.
#[derive(Debug)]
struct Mistake {
    message: String,
    help: Option<String>,
    place: Option<(File, SourceSpan)>,
}

impl Mistake {
    fn new(problem: &Problem, text: Option<Arc<str>>) -> Self {
        let place = text.zip(problem.span.clone()).and_then(|(text, span)| {
            let valid = text.get(span.clone()).is_some();
            let start = text[..span.start.min(text.len())].rfind('\n').map_or(0, |newline| newline + 1);
            let line = text[start..].lines().next().unwrap_or_default();
            let shown = valid && line.len() <= LONGEST_LINE;
            shown.then(|| (File { name: problem.file.clone(), text }, SourceSpan::from(span)))
        });
        let message = if place.is_some() {
            problem.message.clone()
        } else {
            format!("{}: {}", problem.file, problem.message)
        };
        Self { message, help: problem.help.clone(), place }
    }
}

impl std::fmt::Display for Mistake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Mistake {}

impl Diagnostic for Mistake {
    fn help<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn std::fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.place.as_ref().map(|(file, _)| file as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let (_, span) = self.place.as_ref()?;
        Some(Box::new(std::iter::once(LabeledSpan::new_primary_with_span(None, *span))))
    }
}

/// A file whose columns count characters (miette would count bytes).
#[derive(Debug)]
struct File {
    name: String,
    text: Arc<str>,
}

impl SourceCode for File {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let contents = self.text.as_bytes().read_span(span, before, after)?;
        let start = contents.span().offset();
        let line = self.text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let column = self.text[line..start].chars().filter(|c| *c != '\u{feff}').count();
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            contents.data(),
            *contents.span(),
            contents.line(),
            column,
            contents.line_count(),
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_is_underlined_and_the_column_counts_characters() {
        let text = "rules:\n  人脸识别: { level: eror }\n";
        let start = text.find("eror").unwrap();
        let problem = Problem::new("policy-lint.yaml", "unknown value `eror`")
            .at(start..start + 4)
            .help("did you mean `error`?");
        insta::assert_snapshot!(render(&[problem], |_| Some(text.to_owned()), false), @r"
          × unknown value `eror`
           ╭─[policy-lint.yaml:2:18]
         1 │ rules:
         2 │   人脸识别: { level: eror }
           ·                      ────
           ╰────
          help: did you mean `error`?
        ");
    }

    #[test]
    fn a_problem_of_the_whole_file_names_it() {
        let problem = Problem::new("rules.yaml", "the file is empty");
        insta::assert_snapshot!(render(&[problem], |_| None, false), @"  × rules.yaml: the file is empty");
    }
}
