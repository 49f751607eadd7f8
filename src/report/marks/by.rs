use serde::Serialize;

use crate::knowledge::Knowledge;
use crate::knowledge::lexicon::{CategoryId, Word};
use crate::knowledge::literals::{Forms, Literal};
use crate::marks::{ListRule, Mark, MarkKind, Origin};

/// What made a mark: a person, or an entry under `rules/`.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct By {
    pub kind: Maker,
    /// Category, kind of verb or actor, id of the pattern; for marks set by hand what their words were
    /// read as. `None` for what the lexicon does not know.
    pub id: Option<String>,
    /// For a verb that means something else when the user does it: what.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_user: Option<&'static str>,
    /// The word of the lexicon, in the spelling in which words are compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    /// The word is a weak one of its entry.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub weak: bool,
    /// The file of the pattern.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// Who or what makes marks.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Maker {
    /// A person, in an annotated file.
    #[default]
    Hand,
    /// A form of a category of data.
    Category,
    /// A verb.
    Verb,
    /// A word for an actor.
    Actor,
    /// A name the company goes by.
    Name,
    /// A list: an unknown item beside known ones, or with a known head noun.
    ListItem,
    /// A form of a category and the head noun behind it.
    HeadNoun,
    /// An umbrella word and what describes it.
    Attribute,
    /// A pattern of the grammar.
    Pattern,
}

/// Tells what made marks.
pub(super) struct Makers<'a> {
    knowledge: &'a Knowledge,
    forms: Forms,
}

impl<'a> Makers<'a> {
    pub(super) fn of(knowledge: &'a Knowledge) -> Self {
        Self { knowledge, forms: knowledge.forms() }
    }

    pub(super) fn of_mark(&self, mark: &Mark) -> By {
        let entry = self.entry(mark);
        match mark.origin {
            Origin::Annotated => By { kind: Maker::Hand, ..entry },
            Origin::Name => By { kind: Maker::Name, ..entry },
            Origin::Word(word) => By { form: self.form(word), ..entry },
            Origin::List { rule, word } => {
                let kind = match rule {
                    ListRule::Item => Maker::ListItem,
                    ListRule::HeadNoun => Maker::HeadNoun,
                    ListRule::Attribute => Maker::Attribute,
                };
                // With its attribute an umbrella word is of no category; say which one it was of.
                let id = entry.id.or_else(|| self.category(word?));
                By { kind, id, form: word.and_then(|word| self.form(word)), ..entry }
            }
            Origin::Grammar(number) => {
                let pattern = &self.knowledge.grammar.spans[number as usize];
                By { id: Some(pattern.id.clone()), source: Some(pattern.source.clone()), ..entry }
            }
        }
    }

    /// The entry that the kind of a mark names.
    fn entry(&self, mark: &Mark) -> By {
        let named = |id: CategoryId| self.knowledge.lexicon.category(id).id.clone();
        match mark.kind {
            MarkKind::Data { category, weak } => {
                By { kind: Maker::Category, id: category.map(named), weak, ..By::default() }
            }
            MarkKind::Action { kind, by_user, weak } => By {
                kind: Maker::Verb,
                id: kind.or(by_user).map(|kind| kind.name().to_owned()),
                by_user: by_user.filter(|_| kind.is_some()).map(|kind| kind.name()),
                weak,
                ..By::default()
            },
            MarkKind::Actor(kind) => {
                By { kind: Maker::Actor, id: Some(kind.name().to_owned()), ..By::default() }
            }
            MarkKind::Part(_) => By { kind: Maker::Pattern, ..By::default() },
        }
    }

    fn form(&self, word: Literal) -> Option<String> {
        self.forms.of(word).map(str::to_owned)
    }

    fn category(&self, word: Literal) -> Option<String> {
        self.knowledge.lexicon.words(word).find_map(|word| match word {
            Word::Data { category, .. } => Some(self.knowledge.lexicon.category(category).id.clone()),
            _ => None,
        })
    }
}
