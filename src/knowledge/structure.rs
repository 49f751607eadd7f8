//! How a policy is laid out: the words that number chapters and name documents.

use serde::{Deserialize, Serialize};

/// What the document stage knows of a language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Structure {
    /// Characters of numerals in chapter numbers, in the order of their values: zero to nine, ten,
    /// a hundred, a thousand.
    pub numerals: String,
    /// What stands around an ordinal: `第` + numeral + `章`.
    pub ordinal_prefixes: Vec<String>,
    /// The units of ordinals that number chapters, the largest first.
    pub ordinal_units: Vec<String>,
    /// A short line that ends with one of these is the title of a document.
    pub titles: Vec<String>,
    /// One that ends with one of these is the title of terms, which leave the policy to another document.
    #[serde(default)]
    pub agreements: Vec<String>,
    /// A file with one of these near its start (title or first lines) looks like a privacy policy.
    pub policy_marks: Vec<String>,
    /// A paragraph that ends with one of these (and a colon) leads in the list that follows.
    pub lead_ins: Vec<String>,
    /// Words before a colon that are no title: the sentence goes on behind it.
    #[serde(default)]
    pub continuations: Vec<String>,
    /// End the label of a field, which begins a line of its own.
    pub field_ends: Vec<String>,
    /// A short sentence with one of these speaks to the reader; it is no title run into the text.
    #[serde(default)]
    pub title_stops: Vec<String>,
    /// What word processors call the styles of headings, before their level; in lower case.
    #[serde(default)]
    pub heading_styles: Vec<String>,
    /// What they call the style of the title of a document; in lower case.
    #[serde(default)]
    pub title_styles: Vec<String>,
}
