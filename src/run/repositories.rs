use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::source::git::{GitError, Repository};

/// The repositories that files lie in, each found once.
#[derive(Debug, Default)]
pub(super) struct Repositories {
    /// Folders as they are written, and their repositories.
    known: Vec<(PathBuf, Arc<Repository>)>,
}

impl Repositories {
    /// The repository that `folder` lies in.
    pub(super) fn of(&mut self, folder: &Path) -> Result<Arc<Repository>, GitError> {
        // A folder with a repository of its own is asked about itself.
        let own = folder.ancestors().find(|above| above.join(".git").exists()).unwrap_or(folder);
        if let Some((_, known)) = self.known.iter().find(|(known, _)| known == own) {
            return Ok(Arc::clone(known));
        }
        let found = Repository::find(folder)?;
        let same = self.known.iter().find(|(_, known)| known.top() == found.top());
        let found = same.map_or_else(|| Arc::new(found), |(_, known)| Arc::clone(known));
        self.known.push((own.to_owned(), Arc::clone(&found)));
        Ok(found)
    }
}
