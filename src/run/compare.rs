use super::waivers::{self, Accepted};
use super::{Engine, Settings};
use crate::findings::{Analysis, Check, Finding, ScopeChoice};
use crate::source::Source;
use crate::triage::{self, Waived};
use crate::versions::{self, Comparison, Judged};

/// A version of a policy, not yet read.
#[derive(Debug)]
pub struct Edition {
    pub sources: Vec<Source>,
    pub settings: Settings,
}

/// Two versions of a policy that were compared.
#[derive(Debug)]
pub struct Compared {
    pub old: Vec<Analysis>,
    pub new: Vec<Analysis>,
    /// What is new and waived is not in it.
    pub comparison: Comparison,
    /// What of the new findings somebody answers for.
    pub accepted: Accepted,
}

/// Takes two versions of one policy through the stages, and says what the new one changes.
pub fn compare_versions(engine: &Engine, old: Edition, new: Edition) -> Compared {
    let knowledge = engine.knowledge();
    let read = |edition: Edition| -> (Vec<Analysis>, Settings) {
        let Edition { sources, settings } = edition;
        (sources.into_iter().map(|source| engine.read(source, &settings)).collect(), settings)
    };
    let (before, after) = rayon::join(|| read(old), || read(new));
    let ((old, mut old_settings), (new, mut new_settings)) = (before, after);
    // What one of them has to contain the other has to contain too.
    if [&old, &new].into_iter().any(|files| new_settings.scope.is_full(knowledge, files)) {
        old_settings.scope = ScopeChoice::Full;
        new_settings.scope = ScopeChoice::Full;
    }
    let judge = |files: &[Analysis], settings: &Settings| -> (Vec<Finding>, Vec<Check>) {
        let (findings, checks) = engine.audit(files, settings);
        (super::lint::settled(findings, settings), checks)
    };
    let (before, after) = rayon::join(|| judge(&old, &old_settings), || judge(&new, &new_settings));
    let ((old_findings, old_checks), (new_findings, new_checks)) = (before, after);
    let rules = &knowledge.rules;
    let old_rulings = triage::rule_on(old_checks, rules, &old_findings, &[], &old_settings.plans);
    let new_rulings = triage::rule_on(new_checks, rules, &new_findings, &[], &new_settings.plans);
    let mut comparison = versions::compare(
        Judged { files: &old, findings: &old_findings, rulings: &old_rulings },
        Judged { files: &new, findings: &new_findings, rulings: &new_rulings },
        knowledge,
    );
    // What a quotation means hangs on all findings in its sentence, so the old ones are there when waiving.
    let (_, mut accepted) = waivers::accept(knowledge, &new, new_findings, &new_settings);
    let is_new = |waived: &Waived| comparison.new.iter().any(|new| is_same(new, &waived.finding));
    accepted.waived.retain(is_new);
    comparison.new.retain(|new| !accepted.waived.iter().any(|waived| is_same(new, &waived.finding)));
    // Grouping comes last.
    comparison.new = triage::group(comparison.new);
    comparison.resolved = triage::group(comparison.resolved);
    Compared { old, new, comparison, accepted }
}

/// Whether both are one instance.
fn is_same(one: &Finding, other: &Finding) -> bool {
    one.rule == other.rule && one.file == other.file && one.place == other.place
}
