//! Compiled grammar: how purposes, conditions, refusals … are phrased, and what headings speak of.

use super::amount::Amounts;
use super::example::Example;
use super::kinds::{PartRole, Point};
use super::later::Later;
use super::lexicon::CategoryId;
use super::literals::{Literal, run, runs};
use super::pattern::Pattern;
use super::spec::{Holds, Text, Until};
use super::words::Words;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Grammar {
    pub spans: Vec<SpanPattern>,
    /// Which patterns a literal opens, sorted.
    pub opened_by: Vec<(Literal, u16)>,
    /// Where the run of each literal starts in `opened_by`; one entry more than literals that open.
    opening: Vec<u32>,
    pub topics: Vec<Topic>,
    /// Which topics a literal in a heading names, sorted.
    naming: Vec<(Literal, u8)>,
    /// Where the run of each literal starts in `naming`; one entry more than literals that name.
    names: Vec<u32>,
    pub facts: Vec<Fact>,
    /// Words of table headers and what the column holds, in the order they are tried.
    pub columns: Vec<(String, Holds)>,
    /// What columns are called in messages.
    pub column_titles: Vec<(Holds, Text)>,
    /// Words that labels of fields are put together from.
    pub field_words: Words,
    /// End the name of a third party above a record of fields.
    pub field_parties: Words,
    /// Stand in the name of a company.
    pub companies: Words,
    /// Words of cells with no entry, folded.
    pub no_entry: Words,
    pub amounts: Amounts,
    pub app_types: AppTypes,
    pub labels: Vec<(Point, Text)>,
    /// The weakest first.
    pub consent_levels: Vec<ConsentLevel>,
}

/// See [`super::spec::ConsentLevel`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ConsentLevel {
    pub id: String,
    pub words: Words,
    pub presumed: bool,
    pub separate: bool,
}

/// See [`super::spec::SpanPattern`]; cues are literals, contexts are folded text.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SpanPattern {
    pub id: String,
    /// The file it came from.
    pub source: String,
    pub role: PartRole,
    pub whole: bool,
    pub clause_start: bool,
    pub not_after: Words,
    pub not_before: Words,
    pub followed_by: Words,
    pub not_negated: bool,
    pub after_data: bool,
    pub not_behind: Vec<Literal>,
    pub behind: Vec<Literal>,
    pub close: Vec<Literal>,
    pub close_not_before: Words,
    pub close_not_after: Words,
    pub close_ends_clause: bool,
    pub close_last: bool,
    pub close_optional: bool,
    pub until: Until,
    pub keep_open: bool,
    pub keep_close: bool,
    pub extend: Words,
    pub run_on: bool,
    pub strip: Words,
    pub strip_start: Words,
    pub strip_through: Words,
    pub split_after: Words,
    pub never: Words,
    pub not_ending: Words,
    pub clause_needs: Words,
    pub needs: Words,
    pub lacks: Words,
    pub states: bool,
    pub min: u32,
    pub max: u32,
    pub examples: Later<Vec<Example>>,
}

/// What a section can be about.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Topic {
    pub id: String,
    pub headings: Vec<Pattern>,
    pub no_practices: bool,
    pub of_full_policy: bool,
}

/// See [`super::spec::AppTypes`].
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct AppTypes {
    pub guessed: Text,
    pub unconfirmed: Text,
    pub types: Vec<AppType>,
}

/// See [`super::spec::AppType`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AppType {
    pub id: String,
    pub title: Text,
    pub article: String,
    pub confirmed: bool,
    /// Sorted.
    pub necessary: Vec<CategoryId>,
    pub guess: Vec<Pattern>,
}

/// A fact about the app.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Fact {
    pub id: String,
    pub title: Text,
    pub guess: Vec<Pattern>,
}

impl Grammar {
    /// The patterns `literal` opens.
    pub fn opened_by(&self, literal: Literal) -> impl Iterator<Item = (u16, &SpanPattern)> {
        let run = run(&self.opened_by, &self.opening, literal);
        run.iter().map(|&(_, at)| (at, &self.spans[at as usize]))
    }

    /// The topics that a heading with `literal` is about, by number.
    pub fn topics_named_by(&self, literal: Literal) -> impl Iterator<Item = u8> {
        run(&self.naming, &self.names, literal).iter().map(|(_, topic)| *topic)
    }

    /// Brings what literals stand for in order, so that it can be looked up.
    pub(super) fn index(&mut self) {
        self.opened_by.sort_unstable();
        self.opening = runs(&self.opened_by);
        self.naming.clear();
        for (topic, number) in self.topics.iter().zip(0..) {
            self.naming.extend(topic.headings.iter().filter_map(|pattern| match pattern {
                Pattern::Literal(literal) => Some((*literal, number)),
                _ => None,
            }));
        }
        self.naming.sort_unstable();
        self.names = runs(&self.naming);
    }

    /// What a label at such a place says.
    pub fn label(&self, point: Point) -> Option<&Text> {
        self.labels.iter().find(|(known, _)| *known == point).map(|(_, text)| text)
    }

    /// What a column is called in messages.
    pub fn column_title(&self, holds: Holds) -> Option<&Text> {
        self.column_titles.iter().find(|(known, _)| *known == holds).map(|(_, text)| text)
    }

    pub fn topic_named(&self, id: &str) -> Option<u8> {
        self.topics.iter().position(|topic| topic.id == id).map(|at| at as u8)
    }

    pub fn app_type_named(&self, id: &str) -> Option<u8> {
        self.app_types.types.iter().position(|known| known.id == id).map(|at| at as u8)
    }

    pub fn fact_named(&self, id: &str) -> Option<u8> {
        self.facts.iter().position(|fact| fact.id == id).map(|at| at as u8)
    }
}
