//! Commas that part nothing: converters leave them where a figure stood apart from its words.

/// A figure has no more digits than this.
const LONGEST: usize = 6;

/// Whether the comma at `at` stands beside a figure between two such commas: 发送,72,小时后.
pub fn is_beside_figure(text: &str, at: usize) -> bool {
    let (before, after) = (&text[..at], &text[at + 1..]);
    let digits = |digits: &str| (1..=LONGEST).contains(&digits.len());
    let behind = before.trim_end_matches(|c: char| c.is_ascii_digit());
    let ahead = after.trim_start_matches(|c: char| c.is_ascii_digit());
    (behind.ends_with(',') && digits(&before[behind.len()..]) && after.starts_with(char::is_alphabetic))
        || (ahead.starts_with(',')
            && digits(&after[..after.len() - ahead.len()])
            && before.ends_with(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::is_beside_figure;

    #[test]
    fn only_commas_on_both_sides_of_a_figure_part_nothing() {
        let of = |text: &str| -> Vec<bool> {
            text.match_indices(',').map(|(at, _)| is_beside_figure(text, at)).collect()
        };
        assert_eq!(of("发送,72,小时后"), [true, true]);
        assert_eq!(of("姓名,电话"), [false]);
        assert_eq!(of("1,000,000 条"), [false, false]);
        assert_eq!(of(",3,"), [false, false]);
    }
}
