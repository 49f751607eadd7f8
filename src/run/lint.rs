use super::{Engine, PolicyFile, Settings};
use crate::findings::{Finding, Place};
use crate::source::Source;
use crate::triage;

/// A policy that was linted.
#[derive(Clone, Debug)]
pub struct Linted {
    pub files: Vec<PolicyFile>,
    /// By file and place.
    pub findings: Vec<Finding>,
}

/// Takes one policy through the stages: its files are read, judged together, and what was found is
/// triaged.
pub fn lint_policy(engine: &dyn Engine, sources: Vec<Source>, settings: &Settings) -> Linted {
    let files: Vec<PolicyFile> = sources.into_iter().map(|source| engine.read(source, settings)).collect();
    let mut findings: Vec<Finding> = engine
        .judge(&files, settings)
        .into_iter()
        .filter_map(|finding| settings.plans.get(finding.file)?.settle(finding))
        .collect();
    findings.sort_by_cached_key(|finding| {
        let at = finding.place.in_file(&files[finding.file].document.prose);
        (finding.file, at.start, at.end, finding.rule.clone())
    });
    let findings = triage::group(findings, |finding| sentence_of(&files[finding.file], finding.place));
    Linted { files, findings }
}

/// Two findings of a rule have one cause when they are in one sentence; a slip of the mark-up is its
/// own cause.
fn sentence_of(file: &PolicyFile, place: Place) -> (usize, bool) {
    match place {
        Place::Prose(span) => {
            (file.document.sentences.partition_point(|sentence| sentence.span.start <= span.start), true)
        }
        Place::File(span) => (span.start, false),
    }
}
