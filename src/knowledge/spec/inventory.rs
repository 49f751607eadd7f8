//! How an inventory merges what it lists.

use super::Text;
use serde::{Deserialize, Serialize};

/// How the inventory puts the statements about one item together.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Inventory {
    /// Categories that are shown together, in the order of the list.
    pub families: Vec<Family>,
    /// Names of one and the same item.
    pub same: Vec<Vec<String>>,
    /// Left off at either end before names are compared.
    pub prefixes: Vec<String>,
    pub suffixes: Vec<String>,
    /// Begin words that stand for everything the chapter named before (上述信息).
    pub all_above: Vec<String>,
    /// An item that ends with one of these names no data.
    pub unnamed: Vec<String>,
    /// Categories that name no single item.
    pub unnamed_categories: Vec<String>,
    /// Before the verb say that what is collected comes from others.
    pub from_others: Vec<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Family {
    pub title: Text,
    /// First levels of categories (`device`), or whole ids (`network.ip`).
    pub categories: Vec<String>,
}
