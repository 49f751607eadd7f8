//! The words of a version without what editors and file formats change freely: white space, punctuation, numbers of
//! items, width and variants of characters.

use crate::document::{Document, ParagraphKind, SentenceId};
use crate::findings::Analysis;
use crate::knowledge::Knowledge;
use crate::span::Span;

/// The normal form of a version, sentence by sentence.
#[derive(Debug)]
pub(super) struct Wording {
    /// All sentences, without anything between them.
    text: String,
    pub(super) sentences: Vec<NormalSentence>,
    /// For each file the number of its first sentence.
    first: Vec<usize>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct NormalSentence {
    pub(super) file: usize,
    pub(super) id: SentenceId,
    start: u32,
    end: u32,
    /// It is the title of the document, which another file format may leave out.
    title: bool,
}

/// A sentence with fewer bytes says nothing without those before it: a cell, an item of a list.
const SHORT: usize = 36;
/// So many sentences before a short one are looked at.
const BEFORE: usize = 4;

impl Wording {
    pub(super) fn of(files: &[Analysis], knowledge: &Knowledge) -> Self {
        let mut wording = Self { text: String::new(), sentences: Vec::new(), first: Vec::new() };
        for (file, Analysis { document, .. }) in files.iter().enumerate() {
            wording.first.push(wording.sentences.len());
            for (at, sentence) in document.sentences.iter().enumerate() {
                let start = wording.text.len() as u32;
                let words = unnumbered(knowledge, document, sentence.span);
                let kind = document.paragraph(sentence.paragraph).kind;
                // A number on a line of its own is that of what follows.
                if matches!(kind, ParagraphKind::Cell(_)) || words.contains(char::is_alphabetic) {
                    wording.text += &normal(knowledge, words);
                }
                let title = kind == ParagraphKind::Heading
                    && knowledge
                        .structure
                        .titles
                        .iter()
                        .any(|title| words.trim_end().ends_with(title.as_str()));
                let end = wording.text.len() as u32;
                wording.sentences.push(NormalSentence { file, id: SentenceId(at as u32), start, end, title });
            }
        }
        wording
    }

    /// The normal form of a sentence.
    pub(super) fn normal(&self, number: usize) -> &str {
        self.sentences
            .get(number)
            .map_or("", |sentence| &self.text[sentence.start as usize..sentence.end as usize])
    }

    /// The number of a sentence among those of all files.
    pub(super) fn number(&self, file: usize, id: SentenceId) -> usize {
        self.first.get(file).copied().unwrap_or_default() + id.0 as usize
    }

    /// Whether these words, in normal form, stand anywhere.
    pub(super) fn has(&self, normal: &str) -> bool {
        memchr::memmem::find(self.text.as_bytes(), normal.as_bytes()).is_some()
    }

    /// Whether another version has all these sentences.
    pub(super) fn all_stand_in(&self, mut numbers: std::ops::Range<usize>, other: &Self) -> bool {
        numbers.all(|number| self.stands_in(number, other))
    }

    /// Whether two versions have the same sentences, in whatever order.
    pub(super) fn is_that_of(&self, other: &Self) -> bool {
        let all_of = |one: &Self, other: &Self| {
            let titled = |number: usize| one.sentences.get(number).is_some_and(|sentence| sentence.title);
            (0..one.sentences.len()).all(|number| titled(number) || one.stands_in(number, other))
        };
        all_of(self, other) && all_of(other, self)
    }

    /// Whether another version has the sentence too; a short one together with what stands before it.
    pub(super) fn stands_in(&self, number: usize, other: &Self) -> bool {
        let Some(sentence) = self.sentences.get(number) else { return false };
        let mut start = sentence.start as usize;
        let first = number.saturating_sub(BEFORE);
        for before in self.sentences[first..number].iter().rev() {
            if sentence.end as usize - start >= SHORT || before.file != sentence.file || before.title {
                break;
            }
            start = before.start as usize;
        }
        other.has(&self.text[start..sentence.end as usize])
    }
}

/// The normal form of some words.
pub(super) fn normal(knowledge: &Knowledge, text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    knowledge.folding.standard(letters.map(|c| knowledge.folding.character(c)).collect())
}

/// The sentence without the number or bullet that it begins with.
fn unnumbered<'d>(knowledge: &Knowledge, document: &'d Document, span: Span) -> &'d str {
    let text = document.text(span);
    let structure = &knowledge.structure;
    let mut words = text;
    // 一、（二）3.1、a.: a number is followed by a sign, or stands in brackets.
    for _ in 0..4 {
        let inner = words.trim_start_matches(|c: char| !c.is_alphanumeric());
        let ordinal =
            structure.ordinal_prefixes.iter().find_map(|prefix| inner.strip_prefix(prefix.as_str()));
        let behind = ordinal.unwrap_or(inner).trim_start_matches(|c: char| {
            c.is_ascii_digit() || structure.numerals.contains(c) || matches!(c, '①'..='⑳')
        });
        let behind = match behind.strip_prefix(|c: char| c.is_ascii_alphabetic()) {
            Some(letter) if behind.len() == inner.len() => letter,
            _ => behind,
        };
        let unit = structure.ordinal_units.iter().find_map(|unit| behind.strip_prefix(unit.as_str()));
        let after = unit.filter(|_| ordinal.is_some()).unwrap_or(behind);
        let numbered = after.len() < inner.len()
            && (unit.is_some() && ordinal.is_some()
                || after.starts_with(['.', '、', '．', '）', ')', '】', ']', '：', ':', ' ', '\u{3000}']));
        if !numbered {
            return inner;
        }
        words = after;
    }
    words
}

/// How much two normal forms have in common, from 0 to 1: the pairs of neighbouring characters they share.
pub(super) fn alike(a: &Pairs, b: &Pairs) -> f32 {
    if a.0.is_empty() || b.0.is_empty() {
        return 0.0;
    }
    2.0 * a.shared(b) as f32 / (a.0.len() + b.0.len()) as f32
}

/// How much of `part` stands in `whole`, from 0 to 1.
pub(super) fn covered(part: &Pairs, whole: &Pairs) -> f32 {
    if part.0.is_empty() { 0.0 } else { part.shared(whole) as f32 / part.0.len() as f32 }
}

/// The pairs of neighbouring characters of a normal form, sorted.
#[derive(Clone, Debug, Default)]
pub(super) struct Pairs(pub(super) Vec<u64>);

impl Pairs {
    pub(super) fn of(normal: &str) -> Self {
        let letters = normal.chars();
        let mut pairs: Vec<u64> =
            letters.clone().zip(letters.skip(1)).map(|(a, b)| (a as u64) << 32 | b as u64).collect();
        if pairs.is_empty() {
            pairs.extend(normal.chars().map(|c| c as u64));
        }
        pairs.sort_unstable();
        Self(pairs)
    }

    fn shared(&self, other: &Self) -> usize {
        let (mut a, mut b) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut shared = 0;
        while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
            match x.cmp(y) {
                std::cmp::Ordering::Less => drop(a.next()),
                std::cmp::Ordering::Greater => drop(b.next()),
                std::cmp::Ordering::Equal => {
                    shared += 1;
                    a.next();
                    b.next();
                }
            }
        }
        shared
    }
}
