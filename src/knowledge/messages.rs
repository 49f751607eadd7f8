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

    /// A message with its slots, `{name}`, filled; what fills them is never looked at again.
    pub fn fill(&self, name: &str, language: Language, slots: &[(&str, &str)]) -> String {
        let mut said = String::new();
        let mut rest = self.get(name, language);
        while let Some((before, after)) = rest.split_once('{') {
            said.push_str(before);
            let Some((slot, behind)) = after.split_once('}') else { break };
            let filling = slots.iter().find(|(name, _)| *name == slot);
            said.push_str(filling.map_or("", |(_, text)| text));
            rest = behind;
        }
        said + rest
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
