//! The `policy-lint` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    policy_lint::cli::run(std::env::args_os())
}
