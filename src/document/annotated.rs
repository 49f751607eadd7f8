//! Text with marks set by hand: `为{帮助您注册}，(我们)会[收集]您的<手机号码>`.
//!
//! Each kind of mark is matched on its own, within a line: an opening mark pairs with the next closing
//! one of its kind, unless another opening one of its kind comes first. So marks nest, and a slip in one
//! costs no other.

use super::draft::{Block, Draft, Parting};
use super::{Annotation, Bracket, Slip, SlipKind, text};
use crate::source::is_han;
use crate::span::{FileSpan, Span};

/// An actor mark holds no more characters than this.
const LONGEST_ACTOR: usize = 20;

/// What happens to a bracket of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// It stays in the prose, and means nothing.
    Plain,
    /// It is a mark, and leaves the prose.
    Dropped,
}

/// A bracket of a line and what became of it; `at` is its offset in the line.
#[derive(Clone, Copy, Debug)]
struct Sign {
    at: usize,
    width: usize,
    fate: Fate,
}

/// A mark of a line; the offsets are those of what it holds.
#[derive(Clone, Copy, Debug)]
struct Mark {
    kind: Bracket,
    start: usize,
    end: usize,
}

pub(super) fn draft(source: &str, numerals: &str) -> Draft {
    let mut draft = Draft::default();
    let mut parting = Parting::Block;
    for (start, line) in text::lines(source) {
        if line.trim().is_empty() {
            if source[..start].ends_with('\r') && source[start..].starts_with('\n') {
                continue;
            }
            parting = Parting::Block;
            continue;
        }
        draft.start_line(parting, Block::PLAIN);
        parting = Parting::Wrap;
        let mut scan = Scan { line, offset: start, numerals, ..Scan::default() };
        scan.run();
        scan.write(&mut draft);
    }
    draft
}

#[derive(Default)]
struct Scan<'a> {
    line: &'a str,
    /// Where the line stands in the file.
    offset: usize,
    numerals: &'a str,
    signs: Vec<Sign>,
    marks: Vec<Mark>,
    slips: Vec<Slip>,
}

/// An opening mark that waits for its closing one: its index in `signs`.
type Waiting = Option<usize>;

