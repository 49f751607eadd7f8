use super::Plan;
use crate::findings::{Check, Evidence, Finding, Outcome, Why};
use crate::knowledge::kinds::Severity;
use crate::knowledge::rule::Rule;

/// What became of a requirement.
#[derive(Clone, Debug)]
pub struct Ruling<'a> {
    pub rule: &'a Rule,
    /// Of the rule, or of its gravest finding.
    pub severity: Severity,
    pub verdict: Verdict,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// By these words.
    Met(Vec<Evidence>),
    /// Indices of the findings that say so.
    Broken(Vec<usize>),
    Unjudged(Why),
    /// Another rule speaks about the same words.
    Superseded,
}

/// A verdict as a checklist has it.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub enum Status {
    #[serde(rename = "pass")]
    Met,
    #[serde(rename = "fail")]
    Broken,
    #[serde(rename = "na")]
    NotApplicable,
}

impl Verdict {
    pub fn status(&self) -> Status {
        match self {
            Self::Met(_) => Status::Met,
            Self::Broken(_) => Status::Broken,
            Self::Unjudged(_) | Self::Superseded => Status::NotApplicable,
        }
    }
}

/// Rules on every requirement by the findings that are reported, `plans` being those of the files.
pub fn rule_on<'a>(
    checks: Vec<Check>,
    rules: &'a [Rule],
    findings: &[Finding],
    plans: &[Plan],
) -> Vec<Ruling<'a>> {
    let ruling = |Check { rule, outcome }: Check| {
        let rule = rules.get(rule)?;
        let usual = plans.iter().filter_map(|plan| plan.severity(&rule.id, rule.severity)).max();
        let of_rule = || findings.iter().enumerate().filter(|(_, finding)| finding.rule == rule.id);
        let found: Vec<usize> = of_rule().map(|(index, _)| index).collect();
        let severity = of_rule().map(|(_, finding)| finding.severity).max().or(usual)?;
        let verdict = match outcome {
            Outcome::Judged { .. } if !found.is_empty() => Verdict::Broken(found),
            Outcome::Judged { broken: true, .. } => Verdict::Superseded,
            Outcome::Judged { met, .. } => Verdict::Met(met),
            Outcome::Unjudged(why) => Verdict::Unjudged(why),
        };
        Some(Ruling { rule, severity, verdict })
    };
    checks.into_iter().filter_map(ruling).collect()
}
