//! Reviewdog's diagnostics, whose columns count bytes of UTF-8 from 1.

use serde::Serialize;

use super::Run;
use crate::knowledge::kinds::Severity;
use crate::report::json;

#[derive(Serialize)]
struct Diagnostics<'a> {
    source: Source,
    diagnostics: Vec<Diagnostic<'a>>,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
}

#[derive(Serialize)]
struct Diagnostic<'a> {
    message: String,
    location: Location<'a>,
    severity: &'static str,
    code: Code<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    range: Range,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
}

pub(super) fn render(run: &Run<'_>) -> String {
    let diagnostics = run
        .findings
        .iter()
        .map(|finding| Diagnostic {
            message: run.told(finding),
            location: Location {
                path: &finding.path,
                range: Range {
                    start: Position { line: finding.at.line, column: finding.reach.byte_column },
                    end: Position { line: finding.reach.end_line, column: finding.reach.end_byte_column },
                },
            },
            severity: match finding.severity {
                Severity::Error => "ERROR",
                Severity::Warning => "WARNING",
                Severity::Info => "INFO",
            },
            code: Code { value: &finding.rule },
        })
        .collect();
    json::render(&Diagnostics { source: Source { name: "policy-lint" }, diagnostics })
}
