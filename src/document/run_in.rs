//! Giant lines: whole policies on one line, whose headings run into the text and whose line breaks
//! became spaces. They are cut where numbering shows a head, and at white space after a sentence.

use super::numbering::{Marker, Style};
use super::punctuation;
use crate::knowledge::structure::Structure;
use crate::span::Span;

/// A line of so many bytes is a giant.
pub(super) const GIANT: usize = 4000;

/// A title that runs into the text has no more characters than this.
const LONGEST_TITLE: usize = 30;

/// Numbers inside brackets head nothing, unless the bracket stays open for so many bytes.
const LONGEST_BRACKET: usize = 600;

/// The paragraphs of a giant line, in order; white space between them is left out or at their ends.
pub(super) fn split(line: &str, structure: &Structure) -> Vec<Span> {
    let mut splitter = Splitter::new(line, structure);
    splitter.run();
    let mut pieces = Vec::with_capacity(splitter.cuts.len() + 1);
    let mut from = 0;
    for cut in splitter.cuts.into_iter().chain([line.len()]) {
        if cut > from {
            pieces.push(Span::new(from, cut));
            from = cut;
        }
    }
    pieces
}

struct Splitter<'a> {
    line: &'a str,
    structure: &'a Structure,
    cuts: Vec<usize>,
    /// The numbers of the heads that are open, outermost first.
    open: Vec<Marker>,
    /// Where the title of the last head begins, while the text may still be that title.
    title: Option<usize>,
    bracket: Option<(usize, char)>,
}

impl<'a> Splitter<'a> {
    fn new(line: &'a str, structure: &'a Structure) -> Self {
        Self { line, structure, cuts: Vec::new(), open: Vec::new(), title: None, bracket: None }
    }

    fn run(&mut self) {
        let mut before: Option<char> = None;
        // The last character that is no white space.
        let mut sign: Option<char> = None;
        let mut skip_to = 0;
        for (at, c) in self.line.char_indices() {
            if at < skip_to {
                before = Some(c);
                sign = Some(c);
                continue;
            }
            if let Some((start, closing)) = self.bracket
                && (punctuation::closes(c, closing) || at - start > LONGEST_BRACKET)
            {
                self.bracket = None;
            }
            let spaced = before.is_none_or(char::is_whitespace);
            let ended = sign.is_none_or(punctuation::ends_line);
            if !c.is_whitespace() && self.bracket.is_none() {
                let apart = spaced || ended;
                if (apart || self.title.is_some())
                    && let Some(marker) = Marker::read(&self.line[at..], self.structure)
                    && self.accepts(&marker, at, apart)
                {
                    self.cuts.push(at);
                    self.enter(marker);
                    skip_to = at + marker.length;
                    self.title = Some(skip_to);
                    before = Some(c);
                    sign = Some(c);
                    continue;
                }
                let after_sentence =
                    spaced && before.is_some() && sign.is_some_and(punctuation::ends_sentence);
                if after_sentence || before == Some('\t') {
                    self.cuts.push(at);
                } else if spaced && !punctuation::ends_line(c) && self.title_ends(at) {
                    self.cuts.push(at);
                    self.title = None;
                }
            }
            if let Some(start) = self.title
                && (punctuation::in_sentence(c) || self.line[start..at].chars().nth(LONGEST_TITLE).is_some())
            {
                self.title = None;
            }
            if self.bracket.is_none()
                && let Some(closing) = punctuation::closing(c)
            {
                self.bracket = Some((at, closing));
            }
            if !c.is_whitespace() {
                sign = Some(c);
            }
            before = Some(c);
        }
    }

    /// Whether white space before this place ended a title, so that its text begins here. The words of
    /// `Cookie 技术` are parted by white space too.
    fn title_ends(&self, at: usize) -> bool {
        self.title.is_some_and(|start| at > start && !self.line[start..at].is_ascii())
    }

    /// Whether a number at this place heads something: it goes on with an open list, or begins one.
    fn accepts(&self, marker: &Marker, at: usize, apart: bool) -> bool {
        let rest = &self.line[at + marker.length..];
        if rest.starts_with(|c: char| punctuation::ends_line(c) || punctuation::is_closing(c)) {
            return false;
        }
        let goes_on = self.open.iter().any(|open| marker.follows(open));
        let begins = marker.number() == 1 && self.has_parents(marker);
        if !apart {
            // Within a title only what is unmistakable: `…联系我们一、…`, `…功能1. …`.
            let spaced = self.line[..at + marker.length].ends_with(' ');
            return match marker.style {
                Style::Numeral | Style::NumeralInBrackets => goes_on || begins,
                Style::Dotted(_) => (goes_on || begins) && spaced,
                _ => false,
            };
        }
        match marker.style {
            Style::Bullet(sign) => !sign.is_ascii() && !matches!(sign, '·' | '–' | '—' | '※'),
            _ => goes_on || begins,
        }
    }

    /// Whether `1.2` is open for a `1.2.1`.
    fn has_parents(&self, marker: &Marker) -> bool {
        let parents = marker.parents();
        parents.is_empty()
            || self.open.iter().any(|open| open.parts() == parents)
            || !self.open.iter().any(|open| matches!(open.style, Style::Dotted(_) | Style::Digits))
    }

    fn enter(&mut self, marker: Marker) {
        let same = self.open.iter().rposition(|open| marker.follows(open));
        let same = same.or_else(|| self.open.iter().position(|open| open.style == marker.style));
        match same {
            Some(index) => self.open.truncate(index),
            None if matches!(marker.style, Style::Numeral | Style::Ordinal(_)) => self.open.clear(),
            None => {}
        }
        self.open.push(marker);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::sample;

    fn pieces(line: &str) -> Vec<&str> {
        split(line, &sample::structure()).into_iter().map(|span| span.trim(line).of(line)).collect()
    }

    #[test]
    fn a_policy_on_one_line_is_cut_at_its_heads() {
        let line = "某某隐私政策\t更新日期：今天 您将了解： 一、收集 二、联系我们一、收集 为了服务您，我们收集信息。 \
                    （一）功能1. 账号 1.1 注册 您需要提供手机号。 我们不会公开。1.2 登录：当您登录时，我们记录日志。2. 搜索 \
                    我们记录关键词，包括：（1）文本；（2）语音（如1、2、3）。二、联系我们 请来信。";
        assert_eq!(
            pieces(line),
            [
                "某某隐私政策",
                "更新日期：今天 您将了解：",
                "一、收集",
                "二、联系我们",
                "一、收集",
                "为了服务您，我们收集信息。",
                "（一）功能",
                "1. 账号",
                "1.1 注册",
                "您需要提供手机号。",
                "我们不会公开。",
                "1.2 登录：当您登录时，我们记录日志。",
                "2. 搜索",
                "我们记录关键词，包括：",
                "（1）文本；",
                "（2）语音（如1、2、3）。",
                "二、联系我们",
                "请来信。"
            ]
        );
    }
}
