//! The files that a command writes: none of them is a policy that it reads, and none is written twice.

use std::path::Path;

use super::session::Session;
use crate::knowledge::problem::Problem;
use crate::run::plain;

/// Refuses to write reports to where they would destroy something.
///
/// # Errors
/// When a target is a policy that is linted, is that of another report, or means standard output.
pub(super) fn refuse<'p>(
    option: &str,
    targets: impl IntoIterator<Item = &'p Path>,
    session: &Session,
) -> Result<(), Vec<Problem>> {
    let targets: Vec<&Path> = targets.into_iter().collect();
    let problems = targets.iter().enumerate().filter_map(|(number, target)| {
        let problem = |why: String| Problem::new(option, why);
        if target.as_os_str() == "-" {
            let help =
                "without this option the report goes to standard output, in the form that `--format` says";
            return Some(problem("expected a file, found `-`".to_owned()).help(help));
        }
        let shown = target.display();
        if targets[..number].iter().any(|other| is_same(other, target)) {
            return Some(problem(format!("two reports would go to {shown}")).help("name a file for each"));
        }
        session.lints(target).then(|| {
            problem(format!("{shown} would be overwritten, and it is one of the policies that are linted"))
                .help("name another file for the report")
        })
    });
    let problems: Vec<Problem> = problems.collect();
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// Whether both are one file, be it there or not.
pub(super) fn is_same(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => plain(one) == plain(other),
    }
}
