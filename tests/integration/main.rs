//! The linter from outside: the command, what it says, and what it makes of policies.

#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod audit;
mod baseline;
mod changes;
mod cli;
mod diagnostics;
mod docs;
mod files;
mod formats;
mod gold;
mod hostile;
mod html;
mod init;
mod inventory;
mod limits;
mod marks;
mod mistakes;
mod papers;
pub(crate) mod policies;
mod progress;
mod reading;
mod rules;
mod schemas;
mod seeds;
mod stream;
mod support;
mod tables;
mod untrusted;
mod versions;
mod waive;
mod waivers;
mod watch;
mod word;
