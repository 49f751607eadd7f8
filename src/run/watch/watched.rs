use std::collections::{BTreeSet, HashSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::{Config, Configs, FILE_NAME};
use crate::run::discover::{discover, may_be_policy};
use crate::run::walk::folders_below;

/// Files that say which others are linted.
const IGNORE_FILES: [&str; 2] = [".gitignore", ".ignore"];

/// What a run over policies hangs on: when any of it changes, the run would say something else.
///
/// Paths are those the system tells: absolute, without links.
#[derive(Debug, Default)]
pub struct Watched {
    /// Where all of it lies.
    folders: BTreeSet<PathBuf>,
    /// By whatever name.
    files: HashSet<PathBuf>,
    /// Folders in which all policies are linted.
    policies: Vec<PathBuf>,
    /// Folders in which all rule files are read.
    rules: Vec<PathBuf>,
    configs: Vec<Arc<Config>>,
    /// What the run itself writes.
    written: HashSet<PathBuf>,
}

impl Watched {
    /// The policies that `paths` stand for, with their configs and the rule files these name.
    pub fn new(paths: &[PathBuf], configs: &mut Configs) -> Self {
        let mut watched = Self::default();
        for path in paths {
            if path.is_dir() {
                watched.policies.extend(path.canonicalize());
                watched.tree(path);
            } else {
                watched.file(path);
            }
        }
        let found = discover(paths, None, configs);
        for unit in found.units {
            for file in &unit.files {
                watched.file(&file.path);
            }
            watched.config(unit.config);
        }
        watched.config(configs.of(Path::new(".")));
        watched
    }

    fn config(&mut self, config: Arc<Config>) {
        if self.configs.iter().any(|known| Arc::ptr_eq(known, &config)) {
            return;
        }
        if config.path().is_some() {
            self.file(&config.root().join(FILE_NAME));
        }
        for path in config.rule_files() {
            self.rules(&path);
        }
        self.configs.push(config);
    }

    fn tree(&mut self, top: &Path) {
        self.folders.extend(folders_below(top).flat_map(|folder| folder.canonicalize()));
    }

    /// A file, there or not.
    pub fn file(&mut self, path: &Path) {
        // A link may come to lead elsewhere, and where it leads may change.
        for place in [placed(path), path.canonicalize().ok()].into_iter().flatten() {
            let folder = place.ancestors().skip(1).find(|folder| folder.is_dir());
            self.folders.extend(folder.map(Path::to_owned));
            self.files.insert(place);
        }
    }

    /// The config that would hold for what lies in `folder`, should one be written: there or above, inside the
    /// project.
    pub fn nearest_config(&mut self, folder: &Path) {
        let Ok(folder) = folder.canonicalize() else { return };
        let is_top = |folder: &Path| folder.join(".git").exists() || folder.join(FILE_NAME).is_file();
        let depth = folder.ancestors().position(is_top).unwrap_or(0);
        for folder in folder.ancestors().take(depth + 1) {
            self.file(&folder.join(FILE_NAME));
        }
    }

    /// A rule file, or a folder of them.
    pub fn rules(&mut self, path: &Path) {
        if path.is_dir() {
            self.rules.extend(path.canonicalize());
            self.tree(path);
        } else {
            self.file(path);
        }
    }

    /// A file that the run writes.
    pub fn written(&mut self, path: &Path) {
        self.written.extend(placed(path));
        self.written.extend(path.canonicalize());
    }

    /// The folders in which it lies.
    pub fn folders(&self) -> &BTreeSet<PathBuf> {
        &self.folders
    }

    /// Whether another run is due when this changes.
    pub fn concerns(&self, path: &Path) -> bool {
        if self.written.contains(path) {
            return false;
        }
        // A folder that comes or goes takes with it what lies in it.
        if self.files.iter().any(|file| file.starts_with(path)) {
            return true;
        }
        let name = path.file_name().unwrap_or_default();
        let may_be_linted = || {
            may_be_policy(path)
                || path.is_dir()
                || self.folders.contains(path)
                || self.configs.iter().any(|config| named_by(config, path))
        };
        let may_be_rules = || path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml");
        if inside(&self.policies, path) {
            let known = name == FILE_NAME || IGNORE_FILES.iter().any(|ignore| name == *ignore);
            return known || !is_hidden(name) && may_be_linted();
        }
        inside(&self.rules, path) && (may_be_rules() || path.is_dir() || self.folders.contains(path))
    }
}

fn inside(folders: &[PathBuf], path: &Path) -> bool {
    folders.iter().any(|folder| path.starts_with(folder))
}

fn named_by(config: &Config, path: &Path) -> bool {
    config.include.matches(config.root(), path) || config.policy_of(path).is_some()
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// Where a file is or would be, with the links on the way to it resolved.
fn placed(path: &Path) -> Option<PathBuf> {
    let absolute = std::path::absolute(path).ok()?;
    let folder = absolute.ancestors().skip(1).find(|folder| folder.exists())?;
    let rest = absolute.strip_prefix(folder).ok()?;
    Some(folder.canonicalize().ok()?.join(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A project, what lies in it written as (name, text).
    fn project(files: &[(&str, &str)]) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let top = folder.path().canonicalize().unwrap();
        for (name, text) in files {
            let path = top.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        (folder, top)
    }

    fn concerned(watched: &Watched, top: &Path, names: &[&str]) -> Vec<bool> {
        names.iter().map(|name| watched.concerns(&top.join(name))).collect()
    }

    #[test]
    fn in_a_folder_whatever_may_be_linted_counts() {
        let config = "rule-files: [own/rules.yaml]\ninclude: ['*.adoc']\n";
        let (_folder, top) = project(&[
            ("policy-lint.yaml", config),
            ("docs/a.md", ""),
            ("build/b.md", ""),
            (".gitignore", "build/\n"),
        ]);
        let watched = Watched::new(std::slice::from_ref(&top), &mut Configs::nearest());
        let asks = [
            "docs/a.md",
            "docs/new.html",
            "x.adoc",
            "policy-lint.yaml",
            ".gitignore",
            "own/rules.yaml",
            "docs",
        ];
        assert_eq!(concerned(&watched, &top, &asks), [true; 7]);
        let not = ["docs/.a.md.swp", "docs/a.md~", "main.rs", ".#a.md", "docs/4913"];
        assert_eq!(concerned(&watched, &top, &not), [false; 5]);
        assert!(watched.folders().contains(&top.join("docs")));
        assert!(!watched.folders().contains(&top.join("build")), "ignored folders are not watched");
    }

    #[test]
    fn of_named_files_their_neighbours_do_not_count() {
        let (_folder, top) = project(&[("a.md", ""), ("b.md", ""), (".git/HEAD", "")]);
        let mut watched = Watched::new(&[top.join("a.md"), top.join("later/c.md")], &mut Configs::nearest());
        watched.nearest_config(&top);
        watched.rules(&top.join("rules.yaml"));
        let asks = ["a.md", "later", "later/c.md", "policy-lint.yaml", "rules.yaml"];
        assert_eq!(concerned(&watched, &top, &asks), [true; 5]);
        assert_eq!(concerned(&watched, &top, &["b.md", ".git", "x.yaml"]), [false; 3]);
    }

    #[test]
    fn what_the_run_writes_asks_for_no_other() {
        let (_folder, top) = project(&[("a.md", "")]);
        let mut watched = Watched::new(std::slice::from_ref(&top), &mut Configs::nearest());
        watched.written(&top.join("review.html"));
        assert_eq!(concerned(&watched, &top, &["review.html", "other.html"]), [false, true]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_followed_to_where_the_words_are() {
        let (_folder, top) = project(&[("shared/a.md", "")]);
        std::os::unix::fs::symlink(top.join("shared/a.md"), top.join("privacy.md")).unwrap();
        let watched = Watched::new(&[top.join("privacy.md")], &mut Configs::nearest());
        assert_eq!(concerned(&watched, &top, &["privacy.md", "shared/a.md"]), [true, true]);
        assert!(watched.folders().contains(&top.join("shared")));
    }
}
