use serde::Serialize;

use super::facts::DataKey;
use crate::knowledge::kinds::ActionKind;
use crate::span::Span;

/// Something that the new version does otherwise.
#[derive(Clone, Debug)]
pub struct Change {
    pub kind: Kind,
    pub importance: Importance,
    /// What is done with the data, where that matters.
    pub action: Option<ActionKind>,
    /// The verb, as the version that does it (or says that it is not done) has it.
    pub verb: String,
    pub data: Vec<Datum>,
    pub recipients: Vec<String>,
    pub purposes: Vec<String>,
    /// The requirement that is no longer met, or is now.
    pub rule: Option<String>,
    /// Whether a period became longer; `None` where that cannot be told.
    pub longer: Option<bool>,
    pub old: Option<Side>,
    pub new: Option<Side>,
}

/// What changed, in the order in which it is told within one importance.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// What the old version said is not done is done now.
    Reversed,
    DataNew,
    /// Data that was known is passed on to somebody it was not passed on to.
    SharedNew,
    RecipientNew,
    RightDropped,
    /// A right is still granted, without the sentence that told most of it.
    RightShortened,
    /// A chapter is gone, and what it said stands nowhere else.
    ChapterDropped,
    ConsentWeakened,
    /// The old version said that something is not done; the new one is silent.
    PromiseDropped,
    PermissionNew,
    PurposeNew,
    RetentionChanged,
    RetentionDropped,
    /// A period that the old version does not state.
    RetentionNew,
    /// Another period than one of retention.
    PeriodChanged,
    RefusalChanged,
    /// Something else that a policy has to say is no longer said.
    StatementDropped,
    /// The old version has the purpose for other data.
    PurposeExtended,
    /// Words that are new in a known category of data.
    DataFurther,
    /// What the old version did the new one says is not done.
    Stopped,
    StatementAdded,
    DataRemoved,
    RecipientRemoved,
    PermissionRemoved,
}

impl Kind {
    pub const ALL: [Self; 24] = [
        Self::Reversed,
        Self::DataNew,
        Self::SharedNew,
        Self::RecipientNew,
        Self::RightDropped,
        Self::RightShortened,
        Self::ChapterDropped,
        Self::ConsentWeakened,
        Self::PromiseDropped,
        Self::PermissionNew,
        Self::PurposeNew,
        Self::RetentionChanged,
        Self::RetentionDropped,
        Self::RetentionNew,
        Self::PeriodChanged,
        Self::RefusalChanged,
        Self::StatementDropped,
        Self::PurposeExtended,
        Self::DataFurther,
        Self::Stopped,
        Self::StatementAdded,
        Self::DataRemoved,
        Self::RecipientRemoved,
        Self::PermissionRemoved,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Reversed => "reversed",
            Self::DataNew => "data-new",
            Self::SharedNew => "shared-new",
            Self::RecipientNew => "recipient-new",
            Self::RightDropped => "right-dropped",
            Self::RightShortened => "right-shortened",
            Self::ChapterDropped => "chapter-dropped",
            Self::ConsentWeakened => "consent-weakened",
            Self::PromiseDropped => "promise-dropped",
            Self::PermissionNew => "permission-new",
            Self::PurposeNew => "purpose-new",
            Self::RetentionChanged => "retention-changed",
            Self::RetentionDropped => "retention-dropped",
            Self::RetentionNew => "retention-new",
            Self::PeriodChanged => "period-changed",
            Self::RefusalChanged => "refusal-changed",
            Self::StatementDropped => "statement-dropped",
            Self::PurposeExtended => "purpose-extended",
            Self::DataFurther => "data-further",
            Self::Stopped => "stopped",
            Self::StatementAdded => "statement-added",
            Self::DataRemoved => "data-removed",
            Self::RecipientRemoved => "recipient-removed",
            Self::PermissionRemoved => "permission-removed",
        }
    }
}

