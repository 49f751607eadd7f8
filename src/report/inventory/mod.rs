//! The inventory of a policy: what is collected, item by item, and who else gets it.

mod csv;
mod paper;
mod record;

pub use csv::render as csv;
pub use paper::paper;
pub use record::{
    DenialRecord, InventoryRecord, ItemRecord, KindRecord, Quote, SharedItemRecord, SharingAction,
    SharingRecord, ToldRecord, UseRecord,
};

use serde::Serialize;

use super::json::{Failure, TOOL};

/// The result of `inventory --format json`.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Serialize)]
pub struct InventoryReport<'a> {
    schema: u32,
    policies: &'a [InventoryRecord],
    errors: &'a [Failure],
    tool: &'static str,
}

impl<'a> InventoryReport<'a> {
    pub fn new(policies: &'a [InventoryRecord], errors: &'a [Failure]) -> Self {
        Self { schema: 1, policies, errors, tool: TOOL }
    }
}
