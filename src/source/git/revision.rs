//! From the name of a revision to the files it has.

use super::command::Git;
use super::{GitError, ObjectId};

/// A state of the files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Snapshot {
    /// In the history.
    Tree(ObjectId),
    /// What the next commit will hold.
    Index,
}

/// The commit that is checked out.
pub(super) const HEAD: &str = "HEAD";

pub(super) fn exact(git: &Git, revision: &str) -> Result<Snapshot, GitError> {
    Ok(match resolve(git, revision)? {
        Resolved::Commit(id) | Resolved::Tree(id) => Snapshot::Tree(id),
    })
}

pub(super) fn start(git: &Git, revision: &str) -> Result<Snapshot, GitError> {
    let commit = match resolve(git, revision)? {
        Resolved::Tree(id) => return Ok(Snapshot::Tree(id)),
        Resolved::Commit(id) => id,
    };
    if revision == HEAD {
        return Ok(Snapshot::Tree(commit));
    }
    let Some(head) = verify(git, HEAD, "commit")?.filter(|head| *head != commit) else {
        return Ok(Snapshot::Tree(commit));
    };
    let base = git.line(&["merge-base", commit.as_str(), head.as_str()])?.and_then(ObjectId::new);
    match base {
        Some(base) => Ok(Snapshot::Tree(base)),
        None => Err(GitError::NoMergeBase { revision: revision.to_owned(), shallow: is_shallow(git)? }),
    }
}

enum Resolved {
    Commit(ObjectId),
    Tree(ObjectId),
}

fn resolve(git: &Git, revision: &str) -> Result<Resolved, GitError> {
    // An option for git is no revision, and neither is a range, nor what would end the line.
    let odd = |part: char| part.is_control() || part == '\u{fffd}';
    if revision.is_empty() || revision.starts_with('-') || revision.contains(odd) || revision.contains("..") {
        return Err(GitError::NotARevision { found: revision.to_owned() });
    }
    if let Some(commit) = verify(git, revision, "commit")? {
        return Ok(Resolved::Commit(commit));
    }
    if let Some(tree) = verify(git, revision, "tree")? {
        return Ok(Resolved::Tree(tree));
    }
    let unborn = (revision == HEAD || revision == "@") && git.line(&["symbolic-ref", "-q", HEAD])?.is_some();
    if unborn
        && let Some(empty) = git.line(&["hash-object", "-t", "tree", "--stdin"])?.and_then(ObjectId::new)
    {
        // Before the first commit there was nothing.
        return Ok(Resolved::Tree(empty));
    }
    let remote = format!("origin/{revision}");
    let remote = verify(git, &remote, "commit")?.map(|_| remote);
    Err(GitError::NoRevision { revision: revision.to_owned(), shallow: is_shallow(git)?, remote })
}

fn verify(git: &Git, revision: &str, kind: &str) -> Result<Option<ObjectId>, GitError> {
    let name = format!("{revision}^{{{kind}}}");
    Ok(git.line(&["rev-parse", "--verify", "--quiet", &name])?.and_then(ObjectId::new))
}

fn is_shallow(git: &Git) -> Result<bool, GitError> {
    Ok(git.line(&["rev-parse", "--is-shallow-repository"])?.as_deref() == Some("true"))
}
