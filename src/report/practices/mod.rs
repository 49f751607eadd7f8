//! The practices of a policy as a table, JSON or CSV.

mod csv;
mod record;
mod table;

pub use csv::render as csv;
pub use record::{ActionRecord, ActorRecord, DataRecord, DocumentRecord, PartRecord, PracticeRecord};
pub use table::render as table;

use serde::Serialize;

use super::inventory::InventoryRecord;

/// The result of `practices --format json`.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Serialize)]
pub struct PracticesReport<'a> {
    pub schema: u32,
    pub documents: &'a [DocumentRecord],
    /// What they come to, policy by policy.
    pub inventory: &'a [InventoryRecord],
}

impl<'a> PracticesReport<'a> {
    pub fn new(documents: &'a [DocumentRecord], inventory: &'a [InventoryRecord]) -> Self {
        Self { schema: 1, documents, inventory }
    }
}
