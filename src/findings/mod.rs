//! Stage 5: the rules judge what the policy says.

mod condition;
mod facts;
mod finding;
mod fingerprint;
mod judge;
mod message;
mod scope;

pub use finding::{Cause, Finding, Label, LabelRole, Place};
pub use message::Words;
pub use scope::ScopeChoice;

use crate::document::Document;
use crate::knowledge::Knowledge;
use crate::knowledge::kinds::{Language, Severity};
use crate::marks::Marks;
use crate::practices::Practice;
use crate::source::Source;
use condition::Policy;
use facts::Facts;
use judge::{Judging, applies};
use std::collections::{BTreeMap, HashSet};

/// What the earlier stages know of one file.
#[derive(Debug)]
pub struct Analysis {
    pub source: Source,
    pub document: Document,
    pub marks: Marks,
    pub practices: Vec<Practice>,
}

/// What the run asks for.
#[derive(Debug)]
pub struct Settings<'a> {
    pub language: Language,
    pub scope: ScopeChoice,
    /// Facts about the app that the config states.
    pub facts: &'a BTreeMap<String, bool>,
    /// For each file of the policy the severity of each rule, `None` for a rule that is off.
    pub levels: &'a [Vec<Option<Severity>>],
}

/// Judges the files of one policy together. Findings come in reading order.
pub fn judge(files: &[Analysis], knowledge: &Knowledge, settings: &Settings<'_>) -> Vec<Finding> {
    let facts = Facts::of(knowledge, files, settings.facts);
    let policy = Policy { knowledge, files, facts: &facts };
    let full = settings.scope.is_full(knowledge, files);
    let mut findings = Vec::new();
    for (number, rule) in knowledge.rules.iter().enumerate() {
        if settings.levels.iter().any(|levels| levels[number].is_some()) && applies(policy, rule, full) {
            Judging { policy, settings, rule, number }.run(&mut findings);
        }
    }
    let mut seen = HashSet::new();
    findings.retain(|finding| seen.insert((finding.rule.clone(), finding.file, finding.place)));
    supersede(knowledge, &mut findings);
    findings.sort_by_cached_key(|finding| {
        let at = finding.place.in_file(&files[finding.file].document.prose);
        (finding.file, at.start, std::cmp::Reverse(finding.severity), finding.rule.clone())
    });
    findings
}

/// Of two rules on the same words the one that names the other in `supersedes` speaks, as gravely as the
/// graver of the two.
fn supersede(knowledge: &Knowledge, findings: &mut Vec<Finding>) {
    let mut silenced = vec![false; findings.len()];
    for rule in knowledge.rules.iter().filter(|rule| !rule.supersedes.is_empty()) {
        for speaker in 0..findings.len() {
            if findings[speaker].rule != rule.id {
                continue;
            }
            for other in 0..findings.len() {
                if findings[other].file == findings[speaker].file
                    && rule.supersedes.contains(&findings[other].rule)
                    && overlap(findings[speaker].place, findings[other].place)
                {
                    silenced[other] = true;
                    findings[speaker].severity = findings[speaker].severity.max(findings[other].severity);
                }
            }
        }
    }
    let mut silenced = silenced.into_iter();
    findings.retain(|_| !silenced.next().unwrap_or(false));
}

fn overlap(a: Place, b: Place) -> bool {
    match (a, b) {
        (Place::Prose(a), Place::Prose(b)) => a.overlaps(b),
        (Place::File(a), Place::File(b)) => a.start < b.end && b.start < a.end,
        _ => false,
    }
}
