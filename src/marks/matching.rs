//! Looks patterns up among the hits of the one scan.

use super::hits::Hits;
use super::known::is_of_sentences;
use crate::document::Document;
use crate::knowledge::Knowledge;
use crate::knowledge::expressions::ExpressionId;
use crate::knowledge::pattern::{Near, Pattern, SetId};
use crate::span::Span;
use std::cmp::Reverse;

/// Pattern look-up over one document.
///
/// What matches in whole sentences is worked out once for the document. Only a part of a sentence, in which less may
/// match or something else, is gone through when asked for.
#[derive(Clone, Copy, Debug)]
pub struct Matcher<'a> {
    pub knowledge: &'a Knowledge,
    pub document: &'a Document,
    pub hits: &'a Hits,
}

impl<'a> Matcher<'a> {
    /// Whether one of `patterns` matches inside `span`.
    pub fn any(&self, patterns: &[Pattern], span: Span) -> bool {
        patterns.iter().any(|pattern| self.find(pattern, span).is_some())
    }

    /// Whether a member of a set matches inside `span`.
    pub fn any_of(&self, id: SetId, span: Span) -> bool {
        if self.is_known(id, span) {
            return self.set(id).is_within(span);
        }
        self.find(&Pattern::Set(id), span).is_some()
    }

    /// The match of a member of a set that `fits` and stands first, of those that start at one place the longest.
    pub fn first_of(&self, id: SetId, span: Span, fits: impl Fn(Span) -> bool) -> Option<Span> {
        if self.is_known(id, span) {
            return self.set(id).within(span).find(|hit| fits(*hit));
        }
        let set = &self.knowledge.sets[id.0 as usize];
        set.any
            .iter()
            .filter_map(|member| self.first(member, span, &fits))
            .min_by_key(|hit| (hit.start, Reverse(hit.end)))
    }

    /// The first match of `pattern` inside `span` that `fits`.
    pub fn first(&self, pattern: &Pattern, span: Span, fits: impl Fn(Span) -> bool) -> Option<Span> {
        let mut found = None;
        self.each(pattern, span, &mut |hit| {
            let fits = fits(hit);
            found = fits.then_some(hit);
            !fits
        });
        found
    }

    /// The first match of `pattern` inside `span`.
    pub fn find(&self, pattern: &Pattern, span: Span) -> Option<Span> {
        self.first(pattern, span, |_| true)
    }

