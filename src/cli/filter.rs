use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

use crate::knowledge::kinds::Severity;
use crate::knowledge::laws::{Laws, Statute};
use crate::knowledge::problem::Problem;
use crate::triage::{RuleEntry, Standing};

/// Which rules are listed: those that pass every filter. Several values of one filter are alternatives.
#[derive(Debug, Args)]
pub(super) struct Filter {
    /// Only rules with one of these tags
    #[arg(long, value_name = "TAGS", value_delimiter = ',')]
    tag: Vec<String>,
    /// Only rules of these subjects: the names of their files
    #[arg(long, value_name = "GROUPS", value_delimiter = ',')]
    group: Vec<String>,
    /// Only rules that rest on these: a statute (pipl), its name, or an article with all below it (pipl-17)
    #[arg(long, value_name = "LAWS", value_delimiter = ',')]
    law: Vec<String>,
    /// Only rules of exactly these severities, as they stand in the profile and config used
    #[arg(long, value_name = "SEVERITIES", value_enum, value_delimiter = ',')]
    severity: Vec<Severity>,
}

impl Filter {
    /// Names in the filters that nothing answers to.
    pub(super) fn unknown(&self, rules: &[RuleEntry], laws: &Laws) -> Vec<Problem> {
        let unknown = |option: &str, what: &str, name: &str, known: &mut dyn Iterator<Item = &str>| {
            let mut known: Vec<&str> = known.collect();
            known.sort_unstable();
            known.dedup();
            Problem::new(option, format!("unknown {what} `{name}`")).suggest(name, known)
        };
        let mut problems = Vec::new();
        for tag in self.tag.iter().filter(|tag| !rules.iter().any(|rule| rule.tags.contains(tag))) {
            let mut known = rules.iter().flat_map(|rule| &rule.tags).map(String::as_str);
            problems.push(unknown("--tag", "tag", tag, &mut known));
        }
        for group in self.group.iter().filter(|group| !rules.iter().any(|rule| rule.group == **group)) {
            let mut known = rules.iter().map(|rule| rule.group.as_str());
            problems.push(unknown("--group", "group", group, &mut known));
        }
        for law in &self.law {
            let is_known = laws.statutes.iter().any(|statute| names(statute, law))
                || laws.articles.iter().any(|article| is_below(&article.key, law));
            if !is_known {
                // Only among the articles of a statute that is known is an article the nearest name.
                let of_statute = laws.statutes.iter().find(|statute| is_below(law, &statute.id));
                let mut statutes = laws.statutes.iter().map(|statute| statute.id.as_str());
                problems.push(match of_statute {
                    Some(statute) => {
                        let below = |key: &&str| is_below(key, &statute.id);
                        let mut articles =
                            laws.articles.iter().map(|article| article.key.as_str()).filter(below);
                        unknown("--law", "article", law, &mut articles)
                    }
                    None => unknown("--law", "statute or article", law, &mut statutes),
                });
            }
        }
        problems
    }

    /// Whether a rule passes.
    pub(super) fn passes(&self, rule: &RuleEntry, standing: Standing, laws: &Laws) -> bool {
        let severity = match standing {
            Standing::On(severity) => severity,
            Standing::Off(_) => rule.severity,
        };
        let rests_on = |law: &String| {
            let statute = laws.statutes.iter().find(|statute| names(statute, law));
            let prefix = statute.map_or(law.as_str(), |statute| &statute.id);
            rule.cites.iter().any(|key| is_below(key, prefix))
        };
        let open = |filter: &[String], passes: bool| filter.is_empty() || passes;
        open(&self.tag, self.tag.iter().any(|tag| rule.tags.contains(tag)))
            && open(&self.group, self.group.contains(&rule.group))
            && open(&self.law, self.law.iter().any(rests_on))
            && (self.severity.is_empty() || self.severity.contains(&severity))
    }
}

/// Whether a key is `prefix` or an article, paragraph or item below it.
fn is_below(key: &str, prefix: &str) -> bool {
    key.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// Whether a statute is called so.
fn names(statute: &Statute, name: &str) -> bool {
    let name = name.trim_matches(['《', '》']);
    let texts = [&statute.name, &statute.short];
    statute.id == name
        || texts
            .iter()
            .any(|text| text.zh.trim_matches(['《', '》']) == name || text.en.eq_ignore_ascii_case(name))
}

impl ValueEnum for Severity {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Error, Self::Warning, Self::Info]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_has_its_paragraphs_below_it_and_no_other_article() {
        assert!(is_below("pipl-17", "pipl"));
        assert!(is_below("pipl-17-1-2", "pipl-17"));
        assert!(is_below("pipl-17-1", "pipl-17-1"));
        assert!(!is_below("pipl-17", "pipl-1"));
        assert!(!is_below("pipl-17", "pip"));
    }
}
