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
pub(super) fn in_sentence(c: char) -> bool {
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
