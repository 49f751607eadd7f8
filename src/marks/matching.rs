//! Looks patterns up among the hits of the one scan.

use super::hits::Hits;
use crate::document::Document;
use crate::knowledge::Knowledge;
use crate::knowledge::pattern::Pattern;
use crate::span::Span;

/// Pattern look-up over one document.
#[derive(Clone, Copy, Debug)]
pub struct Matcher<'a> {
    pub knowledge: &'a Knowledge,
    pub document: &'a Document,
    pub hits: &'a Hits,
}

impl<'a> Matcher<'a> {
    /// The first match of any of `patterns` inside `span`, earliest start first.
    pub fn first(&self, patterns: &[Pattern], span: Span) -> Option<Span> {
        patterns.iter().filter_map(|pattern| self.find(pattern, span)).min()
    }

    /// Whether one of `patterns` matches inside `span`.
    pub fn any(&self, patterns: &[Pattern], span: Span) -> bool {
        patterns.iter().any(|pattern| self.find(pattern, span).is_some())
    }

    /// The first match of `pattern` inside `span`.
    pub fn find(&self, pattern: &Pattern, span: Span) -> Option<Span> {
        let mut found = None;
        self.each(pattern, span, &mut |hit| {
            found = Some(hit);
            false
        });
        found
    }

    /// Hands the matches inside `span` to `found` until it says `false`.
    ///
    /// Matches of one literal or regex come in reading order; those of a set, one member after the other.
    pub fn each(&self, pattern: &Pattern, span: Span, found: &mut dyn FnMut(Span) -> bool) -> bool {
        match pattern {
            Pattern::Literal(literal) => self.hits.of(*literal, span).all(found),
            Pattern::Any(any) => any.iter().all(|member| self.each(member, span, found)),
            Pattern::Set(id) => {
                let set = &self.knowledge.sets[id.0 as usize];
                match self.hits.without_literals(*id, set, span) {
                    Some(others) => {
                        others.iter().all(|member| self.each(&set.any[*member as usize], span, found))
                    }
                    None => set.any.iter().all(|member| self.each(member, span, found)),
                }
            }
            Pattern::Amount { units, over, at_most } => self
                .hits
                .amounts_in(span)
                .filter(|amount| {
                    units.contains(&amount.unit)
                        && over.is_none_or(|over| amount.value > over)
                        && at_most.is_none_or(|most| amount.value <= most)
                })
                .all(|amount| found(amount.span)),
            Pattern::Near { parts, gap, ordered } => {
                let Some((first, rest)) = parts.split_first() else { return true };
                // Mostly a part is missing, which is cheaper to learn than where the others are.
                if !rest.iter().all(|part| self.may_stand(part, span)) {
                    return true;
                }
                self.each(first, span, &mut |anchor| match self.near(anchor, rest, *gap, *ordered, span) {
                    Some(hull) => found(hull),
                    None => true,
                })
            }
            Pattern::Regex(at) => {
                let regex = &self.knowledge.regexes[*at as usize];
                self.sentences(span).all(|sentence| {
                    let text = self.document.text(sentence);
                    let may =
                        regex.may_match(text, |literal| self.hits.of(literal, sentence).next().is_some());
                    !may || regex
                        .find_iter(text)
                        .all(|hit| found(Span::new(sentence.start() + hit.start, sentence.start() + hit.end)))
                })
            }
        }
    }

    /// Whether a pattern may match inside `span`, as far as literals tell.
    fn may_stand(&self, pattern: &Pattern, span: Span) -> bool {
        match pattern {
            Pattern::Literal(literal) => self.hits.of(*literal, span).next().is_some(),
            Pattern::Any(any) => any.iter().any(|member| self.may_stand(member, span)),
            Pattern::Set(id) => {
                let set = &self.knowledge.sets[id.0 as usize];
                self.hits.without_literals(*id, set, span).is_none_or(|others| {
                    others.iter().any(|member| self.may_stand(&set.any[*member as usize], span))
                })
            }
            Pattern::Near { parts, .. } => parts.iter().all(|part| self.may_stand(part, span)),
            Pattern::Amount { .. } | Pattern::Regex(_) => true,
        }
    }

    /// The hull of `anchor` and the nearest match of each of `rest` in its sentence.
    fn near(&self, anchor: Span, rest: &[Pattern], gap: u32, ordered: bool, span: Span) -> Option<Span> {
        let at = self.document.sentence_from(anchor.start);
        let sentence = self.document.sentences.get(at).map_or(span, |sentence| sentence.span);
        let scope = Span { start: sentence.start.max(span.start), end: sentence.end.min(span.end) };
        let mut hull = anchor;
        for part in rest {
            let window =
                if ordered { Span { start: hull.end.min(scope.end), end: scope.end } } else { scope };
            let mut best: Option<(usize, Span)> = None;
            self.each(part, window, &mut |hit| {
                let between = if hit.start >= hull.end {
                    Span { start: hull.end, end: hit.start }
                } else if hit.end <= hull.start {
                    Span { start: hit.end, end: hull.start }
                } else {
                    Span { start: hit.start, end: hit.start }
                };
                let distance = self.document.text(between).chars().count();
                if best.is_none_or(|(least, _)| distance < least) {
                    best = Some((distance, hit));
                }
                true
            });
            match best {
                Some((distance, hit)) if distance <= gap as usize => hull = hull.hull(hit),
                _ => return None,
            }
        }
        Some(hull)
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
