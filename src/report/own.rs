//! What we wrote ourselves, as it lies among the policies.

use crate::knowledge::kinds::Severity;

const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Info];

/// Whether a text is a report of ours, judging by its first lines: policies are told apart by their words, and reports
/// on them have the same.
pub fn is_report(text: &str) -> bool {
    text.starts_with("<!-- policy-lint ")
        || text.contains("<meta name=\"generator\" content=\"policy-lint ")
        || text.lines().next().is_some_and(tells_a_finding)
}

/// The first line of `--format text`, `short` or `github`.
fn tells_a_finding(line: &str) -> bool {
    let is_rule =
        |id: &str| id.contains('-') && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let underlined = ["error[", "warning[", "note["].iter().any(|head| {
        line.strip_prefix(head).and_then(|rest| rest.split_once("]: ")).is_some_and(|(id, _)| is_rule(id))
    });
    let short = SEVERITIES.iter().any(|severity| {
        line.split_once(&format!(": {} ", severity.name())).is_some_and(|(place, rest)| {
            place.contains(':') && rest.split_once(' ').is_some_and(|(id, _)| is_rule(id))
        })
    });
    underlined
        || short
        || ["::error file=", "::warning file=", "::notice file="].iter().any(|head| line.starts_with(head))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_are_told_from_policies() {
        for report in [
            "error[purpose-missing]: 此处收集“手机号码”\n  ┌─ a.txt:1:1",
            "legal/a.txt:3:8: warning face-retention-missing 此处收集",
            "::error file=a.txt,line=1::x",
            "<!-- policy-lint 0.1.0 -->",
        ] {
            assert!(is_report(report), "{report}");
        }
        for policy in ["隐私政策", "说明: error 的含义", "error: 隐私政策", "注[1]: 本隐私政策", ""]
        {
            assert!(!is_report(policy), "{policy}");
        }
    }
}
