use std::io;
use std::path::{Path, PathBuf};

use super::write_whole::write_whole;
use crate::config::{Config, from_working_folder};
use crate::knowledge::problem::Problem;
use crate::triage::{Baseline, Entry};

/// A baseline where it lies: the paths in it start from its folder.
#[derive(Clone, Debug)]
pub struct BaselineFile {
    path: PathBuf,
    root: PathBuf,
    pub baseline: Baseline,
}

impl BaselineFile {
    /// The name that is looked for.
    pub const NAME: &'static str = "policy-lint-baseline.json";

    /// A baseline that lies, or is to lie, at `path`.
    pub fn new(path: &Path, baseline: Baseline) -> Self {
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let root = absolute.parent().unwrap_or(Path::new("/")).to_owned();
        Self { path: path.to_owned(), root, baseline }
    }

    /// Where the baseline of a run lies unless the user says: beside the config of the working folder, else in
    /// that folder.
    pub fn place(home: &Config) -> PathBuf {
        match home.path() {
            Some(_) => from_working_folder(&home.root().join(Self::NAME)),
            None => PathBuf::from(Self::NAME),
        }
    }

    /// What to tell when there is none at `path`.
    pub fn missing(path: &Path) -> Problem {
        Problem::new(path.display().to_string(), "there is no such baseline")
            .help("`policy-lint baseline create` writes one")
    }

    /// Reads the baseline at `path`; `None` when there is none.
    ///
    /// # Errors
    /// When there is one that cannot be read, or is no baseline.
    pub fn read(path: &Path) -> Result<Option<Self>, Problem> {
        let problem = |message: String| {
            Problem::new(path.display().to_string(), message)
                .help("`policy-lint baseline update` writes it anew from what is found now")
        };
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(problem(format!("cannot be read: {error}"))),
        };
        let baseline: Baseline =
            serde_json::from_str(&text).map_err(|error| problem(format!("is no baseline: {error}")))?;
        if !baseline.is_readable() {
            return Err(problem("was written by a newer policy-lint".to_owned()));
        }
        Ok(Some(Self::new(path, baseline)))
    }

    /// Writes it whole or not at all.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub fn write(&self) -> Result<(), Problem> {
        let text = serde_json::to_vec_pretty(&self.baseline).map_err(io::Error::from);
        let written = text.and_then(|mut text| {
            text.push(b'\n');
            write_whole(&self.path, &text)
        });
        written.map_err(|error| {
            Problem::new(self.path.display().to_string(), format!("cannot be written: {error}"))
        })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How entries call the file at `path` (absolute).
    pub fn name_of(&self, path: &Path) -> String {
        let relative = path.strip_prefix(&self.root).unwrap_or(path);
        let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        if relative.is_absolute() { relative.to_string_lossy().replace('\\', "/") } else { parts.join("/") }
    }

    /// Whether the file of an entry is still there.
    pub fn has_file(&self, entry: &Entry) -> bool {
        self.root.join(&entry.path).exists()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_called_from_the_folder_of_the_baseline() {
        let file = BaselineFile::new(Path::new("/srv/app/policy-lint-baseline.json"), Baseline::default());
        assert_eq!(file.name_of(Path::new("/srv/app/docs/隐私.md")), "docs/隐私.md");
        assert_eq!(file.name_of(Path::new("/srv/other/a.md")), "/srv/other/a.md");
    }
}