impl Scan<'_> {
    fn run(&mut self) {
        let mut waiting: [Waiting; 5] = [None; 5];
        // Round brackets of full width hold ordinary text; `(我们）` is closed by one of them.
        let mut wide_open = false;
        for (at, sign) in self.line.char_indices() {
            match sign {
                '[' | '<' | '{' | '(' | '【' => {
                    let slot = slot(sign);
                    if let Some(left) = waiting[slot].take() {
                        self.never_closed(left, sign);
                    }
                    waiting[slot] = Some(self.sign(at, sign));
                    if sign == '(' {
                        wide_open = false;
                    }
                }
                '（' => wide_open = true,
                ']' | '>' | '}' | '】' => {
                    let closing = self.sign(at, sign);
                    match waiting[slot(sign)].take() {
                        Some(opening) => self.pair(opening, closing, sign),
                        None => self.never_opened(closing, sign),
                    }
                }
                ')' => {
                    let closing = self.sign(at, sign);
                    match waiting[slot(sign)].take() {
                        Some(opening) => self.pair(opening, closing, sign),
                        None if wide_open => wide_open = false,
                        None => self.never_opened(closing, sign),
                    }
                }
                '）' if wide_open => wide_open = false,
                '）' => {
                    let Some(opening) = waiting[slot('(')].take() else { continue };
                    let closing = self.sign(at, sign);
                    if self.holds_actor(opening, closing) {
                        self.slip(SlipKind::MixedWidth, self.signs[opening].at, at + sign.len_utf8());
                    }
                    self.pair(opening, closing, ')');
                }
                _ => {}
            }
        }
        for (slot, sign) in ['[', '<', '{', '(', '【'].into_iter().enumerate() {
            if let Some(left) = waiting[slot] {
                self.never_closed(left, sign);
            }
        }
    }

    fn sign(&mut self, at: usize, sign: char) -> usize {
        self.signs.push(Sign { at, width: sign.len_utf8(), fate: Fate::Plain });
        self.signs.len() - 1
    }

    fn slip(&mut self, kind: SlipKind, start: usize, end: usize) {
        let at = FileSpan::new(self.offset + start, self.offset + end);
        self.slips.push(Slip { kind, at });
    }

    fn between(&self, opening: usize, closing: usize) -> (usize, usize) {
        let opening = self.signs[opening];
        (opening.at + opening.width, self.signs[closing].at)
    }

    fn pair(&mut self, opening: usize, closing: usize, sign: char) {
        let (start, end) = self.between(opening, closing);
        let kind = match sign {
            ']' => Bracket::Action,
            '>' => Bracket::Data,
            '}' => Bracket::Purpose,
            '】' => Bracket::Group,
            _ => Bracket::Actor,
        };
        let inner = &self.line[start..end];
        let is_mark = match kind {
            Bracket::Actor => self.holds_actor(opening, closing),
            Bracket::Group => !inner.trim().is_empty(),
            _ => inner.chars().any(char::is_alphanumeric),
        };
        if !is_mark {
            return;
        }
        self.marks.push(Mark { kind, start, end });
        if kind != Bracket::Group {
            self.signs[opening].fate = Fate::Dropped;
            self.signs[closing].fate = Fate::Dropped;
        }
    }

    /// Whether round brackets hold a short run of words, as `(我们的服务器)` does; `(一)` is a number.
    fn holds_actor(&self, opening: usize, closing: usize) -> bool {
        let (start, end) = self.between(opening, closing);
        let inner = self.line[start..end].trim();
        let short = inner.char_indices().nth(LONGEST_ACTOR).is_none();
        short
            && inner.chars().any(is_han)
            && inner.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '、' | '/' | '·' | '<' | '>'))
            && !inner.chars().all(|c| self.numerals.contains(c))
    }

    /// The mark covers the words that follow the bracket.
    fn never_closed(&mut self, opening: usize, sign: char) {
        let from = self.signs[opening].at + sign.len_utf8();
        let words: usize = self.line[from..].chars().take_while(|c| is_han(*c)).map(char::len_utf8).sum();
        let end = from + words;
        // A bracket with no word behind it (`a < b`) is none of ours.
        if words == 0 || sign == '(' && self.line[from..end].chars().nth(LONGEST_ACTOR).is_some() {
            return;
        }
        self.slip(SlipKind::Unclosed, from - sign.len_utf8(), end);
        let kind = match sign {
            '[' => Bracket::Action,
            '<' => Bracket::Data,
            '{' => Bracket::Purpose,
            '(' => Bracket::Actor,
            _ => return,
        };
        self.marks.push(Mark { kind, start: from, end });
        self.signs[opening].fate = Fate::Dropped;
    }

    /// A closing mark alone. `1)` and `a)` number items; `设置>隐私` and `->` show a way.
    fn never_opened(&mut self, closing: usize, sign: char) {
        let Sign { at, width, .. } = self.signs[closing];
        let before = self.line[..at].chars().next_back();
        let after = self.line[at + width..].chars().next();
        let ordinary = match sign {
            ')' => !before.is_some_and(is_han) || self.is_number_before(at),
            '>' => {
                !before.is_some_and(char::is_alphanumeric)
                    || after.is_some_and(|c| c.is_alphanumeric() || c.is_whitespace() || c == '>')
            }
            '】' => true,
            _ => !before.is_some_and(char::is_alphanumeric),
        };
        if ordinary {
            return;
        }
        self.slip(SlipKind::Unopened, at, at + width);
        self.signs[closing].fate = Fate::Dropped;
    }

    /// Whether a numeral of chapters stands right before, as in `三)`.
    fn is_number_before(&self, at: usize) -> bool {
        let mut before = self.line[..at].chars().rev();
        let last = before.next();
        last.is_some_and(|c| self.numerals.contains(c)) && !before.next().is_some_and(is_han)
    }

    fn write(mut self, draft: &mut Draft) {
        let base = draft.position();
        let mut from = 0;
        let mut dropped: Vec<(usize, usize)> = Vec::new();
        let mut gone = 0;
        for sign in self.signs.iter().filter(|sign| sign.fate == Fate::Dropped) {
            draft.push(&self.line[from..sign.at], self.offset + from);
            from = sign.at + sign.width;
            gone += sign.width;
            dropped.push((from, gone));
        }
        draft.push(&self.line[from..], self.offset + from);
        let moved = |at: usize| {
            let index = dropped.partition_point(|(end, _)| *end <= at);
            base + at - index.checked_sub(1).map_or(0, |i| dropped[i].1)
        };
        for mark in &self.marks {
            let span = Span::new(moved(mark.start), moved(mark.end));
            draft.annotations.push(Annotation { kind: mark.kind, span });
        }
        self.slips.sort_by_key(|slip| slip.at);
        draft.slips.append(&mut self.slips);
    }
}

