//! Stage 5: the rules judge what the policy says.

mod finding;

pub use finding::{Finding, Label, LabelRole, Place};
