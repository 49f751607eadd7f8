use super::waivers::{self, Accepted};
use super::{Engine, Settings};
use crate::findings::{Analysis, Finding, ScopeChoice};
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
    /// Those that were there before the change.
    pub unchanged: Vec<Finding>,
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
    /// By file and place, without those that are waived.
    pub findings: Vec<Finding>,
    /// Those that somebody answers for.
    pub accepted: Accepted,
    /// For each rule that is on, in the order of the rules.
    pub rulings: Vec<Ruling<'e>>,
}

/// A policy that was linted and gone through requirement by requirement.
#[derive(Debug)]
pub struct Reviewed<'e> {
    pub linted: Linted,
    /// All findings that nobody answers for, those that the baseline knows among them.
    pub all: Vec<Finding>,
    /// For each rule that is on, by indices into `all`.
    pub rulings: Vec<Ruling<'e>>,
}

/// Takes one policy through the stages: its files are read, judged together, and what was found is
/// triaged.
pub fn lint_policy(engine: &Engine, sources: Vec<Source>, settings: &Settings) -> Linted {
    lint_change(engine, sources, settings, None)
}

/// Like [`lint_policy`]; with an earlier version only what is not in that one counts as found.
pub fn lint_change(
    engine: &Engine,
    sources: Vec<Source>,
    settings: &Settings,
    before: Option<Before>,
) -> Linted {
    let judged = judge_policy(engine, sources, settings);
    triaged(engine, judged, settings, before)
}

/// Like [`lint_change`], and tells of every rule what became of it, whatever is known.
pub fn review_policy<'e>(
    engine: &'e Engine,
    sources: Vec<Source>,
    settings: &Settings,
    before: Option<Before>,
) -> Reviewed<'e> {
    let files: Vec<Analysis> = sources.into_iter().map(|source| engine.read(source, settings)).collect();
    let (findings, checks) = engine.audit(&files, settings);
    let judged = answered(engine, files, settled(findings, settings), settings);
    let all = triage::group(judged.findings.clone());
    let waived = &judged.accepted.waived;
    let rulings = triage::rule_on(checks, &engine.knowledge().rules, &all, waived, &settings.plans);
    let linted = triaged(engine, judged, settings, before);
    Reviewed { linted, all, rulings }
}

/// Parts what is new from what is known, and groups it by cause.
fn triaged(engine: &Engine, judged: Judged, settings: &Settings, before: Option<Before>) -> Linted {
    let Judged { files, findings, accepted, faults } = judged;
    let earlier = before.map(|before| match before.is_same(&files) {
        // What did not change need not be judged twice.
        true => against_baseline(findings.clone(), settings).new,
        false => before.unknown_findings(engine, engine.scope_of(&files, settings)),
    });
    let Compared { mut new, known, gone } = against_baseline(findings, settings);
    let mut unchanged = Vec::new();
    if let Some(earlier) = earlier {
        (new, unchanged) = triage::since(new, &earlier);
    }
    let mut findings = triage::group(new);
    if !faults.is_empty() {
        // Nothing makes up for a waiver that is worth nothing.
        findings.extend(faults);
        findings.sort_by_key(|finding| {
            (finding.file, finding.place.in_file(&files[finding.file].document.prose).start)
        });
    }
    Linted { files, findings, accepted, known, unchanged, gone }
}

/// A policy before the change that is judged.
#[derive(Debug)]
pub struct Before {
    pub sources: Vec<Source>,
    pub settings: Settings,
}

impl Before {
    fn is_same(&self, files: &[Analysis]) -> bool {
        let same = |(old, new): (&Source, &Analysis)| {
            old.path == new.source.path
                && old.format == new.source.format
                && old.text == new.source.text
                // A Word file is more than its text.
                && new.source.word.is_none()
        };
        self.sources.len() == files.len() && self.sources.iter().zip(files).all(same)
    }

    /// What was wrong with it that nobody answers for and no baseline knows, judged as a whole policy or a
    /// fragment, whichever it is now.
    fn unknown_findings(self, engine: &Engine, scope: ScopeChoice) -> Vec<Finding> {
        let settings = Settings { scope, ..self.settings };
        let Judged { findings, .. } = judge_policy(engine, self.sources, &settings);
        against_baseline(findings, &settings).new
    }
}

/// What the baseline knows, and what not.
fn against_baseline(findings: Vec<Finding>, settings: &Settings) -> Compared {
    match &settings.known {
        Some(known) => known.file.baseline.compare(findings, &known.paths, |file, rule| {
            settings.plans.get(file).is_some_and(|plan| plan.enabled(rule))
        }),
        None => Compared { new: findings, ..Compared::default() },
    }
}

/// Like [`lint_policy`], but every instance stands for itself and nothing is held against a baseline.
pub fn judge_policy(engine: &Engine, sources: Vec<Source>, settings: &Settings) -> Judged {
    let files: Vec<Analysis> = sources.into_iter().map(|source| engine.read(source, settings)).collect();
    let findings = settled(engine.judge(&files, settings), settings);
    answered(engine, files, findings, settings)
}

/// Sets aside what somebody answers for.
fn answered(engine: &Engine, files: Vec<Analysis>, findings: Vec<Finding>, settings: &Settings) -> Judged {
    let (findings, accepted) = waivers::accept(engine.knowledge(), &files, findings, settings);
    let faults = settled(waivers::faults_in_text(engine.knowledge(), &files, &accepted, settings), settings);
    Judged { files, findings, accepted, faults }
}

/// Like [`lint_policy`], and tells of every rule what became of it.
pub fn audit_policy<'e>(engine: &'e Engine, sources: Vec<Source>, settings: &Settings) -> Audited<'e> {
    let files: Vec<Analysis> = sources.into_iter().map(|source| engine.read(source, settings)).collect();
    let (findings, checks) = engine.audit(&files, settings);
    let Judged { files, findings, accepted, .. } =
        answered(engine, files, settled(findings, settings), settings);
    let findings = triage::group(findings);
    let rules = &engine.knowledge().rules;
    let rulings = triage::rule_on(checks, rules, &findings, &accepted.waived, &settings.plans);
    Audited { files, findings, accepted, rulings }
}

/// The findings of rules that are on, as grave as the user wants them.
pub(super) fn settled(findings: Vec<Finding>, settings: &Settings) -> Vec<Finding> {
    let settle = |finding: Finding| settings.plans.get(finding.file)?.settle(finding);
    findings.into_iter().filter_map(settle).collect()
}
