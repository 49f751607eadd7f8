//! `policy-lint.yaml`: what a project wants of the linter.

mod diagnose;
mod edit;
mod entry;
mod file;
mod globs;
mod load;
mod paths;
mod project;
mod search;
mod unknown;
mod waivers;

pub use diagnose::render as diagnose;
pub use entry::{scalar, waiver_lines};
pub use file::{App, ConfigFile, FailOn, Levels, Override, PolicyGroup, Profile, WaiverEntry};
pub use globs::PathGlobs;
pub use load::Config;
pub(crate) use paths::{from_working_folder, named_from_working_folder};
pub use search::Configs;
pub(crate) use unknown::{unknown_id, unknown_rule};

/// The name of the config file that is looked for.
pub const FILE_NAME: &str = "policy-lint.yaml";
