//! From paths to findings: which files are linted, and each policy through all stages.

mod baseline_file;
mod batch;
mod before;
mod compare;
mod discover;
mod engine;
mod examples;
mod input;
mod lint;
mod read;
mod repositories;
mod rule_files;
mod settings;
mod staged;
mod stream;
mod units;
mod waivers;
mod walk;
mod watch;
mod write_whole;

pub use baseline_file::BaselineFile;
pub use batch::in_order;
pub use before::look_up as look_up_before;
pub use compare::{Compared, Edition, compare_versions};
pub use discover::{Discovery, discover};
pub use engine::Engine;
pub use input::{Input, Opened, plain};
pub use lint::{
    Audited, Before, Judged, Linted, Reviewed, audit_policy, judge_policy, lint_change, lint_policy,
    review_policy,
};
pub use settings::{Known, Settings, Waivers, Wishes};
pub use staged::discover as discover_staged;
pub use stream::stream;
pub use units::Unit;
pub use waivers::{Accepted, config_faults};
pub use watch::{Changes, WatchError, Watched};
pub use write_whole::write_whole;
