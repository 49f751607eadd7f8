//! What reports say around the findings, in both languages.

use super::audit::{Reason, Totals};
use super::examples::Verdict;
use super::{Language, Summary};
use crate::knowledge::kinds::{ActionKind, Confidence, Judge, Severity};
use crate::knowledge::spec::{Level, Scope};

/// Findings, the summary, the practices.
impl Language {
    /// The zh or the en text.
    pub(super) fn pick<'t>(self, zh: &'t str, en: &'t str) -> &'t str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    pub(super) fn articles(self, labels: &[String]) -> String {
        match self {
            Self::Zh => format!("依据：{}", labels.join("；")),
            Self::En => format!("law: {}", labels.join("; ")),
        }
    }

    pub(super) fn advice(self, help: &str) -> String {
        match self {
            Self::Zh => format!("建议：{help}"),
            Self::En => format!("help: {help}"),
        }
    }

    /// Where in a Word file something stands: below which titles, in which paragraph.
    pub(super) fn place(self, headings: &[String], paragraph: usize) -> String {
        let headings = headings.join(" › ");
        match self {
            Self::Zh => format!("位置：{headings}，第 {paragraph} 段"),
            Self::En => format!("place: {headings}, paragraph {paragraph}"),
        }
    }

    pub(super) fn more_instances(self, count: usize, places: &str) -> String {
        match self {
            Self::Zh => format!("另有 {count} 处：{places}"),
            Self::En => format!("{count} more: {places}"),
        }
    }

    /// In place of an article whose words no second source confirms.
    pub(super) fn no_article_text(self) -> &'static str {
        self.pick(
            "（未收录条文原文，请核对官方文本）",
            "(the wording is not included; see the official text)",
        )
    }

    pub(super) fn summary(self, summary: &Summary) -> String {
        let Summary { files, error, warning, info, waived, known, unchanged, left_out } = *summary;
        let known = known - unchanged;
        if files == 0 {
            return self.pick("没有检查任何文件", "no files were checked").to_owned();
        }
        match self {
            Self::Zh => {
                let mut line = format!("检查了 {files} 个文件：");
                if error + warning + info == 0 {
                    line += "没有发现问题";
                } else {
                    line += &self.counted(error, warning, info, left_out);
                }
                if waived > 0 {
                    line += &format!("；已豁免 {waived} 处");
                }
                if known > 0 {
                    line += &format!("；基线中已有 {known} 处");
                }
                if unchanged > 0 {
                    line += &format!("；改动前已有 {unchanged} 处");
                }
                line
            }
            Self::En => {
                let mut line = format!("{} checked: ", plural(files, "file"));
                if error + warning + info == 0 {
                    line += "no problems found";
                } else {
                    line += &self.counted(error, warning, info, left_out);
                }
                if waived > 0 {
                    line += &format!("; {waived} waived");
                }
                if known > 0 {
                    line += &format!("; {known} in the baseline");
                }
                if unchanged > 0 {
                    line += &format!("; {unchanged} there before the change");
                }
                line
            }
        }
    }

    /// How many findings there are, and how many of them are too many to be reported.
    pub(super) fn counted(self, error: usize, warning: usize, info: usize, left_out: usize) -> String {
        let (mut line, few) = match self {
            Self::Zh => (
                format!("{error} 个错误，{warning} 个警告，{info} 个提示"),
                format!("（其中 {left_out} 个未列出，可用 --max-findings 调整）"),
            ),
            Self::En => (
                format!(
                    "{}, {}, {}",
                    plural(error, "error"),
                    plural(warning, "warning"),
                    plural(info, "note")
                ),
                format!(" ({left_out} of them left out; --max-findings says how many are reported)"),
            ),
        };
        if left_out > 0 {
            line += &few;
        }
        line
    }

    pub(super) fn severity(self, severity: Severity) -> &'static str {
        match severity {
            Severity::Error => self.pick("错误", "error"),
            Severity::Warning => self.pick("警告", "warning"),
            Severity::Info => self.pick("提示", "info"),
        }
    }

    pub(super) fn action(self, kind: ActionKind) -> &'static str {
        match self {
            Self::En => kind.name(),
            Self::Zh => match kind {
                ActionKind::Collect => "收集",
                ActionKind::Use => "使用",
                ActionKind::Store => "存储",
                ActionKind::Share => "共享",
                ActionKind::Transfer => "转让",
                ActionKind::Disclose => "公开",
                ActionKind::Entrust => "委托处理",
                ActionKind::Export => "出境",
                ActionKind::Delete => "删除",
                ActionKind::Provide => "用户提供",
                ActionKind::Request => "申请权限",
            },
        }
    }

    pub(super) fn not_done(self, action: &str) -> String {
        match self {
            Self::Zh => format!("不{action}"),
            Self::En => format!("not {action}"),
        }
    }

    /// Heads of the practice table.
    pub(super) fn practice_columns(self) -> [&'static str; 7] {
        match self {
            Self::Zh => ["数据", "行为", "目的", "条件", "接收方", "拒绝的后果", "行"],
            Self::En => ["data", "action", "purpose", "condition", "recipient", "refusal", "line"],
        }
    }

    pub(super) fn practices_found(self, practices: usize, items: usize, sensitive: usize) -> String {
        match self {
            Self::Zh => format!("{practices} 项处理活动，{items} 项数据，其中敏感 {sensitive} 项（★）"),
            Self::En => format!(
                "{}, {}, {sensitive} of them sensitive (★)",
                plural(practices, "practice"),
                plural(items, "data item")
            ),
        }
    }
}

