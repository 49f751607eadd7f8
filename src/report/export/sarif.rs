//! SARIF 2.1.0 (OASIS), with columns in Unicode code points.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::Serialize;

use super::Run;
use crate::knowledge::kinds::{Confidence, Language, Severity};
use crate::knowledge::rule::Rule;
use crate::report::explain::unfilled;
use crate::report::{Located, Position, Reach, json};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// What a path of a URI may not hold (RFC 3986, section 3.3).
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}')
    .add(b':');

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Sarif<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Sarif<'a> {
    tool: Tool<'a>,
    column_kind: &'static str,
    language: &'static str,
    invocations: [Invocation<'a>; 1],
    results: Vec<Outcome<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Descriptor<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor<'a> {
    id: &'a str,
    short_description: Text<'a>,
    full_description: Text<'a>,
    help: Help,
    default_configuration: Configuration,
    properties: Properties<'a>,
}

#[derive(Serialize)]
struct Text<'a> {
    text: &'a str,
}

#[derive(Serialize)]
struct Owned {
    text: String,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Properties<'a> {
    tags: &'a [String],
    precision: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation<'a> {
    execution_successful: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_execution_notifications: Vec<Notification<'a>>,
}

#[derive(Serialize)]
struct Notification<'a> {
    level: &'static str,
    message: Text<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Location>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Owned,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: BTreeMap<&'static str, &'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressions: Vec<Suppression<'a>>,
}

#[derive(Serialize)]
struct Suppression<'a> {
    kind: &'static str,
    justification: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Owned>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<Owned>,
}

pub(super) fn render(run: &Run<'_>) -> String {
    let numbers: BTreeMap<&str, usize> =
        run.rules.keys().enumerate().map(|(number, id)| (*id, number)).collect();
    let of = |finding| outcome(run, &numbers, finding);
    let mut results: Vec<Outcome<'_>> = run.findings.iter().map(of).collect();
    results.extend(run.suppressed.iter().map(|known| {
        let suppression = match &known.by {
            json::Suppression::Baseline => Suppression { kind: "external", justification: "baseline" },
            json::Suppression::DiffBase => Suppression { kind: "external", justification: "diff-base" },
            json::Suppression::Waiver(accepted) => Suppression {
                kind: if accepted.in_text { "inSource" } else { "external" },
                justification: &accepted.reason,
            },
        };
        Outcome { suppressions: vec![suppression], ..of(&known.finding) }
    }));
    let failures = run.failures.iter().map(|failure| Notification {
        level: "error",
        message: Text { text: &failure.message },
        locations: vec![location(&failure.path, None, None)],
    });
    let left_out = run.left_out();
    let left_out = left_out.iter().map(|text| Notification {
        level: "warning",
        message: Text { text },
        locations: Vec::new(),
    });
    let driver = Driver {
        name: "policy-lint",
        semantic_version: env!("CARGO_PKG_VERSION"),
        rules: run.rules.values().map(|rule| descriptor(run, rule)).collect(),
    };
    json::render(&Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Sarif {
            tool: Tool { driver },
            column_kind: "unicodeCodePoints",
            language: match run.language {
                Language::Zh => "zh-CN",
                Language::En => "en",
            },
            invocations: [Invocation {
                execution_successful: run.failures.is_empty(),
                tool_execution_notifications: failures.chain(left_out).collect(),
            }],
            results,
        }],
    })
}

fn descriptor<'a>(run: &Run<'a>, rule: &'a Rule) -> Descriptor<'a> {
    let language = run.language;
    let labels: Vec<String> = rule.cites.iter().filter_map(|key| run.laws.label(key, language)).collect();
    let help = unfilled(rule.help.get(language), run.say().get("report.blank"));
    let articles = run.say().enumerated(&labels);
    Descriptor {
        id: &rule.id,
        short_description: Text { text: rule.title.get(language) },
        full_description: Text { text: rule.why.get(language) },
        help: Help { text: format!("{help}\n{articles}"), markdown: format!("{help}\n\n{articles}") },
        default_configuration: Configuration { level: level(rule.severity) },
        properties: Properties {
            tags: &rule.tags,
            precision: match rule.confidence {
                Confidence::High => "high",
                Confidence::Medium => "medium",
            },
        },
    }
}

fn outcome<'a>(run: &Run<'_>, numbers: &BTreeMap<&str, usize>, finding: &'a Located) -> Outcome<'a> {
    Outcome {
        rule_id: &finding.rule,
        rule_index: numbers.get(finding.rule.as_str()).copied(),
        level: level(finding.severity),
        message: Owned { text: run.told(finding) },
        locations: [location(&finding.path, Some(region(finding.at, &finding.reach)), None)],
        related_locations: finding
            .labels
            .iter()
            .map(|label| {
                let message = Some(label.message.clone()).filter(|message| !message.is_empty());
                location(&finding.path, Some(region(label.at, &label.reach)), message)
            })
            .collect(),
        partial_fingerprints: [("policyLint/v1", finding.fingerprint.as_str())].into(),
        suppressions: Vec::new(),
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn location(path: &str, region: Option<Region>, message: Option<String>) -> Location {
    Location {
        physical_location: Physical { artifact_location: Artifact { uri: uri(path) }, region },
        message: message.map(|text| Owned { text }),
    }
}

/// A relative reference for a relative path, a `file:` URI for an absolute one.
fn uri(path: &str) -> String {
    let encoded = utf8_percent_encode(path, PATH);
    if path.starts_with('/') { format!("file://{encoded}") } else { encoded.to_string() }
}

fn region(at: Position, reach: &Reach) -> Region {
    let snippet = Some(reach.snippet.clone()).filter(|snippet| !snippet.is_empty());
    Region {
        start_line: at.line,
        start_column: at.column,
        end_line: reach.end_line,
        end_column: reach.end_column,
        snippet: snippet.map(|text| Owned { text }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_uris() {
        assert_eq!(uri("docs/隐私 政策.md"), "docs/%E9%9A%90%E7%A7%81%20%E6%94%BF%E7%AD%96.md");
        assert_eq!(uri("/srv/a#b"), "file:///srv/a%23b");
    }
}
