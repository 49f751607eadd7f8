//! What is known about the app.

use super::Text;
use super::pattern::Pattern;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    pub title: Text,
    /// Any of these in the text lets the linter assume the fact when the config is silent.
    #[serde(default)]
    pub guess: Vec<Pattern>,
}

/// The types of apps whose necessary data the law lists.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppTypes {
    /// How messages name a type that was guessed from the text, and one whose list nobody confirmed; `{type}` is its title.
    pub guessed: Text,
    pub unconfirmed: Text,
    pub types: Vec<AppType>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppType {
    /// What the config calls it: `app: { type: online-shopping }`.
    pub id: String,
    pub title: Text,
    /// The article that lists what is necessary.
    pub article: String,
    /// Whether `necessary` was compared with the text of the article.
    pub confirmed: bool,
    /// Globs over the categories of data without which its basic function does not work.
    #[serde(default)]
    pub necessary: Vec<String>,
    /// Phrases that tell the type when the config is silent.
    #[serde(default)]
    pub guess: Vec<Pattern>,
}
