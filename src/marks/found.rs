//! All matches of one pattern in a document.

use crate::span::Span;
use std::sync::OnceLock;

/// The matches of a pattern in its own order: those of a set member by member, others mostly in reading order.
#[derive(Debug, Default)]
pub(super) struct Found {
    matches: Vec<Span>,
    /// From where to where they stand.
    hull: Span,
    /// Of a set: the number of the first match of each member.
    members: Vec<u32>,
    /// Whether they stand in reading order.
    in_order: bool,
    /// Else their numbers by where they start, once a part of the document is asked for.
    by_start: OnceLock<Vec<u32>>,
}

impl Found {
    pub(super) fn new(matches: Vec<Span>) -> Self {
        Self::of_members(matches, Vec::new())
    }

    /// The matches of a set; `members` tells where those of each member start.
    pub(super) fn of_members(mut matches: Vec<Span>, members: Vec<u32>) -> Self {
        matches.shrink_to_fit();
        let hull = matches.iter().copied().reduce(Span::hull).unwrap_or_default();
        let in_order = matches.is_sorted_by_key(|hit| hit.start);
        Self { matches, hull, members, in_order, by_start: OnceLock::new() }
    }

    /// In the order of the pattern.
    pub(super) fn all(&self) -> &[Span] {
        &self.matches
    }

    fn by_start(&self) -> &[u32] {
        if self.in_order {
            return &[];
        }
        self.by_start.get_or_init(|| {
            let key = |(number, hit): (u64, &Span)| u64::from(hit.start) << 32 | number;
            let mut keys: Vec<u64> = (0..).zip(&self.matches).map(key).collect();
            // It is made of a few runs that are sorted.
            keys.sort();
            keys.into_iter().map(|key| key as u32).collect()
        })
    }

    /// The matches that start inside `span`, with their numbers, in reading order.
    pub(super) fn starting(&self, span: Span) -> impl Iterator<Item = (u32, Span)> + '_ {
        let by_start = self.by_start();
        let number = move |place: usize| by_start.get(place).map_or(place as u32, |number| *number);
        let (mut from, mut to) = (0, self.matches.len());
        while from < to {
            let middle = from.midpoint(to);
            if self.matches[number(middle) as usize].start < span.start {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        (from..self.matches.len())
            .map(number)
            .map(|number| (number, self.matches[number as usize]))
            .take_while(move |(_, hit)| hit.start < span.end)
    }

    /// The matches inside `span`, with their numbers, in reading order.
    pub(super) fn within(&self, span: Span) -> impl Iterator<Item = (u32, Span)> + '_ {
        self.starting(span).filter(move |(_, hit)| hit.end <= span.end)
    }

    pub(super) fn is_within(&self, span: Span) -> bool {
        if !span.overlaps(self.hull) {
            return false;
        }
        span.contains(self.hull) || self.within(span).next().is_some()
    }

    /// Hands the matches inside `span` to `found` in the order of the pattern, until it says `false`.
    pub(super) fn each(&self, span: Span, found: &mut dyn FnMut(Span) -> bool) -> bool {
        if span.contains(self.hull) {
            return self.matches.iter().all(|hit| found(*hit));
        }
        if self.in_order {
            return self.within(span).all(|(_, hit)| found(hit));
        }
        self.numbers(span).into_iter().all(|number| found(self.matches[number as usize]))
    }

    /// Of the first match of each member inside `span` that `fits`, the one that stands first.
    pub(super) fn first_of_members(&self, span: Span, fits: impl Fn(Span) -> bool) -> Option<Span> {
        if span.contains(self.hull) {
            let ends = self.members.iter().skip(1).copied().chain([self.matches.len() as u32]);
            let runs =
                self.members.iter().zip(ends).map(|(from, to)| &self.matches[*from as usize..to as usize]);
            return runs.filter_map(|run| run.iter().copied().find(|hit| fits(*hit))).min();
        }
        let mut best: Option<Span> = None;
        // The member that was settled last reaches to this number.
        let mut settled = 0;
        for number in self.numbers(span) {
            let hit = self.matches[number as usize];
            if number < settled || !fits(hit) {
                continue;
            }
            let next = self.members.partition_point(|first| *first <= number);
            settled = self.members.get(next).copied().unwrap_or(u32::MAX);
            best = Some(best.map_or(hit, |best| best.min(hit)));
        }
        best
    }

    /// The numbers of the matches inside `span`, in order.
    fn numbers(&self, span: Span) -> Vec<u32> {
        let mut numbers: Vec<u32> = self.within(span).map(|(number, _)| number).collect();
        numbers.sort_unstable();
        numbers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(places: &[(usize, usize)]) -> Vec<Span> {
        places.iter().map(|(start, end)| Span::new(*start, *end)).collect()
    }

    /// Two members: the first stands at 10 and 30, the second at 5 and 12.
    fn set() -> Found {
        Found::of_members(spans(&[(10, 13), (30, 33), (5, 8), (12, 15)]), vec![0, 2])
    }

    fn handed(found: &Found, span: Span) -> Vec<usize> {
        let mut starts = Vec::new();
        found.each(span, &mut |hit| {
            starts.push(hit.start());
            true
        });
        starts
    }

    #[test]
    fn members_come_one_after_the_other() {
        assert_eq!(handed(&set(), Span::new(0, 40)), [10, 30, 5, 12]);
        assert_eq!(handed(&set(), Span::new(6, 32)), [10, 12]);
    }

    #[test]
    fn what_reaches_beyond_the_span_is_not_inside() {
        assert!(set().is_within(Span::new(5, 8)));
        assert!(!set().is_within(Span::new(5, 7)) && !set().is_within(Span::new(16, 30)));
    }

    #[test]
    fn of_the_first_of_each_member_the_one_that_stands_first_is_taken() {
        let first = |span, fits: fn(Span) -> bool| set().first_of_members(span, fits).map(Span::start);
        assert_eq!(first(Span::new(0, 40), |_| true), Some(5));
        assert_eq!(first(Span::new(9, 40), |_| true), Some(10));
        assert_eq!(first(Span::new(9, 40), |hit| hit.start != 10), Some(12));
        assert_eq!(first(Span::new(16, 20), |_| true), None);
    }
}
