use super::{Engine, Settings};
use crate::findings::{Analysis, Finding};
use crate::source::Source;
use crate::triage::{self, Ruling};

/// A policy that was linted.
#[derive(Debug)]
pub struct Linted {
    pub files: Vec<Analysis>,
    /// By file and place.
    pub findings: Vec<Finding>,
}

/// A policy that was gone through requirement by requirement.
#[derive(Debug)]
pub struct Audited<'e> {
    pub files: Vec<Analysis>,
    /// By file and place.
    pub findings: Vec<Finding>,
    /// For each rule that is on, in the order of the rules.
    pub rulings: Vec<Ruling<'e>>,
}

/// Takes one policy through the stages: its files are read, judged together, and what was found is
/// triaged.
pub fn lint_policy(engine: &Engine, sources: Vec<Source>, settings: &Settings) -> Linted {
    let files: Vec<Analysis> = sources.into_iter().map(|source| engine.read(source, settings)).collect();
    let findings = settled(engine.judge(&files, settings), settings);
    Linted { files, findings }
}

/// Like [`lint_policy`], and tells of every rule what became of it.
pub fn audit_policy<'e>(engine: &'e Engine, sources: Vec<Source>, settings: &Settings) -> Audited<'e> {
    let files: Vec<Analysis> = sources.into_iter().map(|source| engine.read(source, settings)).collect();
    let (findings, checks) = engine.audit(&files, settings);
    let findings = settled(findings, settings);
    let rulings = triage::rule_on(checks, &engine.knowledge().rules, &findings, &settings.plans);
    Audited { files, findings, rulings }
}

/// What is reported of the findings, and how.
fn settled(findings: Vec<Finding>, settings: &Settings) -> Vec<Finding> {
    let settle = |finding: Finding| settings.plans.get(finding.file)?.settle(finding);
    triage::group(findings.into_iter().filter_map(settle).collect())
}
