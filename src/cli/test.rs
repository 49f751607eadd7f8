use std::path::PathBuf;

use clap::Args;

use super::exit::{Exit, Trouble};
use super::options::Shared;
use super::terminal::Terminal;
use crate::report::examples::{failures, render};
use crate::run::Engine;

/// Run the examples in rule files
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Test {
    /// Rule files and folders; without one, the rules that are built in
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  policy-lint test                 the rules that are built in
  policy-lint test our-rules.yaml
  policy-lint test -v our-rules/   tell every example, not only those that misbehave";

impl Test {
    pub(super) fn run(&self, shared: &Shared, terminal: &mut Terminal) -> Result<Exit, Trouble> {
        let outcomes = Engine::load(&self.paths)?.run_examples();
        let language = shared.lang.unwrap_or_default();
        terminal.write(&render(&outcomes, terminal.verbose(), language, terminal.paint))?;
        Ok(if failures(&outcomes) > 0 { Exit::Findings } else { Exit::Clean })
    }
}
