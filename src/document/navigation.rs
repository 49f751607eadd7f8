//! Ways through a document.

use super::{Document, Paragraph, ParagraphId, Section, SectionId, SectionKind, Sentence, SentenceId};
use crate::span::Span;

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

    /// The sentences that share a byte with `span`, in reading order.
    pub fn sentences_in(&self, span: Span) -> &[Sentence] {
        let first = self.sentences.partition_point(|sentence| sentence.span.end <= span.start);
        let after = self.sentences.partition_point(|sentence| sentence.span.start < span.end);
        &self.sentences[first..after.max(first)]
    }

    /// The sentence a position of the prose stands in.
    pub fn sentence_at(&self, position: usize) -> Option<SentenceId> {
        let index = self.sentences.partition_point(|sentence| sentence.span.end() <= position);
        let sentence = self.sentences.get(index)?;
        (sentence.span.start() <= position).then_some(SentenceId(index as u32))
    }

    /// The paragraph a position of the prose stands in.
    pub fn paragraph_at(&self, position: usize) -> Option<ParagraphId> {
        let index = self.paragraphs.partition_point(|paragraph| paragraph.span.end() <= position);
        let paragraph = self.paragraphs.get(index)?;
        (paragraph.span.start() <= position).then_some(ParagraphId(index as u32))
    }

    /// The section and those around it, from the innermost to the root.
    pub fn ancestors(&self, id: SectionId) -> impl Iterator<Item = SectionId> {
        std::iter::successors(Some(id), |id| self.section(*id).parent)
    }

    /// The titles from the outermost section to this one; sections without a title are left out.
    pub fn section_path(&self, id: SectionId) -> Vec<&str> {
        let mut path: Vec<&str> = self
            .ancestors(id)
            .filter_map(|id| self.section(id).heading)
            .map(|span| self.text(span))
            .collect();
        path.reverse();
        path
    }

    /// The paragraphs that stand directly in the section before its first subsection, its heading
    /// included.
    pub fn lead_ins(&self, id: SectionId) -> impl Iterator<Item = ParagraphId> {
        let start = self.section(id).span.start;
        let first = self.paragraphs.partition_point(|paragraph| paragraph.span.end <= start);
        (first..self.paragraphs.len())
            .take_while(move |index| self.paragraphs[*index].section == id)
            .map(|index| ParagraphId(index as u32))
    }

    /// The innermost section the paragraph stands in.
    pub fn item_of(&self, id: ParagraphId) -> SectionId {
        self.paragraph(id).section
    }

    /// The nearest chapter: the section itself or one around it, else the root.
    pub fn chapter_of(&self, id: SectionId) -> SectionId {
        self.ancestors(id).find(|id| self.section(*id).kind == SectionKind::Chapter).unwrap_or(SectionId(0))
    }
}
