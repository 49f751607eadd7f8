use std::collections::BTreeMap;

use crate::knowledge::kinds::{Confidence, Judge, Severity};
use crate::knowledge::spec::{Level, Text};

/// What triage and the list of rules need to know of a rule.
#[derive(Clone, Debug)]
pub struct RuleEntry {
    pub id: String,
    pub title: Text,
    /// The severity without any profile or config.
    pub severity: Severity,
    pub profiles: BTreeMap<String, Level>,
    pub confidence: Confidence,
    pub judge: Judge,
    pub tags: Vec<String>,
    pub cites: Vec<String>,
    /// Off unless selected by name.
    pub draft: bool,
    /// The file it comes from.
    pub source: String,
}
