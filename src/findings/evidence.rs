//! Which words make a condition hold.

use super::check::Evidence;
use super::condition::Subject;
use crate::knowledge::rule::{self, Condition};
use crate::span::Span;

/// More matches of one condition are not gathered.
const MOST_MATCHES: usize = 400;

impl Subject<'_> {
    /// All words that satisfy a condition, some several times; `None` when it does not hold.
    ///
    /// `eval` stops at the first; this is for those who ask where everything stands.
    pub(super) fn evidence(&self, condition: &Condition) -> Option<Vec<Evidence>> {
        match condition {
            Condition::All(all) => {
                let places: Option<Vec<_>> = all.iter().map(|inner| self.evidence(inner)).collect();
                Some(places?.concat())
            }
            Condition::Any(any) => {
                let places: Vec<_> = any.iter().filter_map(|inner| self.evidence(inner)).collect();
                (!places.is_empty()).then(|| places.concat())
            }
            Condition::Words(words) => self.holds(condition).then(|| self.matches(words)),
            Condition::HasSection(topics) => {
                let headings = self.headings_on(topics);
                (!headings.is_empty()).then_some(headings)
            }
            Condition::Practice(inner) => {
                let statements = self.statements(inner);
                (!statements.is_empty()).then_some(statements)
            }
            _ => {
                let verdict = self.eval(condition);
                let here = |span| Evidence { file: self.file, span };
                verdict.holds.then(|| verdict.at.map(here).into_iter().collect())
            }
        }
    }

    /// The words that keep a condition from holding: what it says there is none of.
    pub(super) fn refutation(&self, condition: &Condition) -> Vec<Evidence> {
        match condition {
            Condition::None(none) => none.iter().filter_map(|inner| self.evidence(inner)).flatten().collect(),
            Condition::Any(any) => any.iter().flat_map(|inner| self.refutation(inner)).collect(),
            Condition::All(all) => {
                let failing = all.iter().filter(|inner| !self.holds(inner));
                failing.flat_map(|inner| self.refutation(inner)).collect()
            }
            _ => Vec::new(),
        }
    }

    fn matches(&self, test: &rule::Words) -> Vec<Evidence> {
        let mut places = Vec::new();
        for &(file, span) in self.extents(test.within).as_slice() {
            let analysis = &self.policy.files[file];
            let matcher = self.matcher(file);
            let any = test.any.map(|any| self.policy.knowledge.sets[any.0 as usize].any.as_slice());
            for pattern in any.unwrap_or_default().iter().chain(&test.all) {
                let mut left = MOST_MATCHES;
                matcher.each(pattern, span, &mut |hit: Span| {
                    if !(test.affirmed && analysis.is_negated(hit)) {
                        places.push(Evidence { file, span: hit });
                        left -= 1;
                    }
                    left > 0
                });
            }
        }
        places
    }

    fn headings_on(&self, topics: &[u8]) -> Vec<Evidence> {
        let mut headings = Vec::new();
        for (file, analysis) in self.policy.files.iter().enumerate() {
            let sections = topics.iter().filter_map(|topic| analysis.marks.topics.first(*topic));
            headings.extend(sections.filter_map(|id| {
                let span = analysis.document.section(id).heading?;
                Some(Evidence { file, span })
            }));
        }
        headings
    }

    /// The sentences of the practices that are such.
    fn statements(&self, inner: &Condition) -> Vec<Evidence> {
        let mut statements = Vec::new();
        for (file, analysis) in self.policy.files.iter().enumerate() {
            for practice in &analysis.practices {
                let other =
                    Subject { file, practice: Some(practice), sentence: Some(practice.sentence), ..*self };
                if other.holds(inner) {
                    let span = analysis.document.sentence(practice.sentence).span;
                    statements.push(Evidence { file, span });
                }
                if statements.len() >= MOST_MATCHES {
                    return statements;
                }
            }
        }
        statements
    }
}
