//! Takes findings out that somebody answers for.

use std::collections::BTreeMap;

use super::waiver::{Reach, Waiver};
use crate::findings::{Analysis, Finding, Place};
use crate::knowledge::date::Date;
use crate::knowledge::fold::Folding;
use crate::span::Span;

/// A finding that is waived.
#[derive(Clone, Debug)]
pub struct Waived {
    pub finding: Finding,
    /// The waiver, by number; the first of several.
    pub by: usize,
}

/// Findings held against waivers.
#[derive(Debug, Default)]
pub struct Waiving {
    pub left: Vec<Finding>,
    pub waived: Vec<Waived>,
    /// For each waiver, whether it waived anything.
    pub used: Vec<bool>,
}

/// Tells the findings of one policy apart. Every instance stands for itself here: of sixty items of a list one
/// may be waived.
pub fn waive(
    findings: Vec<Finding>,
    waivers: &[Waiver],
    files: &[Analysis],
    folding: &Folding,
    today: Date,
) -> Waiving {
    let mut used = vec![false; waivers.len()];
    let mut by: Vec<Option<usize>> = vec![None; findings.len()];
    let mut of_rule: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, finding) in findings.iter().enumerate() {
        of_rule.entry(&finding.rule).or_default().push(at);
    }
    for (number, waiver) in waivers.iter().enumerate().filter(|(_, waiver)| waiver.grounds.hold(today)) {
        let Some(of_rule) = of_rule.get(waiver.rule.as_str()) else { continue };
        let fits = |at: &usize| waiver.fits(&findings[*at]);
        let mut chosen: Vec<usize> = of_rule.iter().copied().filter(fits).collect();
        if let Some(quote) = &waiver.quote {
            let alone = waiver.fingerprint.is_none();
            chosen = quoted(&Letters::of(folding, quote).text, alone, &findings, &chosen, files, folding);
        }
        used[number] = !chosen.is_empty();
        for at in chosen {
            by[at].get_or_insert(number);
        }
    }
    drop(of_rule);
    let mut waiving = Waiving { used, ..Waiving::default() };
    for (finding, by) in findings.into_iter().zip(by) {
        match by {
            Some(by) => waiving.waived.push(Waived { finding, by }),
            None => waiving.left.push(finding),
        }
    }
    waiving
}

impl Waiver {
    /// Whether it is for the finding, as far as its place and its fingerprint tell.
    fn fits(&self, finding: &Finding) -> bool {
        let reaches = match (&self.reach, finding.place) {
            (Reach::Files(files), _) => files.contains(&finding.file),
            (Reach::Stretch { file, span }, Place::Prose(at)) => {
                *file == finding.file && span.start <= at.start && at.start < span.end
            }
            (Reach::Stretch { .. }, Place::File(_)) => false,
        };
        let known = self.fingerprint.as_ref().is_none_or(|fingerprint| *fingerprint == finding.fingerprint);
        reaches && known
    }
}

/// Those of `findings` that a quotation means.
///
/// Words that touch what is underlined mean what they touch, so that the name of one item leaves its neighbours
/// alone; other words of a sentence mean all of it. An item that is not underlined means nothing, if the quotation
/// stands `alone`: it would waive its neighbours.
fn quoted(
    quote: &str,
    alone: bool,
    findings: &[Finding],
    among: &[usize],
    files: &[Analysis],
    folding: &Folding,
) -> Vec<usize> {
    let mut by_passage: BTreeMap<Passage, Vec<usize>> = BTreeMap::new();
    for &at in among {
        let finding = &findings[at];
        by_passage.entry(Passage::around(finding, &files[finding.file])).or_default().push(at);
    }
    let mut chosen = Vec::new();
    for (passage, among) in by_passage {
        let file = &files[passage.file];
        let letters = Letters::of(folding, passage.text(file));
        for found in letters.occurrences(quote) {
            let found = Span::new(passage.start + found.start(), passage.start + found.end());
            let touched = |at: &&usize| words_of(&findings[**at]).overlaps(found);
            let mut meant: Vec<usize> = among.iter().filter(touched).copied().collect();
            if meant.is_empty() && !(alone && is_part_of_item(file, &passage, found)) {
                let in_sentence = |at: &&usize| passage.sentence(file, &findings[**at]).overlaps(found);
                meant = among.iter().filter(in_sentence).copied().collect();
            }
            chosen.extend(meant);
        }
    }
    chosen.sort_unstable();
    chosen.dedup();
    chosen
}

