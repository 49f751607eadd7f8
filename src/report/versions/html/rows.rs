//! Both texts in rows: a paragraph of the old version beside the one it became.

use std::collections::HashMap;

use super::wording;
use crate::document::{ParagraphKind, SentenceId};
use crate::findings::Analysis;
use crate::report::sanitise::sanitise;
use crate::run::Compared;
use crate::versions::{Change, Fate, SentenceAt, Side};

/// The texts of two versions side by side.
#[derive(Debug)]
pub struct Sheet {
    pub(super) rows: Vec<Row>,
}

#[derive(Debug)]
pub(super) struct Row {
    pub(super) old: Option<Block>,
    pub(super) new: Option<Block>,
    /// Both say the same, word for word.
    pub(super) same: bool,
}

/// A paragraph, or a row of a table.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) heading: bool,
    pub(super) pieces: Vec<Piece>,
}

#[derive(Debug)]
pub(super) struct Piece {
    pub(super) text: String,
    /// Empty for what both have.
    pub(super) class: &'static str,
    /// Numbers of the changes that rest on the sentence that ends here, and whether it is their first place.
    pub(super) changes: Vec<(usize, bool)>,
}

/// One version, sentence by sentence.
struct Version<'a> {
    files: &'a [Analysis],
    sentences: &'a [(SentenceAt, Fate)],
    /// For each block the numbers of its sentences.
    blocks: Vec<std::ops::Range<usize>>,
    /// The block of each sentence.
    block_of: Vec<usize>,
    changes: HashMap<(usize, SentenceId), Vec<(usize, bool)>>,
    /// Whether each block stands alone in its row.
    alone: Vec<bool>,
    /// What is only in this version.
    only: &'static str,
}

impl Sheet {
    pub fn of(compared: &Compared) -> Self {
        let Compared { old, new, comparison, .. } = compared;
        let changes = &comparison.changes;
        let mut before =
            Version::of(old, &comparison.alignment.old, "gone", changes, |change| change.old.as_ref());
        let mut after =
            Version::of(new, &comparison.alignment.new, "come", changes, |change| change.new.as_ref());
        let beside = beside(&before, &after);
        before.note_beside(beside.iter().map(|(old, _)| *old));
        after.note_beside(beside.iter().map(|(_, new)| *new));
        let mut rows = Vec::new();
        let (mut i, mut j) = (0, 0);
        let end = (before.blocks.len(), after.blocks.len());
        for (old, new) in beside.into_iter().chain([end]) {
            rows.extend((i..old).map(|at| before.alone(at, &after, true)));
            rows.extend((j..new).map(|at| after.alone(at, &before, false)));
            if old < end.0 && new < end.1 {
                let all_same = |version: &Version<'_>, block: usize| {
                    version.blocks[block].clone().all(|at| matches!(version.sentences[at].1, Fate::Same(_)))
                };
                rows.push(Row {
                    old: Some(before.block(old, &after)),
                    new: Some(after.block(new, &before)),
                    same: all_same(&before, old) && all_same(&after, new),
                });
            }
            (i, j) = (old + 1, new + 1);
        }
        Self { rows }
    }
}

/// The blocks that stand beside each other, in order: of all that share most of their words the longest run in which
/// none crosses another.
fn beside(old: &Version<'_>, new: &Version<'_>) -> Vec<(usize, usize)> {
    let partner = |block: usize| -> Option<usize> {
        let mut shares: HashMap<usize, usize> = HashMap::new();
        for at in new.blocks[block].clone() {
            if let Some(other) = new.sentences[at].1.other() {
                *shares.entry(*old.block_of.get(other)?).or_default() += new.text(at).len();
            }
        }
        shares
            .into_iter()
            .max_by_key(|(block, share)| (*share, std::cmp::Reverse(*block)))
            .map(|(block, _)| block)
    };
    let pairs: Vec<(usize, usize)> =
        (0..new.blocks.len()).filter_map(|block| Some((partner(block)?, block))).collect();
    // The longest increasing run: for each length the pair that ends it lowest.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; pairs.len()];
    for (at, (old, _)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].0 < *old);
        before[at] = length.checked_sub(1).map(|shorter| ends[shorter]);
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut run: Vec<(usize, usize)> =
        std::iter::successors(ends.last().copied(), |at| before[*at]).map(|at| pairs[at]).collect();
    run.reverse();
    run
}

