use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::ValueEnum as _;

use super::Check;
use crate::cli::engines::configs;
use crate::cli::exit::{Exit, Trouble};
use crate::cli::options::Shared;
use crate::cli::terminal::Terminal;
use crate::config::{Config, Configs, named_from_working_folder};
use crate::knowledge::problem::Problem;
use crate::report::export::Format;
use crate::run::{BaselineFile, Changes, WatchError, Watched};

const WATCH: &str = "--watch";

impl Check {
    /// Lints again whenever something changes. Ends when the user ends it, or nobody reads the report any more.
    pub(super) fn keep_watching(&self, shared: &Shared, terminal: &mut Terminal) -> Result<Exit, Trouble> {
        self.can_be_repeated()?;
        let mut changes = Changes::new().map_err(told)?;
        let mut changed = None;
        loop {
            // Watched before it is read: what changes in between is not missed.
            let watched = self.watched();
            changes.watch(watched.folders()).map_err(told)?;
            if let Some(changed) = &changed {
                terminal.start_over(&announced(changed));
            }
            let exit = match self.once(shared, terminal) {
                // They are mended in a file, or by what comes into being.
                Err(Trouble::Mistakes(problems)) => {
                    terminal.problems(&problems);
                    Exit::Wrong
                }
                outcome => outcome?,
            };
            terminal.flush()?;
            if terminal.is_closed() {
                return Ok(exit);
            }
            terminal.note("watching for changes; Ctrl-C ends");
            changed = Some(changes.next(|path| watched.concerns(path)).map_err(told)?);
        }
    }

    /// # Errors
    /// When what is asked for makes sense only once.
    fn can_be_repeated(&self) -> Result<(), Vec<Problem>> {
        if self.inputs.paths.iter().any(|path| path.as_os_str() == "-") {
            let problem = Problem::new(WATCH, "standard input is read once and cannot be watched");
            return Err(vec![problem.help("name files and folders, or nothing for the working folder")]);
        }
        if !matches!(self.format, Format::Text | Format::Short | Format::Json | Format::Jsonl) {
            let name = self.format.to_possible_value();
            let name = name.as_ref().map_or("this format", |value| value.get_name());
            let problem = Problem::new(
                WATCH,
                format!(
                    "expected text, short, json or jsonl on standard output, one report after the other; {name} is one document"
                ),
            );
            return Err(vec![
                problem.help(format!("have a file written anew each time: `--output {name}=PATH`")),
            ]);
        }
        Ok(())
    }

    /// What the next run will read.
    fn watched(&self) -> Watched {
        let paths = self.inputs.paths();
        // A config that is broken is told of by the run.
        let broken = |_| Configs::fixed(Config::without_file(Path::new("/")));
        let mut configs = configs(&self.rulebook).unwrap_or_else(broken);
        let mut watched = Watched::new(&paths, &mut configs);
        match &self.rulebook.config {
            Some(path) => watched.file(path),
            None if self.rulebook.no_config => {}
            None => {
                let folder = |path: &PathBuf| match path.is_dir() {
                    true => path.clone(),
                    false => std::path::absolute(path).unwrap_or_default().with_file_name(""),
                };
                for folder in paths.iter().map(folder).chain([PathBuf::from(".")]) {
                    watched.nearest_config(&folder);
                }
            }
        }
        for path in &self.rulebook.rules {
            watched.rules(path);
        }
        if !self.no_baseline {
            let home = || BaselineFile::place(&configs.of(Path::new(".")));
            watched.file(&self.baseline.clone().unwrap_or_else(home));
        }
        for path in self.output.iter().map(|output| &output.path).chain(&self.annotate) {
            watched.written(path);
        }
        watched
    }
}

/// What changed, in a line.
fn announced(changed: &BTreeSet<PathBuf>) -> String {
    let Some(first) = changed.first() else { return "something changed".to_owned() };
    let first = named_from_working_folder(first).display().to_string();
    match changed.len() - 1 {
        0 => format!("{first} changed"),
        1 => format!("{first} and 1 other changed"),
        others => format!("{first} and {others} others changed"),
    }
}

fn told(error: WatchError) -> Vec<Problem> {
    let problem = Problem::new(WATCH, error.to_string());
    vec![match error {
        WatchError::Limit => problem.help("raise the limit, or name fewer folders"),
        _ => problem,
    }]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_what_changed() {
        let changed = |paths: &[&str]| announced(&paths.iter().map(PathBuf::from).collect());
        assert_eq!(changed(&[]), "something changed");
        assert_eq!(changed(&["/srv/a.md"]), "/srv/a.md changed");
        assert_eq!(changed(&["/srv/a.md", "/srv/b.md"]), "/srv/a.md and 1 other changed");
        assert_eq!(changed(&["/srv/a.md", "/srv/b.md", "/srv/c.md"]), "/srv/a.md and 2 others changed");
    }
}
