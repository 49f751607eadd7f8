//! Conditions of rules.

use super::place::At;
use super::{Compiler, SENSITIVITY_LISTS};
use crate::knowledge::kinds::PartRole;
use crate::knowledge::lexicon::CategoryId;
use crate::knowledge::rule::{self, Condition};
use crate::knowledge::spec;
use std::collections::BTreeMap;

/// Deeper nesting of conditions is a mistake, not a rule.
const MAX_DEPTH: usize = 16;

impl Compiler {
    pub(super) fn condition(&mut self, at: At<'_>, spec: &spec::Condition) -> Condition {
        let mut all = Vec::new();
        if at.depth() > MAX_DEPTH {
            let help = Some(format!("at most {MAX_DEPTH} levels are read"));
            self.problem(at, "conditions are nested too deeply".into(), help);
            return Condition::All(all);
        }
        for (key, list) in [("any", &spec.any), ("all", &spec.all), ("none", &spec.none)] {
            if list.is_empty() {
                continue;
            }
            let place = at.key(key);
            let inner = list.iter().enumerate().map(|(n, c)| self.condition(place.index(n), c)).collect();
            all.push(match key {
                "any" => Condition::Any(inner),
                "all" => Condition::All(inner),
                _ => Condition::None(inner),
            });
        }
        if !spec.action.is_empty() {
            all.push(Condition::Action(spec.action.clone()));
        }
        if !spec.actor.is_empty() {
            all.push(Condition::Actor(spec.actor.clone()));
        }
        all.extend(spec.negated.map(Condition::Negated));
        if let Some(data) = &spec.data {
            let data = self.data(at.key("data"), data);
            all.push(Condition::Data(data));
        }
        for (role, part) in [
            (PartRole::Purpose, &spec.purpose),
            (PartRole::Condition, &spec.condition),
            (PartRole::Recipient, &spec.recipient),
            (PartRole::Consent, &spec.consent),
            (PartRole::Refusal, &spec.refusal),
            (PartRole::Retention, &spec.retention),
        ] {
            if let Some(part) = part {
                let place = at.key(role.name());
                all.push(Condition::Part(rule::Part {
                    role,
                    present: part.present,
                    within: part.within,
                    beyond: part.beyond.iter().map(|(distance, level)| (*distance, *level)).collect(),
                    any: self.list(place.key("any"), &part.any),
                    all: self.list(place.key("all"), &part.all),
                    none: self.list(place.key("none"), &part.none),
                }));
            }
        }
        if let Some(columns) = &spec.columns {
            all.push(Condition::Columns(rule::Columns {
                all: columns.all.iter().map(|one| one.0.clone()).collect(),
                any: columns.any.clone(),
                none: columns.none.clone(),
                headers: columns.headers.clone(),
            }));
        }
        if let Some(words) = &spec.text {
            let place = at.key("text");
            all.push(Condition::Words(rule::Words {
                any: self.list(place.key("any"), &words.any),
                all: self.patterns(place.key("all"), &words.all),
                none: self.list(place.key("none"), &words.none),
                within: words.within,
                affirmed: words.affirmed,
            }));
        }
        if !spec.heading.is_empty() {
            let patterns = self.list(at.key("heading"), &spec.heading);
            all.extend(patterns.map(Condition::Heading));
        }
        if !spec.section.is_empty() {
            let topics = self.topics(at.key("section"), &spec.section);
            all.push(Condition::Section(topics));
        }
        if !spec.not_section.is_empty() {
            let topics = self.topics(at.key("not_section"), &spec.not_section);
            all.push(Condition::NotSection(topics));
        }
        if !spec.has_section.is_empty() {
            let topics = self.topics(at.key("has_section"), &spec.has_section);
            all.push(Condition::HasSection(topics));
        }
        if let Some(practice) = &spec.practice {
            let inner = self.condition(at.key("practice"), practice);
            all.push(Condition::Practice(Box::new(inner)));
        }
        let facts = self.facts(at.key("facts"), &spec.facts);
        all.extend(facts.into_iter().map(|(fact, value)| Condition::Fact(fact, value)));
        all.extend(spec.has_table.map(Condition::HasTable));
        all.extend(spec.terms.map(Condition::Terms));
        if let Some(test) = &spec.app_type {
            let place = at.key("app_type");
            let is = self.app_type_names(place.key("is"), &test.is);
            all.push(Condition::AppType { is, guessed: test.guessed, confirmed: test.confirmed });
        }
        all.extend(spec.min_chars.map(Condition::MinChars));
        all.extend(spec.max_chars.map(Condition::MaxChars));
        // What points at no words can go first; the order of the others tells what a finding points at.
        all.sort_by_key(cost);
        match all.len() {
            1 => all.swap_remove(0),
            _ => Condition::All(all),
        }
    }

