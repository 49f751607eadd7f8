use serde::Serialize;

use super::summary::Totals;
use super::words::Words;
use crate::document::Document;
use crate::findings::{Analysis, Finding, Place};
use crate::knowledge::kinds::ActionKind;
use crate::report::audit::EvidenceRecord;
use crate::report::grounds;
use crate::report::json::{Failure, Suppressed, Suppression, TOOL};
use crate::report::{Lines, Located, locate};
use crate::run::Compared;
use crate::source::Source;
use crate::versions::{Change, Importance, Kind, Side};

/// The result of `diff --format json`.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Serialize)]
pub struct VersionsReport<'a> {
    schema: u32,
    changes: Vec<&'a ChangeRecord>,
    findings: FindingsReport<'a>,
    errors: &'a [Failure],
    summary: SummaryReport<'a>,
    tool: &'static str,
}

#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Serialize)]
struct FindingsReport<'a> {
    new: Vec<&'a Located>,
    resolved: Vec<&'a Located>,
    /// New, and somebody answers for them.
    waived: Vec<&'a Suppressed>,
}

#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Serialize)]
struct SummaryReport<'a> {
    #[serde(flatten)]
    totals: Totals,
    /// The paragraph of each policy.
    texts: Vec<&'a str>,
}

/// Two versions of one policy.
#[derive(Debug)]
pub struct PolicyRecord {
    /// What the versions are called: the path of the first file.
    pub old: String,
    pub new: String,
    pub paragraph: String,
    pub changes: Vec<ChangeRecord>,
    /// Findings.
    pub new_findings: Vec<Located>,
    pub resolved: Vec<Located>,
    /// New findings that somebody answers for.
    pub waived: Vec<Suppressed>,
}

/// A change with its places in the files.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, Serialize)]
pub struct ChangeRecord {
    pub kind: Kind,
    pub importance: Importance,
    /// In the language of the report.
    pub message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<ActionKind>,
    pub data: Vec<DatumRecord>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub recipients: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub purposes: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub longer: Option<bool>,
    /// `null` where the version says nothing of it.
    pub old: Option<SideRecord>,
    pub new: Option<SideRecord>,
}

#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, Serialize)]
pub struct DatumRecord {
    pub text: String,
    pub category: Option<String>,
    pub sensitive: bool,
}

#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, Serialize)]
pub struct SideRecord {
    /// What it says in short, where the change is one of a period, a consent, a consequence.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// The best first.
    pub places: Vec<EvidenceRecord>,
}

impl<'a> VersionsReport<'a> {
    pub fn new(policies: &'a [PolicyRecord], errors: &'a [Failure]) -> Self {
        let mut totals = Totals::default();
        for policy in policies {
            totals.add(policy.totals());
        }
        Self {
            schema: 1,
            changes: policies.iter().flat_map(|policy| &policy.changes).collect(),
            findings: FindingsReport {
                new: policies.iter().flat_map(|policy| &policy.new_findings).collect(),
                resolved: policies.iter().flat_map(|policy| &policy.resolved).collect(),
                waived: policies.iter().flat_map(|policy| &policy.waived).collect(),
            },
            errors,
            summary: SummaryReport {
                totals,
                texts: policies.iter().map(|policy| policy.paragraph.as_str()).collect(),
            },
            tool: TOOL,
        }
    }
}

impl PolicyRecord {
    pub fn of(compared: &Compared, waived: Vec<Suppressed>, words: Words<'_>) -> Self {
        let Compared { old, new, comparison, .. } = compared;
        let lines = |files: &[Analysis]| -> Vec<Lines> {
            files.iter().map(|file| Lines::of(&file.source.text)).collect()
        };
        let (old_lines, new_lines) = (lines(old), lines(new));
        let side = |side: &Side, files: &[Analysis], lines: &[Lines]| {
            let place = |words: &crate::versions::Words| {
                let (file, lines) = (files.get(words.file)?, lines.get(words.file)?);
                Some(EvidenceRecord::of(file, lines, Place::Prose(words.span)))
            };
            SideRecord { text: side.text.clone(), places: side.places.iter().filter_map(place).collect() }
        };
        let record = |change: &Change| ChangeRecord {
            kind: change.kind,
            importance: change.importance,
            message: words.title(change),
            action: change.action,
            data: change
                .data
                .iter()
                .map(|datum| DatumRecord {
                    text: datum.text.clone(),
                    category: datum.category.clone(),
                    sensitive: datum.sensitive,
                })
                .collect(),
            recipients: change.recipients.clone(),
            purposes: change.purposes.clone(),
            rule: change.rule.clone(),
            longer: change.longer,
            old: change.old.as_ref().map(|was| side(was, old, &old_lines)),
            new: change.new.as_ref().map(|is| side(is, new, &new_lines)),
        };
        let new_findings = located(&comparison.new, new, &new_lines);
        let resolved = located(&comparison.resolved, old, &old_lines);
        let path = |files: &[Analysis]| files.first().map_or(String::new(), |file| file.source.path.clone());
        Self {
            old: path(old),
            new: path(new),
            paragraph: words.paragraph(&comparison.changes, &new_findings, &resolved),
            changes: comparison.changes.iter().map(record).collect(),
            new_findings,
            resolved,
            waived,
        }
    }

    /// The findings under their titles: new, waived, resolved. What is waived says why.
    pub(super) fn findings(&self, words: Words<'_>) -> impl Iterator<Item = (&'static str, Vec<Located>)> {
        let say = words.of_reports();
        let with_grounds = |Suppressed { finding, by }: &Suppressed| {
            let grounds = match by {
                Suppression::Waiver(accepted) => grounds::told(accepted, say),
                Suppression::Baseline | Suppression::DiffBase => String::new(),
            };
            Located { message: format!("{grounds} {}", finding.message), ..finding.clone() }
        };
        let groups = [
            ("findings-new", self.new_findings.clone()),
            ("findings-waived", self.waived.iter().map(with_grounds).collect()),
            ("findings-resolved", self.resolved.clone()),
        ];
        groups.into_iter().filter(|(_, findings)| !findings.is_empty())
    }

    pub fn totals(&self) -> Totals {
        let mut totals = Totals {
            policies: 1,
            new: self.new_findings.len(),
            resolved: self.resolved.len(),
            waived: self.waived.len(),
            ..Totals::default()
        };
        totals.count(self.changes.iter().map(|change| change.importance));
        totals
    }
}

fn located(findings: &[Finding], files: &[Analysis], lines: &[Lines]) -> Vec<Located> {
    let locate_one = |finding: &Finding| {
        let file = files.get(finding.file)?;
        let (source, document): (&Source, &Document) = (&file.source, &file.document);
        Some(locate(finding.clone(), source, document, lines.get(finding.file)?))
    };
    findings.iter().filter_map(locate_one).collect()
}
