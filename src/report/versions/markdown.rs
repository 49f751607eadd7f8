//! For the comment on a pull request: compact, the words of both versions folded away.

use super::record::{ChangeRecord, PolicyRecord, SideRecord};
use super::words::Words;
use crate::report::Located;
use crate::report::json::TOOL;
use crate::report::sanitise::sanitise;
use crate::versions::Importance;

/// Findings of one kind that are listed at most: a comment has its limits.
const MOST_LISTED: usize = 30;
/// Changes whose words are quoted at most.
const MOST_QUOTED: usize = 60;

/// Two versions of each policy.
pub fn render(policies: &[PolicyRecord], words: Words<'_>) -> String {
    let mut out = format!("<!-- {TOOL} -->\n\n### {}\n", escape(words.get("title")));
    for policy in policies {
        if policies.len() > 1 || policy.old != policy.new {
            out += &format!("\n**{} → {}**\n", escape(&policy.old), escape(&policy.new));
        } else {
            out += &format!("\n**{}**\n", escape(&policy.new));
        }
        out += &format!("\n{}\n", escape(policy.paragraph.trim()));
        for importance in Importance::ALL {
            let of = |change: &&ChangeRecord| change.importance == importance;
            let of: Vec<&ChangeRecord> = policy.changes.iter().filter(of).collect();
            if of.is_empty() {
                continue;
            }
            let head = words.counted(importance.name(), of.len());
            let list: String = of.iter().map(|change| format!("- {}\n", escape(&change.message))).collect();
            out += &match importance {
                Importance::Low => folded(&head, &list),
                _ => format!("\n**{}**\n\n{list}", escape(&head)),
            };
        }
        for (title, found) in policy.findings(words) {
            out += &findings(words, title, &found);
        }
        let quotes: String =
            policy.changes.iter().take(MOST_QUOTED).map(|change| quote(words, change)).collect();
        if !quotes.is_empty() {
            out += &folded(words.get("details"), &quotes);
        }
    }
    out
}

fn folded(head: &str, body: &str) -> String {
    format!("\n<details><summary>{}</summary>\n\n{}\n</details>\n", escape(head), body.trim_end())
}

fn findings(words: Words<'_>, title: &str, findings: &[Located]) -> String {
    let mut sorted: Vec<&Located> = findings.iter().collect();
    sorted.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let line = |finding: &&Located| {
        format!(
            "- {} `{}` {} ({}:{})\n",
            escape(words.of_reports().severity(finding.severity)),
            finding.rule,
            escape(&finding.message),
            escape(&finding.path),
            finding.at.line
        )
    };
    let mut list: String = sorted.iter().take(MOST_LISTED).map(line).collect();
    if findings.len() > MOST_LISTED {
        let rest = (findings.len() - MOST_LISTED).to_string();
        list += &format!("- {}\n", escape(&words.say("more-places", &[("count", &rest)])));
    }
    folded(&words.counted(title, findings.len()), &list)
}

fn quote(words: Words<'_>, change: &ChangeRecord) -> String {
    let mut out = format!("**{}**\n\n", escape(&change.message));
    for (name, side) in [("old", &change.old), ("new", &change.new)] {
        let Some(SideRecord { places, .. }) = side else { continue };
        let Some(first) = places.first() else { continue };
        let line = words.say("line", &[("line", &first.at.line.to_string())]);
        out += &format!(
            "> {} {} {}: {}\n>\n",
            escape(words.get(name)),
            escape(&first.path),
            escape(&line),
            escape(&first.sentence)
        );
    }
    out.push('\n');
    out
}

/// The text on one line, in which nothing is mark-up, a mention or a reference.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in sanitise(text).chars() {
        match c {
            '\n' | '\r' | '\t' => escaped.push(' '),
            '&' | '<' | '>' | '"' | '\'' | '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '@'
            | '!' | '$' => {
                escaped += &format!("&#{};", c as u32);
            }
            _ => escaped.push(c),
        }
    }
    // A word of an address is no link.
    escaped.replace("://", "&#58;//").replace("www.", "www&#46;")
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn nothing_in_a_policy_is_mark_up() {
        let hostile = "<script>alert(1)</script> @team #12 [a](javascript:b) `x` https://a.example\n# b";
        let tame = escape(hostile);
        assert!(!tame.contains(['<', '>', '@', '[', '`', '\n']) && !tame.contains("://"), "{tame}");
        assert_eq!(escape("收集您的手机号。"), "收集您的手机号。");
    }
}
