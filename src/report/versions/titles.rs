//! Each change in a sentence.

use super::words::Words;
use crate::knowledge::kinds::ActionKind;
use crate::versions::{Change, Datum, Kind, Side};

/// What the sentence says is done with the data.
fn act(change: &Change) -> ActionKind {
    match change.action {
        // What others collect is passed on to them.
        Some(action) if change.kind != Kind::SharedNew || action.is_sharing() => action,
        _ if change.kind == Kind::SharedNew => ActionKind::Share,
        _ => ActionKind::Collect,
    }
}

impl Words<'_> {
    /// What changed, in a sentence.
    pub(super) fn title(self, change: &Change) -> String {
        let text = |side: &Option<Side>| side.as_ref().map(|side| side.text.clone()).unwrap_or_default();
        let (was, is) = (text(&change.old), text(&change.new));
        let (was, is) = (self.either(&was), self.either(&is));
        let sensitive = change.data.iter().any(|datum| datum.sensitive);
        let all_sensitive = sensitive && change.data.iter().all(|datum| datum.sensitive);
        let data = self.data(&change.data);
        let recipients = match change.recipients.as_slice() {
            [] => self.get("unnamed").to_owned(),
            names => self.list(names),
        };
        let some = |key: &str, slot: &str, text: &str, any: bool| {
            if any { self.say(key, &[(slot, text)]) } else { String::new() }
        };
        let to = some("to", "recipients", &recipients, !change.recipients.is_empty());
        let purposes = self.purposes(&change.purposes);
        let action = self.get(&format!("act-{}", act(change).name()));
        let slots = [
            ("data", data.as_str()),
            ("sensitive", if all_sensitive { self.get("sensitive") } else { "" }),
            ("recipients", &recipients),
            ("to", &to),
            ("for", &some("for", "purposes", &purposes, !purposes.is_empty())),
            ("purposes", &purposes),
            ("receives", &some("receives", "data", &data, !change.data.is_empty())),
            ("of", &some("of", "data", &data, !change.data.is_empty())),
            (
                "recipient",
                &some("promise-recipient", "recipients", &recipients, !change.recipients.is_empty()),
            ),
            ("action", action),
            ("verb", if change.verb.is_empty() { action } else { &change.verb }),
            ("demand", &self.demand(change.rule.as_deref())),
            ("was", &was),
            ("is", &is),
        ];
        self.say(self.sentence(change), &slots)
    }

    /// Which sentence tells it.
    fn sentence(self, change: &Change) -> &'static str {
        let passes = change.action.is_some_and(ActionKind::is_sharing);
        match (change.kind, change.longer) {
            (Kind::DataNew, _) if passes => "data-new-passed",
            (Kind::ConsentWeakened, _) if change.old.is_none() => "consent-presumed",
            (Kind::RetentionChanged, Some(true)) => "retention-longer",
            (Kind::RetentionChanged, Some(false)) => "retention-shorter",
            (Kind::PeriodChanged, Some(true)) => "period-longer",
            (Kind::PeriodChanged, Some(false)) => "period-shorter",
            (Kind::RefusalChanged, _) if change.new.as_ref().is_none_or(|side| side.text.is_empty()) => {
                "refusal-dropped"
            }
            (kind, _) => kind.name(),
        }
    }

    fn either(self, text: &str) -> String {
        if text.is_empty() { self.get("nothing").to_owned() } else { self.quoted(text) }
    }

    pub(super) fn data(self, data: &[Datum]) -> String {
        let names: Vec<&str> = data.iter().map(|datum| datum.text.as_str()).collect();
        if names.is_empty() { self.get("umbrella").to_owned() } else { self.quotes(&names) }
    }

    fn purposes(self, purposes: &[String]) -> String {
        self.list(&purposes.iter().take(2).collect::<Vec<_>>())
    }

    /// What a rule asks of a policy.
    pub(super) fn demand(self, rule: Option<&str>) -> String {
        let rule = rule.and_then(|id| self.knowledge.rules.iter().find(|rule| rule.id == id));
        let text = rule.map(|rule| rule.demands.as_ref().unwrap_or(&rule.title));
        text.map_or(String::new(), |text| text.get(self.language).to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::Words;
    use crate::builtin;
    use crate::knowledge::kinds::Language;
    use crate::versions::{Change, Importance, Kind};

    #[test]
    fn every_kind_of_change_has_a_sentence_in_both_languages() {
        let knowledge = builtin::knowledge().unwrap();
        for language in [Language::Zh, Language::En] {
            let words = Words { knowledge: &knowledge, language };
            for kind in Kind::ALL {
                let change = Change::new(kind, Importance::Low);
                let sentence = words.title(&change);
                assert!(!sentence.is_empty() && !sentence.contains(['{', '}']), "{kind:?}: {sentence}");
            }
        }
    }
}