/// How much a change matters to the people whose data it is.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Importance {
    /// For the record: less is done, or something is said more precisely.
    Low,
    /// More is done, or less is said.
    Medium,
    /// What they have to be told first.
    High,
}

impl Importance {
    pub const ALL: [Self; 3] = [Self::High, Self::Medium, Self::Low];

    pub fn name(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }

    pub(super) fn high_if(high: bool) -> Self {
        if high { Self::High } else { Self::Medium }
    }
}

/// Data that a change is about.
#[derive(Clone, Debug)]
pub struct Datum {
    pub(super) key: DataKey,
    pub(super) at: Words,
    /// In the words of the version that names it.
    pub text: String,
    /// The category of the lexicon, if it has one.
    pub category: Option<String>,
    pub sensitive: bool,
}

/// What one version says.
#[derive(Clone, Debug, Default)]
pub struct Side {
    /// In short: a period, a consequence, a kind of consent.
    pub text: String,
    /// Where, the best place first.
    pub places: Vec<Words>,
}

/// Words of one of the files of a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Words {
    pub file: usize,
    pub span: Span,
}

/// So many places of one side are kept.
const MOST_PLACES: usize = 5;

impl Side {
    pub(super) fn at(places: impl IntoIterator<Item = Words>) -> Self {
        let mut side = Self::default();
        for place in places {
            if side.places.len() < MOST_PLACES && !side.places.contains(&place) {
                side.places.push(place);
            }
        }
        side
    }

    pub(super) fn saying(self, text: impl Into<String>) -> Self {
        Self { text: text.into(), ..self }
    }
}

impl Change {
    pub(crate) fn new(kind: Kind, importance: Importance) -> Self {
        Self {
            kind,
            importance,
            action: None,
            verb: String::new(),
            data: Vec::new(),
            recipients: Vec::new(),
            purposes: Vec::new(),
            rule: None,
            longer: None,
            old: None,
            new: None,
        }
    }

    /// What is told first comes first: the important, then by kind, longer periods and sensitive data first, then
    /// in reading order.
    pub(super) fn rank(&self) -> impl Ord + use<> {
        let place = self.new.as_ref().or(self.old.as_ref()).and_then(|side| side.places.first().copied());
        let sensitive = self.data.iter().any(|datum| datum.sensitive);
        // Words that no category knows are misread more often.
        let unknown = !self.data.is_empty() && self.data.iter().all(|datum| datum.category.is_none());
        (std::cmp::Reverse(self.importance), self.kind, self.longer != Some(true), !sensitive, unknown, place)
    }

    /// Whether both are told in the same words.
    fn reads_like(&self, other: &Self) -> bool {
        let said = |side: &Option<Side>| side.as_ref().map(|side| side.text.clone()).unwrap_or_default();
        let data = |change: &Self| change.data.iter().map(|datum| datum.text.clone()).collect::<Vec<_>>();
        let is_said = !said(&self.old).is_empty() || !said(&self.new).is_empty();
        is_said
            && (self.kind, self.importance, self.longer) == (other.kind, other.importance, other.longer)
            && (said(&self.old), said(&self.new)) == (said(&other.old), said(&other.new))
            && data(self) == data(other)
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &DataKey> {
        self.data.iter().map(|datum| &datum.key)
    }
}

/// Puts changes together that are told in the same words, as of a summary and the text it sums up.
pub(super) fn told_once(changes: Vec<Change>) -> Vec<Change> {
    let mut once: Vec<Change> = Vec::with_capacity(changes.len());
    for change in changes {
        match once.iter_mut().find(|known| known.reads_like(&change)) {
            Some(known) => {
                for (side, more) in [(&mut known.old, change.old), (&mut known.new, change.new)] {
                    if let (Some(side), Some(more)) = (side, more) {
                        let places = side.places.iter().copied().chain(more.places);
                        *side = Side::at(places.collect::<Vec<_>>()).saying(more.text);
                    }
                }
            }
            None => once.push(change),
        }
    }
    once
}
