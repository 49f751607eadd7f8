//! Running again when something changes.

mod changes;
mod watched;

pub use changes::{Changes, WatchError};
pub use watched::Watched;
