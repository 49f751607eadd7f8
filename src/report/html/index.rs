//! How the page numbers findings, and what they are filtered by: subjects and statutes.

use std::collections::{BTreeMap, BTreeSet};

use super::policy::Counts;
use super::shown::plain;
use crate::report::Located;
use crate::report::export::Run;

/// The subjects and statutes of the findings, by which they are filtered.
#[derive(Debug)]
pub(super) struct Index<'a> {
    pub(super) groups: Vec<Entry>,
    pub(super) statutes: Vec<Entry>,
    group_numbers: BTreeMap<&'a str, usize>,
    statute_numbers: BTreeMap<&'a str, usize>,
    findings: usize,
}

#[derive(Debug)]
pub(super) struct Entry {
    pub(super) title: String,
    pub(super) counts: Counts,
}

impl<'a> Index<'a> {
    pub(super) fn of(run: &Run<'a>) -> Self {
        let mut index = Self {
            groups: Vec::new(),
            statutes: Vec::new(),
            group_numbers: BTreeMap::new(),
            statute_numbers: BTreeMap::new(),
            findings: run.findings.len(),
        };
        for (id, title, _) in run.knowledge.grouped() {
            let title = title.map_or(id, |title| title.get(run.language));
            index.group_numbers.insert(id, index.groups.len());
            index.groups.push(Entry { title: plain(title), counts: Counts::default() });
        }
        for statute in &run.laws.statutes {
            index.statute_numbers.insert(&statute.id, index.statutes.len());
            let title = plain(statute.short.get(run.language));
            index.statutes.push(Entry { title, counts: Counts::default() });
        }
        for finding in run.findings {
            if let Some(group) = index.group(run, finding) {
                index.groups[group].counts.add(finding.severity);
            }
            for number in index.statutes_of(run, finding) {
                index.statutes[number].counts.add(finding.severity);
            }
        }
        index
    }

    pub(super) fn group(&self, run: &Run<'_>, finding: &Located) -> Option<usize> {
        let group = run.rules.get(finding.rule.as_str())?.group();
        self.group_numbers.get(group).copied()
    }

    pub(super) fn statutes_of(&self, run: &Run<'_>, finding: &Located) -> Vec<usize> {
        let numbers = finding.cites.iter().filter_map(|key| {
            let statute = run.laws.statute(run.laws.article(key)?);
            self.statute_numbers.get(statute.id.as_str()).copied()
        });
        numbers.collect::<BTreeSet<usize>>().into_iter().collect()
    }

    /// How the page names a finding: those that are set aside count apart.
    pub(super) fn token(&self, finding: usize) -> String {
        token(finding, self.findings)
    }
}

pub(super) fn token(finding: usize, reported: usize) -> String {
    match finding.checked_sub(reported) {
        None => (finding + 1).to_string(),
        Some(aside) => format!("a{}", aside + 1),
    }
}
