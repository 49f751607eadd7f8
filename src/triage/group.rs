//! Findings of one cause are reported as one.

use std::collections::HashMap;

use crate::findings::{Finding, Label, LabelRole};
use crate::knowledge::kinds::Severity;

/// Joins findings of one rule about one statement, then its hints about one file, which are many and change
/// little: the first (in the order given) stays, each other becomes an instance label of it, and its message
/// speaks of all.
///
/// Grouping comes last: before it, every finding can be waived or known on its own.
pub fn group(findings: Vec<Finding>) -> Vec<Finding> {
    let of_statement = |finding: &Finding| finding.cause.statement;
    let hint = |finding: &Finding| (finding.severity == Severity::Info).then_some(0);
    join(join(findings, of_statement), hint)
}

/// Joins the findings of one rule in one file for which `cause` gives the same number.
fn join(findings: Vec<Finding>, cause: impl Fn(&Finding) -> Option<u32>) -> Vec<Finding> {
    let mut places: HashMap<(String, usize, u32), usize> = HashMap::new();
    let mut groups: Vec<Finding> = Vec::with_capacity(findings.len());
    for finding in findings {
        let Some(cause) = cause(&finding) else {
            groups.push(finding);
            continue;
        };
        let key = (finding.rule.clone(), finding.file, cause);
        let Some(&place) = places.get(&key) else {
            places.insert(key, groups.len());
            groups.push(finding);
            continue;
        };
        let first = &mut groups[place];
        if first.place == finding.place {
            continue;
        }
        // The group is as grave as its gravest instance.
        first.severity = first.severity.max(finding.severity);
        first.further += finding.further;
        first.cause.words.join(&finding.cause.words);
        first.message = first.cause.words.message();
        first.help = first.cause.words.help();
        for label in finding.labels {
            if !first.labels.iter().any(|known| known.place == label.place) {
                first.labels.push(label);
            }
        }
        first.labels.push(Label {
            place: finding.place,
            message: String::new(),
            role: LabelRole::Instance { fingerprint: finding.fingerprint },
        });
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::Place;
    use crate::span::Span;

    fn finding(rule: &str, start: usize, severity: Severity, statement: u32) -> Finding {
        let mut finding = Finding::sample(rule, severity);
        finding.place = Place::Prose(Span::new(start, start + 3));
        finding.message = format!("about {start}");
        finding.fingerprint = format!("{start:016x}");
        finding.cause.statement = Some(statement);
        finding
    }

    #[test]
    fn items_of_one_list_are_one_finding() {
        let findings = vec![
            finding("a", 0, Severity::Warning, 1),
            finding("b", 0, Severity::Info, 1),
            finding("a", 10, Severity::Error, 1),
            finding("a", 100, Severity::Warning, 2),
        ];
        let groups = group(findings);
        let told: Vec<_> =
            groups.iter().map(|group| (group.rule.as_str(), group.severity, group.labels.len())).collect();
        assert_eq!(told, [("a", Severity::Error, 1), ("b", Severity::Info, 0), ("a", Severity::Warning, 0)]);
        assert_eq!(groups[0].labels[0].role, LabelRole::Instance { fingerprint: format!("{:016x}", 10) });
    }

    #[test]
    fn hints_of_a_rule_are_one_finding() {
        let findings = vec![
            finding("a", 0, Severity::Info, 1),
            finding("a", 10, Severity::Warning, 2),
            finding("a", 20, Severity::Info, 3),
            finding("b", 30, Severity::Info, 3),
        ];
        let groups = group(findings);
        let told: Vec<_> =
            groups.iter().map(|group| (group.rule.as_str(), group.severity, group.labels.len())).collect();
        assert_eq!(told, [("a", Severity::Info, 1), ("a", Severity::Warning, 0), ("b", Severity::Info, 0)]);
    }
}
