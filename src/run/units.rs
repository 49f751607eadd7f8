//! Which files are one policy.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Input;
use super::walk::files_below;
use crate::config::{Config, PathGlobs, from_working_folder};

/// Files that are one policy, with the config they are under.
#[derive(Clone, Debug)]
pub struct Unit {
    pub config: Arc<Config>,
    /// In the order of the config, if it names them as one policy.
    pub files: Vec<Input>,
    /// Its files before the change that is judged; `None` when no change is.
    pub before: Option<Vec<Input>>,
}

impl Unit {
    fn of(config: Arc<Config>, input: Input) -> Self {
        Self { config, files: vec![input], before: None }
    }
}

/// Puts the files of one policy together, and adds those the config names that are not among `inputs`.
pub(super) fn group(inputs: Vec<(Arc<Config>, Input)>) -> Vec<Unit> {
    let mut seen: HashSet<PathBuf> = inputs.iter().map(|(_, input)| input.path.clone()).collect();
    let mut units: Vec<Unit> = Vec::new();
    // Policies of several files: config and number of the policy in it, and their unit.
    let mut known: HashMap<(*const Config, usize), usize> = HashMap::new();
    let mut policies: Vec<(usize, usize)> = Vec::new();
    for (config, input) in inputs {
        let Some((policy, _)) = config.policy_of(&input.path) else {
            units.push(Unit::of(config, input));
            continue;
        };
        match known.get(&(Arc::as_ptr(&config), policy)) {
            Some(unit) => units[*unit].files.push(input),
            None => {
                known.insert((Arc::as_ptr(&config), policy), units.len());
                policies.push((policy, units.len()));
                units.push(Unit::of(config, input));
            }
        }
    }
    for (policy, unit) in policies {
        complete(&mut units[unit], policy, &mut seen);
    }
    units
}

/// Adds the files of a policy that are not there yet, and brings all into the order of the config, so
/// that the main text comes first.
fn complete(unit: &mut Unit, policy: usize, seen: &mut HashSet<PathBuf>) {
    let config = &unit.config;
    let root = config.root();
    let patterns: Vec<Pattern> =
        config.file.policies[policy].files.iter().filter_map(|text| Pattern::new(text, root)).collect();
    for path in named_files(&patterns, root) {
        let belongs = config.policy_of(&path).is_some_and(|(index, _)| index == policy);
        if belongs && !config.exclude.matches(root, &path) && seen.insert(path.clone()) {
            unit.files.push(Input::file(&from_working_folder(&path)));
        }
    }
    unit.files.sort_by_cached_key(|file| {
        let place = patterns.iter().position(|pattern| pattern.globs.matches(root, &file.path));
        (place, file.path.clone())
    });
}

/// A pattern of a policy's files.
struct Pattern {
    globs: PathGlobs,
    /// The file that it names, if it is no glob.
    file: Option<PathBuf>,
}

impl Pattern {
    fn new(text: &str, root: &Path) -> Option<Self> {
        let globs = PathGlobs::new(&[text.to_owned()]).ok()?;
        let path = root.join(text);
        // A name that is no glob is a file, there or not: what is missing has to be told when it is read.
        let named = path.is_file() || !text.contains(['*', '?', '[', '{']);
        Some(Self { globs, file: named.then_some(path) })
    }
}

/// The files that the patterns name; the folder is walked only if some pattern is a glob.
fn named_files(patterns: &[Pattern], root: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = patterns.iter().filter_map(|pattern| pattern.file.clone()).collect();
    let open: Vec<&PathGlobs> =
        patterns.iter().filter(|pattern| pattern.file.is_none()).map(|pattern| &pattern.globs).collect();
    if !open.is_empty() {
        let below = files_below(root).flatten();
        files.extend(below.filter(|path| open.iter().any(|globs| globs.matches(root, path))));
    }
    files
}
