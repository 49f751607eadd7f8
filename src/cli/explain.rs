use std::io;

use clap::Args;

use super::exit::Exit;
use super::options::{Rulebook, Shared};
use super::session::home;
use super::terminal::Terminal;
use crate::knowledge::problem::Problem;
use crate::report::explain::render;

/// Explain a rule
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Explain {
    /// Id of the rule
    rule: String,
    #[command(flatten)]
    rulebook: Rulebook,
}

const EXAMPLES: &str = "\
Examples:
  policy-lint explain sensitive-purpose-missing
  policy-lint explain --lang en sensitive-purpose-missing
  policy-lint explain --rules our-rules/ our-rule";

impl Explain {
    pub(super) fn run(&self, shared: &Shared, terminal: &mut Terminal) -> io::Result<Exit> {
        let (engine, settings) = match home(&self.rulebook, shared) {
            Ok(home) => home,
            Err(problems) => return Ok(terminal.problems(&problems)),
        };
        match engine.page(&self.rule, settings.language) {
            Some(page) => {
                terminal.write(&render(&page, settings.language, terminal.paint))?;
                Ok(Exit::Clean)
            }
            None => {
                let ids: Vec<&str> = engine.rules().iter().map(|rule| rule.id.as_str()).collect();
                let problem = Problem::new("explain", format!("no rule is called `{}`", self.rule));
                let problem = problem.help("`policy-lint rules` lists the rules");
                let near = crate::knowledge::problem::nearest(&self.rule, ids);
                Ok(terminal.problems(&[match near {
                    Some(name) => problem.help(format!("did you mean `{name}`?")),
                    None => problem,
                }]))
            }
        }
    }
}
