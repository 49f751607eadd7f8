//! Sentences and their clauses.

use super::figures::is_beside_figure;
use super::{Paragraph, ParagraphId, Sentence, punctuation};
use crate::span::Span;

/// A sentence does not end inside brackets or quotation marks, unless they hold more characters.
const LONGEST_BRACKET: usize = 400;

/// A longer sentence, in bytes, is cut at a comma: nobody writes such, and what is read out of a sentence
/// may cost the square of its length.
const LONGEST_SENTENCE: usize = 8 * 1024;

/// The sentences of all paragraphs, with their clauses.
pub(super) fn split(text: &str, paragraphs: &[Paragraph]) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    for (index, paragraph) in paragraphs.iter().enumerate() {
        for span in sentences_of(text, paragraph.span) {
            let clauses = clauses_of(text, span);
            sentences.push(Sentence { span, paragraph: ParagraphId(index as u32), clauses });
        }
    }
    sentences
}

/// The sentences of a paragraph. White space between two belongs to neither.
fn sentences_of(text: &str, paragraph: Span) -> Vec<Span> {
    let inner = paragraph.of(text);
    let closes = Brackets::of(inner, LONGEST_BRACKET);
    let mut cuts = Vec::new();
    let mut depth = Depth::default();
    let mut signs = inner.char_indices().peekable();
    let mut start = 0;
    let mut comma = None;
    while let Some((at, c)) = signs.next() {
        depth.pass(&closes, at);
        let end = at + c.len_utf8();
        if end - start > LONGEST_SENTENCE {
            let cut = comma.take().unwrap_or(end);
            cuts.push(cut);
            start = cut;
        }
        if matches!(c, '；' | ';' | '，' | ',' | '、') {
            comma = Some(end);
        }
        if !punctuation::ends_sentence(c) || depth.is_inside() {
            continue;
        }
        let next = signs.peek().map(|(_, next)| *next);
        // `?` and `!` in addresses.
        if c.is_ascii() && next.is_some_and(|n| n.is_ascii_alphanumeric()) {
            continue;
        }
        let mut cut = end;
        while let Some((at, c)) = signs
            .next_if(|(_, c)| punctuation::ends_sentence(*c) || punctuation::is_closing(*c) || *c == '；')
        {
            depth.pass(&closes, at);
            cut = at + c.len_utf8();
        }
        cuts.push(cut);
        start = cut;
        comma = None;
    }
    cuts.push(inner.len());
    let mut from = 0;
    let mut spans = Vec::with_capacity(cuts.len());
    for cut in cuts {
        let span = Span::new(paragraph.start() + from, paragraph.start() + cut).trim(text);
        if !span.is_empty() {
            spans.push(span);
        }
        from = cut;
    }
    spans
}

/// The clauses of a sentence; each has the punctuation behind it.
fn clauses_of(text: &str, sentence: Span) -> Vec<Span> {
    let inner = sentence.of(text);
    let closes = Brackets::of(inner, usize::MAX);
    let mut depth = Depth::default();
    let mut clauses = Vec::new();
    let mut from = 0;
    let mut signs = inner.char_indices().peekable();
    while let Some((at, c)) = signs.next() {
        depth.pass(&closes, at);
        let next = signs.peek().map(|(_, next)| *next);
        let splits = match c {
            '，' | '；' | '：' => true,
            // Not in `1,000`, `10:30` or `https://`.
            ',' | ';' | ':' => {
                let goes_on = next.is_some_and(|n| n.is_ascii_alphanumeric() || n == '/');
                !(goes_on || (c == ',' && is_beside_figure(inner, at)))
            }
            _ => false,
        };
        let end = at + c.len_utf8();
        if splits && !depth.is_inside() && next.is_some() {
            clauses.push(Span::new(sentence.start() + from, sentence.start() + end));
            from = end;
        }
    }
    clauses.push(Span::new(sentence.start() + from, sentence.end()));
    clauses
}

/// The brackets of a text that have a partner: where each opens and closes, in order of opening.
struct Brackets {
    pairs: Vec<(usize, usize)>,
}

impl Brackets {
    /// The outermost pairs that hold no more than `longest` characters.
    fn of(text: &str, longest: usize) -> Self {
        let mut open: Vec<(char, usize, usize)> = Vec::new();
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for (count, (at, c)) in text.char_indices().enumerate() {
            if let Some(closing) = punctuation::closing(c) {
                open.push((closing, at, count));
            } else if punctuation::is_closing(c) {
                // Brackets that were not closed do not hide the one that is; a stray one closes nothing.
                // Only a few are looked at, so that thousands of open ones cost no more than one.
                let near = open.len().saturating_sub(8);
                if let Some(index) =
                    open[near..].iter().rposition(|(closing, ..)| punctuation::closes(c, *closing))
                {
                    let (_, start, opened) = open[near + index];
                    open.truncate(near + index);
                    if count - opened <= longest {
                        while pairs.last().is_some_and(|(from, _)| *from > start) {
                            pairs.pop();
                        }
                        pairs.push((start, at));
                    }
                }
            }
        }
        Self { pairs }
    }
}

/// Whether a walk through a text is inside brackets.
#[derive(Default)]
struct Depth {
    next: usize,
    closing: Option<usize>,
}

impl Depth {
    fn pass(&mut self, brackets: &Brackets, at: usize) {
        if self.closing.is_some_and(|closing| at >= closing) {
            self.closing = None;
        }
        if let Some((opening, closing)) = brackets.pairs.get(self.next)
            && at >= *opening
        {
            self.closing = Some(*closing);
            self.next += 1;
        }
    }

    fn is_inside(&self) -> bool {
        self.closing.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(text: &str) -> Vec<&str> {
        sentences_of(text, Span::new(0, text.len())).into_iter().map(|span| span.of(text)).collect()
    }

    fn clauses(text: &str) -> Vec<&str> {
        clauses_of(text, Span::new(0, text.len())).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn a_sentence_ends_with_its_closing_marks() {
        assert_eq!(
            sentences("我们说：“好。”您同意吗？ 是！！好"),
            ["我们说：“好。”您同意吗？", "是！！", "好"]
        );
        assert_eq!(sentences("第一；第二；第三。"), ["第一；第二；第三。"]);
        assert_eq!(sentences("见https://a.cn/?b=1。完"), ["见https://a.cn/?b=1。", "完"]);
    }

    #[test]
    fn a_sentence_does_not_end_inside_brackets() {
        assert_eq!(sentences("我们收集（见下文。谢谢）信息。完"), ["我们收集（见下文。谢谢）信息。", "完"]);
        assert_eq!(sentences("没有关上（的括号。完"), ["没有关上（的括号。", "完"]);
        let long = format!("（{}。{}）。完", "字".repeat(300), "字".repeat(300));
        assert_eq!(sentences(&long).len(), 3);
    }

    #[test]
    fn clauses_cover_the_sentence() {
        assert_eq!(
            clauses("为了服务，我们收集信息（姓名，电话）：手机，邮箱；1,000条。"),
            ["为了服务，", "我们收集信息（姓名，电话）：", "手机，", "邮箱；", "1,000条。"]
        );
        assert_eq!(clauses("时间10:30（没关上，完"), ["时间10:30（没关上，", "完"]);
    }

    #[test]
    fn a_giant_sentence_is_cut_at_a_comma() {
        let text = "我们收集信息，".repeat(10_000);
        let found = sentences(&text);
        assert!(found.len() >= 3);
        assert!(found.iter().all(|s| s.len() <= LONGEST_SENTENCE + 4 && s.ends_with('，')));
    }
}
