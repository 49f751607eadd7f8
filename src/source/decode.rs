use thiserror::Error;

/// How the bytes of a file were encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
}

#[derive(Debug, Error)]
#[error("not text in a supported encoding (UTF-8, GB18030, UTF-16)")]
pub struct DecodeError;

pub(super) fn decode(bytes: Vec<u8>) -> Result<(String, Encoding), DecodeError> {
    String::from_utf8(bytes).map(|text| (text, Encoding::Utf8)).map_err(|_| DecodeError)
}
