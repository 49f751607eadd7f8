use std::io;
use std::path::PathBuf;

use crate::source::MAX_BYTES;

/// Why git could not be asked.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    #[error("there is no `git` on the PATH")]
    NoGit,
    #[error("git cannot be run: {0}")]
    Run(#[source] io::Error),
    #[error("{} is in no git repository", folder.display())]
    NoRepository { folder: PathBuf },
    #[error("expected a revision, found {}", if found.is_empty() { "nothing".to_owned() } else { format!("`{found}`") })]
    NotARevision { found: String },
    #[error("there is no revision `{revision}` in this repository")]
    NoRevision { revision: String, shallow: bool, remote: Option<String> },
    #[error("`{revision}` and HEAD have no commit in common")]
    NoMergeBase { revision: String, shallow: bool },
    #[error("its content is not in this partial clone")]
    NotHere,
    #[error("its content is kept by Git LFS, outside the history")]
    Lfs,
    #[error("the file is larger than {} MiB", MAX_BYTES >> 20)]
    TooLarge,
    #[error("git stopped without an answer")]
    Stopped,
    #[error("`git {command}` failed: {said}")]
    Failed { command: String, said: String },
}

impl GitError {
    /// What is wrong and what to do about it, in one line.
    pub fn advice(&self) -> String {
        match self.help() {
            Some(help) => format!("{self}; {help}"),
            None => self.to_string(),
        }
    }

    /// What to do about it.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::NoGit => "install git, or lint without `--diff-base` and `--staged`".to_owned(),
            Self::NotARevision { .. } => {
                "a branch, a tag or a commit, such as `origin/main`, `v1.2` or `HEAD~1`".to_owned()
            }
            Self::NoRevision { shallow: true, .. } | Self::NoMergeBase { shallow: true, .. } => {
                "the clone is shallow: fetch the whole history with `fetch-depth: 0` of actions/checkout, \
                 `GIT_DEPTH: 0` on GitLab, or `git fetch --unshallow`"
                    .to_owned()
            }
            Self::NoRevision { remote: Some(name), .. } => format!("did you mean `{name}`?"),
            Self::NoRevision { revision, .. } if revision.bytes().all(|byte| byte == b'0') => {
                "a push that makes a new branch has no commit before it: name the branch it will be merged into"
                    .to_owned()
            }
            Self::NoRevision { .. } => {
                "`git log --oneline` lists commits, `git branch --all` branches; `git fetch` gets those of others"
                    .to_owned()
            }
            Self::NoMergeBase { revision, .. } => {
                format!("`{revision}^{{tree}}` compares with it as it is, whatever the history")
            }
            Self::NotHere => "clone without `--filter`".to_owned(),
            Self::Lfs => "take it out of LFS, or lint without `--diff-base` and `--staged`".to_owned(),
            _ => return None,
        })
    }
}
