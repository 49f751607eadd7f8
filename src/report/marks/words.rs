//! What the list of marks says, in both languages.

use super::by::{By, Maker};
use super::record::MarkRole;
use crate::knowledge::kinds::PartRole;
use crate::report::Language;

impl Language {
    pub(super) fn role(self, role: MarkRole) -> &'static str {
        match self {
            Self::En => role.name(),
            Self::Zh => match role {
                MarkRole::Actor => "主体",
                MarkRole::Action => "行为",
                MarkRole::Data => "数据",
                MarkRole::Part(PartRole::Purpose) => "目的",
                MarkRole::Part(PartRole::Condition) => "条件",
                MarkRole::Part(PartRole::Recipient) => "接收方",
                MarkRole::Part(PartRole::Consent) => "同意",
                MarkRole::Part(PartRole::Refusal) => "拒绝的后果",
                MarkRole::Part(PartRole::Retention) => "保存期限",
            },
        }
    }

    /// What made a mark, in one line.
    pub(super) fn made_by(self, by: &By) -> String {
        let maker = match by.kind {
            Maker::Hand => self.pick("手工标注", "set by hand"),
            Maker::Category => self.pick("类别", "category"),
            Maker::Verb => self.pick("动词组", "verbs of"),
            Maker::Actor => self.pick("主体组", "actors of"),
            Maker::Name => self.pick("企业自称", "the company's own name"),
            Maker::ListItem => self.pick("列表中的未知项", "unknown item of a list"),
            Maker::HeadNoun => self.pick("中心词，类别", "head noun taken in, category"),
            Maker::Attribute => self.pick("修饰语，统称", "attribute taken in, umbrella word of"),
            Maker::Pattern => self.pick("句式", "pattern"),
        };
        let mut told = maker.to_owned();
        if let Some(id) = by.id.as_deref().filter(|_| by.kind != Maker::Name) {
            if by.kind == Maker::Hand {
                told += self.pick("，读作", ", read as");
            }
            told += &format!(" {id}");
        }
        if let Some(kind) = by.by_user {
            told += &match self {
                Self::Zh => format!("（用户为主体时 {kind}）"),
                Self::En => format!(" ({kind} when the user does it)"),
            };
        }
        if let Some(form) = &by.form {
            told += &format!(" “{form}”");
        }
        if by.weak {
            told += self.pick("（弱）", " (weak)");
        }
        if let Some(source) = &by.source {
            told += &match self {
                Self::Zh => format!("（{source}）"),
                Self::En => format!(" ({source})"),
            };
        }
        told
    }

    /// Of a mark that ended up in no practice.
    pub(super) fn unused(self) -> &'static str {
        self.pick("［未进入处理活动］", "[in no practice]")
    }

    pub(super) fn marks_found(self, marks: usize, used: usize) -> String {
        match self {
            Self::Zh => format!("{marks} 处标记，其中 {used} 处进入了处理活动"),
            Self::En if marks == 1 => format!("1 mark, {used} of them in practices"),
            Self::En => format!("{marks} marks, {used} of them in practices"),
        }
    }
}
