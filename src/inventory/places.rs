//! The sentences of a document, for those who ask which part of it a span lies in.

use crate::document::{Document, SectionId};
use crate::span::Span;

/// The section that a span stands in.
pub(super) fn section_of(document: &Document, span: Span) -> SectionId {
    let at = document.sentence_from(span.start);
    let sentence = document.sentences.get(at).or(document.sentences.last());
    sentence.map_or(SectionId(0), |sentence| document.paragraph(sentence.paragraph).section)
}
