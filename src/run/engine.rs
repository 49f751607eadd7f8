use std::path::{Path, PathBuf};

use super::{Settings, examples};
use crate::builtin;
use crate::document;
use crate::findings::{self, Analysis, Finding};
use crate::knowledge::Knowledge;
use crate::knowledge::compile::{RuleFile, compile};
use crate::knowledge::laws::Laws;
use crate::knowledge::lexicon::Lexicon;
use crate::knowledge::problem::Problem;
use crate::knowledge::rule::{Rule, SLOTS};
use crate::knowledge::spec::Status;
use crate::marks;
use crate::practices;
use crate::report::Language;
use crate::report::examples::Outcome;
use crate::report::explain::{ArticlePage, RulePage};
use crate::source::Source;
use crate::triage::RuleEntry;

/// How much of a text is looked at to tell whether it is a privacy policy, in bytes.
const HEAD: usize = 3000;

/// The knowing part of the linter: rules, law and language, and the stages that work by them.
#[derive(Debug)]
pub struct Engine {
    knowledge: Knowledge,
    rules: Vec<RuleEntry>,
    facts: Vec<String>,
    /// Names of the rule files it was loaded with, besides the built-in ones.
    added: Vec<String>,
}

impl Engine {
    /// Loads the built-in rules and those in the files and folders given.
    ///
    /// # Errors
    /// All mistakes of all rule files.
    pub fn load(paths: &[PathBuf]) -> Result<Self, Vec<Problem>> {
        let mut knowledge =
            builtin::knowledge().map_err(|message| vec![Problem::new("policy-lint", message)])?;
        let files = read_rule_files(paths)?;
        if !files.is_empty() {
            knowledge = compile(knowledge, &files)?;
        }
        Ok(Self {
            rules: knowledge.rules.iter().map(entry).collect(),
            facts: knowledge.grammar.facts.iter().map(|fact| fact.id.clone()).collect(),
            added: files.into_iter().map(|file| file.name).collect(),
            knowledge,
        })
    }

    /// All rules, in the order they are listed, those that are off included.
    pub fn rules(&self) -> &[RuleEntry] {
        &self.rules
    }

    /// Names of the facts about apps that rules ask for.
    pub fn facts(&self) -> &[String] {
        &self.facts
    }

    pub fn laws(&self) -> &Laws {
        &self.knowledge.laws
    }

    pub fn lexicon(&self) -> &Lexicon {
        &self.knowledge.lexicon
    }

    /// The page that explains a rule; `None` when there is no such rule.
    pub fn page(&self, id: &str, language: Language) -> Option<RulePage> {
        let rule = self.knowledge.rules.iter().find(|rule| rule.id == id)?;
        let laws = &self.knowledge.laws;
        let articles = rule.cites.iter().filter_map(|key| laws.article(key)).map(|article| {
            let statute = laws.statute(article);
            ArticlePage {
                statute: statute.name.get(language).to_owned(),
                number: article.number.get(language).to_owned(),
                in_force: statute.in_force.clone(),
                text: article.text.clone(),
            }
        });
        Some(RulePage {
            id: rule.id.clone(),
            title: rule.title.get(language).to_owned(),
            severity: rule.severity,
            confidence: rule.confidence,
            profiles: rule.profiles.iter().cloned().collect(),
            tags: rule.tags.clone(),
            draft: rule.status == Status::Draft,
            why: rule.why.get(language).to_owned(),
            help: unfilled(rule.help.get(language)),
            articles: articles.collect(),
            bad: rule.bad.iter().map(|example| example.text.clone()).collect(),
            good: rule.good.iter().map(|example| example.text.clone()).collect(),
            source: rule.source.clone(),
        })
    }

    /// Whether a text found in a folder is a privacy policy: it says so near its start.
    pub fn looks_like_policy(&self, text: &str) -> bool {
        let mut end = text.len().min(HEAD);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        self.knowledge.structure.policy_marks.iter().any(|mark| text[..end].contains(mark.as_str()))
    }

