//! Stage 6: which findings are reported, and how grave they are.

mod baseline;
mod checklist;
mod group;
mod plan;
mod rule;
mod selector;

pub use baseline::{Baseline, Compared, Entry};
pub use checklist::{Ruling, Status, Verdict, rule_on};
pub use group::group;
pub use plan::{Plan, Preferences, Reason, Standing};
pub use rule::RuleEntry;
pub use selector::Selector;
