//! What reports say around the findings; `rules/zh/messages/report.yaml` has the words.

use super::audit::{Reason, Totals};
use super::examples::Verdict;
use super::{Say, Summary};
use crate::knowledge::kinds::{ActionKind, Confidence, Judge, Severity};
use crate::knowledge::spec::{Level, Scope};

/// Findings and practices.
impl<'a> Say<'a> {
    pub(super) fn articles(self, labels: &[String]) -> String {
        self.fill("report.articles", &[("labels", &labels.join(self.get("report.semicolon")))])
    }

    pub(super) fn advice(self, help: &str) -> String {
        self.fill("report.advice", &[("help", help)])
    }

    /// Where in a Word file something stands: below which titles, in which paragraph.
    pub(super) fn place(self, headings: &[String], paragraph: usize) -> String {
        let paragraph = paragraph.to_string();
        self.fill("report.place", &[("headings", &headings.join(" › ")), ("paragraph", &paragraph)])
    }

    pub(super) fn more_instances(self, count: usize, places: &str) -> String {
        self.fill("report.more_instances", &[("count", &count.to_string()), ("places", places)])
    }

    pub(super) fn severity(self, severity: Severity) -> &'a str {
        self.get(match severity {
            Severity::Error => "report.severity_error",
            Severity::Warning => "report.severity_warning",
            Severity::Info => "report.severity_info",
        })
    }

    pub(super) fn action(self, kind: ActionKind) -> &'a str {
        self.get(&format!("report.action_{}", kind.name()))
    }

    pub(super) fn not_done(self, action: &str) -> String {
        self.fill("report.not_done", &[("action", action)])
    }

    /// Heads of the practice table.
    pub(super) fn practice_columns(self) -> [&'a str; 7] {
        ["data", "action", "purpose", "condition", "recipient", "refusal", "line"]
            .map(|name| self.get(&format!("report.column_{name}")))
    }

    pub(super) fn practices_found(self, practices: usize, items: usize, sensitive: usize) -> String {
        let practices = self.counted("report.practice_one", "report.practices", practices);
        let items = self.counted("report.item_one", "report.items", items);
        let sensitive = sensitive.to_string();
        let found = [("practices", practices.as_str()), ("items", &items), ("sensitive", &sensitive)];
        self.fill("report.practices_found", &found)
    }

    pub(super) fn enumerated(self, facts: &[String]) -> String {
        facts.join(self.get("report.clauses"))
    }

    pub(super) fn fact(self, name: &str, value: &str) -> String {
        format!("{}{}{value}", self.get(name), self.get("report.colon"))
    }
}

/// Comments in Word files.
impl Say<'_> {
    pub(super) fn graded(self, severity: Severity, message: &str) -> String {
        format!("{}{}{message}", self.severity(severity), self.get("report.colon"))
    }

    /// The words that a comment is about, where it stands beside them.
    pub(super) fn words(self, words: &str) -> String {
        self.fill("report.words", &[("words", words)])
    }

    /// What further words in another paragraph are to a finding.
    pub(super) fn context(self, message: &str, words: &str, paragraph: usize) -> String {
        let paragraph = paragraph.to_string();
        self.fill("report.context", &[("message", message), ("words", words), ("paragraph", &paragraph)])
    }
}

/// The checklist.
impl<'a> Say<'a> {
    /// Heads of the requirement, the articles, the line and the words.
    pub(super) fn audit_columns(self) -> [&'a str; 4] {
        ["requirement", "articles", "line", "words"].map(|name| self.get(&format!("report.check_{name}")))
    }

    pub(super) fn audit_counts(self, totals: &Totals) -> String {
        let Totals { pass, fail, waived, na, .. } = *totals;
        let [pass, fail, set_aside, na] = [pass, fail, waived, na].map(|count| count.to_string());
        let name = if waived > 0 { "report.check_counts_waived" } else { "report.check_counts" };
        self.fill(name, &[("pass", &pass), ("fail", &fail), ("waived", &set_aside), ("na", &na)])
    }

