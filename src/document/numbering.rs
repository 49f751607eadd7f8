//! What numbers chapters and items: `第三章`, `一、`, `（一）`, `1.1`, `1)`, `a）`, `①`, `•`.

use crate::knowledge::structure::Structure;

/// How a head is numbered. Heads of one list share their style.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Style {
    /// `第三章`; the index of the unit in [`Structure::ordinal_units`].
    Ordinal(u8),
    /// `一、`
    Numeral,
    /// `（一）`
    NumeralInBrackets,
    /// `1.`, `1.1`, `1.1.1`: how many parts.
    Dotted(u8),
    /// `1、`
    Digits,
    /// `1)`
    DigitsClosed,
    /// `（1）`
    DigitsInBrackets,
    /// `a.`, `a、`
    Letter,
    /// `a)`
    LetterClosed,
    /// `（a）`
    LetterInBrackets,
    /// `ii)`
    Roman,
    /// `①`
    Circled,
    Bullet(char),
}

/// The most parts of a dotted number.
const PARTS: usize = 5;

/// The number a paragraph starts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marker {
    pub(super) style: Style,
    /// The parts of a dotted number; any other number is the first part.
    parts: [u16; PARTS],
    /// In bytes, with the white space behind.
    pub(super) length: usize,
}

impl Marker {
    /// The number among its siblings; 0 for bullets.
    pub(super) fn number(&self) -> u16 {
        self.parts[self.depth() - 1]
    }

    /// The numbers of the heads above it.
    pub(super) fn parents(&self) -> &[u16] {
        &self.parts[..self.depth() - 1]
    }

    pub(super) fn parts(&self) -> &[u16] {
        &self.parts[..self.depth()]
    }

    fn depth(&self) -> usize {
        match self.style {
            Style::Dotted(depth) => usize::from(depth).clamp(1, PARTS),
            _ => 1,
        }
    }

    /// Whether this number comes right after `before`.
    pub(super) fn follows(&self, before: &Self) -> bool {
        self.style == before.style
            && self.parents() == before.parents()
            && self.number() == before.number().saturating_add(1)
    }

    /// The number that `text` starts with.
    pub(super) fn read(text: &str, structure: &Structure) -> Option<Self> {
        let first = text.chars().next()?;
        let found = match first {
            '0'..='9' => digits(text),
            '(' | '（' => bracketed(text, structure),
            'a'..='z' | 'A'..='Z' => letter(text),
            '①'..='⑳' => plain(Style::Circled, first as u32 - '①' as u32 + 1, first.len_utf8()),
            '⑴'..='⒇' => plain(Style::Circled, first as u32 - '⑴' as u32 + 1, first.len_utf8()),
            '❶'..='❿' => plain(Style::Circled, first as u32 - '❶' as u32 + 1, first.len_utf8()),
            '•' | '·' | '●' | '○' | '■' | '□' | '◆' | '◇' | '▪' | '▫' | '►' | '▶' | '➢' | '◎' | '★' | '※'
            | '\u{F06C}' | '\u{F0B7}' => plain(Style::Bullet(first), 0, first.len_utf8()),
            '-' | '*' | '–' | '—' | '+' => {
                let next = text[first.len_utf8()..].chars().next()?;
                let apart = next.is_whitespace() || first != '—' && first != '+' && next as u32 >= 0x3400;
                if apart { plain(Style::Bullet(first), 0, first.len_utf8()) } else { None }
            }
            _ => ordinal(text, structure).or_else(|| numeral(text, structure)),
        };
        found.map(|marker| {
            let rest = &text[marker.length..];
            Self { length: marker.length + rest.len() - rest.trim_start().len(), ..marker }
        })
    }
}

fn plain(style: Style, number: u32, length: usize) -> Option<Marker> {
    let mut parts = [0; PARTS];
    parts[0] = u16::try_from(number).ok()?;
    Some(Marker { style, parts, length })
}

/// ASCII digits at the start: their value and their count.
fn number(text: &str) -> Option<(u16, usize)> {
    let count = text.bytes().take(4).take_while(u8::is_ascii_digit).count();
    let value: u16 = text.get(..count)?.parse().ok()?;
    (count <= 3 && value > 0).then_some((value, count))
}

