use std::collections::HashMap;
use std::hash::Hash;

use crate::findings::{Finding, Label, LabelRole};

/// Joins findings of one rule and one cause: the first (in the order given) stays, each other becomes
/// an instance label of it.
///
/// Grouping comes last: before it, every finding can be waived or known on its own.
pub fn group<K: Eq + Hash>(findings: Vec<Finding>, cause: impl Fn(&Finding) -> K) -> Vec<Finding> {
    let mut places: HashMap<(String, usize, K), usize> = HashMap::new();
    let mut groups: Vec<Finding> = Vec::with_capacity(findings.len());
    for finding in findings {
        let key = (finding.rule.clone(), finding.file, cause(&finding));
        match places.get(&key) {
            None => {
                places.insert(key, groups.len());
                groups.push(finding);
            }
            Some(place) => {
                let first = &mut groups[*place];
                if first.place == finding.place {
                    continue;
                }
                // The group is as grave as its gravest instance.
                first.severity = first.severity.max(finding.severity);
                for label in finding.labels {
                    if !first.labels.iter().any(|known| known.place == label.place) {
                        first.labels.push(label);
                    }
                }
                first.labels.push(Label {
                    place: finding.place,
                    message: finding.message,
                    role: LabelRole::Instance { fingerprint: finding.fingerprint },
                });
            }
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::Place;
    use crate::knowledge::kinds::{Confidence, Severity};
    use crate::span::Span;

    fn finding(rule: &str, start: usize, severity: Severity) -> Finding {
        Finding {
            rule: rule.to_owned(),
            severity,
            confidence: Confidence::High,
            file: 0,
            place: Place::Prose(Span::new(start, start + 3)),
            message: format!("about {start}"),
            help: String::new(),
            cites: vec![],
            fingerprint: format!("{start:016x}"),
            labels: vec![],
        }
    }

    #[test]
    fn items_of_one_list_are_one_finding() {
        let findings = vec![
            finding("a", 0, Severity::Warning),
            finding("b", 0, Severity::Info),
            finding("a", 10, Severity::Error),
            finding("a", 100, Severity::Info),
        ];
        let groups = group(findings, |finding| match finding.place {
            Place::Prose(span) => span.start / 50,
            Place::File(_) => 0,
        });
        let told: Vec<_> =
            groups.iter().map(|group| (group.rule.as_str(), group.severity, group.labels.len())).collect();
        assert_eq!(told, [("a", Severity::Error, 1), ("b", Severity::Info, 0), ("a", Severity::Info, 0)]);
        assert_eq!(groups[0].labels[0].role, LabelRole::Instance { fingerprint: format!("{:016x}", 10) });
    }
}
