use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

use clap::Args;

use super::exit::{Exit, Trouble};
use super::terminal::Terminal;
use crate::config::FILE_NAME;

/// Write a policy-lint.yaml to start from
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Init {
    /// Also write .pre-commit-config.yaml, with a hook for what a commit introduces
    #[arg(long)]
    pre_commit: bool,
    /// Also write .github/workflows/policy-lint.yml, a gate for pull requests
    #[arg(long)]
    github: bool,
    /// Also write .gitlab-ci.yml, a gate for merge requests
    #[arg(long)]
    gitlab: bool,
    /// Overwrite files that are there
    #[arg(long)]
    force: bool,
}

const EXAMPLES: &str = "\
Examples:
  policy-lint init                         writes ./policy-lint.yaml
  policy-lint init --pre-commit --github   and what a hook and a gate need
  policy-lint init --force                 starts over";

/// The config to start from.
const TEMPLATE: &str = include_str!("template.yaml");
/// Where `policy-lint schema config` is put for an editor.
const SCHEMA: &str = "policy-lint.schema.json";

const PRE_COMMIT: (&str, &str) =
    (".pre-commit-config.yaml", include_str!("../../examples/ci/pre-commit.yaml"));
const GITHUB: (&str, &str) =
    (".github/workflows/policy-lint.yml", include_str!("../../examples/ci/github.yml"));
const GITLAB: (&str, &str) = (".gitlab-ci.yml", include_str!("../../examples/ci/gitlab.yml"));

impl Init {
    pub(super) fn run(&self, terminal: &mut Terminal) -> Result<Exit, Trouble> {
        let asked = [(self.pre_commit, PRE_COMMIT), (self.github, GITHUB), (self.gitlab, GITLAB)];
        let asked: Vec<_> = asked.into_iter().filter_map(|(wanted, file)| wanted.then_some(file)).collect();
        let mut exit = Exit::Clean;
        // Whoever asks for a hook may have a config already.
        if asked.is_empty() || self.force || !Path::new(FILE_NAME).exists() {
            exit = exit.max(self.write(FILE_NAME, &config(Path::new(SCHEMA).is_file()), terminal)?);
        } else {
            terminal.note(&format!("{FILE_NAME} is left as it is"));
        }
        for (path, text) in asked {
            exit = exit.max(self.write(path, text, terminal)?);
        }
        Ok(exit)
    }

    fn write(&self, path: &str, text: &str, terminal: &mut Terminal) -> Result<Exit, Trouble> {
        let mut options = OpenOptions::new();
        options.write(true);
        if self.force {
            options.create(true).truncate(true)
        } else {
            options.create_new(true)
        };
        let folder = Path::new(path).parent().map_or(Ok(()), std::fs::create_dir_all);
        let written =
            folder.and_then(|()| options.open(path)).and_then(|mut file| file.write_all(text.as_bytes()));
        Ok(match written {
            Ok(()) => {
                terminal.note(&format!("wrote {path}"));
                Exit::Clean
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                terminal.complain(&format!("{path} exists; `policy-lint init --force` overwrites it"));
                if path != FILE_NAME {
                    terminal.complain("this is what it would hold:");
                    terminal.write(text)?;
                }
                Exit::Wrong
            }
            Err(error) => {
                terminal.complain(&format!("{path}: cannot be written: {error}"));
                Exit::Wrong
            }
        })
    }
}

/// The config to start from; with a line that tells editors of the schema if it is there.
fn config(schema: bool) -> String {
    let line = if schema { format!("# yaml-language-server: $schema={SCHEMA}\n") } else { String::new() };
    line + TEMPLATE
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
