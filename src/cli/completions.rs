use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::exit::{Exit, Trouble};
use super::terminal::Terminal;

/// Print a completion script for a shell
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Completions {
    shell: Shell,
}

const EXAMPLES: &str = "\
Examples:
  policy-lint completions bash > ~/.local/share/bash-completion/completions/policy-lint
  policy-lint completions zsh > ~/.zfunc/_policy-lint
  policy-lint completions fish > ~/.config/fish/completions/policy-lint.fish";

impl Completions {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Result<Exit, Trouble> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut super::Arguments::command(), "policy-lint", &mut script);
        terminal.write(&String::from_utf8_lossy(&script))?;
        Ok(Exit::Clean)
    }
}
