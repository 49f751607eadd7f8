use super::Language;
use crate::knowledge::messages::Messages;

/// What reports say around the findings, in one language; `rules/zh/messages` has the words.
#[derive(Clone, Copy, Debug)]
pub struct Say<'a> {
    messages: &'a Messages,
    pub language: Language,
}

impl<'a> Say<'a> {
    pub fn new(messages: &'a Messages, language: Language) -> Self {
        Self { messages, language }
    }

    pub fn get(self, name: &str) -> &'a str {
        self.messages.get(name, self.language)
    }

    /// A message with what it speaks of put in for `{name}`.
    pub fn fill(self, name: &str, values: &[(&str, &str)]) -> String {
        self.messages.fill(name, self.language, values)
    }

    /// So many things: `one` is the message for a single one, `several` for any other number.
    pub(super) fn counted(self, one: &str, several: &str, count: usize) -> String {
        self.fill(if count == 1 { one } else { several }, &[("count", &count.to_string())])
    }
}
