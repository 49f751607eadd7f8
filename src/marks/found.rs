//! All matches of one pattern in a document.

use crate::span::Span;
use std::cmp::Reverse;

/// The matches of a pattern, in reading order, of those that start at one place the longer first. None is there twice.
#[derive(Debug, Default)]
pub(super) struct Found {
    matches: Box<[Span]>,
    /// From where to where they stand.
    hull: Span,
}

impl Found {
    pub(super) fn new(mut matches: Vec<Span>) -> Self {
        // It is made of a few runs that are sorted.
        matches.sort_by_key(|hit| (hit.start, Reverse(hit.end)));
        matches.dedup();
        let hull = matches.iter().copied().reduce(Span::hull).unwrap_or_default();
        Self { matches: matches.into(), hull }
    }

    pub(super) fn all(&self) -> &[Span] {
        &self.matches
    }

    /// The matches that start inside `span`.
    pub(super) fn starting(&self, span: Span) -> impl Iterator<Item = Span> + '_ {
        let from = self.matches.partition_point(|hit| hit.start < span.start);
        self.matches[from..].iter().copied().take_while(move |hit| hit.start < span.end)
    }

    /// The matches inside `span`.
    pub(super) fn within(&self, span: Span) -> impl Iterator<Item = Span> + '_ {
        self.starting(span).filter(move |hit| hit.end <= span.end)
    }

    pub(super) fn is_within(&self, span: Span) -> bool {
        if !span.overlaps(self.hull) {
            return false;
        }
        span.contains(self.hull) || self.within(span).next().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two words: the first stands at 10 and 30, the second at 5 and 10.
    fn found() -> Found {
        let places = [(10, 13), (30, 33), (5, 8), (10, 12), (30, 33)];
        Found::new(places.map(|(start, end)| Span::new(start, end)).into())
    }

    #[test]
    fn matches_come_as_they_are_read() {
        let within = |span| found().within(span).map(|hit| (hit.start, hit.end)).collect::<Vec<_>>();
        assert_eq!(within(Span::new(0, 40)), [(5, 8), (10, 13), (10, 12), (30, 33)]);
        assert_eq!(within(Span::new(6, 32)), [(10, 13), (10, 12)]);
    }

    #[test]
    fn what_reaches_beyond_the_span_is_not_inside() {
        assert!(found().is_within(Span::new(5, 8)));
        assert!(!found().is_within(Span::new(5, 7)) && !found().is_within(Span::new(14, 30)));
    }
}