    /// Stages 2 to 4: what a file says.
    pub fn read(&self, source: Source, settings: &Settings) -> Analysis {
        read(&self.knowledge, source, &settings.names)
    }

    /// Stage 5: what is wrong with a policy. Severities are those of the rule files, or milder where a
    /// rule says so; rules that are off for a file are not judged there.
    pub fn judge(&self, files: &[Analysis], settings: &Settings) -> Vec<Finding> {
        let levels: Vec<Vec<_>> = settings
            .plans
            .iter()
            .map(|plan| {
                let on = |rule: &Rule| plan.enabled(&rule.id).then_some(rule.severity);
                self.knowledge.rules.iter().map(on).collect()
            })
            .collect();
        let settings = findings::Settings {
            language: settings.language,
            scope: settings.scope,
            facts: &settings.facts,
            levels: &levels,
        };
        findings::judge(files, &self.knowledge, &settings)
    }

    /// Runs the examples of the rules in the files this engine was loaded with, or of the built-in rules
    /// when there are none.
    pub fn run_examples(&self) -> Vec<Outcome> {
        let tested = |source: &str| self.added.is_empty() || self.added.iter().any(|name| name == source);
        examples::run(&self.knowledge, tested)
    }
}

/// A message template as a page shows it: dots where the words of a policy would stand.
fn unfilled(template: &str) -> String {
    let mut text = template.to_owned();
    for slot in SLOTS {
        text = text.replace(&format!("{{{slot}}}"), "……");
    }
    text
}

/// Stages 2 to 4.
pub(super) fn read(knowledge: &Knowledge, source: Source, names: &[String]) -> Analysis {
    let document = document::parse(&source, &knowledge.structure);
    let marks = marks::find(&document, knowledge, names);
    let practices = practices::assemble(&document, knowledge, &marks);
    Analysis { source, document, marks, practices }
}

fn entry(rule: &Rule) -> RuleEntry {
    RuleEntry {
        id: rule.id.clone(),
        title: rule.title.clone(),
        severity: rule.severity,
        profiles: rule.profiles.iter().cloned().collect(),
        confidence: rule.confidence,
        judge: rule.judge,
        tags: rule.tags.clone(),
        cites: rule.cites.clone(),
        draft: rule.status == Status::Draft,
        source: rule.source.clone(),
    }
}

/// Reads the files, and the YAML files in the folders, in the order of their names.
fn read_rule_files(paths: &[PathBuf]) -> Result<Vec<RuleFile>, Vec<Problem>> {
    let mut files = Vec::new();
    let mut problems = Vec::new();
    for path in paths {
        let mut found = Vec::new();
        if let Err(error) = collect(path, 0, &mut found) {
            problems.push(Problem::new(path.display().to_string(), format!("cannot be read: {error}")));
        }
        if found.is_empty() && problems.is_empty() {
            let problem = Problem::new(path.display().to_string(), "there is no rule file in this folder");
            problems.push(problem.help("rule files end with .yaml or .yml"));
        }
        found.sort();
        for path in found {
            let name = path.display().to_string();
            match std::fs::read_to_string(&path) {
                Ok(text) => files.push(RuleFile { name, text }),
                Err(error) => problems.push(Problem::new(name, format!("cannot be read: {error}"))),
            }
        }
    }
    if problems.is_empty() { Ok(files) } else { Err(problems) }
}

/// Folders nested deeper than this are a loop of links.
const DEEPEST: usize = 32;

fn collect(path: &Path, depth: usize, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if !path.is_dir() {
        // A pipe or device would block; whatever is named has to be a file.
        if !std::fs::metadata(path)?.is_file() {
            return Err(std::io::Error::other("not a file"));
        }
        found.push(path.to_owned());
        return Ok(());
    }
    for entry in std::fs::read_dir(path)? {
        let path = entry?.path();
        let is_rule_file = path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml");
        if is_rule_file || (path.is_dir() && depth < DEEPEST) {
            collect(&path, depth + 1, found)?;
        }
    }
    Ok(())
}
