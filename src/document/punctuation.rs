//! Punctuation of Chinese texts.

/// Ends a sentence.
pub(super) fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '｡')
}

/// Ends a line that no other line goes on with.
pub(super) fn ends_line(c: char) -> bool {
    ends_sentence(c) || matches!(c, '；' | ';' | '：' | ':' | '…')
}

/// Stands in sentences and in no title.
pub(crate) fn in_sentence(c: char) -> bool {
    ends_line(c) || matches!(c, '，' | ',')
}

/// The bracket or quotation mark that closes `c`.
pub(super) fn closing(c: char) -> Option<char> {
    Some(match c {
        '（' => '）',
        '(' => ')',
        '“' => '”',
        '‘' => '’',
        '《' => '》',
        '〈' => '〉',
        '【' => '】',
        '「' => '」',
        '『' => '』',
        '〔' => '〕',
        '[' => ']',
        _ => return None,
    })
}

/// What is left of words that were cut out of a text when what a bracket without its other half cuts off goes: 信息 of
/// 信息（例如, 号码等 of 号码等）.
pub(crate) fn without_half_brackets(words: &str) -> &str {
    let mut open: Vec<(char, usize)> = Vec::new();
    for (at, c) in words.char_indices() {
        if let Some(closing) = closing(c) {
            open.push((closing, at));
        } else if is_closing(c) {
            match open.pop() {
                Some((waiting, _)) if closes(c, waiting) => {}
                // Only at the end it tells that no more is cut off than itself.
                None if at + c.len_utf8() == words.len() => return &words[..at],
                _ => return words,
            }
        }
    }
    match open.first() {
        Some((_, at)) if *at > 0 => words[..*at].trim_end(),
        _ => words,
    }
}

/// Whether `c` closes what waits for `closing`; round brackets are written in mixed widths.
pub(super) fn closes(c: char, closing: char) -> bool {
    c == closing || matches!((c, closing), (')', '）') | ('）', ')'))
}

pub(super) fn is_closing(c: char) -> bool {
    matches!(c, '）' | ')' | '”' | '’' | '》' | '〉' | '】' | '」' | '』' | '〕' | ']' | '"')
}

/// The last character of a text that is no closing quotation mark or bracket.
pub(super) fn last_word_sign(text: &str) -> Option<char> {
    text.chars().rev().find(|c| !is_closing(*c) && !c.is_whitespace())
}
