//! `check --watch`: lints again when something changes.

use std::io::{BufRead as _, BufReader, Read};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::support::Project;

const FLAWED: &str = "云岚健身隐私政策\n\n我们会收集您的人脸信息。\n";
const CLEAN: &str = "云岚健身隐私政策\n\n为完成实名认证，我们会收集您的人脸信息。\n";
const RULE: &str = "--select sensitive-purpose-missing";
/// A machine may be slow; a run that says nothing for so long is broken.
const LONGEST: Duration = Duration::from_secs(60);

/// A run that goes on; it ends with the test.
struct Watching {
    process: Child,
    lines: Receiver<String>,
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Watching {
    /// Starts `check --watch --format short`, and waits until it has linted once.
    fn start(project: &Project, arguments: &str) -> (Self, Vec<String>) {
        let mut command = project.std_command(&format!("check --watch --format short {arguments}"));
        let mut process = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command runs");
        let (sender, lines) = channel();
        let out: Box<dyn Read + Send> = Box::new(process.stdout.take().expect("a pipe"));
        let err: Box<dyn Read + Send> = Box::new(process.stderr.take().expect("a pipe"));
        for stream in [out, err] {
            let sender = sender.clone();
            std::thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    let _ = sender.send(line);
                }
            });
        }
        let mut watching = Self { process, lines };
        let said = watching.next();
        (watching, said)
    }

    /// What it says until a line holds these words.
    fn until(&mut self, words: &str) -> Vec<String> {
        let mut said: Vec<String> = Vec::new();
        let last = Instant::now() + LONGEST;
        while !said.last().is_some_and(|line| line.contains(words)) {
            match self.lines.recv_timeout(last.saturating_duration_since(Instant::now())) {
                Ok(line) => said.push(line),
                Err(why) => panic!("waited for “{words}” ({why}), but it said\n{}", said.join("\n")),
            }
        }
        said
    }

    /// What the next run says, first what changed. Report and notes come through two pipes, in any order.
    fn next(&mut self) -> Vec<String> {
        let mut said = self.until("watching for changes");
        // The report was written before, but its pipe may be slower.
        while let Ok(line) = self.lines.recv_timeout(Duration::from_millis(50)) {
            said.push(line);
        }
        said
    }

    /// The next run that says such words: a change that is made in steps may be linted in between.
    fn says(&mut self, words: &str) -> Vec<String> {
        let last = Instant::now() + LONGEST;
        loop {
            let said = self.next();
            if said.iter().any(|line| line.contains(words)) {
                return said;
            }
            assert!(Instant::now() < last, "never said “{words}”, last\n{}", said.join("\n"));
        }
    }

    fn is_over(&mut self) -> bool {
        let last = Instant::now() + LONGEST;
        while Instant::now() < last {
            if self.process.try_wait().expect("can wait").is_some() {
                return true;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        false
    }
}

/// Puts a new file in the place of another, as many editors save.
fn replace(project: &Project, name: &str, text: &str) {
    project.write(&format!(".{name}.new"), text.as_bytes());
    let path = |name: &str| project.path().join(name);
    std::fs::rename(path(&format!(".{name}.new")), path(name)).unwrap();
}

fn remove(path: &Path) {
    std::fs::remove_file(path).unwrap();
}

#[test]
fn a_policy_that_changes_is_linted_again() {
    let project = Project::new(&[("privacy.txt", CLEAN)]);
    let (mut watching, _) = Watching::start(&project, &format!("{RULE} privacy.txt"));
    project.write("privacy.txt", FLAWED.as_bytes());
    let said = watching.says("privacy.txt:3:8: error sensitive-purpose-missing");
    assert!(said.contains(&"--- privacy.txt changed ---".to_owned()), "{said:?}");
    replace(&project, "privacy.txt", &format!("云岚健身隐私政策\n{}", FLAWED));
    watching.says("privacy.txt:4:8: error");
    replace(&project, "privacy.txt", FLAWED);
    watching.says("privacy.txt:3:8: error");
}

#[test]
fn files_come_and_go() {
    let project = Project::new(&[("a.txt", CLEAN)]);
    let (mut watching, _) = Watching::start(&project, RULE);
    project.write("new/b.txt", FLAWED.as_bytes());
    watching.says("new/b.txt:3:8: error");
    // A folder that is new is watched like the others.
    project.write("new/c.txt", FLAWED.as_bytes());
    watching.says("new/c.txt:3:8: error");
    std::fs::remove_dir_all(project.path().join("new")).unwrap();
    let said = watching.next();
    assert!(!said.iter().any(|line| line.contains(": error")), "{said:?}");
    project.write("new/b.txt", FLAWED.as_bytes());
    watching.says("new/b.txt:3:8: error");
}

#[test]
fn a_file_that_vanishes_is_told_and_awaited() {
    let project = Project::new(&[("privacy.txt", CLEAN)]);
    let (mut watching, _) = Watching::start(&project, &format!("{RULE} privacy.txt"));
    remove(&project.path().join("privacy.txt"));
    watching.says("privacy.txt: no such file");
    project.write("privacy.txt", FLAWED.as_bytes());
    watching.says("privacy.txt:3:8: error");
}

#[test]
fn a_broken_config_is_shown_and_its_repair_awaited() {
    let project = Project::new(&[("privacy.txt", FLAWED)]);
    let (mut watching, _) = Watching::start(&project, "privacy.txt");
    project.write("policy-lint.yaml", b"selct: [sensitive-purpose-missing]\n");
    watching.says("did you mean `select`?");
    project.write("policy-lint.yaml", b"rules: { sensitive-purpose-missing: warning }\n");
    watching.says("privacy.txt:3:8: warning sensitive-purpose-missing");
    remove(&project.path().join("policy-lint.yaml"));
    watching.says("privacy.txt:3:8: error sensitive-purpose-missing");
}

const OWN_RULE: &str = "rules:
  - id: our-face
    title: { zh: 人脸, en: Face }
    severity: warning
    cites: [pipl-6-2]
    judge: sentence
    when: { text: [人脸信息] }
    message: { zh: 提到人脸, en: speaks of faces }
    help: { zh: 删去, en: remove it }
    why: { zh: 试一试, en: a try }
    examples: { bad: [我们会收集您的人脸信息。], good: [我们不会收集您的指纹。] }
";

#[test]
fn a_rule_file_that_changes_is_read_again() {
    let project = Project::new(&[("privacy.txt", FLAWED), ("own/face.yaml", OWN_RULE)]);
    let (mut watching, first) = Watching::start(&project, "--rules own --select our-* privacy.txt");
    assert!(first.iter().any(|line| line.contains("warning our-face")));
    project.write("own/face.yaml", OWN_RULE.replace("judge: sentence", "judge: sentense").as_bytes());
    watching.says("did you mean `sentence`?");
    project.write("own/face.yaml", OWN_RULE.replace("severity: warning", "severity: error").as_bytes());
    watching.says("error our-face");
}

#[test]
fn the_baseline_counts_and_what_the_run_writes_does_not() {
    let project = Project::new(&[("privacy.txt", FLAWED)]);
    let (mut watching, _) = Watching::start(&project, &format!("{RULE} --output html=review.html"));
    assert_eq!(project.run(&format!("baseline create {RULE}")).status, 0);
    let said = watching.next();
    assert!(said.contains(&"--- policy-lint-baseline.json changed ---".to_owned()), "{said:?}");
    assert!(!said.iter().any(|line| line.contains(": error")), "{said:?}");
    // The page was written twice by now. Had that asked for a run, it would come before this one.
    project.write("other.txt", FLAWED.as_bytes());
    let said = watching.next();
    assert!(said.contains(&"--- other.txt changed ---".to_owned()), "{said:?}");
}

#[test]
fn it_ends_when_nobody_reads_the_report() {
    let project = Project::new(&[("privacy.txt", FLAWED)]);
    let mut process = project
        .std_command(&format!("check --watch --format short {RULE} privacy.txt"))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command runs");
    drop(process.stdout.take());
    let (_, lines) = channel();
    assert!(Watching { process, lines }.is_over());
}

#[cfg(unix)]
#[test]
fn the_user_ends_it() {
    use std::os::unix::process::ExitStatusExt as _;
    let project = Project::new(&[("privacy.txt", FLAWED)]);
    let (mut watching, _) = Watching::start(&project, "privacy.txt");
    let id = watching.process.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    assert!(watching.is_over());
    // By the signal, which shells tell as 130.
    assert_eq!(watching.process.wait().unwrap().signal(), Some(2));
}

#[test]
fn what_makes_no_sense_is_refused() {
    let project = Project::new(&[("privacy.txt", CLEAN)]);
    for (arguments, why) in [
        ("check --watch -", "standard input is read once and cannot be watched"),
        ("check --watch --staged", "cannot be used with '--staged'"),
        ("check --watch --stdin-format ndjson", "cannot be used with '--stdin-format"),
        ("check --watch --format sarif", "have a file written anew each time: `--output sarif=PATH`"),
    ] {
        let said = project.run(arguments);
        assert_eq!(said.status, 2, "{arguments}: {}", said.err);
        assert!(said.err.contains(why), "{arguments}: {}", said.err);
    }
}
