//! What the rules asked of a policy, and where it answers.

use crate::span::Span;
use std::cell::RefCell;

/// Words of one of the files of a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Evidence {
    pub file: usize,
    pub span: Span,
}

/// What became of a rule that is on.
#[derive(Clone, Debug)]
pub struct Check {
    /// Number of the rule.
    pub rule: usize,
    pub outcome: Outcome,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was not judged.
    Unjudged(Why),
    /// Something was judged; `met` are the first words that satisfied it.
    Judged { met: Vec<Evidence>, broken: bool },
}

/// Why a rule was not judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It speaks of whole policies, and this is a part of one.
    Fragment,
    /// These facts about the app do not hold.
    Facts(Vec<u8>),
    /// The policy says nothing of the kind.
    Nothing,
    /// The rule makes an exception for these words.
    Excepted(Vec<Evidence>),
}

/// So many places of statements that satisfy a rule are kept.
pub(super) const MOST_MET: usize = 3;

/// Counts what one rule judges; for `check`, which only wants the findings, it counts nothing.
#[derive(Debug, Default)]
pub(super) struct Tally(Option<RefCell<Counts>>);

#[derive(Debug, Default)]
struct Counts {
    judged: usize,
    excused: usize,
    broken: bool,
    met: Vec<Evidence>,
    excepted: Vec<Evidence>,
}

impl Tally {
    pub(super) fn counting() -> Self {
        Self(Some(RefCell::default()))
    }

    /// Whether anybody wants to know.
    pub(super) fn counts(&self) -> bool {
        self.0.is_some()
    }

    /// Something was judged and found in order, by the words that `words` finds.
    pub(super) fn met(&self, words: impl FnOnce() -> Vec<Evidence>) {
        let Some(mut counts) = self.0.as_ref().map(RefCell::borrow_mut) else { return };
        counts.judged += 1;
        let room = MOST_MET.saturating_sub(counts.met.len());
        if room > 0 {
            counts.met.extend(words().into_iter().take(room));
        }
    }

    /// Something was judged and found wrong.
    pub(super) fn broken(&self) {
        let Some(mut counts) = self.0.as_ref().map(RefCell::borrow_mut) else { return };
        counts.judged += 1;
        counts.broken = true;
    }

    /// Something was not judged because of the words that `words` finds.
    pub(super) fn excepted(&self, words: impl FnOnce() -> Vec<Evidence>) {
        let Some(mut counts) = self.0.as_ref().map(RefCell::borrow_mut) else { return };
        counts.excused += 1;
        let room = MOST_MET.saturating_sub(counts.excepted.len());
        if room > 0 {
            counts.excepted.extend(words().into_iter().take(room));
        }
    }

    /// What it comes to.
    pub(super) fn outcome(self) -> Option<Outcome> {
        let Counts { judged, excused, broken, met, excepted } = self.0?.into_inner();
        Some(match (judged, excused) {
            (0, 0) => Outcome::Unjudged(Why::Nothing),
            (0, _) => Outcome::Unjudged(Why::Excepted(excepted)),
            _ => Outcome::Judged { met, broken },
        })
    }
}
