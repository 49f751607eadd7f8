//! Where the matches of an expression may start, as far as the words tell that it needs.

use crate::document::Sentence;
use crate::span::Span;

/// The first and the last byte inside a sentence at which a match may start.
pub(super) type Window = (usize, usize);

/// Words of which every match holds one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Needed<'a> {
    /// Where they start in the document, in reading order.
    pub(super) places: &'a [u32],
    /// How many bytes of a match may go before them, if that is bounded.
    pub(super) before: Option<u32>,
}

/// Hands each sentence that holds a word of each list to `found`, by its number, and where in it a match may start.
pub(super) fn each(
    sentences: &[Sentence],
    mut needed: Vec<Needed<'_>>,
    mut found: impl FnMut(usize, &[Window]),
) {
    let sentence_from = |place| sentences.partition_point(|sentence| sentence.span.end <= place);
    needed.sort_by_key(|needed| needed.places.len());
    let [rarest, others @ ..] = needed.as_mut_slice() else { return };
    let (mut windows, mut own, mut common) = (Vec::new(), Vec::new(), Vec::new());
    'sentences: while let Some(&first) = rarest.places.first() {
        let at = sentence_from(first);
        let Some(sentence) = sentences.get(at).map(|sentence| sentence.span) else { return };
        rarest.take(sentence.start, sentence.end, &mut windows);
        for other in &mut *others {
            other.skip_to(sentence.start);
            let Some(&next) = other.places.first() else { return };
            if next >= sentence.end {
                // Nothing fits before the sentence in which that stands.
                let ahead = sentences.get(sentence_from(next));
                rarest.skip_to(ahead.map_or(next, |sentence| sentence.span.start));
                continue 'sentences;
            }
            other.take(sentence.start, sentence.end, &mut own);
            intersect(&windows, &own, &mut common);
            std::mem::swap(&mut windows, &mut common);
        }
        if !windows.is_empty() {
            found(at, &windows);
        }
    }
}

impl Needed<'_> {
    fn skip_to(&mut self, start: u32) {
        let passed = self.places.partition_point(|place| *place < start);
        self.places = &self.places[passed..];
    }

    /// Takes the places before `end`, which lie in the sentence from `start`, and puts the windows they give in `windows`.
    fn take(&mut self, start: u32, end: u32, windows: &mut Vec<Window>) {
        let (own, behind) = self.places.split_at(self.places.partition_point(|place| *place < end));
        self.places = behind;
        around(own, self.before, start, windows);
    }
}

/// Where in a part of a sentence a match may start.
pub(super) fn inside<'a>(part: Span, needed: impl Iterator<Item = Needed<'a>>) -> Vec<Window> {
    let mut windows = vec![(0, part.len())];
    let (mut own, mut common) = (Vec::new(), Vec::new());
    for mut needed in needed {
        needed.skip_to(part.start);
        needed.take(part.start, part.end, &mut own);
        intersect(&windows, &own, &mut common);
        std::mem::swap(&mut windows, &mut common);
        if windows.is_empty() {
            break;
        }
    }
    windows
}

/// Puts the windows in `windows` that words at `places` give in what starts at `start`.
fn around(places: &[u32], before: Option<u32>, start: u32, windows: &mut Vec<Window>) {
    windows.clear();
    let Some(before) = before else {
        windows.extend(places.last().map(|last| (0, last.saturating_sub(start) as usize)));
        return;
    };
    for place in places {
        let last = place.saturating_sub(start) as usize;
        let first = last.saturating_sub(before as usize);
        match windows.last_mut() {
            Some((_, end)) if first <= *end + 1 => *end = last,
            _ => windows.push((first, last)),
        }
    }
}

/// The stretches that lie in windows of both; windows of one list are in order and apart.
fn intersect(one: &[Window], other: &[Window], common: &mut Vec<Window>) {
    common.clear();
    let (mut one, mut other) = (one.iter().peekable(), other.iter().peekable());
    while let (Some(&&(a, b)), Some(&&(c, d))) = (one.peek(), other.peek()) {
        let (first, last) = (a.max(c), b.min(d));
        if first <= last {
            common.push((first, last));
        }
        if b <= d {
            one.next();
        } else {
            other.next();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::ParagraphId;

    #[test]
    fn only_what_lies_in_both_is_common() {
        let mut common = vec![(9, 9)];
        intersect(&[(0, 5), (8, 20)], &[(3, 9), (12, 12), (20, 30)], &mut common);
        assert_eq!(common, [(3, 5), (8, 9), (12, 12), (20, 20)]);
    }

    #[test]
    fn a_sentence_is_searched_only_where_every_list_allows_it() {
        let sentences: Vec<_> = (0..400)
            .step_by(100)
            .map(|at| Sentence { span: Span::new(at, at + 100), paragraph: ParagraphId(0), clauses: vec![] })
            .collect();
        let needed = vec![
            Needed { places: &[10, 60, 150, 250, 390], before: Some(0) },
            Needed { places: &[80, 210, 395], before: Some(30) },
            Needed { places: &[20, 70, 260, 350, 399], before: None },
        ];
        let mut found = Vec::new();
        each(&sentences, needed, |at, windows| found.push((at, windows.to_vec())));
        assert_eq!(found, [(0, vec![(60, 60)]), (3, vec![(90, 90)])]);
    }

    #[test]
    fn in_a_part_only_the_words_inside_count() {
        let words = [
            Needed { places: &[10, 60, 150], before: Some(0) },
            Needed { places: &[20, 80], before: Some(30) },
        ];
        assert_eq!(inside(Span::new(40, 100), words.into_iter()), [(20, 20)]);
        assert_eq!(inside(Span::new(0, 20), words.into_iter()), []);
        assert_eq!(inside(Span::new(0, 9), std::iter::empty()), [(0, 9)]);
    }
}
