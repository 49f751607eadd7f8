//! The articles that rules rest on.

use super::kinds::Language;
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
        self.articles
            .binary_search_by(|article| article.key.as_str().cmp(key))
            .ok()
            .map(|at| &self.articles[at])
    }

    /// How an article is called: 《个人信息保护法》第三十条; `None` for a key nobody knows.
    pub fn label(&self, key: &str, language: Language) -> Option<String> {
        let article = self.article(key)?;
        let (short, number) = (self.statute(article).short.get(language), article.number.get(language));
        Some(match language {
            Language::Zh => format!("《{short}》{number}"),
            Language::En => format!("{short}, {number}"),
        })
    }

    pub fn statute(&self, article: &Article) -> &Statute {
        &self.statutes[article.statute as usize]
    }
}
