use std::path::{Component, Path, PathBuf};

/// An absolute path as one would write it in the working folder; it stays absolute outside, so that it can
/// be made absolute again without `..` in it.
pub(crate) fn from_working_folder(path: &Path) -> PathBuf {
    std::env::current_dir()
        .ok()
        .and_then(|here| path.strip_prefix(here).ok().map(Path::to_owned))
        .unwrap_or_else(|| path.to_owned())
}

/// An absolute path as reports name it: as seen from the working folder, with `..` outside.
pub(crate) fn named_from_working_folder(path: &Path) -> PathBuf {
    match std::env::current_dir() {
        Ok(here) => seen_from(&here, path),
        Err(_) => path.to_owned(),
    }
}

/// Up from `here` and down to `path`, unless the two have nothing but the root in common.
fn seen_from(here: &Path, path: &Path) -> PathBuf {
    let shared = here.components().zip(path.components()).take_while(|(a, b)| a == b);
    let (mut depth, mut is_root) = (0, true);
    for (part, _) in shared {
        depth += 1;
        is_root &= matches!(part, Component::Prefix(_) | Component::RootDir);
    }
    if is_root {
        return path.to_owned();
    }
    let up = here.components().skip(depth).map(|_| Component::ParentDir);
    up.chain(path.components().skip(depth)).collect()
}

/// Resolves `.` and `..` by the letter: what a config writes may not be there.
pub(super) fn without_dots(path: &Path) -> PathBuf {
    let mut resolved = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                resolved.pop();
            }
            part => resolved.push(part),
        }
    }
    resolved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_written_as_seen_from_here() {
        let seen = |path: &str| seen_from(Path::new("/srv/app/docs"), Path::new(path));
        assert_eq!(seen("/srv/app/docs/隐私.md"), Path::new("隐私.md"));
        assert_eq!(seen("/srv/app/legal/a.md"), Path::new("../legal/a.md"));
        assert_eq!(seen("/opt/a.md"), Path::new("/opt/a.md"));
    }
}
