//! The numbers of lists, as a reader sees them.

use crate::source::word::{NumberFormat, NumberPart};

/// The number as it stands before its paragraph.
pub(super) fn written(parts: &[NumberPart], numerals: &str) -> String {
    let mut text = String::new();
    for part in parts {
        match part {
            NumberPart::Sign(sign) => text.push_str(sign),
            NumberPart::Value(value, format) => text.push_str(&value_in(*value, *format, numerals)),
        }
    }
    // A digit that follows would become part of the number.
    if text.ends_with(|c: char| c.is_ascii()) && !text.ends_with(' ') {
        text.push(' ');
    }
    text
}

/// One number, in the numerals of the language where the format wants them.
pub(super) fn value_in(value: u32, format: NumberFormat, numerals: &str) -> String {
    let special = match format {
        NumberFormat::Numerals => in_numerals(value, numerals),
        NumberFormat::DecimalZero => Some(format!("{value:02}")),
        NumberFormat::UpperLetter => letters(value).map(|letters| letters.to_ascii_uppercase()),
        NumberFormat::LowerLetter => letters(value),
        NumberFormat::UpperRoman => roman(value).map(|number| number.to_ascii_uppercase()),
        NumberFormat::LowerRoman => roman(value),
        NumberFormat::Circled => nth('①', value),
        NumberFormat::Parenthesised => nth('⑴', value),
        NumberFormat::None | NumberFormat::Bullet => Some(String::new()),
        NumberFormat::Decimal => None,
    };
    special.unwrap_or_else(|| value.to_string())
}

/// `a` to `z`, then `aa` to `zz`, as Word has it.
fn letters(value: u32) -> Option<String> {
    let letter = u8::try_from(value.checked_sub(1)? % 26).ok()?;
    let times = usize::try_from((value - 1) / 26 + 1).ok().filter(|times| *times <= 10)?;
    Some(char::from(b'a' + letter).to_string().repeat(times))
}

fn roman(value: u32) -> Option<String> {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if !(1..4000).contains(&value) {
        return None;
    }
    let mut left = value;
    let mut number = String::new();
    for (worth, sign) in SIGNS {
        while left >= worth {
            number.push_str(sign);
            left -= worth;
        }
    }
    Some(number)
}

/// The character that many places behind that for one; there are twenty.
fn nth(one: char, value: u32) -> Option<String> {
    let place = value.checked_sub(1).filter(|place| *place < 20)?;
    char::from_u32(one as u32 + place).map(String::from)
}

/// Up to 9999 in the numerals of the language: zero to nine, ten, a hundred, a thousand.
fn in_numerals(value: u32, numerals: &str) -> Option<String> {
    const UNITS: [u32; 4] = [1000, 100, 10, 1];
    let signs: Vec<char> = numerals.chars().collect();
    if signs.len() < 13 || value > 9999 {
        return None;
    }
    if value == 0 {
        return Some(signs[0].to_string());
    }
    let mut number = String::new();
    let mut gap = false;
    for (at, unit) in UNITS.iter().enumerate() {
        let digit = (value / unit % 10) as usize;
        if digit == 0 {
            gap = !number.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            number.push(signs[0]);
        }
        // Ten is no “one ten” at the start.
        if !(digit == 1 && *unit == 10 && number.is_empty()) {
            number.push(signs[digit]);
        }
        if let Some(sign) = 3_usize.checked_sub(at).filter(|power| *power > 0) {
            number.push(signs[9 + sign]);
        }
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMERALS: &str = "零一二三四五六七八九十百千";

    #[test]
    fn numerals_are_those_a_reader_expects() {
        for (value, number) in [
            (1, "一"),
            (10, "十"),
            (11, "十一"),
            (20, "二十"),
            (99, "九十九"),
            (100, "一百"),
            (101, "一百零一"),
            (110, "一百一十"),
            (2024, "二千零二十四"),
        ] {
            assert_eq!(in_numerals(value, NUMERALS).as_deref(), Some(number));
        }
        assert_eq!(value_in(10_000, NumberFormat::Numerals, NUMERALS), "10000");
    }

    #[test]
    fn every_format_is_written() {
        for (value, format, number) in [
            (3, NumberFormat::Decimal, "3"),
            (3, NumberFormat::DecimalZero, "03"),
            (28, NumberFormat::LowerLetter, "bb"),
            (2, NumberFormat::UpperLetter, "B"),
            (14, NumberFormat::LowerRoman, "xiv"),
            (4, NumberFormat::UpperRoman, "IV"),
            (20, NumberFormat::Circled, "⑳"),
            (21, NumberFormat::Circled, "21"),
            (1, NumberFormat::Parenthesised, "⑴"),
        ] {
            assert_eq!(value_in(value, format, NUMERALS), number);
        }
    }

    #[test]
    fn a_number_never_runs_into_the_text() {
        let value = |value| NumberPart::Value(value, NumberFormat::Decimal);
        let sign = |sign: &str| NumberPart::Sign(sign.to_owned());
        assert_eq!(written(&[value(1), sign("."), value(2)], NUMERALS), "1.2 ");
        assert_eq!(written(&[value(1), sign("、")], NUMERALS), "1、");
    }
}
