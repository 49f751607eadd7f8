//! What tells a title from running text.

use super::punctuation;

/// Whether a line could be a title: short, some words, no punctuation of sentences.
pub(super) fn is_title_like(line: &str) -> bool {
    const LONGEST: usize = 30;
    line.chars().nth(LONGEST).is_none()
        && !line.contains(punctuation::in_sentence)
        && line.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && line.chars().filter(char::is_ascii_digit).count() < 4
        && !line.contains(['|', '@', '=', '_'])
        && !line.contains("://")
}
