//! Compiled units and numerals.

use super::literals::Literal;
use super::spec::Text;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Amounts {
    /// Sorted.
    pub numerals: Vec<(char, u32)>,
    /// Stand between the ends of a range.
    pub ranges: Vec<String>,
    pub units: Vec<Unit>,
    pub words: Vec<UnitWord>,
}

/// See [`super::spec::Unit`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Unit {
    pub id: String,
    pub title: Text,
    pub not_after: Vec<String>,
    pub not_before: Vec<String>,
    pub most: Option<u32>,
    pub days: Option<u32>,
}

/// A word for a unit, or for a whole amount (半年).
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct UnitWord {
    pub literal: Literal,
    pub unit: u8,
    pub worth: Option<u32>,
}

impl Amounts {
    pub fn numeral(&self, c: char) -> Option<u32> {
        self.numerals.binary_search_by_key(&c, |(numeral, _)| *numeral).ok().map(|at| self.numerals[at].1)
    }

    pub fn unit_named(&self, id: &str) -> Option<u8> {
        self.units.iter().position(|unit| unit.id == id).map(|at| at as u8)
    }
}