    fn data(&mut self, at: At<'_>, data: &spec::Data) -> rule::Data {
        let category = self.category_globs(at.key("category"), &data.category);
        let not_category = self.category_globs(at.key("not_category"), &data.not_category);
        let lists = at.key("sensitive_by");
        for (index, list) in data.sensitive_by.iter().enumerate() {
            if !SENSITIVITY_LISTS.contains(&list.as_str()) && list != "declared" {
                let known = SENSITIVITY_LISTS.into_iter().chain(["declared"]);
                self.unknown(lists.index(index), "list", list, known);
            }
        }
        rule::Data {
            category: (!data.category.is_empty()).then_some(category),
            not_category,
            sensitive: data.sensitive,
            sensitive_by: data.sensitive_by.clone(),
            generic: data.generic,
            reference: data.reference,
            beyond_necessary: data.beyond_necessary,
            words: self.list(at.key("words"), &data.words),
            min: data.min.unwrap_or(1),
        }
    }

    pub(super) fn category_globs(&mut self, at: At<'_>, globs: &[String]) -> Vec<CategoryId> {
        let mut found = Vec::new();
        for (index, glob) in globs.iter().enumerate() {
            let before = found.len();
            for (number, category) in self.parts.lexicon.categories.iter().enumerate() {
                let fits = match glob.strip_suffix(".*") {
                    Some(group) => category.id.split('.').next() == Some(group),
                    None => category.id == *glob,
                };
                if fits {
                    found.push(CategoryId(number as u16));
                }
            }
            if found.len() == before {
                let known: Vec<String> = self.parts.lexicon.categories.iter().map(|c| c.id.clone()).collect();
                self.unknown(at.index(index), "category", glob, known.iter().map(String::as_str));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    pub(super) fn topics(&mut self, at: At<'_>, names: &[String]) -> Vec<u8> {
        let mut numbers = Vec::new();
        for (index, name) in names.iter().enumerate() {
            match self.parts.grammar.topic_named(name) {
                Some(number) => numbers.push(number),
                None => {
                    let known: Vec<String> = self.parts.grammar.topics.iter().map(|t| t.id.clone()).collect();
                    self.unknown(at.index(index), "topic", name, known.iter().map(String::as_str));
                }
            }
        }
        numbers
    }

    pub(super) fn facts(&mut self, at: At<'_>, facts: &BTreeMap<String, bool>) -> Vec<(u8, bool)> {
        let mut numbers = Vec::new();
        for (name, value) in facts {
            match self.parts.grammar.fact_named(name) {
                Some(number) => numbers.push((number, *value)),
                None => {
                    let known: Vec<String> = self.parts.grammar.facts.iter().map(|f| f.id.clone()).collect();
                    self.unknown(at.key(name), "fact", name, known.iter().map(String::as_str));
                }
            }
        }
        numbers
    }
}

/// How much it costs to answer a condition that points at no words; 2 for all that do.
fn cost(condition: &Condition) -> u8 {
    match condition {
        Condition::Action(_)
        | Condition::Actor(_)
        | Condition::Negated(_)
        | Condition::Fact(..)
        | Condition::Terms(_)
        | Condition::Section(_)
        | Condition::NotSection(_) => 0,
        Condition::HasSection(_) | Condition::HasTable(_) => 1,
        _ => 2,
    }
}
