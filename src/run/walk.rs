use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

/// The files below a folder in the order of their names; hidden and ignored ones are left out, links not
/// followed.
pub(super) fn files_below(folder: &Path) -> impl Iterator<Item = Result<PathBuf, ignore::Error>> {
    WalkBuilder::new(folder).require_git(false).sort_by_file_name(Ord::cmp).build().filter_map(|entry| {
        match entry {
            Ok(entry) => {
                let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
                is_file.then(|| Ok(entry.into_path()))
            }
            Err(error) => Some(Err(error)),
        }
    })
}
