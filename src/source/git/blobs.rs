//! The contents of files, from one git that answers as long as it is asked.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use super::command::{Git, no_git};
use super::{Blob, GitError};
use crate::source::MAX_BYTES;

/// A running `git cat-file --batch`.
#[derive(Debug)]
pub(super) struct Blobs {
    child: Child,
    /// Taken when it is to end.
    asked: Option<ChildStdin>,
    answered: BufReader<ChildStdout>,
}

/// How a file begins whose content Git LFS keeps.
const LFS: &[u8] = b"version https://git-lfs.github.com/spec/";

impl Blobs {
    pub(super) fn open(git: &Git) -> Result<Self, GitError> {
        let mut command = git.command();
        command.args(["cat-file", "--batch"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(no_git)?;
        let asked = child.stdin.take();
        let answered = child.stdout.take().ok_or(GitError::Stopped)?;
        Ok(Self { child, asked, answered: BufReader::new(answered) })
    }

    pub(super) fn read(&mut self, Blob(id): &Blob) -> Result<Vec<u8>, GitError> {
        let stopped = |_| GitError::Stopped;
        let asked = self.asked.as_mut().ok_or(GitError::Stopped)?;
        writeln!(asked, "{}", id.as_str()).and_then(|()| asked.flush()).map_err(stopped)?;
        // `HASH blob SIZE`, the content and a line end; or `HASH missing`.
        let mut head = String::new();
        self.answered.read_line(&mut head).map_err(stopped)?;
        let Some(size) = head.trim_end().rsplit_once(" blob ").and_then(|(_, size)| size.parse::<u64>().ok())
        else {
            return Err(if head.trim_end().ends_with(" missing") {
                GitError::NotHere
            } else {
                GitError::Stopped
            });
        };
        if size > MAX_BYTES {
            let mut rest = (&mut self.answered).take(size + 1);
            std::io::copy(&mut rest, &mut std::io::sink()).map_err(stopped)?;
            return Err(GitError::TooLarge);
        }
        let mut content = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
        (&mut self.answered).take(size + 1).read_to_end(&mut content).map_err(stopped)?;
        if content.pop() != Some(b'\n') || content.len() as u64 != size {
            return Err(GitError::Stopped);
        }
        if content.starts_with(LFS) { Err(GitError::Lfs) } else { Ok(content) }
    }
}

impl Drop for Blobs {
    fn drop(&mut self) {
        // Without anybody who asks it ends by itself.
        drop(self.asked.take());
        let _ = self.child.wait();
    }
}
