//! The list of rules: which are in force, and why the others are not.

use serde::Serialize;

use super::wrap::{pad, truncate, width};
use super::{Language, Paint};
use crate::knowledge::kinds::{Confidence, Judge, Severity};
use crate::knowledge::spec::Text;
use crate::triage::{RuleEntry, Standing};

/// The most columns of an id and of a title.
const ID_COLUMNS: usize = 44;
const TITLE_COLUMNS: usize = 48;

/// The result of `rules --format json`.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Serialize)]
pub struct RulesReport<'a> {
    schema: u32,
    rules: Vec<RuleRow<'a>>,
}

#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Serialize)]
struct RuleRow<'a> {
    id: &'a str,
    severity: Severity,
    confidence: Confidence,
    judge: Judge,
    tags: &'a [String],
    cites: &'a [String],
    title: &'a Text,
    demands: Option<&'a Text>,
    group: &'a str,
    source: &'a str,
    enabled: bool,
    reason: Option<&'static str>,
}

impl<'a> RulesReport<'a> {
    pub fn new(rules: &[(&'a RuleEntry, Standing)]) -> Self {
        let rules = rules
            .iter()
            .map(|(rule, standing)| {
                let (enabled, severity, reason) = match standing {
                    Standing::On(severity) => (true, *severity, None),
                    Standing::Off(reason) => (false, rule.severity, Some(reason.name())),
                };
                RuleRow {
                    id: &rule.id,
                    severity,
                    confidence: rule.confidence,
                    judge: rule.judge,
                    tags: &rule.tags,
                    cites: &rule.cites,
                    title: &rule.title,
                    demands: rule.demands.as_ref(),
                    group: &rule.group,
                    source: &rule.source,
                    enabled,
                    reason,
                }
            })
            .collect();
        Self { schema: 1, rules }
    }
}

/// A line for each rule.
pub fn text(rules: &[(&RuleEntry, Standing)], language: Language, paint: Paint) -> String {
    let widest =
        |text: &dyn Fn(&RuleEntry) -> usize| rules.iter().map(|(rule, _)| text(rule)).max().unwrap_or(0);
    let ids = widest(&|rule| width(&rule.id)).min(ID_COLUMNS);
    let titles = widest(&|rule| width(rule.title.get(language))).min(TITLE_COLUMNS);
    let mut out = String::new();
    for (rule, standing) in rules {
        let state = match standing {
            Standing::On(severity) => paint.severity(*severity, &pad(severity.name(), 7)),
            Standing::Off(_) => paint.faint(&pad("off", 7)),
        };
        let reason = match standing {
            Standing::On(_) => String::new(),
            Standing::Off(reason) => format!("  ({})", reason.name()),
        };
        out += &format!(
            "{state}  {}  {}  {}{reason}\n",
            pad(&rule.id, ids),
            pad(&truncate(rule.title.get(language), titles), titles),
            paint.faint(&rule.source),
        );
    }
    out
}
