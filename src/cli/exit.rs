use std::io;
use std::process::ExitCode;

use crate::knowledge::problem::Problem;

/// The outcome of a run, as the exit status tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Exit {
    /// Nothing at or above the failing severity.
    Clean,
    /// Findings at or above it.
    Findings,
    /// The run itself went wrong.
    Wrong,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Clean => 0,
            Exit::Findings => 1,
            Exit::Wrong => 2,
        })
    }
}

/// Why a command could not do its work.
#[derive(Debug)]
pub(super) enum Trouble {
    /// Mistakes in config or rule files, or in the arguments.
    Mistakes(Vec<Problem>),
    /// Standard output cannot be written.
    Output(io::Error),
}

impl From<Vec<Problem>> for Trouble {
    fn from(problems: Vec<Problem>) -> Self {
        Self::Mistakes(problems)
    }
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}
