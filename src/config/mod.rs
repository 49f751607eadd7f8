//! `policy-lint.yaml`: what a project wants of the linter.

mod diagnose;
mod file;
mod globs;
mod load;
mod search;

pub use diagnose::render as diagnose;
pub use file::{ConfigFile, FailOn, Override, PolicyGroup, Profile};
pub use globs::PathGlobs;
pub use load::Config;
pub(crate) use load::unknown_rule;
pub use search::Configs;

/// The name of the config file that is looked for.
pub const FILE_NAME: &str = "policy-lint.yaml";
