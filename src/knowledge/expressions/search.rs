//! Runs programs over text.

use super::{Expression, Expressions, Look, Starts, Step};
use std::ops::Range;

/// A search for one expression.
#[derive(Debug)]
pub struct Search<'a> {
    all: &'a Expressions,
    expression: &'a Expression,
    /// Steps and places from where no match was found, a row of guards for each byte of the text.
    failed: Vec<u64>,
    /// Where to go on when a way fails.
    open: Vec<(u32, u32)>,
}

impl<'a> Search<'a> {
    pub(super) fn new(all: &'a Expressions, expression: &'a Expression) -> Self {
        Self { all, expression, failed: Vec::new(), open: Vec::new() }
    }

    /// Hands the matches in `text` to `found`, in reading order, until it says `false`. They do not overlap; of
    /// those that start at one place it is the one that the expression prefers.
    pub fn each(&mut self, text: &str, found: impl FnMut(Range<usize>) -> bool) -> bool {
        self.each_from(text, &[(0, text.len())], found)
    }

    /// Like [`Search::each`] where it is known that matches start only within `windows`, ends included, which are
    /// sorted and do not overlap.
    pub fn each_from(
        &mut self,
        text: &str,
        windows: &[(usize, usize)],
        mut found: impl FnMut(Range<usize>) -> bool,
    ) -> bool {
        self.failed.clear();
        let mut from = 0;
        let mut last = None;
        while let Some(mut hit) = self.first(text, windows, from) {
            // Nothing is no match right behind another.
            if hit.is_empty() && Some(hit.end) == last {
                let Some(next) = text[hit.end..].chars().next() else { break };
                match self.first(text, windows, hit.end + next.len_utf8()) {
                    Some(other) => hit = other,
                    None => break,
                }
            }
            from = hit.end;
            last = Some(hit.end);
            self.forget(hit.end);
            if !found(hit) {
                return false;
            }
        }
        true
    }

    /// The first match that does not start before `from`.
    fn first(&mut self, text: &str, windows: &[(usize, usize)], from: usize) -> Option<Range<usize>> {
        if matches!(self.expression.starts, Starts::AtStart) {
            let end = if from == 0 { self.run(text, 0) } else { None };
            return end.map(|end| 0..end);
        }
        let bytes = text.as_bytes();
        for &(start, end) in windows {
            let mut at = start.max(from);
            // The window may start inside a character.
            while bytes.get(at).is_some_and(|byte| byte & 0xc0 == 0x80) {
                at += 1;
            }
            while at <= end {
                let Some((ending, len)) = ending(bytes, at) else {
                    if let Some(end) = self.run(text, at) {
                        return Some(at..end);
                    }
                    break;
                };
                let likely = match &self.expression.starts {
                    Starts::With(bits) => bits[usize::from(ending >> 6)] & (1 << (ending & 63)) != 0,
                    Starts::Anywhere | Starts::AtStart => true,
                };
                if likely && let Some(end) = self.run(text, at) {
                    return Some(at..end);
                }
                at += len;
            }
        }
        None
    }

