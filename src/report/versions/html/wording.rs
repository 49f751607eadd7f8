//! Two wordings of a sentence, word by word.

use std::time::{Duration, Instant};

use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};

/// A stretch of one wording, and whether the other has it too.
pub(super) type Stretch<'t> = (&'t str, bool);

/// Looking for the shortest difference ends here, with a longer one.
const PATIENCE: Duration = Duration::from_millis(20);

/// What both wordings have and what only one has, in reading order each.
pub(super) fn compare<'t>(old: &'t str, new: &'t str) -> (Vec<Stretch<'t>>, Vec<Stretch<'t>>) {
    let (before, after) = (words(old), words(new));
    let (a, b) = (texts(old, &before), texts(new, &after));
    let deadline = Instant::now().checked_add(PATIENCE);
    let mut sides = (Vec::new(), Vec::new());
    for step in capture_diff_slices_deadline(Algorithm::Myers, &a, &b, deadline) {
        let same = matches!(step, DiffOp::Equal { .. });
        add(&mut sides.0, stretch(old, &before, step.old_range()), same);
        add(&mut sides.1, stretch(new, &after, step.new_range()), same);
    }
    sides
}

fn add<'t>(stretches: &mut Vec<Stretch<'t>>, text: &'t str, same: bool) {
    if !text.is_empty() {
        stretches.push((text, same));
    }
}

fn stretch<'t>(text: &'t str, words: &[usize], range: std::ops::Range<usize>) -> &'t str {
    let at = |word: usize| words.get(word).copied().unwrap_or(text.len());
    &text[at(range.start)..at(range.end)]
}

/// Where the words start: a Latin word or a number is one, and so is every other character.
fn words(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut inside = false;
    for (at, c) in text.char_indices() {
        let latin = c.is_ascii_alphanumeric();
        if !(latin && inside) {
            starts.push(at);
        }
        inside = latin;
    }
    starts
}

fn texts<'t>(text: &'t str, starts: &[usize]) -> Vec<&'t str> {
    (0..starts.len()).map(|word| stretch(text, starts, word..word + 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::compare;

    #[test]
    fn only_what_differs_is_marked() {
        let (old, new) = compare("登录日志保存6个月。", "登录日志保存12个月。");
        assert_eq!(old, [("登录日志保存", true), ("6", false), ("个月。", true)]);
        assert_eq!(new, [("登录日志保存", true), ("12", false), ("个月。", true)]);
    }

    #[test]
    fn nothing_is_lost() {
        let (old, new) = ("收集您的IMEI、OAID。", "不收集您的OAID与地址");
        let sides = compare(old, new);
        assert_eq!(sides.0.iter().map(|stretch| stretch.0).collect::<String>(), old);
        assert_eq!(sides.1.iter().map(|stretch| stretch.0).collect::<String>(), new);
    }
}
