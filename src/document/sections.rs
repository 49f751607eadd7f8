//! The tree of sections over the paragraphs.

use super::draft::Block;
use super::heads::{self, Head, Rank, Role};
use super::layout::Laid;
use super::numbering::Style;
use super::{Paragraph, ParagraphKind, Section, SectionId, SectionKind};
use crate::knowledge::structure::Structure;
use crate::span::Span;

/// Sections nest no deeper than this; what would be deeper becomes a sibling.
const DEEPEST: usize = 24;

/// Builds the sections, and the paragraphs with the section each stands in.
pub(super) fn build(laid: &Laid, structure: &Structure) -> (Vec<Section>, Vec<Paragraph>) {
    let heads = heads::find(laid, structure);
    let root = Section {
        parent: None,
        kind: SectionKind::Root,
        level: 0,
        heading: None,
        span: Span::new(0, laid.prose.text().len()),
    };
    let mut tree = Tree { sections: vec![root], open: Vec::new(), end: 0 };
    let mut paragraphs = Vec::with_capacity(laid.blocks.len());
    for (block, role) in laid.blocks.iter().zip(heads) {
        tree.leave_lists(block.block);
        match role {
            Role::Head(head) => tree.head(head, block.span),
            Role::Body => tree.body(block.block),
            Role::Listed => tree.listed(),
        }
        let kind = match (block.block, role) {
            (Block::Cell(place), _) => ParagraphKind::Cell(place),
            (_, Role::Head(Head { kind: SectionKind::Chapter, .. })) => ParagraphKind::Heading,
            _ => ParagraphKind::Text,
        };
        paragraphs.push(Paragraph { span: block.span, kind, section: tree.innermost() });
        tree.end = block.span.end();
    }
    tree.close(0);
    (tree.sections, paragraphs)
}

struct Tree {
    sections: Vec<Section>,
    /// From the outermost to the innermost; the root is not among them.
    open: Vec<Open>,
    /// Where the last paragraph ended.
    end: usize,
}

/// A section that is still open.
#[derive(Clone, Copy)]
struct Open {
    id: SectionId,
    kind: SectionKind,
    rank: Rank,
    /// An item that is one paragraph without a title, so far.
    single: bool,
    /// The item before it in the list was one paragraph.
    after_single: bool,
    /// It holds a table of contents and nothing behind it.
    lists: bool,
}

impl Tree {
    fn innermost(&self) -> SectionId {
        self.open.last().map_or(SectionId(0), |open| open.id)
    }

    /// Closes the open sections from `index` inwards.
    fn close(&mut self, index: usize) {
        for open in self.open.drain(index.min(self.open.len())..) {
            let section = &mut self.sections[open.id.0 as usize];
            section.span = Span::new(section.span.start(), self.end.max(section.span.start()));
        }
    }

    /// A table of contents has no chapters below it.
    fn listed(&mut self) {
        if let Some(last) = self.open.last_mut() {
            last.single = false;
            last.lists = matches!(last.rank, Rank::Marked(_) | Rank::Plain);
        }
    }

    /// Closes the marked-up lists that a paragraph is no longer part of.
    fn leave_lists(&mut self, block: Block) {
        if let Block::Text { depth, .. } = block {
            let below = |open: &Open| matches!(open.rank, Rank::Listed(d) if d > depth);
            if let Some(index) = self.open.iter().position(below) {
                self.close(index);
            }
        }
    }

    fn body(&mut self, block: Block) {
        // A list of single paragraphs is over when text without a number comes.
        if let Some(last) = self.open.last()
            && last.single
            && last.after_single
            && matches!(last.rank, Rank::Numbered(_))
            && matches!(block, Block::Text { depth: 0, .. })
        {
            self.close(self.open.len() - 1);
        }
        if let Some(last) = self.open.last_mut() {
            last.single = false;
            last.lists = false;
        }
    }

