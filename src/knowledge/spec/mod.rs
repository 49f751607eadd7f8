//! The YAML forms: what may stand in a file under `rules/` or given by `--rules`.
//!
//! Plain serde structs that refuse unknown keys. [`super::compile`] turns them into the compiled
//! types beside this file; nothing else reads them.

mod apps;
mod condition;
mod example;
mod grammar;
mod inventory;
mod laws;
mod pattern;
mod rule;
mod tables;
mod words;

pub use apps::*;
pub use condition::*;
pub use example::*;
pub use grammar::*;
pub use inventory::*;
pub use laws::*;
pub use pattern::*;
pub use rule::*;
pub use tables::*;
pub use words::*;

use super::kinds::{Language, Point};
use super::structure::Structure;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One file. Every section is optional; a file usually holds one or two.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct File {
    pub categories: Vec<Category>,
    pub head_nouns: Vec<String>,
    pub actions: Vec<ActionWords>,
    pub actors: Vec<ActorWords>,
    /// Words that negate what follows them in the clause (不会, 未, 禁止).
    pub negations: Option<Negations>,
    pub spans: Vec<SpanPattern>,
    /// Named phrase sets, used in rules as `@name`.
    pub phrases: BTreeMap<String, Vec<Pattern>>,
    /// What a section is about, told by its heading.
    pub topics: BTreeMap<String, Topic>,
    /// Facts about the app that rules ask for, with phrases that let the text answer.
    pub facts: BTreeMap<String, Fact>,
    pub spelling: Option<Spelling>,
    pub structure: Option<Structure>,
    pub discourse: Option<Discourse>,
    pub statutes: Vec<Statute>,
    pub amounts: Option<Amounts>,
    pub app_types: Option<AppTypes>,
    /// What the columns of tables hold, told by words of their headers.
    pub columns: Vec<Column>,
    /// What columns are called where a finding says that an entry lacks them.
    pub column_titles: BTreeMap<Holds, Text>,
    /// Records of labelled lines (使用目的：……); the words of `columns` tell what each holds.
    pub fields: Option<Fields>,
    /// Words that stand in a cell with no entry.
    pub no_entry: Vec<String>,
    /// What labels in a report say of the words they mark.
    pub labels: BTreeMap<Point, Text>,
    /// Kinds of consent, the weakest first.
    pub consent_levels: Vec<ConsentLevel>,
    /// Subjects of rules, in the order they are listed; a rule belongs to the one its file is called after.
    pub groups: Vec<Group>,
    pub inventory: Option<Inventory>,
    /// What reports say around the findings, by report and key.
    pub messages: BTreeMap<String, BTreeMap<String, Text>>,
    pub rules: Vec<Rule>,
}

/// A text in the languages of the report.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    pub zh: String,
    pub en: String,
}

impl Text {
    pub fn get(&self, lang: Language) -> &str {
        match lang {
            Language::Zh => &self.zh,
            Language::En => &self.en,
        }
    }
}
