//! Adds a waiver to the text of a config, and leaves everything else as it stands: comments, order, line ends.

use std::ops::Range;
use std::path::Path;

use super::entry::{waiver_in_braces, waiver_lines};
use super::file::WaiverEntry;
use super::load::Config;
use crate::knowledge::problem::Problem;

/// Indentation below a key.
const STEP: &str = "  ";

impl Config {
    /// The text of the config with one more waiver, and the line it stands in. A config without a file becomes one in
    /// `folder`, which messages call `name`.
    ///
    /// # Errors
    /// When the text is written in a way that nothing can be added to safely; the problem says what to add by hand.
    pub fn with_waiver(
        &self,
        name: &str,
        folder: &Path,
        entry: &WaiverEntry,
    ) -> Result<(Self, usize), Problem> {
        let (at, added) = self.place_for_waiver(entry);
        let mut text = self.text().to_owned();
        text.replace_range(at.clone(), &added);
        let edited = Self::parse(name, folder, &text).ok().filter(|edited| edited.is_with(self, entry));
        let Some(edited) = edited else {
            return Err(Problem::new(name, "nothing can be added to `waivers` as this file is written")
                .help(format!(
                    "write it in yourself, below `waivers:`\n{}",
                    waiver_lines(entry).join("\n")
                )));
        };
        let number = edited.file.waivers.len() - 1;
        let line = text[..edited.waiver_place(number).head.start].matches('\n').count() + 1;
        Ok((edited, line))
    }

    /// Whether this is `before` with one more waiver.
    fn is_with(&self, before: &Self, entry: &WaiverEntry) -> bool {
        let mut file = self.file.clone();
        file.waivers.pop().is_some_and(|last| last == *entry) && file == before.file
    }

    /// What of the text gives way to what.
    fn place_for_waiver(&self, entry: &WaiverEntry) -> (Range<usize>, String) {
        let text = self.text();
        let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let block = |indent: &str| -> String {
            waiver_lines(entry).iter().map(|line| format!("{indent}{line}{newline}")).collect()
        };
        let spans = self.spans();
        let Some(key) = spans.key("/waivers") else { return self.place_for_key(&block, newline, entry) };
        let indent = indent_of(text, key.start);
        let value = spans.value("/waivers").unwrap_or(key.end..key.end);
        let written = text.get(value.clone()).unwrap_or_default();
        let last =
            self.file.waivers.len().checked_sub(1).and_then(|last| spans.value(&format!("/waivers/{last}")));
        match last {
            // `[ … ]`
            Some(_) if written.starts_with('[') => {
                let end = value.start + written.trim_end().len() - 1;
                let inside = text[..end].trim_end();
                let comma = if inside.ends_with(',') { " " } else { ", " };
                (inside.len()..end, format!("{comma}{} ", waiver_in_braces(entry)))
            }
            Some(last) => {
                let dash = text[..last.start].rfind('-').unwrap_or(last.start);
                let indent = indent_of(text, dash);
                let at = behind_comments(text, line_end(text, last.end), indent.len());
                let start = if text[..at].ends_with('\n') || at == 0 { "" } else { newline };
                (at..at, format!("{start}{}", block(indent)))
            }
            // `waivers:` with nothing, `[]` or `null` behind it: that goes, what comes behind it stays.
            None => {
                let line = line_end(text, key.end);
                let colon = text[key.end..].find(':').map_or(key.end, |at| key.end + at + 1);
                let nothing = value.start >= colon && value.end <= line;
                let gone = if nothing { text[colon..value.start].len() + written.len() } else { 0 };
                let rest = text[colon + gone..line].trim_end_matches(['\n', '\r']);
                (colon..line, format!("{rest}{newline}{}", block(&format!("{indent}{STEP}"))))
            }
        }
    }

    /// The same where there is no key `waivers` yet.
    fn place_for_key(
        &self,
        block: &dyn Fn(&str) -> String,
        newline: &str,
        entry: &WaiverEntry,
    ) -> (Range<usize>, String) {
        let text = self.text();
        let root = self.spans().value("").filter(|root| text[root.clone()].starts_with('{'));
        if let Some(root) = root {
            let end = root.start + text[root.clone()].trim_end().len() - 1;
            let inside = text[..end].trim_end();
            let comma = if inside.ends_with([',', '{']) { " " } else { ", " };
            return (inside.len()..end, format!("{comma}waivers: [{}] ", waiver_in_braces(entry)));
        }
        let indent = self.spans().value("").map_or("", |root| indent_of(text, root.start));
        let mut added = String::new();
        let written = text.trim_start_matches('\u{feff}');
        if !written.is_empty() {
            added += &newline.repeat(if written.ends_with('\n') { 1 } else { 2 });
        }
        added += &format!("{indent}waivers:{newline}{}", block(&format!("{indent}{STEP}")));
        (text.len()..text.len(), added)
    }
}

