//! From paths to findings: which files are linted, and each policy through all stages.

mod baseline_file;
mod batch;
mod compare;
mod discover;
mod engine;
mod examples;
mod input;
mod lint;
mod read;
mod rule_files;
mod settings;
mod stream;
mod units;
mod waivers;
mod walk;

pub use baseline_file::BaselineFile;
pub use batch::in_order;
pub use compare::{Compared, Edition, compare_versions};
pub use discover::{Discovery, discover};
pub use engine::Engine;
pub use input::{Input, Opened};
pub use lint::{Audited, Judged, Linted, audit_policy, judge_policy, lint_policy};
pub use settings::{Known, Settings, Waivers, Wishes};
pub use stream::stream;
pub use units::Unit;
pub use waivers::{Accepted, config_faults};
