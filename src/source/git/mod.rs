//! Reading from git: files as a revision or the index has them.
//!
//! The `git` on the `PATH` does the work, by its plumbing commands alone. Nothing that a repository can
//! define is run (hooks, filters, textconv, external diffs, a file system monitor), and nothing is fetched.

mod blobs;
mod command;
mod error;
mod listing;
mod revision;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

pub use error::GitError;
pub use listing::{Blob, ObjectId};
pub use revision::Snapshot;

use blobs::Blobs;
use command::Git;

/// A repository with a working tree.
#[derive(Debug)]
pub struct Repository {
    git: Git,
    /// The top folder of the working tree, without links in it.
    top: PathBuf,
    blobs: Mutex<Option<Blobs>>,
}

impl Repository {
    /// The repository that `folder` lies in.
    ///
    /// # Errors
    /// When it lies in none, git refuses to work there, or there is no git.
    pub fn find(folder: &Path) -> Result<Self, GitError> {
        let here = Git::in_folder(&command::existing(folder));
        let printed = here.text(&["rev-parse", "--show-toplevel"]).map_err(|error| match error {
            GitError::Failed { said, .. } if said.contains("not a git repository") => {
                GitError::NoRepository { folder: folder.to_owned() }
            }
            error => error,
        })?;
        let top = listing::path_of(printed.strip_suffix(b"\n").unwrap_or(&printed));
        let top = top.canonicalize().unwrap_or(top);
        Ok(Self { git: Git::at_top(&top), top, blobs: Mutex::new(None) })
    }

    /// The top folder of the working tree.
    pub fn top(&self) -> &Path {
        &self.top
    }

    /// How the repository calls the file at `path`, there or not; `None` for one outside.
    pub fn inside(&self, path: &Path) -> Option<PathBuf> {
        let absolute = std::path::absolute(path).ok()?;
        let there = command::existing(&absolute);
        let rest = absolute.strip_prefix(&there).ok()?;
        let resolved = there.canonicalize().ok()?;
        // Joining an empty path would add a slash.
        let resolved = if rest.as_os_str().is_empty() { resolved } else { resolved.join(rest) };
        resolved.strip_prefix(&self.top).ok().map(Path::to_owned)
    }

    /// The files of a snapshot among `paths` (in the repository) and below them.
    ///
    /// # Errors
    /// When git fails.
    pub fn files(&self, at: &Snapshot, paths: &[PathBuf]) -> Result<BTreeMap<PathBuf, Blob>, GitError> {
        // Without paths git would list everything.
        if paths.is_empty() { Ok(BTreeMap::new()) } else { listing::files(&self.git, at, paths) }
    }

    /// All files of a snapshot.
    ///
    /// # Errors
    /// When git fails.
    pub fn all_files(&self, at: &Snapshot) -> Result<BTreeMap<PathBuf, Blob>, GitError> {
        listing::files(&self.git, at, &[])
    }

    /// What a file holds.
    ///
    /// # Errors
    /// When it is not in the repository (a partial clone), too large, or kept elsewhere by Git LFS.
    pub fn read(&self, blob: &Blob) -> Result<Vec<u8>, GitError> {
        let mut blobs = self.blobs.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if blobs.is_none() {
            *blobs = Some(Blobs::open(&self.git)?);
        }
        let read = blobs.as_mut().map_or(Err(GitError::Stopped), |blobs| blobs.read(blob));
        if matches!(read, Err(GitError::Stopped)) {
            *blobs = None;
        }
        read
    }

    /// The file at `path` (in the working tree) as `revision` has it; `None` when it has no such file.
    ///
    /// # Errors
    /// When there is no such revision, or the file cannot be read.
    pub fn show(&self, revision: &str, path: &Path) -> Result<Option<Vec<u8>>, GitError> {
        let at = self.revision(revision)?;
        let Some(path) = self.inside(path) else { return Ok(None) };
        let files = self.files(&at, std::slice::from_ref(&path))?;
        files.get(&path).map(|blob| self.read(blob)).transpose()
    }

    /// The state at a revision, as it is given.
    ///
    /// # Errors
    /// When there is no such revision.
    pub fn revision(&self, revision: &str) -> Result<Snapshot, GitError> {
        revision::exact(&self.git, revision)
    }

    /// The state that the work since `revision` started from: where the history of `HEAD` left that of
    /// `revision`. A tree (`v1^{tree}`) has no history and is taken as it is.
    ///
    /// # Errors
    /// When there is no such revision, or it has no history in common with `HEAD`.
    pub fn start(&self, revision: &str) -> Result<Snapshot, GitError> {
        revision::start(&self.git, revision)
    }

    /// Files that the index has under another name than `before` does: the old names by the new ones.
    ///
    /// # Errors
    /// When git fails.
    pub fn renames(&self, before: &Snapshot) -> Result<BTreeMap<PathBuf, PathBuf>, GitError> {
        listing::renames(&self.git, before)
    }

    /// Files that the next commit adds or changes.
    ///
    /// # Errors
    /// When git fails.
    pub fn staged(&self) -> Result<Vec<PathBuf>, GitError> {
        let before = revision::start(&self.git, revision::HEAD)?;
        listing::changed(&self.git, &before)
    }
}

#[cfg(test)]
mod tests;
