//! The words of the report around policy and findings; `rules/zh/messages/html.yaml` has them.

use std::collections::BTreeMap;

use crate::document::Document;
use crate::knowledge::kinds::{Language, Severity};
use crate::knowledge::messages::Messages;
use crate::source::Format;

macro_rules! words {
    ($($name:ident)*) => {
        /// A message for each field, in one language. A template that asks for another does not compile.
        #[derive(Debug)]
        pub(super) struct Words<'k> {
            $(pub(super) $name: &'k str,)*
        }

        impl<'k> Words<'k> {
            pub(super) fn of(messages: &'k Messages, language: Language) -> Self {
                Self { $($name: messages.get(concat!("html.", stringify!($name)), language),)* }
            }
        }

        #[cfg(test)]
        const NAMES: &[&str] = &[$(concat!("html.", stringify!($name)),)*];
    };
}

words! {
    title skip_to_text views tab_summary tab_text tab_set_aside tab_sources tab_sign_off tab_checklist
    tab_inventory verdict_clean verdict_found verdict_suppressed verdict_left_out first_things by_subject by_statute by_file
    subject statute file unreadable error warning info contents findings no_findings no_text table
    filters filter_severity filter_group filter_statute filter_section filter_words all shown reset remedy
    remedy_same remedy_alike verdict_empty
    articles article_missing more_places line paragraph confidence confidence_high confidence_medium
    to_text to_finding previous next close sources_articles sources_rules in_force met not_met
    not_applicable status requirement evidence inventory_intro inventory_counts inventory_collected
    inventory_shared inventory_unnamed inventory_denied item category way purpose scenario refusal retention
    place recipient recipient_unnamed handling link sensitive comma way_collect way_provide way_request
    way_third_party way_use way_store way_unstated set_aside_intro by_waiver written by_baseline by_change select selected
    sign_off_intro sign_off_chosen sign_off_none reason reason_hint approved_by expires sign_off_add
    sign_off_entries sign_off_paste copy copied copy_failed download remove needs_reason needs_expiry
    needs_choice keys_intro keys_move keys_search keys_select keys_back keys_on tool disclaimer
}

impl<'k> Words<'k> {
    /// How a line of a file is called; of a Word file lines are paragraphs.
    pub(super) fn place(&self, line: usize, document: Option<&Document>) -> String {
        let of_word = document.is_some_and(|document| document.format == Format::Word);
        filled(if of_word { self.paragraph } else { self.line }, &[("line", &line)])
    }

    pub(super) fn severity_of(&self, severity: Severity) -> &'k str {
        match severity {
            Severity::Error => self.error,
            Severity::Warning => self.warning,
            Severity::Info => self.info,
        }
    }
}

/// Messages that the script of the page needs.
pub(super) fn for_script<'k>(words: &Words<'k>) -> BTreeMap<&'static str, &'k str> {
    BTreeMap::from([
        ("shown", words.shown),
        ("selected", words.selected),
        ("copied", words.copied),
        ("copyFailed", words.copy_failed),
        ("remove", words.remove),
        ("needsReason", words.needs_reason),
        ("needsExpiry", words.needs_expiry),
        ("needsChoice", words.needs_choice),
        ("none", words.sign_off_none),
        ("close", words.close),
    ])
}

/// A message with what it speaks of put in for `{name}`.
pub(super) fn filled(message: &str, values: &[(&str, &dyn std::fmt::Display)]) -> String {
    values.iter().fold(message.to_owned(), |text, (name, value)| {
        text.replace(&format!("{{{name}}}"), &value.to_string())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtin;

    #[test]
    fn every_message_is_there_and_none_is_superfluous() {
        let knowledge = builtin::knowledge().unwrap();
        for name in NAMES {
            for language in [Language::Zh, Language::En] {
                assert!(!knowledge.messages.get(name, language).is_empty(), "{name}");
            }
        }
        for name in knowledge.messages.names().filter(|name| name.starts_with("html.")) {
            assert!(NAMES.contains(&name), "{name} is in no report");
        }
    }
}
