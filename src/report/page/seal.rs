//! What lets the page run its own script and style, and nothing else.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// A style or script of ours, with the hash by which the page's policy knows it.
#[derive(Debug)]
pub(in crate::report) struct Sealed {
    pub(in crate::report) text: String,
    /// `sha256-…`
    pub(in crate::report) hash: String,
}

impl Sealed {
    pub(in crate::report) fn new(text: &str) -> Self {
        // A browser hashes what it has parsed, and that has no carriage returns.
        let text = text.replace("\r\n", "\n");
        Self { hash: format!("sha256-{}", STANDARD.encode(Sha256::digest(text.as_bytes()))), text }
    }
}

/// JSON that can stand in a script element: nothing in it ends the element or the line.
pub(in crate::report) fn data(value: &impl Serialize) -> String {
    let json = serde_json::to_string(value).unwrap_or_default();
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => out += &format!("\\u{:04x}", u32::from(c)),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_ends_neither_the_element_nor_the_line() {
        let evil = "</script><!--\u{2028}\u{2029}&";
        let json = data(&evil);
        assert!(!json.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), evil);
    }

    #[test]
    fn line_ends_of_the_build_make_no_difference() {
        assert_eq!(Sealed::new("a\r\nb").hash, Sealed::new("a\nb").hash);
        assert_eq!(Sealed::new("").hash, "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }
}
