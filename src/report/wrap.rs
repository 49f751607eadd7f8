//! Fits text to a width in terminal columns, in which a Chinese character takes two.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns a text takes.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// Breaks `text` into lines of at most `columns`. Latin words stay whole where they can, and no line
/// starts with a closing punctuation mark.
pub(super) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(4);
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        // The columns that the line takes.
        let mut used = 0;
        for piece in pieces(paragraph) {
            if used + width(piece.trim_end()) > columns && !line.is_empty() {
                lines.push(line.trim_end().to_owned());
                line.clear();
                used = 0;
            }
            if width(piece) <= columns {
                let piece = if line.is_empty() { piece.trim_start() } else { piece };
                line.push_str(piece);
                used += width(piece);
                continue;
            }
            for c in piece.chars() {
                let more = c.width().unwrap_or(0);
                if used + more > columns || line.chars().count() >= 2 * columns {
                    lines.push(std::mem::take(&mut line));
                    used = 0;
                }
                line.push(c);
                used += more;
            }
        }
        lines.push(line.trim_end().to_owned());
    }
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

/// The parts between which a line may break.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut characters = rest.char_indices().peekable();
        let (_, first) = characters.next()?;
        let mut last = first;
        let end = loop {
            match characters.peek() {
                None => break rest.len(),
                Some((at, next)) if may_break(last, *next) => break *at,
                Some(_) => last = characters.next().map_or(last, |(_, c)| c),
            }
        };
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(piece)
    })
}

fn may_break(before: char, after: char) -> bool {
    const CLOSING: &str = "，。；：！？、）》】」』”’％…,.;:!?)]}>%";
    const OPENING: &str = "（《【「『“‘([{<";
    if after == ' ' || CLOSING.contains(after) || OPENING.contains(before) {
        return false;
    }
    before == ' ' || wide(before) || wide(after)
}

fn wide(c: char) -> bool {
    c.width() == Some(2)
}

/// `text` cut to `columns`, with `…` for what is missing.
pub(super) fn truncate(text: &str, columns: usize) -> String {
    let (mut used, mut count) = (0, 0);
    for (at, c) in text.char_indices() {
        used += c.width().unwrap_or(0);
        count += 1;
        if used > columns || count > 2 * columns {
            let mut kept = String::new();
            let mut room = columns.saturating_sub(1);
            for c in text[..at].chars() {
                let Some(left) = room.checked_sub(c.width().unwrap_or(0)) else { break };
                room = left;
                kept.push(c);
            }
            kept.push('…');
            return kept;
        }
    }
    text.to_owned()
}

/// The lines of a row of cells that were each wrapped to their column, with `gap` between the columns.
pub(super) fn side_by_side(
    cells: &[Vec<String>],
    columns: &[usize],
    gap: &str,
) -> impl Iterator<Item = String> {
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    (0..height).map(move |line| {
        let line: Vec<String> = cells
            .iter()
            .zip(columns)
            .map(|(cell, columns)| pad(cell.get(line).map_or("", String::as_str), *columns))
            .collect();
        line.join(gap).trim_end().to_owned()
    })
}

/// `text` followed by spaces up to `columns`.
pub(super) fn pad(text: &str, columns: usize) -> String {
    let mut padded = text.to_owned();
    padded.extend(std::iter::repeat_n(' ', columns.saturating_sub(width(text))));
    padded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_by_columns_and_never_before_a_full_stop() {
        assert_eq!(wrap("我们收集您的手机号码。", 20), ["我们收集您的手机号", "码。"]);
        assert_eq!(wrap("we collect your phone number", 12), ["we collect", "your phone", "number"]);
        assert_eq!(wrap("", 20), [""]);
    }

    #[test]
    fn a_word_without_breaks_is_cut() {
        assert_eq!(wrap(&"x".repeat(25), 10), ["xxxxxxxxxx", "xxxxxxxxxx", "xxxxx"]);
    }

    #[test]
    fn what_is_cut_is_marked() {
        assert_eq!(truncate("手机号码", 8), "手机号码");
        assert_eq!(truncate("手机号码", 7), "手机号…");
        assert_eq!(pad("手机", 6), "手机  ");
    }
}
