//! Stage 6: which findings are reported, and how grave they are.

mod group;
mod plan;
mod rule;
mod selector;

pub use group::group;
pub use plan::{Plan, Preferences, Reason, Standing};
pub use rule::RuleEntry;
pub use selector::Selector;
