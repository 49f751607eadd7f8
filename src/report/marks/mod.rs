//! Every mark of a policy and what made it, for whoever maintains the lexicon and the grammar.

mod by;
mod list;
mod record;
mod words;

pub use by::{By, Maker};
pub use list::render as list;
pub use record::{MarkRecord, MarkedDocument, MarkedSentence};

use serde::Serialize;

/// The result of `practices --explain-marks --format json`.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Serialize)]
pub struct MarksReport<'a> {
    pub schema: u32,
    pub documents: &'a [MarkedDocument],
}

impl<'a> MarksReport<'a> {
    pub fn new(documents: &'a [MarkedDocument]) -> Self {
        Self { schema: 1, documents }
    }
}
