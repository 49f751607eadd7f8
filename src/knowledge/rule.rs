//! Compiled rules.

use super::kinds::{ActionKind, ActorKind, Confidence, Distance, Judge, PartRole, Point, Severity};
use super::later::Later;
use super::lexicon::CategoryId;
use super::pattern::{Pattern, SetId};
use super::spec::{self, Differ, Extent, Holds, Join, Level, PairOf, Scope, Status, Text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A rule with all names resolved.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Rule {
    pub id: String,
    /// The file it came from, as shown by `rules`.
    pub source: String,
    pub title: Text,
    /// What a policy has to do to satisfy it.
    pub demands: Option<Text>,
    pub severity: Severity,
    pub profiles: Vec<(String, Level)>,
    pub confidence: Confidence,
    pub tags: Vec<String>,
    pub cites: Vec<String>,
    pub status: Status,
    /// No article it rests on is in force on the day in question.
    #[serde(skip)]
    pub lapsed: bool,
    pub scope: Scope,
    /// Facts (by index) and the value they must have.
    pub applies: Vec<(u8, bool)>,
    pub judge: Judge,
    pub point: Point,
    pub labels: Vec<Point>,
    pub anchor: Vec<u8>,
    pub when: Option<Condition>,
    pub unless: Option<Condition>,
    pub require: Option<Condition>,
    pub forbid: Option<Condition>,
    pub pair: Option<Pair>,
    pub downgrade: Vec<(Condition, Level)>,
    pub supersedes: Vec<String>,
    pub message: Text,
    pub help: Text,
    pub why: Later<Text>,
    pub bad: Later<Vec<Example>>,
    pub good: Later<Vec<Example>>,
}

impl Rule {
    /// The subject it belongs to: what its file is called.
    pub fn group(&self) -> &str {
        group_of(&self.source)
    }
}

/// The subject of the rules in a file.
pub fn group_of(source: &str) -> &str {
    let name = source.rsplit(['/', '\\']).next().unwrap_or(source);
    name.split_once('.').map_or(name, |(stem, _)| stem)
}

/// A text the rule must speak about, or must not.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Example {
    pub text: String,
    /// The words that the finding must point at.
    pub at: Option<String>,
    /// Facts about the app, as the config would state them.
    pub facts: BTreeMap<String, bool>,
    /// The type of the app, as the config would state it.
    pub app_type: Option<String>,
}

impl From<&spec::Example> for Example {
    fn from(example: &spec::Example) -> Self {
        let spec::Example { text, at, facts, app_type } = example.clone();
        Self { text, at, facts, app_type }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Pair {
    pub first: Condition,
    pub second: Condition,
    pub join: Join,
    pub of: PairOf,
    pub same: Option<Extent>,
    pub differ: Option<Differ>,
}

/// A test of the thing judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Condition {
    Any(Vec<Condition>),
    All(Vec<Condition>),
    None(Vec<Condition>),
    Action(Vec<ActionKind>),
    Actor(Vec<ActorKind>),
    Negated(bool),
    Data(Data),
    Part(Part),
    Columns(Columns),
    Words(Words),
    /// Words in the heading of the section and of those around it.
    Heading(SetId),
    /// Topics by index.
    Section(Vec<u8>),
    NotSection(Vec<u8>),
    HasSection(Vec<u8>),
    HasTable(bool),
    /// Whether the document is terms that hold no policy of its own.
    Terms(bool),
    /// Some practice of the document.
    Practice(Box<Condition>),
    Fact(u8, bool),
    AppType {
        /// By index; empty: any.
        is: Vec<u8>,
        guessed: Option<bool>,
        confirmed: Option<bool>,
    },
    MinChars(u32),
    MaxChars(u32),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Data {
    /// `None`: any category; sorted.
    pub category: Option<Vec<CategoryId>>,
    pub not_category: Vec<CategoryId>,
    pub sensitive: Option<bool>,
    pub sensitive_by: Vec<String>,
    pub generic: Option<bool>,
    pub reference: Option<bool>,
    pub beyond_necessary: Option<bool>,
    pub words: Option<SetId>,
    pub min: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    pub role: PartRole,
    pub present: bool,
    pub within: Option<Distance>,
    pub beyond: Vec<(Distance, Level)>,
    pub any: Option<SetId>,
    pub all: Option<SetId>,
    pub none: Option<SetId>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Words {
    pub any: Option<SetId>,
    pub all: Vec<Pattern>,
    pub none: Option<SetId>,
    pub within: Option<Extent>,
    pub affirmed: bool,
}

/// See [`spec::Columns`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Columns {
    /// Of each set one has to have an entry.
    pub all: Vec<Vec<Holds>>,
    pub any: Vec<Holds>,
    pub none: Vec<Holds>,
    pub headers: Vec<Holds>,
}

/// The placeholders of message templates.
pub const SLOTS: [&str; 17] = [
    "data",
    "type",
    "entry",
    "missing",
    "action",
    "actor",
    "purpose",
    "recipient",
    "condition",
    "match",
    "section",
    "sentence",
    "first",
    "second",
    "count",
    "until",
    "nearest",
];

/// Whether what stands in braces in a template is meant as a placeholder.
pub fn is_slot(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase())
}
