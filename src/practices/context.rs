//! A sentence with what is known around it.

use super::{DataItem, Part};
use crate::document::{Document, ParagraphKind, SentenceId};
use crate::knowledge::Knowledge;
use crate::knowledge::kinds::{Distance, PartRole};
use crate::marks::{Mark, MarkKind, Marks, Origin, SentenceMarks};
use crate::span::Span;

/// A sentence with what is known around it.
pub(super) struct Context<'a> {
    pub(super) document: &'a Document,
    pub(super) knowledge: &'a Knowledge,
    pub(super) marks: &'a Marks,
    pub(super) id: SentenceId,
    /// Only marks set by hand make practices here (headings, definitions, contact chapters).
    pub(super) silent: bool,
    /// The data of the practice before it in the paragraph, which 不会向第三方共享 without an object means.
    pub(super) data_before: &'a [DataItem],
}

impl<'a> Context<'a> {
    pub(super) fn sentence(&self) -> &'a SentenceMarks {
        &self.marks.sentences[self.id.0 as usize]
    }

    pub(super) fn span(&self) -> Span {
        self.document.sentence(self.id).span
    }

    pub(super) fn prose(&self) -> &'a str {
        self.document.prose.text()
    }

    /// The clause of the sentence that holds `at`.
    pub(super) fn clause(&self, at: Span) -> Span {
        self.document.sentence(self.id).clause_at(at.start)
    }

    pub(super) fn counts(&self, mark: &Mark) -> bool {
        !self.silent || mark.origin == Origin::Annotated
    }

    /// The stretches between semicolons, which have nothing to do with each other.
    pub(super) fn statements(&self) -> Vec<Span> {
        let mut statements = Vec::new();
        let mut start = self.span().start;
        for clause in &self.document.sentence(self.id).clauses {
            if self.document.text(*clause).trim_end().ends_with(['；', ';']) {
                statements.push(Span { start, end: clause.end });
                start = clause.end;
            }
        }
        if start < self.span().end {
            statements.push(Span { start, end: self.span().end });
        }
        statements
    }

    pub(super) fn item(&self, mark: &Mark) -> Option<DataItem> {
        DataItem::of(mark, &self.knowledge.lexicon)
    }

    /// Whether the sentence is a list of data without a verb: the data makes up most of its first clause.
    pub(super) fn is_list_item(&self) -> bool {
        let sentence = self.sentence();
        let first = self.document.paragraph(self.document.sentence(self.id).paragraph).span.start
            == self.span().start;
        let verb = |mark: &Mark| matches!(mark.kind, MarkKind::Action { .. });
        if !first || sentence.declares_sensitive.is_some() || sentence.marks.iter().any(verb) {
            return false;
        }
        let clause = self.clause(self.span());
        let data =
            self.data().filter(|mark| clause.contains(mark.span)).map(|mark| mark.span.len()).sum::<usize>();
        let words: usize =
            self.document.text(clause).chars().filter(|c| c.is_alphanumeric()).map(char::len_utf8).sum();
        2 * data >= words
    }

    /// Whether the sentence begins with words that open the members of a group, perhaps behind the group's name.
    pub(super) fn opens_members(&self) -> bool {
        let text = self.document.text(self.span());
        let group = self.data().next().filter(|mark| mark.span.start == self.span().start);
        let rest = group.map_or(text, |mark| &text[mark.span.len()..]);
        let opens =
            |text: &str| self.knowledge.lexicon.including.iter().any(|word| text.starts_with(word.as_str()));
        opens(rest.trim_start())
    }

    pub(super) fn is_cell(&self) -> bool {
        let paragraph = self.document.paragraph(self.document.sentence(self.id).paragraph);
        matches!(paragraph.kind, ParagraphKind::Cell(_))
    }

    /// Whether a negation of the clause governs the words at `span`; one inside the description of an object does
    /// not (将无法识别您的信息提供给……).
    pub(super) fn is_negated(&self, clause: Span, span: Span) -> bool {
        let Some(negation) = self.sentence().negation(clause, span) else { return false };
        let holds = |text: &str, words: &[String]| words.iter().any(|word| text.contains(word.as_str()));
        let lexicon = &self.knowledge.lexicon;
        let before = &self.prose()[clause.start()..negation.start()];
        let between = &self.prose()[negation.end()..span.start()];
        !(holds(before, &lexicon.object_markers) && holds(between, &lexicon.relatives))
    }

    /// Whether somebody is named in the clause whom data is passed on to.
    pub(super) fn names_recipient(&self, clause: Span) -> bool {
        self.sentence().parts().any(|(role, span)| role == PartRole::Recipient && clause.overlaps(span))
    }

    /// The parts of the whole sentence.
    pub(super) fn parts(&self) -> Vec<Part> {
        let part = |(role, span)| Part { role, span, distance: Distance::Sentence };
        self.sentence().parts().map(part).collect()
    }

    /// The data marks that may be objects, whatever the verb.
    pub(super) fn data(&self) -> impl Iterator<Item = &'a Mark> + '_ {
        self.sentence()
            .marks
            .iter()
            .filter(|mark| matches!(mark.kind, MarkKind::Data { .. }) && self.counts(mark))
    }
}
