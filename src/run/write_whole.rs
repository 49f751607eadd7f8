use std::io::{self, Write};
use std::path::Path;

/// Writes a file whole or not at all. A link stays a link, and whoever could read the file still can.
///
/// # Errors
/// When the folder cannot be written to.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let absolute = std::path::absolute(&target)?;
    let folder = absolute.parent().unwrap_or(Path::new("/"));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    if let Ok(before) = std::fs::metadata(&absolute) {
        file.as_file().set_permissions(before.permissions())?;
    } else {
        readable_for_all(file.as_file())?;
    }
    file.persist(&absolute)?;
    Ok(())
}

/// A new file is not the secret that a temporary one is.
#[cfg(unix)]
fn readable_for_all(file: &std::fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_for_all(_: &std::fs::File) -> io::Result<()> {
    Ok(())
}
