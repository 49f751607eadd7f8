//! Sets of words that are looked for beside or inside other text.

use serde::{Deserialize, Serialize};

/// Words to be looked for at either end of a text or inside it. Lookups give them in the order of the rule files.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "Vec<String>", into = "Vec<String>")]
pub struct Words {
    words: Vec<String>,
    by_start: Index,
    by_end: Index,
}

impl Words {
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    pub fn iter(&self) -> std::slice::Iter<'_, String> {
        self.words.iter()
    }

    pub(super) fn extend(&mut self, words: Vec<String>) {
        self.words.extend(words);
        *self = Self::from(std::mem::take(&mut self.words));
    }

    /// The longest word that `text` starts with.
    pub fn longest_start(&self, text: &str) -> Option<&str> {
        self.starting(text).max_by_key(|word| word.len())
    }

    /// The longest word that `text` ends with.
    pub fn longest_end(&self, text: &str) -> Option<&str> {
        self.ending(text).max_by_key(|word| word.len())
    }

    /// Whether `text` starts with one of the words.
    pub fn any_starts(&self, text: &str) -> bool {
        self.starting(text).next().is_some()
    }

    /// Whether `text` ends with one of the words.
    pub fn any_ends(&self, text: &str) -> bool {
        self.ending(text).next().is_some()
    }

    /// The words that `text` starts with.
    pub fn starting(&self, text: &str) -> impl Iterator<Item = &str> {
        let candidates = self.by_start.with(start_key(text.as_bytes()));
        self.pick(candidates).filter(move |word| text.starts_with(word))
    }

    /// The words that `text` ends with.
    pub fn ending(&self, text: &str) -> impl Iterator<Item = &str> {
        let candidates = self.by_end.with(end_key(text.as_bytes()));
        self.pick(candidates).filter(move |word| text.ends_with(word))
    }

    /// Whether one of the words is `text`.
    pub fn hold(&self, text: &str) -> bool {
        self.starting(text).any(|word| word == text)
    }

    /// Whether one of the words stands in `text`.
    pub fn any_in(&self, text: &str) -> bool {
        self.first_in(text).is_some()
    }

    /// Where the first of the words in `text` starts.
    pub fn first_in(&self, text: &str) -> Option<usize> {
        if self.words.is_empty() {
            return None;
        }
        let bytes = text.as_bytes();
        (0..bytes.len()).find(|&at| self.stands_at(text, at))
    }

    /// Where the last of the words in `text` starts.
    pub fn last_in(&self, text: &str) -> Option<usize> {
        if self.words.is_empty() {
            return None;
        }
        let bytes = text.as_bytes();
        (0..bytes.len()).rev().find(|&at| self.stands_at(text, at))
    }

    /// Where the words in `text` end for the last time.
    pub fn last_end_in(&self, text: &str) -> Option<usize> {
        if self.words.is_empty() {
            return None;
        }
        let bytes = text.as_bytes();
        (1..=bytes.len()).rev().find(|&at| {
            text.is_char_boundary(at) && self.by_end.has(end_key(&bytes[..at])) && self.any_ends(&text[..at])
        })
    }

    /// Where in `text` words stand, from left to right, and which by number; they may overlap.
    pub fn each_in(&self, text: &str) -> impl Iterator<Item = (usize, usize)> {
        let starts = (0..text.len())
            .filter(|&at| text.is_char_boundary(at) && self.by_start.has(start_key(&text.as_bytes()[at..])));
        starts.flat_map(move |at| {
            let rest = &text[at..];
            let numbers =
                self.by_start.with(start_key(rest.as_bytes())).iter().map(|number| *number as usize);
            let here =
                numbers.filter(|number| self.words.get(*number).is_some_and(|word| rest.starts_with(word)));
            here.map(move |number| (at, number))
        })
    }

    fn stands_at(&self, text: &str, at: usize) -> bool {
        text.is_char_boundary(at)
            && self.by_start.has(start_key(&text.as_bytes()[at..]))
            && self.any_starts(&text[at..])
    }

    fn pick<'w>(&'w self, candidates: &'w [u32]) -> impl Iterator<Item = &'w str> {
        candidates.iter().filter_map(|&at| self.words.get(at as usize)).map(String::as_str)
    }
}

