//! Message templates and what fills them.

use crate::document::punctuation;
use crate::knowledge::kinds::Language;
use crate::knowledge::rule::{Rule, is_slot};

/// More items than this are counted, not listed.
const MOST_LISTED: usize = 5;
/// Longer quotations are cut.
const LONGEST: usize = 40;

/// A message and its remedy, with the words that fill them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    message: String,
    help: String,
    lang: Language,
    /// One entry for each instance.
    data: Vec<String>,
    slots: Vec<(&'static str, String)>,
}

impl Words {
    pub(super) fn of(rule: &Rule, lang: Language) -> Self {
        Self {
            message: rule.message.get(lang).to_owned(),
            help: rule.help.get(lang).to_owned(),
            lang,
            ..Self::default()
        }
    }

    pub(super) fn data(&mut self, text: &str) {
        let text = quoted(text);
        if !self.data.contains(&text) {
            self.data.push(text);
        }
    }

    pub(super) fn fill(&mut self, slot: &'static str, text: &str) {
        self.slots.push((slot, quoted(text)));
    }

    /// Fills a slot with a name, which is never cut.
    pub(super) fn name(&mut self, slot: &'static str, name: String) {
        self.slots.push((slot, name));
    }

    /// Fills a slot with several names.
    pub(super) fn list_of(&mut self, slot: &'static str, names: impl Iterator<Item = String>) {
        let names: Vec<String> = names.collect();
        self.slots.push((slot, names.join(self.separator())));
    }

    /// Takes in a further instance of the same cause.
    pub fn join(&mut self, other: &Self) {
        for data in &other.data {
            if !self.data.contains(data) {
                self.data.push(data.clone());
            }
        }
    }

    pub fn message(&self) -> String {
        self.filled(&self.message)
    }

    pub fn help(&self) -> String {
        self.filled(&self.help)
    }

    fn filled(&self, template: &str) -> String {
        let mut text = String::with_capacity(template.len() + 32);
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let Some((slot, behind)) = after.split_once('}') else {
                rest = after;
                break;
            };
            match slot {
                text_in_braces if !is_slot(text_in_braces) => {
                    text.push('{');
                    rest = after;
                    continue;
                }
                "data" | "entry" => self.list(&mut text),
                "count" => text.push_str(&self.data.len().to_string()),
                _ => {
                    let value =
                        self.slots.iter().find(|(name, _)| *name == slot).map(|(_, value)| value.as_str());
                    text.push_str(value.unwrap_or_default());
                }
            }
            rest = behind;
        }
        text.push_str(rest);
        text
    }

    fn separator(&self) -> &'static str {
        match self.lang {
            Language::Zh => "、",
            Language::En => ", ",
        }
    }

    fn list(&self, text: &mut String) {
        text.push_str(&self.data[..self.data.len().min(MOST_LISTED)].join(self.separator()));
        if self.data.len() > MOST_LISTED {
            text.push_str(" …（");
            text.push_str(&self.data.len().to_string());
            text.push('）');
        }
    }
}

/// Policy text as quoted in a message: on one line, not too long. No more of it is read than is quoted.
fn quoted(text: &str) -> String {
    let mut line = String::new();
    let mut room = LONGEST;
    let mut apart = false;
    for c in text.chars() {
        if c.is_whitespace() {
            apart = !line.is_empty();
            continue;
        }
        for c in std::mem::take(&mut apart).then_some(' ').into_iter().chain([c]) {
            if room == 0 {
                line.push('…');
                return line;
            }
            line.push(c);
            room -= 1;
        }
    }
    line.truncate(punctuation::without_half_brackets(&line).len());
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_are_one_short_line() {
        assert_eq!(quoted(" 我们 \n 会收集\t"), "我们 会收集");
        assert_eq!(quoted(&"我".repeat(LONGEST)), "我".repeat(LONGEST));
        assert_eq!(quoted(&"我 们".repeat(LONGEST)), "我 们".repeat(13) + "我…");
    }

    #[test]
    fn no_bracket_is_quoted_by_halves() {
        assert_eq!(quoted("联系信息（例如"), "联系信息");
        assert_eq!(quoted("手机号码等）"), "手机号码等");
        assert_eq!(quoted("信息（如“姓名”）等"), "信息（如“姓名”）等");
        assert_eq!(quoted("（一）其他信息"), "（一）其他信息");
        assert_eq!(quoted("【我的"), "【我的");
    }
}
