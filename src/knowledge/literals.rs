//! All literal words of lexicon, grammar and rules in one automaton: the text is scanned once.

use super::fold::Folding;
use daachorse::CharwiseDoubleArrayAhoCorasick;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A literal word; spellings that make no difference share one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Literal(pub u32);

/// Where the run of each literal starts in a list sorted by literal; one entry more than the last has.
pub(super) fn runs<T>(sorted: &[(Literal, T)]) -> Vec<u32> {
    let mut starts = vec![0];
    for (at, (literal, _)) in sorted.iter().enumerate() {
        starts.resize((literal.0 as usize + 1).max(starts.len()), at as u32);
    }
    starts.push(sorted.len() as u32);
    starts
}

/// The run of `literal` in such a list.
pub(super) fn run<'a, T>(sorted: &'a [(Literal, T)], starts: &[u32], literal: Literal) -> &'a [(Literal, T)] {
    let at = literal.0 as usize;
    match starts.get(at..at + 2) {
        Some(&[from, to]) => &sorted[from as usize..to as usize],
        _ => &[],
    }
}

/// The words, and the automata that find them.
#[derive(Default)]
pub struct Literals {
    /// How many literals there are.
    count: u32,
    /// One for the words that ship, one for each later set of rule files.
    automata: Vec<CharwiseDoubleArrayAhoCorasick<u32>>,
}

impl std::fmt::Debug for Literals {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Literals").field("count", &self.count).finish_non_exhaustive()
    }
}

impl Literals {
    pub fn len(&self) -> usize {
        self.count as usize
    }

    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Hands every occurrence in folded text to `found`: start, end, literal. Occurrences overlap.
    pub fn scan(&self, folded: &str, mut found: impl FnMut(usize, usize, Literal)) {
        for automaton in &self.automata {
            for hit in automaton.find_overlapping_iter(folded) {
                found(hit.start(), hit.end(), Literal(hit.value()));
            }
        }
    }

    /// Adds the automaton over `spellings`.
    pub(super) fn add(&mut self, new: &[(String, Literal)], count: u32) -> Result<(), String> {
        self.count = count;
        if new.is_empty() {
            return Ok(());
        }
        let pairs = new.iter().map(|(spelling, literal)| (spelling.as_str(), literal.0));
        let automaton = CharwiseDoubleArrayAhoCorasick::with_values(pairs).map_err(|e| e.to_string())?;
        self.automata.push(automaton);
        Ok(())
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.count.to_le_bytes().to_vec();
        for automaton in &self.automata {
            bytes.extend(automaton.serialize());
        }
        bytes
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self, String> {
        let (count, mut rest) =
            bytes.split_first_chunk::<4>().ok_or("the compiled literals are cut short")?;
        let mut literals = Self { count: u32::from_le_bytes(*count), automata: Vec::new() };
        while !rest.is_empty() {
            let (automaton, tail) =
                CharwiseDoubleArrayAhoCorasick::deserialize(rest).map_err(|e| e.to_string())?;
            literals.automata.push(automaton);
            rest = tail;
        }
        Ok(literals)
    }
}

/// How the words of literals are spelt in the rule files, folded.
#[derive(Debug)]
pub struct Forms(HashMap<Literal, String>);

impl Forms {
    /// From all spellings in the order they were given out: the entry's own comes before its variants.
    pub(super) fn new(spellings: Vec<(String, Literal)>) -> Self {
        let mut forms = HashMap::new();
        for (spelling, literal) in spellings {
            forms.entry(literal).or_insert(spelling);
        }
        Self(forms)
    }

    /// The word of a literal.
    pub fn of(&self, literal: Literal) -> Option<&str> {
        self.0.get(&literal).map(String::as_str)
    }
}

/// Gives out literals while rules are compiled.
#[derive(Debug, Default)]
pub(super) struct Interner {
    by_spelling: HashMap<String, Literal>,
    new: Vec<(String, Literal)>,
    next: u32,
}

impl Interner {
    /// Starts from spellings that already have a literal.
    pub(super) fn with(spellings: Vec<(String, Literal)>, next: u32) -> Self {
        Self { by_spelling: spellings.into_iter().collect(), new: Vec::new(), next }
    }

    /// The literal of a word as written in a rule file.
    pub(super) fn intern(&mut self, folding: &Folding, word: &str) -> Literal {
        let folded = folding.fold(word);
        if let Some(&literal) = self.by_spelling.get(&folded) {
            return literal;
        }
        let literal = Literal(self.next);
        self.next += 1;
        for spelling in folding.spellings(&folded) {
            // A variant that is another entry's own spelling stays that entry's.
            if !self.by_spelling.contains_key(&spelling) {
                self.by_spelling.insert(spelling.clone(), literal);
                self.new.push((spelling, literal));
            }
        }
        literal
    }

    /// The spellings added since the start, and how many literals there are in all.
    pub(super) fn finish(self) -> (Vec<(String, Literal)>, u32) {
        (self.new, self.next)
    }
}
