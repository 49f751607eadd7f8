use std::path::Path;

use thiserror::Error;

/// Larger files are refused.
pub const MAX_BYTES: u64 = 256 << 20;

#[derive(Debug, Error)]
pub enum ReadError {
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// The bytes of a file.
///
/// # Errors
/// When the file cannot be read.
pub fn read(path: &Path) -> Result<Vec<u8>, ReadError> {
    Ok(std::fs::read(path)?)
}
