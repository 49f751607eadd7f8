use super::waivers::{self, Accepted};
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
    /// Those that somebody answers for.
    pub accepted: Accepted,
    /// Those that the baseline knows.
    pub known: Vec<Finding>,
    /// Entries of the baseline for these files that no longer occur.
    pub gone: Vec<Entry>,
}

/// A policy that was judged, every instance standing for itself.
#[derive(Debug)]
pub struct Judged {
    pub files: Vec<Analysis>,
    /// By file and place, without those that are waived.
    pub findings: Vec<Finding>,
    pub accepted: Accepted,
    /// What is wrong with the waivers in the text.
    pub faults: Vec<Finding>,
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
    let Judged { files, findings, accepted, faults } = judge_policy(engine, sources, settings);
    let compared = match &settings.known {
        Some(known) => known.file.baseline.compare(findings, &known.paths, |file, rule| {
            settings.plans.get(file).is_some_and(|plan| plan.enabled(rule))
        }),
        None => Compared { new: findings, ..Compared::default() },
    };
    let Compared { new, known, gone } = compared;
    let mut findings = triage::group(new);
    if !faults.is_empty() {
        // No baseline puts up with a waiver that is worth nothing.
        findings.extend(faults);
        findings.sort_by_key(|finding| {
            (finding.file, finding.place.in_file(&files[finding.file].document.prose).start)
        });
    }
    Linted { files, findings, accepted, known, gone }
}

/// Like [`lint_policy`], but every instance stands for itself and nothing is held against a baseline.
pub fn judge_policy(engine: &Engine, sources: Vec<Source>, settings: &Settings) -> Judged {
    let files: Vec<Analysis> = sources.into_iter().map(|source| engine.read(source, settings)).collect();
    let findings = settled(engine.judge(&files, settings), settings);
    let (findings, accepted) = waivers::accept(engine.knowledge(), &files, findings, settings);
    let faults = settled(waivers::faults_in_text(engine.knowledge(), &files, &accepted, settings), settings);
    Judged { files, findings, accepted, faults }
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
