//! Which characters a match can start with.

use regex_syntax::hir::{Class, Hir, HirKind};
use serde::{Deserialize, Serialize};

/// A class of more characters may stand anywhere.
const MOST: usize = 512;

/// What a match can start with, by the last eight bits of the character.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Starts([u64; 4]);

impl Starts {
    pub(super) fn of(hir: &Hir) -> Self {
        let mut bits = [0; 4];
        let may_be_empty = mark_starts(hir, &mut bits);
        Self(if may_be_empty { [u64::MAX; 4] } else { bits })
    }

    /// Whether a match may start with `c`; some can't all the same.
    pub(super) fn may_be(&self, c: char) -> bool {
        self.0[(c as usize & 0xff) >> 6] & (1 << (c as u32 & 63)) != 0
    }
}

/// Marks the characters that a match can start with; tells whether it may be empty.
fn mark_starts(hir: &Hir, bits: &mut [u64; 4]) -> bool {
    let mut mark = |c: char| bits[(c as usize & 0xff) >> 6] |= 1 << (c as u32 & 63);
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => true,
        HirKind::Literal(literal) => {
            let text = std::str::from_utf8(&literal.0).unwrap_or_default();
            text.chars().next().map(mark).is_none()
        }
        HirKind::Class(Class::Unicode(class)) => {
            let count: usize = class.iter().map(|range| range.len()).sum();
            if count > MOST {
                *bits = [u64::MAX; 4];
            } else {
                class.iter().flat_map(|range| range.start()..=range.end()).for_each(mark);
            }
            false
        }
        HirKind::Class(Class::Bytes(class)) => {
            class.iter().flat_map(|range| range.start()..=range.end()).for_each(|byte| mark(byte.into()));
            false
        }
        HirKind::Capture(capture) => mark_starts(&capture.sub, bits),
        HirKind::Repetition(repetition) => {
            let empty = mark_starts(&repetition.sub, bits);
            empty || repetition.min == 0
        }
        HirKind::Concat(parts) => parts.iter().all(|part| mark_starts(part, bits)),
        HirKind::Alternation(parts) => {
            // Every part is looked at, also behind one that may be empty.
            let empty = parts.iter().filter(|part| mark_starts(part, bits)).count();
            empty > 0
        }
    }
}
