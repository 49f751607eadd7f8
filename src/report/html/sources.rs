//! What the findings rest on: the articles with their operative words, and the rules.

use std::collections::BTreeSet;

use super::shown::Shown;
use super::words::{Words, filled};
use crate::report::export::Run;

#[derive(Debug)]
pub(super) struct Sources<'a> {
    pub(super) statutes: Vec<Statute<'a>>,
    pub(super) rules: Vec<Rule<'a>>,
}

#[derive(Debug)]
pub(super) struct Statute<'a> {
    pub(super) name: Shown<'a>,
    pub(super) in_force: String,
    pub(super) articles: Vec<Article<'a>>,
}

#[derive(Debug)]
pub(super) struct Article<'a> {
    pub(super) key: &'a str,
    pub(super) number: Shown<'a>,
    /// The operative words, where they are known.
    pub(super) text: Option<Shown<'a>>,
}

#[derive(Debug)]
pub(super) struct Rule<'a> {
    pub(super) id: &'a str,
    pub(super) title: Shown<'a>,
    pub(super) why: Shown<'a>,
}

impl<'a> Sources<'a> {
    /// The articles that findings and the checklist cite, statute by statute, and the rules of the findings.
    pub(super) fn of(run: &Run<'a>, t: &Words<'a>) -> Self {
        let aside = run.suppressed.iter().map(|suppressed| &suppressed.finding);
        let found = run.findings.iter().chain(aside);
        let checks = run.reviews.iter().flat_map(|review| &review.checks);
        let keys = found.flat_map(|finding| &finding.cites).chain(checks.flat_map(|check| &check.cites));
        let cited: BTreeSet<&str> = keys.map(String::as_str).collect();
        let laws = run.laws;
        let statutes = laws.statutes.iter().enumerate().filter_map(|(number, statute)| {
            let articles: Vec<Article<'a>> = laws
                .articles
                .iter()
                .filter(|article| {
                    usize::from(article.statute) == number && cited.contains(article.key.as_str())
                })
                .map(|article| Article {
                    key: &article.key,
                    number: Shown(article.number.get(run.language)),
                    text: article.text.as_deref().map(Shown),
                })
                .collect();
            (!articles.is_empty()).then(|| Statute {
                name: Shown(statute.name.get(run.language)),
                in_force: filled(t.in_force, &[("date", &statute.in_force)]),
                articles,
            })
        });
        let rules = run.rules.values().map(|rule| Rule {
            id: &rule.id,
            title: Shown(rule.title.get(run.language)),
            why: Shown(rule.why.get(run.language)),
        });
        Self { statutes: statutes.collect(), rules: rules.collect() }
    }
}