/// Comments in Word files.
impl Language {
    pub(super) fn graded(self, severity: Severity, message: &str) -> String {
        self.fact(self.severity(severity), message)
    }

    /// The words that a comment is about, where it stands beside them.
    pub(super) fn words(self, words: &str) -> String {
        match self {
            Self::Zh => format!("原文：“{words}”"),
            Self::En => format!("words: “{words}”"),
        }
    }

    /// What further words in another paragraph are to a finding.
    pub(super) fn context(self, message: &str, words: &str, paragraph: usize) -> String {
        match self {
            Self::Zh => format!("{message}：“{words}”（第 {paragraph} 段）"),
            Self::En => format!("{message}: “{words}” (paragraph {paragraph})"),
        }
    }

    pub(super) fn another_instance(self) -> String {
        let told = self.pick(
            "（同一问题的另一处，依据和建议见第一处批注）",
            "(the same again: articles and remedy stand in the first comment)",
        );
        told.to_owned()
    }

    pub(super) fn rule(self, id: &str) -> String {
        self.fact(self.pick("规则", "rule"), id)
    }
}

/// The checklist.
impl Language {
    /// Heads of the requirement, the articles, the line and the words.
    pub(super) fn audit_columns(self) -> [&'static str; 4] {
        match self {
            Self::Zh => ["要求", "依据", "行", "原文"],
            Self::En => ["requirement", "articles", "line", "words"],
        }
    }

    pub(super) fn audit_counts(self, totals: &Totals) -> String {
        let Totals { pass, fail, waived, na, .. } = *totals;
        let set_aside = match self {
            _ if waived == 0 => String::new(),
            Self::Zh => format!("，已豁免 {waived}"),
            Self::En => format!(", {waived} waived"),
        };
        match self {
            Self::Zh => format!("符合 {pass}，不符合 {fail}{set_aside}，不适用 {na}"),
            Self::En => format!("{pass} met, {fail} not met{set_aside}, {na} not applicable"),
        }
    }

    pub(super) fn audited(self, totals: &Totals) -> String {
        let Totals { files, pass, fail, waived, na } = *totals;
        if files == 0 {
            return self.pick("没有检查任何文件", "no files were checked").to_owned();
        }
        let counts = self.audit_counts(totals);
        let all = pass + fail + waived + na;
        match self {
            Self::Zh => format!("核对了 {files} 个文件的 {all} 项要求：{counts}"),
            Self::En => {
                format!("{} in {}: {counts}", plural(all, "requirement"), plural(files, "file"))
            }
        }
    }

