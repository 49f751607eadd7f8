//! Repositories and policies that nobody checked: what SECURITY.md promises.

use crate::support::Project;

const FLAWED: &str = "云岚健身隐私政策\n\n我们会收集您的人脸信息。\n";
const SELECT: &str = "--select sensitive-purpose-missing";

/// A folder with a secret beside a project with this config.
fn beside_a_secret(config: &str) -> Project {
    Project::new(&[
        ("secret.yaml", "rules: [a secret]\n"),
        ("repo/privacy.txt", FLAWED),
        ("repo/policy-lint.yaml", config),
    ])
}

#[test]
fn a_config_does_not_lead_out_of_its_project() {
    for config in [
        "rule-files: [../secret.yaml]\n",
        "rule-files: [legal/../../secret.yaml]\n",
        "rule-files: [/etc/passwd]\n",
        "policies: [{ name: A, files: [privacy.txt, ../secret.yaml] }]\n",
        "policies: [{ name: A, files: [privacy.txt, '../*.yaml'] }]\n",
    ] {
        let said = beside_a_secret(config).run_in("repo", "check privacy.txt");
        assert_eq!(said.status, 2, "{config}");
        assert!(said.err.contains("this path leads out of the project"), "{config}: {}", said.err);
        assert!(!(said.out + &said.err).contains("a secret"), "{config}");
    }
}

#[test]
fn the_user_may_name_any_rule_file() {
    let project = beside_a_secret("rule-files: []\n");
    let rule_of_their_own = "phrases:\n  ours: [人脸]\n";
    project.write("ours.yaml", rule_of_their_own.as_bytes());
    let said = project.run_in("repo", &format!("check {SELECT} --rules ../ours.yaml privacy.txt"));
    assert_eq!(said.status, 1, "{}", said.err);
}

#[cfg(unix)]
#[test]
fn links_do_not_lead_out_of_a_project() {
    use std::os::unix::fs::symlink;
    let project = beside_a_secret("rule-files: [rules]\n");
    project.write("repo/rules/ours.yaml", b"phrases:\n  ours: [x]\n");
    symlink(project.path().join("secret.yaml"), project.path().join("repo/rules/linked.yaml")).unwrap();
    symlink(project.path().join("secret.yaml"), project.path().join("repo/privacy-linked.txt")).unwrap();
    let said = project.run_in("repo", &format!("check {SELECT} ."));
    assert_eq!((said.status, said.err.as_str()), (1, ""), "links in folders are not followed");

    std::fs::remove_file(project.path().join("repo/policy-lint.yaml")).unwrap();
    symlink(project.path().join("secret.yaml"), project.path().join("repo/policy-lint.yaml")).unwrap();
    let said = project.run_in("repo", "check privacy.txt");
    assert_eq!(said.status, 2);
    assert!(said.err.contains("this link leads out of the project"), "{}", said.err);
    assert!(!said.err.contains("a secret"), "{}", said.err);
}

#[cfg(unix)]
#[test]
fn a_config_that_never_ends_is_refused() {
    let project = Project::new(&[("privacy.txt", FLAWED)]);
    let said = project.run("check --config /dev/zero privacy.txt");
    assert_eq!(said.status, 2);
    assert!(said.err.contains("expected a regular file"), "{}", said.err);
}

#[cfg(unix)]
#[test]
fn names_of_files_do_not_steer_the_terminal_or_the_build() {
    let project = Project::new(&[]);
    let name = "a\u{1b}[2J\u{202e}\n::error::b%0A,c.txt";
    project.write(name, FLAWED.as_bytes());
    for format in ["text", "short", "github"] {
        let said = project.run(&format!("check {SELECT} --format {format} ."));
        assert_eq!(said.status, 1, "{}", said.err);
        assert!(!said.out.contains(['\u{1b}', '\u{202e}']), "{format}: {:?}", said.out);
        let commands = said.out.lines().filter(|line| line.starts_with("::"));
        assert_eq!(commands.count(), usize::from(format == "github"), "{format}: {}", said.out);
    }
}

#[test]
fn words_of_a_policy_do_not_command_the_build() {
    let policy = "云岚健身隐私政策\n\n::error file=x::我们会收集您的人脸信息。\n::set-env name=A::1\n";
    let said = Project::new(&[("privacy.txt", policy)]).run(&format!("check {SELECT} --format github ."));
    for line in said.out.lines().filter(|line| line.starts_with("::")) {
        assert!(line.starts_with("::error file=privacy.txt,line=3,"), "{line}");
    }
}
