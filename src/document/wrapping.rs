//! Whether the line ends of a file wrap its lines or end them.

use unicode_width::UnicodeWidthStr;

use super::draft::{Finished, Parting};
use super::numbering::Marker;
use super::punctuation;
use super::titles::is_title_like;
use crate::knowledge::structure::Structure;
use crate::source::Format;

/// How the lines of a file are wrapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrapping {
    /// Each line is a paragraph.
    No,
    /// Lines that fill this many columns go on in the next one.
    AtColumn(usize),
    /// Lines were broken at white space only, so that they hold at most this many characters.
    AtSpaces(usize),
    /// Each line is a paragraph, however it ends: a word processor wraps lines by itself.
    Never,
}

impl Wrapping {
    /// Looks at how long the lines are that end without punctuation.
    pub(super) fn of(draft: &Finished, format: Format) -> Self {
        // Converters from HTML write up to 79 characters a line.
        const CONVERTED: usize = 79;
        if format == Format::Markdown {
            return Self::AtSpaces(CONVERTED);
        }
        let text = draft.prose.text();
        let mut widths: Vec<usize> = draft
            .lines
            .windows(2)
            .filter(|pair| pair[1].parting == Parting::Wrap)
            .map(|pair| pair[0].span.of(text))
            .filter(|line| line.len() < 600 && !line.ends_with(punctuation::ends_line))
            .map(UnicodeWidthStr::width)
            .filter(|width| *width >= 30)
            .collect();
        let unwrapped = if format == Format::Word { Self::Never } else { Self::No };
        if widths.len() < 3 {
            return unwrapped;
        }
        widths.sort_unstable();
        let widest = widths[widths.len() * 9 / 10];
        let full = widths.iter().filter(|width| **width + SLACK >= widest).count();
        if full * 3 >= widths.len() * 2 { Self::AtColumn(widest) } else { unwrapped }
    }

    /// Whether line `a` goes on in line `b`; `first` when `a` begins its paragraph.
    pub(super) fn continues(self, a: &str, b: &str, first: bool, structure: &Structure) -> bool {
        if a.ends_with(['，', '、', ',', '（', '(', '“', '《', '「'])
            || b.starts_with(['，', '、', '。', '；', '）', '”', '》', '」'])
        {
            return true;
        }
        // A word cut at its hyphen.
        if let Some(word) = a.strip_suffix('-')
            && word.ends_with(|c: char| c.is_ascii_alphanumeric())
            && b.starts_with(|c: char| c.is_ascii_alphanumeric())
        {
            return true;
        }
        if breaks_bracket(a, b) {
            return true;
        }
        if opens_field(a, b, structure) {
            return false;
        }
        if punctuation::last_word_sign(a).is_none_or(punctuation::ends_line) {
            return false;
        }
        match self {
            Self::AtSpaces(limit) => {
                let head = first && is_title_like(a) && a.chars().count() <= 24 && !speaks(a, structure);
                let word = b.split_whitespace().next().unwrap_or_default();
                let full = a.chars().count() + 1 + word.chars().count() >= limit.saturating_sub(1);
                // Whoever wraps by hand breaks off in the middle of a sentence, however short the line.
                let goes_on = match Marker::read(a, structure) {
                    // 一、我们如何收集……: the number of a title is no sign of a sentence, nor is its subject.
                    Some(marker) => a[marker.length..].contains(punctuation::in_sentence),
                    None => speaks(a, structure),
                };
                let goes_on = goes_on && b.starts_with(is_word_of_text) && !is_parallel(a, b);
                !head && (full || goes_on)
            }
            Self::AtColumn(width) => a.width() + SLACK >= width && !(is_title_like(b) && a.width() < width),
            Self::Never => false,
            // A line that breaks off within a sentence.
            Self::No => {
                a.chars().count() > 30
                    && (a.contains(['，', '。']) || a.ends_with(|c: char| c.is_ascii_alphanumeric()))
                    && a.ends_with(char::is_alphanumeric)
                    && b.contains(punctuation::in_sentence)
            }
        }
    }
}

/// Whether `b` begins a field of a record (使用目的：……) below `a`.
fn opens_field(a: &str, b: &str, structure: &Structure) -> bool {
    let Some(label) = label(b) else { return false };
    let ends = structure.field_ends.iter().any(|word| label.ends_with(word.as_str()));
    let leads_in = structure.continuations.iter().any(|word| label.contains(word.as_str()));
    !leads_in && (ends || label_of_line(a).is_some())
}

/// The short words before the colon that a line begins with, behind bullets and numbers.
fn label_of_line(line: &str) -> Option<&str> {
    label(line.trim_start_matches(|c: char| c.is_ascii_digit() || !c.is_alphanumeric()))
}

fn label(line: &str) -> Option<&str> {
    const LONGEST_LABEL: usize = 14;
    let mut signs = line.char_indices().take(LONGEST_LABEL + 1);
    let (end, sign) = signs.find(|(_, c)| punctuation::in_sentence(*c))?;
    let label = &line[..end];
    (matches!(sign, '：' | ':') && label.starts_with(char::is_alphabetic) && !label.is_ascii())
        .then_some(label)
}

/// Whether a bracket or quotation mark that `a` leaves open is closed in `b`.
fn breaks_bracket(a: &str, b: &str) -> bool {
    let Some((at, open)) = a.char_indices().rev().take(60).find(|(_, c)| matches!(c, '《' | '（' | '“'))
    else {
        return false;
    };
    let Some(closing) = punctuation::closing(open) else { return false };
    let left_open = !a[at..].chars().any(|c| punctuation::closes(c, closing));
    let next = b.chars().take(60).find(|c| *c == open || punctuation::closes(*c, closing));
    left_open && next.is_some_and(|c| punctuation::closes(c, closing))
}

/// Lines end up to so many columns before the margin.
const SLACK: usize = 6;

/// Whether both lines open with the same words, as statements do that stand one a line: 我们会……, 我们会…….
fn is_parallel(a: &str, b: &str) -> bool {
    const WORDS: usize = 2;
    let opening = |line: &str| -> Vec<char> { line.chars().take(WORDS).collect() };
    opening(a) == opening(b)
}

/// A letter, not the number of an item.
fn is_word_of_text(c: char) -> bool {
    c.is_alphabetic() && !c.is_ascii()
}

fn speaks(line: &str, structure: &Structure) -> bool {
    line.contains(punctuation::in_sentence)
        || structure.title_stops.iter().any(|stop| line.starts_with(stop.as_str()))
}
