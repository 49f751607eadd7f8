use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::report::json::Failure;
use crate::source::git::{Blob, Repository};
use crate::source::{self, DecodeError, Format, Source};

/// Something to lint, not yet read.
#[derive(Clone, Debug)]
pub struct Input {
    /// As reports call it: as the user wrote it, with `/` on every system.
    pub name: String,
    /// Absolute; for standard input where the file would be.
    pub path: PathBuf,
    pub origin: Origin,
    /// Named by the user or the config; else it is linted only if it looks like a policy.
    pub certain: bool,
    /// Index of the folder on the command line it was found in.
    pub folder: Option<usize>,
}

/// Where the bytes of an input are.
#[derive(Clone, Debug)]
pub enum Origin {
    File,
    StandardInput,
    /// In the history or the index of a repository.
    Git(Arc<Repository>, Blob),
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
        Self { name: told(path), path: plain(path), origin: Origin::File, certain: true, folder: None }
    }

    /// Standard input, linted as if it were the file `name`.
    pub fn standard_input(name: Option<&Path>) -> Self {
        let path = name.unwrap_or(Path::new("-"));
        Self { origin: Origin::StandardInput, ..Self::file(path) }
    }

    /// Whether it is a file as it lies there.
    pub fn is_file(&self) -> bool {
        matches!(self.origin, Origin::File)
    }

    /// Whether it is standard input, whatever file that stands for.
    pub fn is_standard_input(&self) -> bool {
        matches!(self.origin, Origin::StandardInput)
    }

    /// Whether it is standard input that stands for no file.
    pub fn is_nameless(&self) -> bool {
        matches!(self.origin, Origin::StandardInput) && self.name == "-"
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
        match self.decode(format, see)? {
            Ok(source) if self.certain || is_policy(&source.text) => Ok(Opened::Source(source)),
            Ok(_) => Ok(Opened::Skipped),
            // Whatever is found in a folder and is no text is no policy either. A Word file that cannot be
            // read may be one.
            Err(_) if !self.certain && !self.is_word() => Ok(Opened::Skipped),
            Err(error) => Err(self.failure(error.to_string())),
        }
    }

    /// Judging by its name.
    fn is_word(&self) -> bool {
        self.path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("docx"))
    }

    /// Like [`Input::open`], for an input that is linted whatever it looks like; `None` if it is no text.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn open_text(&self, format: Option<Format>) -> Result<Option<Source>, Failure> {
        Ok(self.decode(format, |_| ())?.ok())
    }

    fn decode(
        &self,
        format: Option<Format>,
        see: impl FnOnce(&[u8]),
    ) -> Result<Result<Source, DecodeError>, Failure> {
        let bytes = match &self.origin {
            Origin::File => source::read(&self.path).map_err(|error| error.to_string()),
            Origin::StandardInput => source::read_standard_input().map_err(|error| error.to_string()),
            Origin::Git(repository, blob) => repository.read(blob).map_err(|error| error.advice()),
        };
        let bytes = bytes.map_err(|message| self.failure(message))?;
        see(&bytes);
        Ok(source::open(&self.name, bytes, format))
    }

    fn failure(&self, message: String) -> Failure {
        Failure { path: self.name.clone(), message }
    }
}

/// An absolute path without `..`, which configs and their patterns could not follow; the name itself may be a link.
pub fn plain(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    if !absolute.components().any(|part| part == Component::ParentDir) {
        return absolute;
    }
    let resolved = match (absolute.parent(), absolute.file_name()) {
        (Some(folder), Some(name)) => folder.canonicalize().map(|folder| folder.join(name)),
        _ => absolute.canonicalize(),
    };
    resolved.unwrap_or(absolute)
}

/// A path as reports write it.
pub(super) fn told(path: &Path) -> String {
    let text = path.strip_prefix(".").unwrap_or(path).to_string_lossy();
    if std::path::MAIN_SEPARATOR == '\\' { text.replace('\\', "/") } else { text.into_owned() }
}
