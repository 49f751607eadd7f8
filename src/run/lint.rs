use super::{Engine, Settings};
use crate::findings::{Analysis, Finding};
use crate::source::Source;
use crate::triage;

/// A policy that was linted.
#[derive(Debug)]
pub struct Linted {
    pub files: Vec<Analysis>,
    /// By file and place.
    pub findings: Vec<Finding>,
}

/// Takes one policy through the stages: its files are read, judged together, and what was found is
/// triaged.
pub fn lint_policy(engine: &Engine, sources: Vec<Source>, settings: &Settings) -> Linted {
    let files: Vec<Analysis> = sources.into_iter().map(|source| engine.read(source, settings)).collect();
    let findings: Vec<Finding> = engine
        .judge(&files, settings)
        .into_iter()
        .filter_map(|finding| settings.plans.get(finding.file)?.settle(finding))
        .collect();
    let findings = triage::group(findings);
    Linted { files, findings }
}