    /// Where the match that starts at `start` ends.
    fn run(&mut self, text: &str, start: usize) -> Option<usize> {
        let bytes = text.as_bytes();
        self.open.clear();
        self.open.push((self.expression.entry, start as u32));
        'ways: while let Some((step, at)) = self.open.pop() {
            let (mut step, mut at) = (step as usize, at as usize);
            loop {
                match &self.all.steps[step] {
                    Step::Text(expected) => {
                        let expected = self.all.text(*expected);
                        if !stands_at(bytes, at, expected) {
                            continue 'ways;
                        }
                        at += expected.len();
                    }
                    Step::One(class) => match text[at..].chars().next() {
                        Some(c) if self.all.classes[*class as usize].has(c) => at += c.len_utf8(),
                        _ => continue 'ways,
                    },
                    Step::Many { class, least, most, greedy, guard } => {
                        if self.has_failed(*guard, at, bytes.len()) {
                            continue 'ways;
                        }
                        self.repeat(text, at, *class, *least..=*most, *greedy, step as u32 + 1);
                        continue 'ways;
                    }
                    Step::Words { from, to, guard } => {
                        if self.has_failed(*guard, at, bytes.len()) {
                            continue 'ways;
                        }
                        let words = &self.all.words[*from as usize..*to as usize];
                        for word in words.iter().rev() {
                            let word = self.all.text(*word);
                            if stands_at(bytes, at, word) {
                                self.open.push((step as u32 + 1, (at + word.len()) as u32));
                            }
                        }
                        continue 'ways;
                    }
                    Step::Split { first, second, guard } => {
                        if self.has_failed(*guard, at, bytes.len()) {
                            continue 'ways;
                        }
                        self.open.push((*second, at as u32));
                        step = *first as usize;
                        continue;
                    }
                    Step::Jump(to) => {
                        step = *to as usize;
                        continue;
                    }
                    Step::Look(look) => {
                        let holds = match look {
                            Look::Start => at == 0,
                            Look::End => at == bytes.len(),
                            Look::StartLine => at == 0 || bytes[at - 1] == b'\n',
                            Look::EndLine => bytes.get(at).is_none_or(|byte| *byte == b'\n'),
                        };
                        if !holds {
                            continue 'ways;
                        }
                    }
                    Step::Match => return Some(at),
                }
                step += 1;
            }
        }
        None
    }

    /// Opens the ways behind so many characters of a class, the preferred one last.
    fn repeat(
        &mut self,
        text: &str,
        at: usize,
        class: u32,
        count: std::ops::RangeInclusive<u32>,
        greedy: bool,
        next: u32,
    ) {
        let class = &self.all.classes[class as usize];
        let before = self.open.len();
        let mut signs = text[at..].char_indices();
        let mut end = at;
        for number in 0..=*count.end() {
            if number >= *count.start() {
                self.open.push((next, end as u32));
            }
            match signs.next() {
                Some((offset, c)) if class.has(c) => end = at + offset + c.len_utf8(),
                _ => break,
            }
        }
        if !greedy {
            self.open[before..].reverse();
        }
    }

    /// Whether a step was tried at this place before; from now on it was.
    fn has_failed(&mut self, guard: u32, at: usize, len: usize) -> bool {
        let guards = self.expression.guards as usize;
        if self.failed.is_empty() {
            self.failed.resize((guards * (len + 1)).div_ceil(64), 0);
        }
        let bit = at * guards + guard as usize;
        let known = self.failed[bit >> 6] & (1 << (bit & 63)) != 0;
        self.failed[bit >> 6] |= 1 << (bit & 63);
        known
    }

    /// Forgets what was tried at a place: there a match ended, so that not all of it failed.
    fn forget(&mut self, at: usize) {
        let guards = self.expression.guards as usize;
        for bit in at * guards..(at + 1) * guards {
            if let Some(block) = self.failed.get_mut(bit >> 6) {
                *block &= !(1 << (bit & 63));
            }
        }
    }
}

/// The last eight bits of the character at a place, and its length in bytes.
fn ending(text: &[u8], at: usize) -> Option<(u8, usize)> {
    let joined = |before: u8, last: u8| (before << 6) | (last & 0x3f);
    match text.get(at..)? {
        [] => None,
        [first, ..] if *first < 0x80 => Some((*first, 1)),
        [first, second, ..] if *first < 0xe0 => Some((joined(*first, *second), 2)),
        [first, second, third, ..] if *first < 0xf0 => Some((joined(*second, *third), 3)),
        [_, _, third, fourth, ..] => Some((joined(*third, *fourth), 4)),
        _ => None,
    }
}

/// Whether `expected` stands at a place.
fn stands_at(text: &[u8], at: usize, expected: &[u8]) -> bool {
    // Chinese characters differ mostly in their last byte.
    if let (Some(third), Some(other)) = (expected.get(2), text.get(at + 2))
        && third != other
    {
        return false;
    }
    text.get(at..at + expected.len()) == Some(expected)
}