    /// Where in the document a member of a set matches, in reading order.
    pub fn places_of(&self, id: SetId) -> &'a [Span] {
        self.set(id).all()
    }

    /// Hands the matches inside `span` to `found` until it says `false`.
    ///
    /// Those inside whole sentences come in reading order; in a part of one, those of a set one member after the other.
    pub fn each(&self, pattern: &Pattern, span: Span, found: &mut dyn FnMut(Span) -> bool) -> bool {
        match pattern {
            Pattern::Literal(literal) => self.hits.of(*literal, span).all(found),
            Pattern::Amount { units, over, at_most } => self
                .hits
                .amounts_in(span)
                .filter(|amount| {
                    units.contains(&amount.unit)
                        && over.is_none_or(|over| amount.value > over)
                        && at_most.is_none_or(|most| amount.value <= most)
                })
                .all(|amount| found(amount.span)),
            Pattern::Set(id) if self.is_known(*id, span) => self.set(*id).within(span).all(found),
            Pattern::Set(id) => self.members(*id, span).all(|member| self.each(member, span, found)),
            Pattern::Near(id) if is_of_sentences(self.document, span) => {
                self.near(*id).within(span).all(found)
            }
            Pattern::Near(id) => self.each_near(&self.knowledge.nears[id.0 as usize], span, found),
            Pattern::Expression(id) if is_of_sentences(self.document, span) => {
                self.expression(*id).within(span).all(found)
            }
            Pattern::Expression(id) => self.sentences(span).all(|part| self.each_of_part(*id, part, found)),
        }
    }

    /// Whether it is known which members of a set match inside `span`.
    fn is_known(&self, id: SetId, span: Span) -> bool {
        self.knowledge.sets[id.0 as usize].of_literals || is_of_sentences(self.document, span)
    }

    /// The members of a set, without its literals where none of these stands inside `span`.
    fn members(&self, id: SetId, span: Span) -> impl Iterator<Item = &'a Pattern> + use<'a> {
        let all = self.has_literal(id, span);
        let members = self.knowledge.sets[id.0 as usize].any.iter();
        members.filter(move |member| all || !matches!(member, Pattern::Literal(_)))
    }

    fn each_near(&self, near: &Near, span: Span, found: &mut dyn FnMut(Span) -> bool) -> bool {
        let Some((first, rest)) = near.parts.split_first() else { return true };
        // Mostly a part is missing, which is cheaper to learn than where the others are.
        if !rest.iter().all(|part| self.may_stand(part, span)) {
            return true;
        }
        self.each(first, span, &mut |anchor| match self.reach(anchor, rest, near.gap, near.ordered, span) {
            Some(hull) => found(hull),
            None => true,
        })
    }

    /// The matches of an expression in a part of a sentence.
    fn each_of_part(&self, id: ExpressionId, part: Span, found: &mut dyn FnMut(Span) -> bool) -> bool {
        let expression = self.knowledge.expressions.get(id);
        // Where nothing matches in the whole sentence, nothing does in a part, unless the part has another start or end.
        if !expression.looks && !self.stands_around(id, part) {
            return true;
        }
        let windows = self.windows_inside(expression, part);
        let start = part.start();
        expression.each(self.document.text(part), &windows, |hit| {
            found(Span::new(start + hit.start, start + hit.end))
        })
    }

    /// Whether an expression matches in the sentence of which `part` is a part.
    fn stands_around(&self, id: ExpressionId, part: Span) -> bool {
        let at = self.document.sentence_from(part.start);
        let sentence = self.document.sentences.get(at).map_or(part, |sentence| sentence.span);
        self.expression(id).is_within(sentence)
    }

    /// Whether a pattern may match inside `span`, as far as literals tell.
    fn may_stand(&self, pattern: &Pattern, span: Span) -> bool {
        match pattern {
            Pattern::Literal(literal) => self.hits.is_in(*literal, span),
            Pattern::Set(id) if self.is_known(*id, span) => self.set(*id).is_within(span),
            Pattern::Set(id) => self.members(*id, span).any(|member| self.may_stand(member, span)),
            Pattern::Near(id) => {
                self.knowledge.nears[id.0 as usize].parts.iter().all(|part| self.may_stand(part, span))
            }
            Pattern::Amount { .. } | Pattern::Expression(_) => true,
        }
    }

    /// The hull of `anchor` and the nearest match of each of `rest` in its sentence.
    pub(super) fn reach(
        &self,
        anchor: Span,
        rest: &[Pattern],
        gap: u32,
        ordered: bool,
        span: Span,
    ) -> Option<Span> {
        let at = self.document.sentence_from(anchor.start);
        let sentence = self.document.sentences.get(at).map_or(span, |sentence| sentence.span);
        let scope = Span { start: sentence.start.max(span.start), end: sentence.end.min(span.end) };
        let mut hull = anchor;
        for part in rest {
            let window =
                if ordered { Span { start: hull.end.min(scope.end), end: scope.end } } else { scope };
            hull = hull.hull(self.nearest(part, hull, window, gap)?);
        }
        Some(hull)
    }

    /// The match of `part` inside `window` that is nearest to `hull`, of equally near ones the first; `None` if there
    /// are more than `gap` characters between.
    fn nearest(&self, part: &Pattern, hull: Span, window: Span, gap: u32) -> Option<Span> {
        let mut best: Option<(usize, Span)> = None;
        self.each(part, window, &mut |hit| {
            let between = if hit.start >= hull.end {
                Span { start: hull.end, end: hit.start }
            } else if hit.end <= hull.start {
                Span { start: hit.end, end: hull.start }
            } else {
                Span { start: hit.start, end: hit.start }
            };
            // No character is longer than four bytes.
            if between.len() <= 4 * gap as usize {
                let distance = self.document.text(between).chars().count();
                if distance <= gap as usize && best.is_none_or(|(least, _)| distance < least) {
                    best = Some((distance, hit));
                }
            }
            true
        });
        best.map(|(.., hit)| hit)
    }

    /// The parts of `span` that lie in one sentence each.
    fn sentences(&self, span: Span) -> impl Iterator<Item = Span> + 'a {
        self.document.sentences[self.document.sentence_from(span.start)..]
            .iter()
            .take_while(move |sentence| sentence.span.start < span.end || sentence.span.start == span.start)
            .map(move |sentence| Span {
                start: sentence.span.start.max(span.start),
                end: sentence.span.end.min(span.end),
            })
    }
}
