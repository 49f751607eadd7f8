//! Makes text from a file or a path safe to show: nothing in it may steer the terminal or reorder
//! the line.

use std::borrow::Cow;

/// A copy of the same length in bytes in which control and direction characters are replaced.
pub(crate) fn sanitise(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| replacement(c).is_some()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| replacement(c).unwrap_or(c)).collect())
}

/// [`sanitise`] for text that is written on one line: line ends go as well.
pub(super) fn one_line(text: &str) -> String {
    sanitise(text).replace(['\n', '\r', '\t'], " ")
}

/// What is shown instead of a character: one of the same length in UTF-8.
fn replacement(c: char) -> Option<char> {
    match c {
        '\n' | '\r' | '\t' => None,
        '\0'..='\x1f' | '\x7f' => Some('?'),
        // C1 controls and the Arabic letter mark: two bytes.
        '\u{80}'..='\u{9f}' | '\u{61c}' => Some('\u{bf}'),
        // Line and paragraph separators, marks, embeddings, overrides and isolates, the byte order
        // mark: three bytes.
        '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {
            Some('\u{fffd}')
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_the_terminal_and_no_byte_moves() {
        let evil = "a\x1b[2J\x07\u{9b}31m\u{202e}反\u{2066}\u{feff}z";
        let tame = sanitise(evil);
        assert_eq!(tame.len(), evil.len());
        assert_eq!(tame, "a?[2J?\u{bf}31m\u{fffd}反\u{fffd}\u{fffd}z");
    }

    #[test]
    fn ordinary_text_is_not_copied() {
        assert!(matches!(sanitise("我们收集您的手机号码。\n"), Cow::Borrowed(_)));
    }
}
