//! Stage 7: one renderer an output format, over the same list of findings.

pub mod annotate;
pub mod audit;
mod csv;
pub mod docs;
pub mod examples;
mod excerpt;
pub mod explain;
pub mod export;
mod grounds;
pub mod html;
pub mod inventory;
pub mod json;
mod lines;
mod locate;
pub mod marks;
mod messages;
pub mod ndjson;
mod page;
mod paint;
pub mod paper;
pub mod practices;
pub mod rules;
mod sanitise;
mod say;
pub mod short;
mod summary;
pub mod text;
pub mod versions;
mod wrap;

use crate::knowledge::kinds::Language;
pub use lines::Lines;
pub use locate::{Located, LocatedLabel, Position, Reach, Role, locate, locate_in_config};
pub use paint::Paint;
pub(crate) use sanitise::sanitise;
pub use say::Say;
pub use summary::Summary;