    /// Why a requirement was not judged.
    pub(super) fn not_judged(self, reason: Reason) -> &'static str {
        match reason {
            Reason::Fragment => self.pick(
                "（只对完整的隐私政策核对；本文件像是其中一部分）",
                "(asked of whole policies only; this looks like a part of one)",
            ),
            Reason::Facts => self.pick("（不适用于该应用）", "(not for this app)"),
            Reason::NothingJudged => self.pick("（文中未涉及）", "(the policy does not speak of it)"),
            Reason::Excepted => self.pick("（属于例外情形）", "(an exception applies)"),
            Reason::Superseded => {
                self.pick("（已由另一项规则指出）", "(another rule reports the same words)")
            }
        }
    }

    /// The facts about the app that do not hold.
    pub(super) fn fact_missing(self, titles: &[&str]) -> String {
        match self {
            Self::Zh => format!("（不适用：未见“{}”）", titles.join("”“")),
            Self::En => format!("(no sign that {})", titles.join("; ")),
        }
    }

    /// A prohibition that nothing in the policy offends.
    pub(super) fn nothing_wrong(self) -> &'static str {
        self.pick("未发现此类表述", "no such wording found")
    }

    pub(super) fn see_also(self, lines: &[String]) -> String {
        match self {
            Self::Zh => format!("（另见第 {} 行）", lines.join("、")),
            Self::En => format!(" (also line {})", lines.join(", ")),
        }
    }
}

/// The page of a rule.
impl Language {
    pub(super) fn severity_fact(self, severity: &str) -> String {
        self.fact(self.pick("严重程度", "severity"), severity)
    }

    pub(super) fn confidence_fact(self, confidence: Confidence) -> String {
        let value = match confidence {
            Confidence::High => self.pick("高", "high"),
            Confidence::Medium => self.pick("中", "medium"),
        };
        self.fact(self.pick("置信度", "confidence"), value)
    }

    pub(super) fn demands(self, demands: &str) -> String {
        self.fact(self.pick("要求", "demands"), demands)
    }

    /// What is judged, one at a time.
    pub(super) fn judge(self, judge: Judge) -> &'static str {
        match judge {
            Judge::Practice => self.pick("每项处理活动", "each practice"),
            Judge::Data => self.pick("每项个人信息", "each data item"),
            Judge::Sentence => self.pick("每个句子", "each sentence"),
            Judge::Section => self.pick("每一章节", "each chapter"),
            Judge::Entry => self.pick("清单的每一项", "each entry of a table or list"),
            Judge::Document => self.pick("全文", "the whole policy"),
            Judge::Pair => self.pick("两处表述之间", "pairs of statements"),
            Judge::Slip => self.pick("标注符号", "annotation marks"),
            Judge::Waiver => self.pick("每项豁免", "each waiver"),
        }
    }

    pub(super) fn judged(self, judge: Judge, scope: Scope) -> String {
        let mut told = self.fact(self.pick("判断对象", "judges"), self.judge(judge));
        if scope == Scope::Full {
            told += self.pick("（仅限完整的政策）", " (never of a fragment)");
        }
        told
    }

    pub(super) fn tags(self, tags: &[String]) -> String {
        self.fact(self.pick("标签", "tags"), &tags.join(self.pick("、", ", ")))
    }

    pub(super) fn source(self, source: &str) -> String {
        self.fact(self.pick("来源", "source"), source)
    }

    pub(super) fn in_profile(self, profile: &str, level: Level) -> String {
        let level = level.severity().map_or(self.pick("关闭", "off"), |severity| self.severity(severity));
        match self {
            Self::Zh => format!("{profile} 模式下为{level}"),
            Self::En => format!("{level} in profile {profile}"),
        }
    }

    pub(super) fn rests_on_draft(self) -> &'static str {
        self.pick("依据草案，默认关闭", "rests on draft law, off by default")
    }

    pub(super) fn enumerated(self, facts: &[String]) -> String {
        facts.join(self.pick("，", ", "))
    }

    /// Stands for the words of a policy in a template.
    pub(super) fn blank(self) -> &'static str {
        self.pick("……", "…")
    }

    /// An article with the full name of its statute and the date it has been in force since, YYYY-MM-DD.
    pub(super) fn article(self, statute: &str, number: &str, in_force: &str) -> String {
        match self {
            Self::Zh => format!("《{}》{number}（{in_force} 起施行）", statute.trim_matches(['《', '》'])),
            Self::En => format!("{statute}, {number} (in force since {in_force})"),
        }
    }

    pub(super) fn why_heading(self) -> &'static str {
        self.pick("为什么", "Why")
    }

    pub(super) fn articles_heading(self) -> &'static str {
        self.pick("法律依据", "Articles")
    }

    pub(super) fn message_heading(self) -> &'static str {
        self.pick("提示的内容", "What it says")
    }

    pub(super) fn silence_heading(self) -> &'static str {
        self.pick("确不适用时", "Where it does not apply")
    }

    /// Above the settings that turn a rule down or off.
    pub(super) fn silence(self) -> &'static str {
        self.pick(
            "先核对原文和依据。只有这一处可以接受的，用 waivers 豁免，写明理由、批准人和期限；规则本身不适用的，在配置中调低或关闭（可用 overrides 限于部分文件），并以注释写明理由；只想跳过一次，用 `--ignore`。",
            "Check the words and the articles first. If only this wording is acceptable, waive it under `waivers`, with the reason, who approved it, and until when. If the rule does not apply, turn it down or off in the config (for some files under `overrides`), with a comment that says why; to skip it once use `--ignore`.",
        )
    }

    pub(super) fn help_heading(self) -> &'static str {
        self.pick("如何修改", "How to put it right")
    }

    pub(super) fn bad_heading(self) -> &'static str {
        self.pick("会被指出的写法", "Reported")
    }

    pub(super) fn good_heading(self) -> &'static str {
        self.pick("符合要求的写法", "Not reported")
    }

    fn fact(self, name: &str, value: &str) -> String {
        format!("{name}{}{value}", self.pick("：", ": "))
    }
}

