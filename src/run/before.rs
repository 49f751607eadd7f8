//! The policies as they were before a change.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::input::{Origin, told};
use super::repositories::Repositories;
use super::{Input, Unit};
use crate::config::named_from_working_folder;
use crate::source::git::{Blob, GitError, Repository, Snapshot};

/// Looks up for each policy the files it had when the work since `revision` started. A file that was
/// renamed goes by the name that it has now; files that a policy of several has lost are among them.
///
/// # Errors
/// When there is no such revision, or a file lies in no repository.
pub fn look_up(units: &mut [Unit], revision: &str) -> Result<(), GitError> {
    let mut repositories = Repositories::default();
    if units.is_empty() {
        // A revision that does not exist is one even when nothing is to be linted.
        repositories.of(&std::env::current_dir().unwrap_or_default())?.start(revision)?;
    }
    let mut wanted: Vec<Wanted> = Vec::new();
    for (unit, files) in units.iter().enumerate() {
        for (file, input) in files.files.iter().enumerate() {
            let repository = match &input.origin {
                Origin::Git(repository, _) => Arc::clone(repository),
                _ => repositories.of(input.path.parent().unwrap_or(&input.path))?,
            };
            let name = repository.inside(&input.path);
            let place = wanted.iter().position(|known| Arc::ptr_eq(&known.repository, &repository));
            let place = place.unwrap_or_else(|| {
                wanted.push(Wanted { repository, files: BTreeMap::new() });
                wanted.len() - 1
            });
            if let Some(name) = name {
                wanted[place].files.insert((unit, file), name);
            }
        }
    }
    for unit in units.iter_mut() {
        unit.before = Some(Vec::new());
    }
    for Wanted { repository, files } in wanted {
        let at = repository.start(revision)?;
        find(units, &repository, &at, &files)?;
    }
    Ok(())
}

/// Files that a repository is asked for: their names in it by the numbers of unit and file.
struct Wanted {
    repository: Arc<Repository>,
    files: BTreeMap<(usize, usize), PathBuf>,
}

fn find(
    units: &mut [Unit],
    repository: &Arc<Repository>,
    at: &Snapshot,
    files: &BTreeMap<(usize, usize), PathBuf>,
) -> Result<(), GitError> {
    let names: BTreeSet<&PathBuf> = files.values().collect();
    let mut old = repository.files(at, &files.values().cloned().collect::<Vec<_>>())?;
    // Old names by the new ones.
    let mut renames = BTreeMap::new();
    if names.iter().any(|name| !old.contains_key(*name)) {
        renames = repository.renames(at)?;
        renames.retain(|new, _| names.contains(new));
        if !renames.is_empty() {
            old.extend(repository.files(at, &renames.values().cloned().collect::<Vec<_>>())?);
        }
    }
    let mut taken: BTreeSet<&Path> = BTreeSet::new();
    for (&(unit, file), name) in files {
        let old_name = renames.get(name).unwrap_or(name);
        let Some(blob) = old.get(old_name) else { continue };
        taken.insert(old_name);
        let Unit { files, before, .. } = &mut units[unit];
        let input = earlier(&files[file].path, top_of(&files[file].path, name), old_name, repository, blob);
        before.get_or_insert_default().push(input);
    }
    let in_several = |unit: &Unit| unit.config.policy_of(&unit.files[0].path).is_some();
    if units.iter().any(in_several) {
        let all = repository.all_files(at)?;
        let left: Vec<_> = all.iter().filter(|(name, _)| !taken.contains(name.as_path())).collect();
        for ((unit, file), name) in files {
            let Unit { config, files, before } = &mut units[*unit];
            let Some((policy, _)) = config.policy_of(&files[*file].path) else { continue };
            let top = top_of(&files[*file].path, name);
            let before = before.get_or_insert_default();
            for (name, blob) in &left {
                let path = top.join(name);
                let belongs = config.policy_of(&path).is_some_and(|(number, _)| number == policy);
                let known = before.iter().chain(&*files).any(|input| input.path == path);
                if belongs && !known && !config.exclude.matches(config.root(), &path) {
                    before.push(earlier(&path, top, name, repository, blob));
                }
            }
        }
    }
    Ok(())
}

/// The top folder of the working tree as the path of a file in it has it, links included.
fn top_of<'p>(path: &'p Path, name: &Path) -> &'p Path {
    path.ancestors().nth(name.components().count()).unwrap_or(path)
}

/// A file as it was; `path` is where it is now.
fn earlier(path: &Path, top: &Path, name: &Path, repository: &Arc<Repository>, blob: &Blob) -> Input {
    Input {
        name: told(&named_from_working_folder(&top.join(name))),
        path: path.to_owned(),
        origin: Origin::Git(Arc::clone(repository), blob.clone()),
        certain: true,
        folder: None,
    }
}
