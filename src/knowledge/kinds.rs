//! The closed vocabularies of the rule language: kinds of actions, actors, parts and places.

use serde::{Deserialize, Serialize};

/// How grave a finding is.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// It can be better.
    Info,
    /// It very likely breaks the article.
    Warning,
    /// The text itself breaks the article.
    Error,
}

impl Severity {
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// How often a reviewer would agree with a rule's findings.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    Medium,
    High,
}

impl Confidence {
    pub fn name(self) -> &'static str {
        match self {
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// What is done with the data.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActionKind {
    Collect,
    Use,
    Store,
    Share,
    Transfer,
    Disclose,
    Entrust,
    Export,
    Delete,
    /// The user hands it over: 您提供, 您填写.
    Provide,
    /// A device permission is asked for.
    Request,
}

impl ActionKind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Collect => "collect",
            Self::Use => "use",
            Self::Store => "store",
            Self::Share => "share",
            Self::Transfer => "transfer",
            Self::Disclose => "disclose",
            Self::Entrust => "entrust",
            Self::Export => "export",
            Self::Delete => "delete",
            Self::Provide => "provide",
            Self::Request => "request",
        }
    }

    /// Whether data comes to the controller.
    pub fn is_getting(self) -> bool {
        matches!(self, Self::Collect | Self::Provide | Self::Request)
    }

    /// Whether data leaves the controller.
    pub fn is_sharing(self) -> bool {
        matches!(self, Self::Share | Self::Transfer | Self::Disclose | Self::Entrust | Self::Export)
    }
}

/// Who acts.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActorKind {
    FirstParty,
    ThirdParty,
    User,
}

impl ActorKind {
    pub fn name(self) -> &'static str {
        match self {
            Self::FirstParty => "first-party",
            Self::ThirdParty => "third-party",
            Self::User => "user",
        }
    }
}

/// The parts of a practice that are found as spans.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartRole {
    Purpose,
    Condition,
    Recipient,
    Consent,
    Refusal,
    Retention,
}

impl PartRole {
    pub const ALL: [Self; 6] =
        [Self::Purpose, Self::Condition, Self::Recipient, Self::Consent, Self::Refusal, Self::Retention];

    pub fn name(self) -> &'static str {
        match self {
            Self::Purpose => "purpose",
            Self::Condition => "condition",
            Self::Recipient => "recipient",
            Self::Consent => "consent",
            Self::Refusal => "refusal",
            Self::Retention => "retention",
        }
    }
}

/// How far from the practice a part linked to it is stated; nearer is less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Distance {
    Clause,
    Sentence,
    Paragraph,
    /// The same numbered item or, outside of one, the same section.
    Item,
    /// The text that leads in a section the practice lies in.
    SectionLeadIn,
    /// The text before the first section.
    DocumentLeadIn,
}

/// What a rule judges, one at a time.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Judge {
    Practice,
    /// Each data item of each practice.
    Data,
    Sentence,
    Section,
    /// Each row of a table with known columns, each record of labelled lines.
    Entry,
    Document,
    Pair,
    /// Each slip of an annotated file.
    Slip,
    /// Each waiver, in the config or in the text; triage does it.
    Waiver,
}

impl Judge {
    pub fn name(self) -> &'static str {
        match self {
            Self::Practice => "practice",
            Self::Data => "data",
            Self::Sentence => "sentence",
            Self::Section => "section",
            Self::Entry => "entry",
            Self::Document => "document",
            Self::Pair => "pair",
            Self::Slip => "slip",
            Self::Waiver => "waiver",
        }
    }
}

/// The languages of the report.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Language {
    #[default]
    Zh,
    En,
}

/// What a finding underlines or labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Point {
    Data,
    Action,
    Actor,
    Purpose,
    Condition,
    Recipient,
    Consent,
    Refusal,
    Retention,
    /// What names the row or record.
    Entry,
    /// The words that matched.
    Match,
    /// The clauses that the words that matched stand in.
    Clause,
    Sentence,
    /// The heading of the nearest section, else the first sentence.
    Heading,
}
