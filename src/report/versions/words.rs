use crate::knowledge::Knowledge;
use crate::knowledge::kinds::Language;
use crate::report::Say;

/// The words of the report, in one language.
#[derive(Clone, Copy, Debug)]
pub struct Words<'k> {
    pub knowledge: &'k Knowledge,
    pub language: Language,
}

/// More names than this are counted, not listed.
const MOST_LISTED: usize = 6;
/// Longer names are cut.
const LONGEST: usize = 48;

impl<'k> Words<'k> {
    /// What all reports say.
    pub(super) fn of_reports(self) -> Say<'k> {
        Say::new(&self.knowledge.messages, self.language)
    }

    /// A message without slots.
    pub(super) fn get(self, key: &str) -> &'k str {
        self.knowledge.messages.get(&format!("versions.{key}"), self.language)
    }

    /// A message with its slots filled; what fills them is never looked at again.
    pub(super) fn say(self, key: &str, slots: &[(&str, &str)]) -> String {
        self.knowledge.messages.fill(&format!("versions.{key}"), self.language, slots)
    }

    /// A head with how much stands under it.
    pub(super) fn counted(self, key: &str, count: usize) -> String {
        self.say("counted", &[("title", self.get(key)), ("count", &count.to_string())])
    }

    pub(super) fn quoted(self, text: &str) -> String {
        self.say("quoted", &[("text", &short(text))])
    }

    /// Names one after the other; of many the first.
    pub(super) fn list<S: AsRef<str>>(self, names: &[S]) -> String {
        let shown: Vec<String> = names.iter().take(MOST_LISTED).map(|name| short(name.as_ref())).collect();
        self.rest_counted(shown.join(self.get("comma")), names.len())
    }

    /// [`Words::list`] of names in quotation marks.
    pub(super) fn quotes<S: AsRef<str>>(self, names: &[S]) -> String {
        let shown: Vec<String> =
            names.iter().take(MOST_LISTED).map(|name| self.quoted(name.as_ref())).collect();
        // “甲”“乙” need nothing between them.
        let separator = if self.language == Language::Zh { "" } else { self.get("comma") };
        self.rest_counted(shown.join(separator), names.len())
    }

    fn rest_counted(self, list: String, count: usize) -> String {
        if count <= MOST_LISTED {
            return list;
        }
        self.say("and-so-on", &[("list", &list), ("count", &count.to_string())])
    }
}

/// The text on one line, cut if it is long.
fn short(text: &str) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}
