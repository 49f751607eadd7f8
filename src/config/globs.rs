use std::path::Path;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// Path patterns, relative to the folder of a config.
///
/// As in `.gitignore`, a pattern without `/` matches at any depth, `*` stops at `/`, and the name of
/// a folder stands for everything below it.
#[derive(Clone, Debug)]
pub struct PathGlobs {
    set: GlobSet,
}

impl PathGlobs {
    /// Compiles patterns.
    ///
    /// # Errors
    /// The index of the first pattern that is not valid, and why.
    pub fn new(patterns: &[String]) -> Result<Self, (usize, String)> {
        let mut builder = GlobSetBuilder::new();
        for (index, pattern) in patterns.iter().enumerate() {
            for glob in Self::forms(pattern) {
                let glob = GlobBuilder::new(&glob)
                    .literal_separator(true)
                    .build()
                    .map_err(|error| (index, error.kind().to_string()))?;
                builder.add(glob);
            }
        }
        builder.build().map(|set| Self { set }).map_err(|error| (0, error.kind().to_string()))
    }

    fn forms(pattern: &str) -> [String; 2] {
        let trimmed = pattern.trim_end_matches('/').trim_start_matches("./");
        let rooted = trimmed.trim_start_matches('/');
        let path = if trimmed.contains('/') { rooted.to_owned() } else { format!("**/{rooted}") };
        let below = format!("{path}/**");
        [path, below]
    }

    /// The pattern for the one file at `path` (absolute, like `root`).
    pub fn naming(root: &Path, path: &Path) -> String {
        let outside = || Path::new(path.file_name().unwrap_or_default());
        let relative = path.strip_prefix(root).unwrap_or_else(|_| outside());
        let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        globset::escape(&parts.join("/"))
    }

    /// Whether `path` (absolute, like `root`) matches.
    pub fn matches(&self, root: &Path, path: &Path) -> bool {
        path.strip_prefix(root).is_ok_and(|relative| self.set.is_match(relative))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, path: &str) -> bool {
        let globs = PathGlobs::new(&[pattern.to_owned()]).unwrap();
        globs.matches(Path::new("/p"), &Path::new("/p").join(path))
    }

    #[test]
    fn patterns_work_as_in_gitignore() {
        assert!(matches("*.md", "docs/privacy.md"));
        assert!(matches("docs/*.md", "docs/privacy.md"));
        assert!(!matches("docs/*.md", "docs/old/privacy.md"));
        assert!(matches("docs/**/*.md", "docs/old/privacy.md"));
        assert!(matches("old/", "docs/old/privacy.md"));
        assert!(matches("./docs", "docs/old/privacy.md"));
        assert!(!matches("docs", "other/privacy.md"));
        assert!(!PathGlobs::new(&["*".to_owned()]).unwrap().matches(Path::new("/p"), Path::new("/q/a.md")));
    }

    #[test]
    fn a_file_is_named_by_a_pattern() {
        for name in ["privacy.md", "legal/a[1].md", "legal/*.md", "a b/{c}.txt"] {
            let pattern = PathGlobs::naming(Path::new("/p"), &Path::new("/p").join(name));
            assert!(matches(&pattern, name), "{pattern}");
        }
        assert_eq!(PathGlobs::naming(Path::new("/p"), Path::new("/q/legal/privacy.md")), "privacy.md");
    }

    #[test]
    fn a_broken_pattern_is_named() {
        assert_eq!(PathGlobs::new(&["a".to_owned(), "[".to_owned()]).unwrap_err().0, 1);
    }
}
