//! Stage 1: from bytes to decoded text of a known format.

mod characters;
mod decode;
mod detect;
pub mod git;
pub mod ndjson;
mod read;
pub(crate) mod word;

use std::sync::Arc;

pub(crate) use characters::{head, is_han};
pub use decode::{DecodeError, Encoding};
pub use read::{MAX_BYTES, ReadError, read, read_standard_input};
pub use word::{Word, WordError};

/// How the text is marked up.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Text marked by hand with the brackets of the annotation format.
    Annotated,
    Text,
    Markdown,
    Html,
    /// A document of Word (.docx).
    Word,
}

/// A decoded file.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path as the user gave it, `/` on every system; `-` for standard input.
    pub path: String,
    /// The decoded text. A UTF-8 byte order mark stays in, so that offsets are those of the file.
    pub text: String,
    pub encoding: Encoding,
    pub format: Format,
    /// Of a Word file, what there is besides its text.
    pub word: Option<Arc<Word>>,
}

/// Whether a file that begins so may be a Word file.
pub fn may_be_word(head: &[u8]) -> bool {
    word::is_archive(head)
}

/// Decodes `bytes` and recognises the format, unless the caller knows it.
///
/// # Errors
/// When the bytes are no text in a supported encoding, no readable Word file, or not what the caller takes
/// them for.
pub fn open(path: &str, bytes: Vec<u8>, format: Option<Format>) -> Result<Source, DecodeError> {
    if let Some(error) = word::old_office(&bytes) {
        return Err(error.into());
    }
    if word::is_archive(&bytes) {
        let (text, word) = word::read(bytes)?;
        return match format {
            None | Some(Format::Word) => {
                let (path, word) = (path.to_owned(), Some(word));
                Ok(Source { path, text, encoding: Encoding::Word, format: Format::Word, word })
            }
            Some(_) => Err(DecodeError::IsWord),
        };
    }
    let (text, encoding) = decode::decode(bytes)?;
    if format == Some(Format::Word) {
        return Err(DecodeError::IsNoWord);
    }
    Ok(Source { encoding, ..decoded(path, text, format) })
}

/// A text that came decoded; the format is recognised, unless the caller knows it.
pub fn decoded(path: &str, text: String, format: Option<Format>) -> Source {
    // A Word file is more than its text.
    let known = format.filter(|format| *format != Format::Word);
    let format = known.unwrap_or_else(|| detect::format(path, &text));
    Source { path: path.to_owned(), text, encoding: Encoding::Utf8, format, word: None }
}
