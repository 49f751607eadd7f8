//! The command line.

mod annotate;
mod audit;
mod baseline;
mod check;
#[cfg(feature = "completions")]
mod completions;
mod diff;
mod engines;
mod exit;
mod explain;
mod filter;
mod init;
mod intake;
mod inventory;
mod marks;
mod options;
mod outputs;
mod papers;
mod practices;
mod progress;
mod rules;
mod schema;
mod session;
mod targets;
mod terminal;
mod test;
mod waive;
mod waivers;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use exit::{Exit, Trouble};
use options::Shared;
use terminal::Terminal;

/// A compliance linter for privacy policies
#[derive(Debug, Parser)]
#[command(name = "policy-lint", version, about, max_term_width = 100, after_help = EXIT_STATUS)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    shared: Shared,
}

const EXIT_STATUS: &str = "\
Exit status:
  0  nothing found at or above the failing severity
  1  findings at or above it (`--fail-on`, error by default)
  2  the run went wrong: bad usage, config or rule file, an unreadable input";

#[derive(Debug, Subcommand)]
enum Command {
    /// Lint policies: files, folders, or `-` for standard input
    Check(check::Check),
    /// Go through the checklist: every requirement, whether it is met, where, in which words
    Audit(audit::Audit),
    /// Compare two versions of a policy: practices, rights, periods, findings
    Diff(diff::Diff),
    /// Write down what exists, so that `check` reports only what is new
    Baseline(baseline::Baseline),
    /// Waive a finding: write it into policy-lint.yaml, with the reason
    Waive(waive::Waive),
    /// Show who does what with which data, as read out of the policies
    Practices(practices::Practices),
    /// Write the inventory: each item of personal data and each recipient once, as a table or a document
    Inventory(inventory::Inventory),
    /// Explain a rule: what it demands, why, the articles in full, examples
    Explain(explain::Explain),
    /// List the rules, whether they are in force, and where they come from
    Rules(rules::Rules),
    /// Run the examples in rule files
    Test(test::Test),
    /// Print the JSON schema of an output, of a baseline, or of policy-lint.yaml
    Schema(schema::Schema),
    /// Write a policy-lint.yaml to start from
    Init(init::Init),
    /// Print a completion script for a shell
    #[cfg(feature = "completions")]
    Completions(completions::Completions),
}

/// Runs the command that `arguments` (the name of the program first) ask for.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are no errors. A closed pipe is nobody's concern.
            let _ = error.print();
            return if error.use_stderr() { Exit::Wrong } else { Exit::Clean }.into();
        }
    };
    let mut terminal = Terminal::new(&arguments.shared);
    let shared = &arguments.shared;
    let exit = match &arguments.command {
        Command::Check(check) => check.run(shared, &mut terminal),
        Command::Audit(audit) => audit.run(shared, &mut terminal),
        Command::Diff(diff) => diff.run(shared, &mut terminal),
        Command::Baseline(baseline) => baseline.run(shared, &mut terminal),
        Command::Waive(waive) => waive.run(shared, &mut terminal),
        Command::Practices(practices) => practices.run(shared, &mut terminal),
        Command::Inventory(inventory) => inventory.run(shared, &mut terminal),
        Command::Explain(explain) => explain.run(shared, &mut terminal),
        Command::Rules(rules) => rules.run(shared, &mut terminal),
        Command::Test(test) => test.run(shared, &mut terminal),
        Command::Schema(schema) => schema.run(&mut terminal),
        Command::Init(init) => init.run(&mut terminal),
        #[cfg(feature = "completions")]
        Command::Completions(completions) => completions.run(&mut terminal),
    };
    let exit = exit.and_then(|exit| Ok(terminal.flush().map(|()| exit)?));
    exit.unwrap_or_else(|trouble| {
        match trouble {
            Trouble::Mistakes(problems) => terminal.problems(&problems),
            Trouble::Output(error) => terminal.complain(&format!("policy-lint: cannot write: {error}")),
        }
        Exit::Wrong
    })
    .into()
}