/// The blanks that the line of a position begins with.
fn indent_of(text: &str, at: usize) -> &str {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[start..at].trim_start_matches('\u{feff}');
    &line[..line.len() - line.trim_start_matches(' ').len()]
}

/// Behind the line end of the line that `at` stands in.
fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |newline| at + newline + 1)
}

/// Behind the remarks that follow `at` and stand deeper than so many columns: they belong to what is before.
fn behind_comments(text: &str, mut at: usize, columns: usize) -> usize {
    loop {
        let line = &text[at..line_end(text, at)];
        let blanks = line.len() - line.trim_start_matches(' ').len();
        if !line[blanks..].starts_with('#') || blanks <= columns {
            return at;
        }
        at += line.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> WaiverEntry {
        WaiverEntry {
            rule: "purpose-missing".to_owned(),
            file: Some("a.md".to_owned()),
            reason: Some("已确认".to_owned()),
            ..WaiverEntry::default()
        }
    }

    /// The text with one more waiver, and the line of it.
    fn edited(text: &str) -> (String, usize) {
        let config = Config::parse("policy-lint.yaml", Path::new("/p"), text).unwrap();
        match config.with_waiver("policy-lint.yaml", Path::new("/p"), &entry()) {
            Ok((edited, line)) => (edited.text().to_owned(), line),
            Err(problem) => (problem.to_string(), 0),
        }
    }

    const ENTRY: &str = "  - rule: purpose-missing\n    file: a.md\n    reason: 已确认\n";

    #[test]
    fn a_list_grows_at_its_end_and_remarks_stay_where_they_are() {
        let before = "# ours\nwaivers:   # agreed\n  - rule: a  # one\n    file: b\n    reason: c # why\n    # until spring\n";
        let after = "# what else\nnames: [云岚]\n";
        assert_eq!(edited(&format!("{before}{after}")), (format!("{before}{ENTRY}{after}"), 7));
    }

    #[test]
    fn the_indentation_is_that_of_the_list() {
        let flush = "waivers:\n- rule: a\n  file: b\n";
        let own = "- rule: purpose-missing\n  file: a.md\n  reason: 已确认\n";
        assert_eq!(edited(flush).0, format!("{flush}{own}"));
        let deep = "waivers:\n    - { rule: a, file: b }";
        assert!(
            edited(deep)
                .0
                .starts_with("waivers:\n    - { rule: a, file: b }\n    - rule: purpose-missing\n      file")
        );
        let apart = "waivers:\n  -\n    rule: a\n    file: b\n";
        assert_eq!(edited(apart).0, format!("{apart}{ENTRY}"));
    }

    #[test]
    fn the_key_is_made_where_there_is_none() {
        assert_eq!(edited(""), (format!("waivers:\n{ENTRY}"), 2));
        assert_eq!(edited("# later\n").0, format!("# later\n\nwaivers:\n{ENTRY}"));
        assert_eq!(edited("names: [云岚]").0, format!("names: [云岚]\n\nwaivers:\n{ENTRY}"));
        for nothing in ["waivers: []", "waivers: [ ]", "waivers: [] # none yet"] {
            let (text, line) = edited(&format!("{nothing}\nnames: [云岚]\n"));
            assert!(text.ends_with(&format!("\n{ENTRY}names: [云岚]\n")), "{text}");
            assert_eq!((line, text.contains("# none yet")), (2, nothing.contains('#')), "{text}");
        }
    }

    #[test]
    fn what_stands_in_brackets_stays_in_brackets() {
        let braces = "{ rule: purpose-missing, file: a.md, reason: 已确认 }";
        let list = edited("waivers: [{ rule: a, file: b }]\n").0;
        assert_eq!(list, format!("waivers: [{{ rule: a, file: b }}, {braces} ]\n"));
        assert_eq!(edited("{}\n").0, format!("{{ waivers: [{braces}] }}\n"));
        assert_eq!(edited("{ names: [云岚] }\n").0, format!("{{ names: [云岚], waivers: [{braces}] }}\n"));
    }

    #[test]
    fn line_ends_and_a_byte_order_mark_are_kept() {
        let text = edited("\u{feff}names: [云岚]\r\nwaivers:\r\n  - { rule: a, file: b }\r\n").0;
        assert!(text.starts_with('\u{feff}'));
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    }

    #[test]
    fn what_cannot_be_edited_is_left_alone_and_told() {
        let (told, _) = edited("names: [云岚]\n...\n");
        assert!(told.contains("nothing can be added"), "{told}");
    }
}
