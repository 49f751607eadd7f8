use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::WalkBuilder;

use super::Input;
use crate::config::{Config, Configs, PathGlobs};
use crate::report::json::Failure;

/// Files in a folder that may be policies.
const EXTENSIONS: [&str; 5] = ["txt", "md", "markdown", "html", "htm"];

/// Files that are one policy, with the config they are under.
#[derive(Clone, Debug)]
pub struct Unit {
    pub config: Arc<Config>,
    pub files: Vec<Input>,
}

/// What there is to lint.
#[derive(Debug, Default)]
pub struct Discovery {
    pub units: Vec<Unit>,
    pub failures: Vec<Failure>,
    /// The folders on the command line.
    pub folders: Vec<PathBuf>,
    /// Named on the command line but excluded by the config.
    pub excluded: Vec<String>,
    /// Files in the folders that cannot be policies, judging by their names.
    pub others: usize,
}

/// Finds the files to lint. `-` is standard input, which may be given a name.
pub fn discover(paths: &[PathBuf], standard_input: Option<&Path>, configs: &mut Configs) -> Discovery {
    let mut search =
        Search { found: Discovery::default(), inputs: Vec::new(), seen: HashSet::new(), configs };
    for path in paths {
        if path.as_os_str() == "-" {
            search.add(Input::standard_input(standard_input));
            continue;
        }
        match std::fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => search.walk(path),
            Ok(_) => search.add(Input::file(path)),
            Err(error) => {
                let message = match error.kind() {
                    std::io::ErrorKind::NotFound => "no such file or folder".to_owned(),
                    _ => error.to_string(),
                };
                search.found.failures.push(Failure { path: super::input::told(path), message });
            }
        }
    }
    search.finish()
}

struct Search<'c> {
    found: Discovery,
    inputs: Vec<(Arc<Config>, Input)>,
    seen: HashSet<PathBuf>,
    configs: &'c mut Configs,
}

impl Search<'_> {
    fn config_of(&mut self, path: &Path) -> Arc<Config> {
        self.configs.of(path.parent().unwrap_or(path))
    }

    fn add(&mut self, input: Input) {
        let config = self.config_of(&input.path);
        if config.exclude.matches(config.root(), &input.path) {
            if input.folder.is_none() {
                self.found.excluded.push(input.name);
            }
            return;
        }
        if self.seen.insert(input.path.clone()) {
            self.inputs.push((config, input));
        }
    }

    fn walk(&mut self, folder: &Path) {
        let number = self.found.folders.len();
        self.found.folders.push(folder.to_owned());
        for entry in walker(folder) {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let path = super::input::told(folder);
                    self.found.failures.push(Failure { path, message: error.to_string() });
                    continue;
                }
            };
            if !entry.file_type().is_some_and(|kind| kind.is_file()) {
                continue;
            }
            let mut input = Input::file(entry.path());
            let config = self.config_of(&input.path);
            input.folder = Some(number);
            input.certain =
                config.include.matches(config.root(), &input.path) || config.policy_of(&input.path).is_some();
            let extension = entry.path().extension().and_then(|extension| extension.to_str());
            let candidate = extension.is_some_and(|extension| {
                EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension))
            });
            if input.certain || candidate {
                self.add(input);
            } else {
                self.found.others += 1;
            }
        }
    }

    /// Puts the files of one policy together, those that were not named included.
    fn finish(self) -> Discovery {
        let Self { mut found, inputs, mut seen, .. } = self;
        let mut groups: HashMap<(*const Config, usize), usize> = HashMap::new();
        for (config, input) in inputs {
            let Some((index, _)) = config.policy_of(&input.path) else {
                found.units.push(Unit { config, files: vec![input] });
                continue;
            };
            match groups.get(&(Arc::as_ptr(&config), index)) {
                Some(unit) => found.units[*unit].files.push(input),
                None => {
                    groups.insert((Arc::as_ptr(&config), index), found.units.len());
                    found.units.push(Unit { config, files: vec![input] });
                }
            }
        }
        for ((_, index), unit) in groups {
            let unit = &mut found.units[unit];
            let patterns = &unit.config.file.policies[index].files;
            for path in named_files(&unit.config, patterns) {
                let excluded = unit.config.exclude.matches(unit.config.root(), &path);
                if !excluded && seen.insert(path.clone()) {
                    unit.files.push(Input::file(&relative(&path)));
                }
            }
            // The order of the config, so that the main text comes first.
            let root = unit.config.root();
            unit.files.sort_by_cached_key(|file| {
                let place = patterns.iter().position(|pattern| {
                    PathGlobs::new(std::slice::from_ref(pattern))
                        .is_ok_and(|globs| globs.matches(root, &file.path))
                });
                (place, file.path.clone())
            });
        }
        found
    }
}

/// The files that patterns of a config name.
fn named_files(config: &Config, patterns: &[String]) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = Vec::new();
    let mut open = Vec::new();
    for pattern in patterns {
        let path = config.root().join(pattern);
        if path.is_file() { files.push(path) } else { open.push(pattern.clone()) }
    }
    if let Ok(globs) = PathGlobs::new(&open)
        && !globs.is_empty()
    {
        files.extend(
            walker(config.root())
                .flatten()
                .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
                .map(ignore::DirEntry::into_path)
                .filter(|path| globs.matches(config.root(), path)),
        );
    }
    files
}

/// Walks a folder in the order of names; hidden and ignored files are left out, links not followed.
fn walker(folder: &Path) -> ignore::Walk {
    WalkBuilder::new(folder).require_git(false).sort_by_file_name(Ord::cmp).build()
}

fn relative(path: &Path) -> PathBuf {
    std::env::current_dir()
        .ok()
        .and_then(|here| path.strip_prefix(here).ok().map(Path::to_owned))
        .unwrap_or_else(|| path.to_owned())
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
    fn a_missing_path_is_a_failure_of_its_own() {
        let folder = folder(&[("a.md", "")]);
        let paths = [folder.path().join("none.md"), folder.path().join("a.md")];
        let found = discover(&paths, None, &mut Configs::nearest());
        assert_eq!(found.failures[0].message, "no such file or folder");
        assert_eq!(found.units.len(), 1);
    }
}
