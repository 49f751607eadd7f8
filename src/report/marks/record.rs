use std::collections::HashSet;

use serde::{Serialize, Serializer};

use super::by::{By, Makers};
use crate::findings::Analysis;
use crate::knowledge::Knowledge;
use crate::knowledge::kinds::PartRole;
use crate::marks::{Mark, MarkKind};
use crate::practices::Practice;
use crate::report::Lines;
use crate::report::locate::Position;
use crate::span::Span;

/// The marks of one file.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, Serialize)]
pub struct MarkedDocument {
    pub path: String,
    /// Those with marks in them. In JSON the marks of all sentences are one list.
    #[serde(rename = "marks", serialize_with = "marks_of_all")]
    #[cfg_attr(test, schemars(with = "Vec<MarkRecord>"))]
    pub sentences: Vec<MarkedSentence>,
}

/// The marks of one sentence, in reading order.
#[derive(Clone, Debug)]
pub struct MarkedSentence {
    pub text: String,
    pub marks: Vec<MarkRecord>,
}

/// One mark.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, Serialize)]
pub struct MarkRecord {
    #[serde(flatten)]
    pub at: Position,
    pub role: MarkRole,
    pub text: String,
    pub by: By,
    /// It is part of a practice.
    pub used: bool,
}

/// What the words of a mark are.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MarkRole {
    Actor,
    Action,
    Data,
    #[serde(untagged)]
    Part(PartRole),
}

impl MarkRole {
    fn of(kind: MarkKind) -> Self {
        match kind {
            MarkKind::Actor(_) => Self::Actor,
            MarkKind::Action { .. } => Self::Action,
            MarkKind::Data { .. } => Self::Data,
            MarkKind::Part(role) => Self::Part(role),
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::Action => "action",
            Self::Data => "data",
            Self::Part(role) => role.name(),
        }
    }
}

fn marks_of_all<S: Serializer>(sentences: &[MarkedSentence], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(sentences.iter().flat_map(|sentence| &sentence.marks))
}

impl MarkedDocument {
    /// Tells of every mark of a file what made it, and whether a practice has it.
    pub fn new(file: &Analysis, knowledge: &Knowledge) -> Self {
        let reader = Reader {
            file,
            lines: Lines::of(&file.source.text),
            makers: Makers::of(knowledge),
            used: used(&file.practices),
        };
        let sentences = file.document.sentences.iter().zip(&file.marks.sentences);
        let sentences = sentences
            .filter(|(_, found)| !found.marks.is_empty())
            .map(|(sentence, found)| MarkedSentence {
                text: file.document.text(sentence.span).trim().to_owned(),
                marks: found.marks.iter().map(|mark| reader.record(mark)).collect(),
            })
            .collect();
        Self { path: file.source.path.clone(), sentences }
    }
}

struct Reader<'a> {
    file: &'a Analysis,
    lines: Lines,
    makers: Makers<'a>,
    used: HashSet<(MarkRole, Span)>,
}

impl Reader<'_> {
    fn record(&self, mark: &Mark) -> MarkRecord {
        let Analysis { source, document, .. } = self.file;
        let role = MarkRole::of(mark.kind);
        MarkRecord {
            at: Position::of(document.prose.to_file(mark.span), &source.text, &self.lines),
            role,
            text: document.text(mark.span).to_owned(),
            by: self.makers.of_mark(mark),
            used: self.used.contains(&(role, mark.span)),
        }
    }
}

/// All that practices are made of.
fn used(practices: &[Practice]) -> HashSet<(MarkRole, Span)> {
    let of_practice = |practice: &Practice| {
        let mut all: Vec<(MarkRole, Span)> = Vec::new();
        all.extend(practice.actor.map(|actor| (MarkRole::Actor, actor.span)));
        all.extend(practice.action.map(|action| (MarkRole::Action, action.span)));
        all.extend(practice.data.iter().map(|item| (MarkRole::Data, item.span)));
        all.extend(practice.parts.iter().map(|part| (MarkRole::Part(part.role), part.span)));
        all
    };
    practices.iter().flat_map(of_practice).collect()
}
