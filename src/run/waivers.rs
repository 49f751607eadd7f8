//! What is waived, and what the waivers are worth.

use super::Settings;
use super::settings::Waivers;
use crate::config::Config;
use crate::findings::{Analysis, Finding, Label, LabelRole, Place};
use crate::knowledge::Knowledge;
use crate::knowledge::problem::most_like;
use crate::span::FileSpan;
use crate::triage::{self, Directives, Fault, Origin, Reach, Use, Waived, Waiver, Waiving};

/// The findings of a policy that somebody answers for.
#[derive(Debug, Default)]
pub struct Accepted {
    /// Those of the config that concern the policy, then those in its text.
    pub waivers: Vec<Waiver>,
    pub waived: Vec<Waived>,
    /// What became of each waiver.
    pub uses: Vec<Use>,
    /// Comments that were meant to be waivers and are none, by file.
    pub slips: Vec<(usize, FileSpan)>,
}

/// Names longer than this are no names of rules.
const LONGEST_NAME: usize = 80;

/// Takes out what is waived.
pub(super) fn accept(
    knowledge: &Knowledge,
    files: &[Analysis],
    findings: Vec<Finding>,
    settings: &Settings,
) -> (Vec<Finding>, Accepted) {
    let Some(Waivers { of_config, today }) = &settings.waivers else {
        return (findings, Accepted::default());
    };
    let Directives { waivers: in_text, slips } = Directives::of(files);
    let waivers: Vec<Waiver> = of_config.iter().cloned().chain(in_text).collect();
    let Waiving { left, waived, used } = triage::waive(findings, &waivers, files, &knowledge.folding, *today);
    let judged = |file: &usize, rule: &str| settings.plans.get(*file).is_some_and(|plan| plan.enabled(rule));
    let became = |(waiver, used): (&Waiver, bool)| Use {
        concerned: true,
        judged: match &waiver.reach {
            Reach::Files(files) => files.iter().any(|file| judged(file, &waiver.rule)),
            Reach::Stretch { file, .. } => judged(file, &waiver.rule),
        },
        used,
    };
    let uses = waivers.iter().zip(used).map(became).collect();
    (left, Accepted { waivers, waived, uses, slips })
}

/// What is wrong with the waivers in the text of a policy.
pub(super) fn faults_in_text(
    knowledge: &Knowledge,
    files: &[Analysis],
    accepted: &Accepted,
    settings: &Settings,
) -> Vec<Finding> {
    let Some(Waivers { today, .. }) = &settings.waivers else { return Vec::new() };
    let mut findings = Vec::new();
    for (waiver, became) in accepted.waivers.iter().zip(&accepted.uses) {
        let Origin::Text { file, comment, name } = waiver.origin else { continue };
        let known = knows(knowledge, &waiver.rule);
        for fault in waiver.grounds.faults(known, *became, *today) {
            let at = match fault {
                Fault::UnknownRule | Fault::Unused => name,
                Fault::WithoutReason | Fault::Expired(_) | Fault::Syntax => comment,
            };
            let words = &files[file].source.text[comment.range()];
            findings.extend(told(knowledge, fault, &waiver.rule, words, file, at, settings));
        }
    }
    for (file, comment) in &accepted.slips {
        let words = &files[*file].source.text[comment.range()];
        findings.extend(told(knowledge, Fault::Syntax, words, words, *file, *comment, settings));
    }
    findings
}

/// What is wrong with the waivers of a config, of which `uses` tells what became of each in the run. The findings
/// point into the config; `settings` are those for it.
pub fn config_faults(
    knowledge: &Knowledge,
    config: &Config,
    uses: &[Use],
    settings: &Settings,
) -> Vec<Finding> {
    let Some(Waivers { of_config, today }) = &settings.waivers else { return Vec::new() };
    let mut findings = Vec::new();
    for waiver in of_config {
        let Origin::Config(entry) = waiver.origin else { continue };
        let became = uses.get(entry).copied().unwrap_or_default();
        let known = knows(knowledge, &waiver.rule);
        let place = config.waiver_place(entry);
        for fault in waiver.grounds.faults(known, became, *today) {
            let words = &config.text()[place.whole.range()];
            let mut finding = told(knowledge, fault, &waiver.rule, words, 0, place.head, settings);
            let detail = match fault {
                Fault::UnknownRule => place.rule,
                Fault::Expired(_) => place.expires,
                Fault::WithoutReason | Fault::Unused | Fault::Syntax => None,
            };
            let apart = detail.filter(|detail| detail.start >= place.head.end);
            if let (Some(finding), Some(apart)) = (&mut finding, apart) {
                let role = LabelRole::Context;
                finding.labels.push(Label { place: Place::File(apart), message: String::new(), role });
            }
            findings.extend(finding);
        }
    }
    let settle = |finding| settings.plans.first()?.settle(finding);
    findings.into_iter().filter_map(settle).collect()
}

fn knows(knowledge: &Knowledge, id: &str) -> bool {
    knowledge.rules.iter().any(|rule| rule.id == id)
}

/// What the rule about a fault says of the waiver that `words` are.
fn told(
    knowledge: &Knowledge,
    fault: Fault,
    of: &str,
    words: &str,
    file: usize,
    at: FileSpan,
    settings: &Settings,
) -> Option<Finding> {
    let rule = knowledge.rules.iter().find(|rule| rule.id == fault.rule())?;
    let mut filling = vec![("match", of)];
    let date;
    match fault {
        Fault::Expired(last) => {
            date = last.to_string();
            filling.push(("until", &date));
        }
        Fault::UnknownRule if of.len() <= LONGEST_NAME => {
            let names = knowledge.rules.iter().map(|rule| rule.id.as_str());
            filling.push(("nearest", most_like(of, names).unwrap_or_default()));
        }
        _ => {}
    }
    Some(Finding::beside_policy(rule, settings.language, file, at, words, &filling))
}
