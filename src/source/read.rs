//! Reading a file or standard input.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

/// The largest input that is read.
pub const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error("no such file or folder")]
    NotFound,
    #[error("no permission to read this file")]
    PermissionDenied,
    #[error("this is a folder: expected a file")]
    Folder,
    #[error(
        "this is a pipe, socket or device: expected a regular file; pass its content on standard input with `-`"
    )]
    NotRegular,
    #[error("the file is larger than {} MiB; split it, or lint only the policy in it", MAX_BYTES >> 20)]
    TooLarge,
    #[error("cannot read: {0}")]
    Io(#[source] io::Error),
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::NotFound,
            io::ErrorKind::PermissionDenied => Self::PermissionDenied,
            _ => Self::Io(error),
        }
    }
}

/// Reads standard input.
///
/// # Errors
/// When it cannot be read, or is larger than [`MAX_BYTES`].
pub fn read_standard_input() -> Result<Vec<u8>, ReadError> {
    limited(io::stdin().lock(), 0)
}

/// Reads a regular file.
///
/// # Errors
/// When there is no such regular file, it cannot be read, or it is larger than [`MAX_BYTES`].
pub fn read(path: &Path) -> Result<Vec<u8>, ReadError> {
    // Looked at before it is opened: opening a pipe without a writer would wait for ever.
    let kind = std::fs::metadata(path)?;
    if kind.is_dir() {
        return Err(ReadError::Folder);
    }
    if !kind.is_file() {
        return Err(ReadError::NotRegular);
    }
    if kind.len() > MAX_BYTES {
        return Err(ReadError::TooLarge);
    }
    limited(File::open(path)?, kind.len())
}

fn limited(from: impl io::Read, expected: u64) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or(0));
    from.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_BYTES { Err(ReadError::TooLarge) } else { Ok(bytes) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_regular_file_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("policy.txt");
        std::fs::write(&path, "正文").unwrap();
        assert_eq!(read(&path).unwrap(), "正文".as_bytes());
    }

    #[test]
    fn everything_else_is_refused_with_a_reason() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(read(folder.path()), Err(ReadError::Folder)));
        assert!(matches!(read(&folder.path().join("none")), Err(ReadError::NotFound)));
        #[cfg(unix)]
        assert!(matches!(read(Path::new("/dev/null")), Err(ReadError::NotRegular)));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_sparse_giant_is_refused_before_it_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("giant.txt");
        File::create(&path).unwrap().set_len(MAX_BYTES + 1).unwrap();
        assert!(matches!(read(&path), Err(ReadError::TooLarge)));
    }
}
