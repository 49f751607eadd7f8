use super::tally::Tally;
use crate::findings::Finding;

/// Tells the findings of a policy that are not among the `earlier` ones from those that are. As often as one
/// was there before, in whatever file of the policy, it is not new; a further occurrence is.
pub fn since(findings: Vec<Finding>, earlier: &[Finding]) -> (Vec<Finding>, Vec<Finding>) {
    let mut left = Tally::of(earlier.iter().map(|finding| (identity(finding), 1)));
    findings.into_iter().partition(|finding| !left.take(&identity(finding)))
}

fn identity(finding: &Finding) -> (String, String) {
    (finding.rule.clone(), finding.fingerprint.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::kinds::Severity;

    fn finding(rule: &str, fingerprint: &str, file: usize) -> Finding {
        Finding { file, fingerprint: fingerprint.to_owned(), ..Finding::sample(rule, Severity::Error) }
    }

    #[test]
    fn what_was_there_is_not_new_and_one_more_of_it_is() {
        let earlier = [finding("a", "f", 0), finding("b", "g", 0)];
        let now = vec![finding("a", "f", 1), finding("a", "f", 0), finding("c", "f", 0)];
        let (new, unchanged) = since(now, &earlier);
        let told = |findings: &[Finding]| -> Vec<(String, usize)> {
            findings.iter().map(|finding| (finding.rule.clone(), finding.file)).collect()
        };
        assert_eq!(told(&new), [("a".to_owned(), 0), ("c".to_owned(), 0)]);
        assert_eq!(told(&unchanged), [("a".to_owned(), 1)]);
    }
}
