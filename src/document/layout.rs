//! From the lines of a draft to paragraphs: wrapped lines are joined, giant lines are split.

use super::comments::{self, Comment};
use super::draft::{Block, Draft, Finished, Line, Parting};
use super::numbering::Marker;
use super::wrapping::Wrapping;
use super::{Annotation, Attribute, Prose, ProseBuilder, Slip, run_in};
use crate::knowledge::structure::Structure;
use crate::source::Format;
use crate::span::Span;

/// The prose in paragraphs, before it has sections.
#[derive(Debug)]
pub(super) struct Laid {
    pub(super) prose: Prose,
    pub(super) blocks: Vec<LaidBlock>,
    pub(super) attributes: Vec<(Span, Attribute)>,
    pub(super) annotations: Vec<Annotation>,
    pub(super) slips: Vec<Slip>,
    pub(super) comments: Vec<Comment>,
}

/// A paragraph that has no section yet.
#[derive(Clone, Copy, Debug)]
pub(super) struct LaidBlock {
    pub(super) span: Span,
    pub(super) block: Block,
}

pub(super) fn lay(draft: Draft, format: Format, structure: &Structure) -> Laid {
    let draft = draft.finish();
    let wrapping = Wrapping::of(&draft, format);
    let mut layer =
        Layer { draft: &draft, out: ProseBuilder::default(), blocks: Vec::new(), moves: Vec::new() };
    let mut start = 0;
    while start < draft.lines.len() {
        let mut end = start + 1;
        while end < draft.lines.len() && joins(&draft, start, end, &wrapping, structure) {
            end += 1;
        }
        layer.paragraph(&draft.lines[start..end], structure);
        start = end;
    }
    let Layer { out, blocks, moves, .. } = layer;
    let mut attributes: Vec<_> =
        draft.attributes.iter().filter_map(|(span, a)| Some((moved(&moves, *span)?, a.clone()))).collect();
    attributes.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    let mut annotations: Vec<_> = draft
        .annotations
        .iter()
        .filter_map(|a| Some(Annotation { span: moved(&moves, a.span)?, ..*a }))
        .collect();
    annotations.sort_by_key(|a| (a.span.start, std::cmp::Reverse(a.span.end)));
    let comments = draft
        .comments
        .iter()
        .map(|noted| Comment {
            at: noted.at,
            text: noted.text,
            behind: moved_point(&moves, noted.position, out.position()) as u32,
            block: comments::block(&draft, noted).and_then(|block| moved(&moves, block)),
        })
        .collect();
    Laid { prose: out.finish(), blocks, attributes, annotations, slips: draft.slips, comments }
}

/// Whether line `next` goes on with the paragraph that begins at line `first`.
fn joins(draft: &Finished, first: usize, next: usize, wrapping: &Wrapping, structure: &Structure) -> bool {
    let (before, line) = (&draft.lines[next - 1], &draft.lines[next]);
    if line.parting != Parting::Wrap {
        return false;
    }
    match (draft.lines[first].block, line.block) {
        (Block::Text { depth, .. }, Block::Text { depth: here, opens: false }) if depth == here => {}
        (a, b) => return a == b && !matches!(a, Block::Text { .. }),
    }
    let text = draft.prose.text();
    let (a, b) = (before.span.of(text), line.span.of(text));
    if Marker::read(b, structure).is_some() {
        return false;
    }
    // A number alone on its line belongs to what comes next.
    if Marker::read(a, structure).is_some_and(|marker| marker.length == a.len()) {
        return true;
    }
    wrapping.continues(a, b, next - 1 == first, structure)
}

struct Layer<'a> {
    draft: &'a Finished,
    out: ProseBuilder,
    blocks: Vec<LaidBlock>,
    /// Which stretch of the draft went where in the prose, in order of both.
    moves: Vec<(Span, usize)>,
}

impl Layer<'_> {
    fn paragraph(&mut self, lines: &[Line], structure: &Structure) {
        let text = self.draft.prose.text();
        let block = lines[0].block;
        if let [line] = lines
            && matches!(block, Block::Text { .. })
            && line.span.len() >= run_in::GIANT
        {
            for piece in run_in::split(line.span.of(text), structure) {
                let base = line.span.start();
                let piece = Span::new(base + piece.start(), base + piece.end()).trim(text);
                if !piece.is_empty() {
                    self.begin(piece);
                    self.copy(piece, block);
                }
            }
            return;
        }
        self.begin(lines[0].span);
        let start = self.out.position();
        for (index, line) in lines.iter().enumerate() {
            if index > 0 {
                let separator = joint(lines[index - 1].span.of(text), line.span.of(text), structure);
                let at =
                    self.draft.prose.to_file(Span { start: line.span.start, end: line.span.start }).start;
                self.out.push_separator(separator, at);
            }
            self.take(line.span);
        }
        self.blocks.push(LaidBlock { span: Span::new(start, self.out.position()), block });
    }

    /// Parts the paragraph to come from the one before.
    fn begin(&mut self, next: Span) {
        if self.out.position() > 0 {
            let at = self.draft.prose.to_file(Span { start: next.start, end: next.start }).start;
            self.out.push_separator("\n", at);
        }
    }

    fn copy(&mut self, span: Span, block: Block) {
        let start = self.out.position();
        self.take(span);
        self.blocks.push(LaidBlock { span: Span::new(start, self.out.position()), block });
    }

    fn take(&mut self, span: Span) {
        self.moves.push((span, self.out.position()));
        self.out.push_prose(&self.draft.prose, span);
    }
}

/// What joins two lines: nothing between Chinese characters, a space between words.
fn joint(a: &str, b: &str, structure: &Structure) -> &'static str {
    let (Some(left), Some(right)) = (a.chars().next_back(), b.chars().next()) else { return "" };
    let words = left.is_ascii_alphanumeric() && right.is_ascii_alphanumeric()
        || matches!(left, ',' | '.' | ';' | ':') && right.is_ascii_alphanumeric();
    if words || Marker::read(a, structure).is_some_and(|marker| marker.length == a.len()) { " " } else { "" }
}

/// Where a span of the draft is in the prose; `None` when nothing of it is left.
fn moved(moves: &[(Span, usize)], span: Span) -> Option<Span> {
    let first = moves.partition_point(|(from, _)| from.end <= span.start);
    let after = moves.partition_point(|(from, _)| from.start < span.end);
    let (head, head_at) = moves.get(first)?;
    let (tail, tail_at) = moves.get(after.checked_sub(1)?)?;
    if after <= first {
        return None;
    }
    let start = head_at + span.start().max(head.start()) - head.start();
    let end = tail_at + span.end().min(tail.end()) - tail.start();
    (start < end).then(|| Span::new(start, end))
}

/// Where the prose goes on behind a position of the draft; `end` is its length.
fn moved_point(moves: &[(Span, usize)], position: usize, end: usize) -> usize {
    let next = moves.partition_point(|(from, _)| from.end() <= position);
    moves.get(next).map_or(end, |(from, at)| at + position.saturating_sub(from.start()))
}

impl Laid {
    pub(super) fn text(&self, index: usize) -> &str {
        self.blocks[index].span.of(self.prose.text())
    }
}
