//! The statutes and their articles.

use super::Text;
use serde::Deserialize;

/// A statute with the articles that rules cite.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statute {
    /// Prefix of its article keys: `pipl`.
    pub id: String,
    /// Full and short name: 中华人民共和国个人信息保护法, 个人信息保护法.
    pub name: Text,
    pub short: Text,
    /// Date in force, YYYY-MM-DD.
    pub in_force: String,
    /// The first day on which it is no longer in force.
    #[serde(default)]
    pub repealed: Option<String>,
    /// Whether it is a draft; rules that rest on drafts alone are off by default.
    #[serde(default)]
    pub draft: bool,
    pub articles: Vec<Article>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Article {
    /// `pipl-30`, `pipl-17-1`: what rules write under `cites`.
    pub key: String,
    /// 第三十条, Article 30.
    pub number: Text,
    /// The operative words, exactly; absent where no second source confirms them.
    #[serde(default)]
    pub text: Option<String>,
    /// Since when it has been in force as it stands here, if not as long as its statute.
    #[serde(default)]
    pub in_force: Option<String>,
    /// What it was before that day; absent for an article that is new.
    #[serde(default)]
    pub formerly: Option<Former>,
}

/// An earlier version of an article.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Former {
    pub number: Text,
    #[serde(default)]
    pub text: Option<String>,
}
