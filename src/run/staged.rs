//! What the next commit changes.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Input;
use super::discover::{Discovery, Search};
use super::input::{Origin, told};
use super::repositories::Repositories;
use crate::config::{Configs, named_from_working_folder};
use crate::source::git::{GitError, Repository, Snapshot};

/// Finds the staged files among `paths` and below them, all without `paths`, to lint them as the index has
/// them. The other files of a policy are taken from there as well.
///
/// # Errors
/// When there is no repository.
pub fn discover(paths: &[PathBuf], configs: &mut Configs) -> Result<Discovery, GitError> {
    let here = std::env::current_dir().unwrap_or_default();
    let mut repositories = Repositories::default();
    let mut search = Search::new(configs);
    let mut looked_at: Vec<(Arc<Repository>, Vec<Wanted>)> = Vec::new();
    if paths.is_empty() {
        looked_at.push((repositories.of(&here)?, vec![Wanted { name: PathBuf::new(), certain: false }]));
    }
    for path in paths {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.clone());
        let is_folder = path.is_dir();
        let repository = repositories.of(if is_folder { &path } else { path.parent().unwrap_or(&path) })?;
        let Some(name) = repository.inside(&path) else { continue };
        let wanted = Wanted { name, certain: !is_folder };
        match looked_at.iter_mut().find(|(known, _)| Arc::ptr_eq(known, &repository)) {
            Some((_, names)) => names.push(wanted),
            None => looked_at.push((repository, vec![wanted])),
        }
    }
    for (repository, wanted) in &looked_at {
        let staged = repository.staged()?;
        let blobs = repository.files(&Snapshot::Index, &staged)?;
        // As the user writes it, links included.
        let top = top_from(&here, repository);
        for (name, blob) in blobs {
            let Some(wanted) = wanted
                .iter()
                .filter(|wanted| name.starts_with(&wanted.name))
                .max_by_key(|wanted| wanted.certain)
            else {
                continue;
            };
            let path = top.join(&name);
            let input = Input {
                name: told(&named_from_working_folder(&path)),
                path,
                origin: Origin::Git(Arc::clone(repository), blob),
                certain: wanted.certain,
                folder: None,
            };
            search.add_found(input);
        }
    }
    let mut found = search.finish();
    for unit in &mut found.units {
        for file in &mut unit.files {
            if matches!(file.origin, Origin::Git(..)) {
                continue;
            }
            let repository = repositories.of(file.path.parent().unwrap_or(&file.path))?;
            if let Some(name) = repository.inside(&file.path)
                && let Some(blob) =
                    repository.files(&Snapshot::Index, std::slice::from_ref(&name))?.remove(&name)
            {
                file.origin = Origin::Git(repository, blob);
            }
        }
    }
    Ok(found)
}

/// A path on the command line.
struct Wanted {
    /// In the repository.
    name: PathBuf,
    /// It names a file, which is linted whatever it looks like.
    certain: bool,
}

/// The top folder of a repository as `here` has it, links included.
fn top_from(here: &Path, repository: &Repository) -> PathBuf {
    let depth = repository.inside(here).map(|inside| inside.components().count());
    depth.and_then(|depth| here.ancestors().nth(depth)).unwrap_or(repository.top()).to_owned()
}
