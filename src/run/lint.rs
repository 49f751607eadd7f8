use super::{Engine, Settings};
use crate::findings::{Analysis, Finding};
use crate::source::Source;
use crate::triage::{self, Compared, Entry, Ruling};

/// A policy that was linted.
#[derive(Debug)]
pub struct Linted {
    pub files: Vec<Analysis>,
    /// By file and place.
    pub findings: Vec<Finding>,
    /// Those that the baseline knows.
    pub known: Vec<Finding>,
    /// Entries of the baseline for these files that no longer occur.
    pub gone: Vec<Entry>,
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
    let (files, findings) = judge_policy(engine, sources, settings);
    let compared = match &settings.known {
        Some(known) => known.file.baseline.compare(findings, &known.paths, |file, rule| {
            settings.plans.get(file).is_some_and(|plan| plan.enabled(rule))
        }),
        None => Compared { new: findings, ..Compared::default() },
    };
    let Compared { new, known, gone } = compared;
    Linted { files, findings: triage::group(new), known, gone }
}

/// Like [`lint_policy`], but every instance stands for itself and nothing is held against a baseline.
pub fn judge_policy(
    engine: &Engine,
    sources: Vec<Source>,
    settings: &Settings,
) -> (Vec<Analysis>, Vec<Finding>) {
    let files: Vec<Analysis> = sources.into_iter().map(|source| engine.read(source, settings)).collect();
    let findings = settled(engine.judge(&files, settings), settings);
    (files, findings)
}

/// Like [`lint_policy`], and tells of every rule what became of it.
pub fn audit_policy<'e>(engine: &'e Engine, sources: Vec<Source>, settings: &Settings) -> Audited<'e> {
    let files: Vec<Analysis> = sources.into_iter().map(|source| engine.read(source, settings)).collect();
    let (findings, checks) = engine.audit(&files, settings);
    let findings = triage::group(settled(findings, settings));
    let rulings = triage::rule_on(checks, &engine.knowledge().rules, &findings, &settings.plans);
    Audited { files, findings, rulings }
}

/// The findings of rules that are on, as grave as the user wants them.
pub(super) fn settled(findings: Vec<Finding>, settings: &Settings) -> Vec<Finding> {
    let settle = |finding: Finding| settings.plans.get(finding.file)?.settle(finding);
    findings.into_iter().filter_map(settle).collect()
}
