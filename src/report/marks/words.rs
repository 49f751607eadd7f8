//! What the list of marks says; `rules/zh/messages/report.yaml` has the words.

use super::by::{By, Maker};
use super::record::MarkRole;
use crate::report::Say;

impl<'a> Say<'a> {
    pub(super) fn role(self, role: MarkRole) -> &'a str {
        self.get(&format!("report.role_{}", role.name()))
    }

    /// What made a mark, in one line.
    pub(super) fn made_by(self, by: &By) -> String {
        let maker = match by.kind {
            Maker::Hand => "report.made_by_hand",
            Maker::Category => "report.made_by_category",
            Maker::Verb => "report.made_by_verb",
            Maker::Actor => "report.made_by_actor",
            Maker::Name => "report.made_by_name",
            Maker::ListItem => "report.made_by_list-item",
            Maker::HeadNoun => "report.made_by_head-noun",
            Maker::Attribute => "report.made_by_attribute",
            Maker::Pattern => "report.made_by_pattern",
        };
        let mut told = self.get(maker).to_owned();
        if let Some(id) = by.id.as_deref().filter(|_| by.kind != Maker::Name) {
            if by.kind == Maker::Hand {
                told += self.get("report.read_as");
            }
            told += &format!(" {id}");
        }
        if let Some(kind) = by.by_user {
            told += &self.fill("report.by_user", &[("kind", kind)]);
        }
        if let Some(form) = &by.form {
            told += &format!(" “{form}”");
        }
        if by.weak {
            told += self.get("report.weak");
        }
        if let Some(source) = &by.source {
            told += &self.fill("report.from_source", &[("source", source)]);
        }
        told
    }

    /// Of a mark that ended up in no practice.
    pub(super) fn unused(self) -> &'a str {
        self.get("report.unused")
    }

    pub(super) fn marks_found(self, marks: usize, used: usize) -> String {
        let marks = self.counted("report.mark_one", "report.marks", marks);
        self.fill("report.marks_found", &[("marks", &marks), ("used", &used.to_string())])
    }
}
