//! From bytes to text.

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use super::WordError;

/// The encoding a file was decoded from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    /// UTF-8 in which some bytes were broken; each stretch of them became U+FFFD.
    Utf8Lossy {
        replaced: usize,
    },
    Utf16Le,
    Utf16Be,
    Gb18030,
    /// That of a Word file, whatever it is.
    Word,
}

/// Why the bytes of a file are no text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    #[error(
        "this is a PDF, not text; get its text first, for example with `pdftotext -layout policy.pdf policy.txt`"
    )]
    Pdf,
    #[error("this is RTF, not text; save it as Word (.docx) or as text first")]
    Rtf,
    #[error(transparent)]
    Word(#[from] WordError),
    #[error(
        "this is a Word file, whatever its name; leave out `--input-format`, or give `--input-format word`"
    )]
    IsWord,
    #[error(
        "this is no Word file: expected a .docx; leave out `--input-format` to have its format recognised"
    )]
    IsNoWord,
    #[error("this is a binary file: expected a text in UTF-8, UTF-16 or GB18030")]
    Binary,
    #[error("the encoding is unknown: expected UTF-8, UTF-16 or GB18030; save the file as UTF-8")]
    UnknownEncoding,
}

const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";
const UTF16_LE_MARK: &[u8] = b"\xFF\xFE";
const UTF16_BE_MARK: &[u8] = b"\xFE\xFF";

/// Decodes `bytes`: by their byte order mark, else as UTF-8, else as UTF-16, else as GB18030. A few
/// broken bytes in a file that is otherwise UTF-8 are replaced.
pub(super) fn decode(bytes: Vec<u8>) -> Result<(String, Encoding), DecodeError> {
    if bytes.starts_with(b"%PDF-") {
        return Err(DecodeError::Pdf);
    }
    if bytes.starts_with(b"{\\rtf") {
        return Err(DecodeError::Rtf);
    }
    if bytes.starts_with(UTF16_LE_MARK) {
        return utf16(&bytes[UTF16_LE_MARK.len()..], ByteOrder::Little);
    }
    if bytes.starts_with(UTF16_BE_MARK) {
        return utf16(&bytes[UTF16_BE_MARK.len()..], ByteOrder::Big);
    }
    if !bytes.starts_with(UTF8_MARK)
        && let Some(order) = utf16_order(&bytes)
    {
        return utf16(&bytes, order);
    }
    if is_binary(&bytes) {
        return Err(DecodeError::Binary);
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Ok((text, Encoding::Utf8)),
        Err(broken) => broken.into_bytes(),
    };
    if let Some(replaced) = slightly_broken_utf8(&bytes) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        return Ok((text, Encoding::Utf8Lossy { replaced }));
    }
    match GB18030.decode_without_bom_handling_and_without_replacement(&bytes) {
        Some(text) => Ok((text.into_owned(), Encoding::Gb18030)),
        None => Err(DecodeError::UnknownEncoding),
    }
}

#[derive(Clone, Copy)]
enum ByteOrder {
    Little,
    Big,
}

fn utf16(bytes: &[u8], order: ByteOrder) -> Result<(String, Encoding), DecodeError> {
    let (encoding, name) = match order {
        ByteOrder::Little => (UTF_16LE, Encoding::Utf16Le),
        ByteOrder::Big => (UTF_16BE, Encoding::Utf16Be),
    };
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    if is_binary(text.as_bytes()) { Err(DecodeError::Binary) } else { Ok((text.into_owned(), name)) }
}

