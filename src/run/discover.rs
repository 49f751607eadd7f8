use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::walk::files_below;
use super::{Input, Unit, units};
use crate::config::{Config, Configs};
use crate::report::json::Failure;
use crate::source::ReadError;

/// Files in a folder that may be policies.
const EXTENSIONS: [&str; 6] = ["txt", "md", "markdown", "html", "htm", "docx"];
/// Word keeps such a file beside each document that is open.
const LOCK: &str = "~$";

/// What there is to lint.
#[derive(Debug, Default)]
pub struct Discovery {
    pub units: Vec<Unit>,
    pub failures: Vec<Failure>,
    /// The folders on the command line.
    pub folders: Vec<PathBuf>,
    /// Named on the command line but excluded by the config.
    pub excluded: Vec<String>,
    /// How many files in the folders cannot be policies, judging by their names.
    pub others: usize,
}

/// Finds the files to lint. `-` is standard input, which may be given a name.
pub fn discover(paths: &[PathBuf], standard_input: Option<&Path>, configs: &mut Configs) -> Discovery {
    let mut search = Search::new(configs);
    for path in paths {
        if path.as_os_str() == "-" {
            search.add(Input::standard_input(standard_input));
            continue;
        }
        match std::fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => search.walk(path),
            Ok(_) => search.add(Input::file(path)),
            Err(error) => search.fail(path, ReadError::from(error).to_string()),
        }
    }
    search.finish()
}

/// Inputs as they are found.
pub(super) struct Search<'c> {
    found: Discovery,
    inputs: Vec<(Arc<Config>, Input)>,
    seen: HashSet<PathBuf>,
    configs: &'c mut Configs,
}

impl<'c> Search<'c> {
    pub(super) fn new(configs: &'c mut Configs) -> Self {
        Self { found: Discovery::default(), inputs: Vec::new(), seen: HashSet::new(), configs }
    }

    /// Puts the files of one policy together.
    pub(super) fn finish(self) -> Discovery {
        Discovery { units: units::group(self.inputs), ..self.found }
    }

    fn config_of(&mut self, path: &Path) -> Arc<Config> {
        self.configs.of(path.parent().unwrap_or(path))
    }

    fn fail(&mut self, path: &Path, message: String) {
        self.found.failures.push(Failure { path: super::input::told(path), message });
    }

    fn add(&mut self, input: Input) {
        let config = self.config_of(&input.path);
        self.add_under(config, input, true);
    }

    /// Adds an input; one that the user named is told of when it is excluded.
    fn add_under(&mut self, config: Arc<Config>, input: Input, named: bool) {
        if config.exclude.matches(config.root(), &input.path) {
            if named {
                self.found.excluded.push(input.name);
            }
            return;
        }
        // By whatever way, a file is linted once.
        let there = input.path.canonicalize().unwrap_or_else(|_| input.path.clone());
        if self.seen.insert(there) {
            self.inputs.push((config, input));
        }
    }

    fn walk(&mut self, folder: &Path) {
        let number = self.found.folders.len();
        self.found.folders.push(folder.to_owned());
        for path in files_below(folder) {
            let path = match path {
                Ok(path) => path,
                Err(error) => {
                    let (place, why) = unwalked(&error);
                    self.fail(place.unwrap_or(folder), why);
                    continue;
                }
            };
            self.add_found(Input { certain: false, folder: Some(number), ..Input::file(&path) });
        }
    }

    /// Adds a file that was found, if it may be a policy or is named by the user or the config.
    pub(super) fn add_found(&mut self, mut input: Input) {
        let config = self.config_of(&input.path);
        let named = input.certain;
        input.certain |=
            config.include.matches(config.root(), &input.path) || config.policy_of(&input.path).is_some();
        if input.certain || may_be_policy(&input.path) {
            self.add_under(config, input, named);
        } else {
            self.found.others += 1;
        }
    }
}

/// Which folder could not be looked through, and why.
fn unwalked(error: &ignore::Error) -> (Option<&Path>, String) {
    match error {
        ignore::Error::WithPath { path, err } => (Some(path), unwalked(err).1),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => unwalked(err),
        ignore::Error::Io(io) if io.kind() == std::io::ErrorKind::PermissionDenied => {
            (None, "no permission to look into this folder".to_owned())
        }
        other => (None, other.to_string()),
    }
}

