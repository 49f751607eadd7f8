use std::collections::BTreeMap;

use crate::knowledge::kinds::{Confidence, Judge, Severity};
use crate::knowledge::rule::Rule;
use crate::knowledge::spec::{Level, Status, Text};

/// What triage and the list of rules need to know of a rule.
#[derive(Clone, Debug)]
pub struct RuleEntry {
    pub id: String,
    pub title: Text,
    /// What a policy has to do to satisfy it.
    pub demands: Option<Text>,
    /// The subject it belongs to.
    pub group: String,
    /// The severity without any profile or config.
    pub severity: Severity,
    pub profiles: BTreeMap<String, Level>,
    pub confidence: Confidence,
    pub judge: Judge,
    pub tags: Vec<String>,
    pub cites: Vec<String>,
    /// Off unless selected by name.
    pub draft: bool,
    /// No article it rests on is in force on the day in question.
    pub lapsed: bool,
    /// The file it comes from.
    pub source: String,
}

impl From<&Rule> for RuleEntry {
    fn from(rule: &Rule) -> Self {
        Self {
            id: rule.id.clone(),
            title: rule.title.clone(),
            demands: rule.demands.clone(),
            group: rule.group().to_owned(),
            severity: rule.severity,
            profiles: rule.profiles.iter().cloned().collect(),
            confidence: rule.confidence,
            judge: rule.judge,
            tags: rule.tags.clone(),
            cites: rule.cites.clone(),
            draft: rule.status == Status::Draft,
            lapsed: rule.lapsed,
            source: rule.source.clone(),
        }
    }
}