    fn head(&mut self, head: Head, span: Span) {
        if self.open.last().is_some_and(|last| last.lists) {
            self.close(self.open.len() - 1);
        }
        let place = self.place(head.rank);
        let after_single = self.open.get(place).is_some_and(|before| before.single);
        self.close(place.min(DEEPEST));
        if let Some(parent) = self.open.last_mut() {
            parent.single = false;
        }
        let parent = self.innermost();
        let id = SectionId(self.sections.len() as u32);
        let level = self.sections[parent.0 as usize].level.saturating_add(1);
        self.sections.push(Section {
            parent: Some(parent),
            kind: head.kind,
            level,
            heading: head.title,
            span,
        });
        let single = head.kind == SectionKind::Item && head.title.is_none();
        self.open.push(Open { id, kind: head.kind, rank: head.rank, single, after_single, lists: false });
    }

    /// How many of the open sections a new head leaves open.
    fn place(&self, rank: Rank) -> usize {
        let first = |test: &dyn Fn(&Open) -> bool| self.open.iter().position(test);
        let last = |test: &dyn Fn(&Open) -> bool| self.open.iter().rposition(test);
        // The items at the inner end.
        let chapters = || last(&|open| open.kind == SectionKind::Chapter).map_or(0, |index| index + 1);
        match rank {
            Rank::Title => 0,
            Rank::Marked(level) => {
                first(&|open| matches!(open.rank, Rank::Marked(l) if l >= level)).unwrap_or_else(chapters)
            }
            Rank::Listed(depth) => {
                first(&|open| matches!(open.rank, Rank::Listed(d) if d >= depth)).unwrap_or(self.open.len())
            }
            Rank::Plain => last(&|open| open.rank == Rank::Plain).unwrap_or_else(chapters),
            Rank::RunIn => last(&|open| open.rank == Rank::RunIn)
                .filter(|index| *index >= chapters())
                .unwrap_or_else(chapters),
            Rank::Numbered(marker) => {
                let number = |open: &Open| match open.rank {
                    Rank::Numbered(m) => Some(m),
                    _ => None,
                };
                if let Some(index) = last(&|open| number(open).is_some_and(|m| marker.follows(&m))) {
                    return index;
                }
                let style = marker.style;
                let same = match style {
                    // Of dotted numbers the outermost that is not above.
                    Style::Dotted(depth) => first(&|open| {
                        number(open).is_some_and(|m| matches!(m.style, Style::Dotted(d) if d >= depth))
                    }),
                    _ => last(&|open| number(open).is_some_and(|m| m.style == style)),
                };
                match (same, style) {
                    // A list that begins anew below a heading of another kind.
                    (Some(index), _)
                        if marker.number() <= 1
                            && !matches!(style, Style::Ordinal(_) | Style::Numeral)
                            && self.open[index + 1..].iter().any(|o| o.kind == SectionKind::Chapter) =>
                    {
                        self.open.len()
                    }
                    (Some(index), _) => index,
                    (None, Style::Ordinal(unit)) => first(&|open| match open.rank {
                        Rank::Numbered(m) => !matches!(m.style, Style::Ordinal(u) if u < unit),
                        Rank::Plain | Rank::RunIn | Rank::Listed(_) => true,
                        Rank::Title | Rank::Marked(_) => false,
                    })
                    .unwrap_or(self.open.len()),
                    (None, Style::Numeral) => first(&|open| match open.rank {
                        Rank::Numbered(m) => !matches!(m.style, Style::Ordinal(_)),
                        Rank::Plain | Rank::RunIn | Rank::Listed(_) => true,
                        Rank::Title | Rank::Marked(_) => false,
                    })
                    .unwrap_or(self.open.len()),
                    (None, Style::NumeralInBrackets) => first(&|open| match open.rank {
                        Rank::Numbered(m) => !matches!(m.style, Style::Ordinal(_) | Style::Numeral),
                        Rank::RunIn | Rank::Listed(_) => true,
                        Rank::Title | Rank::Marked(_) | Rank::Plain => false,
                    })
                    .unwrap_or(self.open.len()),
                    (None, Style::Dotted(depth)) if depth > 1 => {
                        let parent = last(&|open| {
                            number(open).is_some_and(|m| match m.style {
                                Style::Dotted(d) => d < depth,
                                Style::Digits => m.parts().first() == marker.parts().first(),
                                _ => false,
                            })
                        });
                        parent.map_or_else(chapters, |index| index + 1)
                    }
                    (None, _) => self.open.len(),
                }
            }
        }
    }
}
