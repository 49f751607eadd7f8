//! Which sentence of the old version became which of the new one.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};

use super::wording::{Pairs, Wording, alike};
use crate::document::SentenceId;

/// What became of a sentence; the number is that of its counterpart among the sentences of all files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Same(usize),
    /// Word for word at another place.
    Moved(usize),
    /// In other words.
    Changed(usize),
    /// Only one version has it.
    Alone,
}

impl Fate {
    /// Its counterpart.
    pub fn other(self) -> Option<usize> {
        match self {
            Self::Same(other) | Self::Moved(other) | Self::Changed(other) => Some(other),
            Self::Alone => None,
        }
    }
}

/// Where a sentence stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SentenceAt {
    pub file: usize,
    pub id: SentenceId,
}

/// The sentences of two versions, side by side.
#[derive(Debug)]
pub struct Alignment {
    pub old: Vec<(SentenceAt, Fate)>,
    pub new: Vec<(SentenceAt, Fate)>,
}

/// Sentences that have less in common are two.
const ALIKE: f32 = 0.5;
/// Where both stand between the same neighbours.
const ALIKE_IN_PLACE: f32 = 0.4;
/// Words that more sentences have in common tell nothing.
const COMMON: usize = 40;
/// Looking for the longest common sequence ends here, with a coarser one.
const PATIENCE: Duration = Duration::from_millis(250);

impl Alignment {
    pub(super) fn of(old: &Wording, new: &Wording) -> Self {
        let mut sides = Sides {
            old: vec![Fate::Alone; old.sentences.len()],
            new: vec![Fate::Alone; new.sentences.len()],
        };
        // Of sentences without a letter nobody asks what became of them.
        let gaps = sides.same(old, new);
        sides.moved(old, new);
        sides.changed(old, new, &gaps);
        let with = |wording: &Wording, fates: Vec<Fate>| {
            let at =
                wording.sentences.iter().map(|sentence| SentenceAt { file: sentence.file, id: sentence.id });
            at.zip(fates).collect()
        };
        Self { old: with(old, sides.old), new: with(new, sides.new) }
    }
}

struct Sides {
    old: Vec<Fate>,
    new: Vec<Fate>,
}

/// For each sentence the number of the gap between sentences that are the same.
struct Gaps {
    old: Vec<usize>,
    new: Vec<usize>,
}

impl Sides {
    fn pair(&mut self, old: usize, new: usize, fate: fn(usize) -> Fate) {
        self.old[old] = fate(new);
        self.new[new] = fate(old);
    }

    /// The longest sequence of sentences that both have.
    fn same(&mut self, old: &Wording, new: &Wording) -> Gaps {
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        let (a, b) = (ids(old, &mut numbers), ids(new, &mut numbers));
        let deadline = Instant::now().checked_add(PATIENCE);
        let steps = capture_diff_slices_deadline(Algorithm::Patience, &a, &b, deadline);
        let mut gaps = Gaps { old: vec![0; a.len()], new: vec![0; b.len()] };
        for (gap, step) in steps.iter().enumerate() {
            let (before, after) = (step.old_range(), step.new_range());
            gaps.old[before.clone()].fill(gap);
            gaps.new[after.clone()].fill(gap);
            if let DiffOp::Equal { .. } = step {
                for (old, new) in before.zip(after) {
                    self.pair(old, new, Fate::Same);
                }
            }
        }
        // What was put in place of something is a gap of both.
        gaps
    }

    /// Sentences of the same words elsewhere.
    fn moved(&mut self, old: &Wording, new: &Wording) {
        let mut left: HashMap<&str, Vec<usize>> = HashMap::new();
        for at in (0..self.old.len()).rev().filter(|at| self.old[*at] == Fate::Alone) {
            left.entry(old.normal(at)).or_default().push(at);
        }
        for at in 0..self.new.len() {
            if self.new[at] == Fate::Alone
                && !new.normal(at).is_empty()
                && let Some(from) = left.get_mut(new.normal(at)).and_then(Vec::pop)
            {
                self.pair(from, at, Fate::Moved);
            }
        }
    }

    /// Sentences with most of their words in common, the most alike first.
    fn changed(&mut self, old: &Wording, new: &Wording, gaps: &Gaps) {
        let left = |fates: &[Fate]| -> Vec<usize> {
            (0..fates.len()).filter(|at| fates[*at] == Fate::Alone).collect()
        };
        let (before, after) = (left(&self.old), left(&self.new));
        let pairs = |wording: &Wording, numbers: &[usize]| -> Vec<Pairs> {
            numbers.iter().map(|at| Pairs::of(wording.normal(*at))).collect()
        };
        let (old_pairs, new_pairs) = (pairs(old, &before), pairs(new, &after));
        let mut having: HashMap<u64, Vec<u32>> = HashMap::new();
        for (at, pairs) in old_pairs.iter().enumerate() {
            let mut last = None;
            for pair in &pairs.0 {
                if last.replace(*pair) != Some(*pair) {
                    having.entry(*pair).or_default().push(at as u32);
                }
            }
        }
        let mut found: Vec<(f32, usize, usize)> = Vec::new();
        let mut shared: Vec<u32> = vec![0; before.len()];
        for (new_at, pairs) in new_pairs.iter().enumerate() {
            let mut touched: Vec<u32> = Vec::new();
            for old_at in
                pairs.0.iter().filter_map(|pair| having.get(pair)).filter(|all| all.len() <= COMMON).flatten()
            {
                let count = &mut shared[*old_at as usize];
                if *count == 0 {
                    touched.push(*old_at);
                }
                *count += 1;
            }
            touched.sort_by_key(|at| std::cmp::Reverse(shared[*at as usize]));
            for at in touched.iter().take(8) {
                let old_at = *at as usize;
                let likeness = alike(&old_pairs[old_at], pairs);
                let in_place = gaps.is_one(before[old_at], after[new_at]);
                if likeness >= if in_place { ALIKE_IN_PLACE } else { ALIKE } {
                    // Between equals the one in place is meant.
                    found.push((likeness + if in_place { 0.2 } else { 0.0 }, before[old_at], after[new_at]));
                }
            }
            for at in touched {
                shared[at as usize] = 0;
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        for (_, from, to) in found {
            if self.old[from] == Fate::Alone && self.new[to] == Fate::Alone {
                self.pair(from, to, Fate::Changed);
            }
        }
    }
}

impl Gaps {
    fn is_one(&self, old: usize, new: usize) -> bool {
        self.old.get(old) == self.new.get(new)
    }
}

/// A number for each different sentence; those without words are all different.
fn ids<'w>(wording: &'w Wording, numbers: &mut HashMap<&'w str, usize>) -> Vec<usize> {
    let of = |at| {
        let next = numbers.len();
        *numbers.entry(wording.normal(at)).or_insert(next)
    };
    (0..wording.sentences.len()).map(of).collect()
}
