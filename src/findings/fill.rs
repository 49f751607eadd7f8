//! What the words of a rule are filled with.

use super::condition::Subject;
use super::judge::Judging;
use super::message::Words;
use crate::knowledge::kinds::Point;
use crate::knowledge::rule::{Columns, Condition};
use crate::knowledge::spec::Holds;
use crate::practices::Entry;
use crate::span::Span;

/// A rule asks for no more columns than this.
pub(super) const MOST_COLUMNS: usize = 8;

impl<'a> Judging<'a> {
    pub(super) fn fill(&self, subject: &Subject<'a>, words: &mut Words, at: Option<Span>) {
        let document = &subject.analysis().document;
        if let Some(app) = self.policy.app_type().filter(|_| self.names("type")) {
            let types = &self.policy.knowledge.grammar.app_types;
            let known = &types.types[app.number as usize];
            let language = self.settings.language;
            let mut name = known.title.get(language).to_owned();
            for (told, template) in [(app.guessed, &types.guessed), (!known.confirmed, &types.unconfirmed)] {
                if told {
                    name = template.get(language).replace("{type}", &name);
                }
            }
            words.name("type", name);
        }
        if let Some(entry) = subject.entry {
            words.data(document.text(entry.name));
            let title = |holds: &Holds| {
                let title = self.policy.knowledge.grammar.column_title(*holds)?;
                Some(title.get(self.settings.language))
            };
            let (lacking, _) = self.missing(entry);
            let sets = lacking.iter().map(|set| set.iter().filter_map(title).collect::<Vec<_>>().join("/"));
            words.list_of("missing", sets);
        }
        for (slot, point) in [
            ("action", Point::Action),
            ("actor", Point::Actor),
            ("purpose", Point::Purpose),
            ("recipient", Point::Recipient),
            ("condition", Point::Condition),
            ("match", if self.rule.point == Point::Clause { Point::Clause } else { Point::Match }),
            ("sentence", Point::Sentence),
            ("section", Point::Heading),
        ] {
            if !self.names(slot) {
                continue;
            }
            if let Some(span) = self.spot(subject, point, &[], at) {
                words.fill(slot, document.text(span));
            }
        }
    }

    /// The columns that the rule requires and the entry says nothing of, and the same as a set of bits.
    pub(super) fn missing(&self, entry: &Entry) -> (Vec<&'a [Holds]>, usize) {
        let mut tests = Vec::new();
        if let Some(require) = &self.rule.require {
            column_tests(require, &mut tests);
        }
        let asked = tests.iter().flat_map(|test| &test.all).take(MOST_COLUMNS).enumerate();
        let lacking = asked.filter(|(_, set)| !set.iter().any(|holds| entry.says(*holds)));
        lacking.fold((Vec::new(), 0), |(mut sets, bits), (at, set)| {
            sets.push(set.as_slice());
            (sets, bits | 1 << at)
        })
    }

    /// Whether the message or the remedy has this slot.
    fn names(&self, slot: &str) -> bool {
        let texts = [&self.rule.message, &self.rule.help].map(|text| text.get(self.settings.language));
        let is_slot = |rest: &str| rest.strip_prefix(slot).is_some_and(|rest| rest.starts_with('}'));
        texts.iter().any(|text| text.split('{').skip(1).any(is_slot))
    }

    /// The articles a finding rests on: those of the rule, and the one that lists what apps of this type need.
    pub(super) fn cites(&self) -> Vec<String> {
        let mut cites = self.rule.cites.clone();
        if let Some(app) = self.policy.app_type().filter(|_| self.names("type")) {
            let article = &self.policy.knowledge.grammar.app_types.types[app.number as usize].article;
            cites.extend(self.policy.knowledge.laws.article(article).map(|article| article.key.clone()));
        }
        cites
    }
}

/// The tests of columns in a condition.
fn column_tests<'c>(condition: &'c Condition, tests: &mut Vec<&'c Columns>) {
    match condition {
        Condition::Columns(columns) => tests.push(columns),
        Condition::All(inner) | Condition::Any(inner) => {
            inner.iter().for_each(|one| column_tests(one, tests))
        }
        _ => {}
    }
}
