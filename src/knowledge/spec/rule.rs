//! Rules.

use super::super::kinds::{Confidence, Judge, Point, Severity};
use super::Text;
use super::condition::{Condition, Extent};
use super::example::Examples;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A subject of rules.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Name of the rule files, without ending.
    pub id: String,
    pub title: Text,
}

/// A rule.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    pub id: String,
    pub title: Text,
    /// What a policy has to do to satisfy it, for the checklist; absent: the title says what is wrong.
    #[serde(default)]
    pub demands: Option<Text>,
    pub severity: Severity,
    /// Severity in another profile; `off` switches the rule off there.
    #[serde(default)]
    pub profiles: BTreeMap<String, Level>,
    #[serde(default = "high")]
    pub confidence: Confidence,
    #[serde(default)]
    pub tags: Vec<String>,
    #[serde(default)]
    pub cites: Vec<String>,
    #[serde(default)]
    pub status: Status,
    /// `full`: judged only on full policies, never on fragments; of terms that hold no policy it only hints.
    #[serde(default)]
    pub scope: Scope,
    /// Facts about the app that must hold.
    #[serde(default)]
    pub applies: BTreeMap<String, bool>,
    pub judge: Judge,
    /// What is underlined.
    #[serde(default)]
    pub point: Option<Point>,
    /// Which further parts of the practice get a label.
    #[serde(default)]
    pub labels: Vec<Point>,
    /// For absences: the finding points at the heading of the first section on one of these topics.
    #[serde(default)]
    pub anchor: Vec<String>,
    /// What is judged. Absent: everything of the kind `judge` names.
    #[serde(default)]
    pub when: Option<Condition>,
    /// Exceptions.
    #[serde(default)]
    pub unless: Option<Condition>,
    /// What must hold; the finding says it does not.
    #[serde(default)]
    pub require: Option<Condition>,
    /// What must not hold; the finding says it does.
    #[serde(default)]
    pub forbid: Option<Condition>,
    /// For `judge: pair`: the two statements that contradict each other.
    #[serde(default)]
    pub pair: Option<Pair>,
    /// Milder severities when something else holds; the first that holds decides.
    #[serde(default)]
    pub downgrade: Vec<Downgrade>,
    /// Rules that stay silent on words this one speaks about, unless they say something graver.
    #[serde(default)]
    pub supersedes: Vec<String>,
    pub message: Text,
    pub help: Text,
    /// Why the law asks for it; for `explain`.
    pub why: Text,
    pub examples: Examples,
}

fn high() -> Confidence {
    Confidence::High
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    #[default]
    Stable,
    /// Rests on draft law; off unless selected by name.
    Draft,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    #[default]
    Any,
    Full,
}

/// A severity or `off`.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    Off,
    Info,
    Warning,
    Error,
}

impl Level {
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Info => Some(Severity::Info),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Downgrade {
    pub when: Condition,
    pub to: Level,
}

/// Two practices of one policy that contradict each other.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// The practice the finding points at, and the one it labels.
    pub first: Condition,
    pub second: Condition,
    #[serde(default)]
    pub join: Join,
    /// What the two are: practices (default) or sentences.
    #[serde(default)]
    pub of: PairOf,
    /// They contradict each other only inside the same item or section.
    #[serde(default)]
    pub same: Option<Extent>,
    /// They contradict each other only where both state a period of retention, and not the same one.
    #[serde(default)]
    pub differ: Option<Differ>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PairOf {
    #[default]
    Practice,
    Sentence,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Differ {
    /// The one number with a unit that each gives, by its length in days.
    Retention,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Join {
    #[default]
    None,
    /// They speak of the same category of data; an umbrella word in the first covers all.
    Data,
    /// The second names an item of the first in the same words, or in longer ones (位置信息, 精确位置信息).
    Item,
}
