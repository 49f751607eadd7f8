//! What is known about the app: from the config, else from the text.

use super::Analysis;
use crate::knowledge::Knowledge;
use crate::knowledge::pattern::Pattern;
use crate::marks::Matcher;
use crate::span::Span;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Facts by number.
#[derive(Debug)]
pub(super) struct Facts {
    known: Vec<bool>,
    /// What the config says.
    stated: Option<u8>,
    /// What the text suggests; worked out when first asked for.
    guessed: OnceLock<Option<u8>>,
}

/// The type of the app, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct AppType {
    pub(super) number: u8,
    pub(super) guessed: bool,
}

/// A type is guessed when its phrases stand in the text this often, and twice as often as any other's.
const OFTEN: usize = 6;

impl Facts {
    /// Facts that neither the config states nor the text suggests do not hold.
    pub(super) fn of(
        knowledge: &Knowledge,
        files: &[Analysis],
        given: &BTreeMap<String, bool>,
        app_type: Option<&str>,
    ) -> Self {
        let known = knowledge
            .grammar
            .facts
            .iter()
            .map(|fact| match given.get(&fact.id) {
                Some(&value) => value,
                None => files.iter().any(|analysis| {
                    let document = &analysis.document;
                    let matcher = Matcher { knowledge, document, hits: &analysis.marks.hits };
                    matcher.any(&fact.guess, Span::new(0, document.prose.text().len()))
                }),
            })
            .collect();
        let stated = app_type.and_then(|id| knowledge.grammar.app_type_named(id));
        Self { known, stated, guessed: OnceLock::new() }
    }

    /// The type of the app, if the config states one or the text leaves no doubt.
    pub(super) fn app_type(&self, knowledge: &Knowledge, files: &[Analysis]) -> Option<AppType> {
        if let Some(number) = self.stated {
            return Some(AppType { number, guessed: false });
        }
        let number = *self.guessed.get_or_init(|| guess(knowledge, files));
        number.map(|number| AppType { number, guessed: true })
    }

    pub(super) fn is(&self, fact: u8) -> bool {
        self.known[fact as usize]
    }
}

fn guess(knowledge: &Knowledge, files: &[Analysis]) -> Option<u8> {
    let count = |patterns: &[Pattern]| {
        let mut count = 0;
        for analysis in files {
            let document = &analysis.document;
            let matcher = Matcher { knowledge, document, hits: &analysis.marks.hits };
            let whole = Span::new(0, document.prose.text().len());
            for pattern in patterns {
                matcher.each(pattern, whole, &mut |_| {
                    count += 1;
                    true
                });
            }
        }
        count
    };
    let types = knowledge.grammar.app_types.types.iter().enumerate();
    let mut counts: Vec<(usize, u8)> = types.map(|(number, app)| (count(&app.guess), number as u8)).collect();
    counts.sort_unstable_by_key(|(count, number)| (std::cmp::Reverse(*count), *number));
    let (most, number) = *counts.first()?;
    let next = counts.get(1).map_or(0, |(count, _)| *count);
    (most >= OFTEN && most >= 2 * next).then_some(number)
}
