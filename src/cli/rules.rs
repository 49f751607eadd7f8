use clap::{Args, ValueEnum};

use super::engines::home;
use super::exit::{Exit, Trouble};
use super::options::{Rulebook, Shared};
use super::terminal::Terminal;
use crate::report::json;
use crate::report::rules::{RulesReport, text};
use crate::triage::{Reason, Standing};

/// List the rules
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Rules {
    #[command(flatten)]
    rulebook: Rulebook,
    /// Form of the list
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  policy-lint rules
  policy-lint rules --profile strict --lang en
  policy-lint rules --format json | jq '.rules[] | select(.enabled) | .id'";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

impl Rules {
    pub(super) fn run(&self, shared: &Shared, terminal: &mut Terminal) -> Result<Exit, Trouble> {
        let (engine, settings) = home(&self.rulebook, shared)?;
        let standing = |id: &str| settings.plans.first().and_then(|plan| plan.standing(id));
        let rules: Vec<_> = engine
            .rules()
            .iter()
            .map(|rule| (rule, standing(&rule.id).unwrap_or(Standing::Off(Reason::NotSelected))))
            .collect();
        terminal.write(&match self.format {
            Format::Text => text(&rules, settings.language, terminal.paint),
            Format::Json => json::render(&RulesReport::new(&rules)),
        })?;
        Ok(Exit::Clean)
    }
}
