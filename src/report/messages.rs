//! What reports say around the findings, in both languages.

use super::examples::Verdict;
use super::{Language, Summary};
use crate::knowledge::kinds::{ActionKind, Confidence, Severity};
use crate::knowledge::spec::Level;

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
        let Summary { files, error, warning, info, waived, known } = *summary;
        if files == 0 {
            return self.pick("没有检查任何文件", "no files were checked").to_owned();
        }
        match self {
            Self::Zh => {
                let mut line = format!("检查了 {files} 个文件：");
                if error + warning + info == 0 {
                    line += "没有发现问题";
                } else {
                    line += &format!("{error} 个错误，{warning} 个警告，{info} 个提示");
                }
                if waived > 0 {
                    line += &format!("；已豁免 {waived} 处");
                }
                if known > 0 {
                    line += &format!("；基线中已有 {known} 处");
                }
                line
            }
            Self::En => {
                let mut line = format!("{} checked: ", plural(files, "file"));
                if error + warning + info == 0 {
                    line += "no problems found";
                } else {
                    line += &format!(
                        "{}, {}, {}",
                        plural(error, "error"),
                        plural(warning, "warning"),
                        plural(info, "note")
                    );
                }
                if waived > 0 {
                    line += &format!("; {waived} waived");
                }
                if known > 0 {
                    line += &format!("; {known} in the baseline");
                }
                line
            }
        }
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
            Verdict::Validated => self.pick("符合预期", "ok"),
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
            (Verdict::Validated | Verdict::NoExample(_) | Verdict::Unreadable, _) => return None,
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
