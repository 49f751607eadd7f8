//! Compiled words of the inventory: which names are one item, and how items are grouped.

use super::spec::Family;
use super::words::Words;
use serde::{Deserialize, Serialize};

/// See [`super::spec::Inventory`]; words are folded.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct InventoryWords {
    pub families: Vec<Family>,
    pub same: Vec<Vec<String>>,
    pub prefixes: Words,
    pub suffixes: Words,
    pub all_above: Words,
    pub unnamed: Words,
    pub unnamed_categories: Vec<String>,
    pub from_others: Words,
}

impl InventoryWords {
    /// The number of the family of a category; one that is named in full goes before its first level.
    pub fn family_of(&self, category: &str) -> Option<usize> {
        let named = |name: &str| {
            self.families.iter().position(|family| family.categories.iter().any(|known| known == name))
        };
        named(category).or_else(|| named(category.split_once('.')?.0))
    }
}
