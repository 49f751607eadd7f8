use std::fs::OpenOptions;
use std::io::{self, Write};

use clap::Args;

use super::exit::{Exit, Trouble};
use super::terminal::Terminal;
use crate::config::FILE_NAME;

/// Write a policy-lint.yaml to start from
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Init {
    /// Overwrite the file if there is one
    #[arg(long)]
    force: bool,
}

const EXAMPLES: &str = "\
Examples:
  policy-lint init           writes ./policy-lint.yaml
  policy-lint init --force   starts over";

/// The config to start from.
const TEMPLATE: &str = include_str!("template.yaml");

impl Init {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Result<Exit, Trouble> {
        let mut options = OpenOptions::new();
        options.write(true);
        if self.force {
            options.create(true).truncate(true)
        } else {
            options.create_new(true)
        };
        let written = options.open(FILE_NAME).and_then(|mut file| file.write_all(TEMPLATE.as_bytes()));
        match written {
            Ok(()) => {
                terminal.note(&format!("wrote {FILE_NAME}"));
                Ok(Exit::Clean)
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                terminal.complain(&format!("{FILE_NAME} exists; `policy-lint init --force` overwrites it"));
                Ok(Exit::Wrong)
            }
            Err(error) => {
                terminal.complain(&format!("{FILE_NAME}: cannot be written: {error}"));
                Ok(Exit::Wrong)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use std::path::Path;

    #[test]
    fn the_template_is_a_valid_config() {
        Config::parse(FILE_NAME, Path::new("/p"), TEMPLATE).unwrap();
    }

    #[test]
    fn every_line_that_can_be_taken_out_of_its_comment_is_valid_too() {
        let live: String =
            TEMPLATE.lines().map(|line| line.strip_prefix("#~ ").unwrap_or(line).to_owned() + "\n").collect();
        assert_ne!(live, TEMPLATE);
        let config = Config::parse(FILE_NAME, Path::new("/p"), &live).unwrap();
        assert!(!config.file.policies.is_empty());
    }
}
