//! Which data items a finding is about.

use super::condition::Subject;
use super::judge::Judging;
use crate::knowledge::rule::{Condition, Data};
use crate::practices::DataItem;
use crate::span::Span;

impl<'a> Judging<'a> {
    /// The items the rule is about: those its conditions on data select, else all.
    pub(super) fn matching_items(&self, subject: &Subject<'a>) -> Vec<&'a DataItem> {
        if let Some(item) = subject.item {
            return vec![item];
        }
        let Some(practice) = subject.practice else { return Vec::new() };
        let mut tests = Vec::new();
        for condition in self.rule.when.iter().chain(&self.rule.forbid) {
            data_tests(condition, &mut tests);
        }
        let own = own_span(subject);
        let fits = |item: &&DataItem| own.contains(item.span);
        for test in tests {
            let items: Vec<_> = subject.items(test).filter(fits).collect();
            if !items.is_empty() {
                return items;
            }
        }
        practice.data.iter().filter(fits).collect()
    }

    pub(super) fn asks_for_sensitive(&self) -> bool {
        let mut tests = Vec::new();
        if let Some(when) = &self.rule.when {
            data_tests(when, &mut tests);
        }
        tests.iter().any(|test| test.sensitive == Some(true) || !test.sensitive_by.is_empty())
    }

    /// Whether only the standard's annex calls the items sensitive, not the law.
    pub(super) fn only_annex_b(&self, subject: &Subject<'a>, items: &[&DataItem]) -> bool {
        !items.is_empty()
            && items.iter().all(|item| {
                let lists = subject.sensitive_by(item);
                !item.declared && !lists.iter().any(|list| list == "pipl28" || list == "gbt45574a")
            })
    }
}

/// The sentence of the practice judged, which items taken over from elsewhere lie outside of.
fn own_span(subject: &Subject<'_>) -> Span {
    let document = &subject.analysis().document;
    match subject.practice {
        Some(practice) => document.sentence(practice.sentence).span,
        None => Span::new(0, document.prose.text().len()),
    }
}

/// The tests of data items in a condition, outermost first.
fn data_tests<'c>(condition: &'c Condition, tests: &mut Vec<&'c Data>) {
    match condition {
        Condition::Data(data) => tests.push(data),
        Condition::All(inner) | Condition::Any(inner) => inner.iter().for_each(|one| data_tests(one, tests)),
        _ => {}
    }
}
