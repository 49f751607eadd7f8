//! Reports for other programs: one module a format, all made of the same run.

mod checkstyle;
mod github;
mod gitlab;
mod jsonl;
mod junit;
mod rdjson;
mod sarif;
pub(super) mod xml;

use std::collections::BTreeMap;

use super::html::{self, Review};
use super::json::{self, Failure, Report, Suppressed};
use super::{Language, Located, Say, Summary};
use crate::knowledge::Knowledge;
use crate::knowledge::laws::Laws;
use crate::knowledge::rule::Rule;

/// All that a report on a run may tell.
#[derive(Debug)]
pub struct Run<'a> {
    pub findings: &'a [Located],
    pub suppressed: &'a [Suppressed],
    pub failures: &'a [Failure],
    pub summary: Summary,
    /// The files linted, by the paths that findings give.
    pub files: &'a [String],
    /// The rules of the findings, by id.
    pub rules: BTreeMap<&'a str, &'a Rule>,
    pub laws: &'a Laws,
    /// What the linter knows, to name subjects and to say things.
    pub knowledge: &'a Knowledge,
    /// The policies in full, if the format shows them.
    pub reviews: &'a [Review],
    pub language: Language,
}

/// Form of a report on findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// The words underlined, the articles, the remedy
    Text,
    /// One line a finding
    Short,
    /// One object for programs
    Json,
    /// One object a line, a finding each
    Jsonl,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Workflow commands of GitHub Actions, then the report as text
    Github,
    /// Code Quality report of GitLab
    Gitlab,
    /// JUnit XML, a failed case a finding
    Junit,
    /// Checkstyle XML
    Checkstyle,
    /// Diagnostics for reviewdog
    Rdjson,
    /// One page with the policy and its findings, to review and sign off
    Html,
}

impl Format {
    /// Whether it holds the findings as text for people.
    pub fn has_text(self) -> bool {
        matches!(self, Self::Text | Self::Github)
    }

    /// Whether it shows the policies in full.
    pub fn shows_policies(self) -> bool {
        matches!(self, Self::Html)
    }

    /// Whether it is told finding by finding, and needs nothing else of the run.
    pub fn is_told(self) -> bool {
        matches!(self, Self::Text | Self::Short)
    }
}

/// Renders a run; the text ends with a line end, and is empty for what is told finding by finding.
pub fn render(format: Format, run: &Run<'_>) -> String {
    match format {
        Format::Text | Format::Short => String::new(),
        Format::Json => json::render(&Report::new(run.findings, run.suppressed, run.failures, run.summary)),
        Format::Jsonl => jsonl::render(run),
        Format::Sarif => sarif::render(run),
        Format::Github => github::render(run),
        Format::Gitlab => gitlab::render(run),
        Format::Junit => junit::render(run),
        Format::Checkstyle => checkstyle::render(run),
        Format::Rdjson => rdjson::render(run),
        Format::Html => html::render(run),
    }
}

impl Run<'_> {
    /// What is wrong, on which law, and how to put it right: for formats with one text a finding.
    fn told(&self, finding: &Located) -> String {
        let laws = self.articles(finding);
        [finding.message.as_str(), laws.as_str(), finding.help.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// How many findings were too many to be here, if any were.
    fn left_out(&self) -> Option<String> {
        let Summary { error, warning, info, left_out, .. } = self.summary;
        (left_out > 0).then(|| self.say().findings_counted(error, warning, info, left_out))
    }

    /// What reports say, in the language of the run.
    pub fn say(&self) -> Say<'_> {
        Say::new(&self.knowledge.messages, self.language)
    }

    /// The articles a finding rests on: 《个人信息保护法》第三十条、….
    fn articles(&self, finding: &Located) -> String {
        let labels: Vec<String> =
            finding.cites.iter().filter_map(|key| self.laws.label(key, self.language)).collect();
        self.say().enumerated(&labels)
    }

    /// The findings of each file linted, those without any included.
    fn by_file(&self) -> Vec<(&str, Vec<&Located>)> {
        let mut files: Vec<(&str, Vec<&Located>)> =
            self.files.iter().map(|path| (path.as_str(), Vec::new())).collect();
        let numbers: BTreeMap<&str, usize> =
            self.files.iter().enumerate().map(|(number, path)| (path.as_str(), number)).collect();
        for finding in self.findings {
            if let Some(number) = numbers.get(finding.path.as_str()) {
                files[*number].1.push(finding);
            }
        }
        files
    }
}
