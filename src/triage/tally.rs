use std::collections::BTreeMap;

/// How often each of some things is there, less how often it was taken.
#[derive(Debug)]
pub(super) struct Tally<K>(BTreeMap<K, usize>);

impl<K: Ord> Tally<K> {
    pub(super) fn of(things: impl Iterator<Item = (K, usize)>) -> Self {
        let mut counts = BTreeMap::new();
        for (thing, count) in things {
            *counts.entry(thing).or_default() += count;
        }
        Self(counts)
    }

    /// Takes one; whether there was one left.
    pub(super) fn take(&mut self, thing: &K) -> bool {
        match self.0.get_mut(thing) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }

    /// What is left of each.
    pub(super) fn left(self) -> impl Iterator<Item = (K, usize)> {
        self.0.into_iter().filter(|(_, count)| *count > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_taken_as_often_as_it_is_there() {
        let mut tally = Tally::of([("a", 1), ("b", 2), ("a", 1)].into_iter());
        assert!(tally.take(&"a") && tally.take(&"a") && !tally.take(&"a"));
        assert!(tally.take(&"b") && !tally.take(&"c"));
        assert_eq!(tally.left().collect::<Vec<_>>(), [("b", 1)]);
    }
}
