//! Stage 6: which findings are reported, and how grave they are.

mod baseline;
mod checklist;
mod directives;
mod gravest;
mod group;
mod plan;
mod rule;
mod selector;
mod since;
mod tally;
mod waiver;
mod waiving;

pub use baseline::{Baseline, Compared, Entry};
pub use checklist::{Ruling, Status, Verdict, rule_on};
pub use directives::Directives;
pub use gravest::gravest;
pub use group::group;
pub use plan::{Plan, Preferences, Reason, Standing};
pub use rule::RuleEntry;
pub use selector::Selector;
pub use since::since;
pub use waiver::{Fault, Grounds, Origin, Reach, Use, Waiver};
pub use waiving::{Waived, Waiving, has_words, waive};