    pub(super) fn audited(self, totals: &Totals) -> String {
        let Totals { files, pass, fail, waived, na } = *totals;
        if files == 0 {
            return self.get("report.no_files").to_owned();
        }
        let files = self.counted("report.file_one", "report.files", files);
        let all = self.counted("report.requirement_one", "report.requirements", pass + fail + waived + na);
        let counts = self.audit_counts(totals);
        self.fill("report.audited", &[("files", &files), ("requirements", &all), ("counts", &counts)])
    }

    /// Why a requirement was not judged.
    pub(super) fn not_judged(self, reason: Reason) -> &'a str {
        self.get(match reason {
            Reason::Fragment => "report.not_judged_fragment",
            Reason::Facts => "report.not_judged_facts",
            Reason::NothingJudged => "report.not_judged_nothing",
            Reason::Excepted => "report.not_judged_excepted",
            Reason::Superseded => "report.not_judged_superseded",
        })
    }

    /// The facts about the app that do not hold.
    pub(super) fn fact_missing(self, titles: &[&str]) -> String {
        let titles = titles.join(self.get("report.fact_separator"));
        self.fill("report.fact_missing", &[("titles", &titles)])
    }

    /// A prohibition that nothing in the policy offends.
    pub(super) fn nothing_wrong(self) -> &'a str {
        self.get("report.nothing_wrong")
    }

    pub(super) fn see_also(self, lines: &[String]) -> String {
        self.fill("report.see_also", &[("lines", &lines.join(self.get("report.comma")))])
    }
}

/// The page of a rule.
impl<'a> Say<'a> {
    pub(super) fn confidence_fact(self, confidence: Confidence) -> String {
        let value = match confidence {
            Confidence::High => "report.confidence_high",
            Confidence::Medium => "report.confidence_medium",
        };
        self.fact("report.confidence", self.get(value))
    }

    /// What is judged, one at a time.
    pub(super) fn judge(self, judge: Judge) -> &'a str {
        self.get(match judge {
            Judge::Practice => "report.judge_practice",
            Judge::Data => "report.judge_data",
            Judge::Sentence => "report.judge_sentence",
            Judge::Section => "report.judge_section",
            Judge::Entry => "report.judge_entry",
            Judge::Document => "report.judge_document",
            Judge::Pair => "report.judge_pair",
            Judge::Slip => "report.judge_slip",
            Judge::Waiver => "report.judge_waiver",
        })
    }

    pub(super) fn judged(self, judge: Judge, scope: Scope) -> String {
        let mut told = self.fact("report.judges", self.judge(judge));
        if scope == Scope::Full {
            told += self.get("report.never_of_a_fragment");
        }
        told
    }

    pub(super) fn tags(self, tags: &[String]) -> String {
        self.fact("report.tags", &tags.join(self.get("report.comma")))
    }

    pub(super) fn in_profile(self, profile: &str, level: Level) -> String {
        let severity = level.severity().map(|severity| self.severity(severity));
        let level = severity.unwrap_or_else(|| self.get("report.level_off"));
        self.fill("report.in_profile", &[("profile", profile), ("level", level)])
    }

    /// An article with the full name of its statute and the date it has been in force since, YYYY-MM-DD.
    pub(super) fn article(self, statute: &str, number: &str, in_force: &str) -> String {
        let statute = statute.trim_matches(['《', '》']);
        self.fill("report.article", &[("statute", statute), ("number", number), ("date", in_force)])
    }
}

