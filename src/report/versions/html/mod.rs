//! One page with both texts side by side, what was changed in them marked word by word, and the list of changes linked
//! to both. It needs no network and no script.

mod rows;
mod wording;

use askama::Template;

use super::record::{ChangeRecord, PolicyRecord};
use super::words::Words;
use crate::knowledge::kinds::{Language, Severity};
use crate::report::Located;
use crate::report::json::TOOL;
use crate::report::paper::of_style;
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
#[template(path = "page.html")]
struct Page<'a> {
    lang: &'static str,
    style: &'static str,
    /// By which the browser knows the style of the page: `sha256-…`.
    style_hash: String,
    words: Words<'a>,
    policies: Vec<Policy<'a>>,
    tool: &'static str,
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
    severity: &'static str,
    message: String,
    rule: &'a str,
    place: String,
}

const STYLE: &str = include_str!("style.css");

/// The whole page.
pub fn render(spreads: &[Spread], words: Words<'_>) -> String {
    let policies = spreads.iter().enumerate().map(|(number, spread)| policy(number, spread, words)).collect();
    let page = Page {
        lang: match words.language {
            Language::Zh => "zh-CN",
            Language::En => "en",
        },
        style: STYLE,
        style_hash: of_style(STYLE),
        words,
        policies,
        tool: TOOL,
    };
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
    let findings = [("findings-new", &policy.new_findings), ("findings-resolved", &policy.resolved)];
    Policy {
        number,
        old: one_line(&policy.old),
        new: one_line(&policy.new),
        paragraph: one_line(&policy.paragraph),
        groups: Importance::ALL.into_iter().map(group).filter(|group| !group.changes.is_empty()).collect(),
        findings: findings
            .into_iter()
            .filter(|(_, found)| !found.is_empty())
            .map(|(title, found)| lines(title, found, words))
            .collect(),
        sheet: &spread.sheet,
    }
}

fn lines<'a>(title: &str, found: &'a [Located], words: Words<'a>) -> Findings<'a> {
    let mut sorted: Vec<&Located> = found.iter().collect();
    sorted.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let line = |finding: &'a Located| Line {
        class: match finding.severity {
            Severity::Error => "high",
            Severity::Warning => "medium",
            Severity::Info => "low",
        },
        severity: words.language.severity(finding.severity),
        message: one_line(&finding.message),
        rule: &finding.rule,
        place: one_line(&format!("{}:{}", finding.path, finding.at.line)),
    };
    Findings { title: words.counted(title, found.len()), found: sorted.into_iter().map(line).collect() }
}
