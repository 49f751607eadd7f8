//! What reports say around the findings: words of their own, in the languages of the report.

use super::kinds::Language;
use super::spec::Text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The messages of all reports, by name: `html.summary`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Messages(BTreeMap<String, Text>);

impl Messages {
    /// The message of this name; empty for one that nobody wrote.
    pub fn get(&self, name: &str, language: Language) -> &str {
        self.0.get(name).map_or("", |text| text.get(language))
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn set(&mut self, name: String, text: Text) {
        self.0.insert(name, text);
    }
}
