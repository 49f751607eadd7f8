//! A copy of a Word file with a comment for each finding, on the very words.
//!
//! Only what has to change does: marks are set into the main part, the comments go into their part, and
//! the lists of parts and references learn of it where that is new. All else is copied byte for byte.

mod anchors;
mod comments;
mod parts;

use std::time::SystemTime;

use super::{Located, Role, Say};
use crate::knowledge::laws::Laws;
use crate::source::{Word, WordError};
use anchors::Anchors;
use comments::Told;

/// Word opens no file with more than 32,767 comments.
const MOST_COMMENTS: usize = 30_000;

/// A Word file with comments.
#[derive(Debug)]
pub struct Annotated {
    pub bytes: Vec<u8>,
    /// How many comments were added.
    pub comments: usize,
    /// How many more there would be, if Word could open the file with them.
    pub left_out: usize,
}

/// How comments are written.
#[derive(Clone, Copy, Debug)]
pub struct Hand<'a> {
    pub say: Say<'a>,
    pub laws: &'a Laws,
    pub written: SystemTime,
}

/// Writes the findings on a Word file of this text into a copy of it, each instance as a comment.
///
/// # Errors
/// When parts of the file that its text has no need of are damaged.
pub fn annotate(
    word: &Word,
    text: &str,
    findings: &[Located],
    hand: Hand<'_>,
) -> Result<Annotated, WordError> {
    let mut places = Vec::new();
    for finding in findings {
        places.push((finding.at, finding, None));
        let instances = finding.labels.iter().filter(|label| label.role == Role::Instance);
        places.extend(instances.map(|label| (label.at, finding, Some(label))));
    }
    // Comments are listed in the order of the text.
    places.sort_by_key(|(at, ..)| (at.start, at.end));
    let mut package = parts::Parts::open(word)?;
    let main = package.main()?;
    let mut anchors = Anchors::new(word, text, &main);
    let mut told = Vec::new();
    let room = MOST_COMMENTS.saturating_sub(package.comments());
    let mut left_out = 0;
    for (at, finding, instance) in places {
        if told.len() == room {
            left_out += 1;
            continue;
        }
        let id = package.next_id() + told.len() as u64;
        let Some(beside) = anchors.set(id, at.range()) else { continue };
        let quoted = beside.then(|| &text[at.range()]);
        told.push(Told { id, paragraphs: comments::paragraphs(finding, instance, quoted, text, hand) });
    }
    let marked = anchors.write();
    let comments = told.len();
    let bytes = package.write(marked, &told, hand.written)?;
    Ok(Annotated { bytes, comments, left_out })
}
