//! One page with both texts side by side, what was changed in them marked word by word, and the list of changes linked
//! to both. It needs no network and no script.

mod rows;
mod wording;

use askama::Template;

use super::record::{ChangeRecord, PolicyRecord};
use super::words::Words;
use crate::knowledge::kinds::Severity;
use crate::report::Located;
use crate::report::page::Head;
use crate::report::sanitise::one_line;
use crate::versions::Importance;
pub use rows::Sheet;

/// Two versions of a policy, with their texts side by side.
#[derive(Debug)]
pub struct Spread {
    pub policy: PolicyRecord,
    pub sheet: Sheet,
}

#[derive(Template)]
#[template(path = "page.html", config = "src/report/askama.toml")]
struct Page<'a> {
    head: Head,
    words: Words<'a>,
    policies: Vec<Policy<'a>>,
}

struct Policy<'a> {
    number: usize,
    old: String,
    new: String,
    paragraph: String,
    groups: Vec<Group<'a>>,
    findings: Vec<Findings<'a>>,
    sheet: &'a Sheet,
}

struct Group<'a> {
    title: String,
    class: &'static str,
    changes: Vec<Card<'a>>,
}

struct Card<'a> {
    number: usize,
    change: &'a ChangeRecord,
    message: String,
}

struct Findings<'a> {
    title: String,
    found: Vec<Line<'a>>,
}

struct Line<'a> {
    class: &'static str,
    severity: &'a str,
    message: String,
    rule: String,
    place: String,
}

const STYLE: &str = include_str!("style.css");

/// The whole page.
pub fn render(spreads: &[Spread], words: Words<'_>) -> String {
    let policies = spreads.iter().enumerate().map(|(number, spread)| policy(number, spread, words)).collect();
    let page = Page { head: Head::new(words.language, words.get("title"), STYLE), words, policies };
    // Writing to memory cannot fail, and no filter of the template does.
    page.render().unwrap_or_default()
}

fn policy<'a>(number: usize, spread: &'a Spread, words: Words<'a>) -> Policy<'a> {
    let policy = &spread.policy;
    let group = |importance: Importance| {
        let all = policy.changes.iter().enumerate().filter(|(_, change)| change.importance == importance);
        let card = |(at, change): (usize, &'a ChangeRecord)| Card {
            number: at + 1,
            change,
            message: one_line(&change.message),
        };
        let changes: Vec<Card<'a>> = all.map(card).collect();
        Group { title: words.counted(importance.name(), changes.len()), class: importance.name(), changes }
    };
    Policy {
        number,
        old: one_line(&policy.old),
        new: one_line(&policy.new),
        paragraph: one_line(&policy.paragraph),
        groups: Importance::ALL.into_iter().map(group).filter(|group| !group.changes.is_empty()).collect(),
        findings: policy.findings(words).map(|(title, found)| lines(title, found, words)).collect(),
        sheet: &spread.sheet,
    }
}

fn lines<'a>(title: &str, mut found: Vec<Located>, words: Words<'a>) -> Findings<'a> {
    found.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let count = found.len();
    let line = |finding: Located| Line {
        class: match finding.severity {
            Severity::Error => "high",
            Severity::Warning => "medium",
            Severity::Info => "low",
        },
        severity: words.of_reports().severity(finding.severity),
        message: one_line(&finding.message),
        place: one_line(&format!("{}:{}", finding.path, finding.at.line)),
        rule: finding.rule,
    };
    Findings { title: words.counted(title, count), found: found.into_iter().map(line).collect() }
}
