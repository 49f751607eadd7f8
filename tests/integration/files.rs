//! Which files are linted, whatever lies in the folders.

use serde_json::Value;

use crate::support::Project;

const POLICY: &str = "云岚健身隐私政策\n\n我们会收集您的人脸信息。\n";

/// The paths of the files that have findings, and the exit status.
fn linted(project: &Project, arguments: &str) -> (i32, Vec<String>) {
    let said = project.run(&format!("check --format json --select sensitive-purpose-missing {arguments}"));
    let report: Value = serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("{}", said.err));
    let findings = report["findings"].as_array().unwrap().iter();
    (said.status, findings.map(|finding| finding["path"].as_str().unwrap().to_owned()).collect())
}

#[test]
fn overlapping_paths_are_one() {
    let project = Project::new(&[("legal/privacy.md", POLICY), ("docs/other.md", POLICY)]);
    let once = ["docs/other.md", "legal/privacy.md"];
    assert_eq!(linted(&project, ". legal legal/privacy.md ./legal"), (1, once.map(String::from).to_vec()));
    let (_, paths) = linted(&project, "legal docs/../legal docs/../legal/privacy.md");
    assert_eq!(paths, ["legal/privacy.md"]);
}

#[test]
fn a_path_with_dots_is_under_the_config_of_where_it_leads() {
    let project = Project::new(&[
        ("policy-lint.yaml", "exclude: [legal/old.md]\n"),
        ("docs/policy-lint.yaml", "rules: { sensitive-purpose-missing: off }\n"),
        ("legal/old.md", POLICY),
        ("legal/privacy.md", POLICY),
    ]);
    let (_, paths) = linted(&project, "docs/../legal/privacy.md docs/../legal/old.md");
    assert_eq!(paths, ["docs/../legal/privacy.md"]);
}

#[cfg(unix)]
#[test]
fn links_pipes_and_sockets_in_folders_are_passed_over() {
    use std::os::unix::fs::symlink;
    let project = Project::new(&[("legal/privacy.md", POLICY)]);
    let below = |name: &str| project.path().join(name);
    symlink("..", below("legal/up")).unwrap();
    symlink("loop-b.md", below("legal/loop-a.md")).unwrap();
    symlink("loop-a.md", below("legal/loop-b.md")).unwrap();
    symlink("nowhere.md", below("legal/dangling.md")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(below("legal/pipe.md")).status().unwrap();
    assert!(made.success());
    let _socket = std::os::unix::net::UnixListener::bind(below("legal/socket.md")).unwrap();
    assert_eq!(linted(&project, "."), (1, vec!["legal/privacy.md".to_owned()]));
    // Named, they are told.
    for (name, why) in [
        ("legal/pipe.md", "this is a pipe"),
        ("legal/dangling.md", "no such file"),
        ("legal/loop-a.md", "legal/loop-a.md: cannot read"),
        ("/dev/null", "pipe, socket or device"),
    ] {
        let said = project.run(&format!("check {name} legal/privacy.md"));
        assert_eq!(said.status, 2, "{name}");
        assert!(said.err.contains(why), "{name}: {}", said.err);
        assert!(said.out.contains("legal/privacy.md:3"), "the others are linted: {}", said.out);
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_is_named_is_followed_and_linted_once() {
    let project = Project::new(&[("legal/privacy.md", POLICY)]);
    std::os::unix::fs::symlink("legal/privacy.md", project.path().join("link.md")).unwrap();
    std::os::unix::fs::symlink("legal", project.path().join("folder")).unwrap();
    assert_eq!(linted(&project, "link.md").1, ["link.md"]);
    assert_eq!(linted(&project, "legal link.md folder").1, ["legal/privacy.md"]);
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_told_and_the_rest_linted() {
    use std::os::unix::fs::PermissionsExt;
    let project = Project::new(&[("a/locked.md", POLICY), ("a/privacy.md", POLICY), ("b/shut/x.md", POLICY)]);
    for name in ["a/locked.md", "b/shut"] {
        let nobody = std::fs::Permissions::from_mode(0o000);
        std::fs::set_permissions(project.path().join(name), nobody).unwrap();
    }
    if std::fs::read(project.path().join("a/locked.md")).is_ok() {
        // Nothing is locked for root.
        return;
    }
    let said = project.run("check a b");
    assert_eq!(said.status, 2);
    assert!(said.err.contains("a/locked.md: no permission"), "{}", said.err);
    assert!(said.err.contains("b/shut"), "{}", said.err);
    assert!(said.out.contains("a/privacy.md:3"), "{}", said.out);
    std::fs::set_permissions(project.path().join("b/shut"), std::fs::Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn the_order_is_the_same_whatever_the_threads() {
    let names: Vec<String> = (0..40).map(|number| format!("p{number:02}/privacy.md")).collect();
    let mut files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), POLICY)).collect();
    // In a long one the sentences are read at once as well.
    let long = POLICY.repeat(30);
    files.push(("long/privacy.md", &long));
    let project = Project::new(&files);
    let run = |threads| project.run_with("check --format jsonl", "", &[("RAYON_NUM_THREADS", threads)]).out;
    let one = run("1");
    assert!(one.lines().count() >= names.len());
    for threads in ["2", "7"] {
        assert_eq!(run(threads), one);
    }
}

#[test]
fn reports_of_ours_are_no_policies() {
    let policy = "# 隐私政策\n\n我们会收集您的人脸信息。\n";
    let project = Project::new(&[("privacy.md", policy), ("old.md", "# 隐私政策\n\n我们重视隐私。\n")]);
    for arguments in [
        "check --output html=review.html privacy.md",
        "audit --output audit.html privacy.md",
        "audit --output audit.md privacy.md",
        "inventory --output lists.md privacy.md",
    ] {
        assert!(project.run(arguments).status < 2, "{arguments}");
    }
    let diff = project.run("diff --format html old.md privacy.md").out;
    project.write("diff.html", diff.as_bytes());
    let comment = project.run("diff --format md old.md privacy.md").out;
    project.write("comment.md", comment.as_bytes());
    let said = project.run("check --format json .");
    let report: Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!(report["summary"]["files"], 2, "{}", said.out);
    // Who names one wants it linted.
    let named = project.run("check --format json review.html");
    let report: Value = serde_json::from_str(&named.out).expect("JSON");
    assert_eq!(report["summary"]["files"], 1);
}