/// How examples behaved.
impl Say<'_> {
    pub(super) fn verdict(self, verdict: &Verdict) -> String {
        let name = match verdict {
            Verdict::Validated { found, .. } if found.is_empty() => "report.example_silent",
            Verdict::Validated { .. } => "report.example_fired",
            Verdict::Missing { .. } => "report.example_missing",
            Verdict::Noisy { .. } => "report.example_noisy",
            Verdict::Wrong { .. } => "report.example_wrong",
            Verdict::NoExample(kind) => return self.fill("report.example_none", &[("kind", kind.name())]),
            Verdict::Unreadable => "report.example_unreadable",
        };
        self.get(name).to_owned()
    }

    /// What was found, what should have been, and in which text; `None` where there is nothing to add.
    pub(super) fn verdict_detail(self, verdict: &Verdict) -> Option<String> {
        let quoted = |words: &[String]| {
            let words: Vec<String> = words.iter().map(|words| format!("“{words}”")).collect();
            words.join(self.get("report.comma"))
        };
        Some(match verdict {
            Verdict::Validated { .. } | Verdict::NoExample(_) | Verdict::Unreadable => return None,
            Verdict::Missing { text } => text.clone(),
            Verdict::Noisy { found, text } => {
                self.fill("report.example_at", &[("found", &quoted(found)), ("text", text)])
            }
            Verdict::Wrong { found, expected, text } => {
                let (found, expected) = (quoted(found), quoted(expected));
                let slots = [("found", found.as_str()), ("expected", &expected), ("text", text)];
                self.fill("report.example_expected_at", &slots)
            }
        })
    }

    pub(super) fn examples_run(self, validated: usize, failed: usize) -> String {
        let validated = self.counted("report.example_one", "report.examples", validated);
        self.fill("report.examples_run", &[("validated", &validated), ("failed", &failed.to_string())])
    }
}

/// The summary.
impl Say<'_> {
    pub(super) fn summary(self, summary: &Summary) -> String {
        let Summary { files, error, warning, info, waived, known, unchanged, left_out } = *summary;
        if files == 0 {
            return self.get("report.no_files").to_owned();
        }
        let files = self.counted("report.file_one", "report.files", files);
        let mut line = self.fill("report.checked", &[("files", &files)]);
        if error + warning + info == 0 {
            line += self.get("report.no_problems");
        } else {
            line += &self.findings_counted(error, warning, info, left_out);
        }
        let aside = [
            ("report.set_aside_waived", waived),
            ("report.set_aside_known", known - unchanged),
            ("report.set_aside_unchanged", unchanged),
        ];
        for (name, count) in aside.into_iter().filter(|(_, count)| *count > 0) {
            line += &self.fill(name, &[("count", &count.to_string())]);
        }
        line
    }

    /// How many findings there are, and how many of them are too many to be reported.
    pub(super) fn findings_counted(
        self,
        error: usize,
        warning: usize,
        info: usize,
        left_out: usize,
    ) -> String {
        let counts = [
            self.counted("report.error_one", "report.errors", error),
            self.counted("report.warning_one", "report.warnings", warning),
            self.counted("report.note_one", "report.notes", info),
        ];
        let mut line = counts.join(self.get("report.clauses"));
        if left_out > 0 {
            line += &self.fill("report.left_out", &[("count", &left_out.to_string())]);
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtin;
    use crate::knowledge::kinds::Language;

    /// Every message that the code of reports names, by the quotation marks it stands in.
    fn named() -> Vec<String> {
        let sources = [
            include_str!("messages.rs"),
            include_str!("marks/words.rs"),
            include_str!("explain.rs"),
            include_str!("annotate/comments.rs"),
            include_str!("docs.rs"),
        ];
        let quoted = sources.iter().flat_map(|source| source.split('"').skip(1).step_by(2));
        quoted.filter(|text| text.starts_with("report.") && !text.contains('{')).map(str::to_owned).collect()
    }

    #[test]
    fn every_message_that_is_named_is_there() {
        let knowledge = builtin::knowledge().unwrap();
        let named = named();
        assert!(named.len() > 70, "{named:?}");
        for name in named {
            assert!(knowledge.messages.has(&name), "{name}");
        }
    }

    #[test]
    fn every_kind_has_a_name_in_both_languages() {
        let knowledge = builtin::knowledge().unwrap();
        for language in [Language::Zh, Language::En] {
            let say = Say::new(&knowledge.messages, language);
            assert!(
                [ActionKind::Collect, ActionKind::Provide, ActionKind::Request]
                    .iter()
                    .all(|kind| !say.action(*kind).is_empty())
            );
            assert!(say.practice_columns().iter().chain(&say.audit_columns()).all(|head| !head.is_empty()));
        }
    }
}