fn digits(text: &str) -> Option<Marker> {
    let mut parts = [0; PARTS];
    let mut depth = 0;
    let mut at = 0;
    loop {
        let (value, count) = number(&text[at..])?;
        *parts.get_mut(depth)? = value;
        depth += 1;
        at += count;
        let rest = &text[at..];
        let after_dot = rest.strip_prefix('.').or_else(|| rest.strip_prefix('．'));
        match after_dot {
            Some(after) if after.starts_with(|c: char| c.is_ascii_digit()) => {
                at = text.len() - after.len();
            }
            _ => break,
        }
    }
    let rest = &text[at..];
    let sign = rest.chars().next();
    let width = sign.map_or(0, char::len_utf8);
    let dotted = Style::Dotted(depth as u8);
    match sign {
        Some('、') if depth == 1 => plain(Style::Digits, u32::from(parts[0]), at + width),
        Some(')' | '）') if depth == 1 => plain(Style::DigitsClosed, u32::from(parts[0]), at + width),
        Some('.' | '．' | '、') => {
            // `1.5` is a number, `1.html` a name.
            let next = rest[width..].chars().next();
            let ends = next.is_none_or(|c| !c.is_ascii_digit() && !c.is_ascii_lowercase());
            ends.then_some(Marker { style: dotted, parts, length: at + width })
        }
        _ if depth >= 2 => {
            let ends = sign.is_none_or(|c| c.is_whitespace() || c as u32 >= 0x3000);
            // `3.5%` and `2.0` are quantities.
            ends.then_some(Marker { style: dotted, parts, length: at })
        }
        _ => None,
    }
}

fn bracketed(text: &str, structure: &Structure) -> Option<Marker> {
    let opening = text.chars().next()?.len_utf8();
    let inner_start = &text[opening..];
    let closing = inner_start.char_indices().take(6).find(|(_, c)| matches!(c, ')' | '）'))?.0;
    let inner = inner_start[..closing].trim();
    let width = inner_start[closing..].chars().next().map_or(0, char::len_utf8);
    let length = opening + closing + width;
    if let Some((value, count)) = number(inner) {
        return if count == inner.len() {
            plain(Style::DigitsInBrackets, u32::from(value), length)
        } else {
            None
        };
    }
    if let Some((value, count)) = numeral_value(inner, structure) {
        return if count == inner.len() { plain(Style::NumeralInBrackets, value, length) } else { None };
    }
    if let Some(value) = roman(inner) {
        return plain(Style::Roman, value, length);
    }
    match inner.as_bytes() {
        [letter] if letter.is_ascii_alphabetic() => {
            plain(Style::LetterInBrackets, letter_value(*letter), length)
        }
        _ => None,
    }
}

fn letter(text: &str) -> Option<Marker> {
    let count = text.bytes().take(5).take_while(u8::is_ascii_alphabetic).count();
    let word = &text[..count];
    let sign = text[count..].chars().next()?;
    let length = count + sign.len_utf8();
    if matches!(sign, ')' | '）')
        && let Some(value) = roman(word)
    {
        return plain(Style::Roman, value, length);
    }
    let [letter] = word.as_bytes() else { return None };
    let value = letter_value(*letter);
    match sign {
        ')' | '）' => plain(Style::LetterClosed, value, length),
        '、' | '．' => plain(Style::Letter, value, length),
        '.' => {
            let next = text[length..].chars().next()?;
            if next.is_ascii_alphanumeric() { None } else { plain(Style::Letter, value, length) }
        }
        _ => None,
    }
}

fn letter_value(letter: u8) -> u32 {
    u32::from(letter.to_ascii_lowercase() - b'a') + 1
}

/// Small Roman numerals; single letters but `i` are taken for letters.
fn roman(word: &str) -> Option<u32> {
    const NUMBERS: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
    let lower = word.to_ascii_lowercase();
    if lower == "v" || lower == "x" {
        return None;
    }
    NUMBERS.iter().position(|number| *number == lower).map(|index| index as u32 + 1)
}

