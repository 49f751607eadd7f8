//! Compiled text patterns.

use super::expressions::ExpressionId;
use super::literals::Literal;
use serde::{Deserialize, Serialize};

/// Index of a set of patterns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SetId(pub u32);

/// Index of a [`Near`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NearId(pub u32);

/// See [`super::spec::Pattern`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Pattern {
    Literal(Literal),
    /// A number with one of these units.
    Amount {
        units: Vec<u8>,
        over: Option<u32>,
        at_most: Option<u32>,
    },
    Near(NearId),
    Expression(ExpressionId),
    Set(SetId),
}

/// All parts inside one sentence, at most `gap` characters between one and the next.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Near {
    pub parts: Vec<Pattern>,
    pub gap: u32,
    pub ordered: bool,
}

/// Patterns of which any may match: a named phrase set, or a list as it stands in a rule.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PatternSet {
    /// A list has none.
    pub name: Option<String>,
    pub any: Vec<Pattern>,
    /// Whether it has no other members than literals; told when all sets are compiled.
    pub of_literals: bool,
}
