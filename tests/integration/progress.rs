//! How far a long run is: told on a terminal, nowhere else.

use std::process::{Command, Stdio};

use crate::support::Project;

/// Enough policies for a run that takes its time.
fn many() -> Project {
    let project = Project::new(&[]);
    let policy = include_bytes!("../../examples/flawed/app-privacy.txt");
    for number in 0..80 {
        project.write(&format!("隐私政策-{number:02}.txt"), policy);
    }
    project
}

const CHECK: &str = "check --format short --color never .";

/// What stands on a terminal in the end, and all that was ever written to it; `None`, with a message, where no
/// terminal can be had.
fn on_a_terminal(project: &Project, arguments: &str) -> Option<(String, String)> {
    let output = Command::new("script")
        .args(["--quiet", "--return", "--command"])
        .arg(format!("{} {arguments}", env!("CARGO_BIN_EXE_policy-lint")))
        .arg("/dev/null")
        .env("TERM", "xterm")
        .current_dir(project.path())
        .stdin(Stdio::null())
        .output();
    let Some(output) = output.ok().filter(|_| cfg!(target_os = "linux")) else {
        eprintln!("skipped: no `script` is installed");
        return None;
    };
    let written = String::from_utf8(output.stdout).expect("UTF-8");
    let last = |line: &str| line.rsplit("\r\u{1b}[2K").next().unwrap_or_default().to_owned();
    let shown: Vec<String> = written.replace("\r\n", "\n").split('\n').map(last).collect();
    Some((shown.join("\n"), written))
}

#[test]
fn a_pipe_gets_nothing_but_the_report() {
    let said = many().run(CHECK);
    assert_eq!((said.status, said.err.as_str()), (1, ""));
    assert!(!said.out.contains(['\r', '\u{1b}']));
}

#[test]
fn a_terminal_shows_how_far_it_is_and_keeps_the_report_whole() {
    let project = many();
    let Some((shown, written)) = on_a_terminal(&project, CHECK) else { return };
    assert!(written.contains("/80 policies, "), "{written}");
    assert_eq!(shown, project.run(CHECK).out);
}

#[test]
fn who_asks_for_quiet_gets_quiet() {
    let project = many();
    let Some((_, written)) = on_a_terminal(&project, &format!("{CHECK} --quiet")) else { return };
    assert!(!written.contains("policies, "), "{written}");
}