/// `第三章`
fn ordinal(text: &str, structure: &Structure) -> Option<Marker> {
    let prefix = structure.ordinal_prefixes.iter().find(|prefix| text.starts_with(prefix.as_str()))?;
    let rest = text[prefix.len()..].trim_start_matches(' ');
    let (value, count) =
        numeral_value(rest, structure).or_else(|| number(rest).map(|(v, count)| (u32::from(v), count)))?;
    let rest = rest[count..].trim_start_matches(' ');
    let (index, unit) =
        structure.ordinal_units.iter().enumerate().find(|(_, unit)| rest.starts_with(unit.as_str()))?;
    let rest = &rest[unit.len()..];
    let rest = rest.trim_start_matches(['、', '：', ':', '.', '．']);
    plain(Style::Ordinal(index as u8), value, text.len() - rest.len())
}

/// `一、`
fn numeral(text: &str, structure: &Structure) -> Option<Marker> {
    let (value, count) = numeral_value(text, structure)?;
    let sign = text[count..].chars().next()?;
    match sign {
        '、' | '.' | '．' => plain(Style::Numeral, value, count + sign.len_utf8()),
        ')' | '）' => plain(Style::NumeralInBrackets, value, count + sign.len_utf8()),
        // `一 、`
        ' ' => {
            let rest = text[count..].trim_start_matches(' ').strip_prefix('、')?;
            plain(Style::Numeral, value, text.len() - rest.len())
        }
        _ => None,
    }
}

/// The value of the numerals at the start, up to 9999, and their length in bytes.
fn numeral_value(text: &str, structure: &Structure) -> Option<(u32, usize)> {
    const UNITS: [u32; 3] = [10, 100, 1000];
    let (mut value, mut digit, mut length) = (0, 0, 0);
    for c in text.chars().take(7) {
        let Some(index) = structure.numerals.chars().position(|numeral| numeral == c) else { break };
        length += c.len_utf8();
        match index.checked_sub(10).and_then(|unit| UNITS.get(unit)) {
            Some(unit) => {
                value += digit.max(1) * unit;
                digit = 0;
            }
            None => digit = index as u32,
        }
    }
    value += digit;
    (length > 0 && value > 0).then_some((value, length))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::sample;

    fn read(text: &str) -> Option<(Style, Vec<u16>, String)> {
        let marker = Marker::read(text, &sample::structure())?;
        Some((marker.style, marker.parts().to_vec(), text[marker.length..].to_owned()))
    }

    #[test]
    fn every_style_is_read() {
        for (text, style, parts) in [
            ("第三章 收集", Style::Ordinal(2), vec![3]),
            ("第12条收集", Style::Ordinal(5), vec![12]),
            ("一、收集", Style::Numeral, vec![1]),
            ("二 、收集", Style::Numeral, vec![2]),
            ("二十三、收集", Style::Numeral, vec![23]),
            ("（十）收集", Style::NumeralInBrackets, vec![10]),
            ("1. 收集", Style::Dotted(1), vec![1]),
            ("1.收集", Style::Dotted(1), vec![1]),
            ("1.2 收集", Style::Dotted(2), vec![1, 2]),
            ("1.2.3收集", Style::Dotted(3), vec![1, 2, 3]),
            ("1、收集", Style::Digits, vec![1]),
            ("10）收集", Style::DigitsClosed, vec![10]),
            ("(2) 收集", Style::DigitsInBrackets, vec![2]),
            ("b）收集", Style::LetterClosed, vec![2]),
            ("A. 收集", Style::Letter, vec![1]),
            ("ii）收集", Style::Roman, vec![2]),
            ("③收集", Style::Circled, vec![3]),
            ("• 收集", Style::Bullet('•'), vec![0]),
            ("- 收集", Style::Bullet('-'), vec![0]),
        ] {
            assert_eq!(read(text), Some((style, parts, "收集".to_owned())), "{text}");
        }
    }

    #[test]
    fn quantities_dates_and_words_are_no_numbers() {
        for text in [
            "2023年",
            "1.5%",
            "2.0版本",
            "第三方",
            "一般而言",
            "一 般",
            "APP",
            "（例如）",
            "1.html",
            "a.com",
            "-1",
            "100",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
