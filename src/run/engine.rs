use std::path::PathBuf;

use super::read::read;
use super::{Settings, examples, rule_files};
use crate::builtin;
use crate::findings::{self, Analysis, Check, Finding, ScopeChoice};
use crate::knowledge::Knowledge;
use crate::knowledge::compile::compile;
use crate::knowledge::date::Date;
use crate::knowledge::kinds::Severity;
use crate::knowledge::laws::Laws;
use crate::knowledge::lexicon::Lexicon;
use crate::knowledge::problem::Problem;
use crate::knowledge::rule::Rule;
use crate::report::examples::Outcome;
use crate::report::is_report;
use crate::report::paper::{hex, of_bytes};
use crate::source::{self, Source};
use crate::triage::{Plan, RuleEntry};

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
        Self::load_as_of(paths, None)
    }

    /// Like [`Engine::load`], with the law in force on a day; without one, the law as the rules have it.
    ///
    /// # Errors
    /// All mistakes of all rule files.
    pub fn load_as_of(paths: &[PathBuf], day: Option<Date>) -> Result<Self, Vec<Problem>> {
        let mut knowledge =
            builtin::knowledge().map_err(|message| vec![Problem::new("policy-lint", message)])?;
        let files = rule_files::read(paths)?;
        if !files.is_empty() {
            knowledge = compile(knowledge, &files)?;
        }
        if let Some(day) = day {
            knowledge.turn_to(day);
        }
        Ok(Self {
            rules: knowledge.rules.iter().map(RuleEntry::from).collect(),
            facts: knowledge.grammar.facts.iter().map(|fact| fact.id.clone()).collect(),
            added: files.into_iter().map(|file| file.name).collect(),
            knowledge,
        })
    }

    /// SHA-256 of all that is known: rules, law and language.
    pub fn digest(&self) -> String {
        let stored = self.knowledge.store().unwrap_or_default();
        hex(&of_bytes(&[stored.parts, stored.literals].concat()))
    }

    /// All rules, in the order they are listed, those that are off included.
    pub fn rules(&self) -> &[RuleEntry] {
        &self.rules
    }

    /// Names of the facts about apps that rules ask for.
    pub fn facts(&self) -> &[String] {
        &self.facts
    }

    /// Names of the types of apps.
    pub fn app_types(&self) -> Vec<String> {
        self.knowledge.grammar.app_types.types.iter().map(|app| app.id.clone()).collect()
    }

    /// Lexicon, grammar, laws and rules.
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// The articles that rules rest on.
    pub fn laws(&self) -> &Laws {
        &self.knowledge.laws
    }

    /// The categories of data, and what they are called.
    pub fn lexicon(&self) -> &Lexicon {
        &self.knowledge.lexicon
    }

    /// The rule with this id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.knowledge.rules.iter().find(|rule| rule.id == id)
    }

    /// Whether a text found in a folder is a privacy policy: it says so near its start, and is no report of ours.
    pub fn looks_like_policy(&self, text: &str) -> bool {
        let head = source::head(text, HEAD);
        !is_report(head)
            && self.knowledge.structure.policy_marks.iter().any(|mark| head.contains(mark.as_str()))
    }

    /// Stages 2 to 4: what a file says.
    pub fn read(&self, source: Source, settings: &Settings) -> Analysis {
        read(&self.knowledge, source, &settings.names)
    }

    /// Stage 5: what is wrong with a policy. Severities are those of the rule files, or milder where a
    /// rule says so; rules that are off for a file are not judged there.
    pub fn judge(&self, files: &[Analysis], settings: &Settings) -> Vec<Finding> {
        let levels = self.levels(settings);
        findings::judge(files, &self.knowledge, &Self::to_judge(settings, &levels))
    }

    /// Whether a policy is judged as a whole one or as a fragment.
    pub fn scope_of(&self, files: &[Analysis], settings: &Settings) -> ScopeChoice {
        let full = findings::is_full(files, &self.knowledge, settings.scope);
        if full { ScopeChoice::Full } else { ScopeChoice::Fragment }
    }

    /// Like [`Engine::judge`], with what became of each rule that is on.
    pub fn audit(&self, files: &[Analysis], settings: &Settings) -> (Vec<Finding>, Vec<Check>) {
        let levels = self.levels(settings);
        findings::audit(files, &self.knowledge, &Self::to_judge(settings, &levels))
    }

    /// For each file the severity of each rule that is on.
    fn levels(&self, settings: &Settings) -> Vec<Vec<Option<Severity>>> {
        let on = |rule: &Rule, plan: &Plan| plan.enabled(&rule.id).then_some(rule.severity);
        let of_file = |plan| self.knowledge.rules.iter().map(|rule| on(rule, plan)).collect();
        settings.plans.iter().map(of_file).collect()
    }

    fn to_judge<'s>(settings: &'s Settings, levels: &'s [Vec<Option<Severity>>]) -> findings::Settings<'s> {
        findings::Settings {
            language: settings.language,
            scope: settings.scope,
            facts: &settings.facts,
            app_type: settings.app_type.as_deref(),
            levels,
        }
    }

    /// Runs the examples of the rules in the files this engine was loaded with, or of the built-in rules
    /// when there are none.
    pub fn run_examples(&self) -> Vec<Outcome> {
        let tested = |source: &str| self.added.is_empty() || self.added.iter().any(|name| name == source);
        examples::run(&self.knowledge, tested)
    }
}
