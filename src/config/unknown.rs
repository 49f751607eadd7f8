//! Names of rules that no rule has.

use crate::knowledge::problem::{Problem, nearest};
use crate::triage::{RuleEntry, Selector};

/// Says so when no rule answers to a selector; `file` is where the selector stands.
pub(crate) fn unknown_rule(file: &str, selector: &Selector, rules: &[RuleEntry]) -> Option<Problem> {
    if rules.iter().any(|rule| selector.matches(rule)) {
        return None;
    }
    let names = rules.iter().flat_map(|rule| std::iter::once(&rule.id).chain(&rule.tags)).map(String::as_str);
    let problem = Problem::new(file, format!("no rule or tag matches `{}`", selector.text()));
    Some(with_nearest(problem, selector.text(), names))
}

/// Says that no rule has this id; `file` is where it stands.
pub(crate) fn unknown_id(file: &str, id: &str, rules: &[RuleEntry]) -> Problem {
    let problem = Problem::new(file, format!("no rule is called `{id}`"));
    with_nearest(problem, id, rules.iter().map(|rule| rule.id.as_str()))
}

fn with_nearest<'a>(problem: Problem, word: &str, names: impl Iterator<Item = &'a str>) -> Problem {
    problem.help(match nearest(word, names) {
        Some(name) => format!("did you mean `{name}`?"),
        None => "`policy-lint rules` lists the rules".to_owned(),
    })
}
