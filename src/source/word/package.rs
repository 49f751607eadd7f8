//! The zip archive of a Word file, read with care: its sizes are whatever its author wants us to believe.

use std::io::{Cursor, Read as _};

use encoding_rs::{UTF_16BE, UTF_16LE};
use zip::ZipArchive;

use super::WordError;
use super::relations::Relations;

/// The most bytes that a part may unpack to.
const MOST_BYTES: u64 = 96 << 20;
/// The most that a part may grow in unpacking, from [`SMALL`] on. XML of tables that repeat themselves
/// reaches 60.
const MOST_GROWTH: u64 = 250;
const SMALL: u64 = 4 << 20;
/// The most entries that an archive may have.
const MOST_ENTRIES: usize = 20_000;

/// Where the types of all parts are listed.
pub(crate) const CONTENT_TYPES: &str = "[Content_Types].xml";

/// An opened archive.
pub(crate) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// The names of the entries, in their order; empty where one is no name.
    names: Vec<String>,
}

impl<'b> Package<'b> {
    pub(crate) fn open(bytes: &'b [u8]) -> Result<Self, WordError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        if archive.len() > MOST_ENTRIES {
            return Err(WordError::Damaged(format!("it has {} parts", archive.len())));
        }
        let name = |at| archive.name_for_index(at).and_then(Result::ok).map(|name| name.into_owned());
        let names = (0..archive.len()).map(|at| name(at).unwrap_or_default()).collect();
        let package = Self { archive, names };
        if package.entry_of(CONTENT_TYPES).is_some() {
            return Ok(package);
        }
        let open_document = ["mimetype", "content.xml"].iter().all(|part| package.entry_of(part).is_some());
        Err(if open_document { WordError::OpenDocument } else { WordError::Zip })
    }

    pub(crate) fn archive(&mut self) -> &mut ZipArchive<Cursor<&'b [u8]>> {
        &mut self.archive
    }

    /// The number of the entry with a part; case makes no difference.
    pub(crate) fn entry_of(&self, part: &str) -> Option<usize> {
        self.names.iter().position(|name| name.eq_ignore_ascii_case(part))
    }

    /// The text of a part, if there is such a part.
    pub(crate) fn text(&mut self, part: &str) -> Result<Option<String>, WordError> {
        let Some(entry) = self.entry_of(part) else { return Ok(None) };
        match decoded(self.bytes(entry, part)?) {
            Some(text) => Ok(Some(text)),
            None => Err(WordError::Damaged(format!("{part} is not text in UTF-8 or UTF-16"))),
        }
    }

    /// The text of a part that there has to be.
    pub(crate) fn required(&mut self, part: &str) -> Result<String, WordError> {
        self.text(part)?.ok_or_else(|| WordError::Missing(part.to_owned()))
    }

    /// What a part refers to.
    pub(crate) fn relations(&mut self, part: &str) -> Result<Relations, WordError> {
        let name = Relations::part_of(part);
        match self.text(&name)? {
            Some(text) => Relations::read(&text, &name, part),
            None => Ok(Relations::default()),
        }
    }

    fn bytes(&mut self, entry: usize, name: &str) -> Result<Vec<u8>, WordError> {
        let entry = self.archive.by_index(entry).map_err(damaged)?;
        if entry.encrypted() {
            return Err(WordError::Encrypted);
        }
        let packed = entry.compressed_size();
        let mut bytes = Vec::new();
        // The size that the archive states may be a lie: what counts is what comes out.
        entry
            .take(MOST_BYTES + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| WordError::Damaged(format!("{name}: {error}")))?;
        let size = bytes.len() as u64;
        if size > SMALL && size / packed.max(1) > MOST_GROWTH {
            return Err(WordError::Bomb(name.to_owned()));
        }
        if size > MOST_BYTES {
            return Err(WordError::TooLarge { part: name.to_owned(), limit: MOST_BYTES >> 20 });
        }
        Ok(bytes)
    }
}

fn damaged(error: zip::result::ZipError) -> WordError {
    match error {
        zip::result::ZipError::UnsupportedArchive(what) if what.contains("assword") => WordError::Encrypted,
        other => WordError::Damaged(other.to_string()),
    }
}

/// XML is UTF-8, unless it begins with a mark for UTF-16.
fn decoded(bytes: Vec<u8>) -> Option<String> {
    for encoding in [UTF_16LE, UTF_16BE] {
        let mark: &[u8] = if encoding == UTF_16LE { b"\xFF\xFE" } else { b"\xFE\xFF" };
        if let Some(rest) = bytes.strip_prefix(mark) {
            return encoding
                .decode_without_bom_handling_and_without_replacement(rest)
                .map(|t| t.into_owned());
        }
    }
    String::from_utf8(bytes).ok()
}
