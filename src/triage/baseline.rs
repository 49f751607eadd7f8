//! What was found before and is put up with until somebody mends it.

use std::collections::{BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use super::tally::Tally;
use crate::findings::Finding;
use crate::knowledge::kinds::Severity;

/// The findings of an earlier run: how often each occurred in each file.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    schema: u32,
    /// Name and version of the linter that wrote it.
    tool: String,
    /// The rules there were when it was written. What a newer rule finds is at most a warning until the
    /// baseline is updated, so that an upgrade breaks no build.
    rules: BTreeSet<String>,
    /// Sorted.
    findings: Vec<Entry>,
}

/// A finding that is known, and how often.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Relative to the folder of the baseline, with `/`.
    pub path: String,
    pub rule: String,
    pub fingerprint: String,
    pub count: usize,
}

/// Findings held against a baseline.
#[derive(Debug, Default)]
pub struct Compared {
    pub new: Vec<Finding>,
    pub known: Vec<Finding>,
    /// Entries that no longer occur, with how many of them are gone.
    pub gone: Vec<Entry>,
}

/// The version of the file's form.
const SCHEMA: u32 = 1;

impl Baseline {
    /// A baseline of entries, as written by this version with these rules.
    pub fn new(rules: impl IntoIterator<Item = String>, entries: impl IntoIterator<Item = Entry>) -> Self {
        let counted = entries.into_iter().map(|entry| {
            let Entry { path, rule, fingerprint, count } = entry;
            ((path, rule, fingerprint), count)
        });
        let findings = Tally::of(counted)
            .left()
            .map(|((path, rule, fingerprint), count)| Entry { path, rule, fingerprint, count })
            .collect();
        Self {
            schema: SCHEMA,
            tool: concat!("policy-lint ", env!("CARGO_PKG_VERSION")).to_owned(),
            rules: rules.into_iter().collect(),
            findings,
        }
    }

    /// Whether this version can read it.
    pub fn is_readable(&self) -> bool {
        self.schema == SCHEMA
    }

    pub fn entries(&self) -> &[Entry] {
        &self.findings
    }

    pub fn rules(&self) -> &BTreeSet<String> {
        &self.rules
    }

    /// Tells the findings of one policy apart; `paths` are those of its files, as entries have them, and
    /// `judged` tells whether a rule was on for a file.
    pub fn compare(
        &self,
        findings: Vec<Finding>,
        paths: &[String],
        judged: impl Fn(usize, &str) -> bool,
    ) -> Compared {
        let numbers: HashMap<&str, usize> =
            paths.iter().enumerate().map(|(number, path)| (path.as_str(), number)).collect();
        let mut left = Tally::of(self.findings.iter().filter_map(|entry| {
            let file = numbers.get(entry.path.as_str())?;
            Some(((*file, entry.rule.clone(), entry.fingerprint.clone()), entry.count))
        }));
        let mut compared = Compared::default();
        for mut finding in findings {
            let key = (finding.file, finding.rule.clone(), finding.fingerprint.clone());
            if left.take(&key) {
                compared.known.push(finding);
                continue;
            }
            if !self.rules.contains(&finding.rule) {
                finding.severity = finding.severity.min(Severity::Warning);
            }
            compared.new.push(finding);
        }
        compared.gone = left
            .left()
            .filter(|((file, rule, _), _)| judged(*file, rule))
            .map(|((file, rule, fingerprint), count)| Entry {
                path: paths[file].clone(),
                rule,
                fingerprint,
                count,
            })
            .collect();
        compared
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(rule: &str, fingerprint: &str) -> Finding {
        Finding { fingerprint: fingerprint.to_owned(), ..Finding::sample(rule, Severity::Error) }
    }

    fn entry(rule: &str, fingerprint: &str, count: usize) -> Entry {
        Entry { path: "a.md".to_owned(), rule: rule.to_owned(), fingerprint: fingerprint.to_owned(), count }
    }

    fn compare(entries: Vec<Entry>, findings: Vec<Finding>) -> Compared {
        let baseline = Baseline::new(["purpose-missing".to_owned()], entries);
        baseline.compare(findings, &["a.md".to_owned()], |_, rule| rule != "off")
    }

    #[test]
    fn a_second_occurrence_is_new() {
        let compared = compare(
            vec![entry("purpose-missing", "f", 1)],
            vec![finding("purpose-missing", "f"), finding("purpose-missing", "f")],
        );
        assert_eq!((compared.known.len(), compared.new.len(), compared.gone.len()), (1, 1, 0));
        assert_eq!(compared.new[0].severity, Severity::Error);
    }

    #[test]
    fn what_no_longer_occurs_is_told_unless_its_rule_was_off() {
        let entries = vec![entry("purpose-missing", "f", 3), entry("off", "g", 1)];
        let compared = compare(entries, vec![finding("purpose-missing", "f")]);
        assert_eq!(compared.gone, [entry("purpose-missing", "f", 2)]);
    }

    #[test]
    fn a_newer_rule_breaks_no_build() {
        let compared = compare(vec![], vec![finding("brand-new", "f")]);
        assert_eq!(compared.new[0].severity, Severity::Warning);
    }

    #[test]
    fn entries_of_one_finding_are_one() {
        let baseline = Baseline::new([], vec![entry("a", "f", 1), entry("b", "f", 0), entry("a", "f", 2)]);
        assert_eq!(baseline.entries(), [entry("a", "f", 3)]);
    }
}
