use std::path::PathBuf;

use super::Settings;
use crate::document::Document;
use crate::findings::Finding;
use crate::knowledge::problem::Problem;
use crate::practices::Practice;
use crate::report::examples::Outcome;
use crate::report::explain::RulePage;
use crate::report::practices::Categories;
use crate::report::{Articles, Language};
use crate::source::Source;
use crate::triage::RuleEntry;

/// The knowing part of the linter: rules, law and language, and what judges a policy by them.
pub trait Engine: Send + Sync {
    /// All rules, in the order they are listed, those that are off included.
    fn rules(&self) -> &[RuleEntry];

    /// Names of the facts about apps that rules ask for.
    fn facts(&self) -> &[String];

    fn articles(&self) -> &dyn Articles;

    fn categories(&self) -> &dyn Categories;

    /// The page that explains a rule; `None` when there is no such rule.
    fn page(&self, rule: &str, language: Language) -> Option<RulePage>;

    /// Whether a text found in a folder is a privacy policy.
    fn looks_like_policy(&self, text: &str) -> bool;

    /// Stages 2 to 4: what a file says.
    fn read(&self, source: Source, settings: &Settings) -> PolicyFile;

    /// Stage 5: what is wrong with a policy. Severities are those of the rule files (or milder where
    /// a rule says so); [`Settings::enabled`] tells which rules need not be judged.
    fn judge(&self, files: &[PolicyFile], settings: &Settings) -> Vec<Finding>;

    /// Runs the examples of the rules in the files and folders `paths` (which this engine was loaded
    /// with), or of the built-in rules when there are none.
    fn run_examples(&self, paths: &[PathBuf]) -> Vec<Outcome>;
}

/// Loads an engine with the built-in rules and those in the files and folders given.
pub type Load = fn(&[PathBuf]) -> Result<Box<dyn Engine>, Vec<Problem>>;

/// A file of a policy with what it says.
#[derive(Clone, Debug)]
pub struct PolicyFile {
    pub source: Source,
    pub document: Document,
    pub practices: Vec<Practice>,
}
