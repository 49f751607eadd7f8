//! The knowledge that ships in the binary, compiled from `rules/` when it was built.

use crate::knowledge::Knowledge;

/// The shipped lexicon, grammar, laws and rules.
///
/// # Errors
/// When the build embedded something else than this version reads, which only a broken build does.
pub fn knowledge() -> Result<Knowledge, String> {
    Knowledge::load(
        include_bytes!(concat!(env!("OUT_DIR"), "/parts.bin")),
        include_bytes!(concat!(env!("OUT_DIR"), "/literals.bin")),
        include_bytes!(concat!(env!("OUT_DIR"), "/spellings.bin")),
    )
}