impl From<Vec<String>> for Words {
    fn from(words: Vec<String>) -> Self {
        let by_start = Index::new(words.iter().map(|word| start_key(word.as_bytes())));
        let by_end = Index::new(words.iter().map(|word| end_key(word.as_bytes())));
        Self { words, by_start, by_end }
    }
}

impl From<Words> for Vec<String> {
    fn from(words: Words) -> Self {
        words.words
    }
}

impl<'w> IntoIterator for &'w Words {
    type Item = &'w String;
    type IntoIter = std::slice::Iter<'w, String>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Words by the key of a character: most texts are ruled out by one look at a bit.
#[derive(Clone, Debug, Default)]
struct Index {
    /// The keys that occur.
    keys: [u64; 4],
    /// The numbers of the words, sorted by key.
    order: Vec<u32>,
    /// Where the run of each key that occurs starts in `order`; one entry more than keys.
    starts: Vec<u32>,
}

impl Index {
    fn new(keys: impl Iterator<Item = u8>) -> Self {
        let mut sorted: Vec<(u8, u32)> = keys.zip(0..).collect();
        sorted.sort_unstable();
        let mut index = Self::default();
        for (at, &(key, number)) in sorted.iter().enumerate() {
            if !index.has(key) {
                index.keys[key as usize >> 6] |= 1 << (key & 63);
                index.starts.push(at as u32);
            }
            index.order.push(number);
        }
        if !sorted.is_empty() {
            index.starts.push(sorted.len() as u32);
        }
        index
    }

    fn has(&self, key: u8) -> bool {
        self.keys[key as usize >> 6] & (1 << (key & 63)) != 0
    }

    /// The numbers of the words with such a key.
    fn with(&self, key: u8) -> &[u32] {
        if !self.has(key) {
            return &[];
        }
        let block = key as usize >> 6;
        let below = self.keys[block] & ((1 << (key & 63)) - 1);
        let before: u32 = self.keys[..block].iter().map(|keys| keys.count_ones()).sum();
        let run = (before + below.count_ones()) as usize;
        match self.starts.get(run..run + 2) {
            Some(&[from, to]) => &self.order[from as usize..to as usize],
            _ => &[],
        }
    }
}

/// The key of the first character; the last bytes of a character differ most.
fn start_key(text: &[u8]) -> u8 {
    match *text {
        [] => 0,
        [first, ..] if first < 0x80 => first,
        [_, second, third, ..] if text[0] >= 0xe0 => key(second, third),
        [first, second, ..] => key(first, second),
        [first] => first,
    }
}

/// The key of the last character.
fn end_key(text: &[u8]) -> u8 {
    match *text {
        [] => 0,
        [.., last] if last < 0x80 => last,
        [.., before, last] => key(before, last),
        [last] => last,
    }
}

fn key(before: u8, last: u8) -> u8 {
    (before << 6) | (last & 0x3f)
}

#[cfg(test)]
mod tests {
    use super::Words;

    fn words() -> Words {
        Words::from(["信息", "个人信息", "的", "IP", "é", "信"].map(str::to_owned).to_vec())
    }

    #[test]
    fn the_longest_word_at_either_end_is_found() {
        assert_eq!(words().longest_end("您的个人信息"), Some("个人信息"));
        assert_eq!(words().longest_start("信息的来源"), Some("信息"));
        assert_eq!(words().longest_start("来源"), None);
        assert!(words().any_ends("café") && words().any_starts("IP地址") && !words().any_starts(""));
    }

    #[test]
    fn words_are_found_inside_a_text() {
        let text = "您的信息和我的地址";
        assert_eq!(words().first_in(text), text.find('的'));
        assert_eq!(words().last_in(text), text.rfind('的'));
        assert_eq!(words().last_end_in(text), text.find("地址"));
        assert!(!words().any_in("地址") && !words().any_in(""));
    }

    #[test]
    fn every_place_of_a_word_is_found() {
        let found: Vec<(usize, usize)> = words().each_in("我的信息的").collect();
        assert_eq!(found, [(3, 2), (6, 0), (6, 5), (12, 2)]);
    }

    #[test]
    fn a_word_is_held_as_a_whole_only() {
        assert!(words().hold("信") && words().hold("信息") && !words().hold("信息化"));
    }

    #[test]
    fn no_words_are_found_nowhere() {
        assert!(!Words::default().any_in("信息") && Words::default().longest_end("信息").is_none());
    }
}
