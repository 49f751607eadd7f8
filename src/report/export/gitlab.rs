//! GitLab's Code Quality report.

use std::collections::HashMap;

use serde::Serialize;

use super::Run;
use crate::knowledge::kinds::Severity;
use crate::report::json;

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    /// GitLab takes issues of one fingerprint for one.
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
    content: Content,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

#[derive(Serialize)]
struct Content {
    body: String,
}

pub(super) fn render(run: &Run<'_>) -> String {
    let mut seen: HashMap<(&str, &str), usize> = HashMap::new();
    let issues: Vec<Issue<'_>> = run
        .findings
        .iter()
        .map(|finding| {
            let times = seen.entry((&finding.path, &finding.fingerprint)).or_default();
            *times += 1;
            Issue {
                description: finding.message.clone(),
                check_name: &finding.rule,
                fingerprint: format!("{}-{times}-{}", finding.fingerprint, finding.path),
                severity: match finding.severity {
                    Severity::Error => "major",
                    Severity::Warning => "minor",
                    Severity::Info => "info",
                },
                location: Location {
                    path: &finding.path,
                    lines: Lines { begin: finding.at.line, end: finding.reach.end_line },
                },
                content: Content { body: run.told(finding) },
            }
        })
        .collect();
    json::render(&issues)
}
