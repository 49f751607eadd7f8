//! Diagnostics for people: the words underlined in their sentence, the articles, the remedy.

use std::collections::BTreeSet;
use std::ops::Range;

use codespan_reporting::diagnostic::{Diagnostic, Label, Severity as Grade};
use codespan_reporting::term::termcolor::{Ansi, NoColor};
use codespan_reporting::term::{Chars, Config, Styles, StylesWriter, emit_to_write_style};

use super::excerpt::{Excerpt, Wanted};
use super::sanitise::one_line;
use super::wrap::{truncate, wrap};
use super::{Articles, Language, Lines, Located, LocatedLabel, Paint, Role};
use crate::knowledge::kinds::Severity;

/// Columns of a note.
const NOTE_COLUMNS: usize = 96;
/// Columns of the message in the head of a diagnostic.
const MESSAGE_COLUMNS: usize = 220;
const LABEL_COLUMNS: usize = 60;
const NAME_COLUMNS: usize = 200;
/// Rows that the words found, and a label beside them, may take.
const PRIMARY_ROWS: usize = 3;
const LABEL_ROWS: usize = 1;
/// Further instances that are drawn, and the rows they may be drawn in.
const INSTANCES: usize = 8;
const INSTANCE_ROWS: usize = 5;
const CONTEXTS: usize = 8;
/// Further instances whose place is named.
const NAMED_INSTANCES: usize = 12;

/// How findings are told.
#[derive(Clone, Copy)]
pub struct Style<'a> {
    pub language: Language,
    pub paint: Paint,
    pub articles: &'a dyn Articles,
}

/// Renders the findings of one file.
pub fn render(findings: &[Located], text: &str, lines: &Lines, style: Style<'_>) -> String {
    let config = Config { chars: Chars::box_drawing(), ..Config::default() };
    let styles = Styles::default();
    let mut out = Vec::new();
    for finding in findings {
        let (excerpt, diagnostic) = diagnostic(finding, text, lines, style);
        // Writing to memory cannot fail, and labels lie in the excerpt by construction; should one
        // not, the short form still tells the finding.
        let length = out.len();
        let emitted = match style.paint {
            Paint::Plain => {
                let mut writer = NoColor::new(&mut out);
                emit_to_write_style(
                    &mut StylesWriter::new(&mut writer, &styles),
                    &config,
                    &excerpt,
                    &diagnostic,
                )
            }
            Paint::Colour => {
                let mut writer = Ansi::new(&mut out);
                emit_to_write_style(
                    &mut StylesWriter::new(&mut writer, &styles),
                    &config,
                    &excerpt,
                    &diagnostic,
                )
            }
        };
        if emitted.is_err() {
            out.truncate(length);
            out.extend_from_slice(super::short::line(finding, style.paint).as_bytes());
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn diagnostic(finding: &Located, text: &str, lines: &Lines, style: Style<'_>) -> (Excerpt, Diagnostic<()>) {
    let primary = trimmed(text, finding.at.range());
    let of_role = |role| {
        finding.labels.iter().filter(move |label: &&LocatedLabel| label.role == role && !label.is_empty())
    };
    let contexts: Vec<_> = of_role(Role::Context).take(CONTEXTS).collect();
    let instances: Vec<_> = of_role(Role::Instance).collect();

    let mut wanted = vec![Wanted { range: primary.clone(), rows: PRIMARY_ROWS }];
    let want = |label: &&LocatedLabel| Wanted { range: trimmed(text, label.at.range()), rows: LABEL_ROWS };
    wanted.extend(contexts.iter().map(want));
    wanted.extend(instances.iter().take(INSTANCES).map(want));
    let name = truncate(&one_line(&finding.path), NAME_COLUMNS);
    let mut excerpt = Excerpt::of(&name, text, lines, &wanted);

    // Too many rows make a diagnostic nobody reads: draw the instances in the first few.
    let mut drawn = instances.len().min(INSTANCES);
    let rows: Vec<_> = instances[..drawn].iter().map(|label| excerpt.row_of(&label.at.range())).collect();
    let mut seen = BTreeSet::new();
    if let Some(too_many) = rows.iter().position(|row| {
        seen.insert(*row);
        seen.len() > INSTANCE_ROWS
    }) {
        drawn = too_many;
        wanted.truncate(1 + contexts.len() + drawn);
        excerpt = Excerpt::of(&name, text, lines, &wanted);
    }

    let mut labels = Vec::new();
    if let Some(range) = excerpt.place(&primary, PRIMARY_ROWS) {
        labels.push(Label::primary((), range));
    }
    let secondary = |label: &LocatedLabel, message: &str| {
        let range = trimmed(text, label.at.range());
        let range = excerpt.place(&range, LABEL_ROWS).filter(|range| !range.is_empty())?;
        Some(Label::secondary((), range).with_message(truncate(&one_line(message), LABEL_COLUMNS)))
    };
    labels.extend(contexts.iter().filter_map(|label| secondary(label, &label.message)));
    // The head says what is wrong with each instance.
    labels.extend(instances[..drawn].iter().filter_map(|label| secondary(label, "")));

    let diagnostic = Diagnostic::new(grade(finding.severity))
        .with_code(&finding.rule)
        .with_message(truncate(&one_line(&finding.message), MESSAGE_COLUMNS))
        .with_labels(labels)
        .with_notes(notes(finding, &instances[drawn..], style));
    (excerpt, diagnostic)
}

fn notes(finding: &Located, undrawn: &[&LocatedLabel], style: Style<'_>) -> Vec<String> {
    let language = style.language;
    let mut notes = Vec::new();
    if !undrawn.is_empty() {
        let mut places: Vec<String> = undrawn
            .iter()
            .take(NAMED_INSTANCES)
            .map(|label| format!("{}:{}", label.at.line, label.at.column))
            .collect();
        if undrawn.len() > NAMED_INSTANCES {
            places.push("…".to_owned());
        }
        notes.push(language.more_instances(undrawn.len(), &places.join(" ")));
    }
    let articles: Vec<String> = finding
        .cites
        .iter()
        .map(|key| style.articles.label(key, language).unwrap_or_else(|| key.clone()))
        .collect();
    if !articles.is_empty() {
        notes.push(language.articles(&articles));
    }
    if !finding.help.is_empty() {
        notes.push(language.advice(&finding.help));
    }
    notes.iter().map(|note| wrap(&one_line(note), NOTE_COLUMNS).join("\n")).collect()
}

fn grade(severity: Severity) -> Grade {
    match severity {
        Severity::Error => Grade::Error,
        Severity::Warning => Grade::Warning,
        Severity::Info => Grade::Note,
    }
}

/// The range without white space at its ends (line ends above all).
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let inner = &text[range.clone()];
    let start = range.start + (inner.len() - inner.trim_start().len());
    let end = start + inner.trim().len();
    if end <= start { range.start..range.start } else { start..end }
}

impl LocatedLabel {
    fn is_empty(&self) -> bool {
        self.at.start == self.at.end
    }
}
