//! What the columns of tables and the lines of records hold.

use serde::{Deserialize, Serialize};

/// What a column holds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    pub holds: Holds,
    /// A header with one of these names such a column.
    pub headers: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holds {
    Data,
    /// Whose software it is, or what it is called: it acts where third parties collect, else it stands for its maker.
    Actor,
    Purpose,
    Condition,
    Recipient,
    Refusal,
    Retention,
    /// How the data are got or handled.
    Method,
    /// Where a third party's own policy is.
    Link,
    Contact,
    /// Nothing anybody asks for (a number, a version).
    Other,
}

impl Holds {
    /// Whether a practice is made of it.
    pub fn states(self) -> bool {
        !matches!(self, Self::Method | Self::Link | Self::Contact | Self::Other)
    }
}

/// The labels of fields, and what names the thing that a record of fields is about.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Fields {
    /// A label is put together from these words and no others.
    pub words: Vec<String>,
    /// The line above a record names a third party up to the last of these (某某推送SDK).
    pub parties: Vec<String>,
    /// Any column that has one of these names a company.
    pub companies: Vec<String>,
}
