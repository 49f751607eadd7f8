use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use crate::findings::ScopeChoice;
use crate::knowledge::date::Date;
use crate::knowledge::kinds::{Language, Severity};
use crate::knowledge::spec::Level;

/// The keys of `policy-lint.yaml`.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct ConfigFile {
    /// Severity (or `off`) by rule id, tag, or glob over ids; later entries win.
    pub rules: Levels,
    /// Only these rules, by id, tag or glob.
    pub select: Vec<String>,
    /// Not these, by id, tag or glob.
    pub ignore: Vec<String>,
    /// Files that are policies whatever they look like.
    pub include: Vec<String>,
    /// Files that are never linted.
    pub exclude: Vec<String>,
    pub overrides: Vec<Override>,
    pub policies: Vec<PolicyGroup>,
    /// Findings that somebody answers for.
    pub waivers: Vec<WaiverEntry>,
    pub profile: Option<Profile>,
    /// The law in force on this day.
    pub as_of: Option<Date>,
    pub app: App,
    /// Names the company goes by.
    pub names: Vec<String>,
    pub language: Option<Language>,
    pub scope: Option<ScopeChoice>,
    pub fail_on: Option<FailOn>,
    /// Rule files or folders, relative to the config.
    pub rule_files: Vec<String>,
}

/// What is known about the app.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct App {
    /// Which of the types that the law lists it is.
    pub kind: Option<String>,
    pub facts: BTreeMap<String, bool>,
}

impl<'de> Deserialize<'de> for App {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AppVisitor;
        impl<'de> Visitor<'de> for AppVisitor {
            type Value = App;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a mapping with the type of the app, and from facts to true or false")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<App, A::Error> {
                let mut app = App::default();
                while let Some(key) = map.next_key::<String>()? {
                    if key == TYPE {
                        app.kind = Some(map.next_value()?);
                    } else {
                        app.facts.insert(key, map.next_value()?);
                    }
                }
                Ok(app)
            }
        }
        deserializer.deserialize_map(AppVisitor)
    }
}

/// The key under `app` that is no fact.
pub(super) const TYPE: &str = "type";

/// Other settings for some files.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Override {
    pub files: Vec<String>,
    #[serde(default)]
    pub rules: Levels,
    #[serde(default)]
    pub profile: Option<Profile>,
}

/// A policy made of several files.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyGroup {
    pub name: String,
    pub files: Vec<String>,
}

/// Findings of a rule that are not to be reported, and on whose word.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct WaiverEntry {
    /// The id of the rule; tags and globs name none.
    pub rule: String,
    /// A pattern; all files when there is none.
    #[serde(default)]
    pub file: Option<String>,
    /// Words of the sentence that the finding is in.
    #[serde(default)]
    pub quote: Option<String>,
    #[serde(default)]
    pub fingerprint: Option<String>,
    #[serde(default)]
    pub reason: Option<String>,
    #[serde(default)]
    pub approved_by: Option<String>,
    /// The last day on which it holds.
    #[serde(default)]
    pub expires: Option<Date>,
}

/// How strictly the law is read.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// What most privacy lawyers would report.
    #[default]
    Default,
    /// The strictest reading of the statutes.
    Strict,
}

impl Profile {
    /// As config and rule files have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Strict => "strict",
        }
    }
}

/// The severity from which on a run fails.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum FailOn {
    #[default]
    Error,
    Warning,
    Info,
    Never,
}

impl FailOn {
    /// `None`: a run never fails for what it finds.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Never => None,
        }
    }
}

/// Levels in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels(pub Vec<(String, Level)>);

impl<'de> Deserialize<'de> for Levels {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct LevelsVisitor;
        impl<'de> Visitor<'de> for LevelsVisitor {
            type Value = Levels;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a mapping from rules to off, info, warning or error")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Levels, A::Error> {
                let mut levels = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    levels.push(entry);
                }
                Ok(Levels(levels))
            }
        }
        deserializer.deserialize_map(LevelsVisitor)
    }
}
