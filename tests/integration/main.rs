//! The linter from outside: the command, what it says, and what it makes of policies.

#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod cli;
mod diagnostics;
mod gold;
mod hostile;
mod marks;
mod mistakes;
mod policies;
mod seeds;
mod support;
mod tables;
