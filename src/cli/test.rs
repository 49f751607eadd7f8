use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::exit::{Exit, Trouble};
use super::options::Shared;
use super::terminal::Terminal;
use crate::report::Say;
use crate::report::examples::{ExamplesReport, failures, render};
use crate::report::json;
use crate::run::Engine;

/// Run the examples in rule files
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Test {
    /// Rule files and folders; without one, the rules that are built in
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Form of the report; `json` and `-v` have every example
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// What misbehaves, and how many do not
    Text,
    /// One object for programs
    Json,
}

const EXAMPLES: &str = "\
Examples:
  policy-lint test                 the rules that are built in
  policy-lint test our-rules.yaml
  policy-lint test -v our-rules/   tell every example, not only those that misbehave
  policy-lint test --format json | jq '.examples[] | select(.ok | not)'";

impl Test {
    pub(super) fn run(&self, shared: &Shared, terminal: &mut Terminal) -> Result<Exit, Trouble> {
        let engine = Engine::load(&self.paths)?;
        let outcomes = engine.run_examples();
        let say = Say::new(&engine.knowledge().messages, shared.lang.unwrap_or_default());
        terminal.write(&match self.format {
            Format::Text => render(&outcomes, terminal.verbose(), say, terminal.paint),
            Format::Json => json::render(&ExamplesReport::new(&outcomes)),
        })?;
        Ok(if failures(&outcomes) > 0 { Exit::Findings } else { Exit::Clean })
    }
}
