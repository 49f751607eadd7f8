//! Stage 4: from marks to practices.

use crate::document::{SectionId, SentenceId};
use crate::knowledge::kinds::{ActionKind, ActorKind, Distance, PartRole};
use crate::span::Span;

/// One statement of the policy: somebody does something with data.
#[derive(Clone, Debug)]
pub struct Practice {
    /// The sentence its action (or, without one, its data) stands in.
    pub sentence: SentenceId,
    pub section: SectionId,
    /// `None` when no verb can be found.
    pub action: Option<Action>,
    /// `None` when nobody is named.
    pub actor: Option<Actor>,
    pub data: Vec<DataItem>,
    /// Purposes, conditions, recipients …, nearest first.
    pub parts: Vec<Part>,
    /// It says that this is not done.
    pub negated: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Action {
    pub kind: ActionKind,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actor {
    pub kind: ActorKind,
    pub span: Span,
    /// Taken over from the sentence or lead-in before.
    pub inherited: bool,
}

/// An item of personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataItem {
    pub span: Span,
    /// Index into [`crate::knowledge::Lexicon::categories`]; `None` for an item the lexicon does not know.
    pub category: Option<u16>,
    /// The policy itself calls it sensitive.
    pub declared: bool,
    /// An umbrella word (个人信息).
    pub generic: bool,
    /// Stands for data named before (上述信息).
    pub reference: bool,
}

/// A purpose, condition, recipient, consent, refusal consequence or retention of a practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    pub role: PartRole,
    pub span: Span,
    /// How far from the practice it is stated.
    pub distance: Distance,
}

impl Practice {
    /// The parts of one role, nearest first.
    pub fn parts(&self, role: PartRole) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(move |part| part.role == role)
    }
}