/// Judging by its name alone.
pub(super) fn may_be_policy(path: &Path) -> bool {
    let lock = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(LOCK));
    !lock
        && path
            .extension()
            .and_then(|extension| extension.to_str())
            .is_some_and(|extension| EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        folder
    }

    fn units(folder: &tempfile::TempDir, paths: &[&str]) -> Vec<Vec<String>> {
        let paths: Vec<PathBuf> = paths.iter().map(|path| folder.path().join(path)).collect();
        let found = discover(&paths, None, &mut Configs::nearest());
        let name = |file: &Input| {
            file.path.strip_prefix(folder.path()).unwrap().to_string_lossy().replace('\\', "/")
        };
        found.units.iter().map(|unit| unit.files.iter().map(name).collect()).collect()
    }

    #[test]
    fn a_folder_that_cannot_be_looked_into_is_named() {
        let denied = ignore::Error::Io(std::io::ErrorKind::PermissionDenied.into());
        let inside = ignore::Error::WithDepth { depth: 1, err: Box::new(denied) };
        let error = ignore::Error::WithPath { path: "legal/locked".into(), err: Box::new(inside) };
        let (place, why) = unwalked(&error);
        assert_eq!(
            (place, why.as_str()),
            (Some(Path::new("legal/locked")), "no permission to look into this folder")
        );
    }

    #[test]
    fn a_folder_is_walked_in_order() {
        let folder = folder(&[
            ("b.txt", ""),
            ("a.md", ""),
            ("c.rs", ""),
            (".hidden.md", ""),
            (".gitignore", "build/\n"),
            ("build/x.md", ""),
            ("docs/d.HTML", ""),
        ]);
        assert_eq!(units(&folder, &["."]), [["a.md"], ["b.txt"], ["docs/d.HTML"]]);
    }

    #[test]
    fn excluded_files_are_left_out_even_when_named() {
        let folder = folder(&[("policy-lint.yaml", "exclude: [old]\n"), ("old/a.md", ""), ("b.md", "")]);
        assert_eq!(units(&folder, &["old/a.md", "b.md", "b.md"]), [["b.md"]]);
    }

    #[test]
    fn a_policy_of_several_files_is_one_unit() {
        let config = "policies:\n  - name: App\n    files: [main.md, 'lists/*.md']\n";
        let folder =
            folder(&[("policy-lint.yaml", config), ("main.md", ""), ("lists/sdk.md", ""), ("x.md", "")]);
        assert_eq!(units(&folder, &["."]), [vec!["main.md", "lists/sdk.md"], vec!["x.md"]]);
        assert_eq!(units(&folder, &["lists/sdk.md"]), [["main.md", "lists/sdk.md"]]);
    }

    #[test]
    fn a_file_that_two_policies_name_belongs_to_the_first() {
        let config =
            "policies:\n  - { name: A, files: [a.md, sdk.md] }\n  - { name: B, files: [b.md, sdk.md] }\n";
        let folder = folder(&[("policy-lint.yaml", config), ("a.md", ""), ("b.md", ""), ("sdk.md", "")]);
        assert_eq!(units(&folder, &["b.md", "a.md"]), [vec!["b.md"], vec!["a.md", "sdk.md"]]);
    }

    #[test]
    fn a_file_that_vanishes_is_a_failure_of_its_own() {
        let folder = folder(&[("a.md", ""), ("b.md", "")]);
        let found = discover(&[folder.path().to_owned()], None, &mut Configs::nearest());
        std::fs::remove_file(folder.path().join("a.md")).unwrap();
        let opened: Vec<bool> =
            found.units.iter().map(|unit| unit.files[0].open(None, |_| true, |_| ()).is_ok()).collect();
        assert_eq!(opened, [false, true]);
    }

    #[test]
    fn a_missing_path_is_a_failure_of_its_own() {
        let folder = folder(&[("a.md", "")]);
        let paths = [folder.path().join("none.md"), folder.path().join("a.md")];
        let found = discover(&paths, None, &mut Configs::nearest());
        assert_eq!(found.failures[0].message, "no such file or folder");
        assert_eq!(found.units.len(), 1);
    }
}
