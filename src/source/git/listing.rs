//! Which files a snapshot has.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use super::command::Git;
use super::{GitError, Snapshot};

/// The name of an object in the store of git.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ObjectId(String);

impl ObjectId {
    pub(super) fn new(text: String) -> Option<Self> {
        let is_hash = text.len() >= 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hash.then_some(Self(text))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// The content of a regular file in a snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blob(pub(super) ObjectId);

/// More paths than this are not put into one command; all files are listed instead.
const ARGUMENTS: usize = 200;

/// All files without `paths`.
pub(super) fn files(
    git: &Git,
    at: &Snapshot,
    paths: &[PathBuf],
) -> Result<BTreeMap<PathBuf, Blob>, GitError> {
    let few = paths.len() <= ARGUMENTS;
    let mut arguments: Vec<OsString> = match at {
        Snapshot::Tree(tree) => {
            ["ls-tree", "-r", "-z", "--full-tree", tree.as_str()].map(OsString::from).into()
        }
        Snapshot::Index => ["ls-files", "--stage", "-z"].map(OsString::from).into(),
    };
    arguments.push("--".into());
    if few {
        arguments.extend(paths.iter().map(|path| name_of(path)));
    }
    let printed = git.text(&arguments)?;
    let listed = printed.split(|byte| *byte == 0).filter_map(|record| entry(record, at));
    Ok(listed.filter(|(path, _)| few || paths.iter().any(|wanted| path.starts_with(wanted))).collect())
}

/// `100644 blob HASH<TAB>PATH` in a tree, `100644 HASH STAGE<TAB>PATH` in the index. Links and submodules
/// are no files, and neither is what is left of a conflict.
fn entry(record: &[u8], at: &Snapshot) -> Option<(PathBuf, Blob)> {
    let tab = record.iter().position(|byte| *byte == b'\t')?;
    let facts = std::str::from_utf8(&record[..tab]).ok()?;
    let mut facts = facts.split_ascii_whitespace();
    let is_file = facts.next()?.starts_with("100");
    let (first, second) = (facts.next()?, facts.next()?);
    let (id, is_whole) = match at {
        Snapshot::Tree(_) => (second, first == "blob"),
        Snapshot::Index => (first, second == "0"),
    };
    let id = ObjectId::new(id.to_owned())?;
    (is_file && is_whole).then(|| (path_of(&record[tab + 1..]), Blob(id)))
}

pub(super) fn renames(git: &Git, before: &Snapshot) -> Result<BTreeMap<PathBuf, PathBuf>, GitError> {
    let printed = differences(git, before, &["--find-renames", "--diff-filter=R", "--name-status"])?;
    let mut fields = printed.split(|byte| *byte == 0);
    let mut renames = BTreeMap::new();
    while let (Some(status), Some(old), Some(new)) = (fields.next(), fields.next(), fields.next()) {
        if status.starts_with(b"R") {
            renames.insert(path_of(new), path_of(old));
        }
    }
    Ok(renames)
}

pub(super) fn changed(git: &Git, before: &Snapshot) -> Result<Vec<PathBuf>, GitError> {
    let printed = differences(git, before, &["--no-renames", "--diff-filter=d", "--name-only"])?;
    Ok(printed.split(|byte| *byte == 0).filter(|name| !name.is_empty()).map(path_of).collect())
}

/// Between a tree and the index, so that no file of the working tree has to pass a filter.
fn differences(git: &Git, before: &Snapshot, options: &[&str]) -> Result<Vec<u8>, GitError> {
    let Snapshot::Tree(tree) = before else { return Ok(Vec::new()) };
    let mut arguments = vec!["diff-index", "--cached", "-z", "--no-ext-diff", "--no-textconv"];
    arguments.extend(["--ignore-submodules"].iter().chain(options));
    arguments.extend([tree.as_str(), "--"]);
    git.text(&arguments)
}

#[cfg(unix)]
pub(super) fn path_of(name: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(OsStr::from_bytes(name))
}

#[cfg(not(unix))]
pub(super) fn path_of(name: &[u8]) -> PathBuf {
    String::from_utf8_lossy(name).split('/').collect()
}

/// As git writes it: with `/` on every system.
fn name_of(path: &Path) -> OsString {
    let parts: Vec<&OsStr> = path.components().map(|part| part.as_os_str()).collect();
    parts.join(OsStr::new("/"))
}