fn slot(sign: char) -> usize {
    match sign {
        '[' | ']' => 0,
        '<' | '>' => 1,
        '{' | '}' => 2,
        '(' | ')' => 3,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMERALS: &str = "零一二三四五六七八九十百千";

    fn read(source: &str) -> (String, Vec<(Bracket, String)>, Vec<SlipKind>) {
        let draft = super::draft(source, NUMERALS).finish();
        let prose = draft.prose.text();
        let mut marks: Vec<_> =
            draft.annotations.iter().map(|a| (a.span, a.kind, a.span.of(prose).to_owned())).collect();
        marks.sort_by_key(|(span, ..)| (span.start, std::cmp::Reverse(span.end)));
        let marks = marks.into_iter().map(|(_, kind, text)| (kind, text)).collect();
        (prose.to_owned(), marks, draft.slips.iter().map(|slip| slip.kind).collect())
    }

    fn mark(kind: Bracket, text: &str) -> (Bracket, String) {
        (kind, text.to_owned())
    }

    #[test]
    fn marks_leave_the_prose() {
        let (prose, marks, slips) = read("为{完成注册}，(我们)会[收集]您的【<手机号>和<昵称>】。");
        assert_eq!(prose, "为完成注册，我们会收集您的【手机号和昵称】。");
        assert_eq!(
            marks,
            [
                mark(Bracket::Purpose, "完成注册"),
                mark(Bracket::Actor, "我们"),
                mark(Bracket::Action, "收集"),
                mark(Bracket::Group, "手机号和昵称"),
                mark(Bracket::Data, "手机号"),
                mark(Bracket::Data, "昵称"),
            ]
        );
        assert!(slips.is_empty());
    }

    #[test]
    fn numbers_and_ordinary_brackets_are_text() {
        for plain in [
            "1)用途",
            "a) 用途",
            "(一)用途",
            "（三)用途",
            "三)用途",
            "昵称（例如：小名）",
            "标识（IDFV)、标识（IDFA)",
            "(IMEI)",
            "设置>隐私->权限",
            "a < b",
            "(请您仔细阅读，并作出选择)",
        ] {
            assert_eq!(read(plain), (plain.to_owned(), vec![], vec![]), "{plain}");
        }
    }

    #[test]
    fn ordinary_brackets_around_marks_stay() {
        let (prose, marks, slips) = read("<系统>（包括<型号>、<版本>）");
        assert_eq!(prose, "系统（包括型号、版本）");
        assert_eq!(marks.len(), 3);
        assert!(slips.is_empty());
    }

    #[test]
    fn mixed_widths_still_close() {
        let (prose, marks, slips) = read("(我们）会[收集]<昵称>");
        assert_eq!(prose, "我们会收集昵称");
        assert_eq!(marks[0], mark(Bracket::Actor, "我们"));
        assert_eq!(slips, [SlipKind::MixedWidth]);
    }

    #[test]
    fn an_unclosed_mark_covers_its_words_and_costs_no_other() {
        let (prose, marks, slips) = read("(我们)会[收集\n并保留您的<昵称>");
        assert_eq!(prose, "我们会收集并保留您的昵称");
        assert_eq!(
            marks,
            [mark(Bracket::Actor, "我们"), mark(Bracket::Action, "收集"), mark(Bracket::Data, "昵称")]
        );
        assert_eq!(slips, [SlipKind::Unclosed]);
        assert_eq!(
            read("收集<手机号、<昵称>").1,
            [mark(Bracket::Data, "手机号"), mark(Bracket::Data, "昵称")]
        );
    }

    #[test]
    fn a_lone_closing_mark_is_dropped() {
        let (prose, marks, slips) = read("收集]您的手机号>、<昵称>");
        assert_eq!(prose, "收集您的手机号、昵称");
        assert_eq!(marks, [mark(Bracket::Data, "昵称")]);
        assert_eq!(slips, [SlipKind::Unopened, SlipKind::Unopened]);
    }

    #[allow(clippy::print_stderr)]
    #[test]
    fn the_seeds_hold_the_marks_that_a_count_by_hand_finds() {
        let Ok(folder) = std::fs::read_dir("../shared/seeds") else {
            eprintln!("skipped: no seeds here");
            return;
        };
        let (mut counts, mut slips) = ([0usize; 4], Vec::new());
        for path in folder.flatten().map(|entry| entry.path()) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if !["000", "001", "004"].iter().any(|start| name.starts_with(start)) {
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            let (_, marks, found) = read(&text);
            slips.extend(found);
            for (kind, _) in marks {
                match kind {
                    Bracket::Data => counts[0] += 1,
                    Bracket::Purpose => counts[1] += 1,
                    Bracket::Action => counts[2] += 1,
                    Bracket::Actor => counts[3] += 1,
                    Bracket::Group => {}
                }
            }
        }
        // `<[^<>]+>`, `{[^{}]+}`, `[[^][]+]` and `([^()]+)` match 223, 49, 55 and 38 times; on top come
        // the action that is never closed and the actor closed in another width.
        assert_eq!(counts, [223, 49, 55 + 1, 38 + 1]);
        slips.sort_by_key(|slip| *slip as u8);
        assert_eq!(slips, [SlipKind::MixedWidth, SlipKind::Unclosed]);
    }
}
