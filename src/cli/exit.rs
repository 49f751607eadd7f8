use std::process::ExitCode;

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
