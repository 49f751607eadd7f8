//! The articles that rules rest on.

use super::spec::Text;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Laws {
    pub statutes: Vec<Statute>,
    /// Sorted by key.
    pub articles: Vec<Article>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Statute {
    pub id: String,
    pub name: Text,
    pub short: Text,
    /// Date in force, YYYY-MM-DD.
    pub in_force: String,
    pub draft: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Article {
    pub key: String,
    /// Index into [`Laws::statutes`].
    pub statute: u16,
    pub number: Text,
    /// The operative words, where confirmed.
    pub text: Option<String>,
}

impl Laws {
    pub fn article(&self, key: &str) -> Option<&Article> {
        self.articles.binary_search_by(|article| article.key.as_str().cmp(key)).ok().map(|at| &self.articles[at])
    }

    pub fn statute(&self, article: &Article) -> &Statute {
        &self.statutes[article.statute as usize]
    }
}
