use clap::Args;

use super::engines::home;
use super::exit::{Exit, Trouble};
use super::options::{Rulebook, Shared};
use super::terminal::Terminal;
use crate::config::unknown_id;
use crate::report::Say;
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
    pub(super) fn run(&self, shared: &Shared, terminal: &mut Terminal) -> Result<Exit, Trouble> {
        let (engine, settings) = home(&self.rulebook, shared)?;
        let rule =
            engine.rule(&self.rule).ok_or_else(|| vec![unknown_id("explain", &self.rule, engine.rules())])?;
        let say = Say::new(&engine.knowledge().messages, settings.language);
        terminal.write(&render(rule, engine.laws(), say, terminal.paint))?;
        Ok(Exit::Clean)
    }
}
