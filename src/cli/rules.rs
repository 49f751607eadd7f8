use clap::{Args, ValueEnum};

use super::engines::home;
use super::exit::{Exit, Trouble};
use super::filter::Filter;
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
    #[command(flatten)]
    filter: Filter,
    /// Form of the list
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  policy-lint rules
  policy-lint rules --profile strict --lang en
  policy-lint rules --law pipl-17 --severity error      what a policy has to tell by Article 17 of the PIPL
  policy-lint rules --group rights,minors --tag consent
  policy-lint rules --format json | jq '.rules[] | select(.enabled) | .id'";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A line for each rule
    #[value(alias = "text")]
    Table,
    /// One object for programs
    Json,
}

impl Rules {
    pub(super) fn run(&self, shared: &Shared, terminal: &mut Terminal) -> Result<Exit, Trouble> {
        let (engine, settings) = home(&self.rulebook, shared)?;
        let unknown = self.filter.unknown(engine.rules(), engine.laws());
        if !unknown.is_empty() {
            return Err(unknown.into());
        }
        let standing = |id: &str| settings.plans.first().and_then(|plan| plan.standing(id));
        let rules: Vec<_> = engine
            .rules()
            .iter()
            .map(|rule| (rule, standing(&rule.id).unwrap_or(Standing::Off(Reason::NotSelected))))
            .filter(|(rule, standing)| self.filter.passes(rule, *standing, engine.laws()))
            .collect();
        terminal.write(&match self.format {
            Format::Table => text(&rules, settings.language, terminal.paint),
            Format::Json => json::render(&RulesReport::new(&rules)),
        })?;
        if rules.is_empty() {
            terminal.note("no rule passes all the filters");
        }
        Ok(Exit::Clean)
    }
}
