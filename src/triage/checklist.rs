use super::{Plan, Waived};
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
    /// Indices of what breaks it and is waived.
    pub waived: Vec<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// By these words.
    Met(Vec<Evidence>),
    /// Indices of the findings that say so.
    Broken(Vec<usize>),
    /// All that breaks it is waived.
    Waived,
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
    #[serde(rename = "waived")]
    Waived,
    #[serde(rename = "na")]
    NotApplicable,
}

impl Verdict {
    pub fn status(&self) -> Status {
        match self {
            Self::Met(_) => Status::Met,
            Self::Broken(_) => Status::Broken,
            Self::Waived => Status::Waived,
            Self::Unjudged(_) | Self::Superseded => Status::NotApplicable,
        }
    }
}

/// Rules on every requirement by the findings that are reported and those that are waived, `plans` being those of
/// the files.
pub fn rule_on<'a>(
    checks: Vec<Check>,
    rules: &'a [Rule],
    findings: &[Finding],
    waived: &[Waived],
    plans: &[Plan],
) -> Vec<Ruling<'a>> {
    let ruling = |Check { rule, outcome }: Check| {
        let rule = rules.get(rule)?;
        let usual = plans.iter().filter_map(|plan| plan.severity(&rule.id, rule.severity)).max();
        let of_rule = || findings.iter().enumerate().filter(|(_, finding)| finding.rule == rule.id);
        let found: Vec<usize> = of_rule().map(|(index, _)| index).collect();
        let waived_of_rule =
            || waived.iter().enumerate().filter(|(_, waived)| waived.finding.rule == rule.id);
        let set_aside: Vec<usize> = waived_of_rule().map(|(index, _)| index).collect();
        let gravest = of_rule().map(|(_, finding)| finding.severity).max();
        let gravest = gravest.or_else(|| waived_of_rule().map(|(_, waived)| waived.finding.severity).max());
        let severity = gravest.or(usual)?;
        let verdict = match outcome {
            Outcome::Judged { .. } if !found.is_empty() => Verdict::Broken(found),
            Outcome::Judged { .. } if !set_aside.is_empty() => Verdict::Waived,
            Outcome::Judged { broken: true, .. } => Verdict::Superseded,
            Outcome::Judged { met, .. } => Verdict::Met(met),
            Outcome::Unjudged(why) => Verdict::Unjudged(why),
        };
        Some(Ruling { rule, severity, verdict, waived: set_aside })
    };
    checks.into_iter().filter_map(ruling).collect()
}