/// UTF-16 without a byte order mark: nearly all units lie in the ASCII or a Chinese plane in one byte
/// order and not in the other.
fn utf16_order(bytes: &[u8]) -> Option<ByteOrder> {
    const SAMPLE: usize = 1 << 16;
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let head = &bytes[..bytes.len().min(SAMPLE)];
    // A line end or a digit is an ASCII unit and has a NUL; GB18030 and UTF-8 texts have none.
    if !head.contains(&0) {
        return None;
    }
    let (mut little, mut big, mut units) = (0usize, 0usize, 0usize);
    for unit in head.chunks_exact(2) {
        units += 1;
        little += usize::from(usual_unit(u16::from_le_bytes([unit[0], unit[1]])));
        big += usize::from(usual_unit(u16::from_be_bytes([unit[0], unit[1]])));
    }
    let nearly_all = |count: usize| count * 100 >= units * 97;
    match (nearly_all(little), nearly_all(big)) {
        (true, false) => Some(ByteOrder::Little),
        (false, true) => Some(ByteOrder::Big),
        (true, true) if little > big => Some(ByteOrder::Little),
        (true, true) if big > little => Some(ByteOrder::Big),
        _ => None,
    }
}

/// Characters that make up Chinese texts: ASCII, general and CJK punctuation, Han, full-width forms.
fn usual_unit(unit: u16) -> bool {
    matches!(unit, 0x09 | 0x0A | 0x0D | 0x20..=0x7E | 0xA0..=0xFF | 0x2010..=0x203B | 0x2460..=0x24FF
        | 0x3000..=0x303F | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xFF00..=0xFFEF)
}

/// Whether control characters that no text has stand in the bytes.
fn is_binary(bytes: &[u8]) -> bool {
    if bytes.contains(&0) {
        return true;
    }
    let controls = bytes.iter().filter(|b| matches!(b, 0x01..=0x06 | 0x0E..=0x1A | 0x1C..=0x1F)).count();
    controls * 100 > bytes.len()
}

/// The number of broken stretches, when they are few beside the multi-byte characters that are whole.
fn slightly_broken_utf8(bytes: &[u8]) -> Option<usize> {
    let (mut broken, mut whole) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    (broken * 8 <= whole).then_some(broken)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const TEXT: &str = "我们会收集您的手机号码，用于完成注册。\n请您放心。";

    fn utf16(big: bool) -> Vec<u8> {
        TEXT.encode_utf16().flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    }

    #[test]
    fn utf8_is_kept_as_it_is_with_its_mark() {
        assert_eq!(decode(TEXT.into()).unwrap(), (TEXT.to_owned(), Encoding::Utf8));
        let marked = format!("\u{FEFF}{TEXT}");
        assert_eq!(decode(marked.clone().into()).unwrap(), (marked, Encoding::Utf8));
    }

    #[test]
    fn utf16_by_mark_or_by_its_planes() {
        for (big, name) in [(false, Encoding::Utf16Le), (true, Encoding::Utf16Be)] {
            assert_eq!(decode(utf16(big)).unwrap(), (TEXT.to_owned(), name));
            let mut marked = if big { UTF16_BE_MARK.to_vec() } else { UTF16_LE_MARK.to_vec() };
            marked.extend(utf16(big));
            assert_eq!(decode(marked).unwrap(), (TEXT.to_owned(), name));
        }
    }

    #[test]
    fn gb18030_when_it_is_no_utf8() {
        let (bytes, _, _) = GB18030.encode(TEXT);
        assert_eq!(decode(bytes.into_owned()).unwrap(), (TEXT.to_owned(), Encoding::Gb18030));
    }

    #[test]
    fn one_broken_byte_does_not_make_another_encoding() {
        let mut bytes = TEXT.as_bytes().to_vec();
        bytes.insert(30, 0xFF);
        let (text, encoding) = decode(bytes).unwrap();
        assert_eq!(encoding, Encoding::Utf8Lossy { replaced: 1 });
        assert!(text.contains('\u{FFFD}'));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(decode(b"%PDF-1.7 ...".to_vec()), Err(DecodeError::Pdf));
        assert_eq!(decode(b"{\\rtf1\\ansi ...}".to_vec()), Err(DecodeError::Rtf));
        assert_eq!(decode(b"\x7fELF\x02\x01\x01\x00\x00\x00\x00".to_vec()), Err(DecodeError::Binary));
        assert_eq!(decode(vec![0xFF; 99]), Err(DecodeError::UnknownEncoding));
    }

    #[test]
    fn nothing_is_a_text_too() {
        assert_eq!(decode(Vec::new()).unwrap(), (String::new(), Encoding::Utf8));
    }
}
