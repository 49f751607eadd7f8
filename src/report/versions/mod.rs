//! What a new version of a policy changes.

mod html;
mod markdown;
mod record;
mod summary;
mod text;
mod titles;
mod words;

pub use html::{Sheet, Spread, render as html};
pub use markdown::render as markdown;
pub use record::{ChangeRecord, DatumRecord, PolicyRecord, SideRecord, VersionsReport};
pub use summary::Totals;
pub use text::render as text;
pub use words::Words;