impl<'a> Version<'a> {
    fn of(
        files: &'a [Analysis],
        sentences: &'a [(SentenceAt, Fate)],
        only: &'static str,
        changes: &[Change],
        side: impl Fn(&Change) -> Option<&Side>,
    ) -> Self {
        let mut blocks: Vec<std::ops::Range<usize>> = Vec::new();
        let mut block_of = Vec::with_capacity(sentences.len());
        let mut last = None;
        for (number, (at, _)) in sentences.iter().enumerate() {
            let document = &files[at.file].document;
            let paragraph = document.sentence(at.id).paragraph;
            // The cells of a row belong together.
            let row = match document.paragraph(paragraph).kind {
                ParagraphKind::Cell(place) => (at.file, true, place.table, place.row),
                _ => (at.file, false, paragraph.0, 0),
            };
            match blocks.last_mut().filter(|_| last == Some(row)) {
                Some(block) => block.end = number + 1,
                None => blocks.push(number..number + 1),
            }
            last = Some(row);
            block_of.push(blocks.len() - 1);
        }
        let mut of_sentence: HashMap<(usize, SentenceId), Vec<(usize, bool)>> = HashMap::new();
        for (number, change) in changes.iter().enumerate() {
            for (rank, words) in side(change).into_iter().flat_map(|side| &side.places).enumerate() {
                let Some(file) = files.get(words.file) else { continue };
                let id = SentenceId(file.document.sentence_from(words.span.start) as u32);
                let here = of_sentence.entry((words.file, id)).or_default();
                if !here.iter().any(|(known, _)| *known == number + 1) {
                    here.push((number + 1, rank == 0));
                }
            }
        }
        let alone = vec![true; blocks.len()];
        Self { files, sentences, blocks, block_of, changes: of_sentence, alone, only }
    }

    fn note_beside(&mut self, blocks: impl Iterator<Item = usize>) {
        blocks.for_each(|block| self.alone[block] = false);
    }

    /// Whether the block of a sentence stands alone.
    fn stands_alone(&self, sentence: usize) -> bool {
        self.block_of.get(sentence).is_some_and(|block| self.alone[*block])
    }

    /// The words of a sentence, up to the next one in its paragraph.
    fn text(&self, number: usize) -> &'a str {
        let (at, _) = self.sentences[number];
        let document = &self.files[at.file].document;
        let sentence = document.sentence(at.id);
        let next =
            document.sentences.get(at.id.0 as usize + 1).filter(|next| next.paragraph == sentence.paragraph);
        let end = next.map_or(sentence.span.end, |next| next.span.start);
        document.text(crate::span::Span { start: sentence.span.start, end })
    }

    fn alone(&self, block: usize, other: &Version<'_>, old: bool) -> Row {
        let block = Some(self.block(block, other));
        if old {
            Row { old: block, new: None, same: false }
        } else {
            Row { old: None, new: block, same: false }
        }
    }

    fn block(&self, block: usize, other: &Version<'_>) -> Block {
        let mut pieces = Vec::new();
        let mut heading = false;
        let mut last = None;
        for number in self.blocks[block].clone() {
            let (at, fate) = self.sentences[number];
            let document = &self.files[at.file].document;
            let paragraph = document.sentence(at.id).paragraph;
            heading |= document.paragraph(paragraph).kind == ParagraphKind::Heading;
            if last.is_some_and(|last| last != paragraph) {
                pieces.push(Piece::new(" | ", "between"));
            }
            last = Some(paragraph);
            match fate {
                // What moved with its paragraph is the same in another row.
                Fate::Same(counterpart) if self.alone[block] && other.stands_alone(counterpart) => {
                    pieces.push(Piece::new(self.text(number), "moved"));
                }
                Fate::Same(_) => pieces.push(Piece::new(self.text(number), "")),
                Fate::Moved(_) => pieces.push(Piece::new(self.text(number), "moved")),
                Fate::Alone => pieces.push(Piece::new(self.text(number), self.only)),
                Fate::Changed(counterpart) => {
                    let (mine, _) = wording::compare(self.text(number), other.text(counterpart));
                    let piece =
                        |(text, same): (&str, bool)| Piece::new(text, if same { "" } else { self.only });
                    pieces.extend(mine.into_iter().map(piece));
                }
            }
            if let (Some(changes), Some(piece)) = (self.changes.get(&(at.file, at.id)), pieces.last_mut()) {
                piece.changes.clone_from(changes);
            }
        }
        Block { heading, pieces }
    }
}

impl Piece {
    fn new(text: &str, class: &'static str) -> Self {
        Self { text: sanitise(text).into_owned(), class, changes: Vec::new() }
    }
}
