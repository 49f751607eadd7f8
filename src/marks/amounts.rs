//! Numbers with a unit: 15个工作日, 三十（30）天, 1-2个月.

use super::hits::Hit;
use crate::knowledge::amount::Amounts;
use crate::knowledge::literals::Literal;
use crate::span::Span;

/// So many bytes before a unit hold its number.
const REACH: usize = 60;
/// Larger numbers are no amounts.
const MOST: u32 = 1_000_000_000;

/// A number with its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    pub span: Span,
    /// Index of the unit.
    pub unit: u8,
    /// Of a range (1-2) the larger end.
    pub value: u32,
}

/// The amounts of a text, in reading order; `of` gives the places where a literal stands.
pub(super) fn find<'h>(known: &Amounts, prose: &str, of: impl Fn(Literal) -> Vec<&'h Hit>) -> Vec<Amount> {
    let mut amounts = Vec::new();
    for word in &known.words {
        let unit = &known.units[word.unit as usize];
        for hit in of(word.literal) {
            let after = &prose[hit.span.end()..];
            if unit.not_before.iter().any(|context| after.starts_with(context.as_str())) {
                continue;
            }
            let before = tail(&prose[..hit.span.start()]);
            let read = match word.worth {
                Some(value) => Some((value, before)),
                None => number(known, before),
            };
            let Some((value, rest)) = read else { continue };
            let close = rest.trim_end();
            let barred = unit.not_after.iter().any(|context| close.ends_with(context.as_str()));
            if barred || unit.most.is_some_and(|most| value > most) {
                continue;
            }
            let start = hit.span.start() - (before.len() - rest.len());
            let span = Span::new(start, hit.span.end()).trim(prose);
            amounts.push(Amount { span, unit: word.unit, value });
        }
    }
    // Of units that share their end (个月, 月) the one with the longer words was meant.
    amounts.sort_unstable_by_key(|amount| (amount.span.start, std::cmp::Reverse(amount.span.end)));
    amounts.dedup_by(|next, first| first.span.contains(next.span));
    amounts
}

/// The last of `text`, as far as a number goes.
fn tail(text: &str) -> &str {
    let mut from = text.len().saturating_sub(REACH);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..]
}

/// The number, or the larger end of the range, that `text` ends with, and what stands before it.
fn number<'t>(known: &Amounts, text: &'t str) -> Option<(u32, &'t str)> {
    let (value, rest) = bracketed(known, text)?;
    let before = rest.trim_end();
    for range in &known.ranges {
        if let Some(before) = before.strip_suffix(range.as_str())
            && let Some((low, rest)) = bracketed(known, before)
        {
            return Some((value.max(low), rest));
        }
    }
    Some((value, rest))
}

/// A number that may stand in brackets, with another spelling of it before these: 三十（30）, 【15】.
fn bracketed<'t>(known: &Amounts, text: &'t str) -> Option<(u32, &'t str)> {
    let text = text.trim_end();
    let Some(inner) = text.strip_suffix(['）', ')', '】', ']', '〕']) else { return plain(known, text) };
    let (value, rest) = plain(known, inner.trim_end())?;
    let rest = rest.trim_end().strip_suffix(['（', '(', '【', '[', '〔'])?;
    Some((value, plain(known, rest.trim_end()).map_or(rest, |(_, rest)| rest)))
}

/// The number that `text` ends with, in digits or in words, and what stands before it.
fn plain<'t>(known: &Amounts, text: &'t str) -> Option<(u32, &'t str)> {
    let digits = text.trim_end_matches(|c| digit(c).is_some() || is_separator(c));
    let digits = digits.len() + text[digits.len()..].find(|c| digit(c).is_some()).unwrap_or(0);
    let (rest, written) = text.split_at(digits);
    if !written.is_empty() && written.chars().any(|c| digit(c).is_some()) {
        // 1.5 and 2024.3.1 are no whole numbers.
        if rest.ends_with('.') {
            return None;
        }
        let mut value = 0u32;
        for digit in written.chars().filter_map(digit) {
            value = value.checked_mul(10)?.checked_add(digit).filter(|value| *value < MOST)?;
        }
        return Some((value, rest));
    }
    let rest = text.trim_end_matches(|c| known.numeral(c).is_some());
    let words = &text[rest.len()..];
    (!words.is_empty()).then(|| spelt(known, words)).flatten().map(|value| (value, rest))
}

/// 一百二十: a digit counts the ten or hundred that follows it.
fn spelt(known: &Amounts, words: &str) -> Option<u32> {
    let (mut total, mut digit) = (0u32, None);
    for value in words.chars().filter_map(|c| known.numeral(c)) {
        if value >= 10 {
            total = total.checked_add(value.checked_mul(digit.take().unwrap_or(1))?)?;
        } else {
            // 一五 is a number written digit by digit.
            digit =
                Some(digit.map_or(Some(value), |before: u32| before.checked_mul(10)?.checked_add(value))?);
        }
    }
    total.checked_add(digit.unwrap_or(0)).filter(|value| *value < MOST)
}

fn digit(c: char) -> Option<u32> {
    match c {
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => c.to_digit(10),
    }
}

/// Parts thousands.
fn is_separator(c: char) -> bool {
    matches!(c, ',')
}

#[cfg(test)]
mod tests {
    use crate::builtin;
    use crate::source::{Encoding, Format, Source};

    /// Words, unit and value of each amount.
    fn amounts(text: &str) -> Vec<(String, String, u32)> {
        let knowledge = builtin::knowledge().unwrap();
        let source = Source {
            path: "t".to_owned(),
            text: text.to_owned(),
            encoding: Encoding::Utf8,
            format: Format::Text,
            word: None,
        };
        let document = crate::document::parse(&source, &knowledge.structure);
        let marks = crate::marks::find(&document, &knowledge, &[]);
        let told = marks.hits.amounts().iter().map(|amount| {
            let unit = knowledge.grammar.amounts.units[amount.unit as usize].id.clone();
            (document.text(amount.span).to_owned(), unit, amount.value)
        });
        told.collect()
    }

    fn one(text: &str) -> (String, u32) {
        let found = amounts(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        (found[0].1.clone(), found[0].2)
    }

    #[test]
    fn numbers_are_read_in_digits_and_in_words() {
        for (text, unit, value) in [
            ("我们将在15个工作日内答复。", "working-day", 15),
            ("我们将在１５个工作日内答复。", "working-day", 15),
            ("我们将在十五个工作日内答复。", "working-day", 15),
            ("我们将在三十（30）天内答复。", "day", 30),
            ("我们将在【7】日内答复。", "day", 7),
            ("1-2个工作日内处理", "working-day", 2),
            ("三至五 个工作日内处理", "working-day", 5),
            ("保存一百八十天", "day", 180),
            ("保存两年", "year", 2),
            ("保存半年", "month", 6),
            ("保存24小时", "hour", 24),
            ("罚款1,000元", "yuan", 1000),
        ] {
            assert_eq!(one(text), (unit.to_owned(), value), "{text}");
        }
    }

    #[test]
    fn dates_and_ordinals_are_no_amounts() {
        for text in ["2026年3月15日生效", "第三年", "每日更新", "同一天", "1.5年", "节假日", "常用生日"]
        {
            assert_eq!(amounts(text), [], "{text}");
        }
    }

    #[test]
    fn an_amount_takes_in_its_number() {
        assert_eq!(amounts("将于 三十（30） 日内完成")[0].0, "三十（30） 日");
        assert_eq!(amounts("将在1-2个工作日内完成")[0].0, "1-2个工作日");
    }
}
