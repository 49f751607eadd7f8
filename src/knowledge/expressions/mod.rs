//! Regular expressions as small programs over characters.
//!
//! They are compiled with the rules and stored with them: the engines of the `regex` crate cannot be stored, and
//! building hundreds of them took longer than judging a policy. A search goes back and tries what is left, but
//! never the same step at the same place twice, so that it stays linear in the text.

mod build;
mod search;
#[cfg(test)]
mod tests;

pub use search::Search;

use super::literals::Literal;
use serde::{Deserialize, Serialize};

/// Index of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ExpressionId(pub u32);

/// All expressions; they share their steps, classes and texts.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Expressions {
    all: Vec<Expression>,
    steps: Vec<Step>,
    classes: Vec<Class>,
    words: Vec<Text>,
    texts: String,
}

/// One expression, and what tells that it cannot match.
#[derive(Debug, Serialize, Deserialize)]
pub struct Expression {
    /// Its first step.
    entry: u32,
    /// So many of its steps can be reached in more than one way.
    guards: u32,
    starts: Starts,
    /// Whether it asks for the start or the end of the text: then it may match in a part of a text only.
    pub looks: bool,
    pub needs: Needs,
}

/// What a text has to hold for an expression to match in it.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Needs {
    /// Of each set a literal, be it a part of a Latin word.
    pub sets: Vec<NeededSet>,
    /// A digit.
    pub digit: bool,
}

/// Literals of which every match holds one.
#[derive(Debug, Serialize, Deserialize)]
pub struct NeededSet {
    pub any: Vec<Literal>,
    /// How many bytes of a match may go before the literal, if that is bounded.
    pub before: Option<u32>,
}

/// Where a match can start.
#[derive(Debug, Serialize, Deserialize)]
enum Starts {
    Anywhere,
    AtStart,
    /// At a character whose last eight bits are among these.
    With([u64; 4]),
}

/// Where a text stands among all texts.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Text {
    from: u32,
    to: u32,
}

/// A set of characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct Class {
    /// Sorted.
    ranges: Vec<(char, char)>,
}

/// What a program does next; when it succeeds it goes on with the step behind.
#[derive(Clone, Debug, Serialize, Deserialize)]
enum Step {
    Text(Text),
    One(u32),
    /// Characters of a class, at least `least` and at most `most`.
    Many {
        class: u32,
        least: u32,
        most: u32,
        greedy: bool,
        guard: u32,
    },
    /// One of the words, earlier ones preferred.
    Words {
        from: u32,
        to: u32,
        guard: u32,
    },
    /// Goes on with `first`, else with `second`.
    Split {
        first: u32,
        second: u32,
        guard: u32,
    },
    Jump(u32),
    Look(Look),
    Match,
}

/// Tests of the place.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
enum Look {
    Start,
    End,
    StartLine,
    EndLine,
}

impl Expressions {
    pub fn get(&self, id: ExpressionId) -> &Expression {
        &self.all[id.0 as usize]
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// A search for one expression, to be used for any number of texts.
    pub fn search(&self, id: ExpressionId) -> Search<'_> {
        Search::new(self, self.get(id))
    }

    fn text(&self, text: Text) -> &[u8] {
        &self.texts.as_bytes()[text.from as usize..text.to as usize]
    }
}

impl Class {
    /// So many ranges are gone through one by one.
    const FEW: usize = 6;

    fn has(&self, c: char) -> bool {
        if self.ranges.len() <= Self::FEW {
            return self.ranges.iter().any(|(first, last)| (*first..=*last).contains(&c));
        }
        let at = self.ranges.partition_point(|(_, last)| *last < c);
        self.ranges.get(at).is_some_and(|(first, _)| *first <= c)
    }
}