fn words_of(finding: &Finding) -> Span {
    match finding.place {
        Place::Prose(span) => span,
        Place::File(span) => Span::new(span.start, span.end),
    }
}

fn is_part_of_item(file: &Analysis, passage: &Passage, words: Span) -> bool {
    !passage.of_file
        && file.practices.iter().flat_map(|practice| &practice.data).any(|item| item.span.contains(words))
}

/// The text that a quotation is looked for in: the paragraph of a finding, or the line of one in the mark-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Passage {
    file: usize,
    /// It is a part of the file, not of the prose.
    of_file: bool,
    start: usize,
    end: usize,
}

impl Passage {
    fn around(finding: &Finding, file: &Analysis) -> Self {
        let (document, number) = (&file.document, finding.file);
        match finding.place {
            Place::Prose(span) => {
                let sentence = document.sentences.get(document.sentence_from(span.start));
                let paragraph = sentence.map_or(span, |it| document.paragraph(it.paragraph).span);
                Self { file: number, of_file: false, start: paragraph.start(), end: paragraph.end() }
            }
            Place::File(span) => {
                let text = &file.source.text;
                let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
                let end = text[span.end..].find('\n').map_or(text.len(), |at| span.end + at);
                Self { file: number, of_file: true, start, end }
            }
        }
    }

    fn text<'a>(&self, file: &'a Analysis) -> &'a str {
        let text = if self.of_file { file.source.text.as_str() } else { file.document.prose.text() };
        &text[self.start..self.end]
    }

    /// The sentence that the finding begins in.
    fn sentence(&self, file: &Analysis, finding: &Finding) -> Span {
        match finding.place {
            Place::Prose(span) => {
                let document = &file.document;
                let sentence = document.sentences.get(document.sentence_from(span.start));
                sentence.map_or(span, |sentence| sentence.span.hull(span))
            }
            Place::File(_) => Span::new(self.start, self.end),
        }
    }
}

/// The letters and digits of a text, folded, with the way back.
struct Letters {
    text: String,
    /// Positions in `text` and in the text it was made of.
    at: Vec<(usize, usize)>,
}

impl Letters {
    fn of(folding: &Folding, text: &str) -> Self {
        let mut letters = Self { text: String::with_capacity(text.len()), at: Vec::new() };
        for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
            letters.at.push((letters.text.len(), at));
            letters.text.push(folding.character(c));
        }
        letters.at.push((letters.text.len(), text.len()));
        letters
    }

    fn occurrences<'a>(&'a self, words: &'a str) -> impl Iterator<Item = Span> + 'a {
        let back = |at: usize| {
            let index = self.at.partition_point(|(letter, _)| *letter < at);
            self.at.get(index).map_or(0, |(_, origin)| *origin)
        };
        let found = (!words.is_empty()).then(|| self.text.match_indices(words));
        found.into_iter().flatten().map(move |(at, _)| Span::new(back(at), back(at + words.len())))
    }
}

/// Whether there are words in a quotation to look for.
pub fn has_words(quote: &str) -> bool {
    quote.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_case_spaces_and_punctuation_make_no_difference() {
        let folding = Folding::default();
        let text = "我们会收集您的 ＩＭＥＩ、IP地址。";
        let letters = Letters::of(&folding, text);
        let quote = Letters::of(&folding, "imei，IP 地址").text;
        let found: Vec<&str> = letters.occurrences(&quote).map(|span| span.of(text)).collect();
        assert_eq!(found, ["ＩＭＥＩ、IP地址。"]);
        assert_eq!(letters.occurrences("手机号").count(), 0);
        assert_eq!(letters.occurrences("").count(), 0);
        assert!(!has_words("……。"));
    }
}