/// How examples behaved.
impl Language {
    pub(super) fn verdict(self, verdict: &Verdict) -> String {
        let told = match verdict {
            Verdict::Validated { found, .. } if found.is_empty() => {
                self.pick("没有报告，符合预期", "silent, as it should be")
            }
            Verdict::Validated { .. } => self.pick("已报告，符合预期", "fired, as it should"),
            Verdict::Missing { .. } => self.pick("应当报告而没有报告", "stayed silent"),
            Verdict::Noisy { .. } => self.pick("不应报告而报告了", "fired"),
            Verdict::Wrong { .. } => self.pick("报告在了别处", "fired elsewhere"),
            Verdict::NoExample(kind) => {
                let kind = kind.name();
                return match self {
                    Self::Zh => format!("没有 `{kind}` 示例：规则须有 `bad` 和 `good` 两种示例"),
                    Self::En => format!("no `{kind}` example: a rule needs both `bad` and `good` ones"),
                };
            }
            Verdict::Unreadable => self.pick("不是文本", "is no text"),
        };
        told.to_owned()
    }

    /// What was found, what should have been, and in which text; `None` where there is nothing to add.
    pub(super) fn verdict_detail(self, verdict: &Verdict) -> Option<String> {
        let quoted = |words: &[String]| {
            let words: Vec<String> = words.iter().map(|words| format!("“{words}”")).collect();
            words.join(self.pick("、", ", "))
        };
        Some(match (verdict, self) {
            (Verdict::Validated { .. } | Verdict::NoExample(_) | Verdict::Unreadable, _) => return None,
            (Verdict::Missing { text }, _) => text.clone(),
            (Verdict::Noisy { found, text }, Self::Zh) => format!("报告于{}：{text}", quoted(found)),
            (Verdict::Noisy { found, text }, Self::En) => format!("at {}: {text}", quoted(found)),
            (Verdict::Wrong { found, expected, text }, Self::Zh) => {
                format!("报告于{}，应为{}：{text}", quoted(found), quoted(expected))
            }
            (Verdict::Wrong { found, expected, text }, Self::En) => {
                format!("at {}, expected at {}: {text}", quoted(found), quoted(expected))
            }
        })
    }

    pub(super) fn examples_run(self, validated: usize, failed: usize) -> String {
        match self {
            Self::Zh => format!("{validated} 个示例符合预期，{failed} 个不符合"),
            Self::En => format!("{} as expected, {failed} not", plural(validated, "example")),
        }
    }
}

fn plural(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
