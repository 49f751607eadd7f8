//! The articles that rules rest on.

use super::date::Date;
use super::kinds::Language;
use super::later::Later;
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
    /// The first day on which it is no longer in force.
    pub repealed: Option<String>,
    pub draft: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Article {
    pub key: String,
    /// Index into [`Laws::statutes`].
    pub statute: u16,
    pub number: Text,
    /// The operative words, where confirmed.
    pub text: Later<Option<String>>,
    /// Since when it has been in force as it stands here, if not as long as its statute.
    pub in_force: Option<String>,
    /// What it was before that day.
    pub formerly: Option<Former>,
}

/// An earlier version of an article.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Former {
    pub number: Text,
    pub text: Later<Option<String>>,
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

    /// Keeps what is in force on a day, as it is on that day.
    pub fn turn_to(&mut self, day: Date) {
        // Dates of this form are in the order of time.
        let day = day.to_string();
        let Self { statutes, articles } = self;
        articles.retain_mut(|article| {
            let statute = &statutes[article.statute as usize];
            let begun = statute.in_force <= day;
            let ended = statute.repealed.as_ref().is_some_and(|end| *end <= day);
            let earlier = article.in_force.as_ref().is_some_and(|since| day < *since);
            if earlier {
                let Some(Former { number, text }) = article.formerly.take() else { return false };
                (article.number, article.text, article.in_force) = (number, text, None);
            }
            begun && !ended
        });
    }

    /// Since when an article has been in force as it stands.
    pub fn in_force<'a>(&'a self, article: &'a Article) -> &'a str {
        article.in_force.as_deref().unwrap_or(&self.statute(article).in_force)
    }

    pub fn statute(&self, article: &Article) -> &Statute {
        &self.statutes[article.statute as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(zh: &str) -> Text {
        Text { zh: zh.to_owned(), en: String::new() }
    }

    fn laws() -> Laws {
        let statute = |id: &str, in_force: &str, repealed: Option<&str>| Statute {
            id: id.to_owned(),
            name: text(id),
            short: text(id),
            in_force: in_force.to_owned(),
            repealed: repealed.map(str::to_owned),
            draft: false,
        };
        let article = |key: &str, statute: u16, number: &str, formerly: Option<&str>| Article {
            key: key.to_owned(),
            statute,
            number: text(number),
            text: None.into(),
            in_force: (statute == 0).then(|| "2026-01-01".to_owned()),
            formerly: formerly.map(|number| Former { number: text(number), text: None.into() }),
        };
        Laws {
            statutes: vec![statute("a", "2017-06-01", None), statute("b", "2019-03-01", Some("2025-05-01"))],
            articles: vec![
                article("a-42", 0, "第四十二条", Some("第四十条")),
                article("a-43", 0, "第四十三条", None),
                article("b-1", 1, "第一条", None),
            ],
        }
    }

    fn on(day: &str) -> Vec<String> {
        let mut laws = laws();
        laws.turn_to(day.parse().unwrap());
        laws.articles.iter().filter_map(|article| laws.label(&article.key, Language::Zh)).collect()
    }

    #[test]
    fn the_version_in_force_is_chosen() {
        assert_eq!(on("2026-01-01"), ["《a》第四十二条", "《a》第四十三条"]);
        assert_eq!(on("2025-12-31"), ["《a》第四十条"]);
        assert_eq!(on("2025-04-30"), ["《a》第四十条", "《b》第一条"]);
        assert_eq!(on("2017-06-01"), ["《a》第四十条"]);
        assert!(on("2017-05-31").is_empty());
    }
}
