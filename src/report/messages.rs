//! What reports say around the findings, in both languages.

use super::{Language, Summary};
use crate::knowledge::kinds::{ActionKind, Severity};

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

    pub(super) fn summary(self, summary: &Summary) -> String {
        let Summary { files, error, warning, info, waived, known } = *summary;
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

    pub(super) fn in_force(self, date: &str) -> String {
        match self {
            Self::Zh => format!("{date} 起施行"),
            Self::En => format!("in force since {date}"),
        }
    }

    pub(super) fn examples_run(self, validated: usize, failed: usize) -> String {
        match self {
            Self::Zh => format!("{validated} 个示例符合预期，{failed} 个不符合"),
            Self::En => {
                format!("{} as expected, {failed} not", plural(validated, "example"))
            }
        }
    }
}

fn plural(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
