//! Where a finding points.

use super::condition::Subject;
use super::judge::Judging;
use super::title;
use crate::knowledge::kinds::{PartRole, Point};
use crate::practices::{DataItem, Practice};
use crate::span::Span;

/// Hulls longer than this are underlined item by item.
const LONGEST_HULL: usize = 180;

impl<'a> Judging<'a> {
    /// The words of a practice from its first to its last data item or action, inside its sentence.
    pub(super) fn statement(&self, file: usize, practice: &Practice) -> Span {
        let sentence = self.policy.files[file].document.sentence(practice.sentence).span;
        let action = practice.action.map(|action| action.span);
        let spans = action.into_iter().chain(practice.data.iter().map(|item| item.span));
        let own = spans.filter(|span| sentence.contains(*span));
        own.reduce(Span::hull).filter(|hull| hull.len() <= LONGEST_HULL).or(action).unwrap_or(sentence)
    }

    /// What is underlined; `None` where the subject has no words to point at.
    pub(super) fn focus(
        &self,
        subject: &Subject<'a>,
        point: Point,
        items: &[&DataItem],
        at: Option<Span>,
    ) -> Option<Span> {
        self.spot(subject, point, items, at)
            .or_else(|| self.spot(subject, Point::Match, items, at))
            .or_else(|| self.spot(subject, Point::Action, items, at))
            .or_else(|| self.spot(subject, Point::Sentence, items, at))
    }

    /// The words at a point of the subject, when it has such.
    pub(super) fn spot(
        &self,
        subject: &Subject<'a>,
        point: Point,
        items: &[&DataItem],
        at: Option<Span>,
    ) -> Option<Span> {
        let part = |role: PartRole| {
            subject.practice.and_then(|practice| practice.parts(role).next()).map(|p| p.span)
        };
        let trimmed = |span: Span| {
            let prose = subject.analysis().document.prose.text();
            let span = span.trim(prose);
            (!span.is_empty()).then_some(span)
        };
        match point {
            Point::Data => {
                let hull = items.iter().map(|item| item.span).reduce(Span::hull)?;
                if hull.len() <= LONGEST_HULL { Some(hull) } else { items.first().map(|item| item.span) }
            }
            Point::Action => subject.practice.and_then(|practice| practice.action).map(|action| action.span),
            Point::Actor => subject.practice.and_then(|practice| practice.actor).map(|actor| actor.span),
            Point::Purpose => part(PartRole::Purpose),
            Point::Condition => part(PartRole::Condition),
            Point::Recipient => part(PartRole::Recipient),
            Point::Consent => part(PartRole::Consent),
            Point::Refusal => part(PartRole::Refusal),
            Point::Retention => part(PartRole::Retention),
            Point::Entry => subject.entry.map(|entry| entry.name),
            Point::Match => at.and_then(trimmed),
            Point::Clause => at.map(|at| subject.analysis().document.clauses_around(at)).and_then(trimmed),
            Point::Sentence => {
                let sentence = subject.sentence?;
                trimmed(subject.analysis().document.sentence(sentence).span)
            }
            Point::Heading => Some(self.heading(subject)),
        }
    }

    /// The heading an absence is reported at: that of the subject's section, else of the first section on
    /// one of the rule's topics, else what stands for the whole.
    pub(super) fn heading(&self, subject: &Subject<'a>) -> Span {
        let document = &subject.analysis().document;
        let topics = &subject.analysis().marks.topics;
        let own = subject.section.or_else(|| self.rule.anchor.iter().find_map(|topic| topics.first(*topic)));
        let heading = own.and_then(|id| document.section(id).heading);
        let whole = || title::of_whole(document, &self.policy.knowledge.structure);
        heading.or_else(whole).unwrap_or_default()
    }

    pub(super) fn sentence_around(&self, subject: &Subject<'a>, focus: Span) -> Span {
        let document = &subject.analysis().document;
        let at = document.sentence_from(focus.start);
        let sentence = document.sentences.get(at).map_or(focus, |sentence| sentence.span);
        sentence.hull(focus)
    }
}
