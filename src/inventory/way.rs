//! How a policy comes by the data of a statement.

use crate::document::Document;
use crate::findings::Analysis;
use crate::knowledge::Knowledge;
use crate::knowledge::kinds::{ActionKind, ActorKind, PartRole};
use crate::practices::Practice;

/// How data is got or, where that is not said, what is done with it.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// The company collects it.
    Collect,
    /// The user hands it over.
    Provide,
    /// A permission of the device is asked for.
    Request,
    /// Others hand it over.
    ThirdParty,
    Use,
    Store,
    /// The statement has no verb.
    Unstated,
}

impl Way {
    /// How the company comes by the data of a practice; `None` where the practice is about something else.
    pub(super) fn of(analysis: &Analysis, knowledge: &Knowledge, practice: &Practice) -> Option<Self> {
        let kind = practice.action.map(|action| action.kind);
        if practice.actor.is_some_and(|actor| actor.kind == ActorKind::ThirdParty) {
            let hands_over = kind.is_some_and(|kind| kind == ActionKind::Provide || kind.is_sharing());
            let to_others = practice.parts(PartRole::Recipient).next().is_some();
            return (hands_over && !to_others).then_some(Self::ThirdParty);
        }
        let by_user = practice.actor.is_some_and(|actor| actor.kind == ActorKind::User);
        match kind {
            None => Some(Self::Unstated),
            Some(ActionKind::Provide) => Some(Self::Provide),
            Some(ActionKind::Collect) if from_others(&analysis.document, knowledge, practice) => {
                Some(Self::ThirdParty)
            }
            Some(ActionKind::Collect) if !by_user => Some(Self::Collect),
            Some(ActionKind::Request) if !by_user => Some(Self::Request),
            Some(ActionKind::Use) if !by_user => Some(Self::Use),
            Some(ActionKind::Store) if !by_user => Some(Self::Store),
            Some(_) => None,
        }
    }

    /// Whether it says where the data comes from.
    pub fn is_getting(self) -> bool {
        !matches!(self, Self::Use | Self::Store | Self::Unstated)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Collect => "collect",
            Self::Provide => "provide",
            Self::Request => "request",
            Self::ThirdParty => "third-party",
            Self::Use => "use",
            Self::Store => "store",
            Self::Unstated => "unstated",
        }
    }
}

/// Whether the words before the verb in its sentence name others as the source: 从第三方获取.
fn from_others(document: &Document, knowledge: &Knowledge, practice: &Practice) -> bool {
    let Some(action) = practice.action else { return false };
    let sentence = document.sentence(practice.sentence);
    let clause = sentence.clause_at(action.span.start);
    let before = &document.prose.text()[clause.start().min(action.span.start())..action.span.start()];
    knowledge.inventory.from_others.any_in(&knowledge.folding.fold(before))
}
