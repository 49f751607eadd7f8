//! Ways through a document.

use super::{
    Document, Paragraph, ParagraphId, ParagraphKind, Section, SectionId, SectionKind, Sentence, SentenceId,
    punctuation,
};
use crate::span::Span;

/// The longest number of a title, in bytes.
const LONGEST_NUMBER: u32 = 24;

impl Document {
    pub fn section(&self, id: SectionId) -> &Section {
        &self.sections[id.0 as usize]
    }

    pub fn paragraph(&self, id: ParagraphId) -> &Paragraph {
        &self.paragraphs[id.0 as usize]
    }

    pub fn sentence(&self, id: SentenceId) -> &Sentence {
        &self.sentences[id.0 as usize]
    }

    pub fn text(&self, span: Span) -> &str {
        span.of(self.prose.text())
    }

    /// The index of the sentence that holds the byte `at`, else of the next one.
    pub fn sentence_from(&self, at: u32) -> usize {
        self.sentences.partition_point(|sentence| sentence.span.end <= at)
    }

    /// The clauses that hold these words, inside one sentence, without the punctuation behind the last.
    pub fn clauses_around(&self, words: Span) -> Span {
        let Some(sentence) = self.sentences.get(self.sentence_from(words.start)) else { return words };
        let last = words.end.saturating_sub(1).max(words.start);
        if last >= sentence.span.end {
            return words;
        }
        let hull = sentence.clause_at(words.start).hull(sentence.clause_at(last));
        let kept =
            self.text(hull).trim_end_matches(|c: char| c.is_whitespace() || punctuation::in_sentence(c));
        Span::new(hull.start(), hull.start() + kept.len()).hull(words)
    }

    /// Whether it has a table of a header and at least one more row.
    pub fn has_table(&self) -> bool {
        self.paragraphs
            .iter()
            .any(|paragraph| matches!(paragraph.kind, ParagraphKind::Cell(cell) if cell.row > 0))
    }

    /// The section and those around it, from the innermost to the root.
    pub fn ancestors(&self, id: SectionId) -> impl Iterator<Item = SectionId> {
        std::iter::successors(Some(id), |id| self.section(*id).parent)
    }

    /// The titles from the outermost section to this one, with their numbers; sections without a title
    /// are left out.
    pub fn section_path(&self, id: SectionId) -> Vec<&str> {
        let mut path: Vec<&str> = self.ancestors(id).filter_map(|id| self.title(id)).collect();
        path.reverse();
        path
    }

    /// The title as it stands: 一、我们如何收集…….
    pub fn title(&self, id: SectionId) -> Option<&str> {
        let section = self.section(id);
        let heading = section.heading?;
        let numbered = Span { start: section.span.start.min(heading.start), end: heading.end };
        // Nothing but a number stands before a title; anything longer is text.
        let title = if heading.start - numbered.start <= LONGEST_NUMBER { numbered } else { heading };
        Some(self.text(title).trim())
    }

    /// The nearest chapter: the section itself or one around it, else the root.
    pub fn chapter_of(&self, id: SectionId) -> SectionId {
        self.ancestors(id).find(|id| self.section(*id).kind == SectionKind::Chapter).unwrap_or(SectionId(0))
    }
}

impl Sentence {
    /// The clause that holds the byte `at`; the sentence where none does.
    pub fn clause_at(&self, at: u32) -> Span {
        let index = self.clauses.partition_point(|clause| clause.end <= at);
        self.clauses.get(index).copied().unwrap_or(self.span)
    }
}
