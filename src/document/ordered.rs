//! The numbers before the items of lists in HTML, as a browser shows them.

use super::numbers;
use crate::source::word::NumberFormat;

/// What a tag says of the list or the item that it begins.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ListTag {
    /// `start` of a list, `value` of an item.
    number: Option<i32>,
    format: NumberFormat,
    reversed: bool,
    bare: bool,
}

impl ListTag {
    pub(super) fn name(&mut self, name: &[u8]) {
        self.reversed |= name == b"reversed";
    }

    pub(super) fn value(&mut self, name: &[u8], value: &[u8]) {
        let Ok(value) = std::str::from_utf8(value) else { return };
        match name {
            b"start" | b"value" => self.number = value.trim().parse().ok(),
            b"type" => {
                self.format = match value.trim() {
                    "a" => NumberFormat::LowerLetter,
                    "A" => NumberFormat::UpperLetter,
                    "i" => NumberFormat::LowerRoman,
                    "I" => NumberFormat::UpperRoman,
                    _ => NumberFormat::Decimal,
                }
            }
            b"style" => {
                self.bare |= value
                    .split(';')
                    .filter_map(|declaration| declaration.split_once(':'))
                    .any(|(name, value)| name.trim().starts_with("list-style") && value.contains("none"));
            }
            _ => {}
        }
    }
}

/// The lists around the text to come.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// `None` for a list whose items have no numbers.
    open: Vec<Option<Counter>>,
}

#[derive(Debug)]
struct Counter {
    next: i32,
    format: NumberFormat,
}

impl Lists {
    pub(super) fn begin(&mut self, ordered: bool, tag: ListTag) {
        // How far a reversed list counts down is known at its end.
        let counted = ordered && !tag.bare && !tag.reversed;
        self.open.push(counted.then(|| Counter { next: tag.number.unwrap_or(1), format: tag.format }));
    }

    pub(super) fn end(&mut self) {
        self.open.pop();
    }

    /// The number of the item that begins.
    pub(super) fn item(&mut self, tag: ListTag) -> Option<String> {
        let counter = self.open.last_mut()?.as_mut()?;
        let number = tag.number.unwrap_or(counter.next);
        counter.next = number.saturating_add(1);
        let written = match (u32::try_from(number), counter.format) {
            (Ok(number @ 1..), NumberFormat::LowerLetter) => letters(number, b'a'),
            (Ok(number @ 1..), NumberFormat::UpperLetter) => letters(number, b'A'),
            (Ok(number), format) => numbers::value_in(number, format, ""),
            (Err(_), _) => number.to_string(),
        };
        Some(written + ".")
    }
}

/// `a` to `z`, then `aa`, `ab` …; Word goes on with `bb`.
fn letters(number: u32, first: u8) -> String {
    let mut letters = Vec::new();
    let mut left = number;
    while let Some(before) = left.checked_sub(1) {
        letters.push(char::from(first + (before % 26) as u8));
        left = before / 26;
    }
    letters.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(attributes: &[(&str, &str)]) -> ListTag {
        let mut tag = ListTag::default();
        for (name, value) in attributes {
            tag.name(name.as_bytes());
            tag.value(name.as_bytes(), value.as_bytes());
        }
        tag
    }

    /// The numbers of three items, the second with the attributes of `second`.
    fn numbers(list: &[(&str, &str)], second: &[(&str, &str)]) -> Vec<String> {
        let mut lists = Lists::default();
        lists.begin(true, tag(list));
        let items = [tag(&[]), tag(second), tag(&[])];
        items.into_iter().filter_map(|item| lists.item(item)).collect()
    }

    #[test]
    fn items_are_counted_as_a_browser_counts_them() {
        assert_eq!(numbers(&[], &[]), ["1.", "2.", "3."]);
        assert_eq!(numbers(&[("start", "3")], &[("value", "7")]), ["3.", "7.", "8."]);
        assert_eq!(numbers(&[("type", "a"), ("start", "26")], &[]), ["z.", "aa.", "ab."]);
        assert_eq!(numbers(&[("type", "I")], &[("value", "9")]), ["I.", "IX.", "X."]);
        assert_eq!(numbers(&[("start", "-1")], &[]), ["-1.", "0.", "1."]);
        assert_eq!(numbers(&[("start", "2147483647")], &[]).len(), 3);
    }

    #[test]
    fn lists_that_show_no_numbers_have_none() {
        assert!(numbers(&[("style", "margin:0; list-style-type: none")], &[]).is_empty());
        assert!(numbers(&[("reversed", "")], &[]).is_empty());
        let mut lists = Lists::default();
        assert_eq!(lists.item(ListTag::default()), None, "an item outside any list");
        lists.begin(false, ListTag::default());
        assert_eq!(lists.item(ListTag::default()), None);
    }
}
