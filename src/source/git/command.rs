//! Running git so that it only reads.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::GitError;

/// Settings of a repository that would make git run a program.
const INERT: [&str; 3] = ["core.fsmonitor=false", "core.hooksPath=/dev/null", "diff.external="];

/// git in one folder.
#[derive(Clone, Debug)]
pub(super) struct Git {
    folder: PathBuf,
    /// Where a hook or the user says that the repository is, for runs elsewhere than here.
    variables: Vec<(&'static str, PathBuf)>,
}

impl Git {
    /// git as it would find the repository of a folder.
    pub(super) fn in_folder(folder: &Path) -> Self {
        // With the variable set git does not look for a repository, and a relative one is seen from here.
        let folder = if std::env::var_os(GIT_DIR).is_some() { Path::new(".") } else { folder };
        Self { folder: folder.to_owned(), variables: Vec::new() }
    }

    /// git in the top folder of a working tree.
    pub(super) fn at_top(top: &Path) -> Self {
        let mut variables = Vec::new();
        if let Some(place) = std::env::var_os(GIT_DIR) {
            let place = std::path::absolute(&place).unwrap_or_else(|_| place.into());
            variables = vec![(GIT_DIR, place), ("GIT_WORK_TREE", top.to_owned())];
        }
        Self { folder: top.to_owned(), variables }
    }

    pub(super) fn command(&self) -> Command {
        let mut command = Command::new("git");
        command.current_dir(&self.folder).arg("--no-pager").arg("--literal-pathspecs");
        for setting in INERT {
            command.args(["-c", setting]);
        }
        command
            .env("LC_ALL", "C")
            .env("GIT_OPTIONAL_LOCKS", "0")
            // A partial clone is not completed, by whatever transport it names.
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("GIT_ALLOW_PROTOCOL", "none")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env_remove("GIT_EXTERNAL_DIFF")
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null());
        command
    }

    /// What a command prints.
    ///
    /// # Errors
    /// When it fails.
    pub(super) fn text<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Result<Vec<u8>, GitError> {
        let output = self.command().args(arguments).output().map_err(no_git)?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let command = arguments.first().map(|name| name.as_ref().to_string_lossy().into_owned());
        let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        Err(GitError::Failed { command: command.unwrap_or_default(), said })
    }

    /// The one line that a command prints; `None` when it fails, which is how git says no.
    ///
    /// # Errors
    /// When there is no git.
    pub(super) fn line(&self, arguments: &[&str]) -> Result<Option<String>, GitError> {
        match self.text(arguments) {
            Ok(printed) => Ok(Some(String::from_utf8_lossy(&printed).trim().to_owned())),
            Err(GitError::Failed { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

const GIT_DIR: &str = "GIT_DIR";

pub(super) fn no_git(error: io::Error) -> GitError {
    match error.kind() {
        io::ErrorKind::NotFound => GitError::NoGit,
        _ => GitError::Run(error),
    }
}

/// The path itself if it is there, else the nearest folder above that is.
pub(super) fn existing(path: &Path) -> PathBuf {
    path.ancestors().find(|above| above.exists()).unwrap_or(Path::new(".")).to_owned()
}
