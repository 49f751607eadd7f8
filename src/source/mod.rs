//! Stage 1: from bytes to decoded text of a known format.

mod characters;
mod decode;
mod detect;
pub mod git;
pub mod ndjson;
mod read;

pub(crate) use characters::{head, is_han};
pub use decode::{DecodeError, Encoding};
pub use read::{MAX_BYTES, ReadError, read, read_standard_input};

/// How the text is marked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Text marked by hand with the brackets of the annotation format.
    Annotated,
    Text,
    Markdown,
    Html,
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
}

/// Decodes `bytes` and recognises the format, unless the caller knows it.
///
/// # Errors
/// When the bytes are no text in a supported encoding.
pub fn open(path: &str, bytes: Vec<u8>, format: Option<Format>) -> Result<Source, DecodeError> {
    let (text, encoding) = decode::decode(bytes)?;
    Ok(Source { encoding, ..decoded(path, text, format) })
}

/// A text that came decoded; the format is recognised, unless the caller knows it.
pub fn decoded(path: &str, text: String, format: Option<Format>) -> Source {
    let format = format.unwrap_or_else(|| detect::format(path, &text));
    Source { path: path.to_owned(), text, encoding: Encoding::Utf8, format }
}
