use std::path::{Path, PathBuf};

use crate::report::json::Failure;
use crate::source::{self, Format, Source};

/// Something to lint, not yet read.
#[derive(Clone, Debug)]
pub struct Input {
    /// As reports call it: as the user wrote it, with `/` on every system.
    pub name: String,
    /// Absolute; for standard input where the file would be.
    pub path: PathBuf,
    pub standard_input: bool,
    /// Named by the user or the config; else it is linted only if it looks like a policy.
    pub certain: bool,
    /// Index of the folder on the command line it was found in.
    pub folder: Option<usize>,
}

/// What became of an input.
#[derive(Debug)]
pub enum Opened {
    Source(Source),
    /// It is no privacy policy.
    Skipped,
}

impl Input {
    /// A file named by the user.
    pub fn file(path: &Path) -> Self {
        Self {
            name: told(path),
            path: std::path::absolute(path).unwrap_or_else(|_| path.to_owned()),
            standard_input: false,
            certain: true,
            folder: None,
        }
    }

    /// Standard input, linted as if it were the file `name`.
    pub fn standard_input(name: Option<&Path>) -> Self {
        let path = name.unwrap_or(Path::new("-"));
        Self { standard_input: true, ..Self::file(path) }
    }

    /// Reads and decodes it; `see` is shown the bytes.
    ///
    /// # Errors
    /// When it cannot be read, or is no text.
    pub fn open(
        &self,
        format: Option<Format>,
        is_policy: impl Fn(&str) -> bool,
        see: impl FnOnce(&[u8]),
    ) -> Result<Opened, Failure> {
        let failure = |message: String| Failure { path: self.name.clone(), message };
        let bytes =
            if self.standard_input { source::read_standard_input() } else { source::read(&self.path) };
        let bytes = bytes.map_err(|error| failure(error.to_string()))?;
        see(&bytes);
        match source::open(&self.name, bytes, format) {
            Ok(source) if self.certain || is_policy(&source.text) => Ok(Opened::Source(source)),
            Ok(_) => Ok(Opened::Skipped),
            // Whatever is found in a folder and is no text is no policy either. A Word file that cannot be
            // read may be one.
            Err(_) if !self.certain && !self.is_word() => Ok(Opened::Skipped),
            Err(error) => Err(failure(error.to_string())),
        }
    }

    /// Judging by its name.
    fn is_word(&self) -> bool {
        self.path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("docx"))
    }
}

/// A path as reports write it.
pub(super) fn told(path: &Path) -> String {
    let text = path.strip_prefix(".").unwrap_or(path).to_string_lossy();
    if std::path::MAIN_SEPARATOR == '\\' { text.replace('\\', "/") } else { text.into_owned() }
}
