//! For the terminal: a screen that says what matters, then the words of both versions.

use super::record::{ChangeRecord, PolicyRecord, SideRecord};
use super::words::Words;
use crate::report::sanitise::one_line;
use crate::report::wrap::{truncate, wrap};
use crate::report::{Located, Paint};
use crate::versions::Importance;

/// Changes and findings of one kind that the first screen lists at most.
const MOST_LISTED: usize = 12;
/// Important changes that it lists at most.
const MOST_IMPORTANT: usize = 24;
/// Lines that a quoted sentence takes at most.
const QUOTED: usize = 4;

/// Two versions of a policy in at most `columns` columns.
pub fn render(policy: &PolicyRecord, words: Words<'_>, paint: Paint, columns: usize) -> String {
    let page = Page { words, paint, columns: columns.clamp(40, 120) };
    let mut out = format!("{}\n\n", paint.bold(&one_line(&format!("{} → {}", policy.old, policy.new))));
    for line in wrap(&one_line(&policy.paragraph), page.columns) {
        out += &line;
        out.push('\n');
    }
    out += &page.list(&policy.changes);
    for (title, findings) in policy.findings(words) {
        out += &page.findings(title, &findings);
    }
    if !policy.changes.is_empty() {
        out += &format!("\n{}\n", paint.bold(words.get("details")));
        for (number, change) in policy.changes.iter().enumerate() {
            out += &page.detail(number + 1, change);
        }
    }
    out
}

struct Page<'k> {
    words: Words<'k>,
    paint: Paint,
    columns: usize,
}

impl Page<'_> {
    /// A line for each change.
    fn list(&self, changes: &[ChangeRecord]) -> String {
        let mut out = String::new();
        for importance in Importance::ALL {
            let of: Vec<(usize, &ChangeRecord)> =
                changes.iter().enumerate().filter(|(_, change)| change.importance == importance).collect();
            if of.is_empty() {
                continue;
            }
            let most = if importance == Importance::High { MOST_IMPORTANT } else { MOST_LISTED };
            let head = self.words.counted(importance.name(), of.len());
            out += &format!("\n{}\n", self.colour(importance, &head));
            for (at, change) in of.iter().take(most) {
                let number = format!("{:>3} ", at + 1);
                let line = truncate(&one_line(&change.message), self.columns.saturating_sub(number.len()));
                out += &format!("{}{line}\n", self.paint.faint(&number));
            }
            if of.len() > most {
                let rest = (of.len() - most).to_string();
                out += &format!("    {}\n", self.words.say("more-changes", &[("count", &rest)]));
            }
        }
        out
    }

    fn colour(&self, importance: Importance, text: &str) -> String {
        use crate::knowledge::kinds::Severity;
        match importance {
            Importance::High => self.paint.severity(Severity::Error, text),
            Importance::Medium => self.paint.severity(Severity::Warning, text),
            Importance::Low => self.paint.severity(Severity::Info, text),
        }
    }

    fn findings(&self, title: &str, findings: &[Located]) -> String {
        let mut sorted: Vec<&Located> = findings.iter().collect();
        sorted.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        let mut out = format!("\n{}\n", self.paint.bold(&self.words.counted(title, findings.len())));
        for finding in sorted.iter().take(MOST_LISTED) {
            let place = format!("{}:{}", one_line(&finding.path), finding.at.line);
            let severity = self.words.of_reports().severity(finding.severity);
            let line = format!("{} {}", one_line(&finding.message), finding.rule);
            let room = self.columns.saturating_sub(8);
            out += &format!(
                "  {} {} {}\n",
                self.paint.severity(finding.severity, severity),
                truncate(&line, room),
                self.paint.faint(&place)
            );
        }
        if findings.len() > MOST_LISTED {
            let rest = (findings.len() - MOST_LISTED).to_string();
            out += &format!("  {}\n", self.words.say("more-places", &[("count", &rest)]));
        }
        out
    }

    /// A change with the sentences of both versions.
    fn detail(&self, number: usize, change: &ChangeRecord) -> String {
        let mark = format!("[{number}]");
        let mut out = String::from("\n");
        for (at, line) in wrap(&one_line(&change.message), self.columns - 6).iter().enumerate() {
            let start = if at == 0 { format!("{mark:<5} ") } else { " ".repeat(6) };
            out += &format!("{}{}\n", self.colour(change.importance, &start), self.paint.bold(line));
        }
        let sides = [("old", &change.old), ("new", &change.new)];
        for (name, side) in sides {
            if let Some(side) = side {
                out += &self.side(name, side);
            }
        }
        out
    }

    fn side(&self, name: &str, side: &SideRecord) -> String {
        let Some(first) = side.places.first() else { return String::new() };
        let place = format!("{} {}:{}", self.words.get(name), one_line(&first.path), first.at.line);
        let mut out = format!("      {}", self.paint.faint(&place));
        if let rest @ 1.. = side.places.len() - 1 {
            let more = self.words.say("more-places", &[("count", &rest.to_string())]);
            out += &self.paint.faint(&format!(" ({more})"));
        }
        out.push('\n');
        let sign = if name == "old" { "-" } else { "+" };
        let mut lines = wrap(&one_line(&first.sentence), self.columns - 8);
        if lines.len() > QUOTED {
            lines.truncate(QUOTED);
            if let Some(last) = lines.last_mut() {
                *last = truncate(&format!("{last} …"), self.columns - 8);
            }
        }
        for line in lines {
            let line = format!("{sign} {line}");
            let line = if name == "old" { self.paint.bad(&line) } else { self.paint.good(&line) };
            out += &format!("      {line}\n");
        }
        out
    }
}
