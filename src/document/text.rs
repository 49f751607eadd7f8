//! Plain text: a draft line for each line.

use super::draft::{Block, Draft, Parting};
use super::pipes::Tables;
use crate::span::FileSpan;

/// The lines of a text, with their offsets, without line ends and byte order mark.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let body = text.trim_start_matches('\u{FEFF}');
    let mut at = text.len() - body.len();
    body.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}', '\u{85}']).map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim_end_matches(['\n', '\r', '\u{2028}', '\u{2029}', '\u{85}']))
    })
}

pub(super) fn draft(text: &str) -> Draft {
    let tables = Tables::find(text);
    let mut draft = Draft::default();
    let mut parting = Parting::Block;
    let mut cell = None;
    let mut carriage = false;
    for (start, line) in lines(text) {
        let trimmed = line.trim();
        let end = start + line.len();
        if trimmed.is_empty() {
            // The `\n` of a `\r\n` is no empty line.
            let line_feed = carriage && line.is_empty() && text[start..].starts_with('\n');
            carriage = text[end..].starts_with('\r');
            if !line_feed {
                parting = Parting::Block;
            }
            continue;
        }
        let start = start + (line.len() - line.trim_start().len());
        for (stretch, place) in tables.cut(FileSpan::new(start, start + trimmed.len())) {
            if cell != place {
                parting = Parting::Block;
                cell = place;
            }
            draft.start_line(parting, place.map_or(Block::PLAIN, Block::Cell));
            draft.push(&text[stretch.range()], stretch.start);
            parting = Parting::Wrap;
        }
        carriage = text[end..].starts_with('\r');
    }
    draft
}

#[cfg(test)]
mod tests {
    use super::*;

    fn partings(text: &str) -> Vec<(Parting, String)> {
        let draft = draft(text).finish();
        let prose = draft.prose.text();
        draft.lines.iter().map(|line| (line.parting, line.span.of(prose).to_owned())).collect()
    }

    #[test]
    fn empty_lines_part_blocks() {
        let lines = partings("\u{FEFF}甲\n  乙 \n\n丙\r\n丁\r\n\r\n戊");
        assert_eq!(lines[0], (Parting::Block, "甲".into()));
        assert_eq!(lines[1], (Parting::Wrap, "乙".into()));
        assert_eq!(lines[2], (Parting::Block, "丙".into()));
        assert_eq!(lines[3], (Parting::Wrap, "丁".into()));
        assert_eq!(lines[4], (Parting::Block, "戊".into()));
    }

    #[test]
    fn a_drawn_line_is_a_border() {
        let lines = partings("甲\n=====\n乙");
        assert_eq!(lines, [(Parting::Block, "甲".into()), (Parting::Block, "乙".into())]);
    }
}
