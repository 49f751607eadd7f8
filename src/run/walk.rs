use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};

/// The files below a folder in the order of their names; hidden and ignored ones are left out, links not
/// followed.
pub(super) fn files_below(folder: &Path) -> impl Iterator<Item = Result<PathBuf, ignore::Error>> {
    walk(folder).filter_map(|entry| match entry {
        Ok(entry) => {
            let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
            is_file.then(|| Ok(entry.into_path()))
        }
        Err(error) => Some(Err(error)),
    })
}

/// A folder and all below it in which [`files_below`] looks, as far as they can be read.
pub(super) fn folders_below(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = walk(folder).flatten();
    entries.filter(|entry| entry.file_type().is_some_and(|kind| kind.is_dir())).map(DirEntry::into_path)
}

fn walk(folder: &Path) -> impl Iterator<Item = Result<DirEntry, ignore::Error>> {
    WalkBuilder::new(folder).require_git(false).sort_by_file_name(Ord::cmp).build()
}
