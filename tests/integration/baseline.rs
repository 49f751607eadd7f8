//! What was there before stays quiet, what is new does not.

use serde_json::Value;

use crate::support::Project;

const POLICY: &str = "云岚健身隐私政策\n\n我们会收集您的人脸信息。\n";
const ONLY: &str = "--select sensitive-purpose-missing";

fn with_baseline(policy: &str) -> Project {
    let project = Project::new(&[("privacy.md", policy)]);
    let said = project.run(&format!("baseline create {ONLY} privacy.md"));
    assert_eq!(said.status, 0, "{}", said.err);
    project
}

fn check(project: &Project, rest: &str) -> (i32, Value) {
    let said = project.run(&format!("check {ONLY} --format json {rest} privacy.md"));
    (said.status, serde_json::from_str(&said.out).expect("JSON"))
}

#[test]
fn known_findings_are_counted_and_not_reported() {
    let project = with_baseline(POLICY);
    let (status, report) = check(&project, "");
    assert_eq!(status, 0);
    assert_eq!((&report["summary"]["error"], &report["summary"]["known"]), (&0.into(), &1.into()));
    assert_eq!(report["suppressed"][0]["by"], "baseline");
    assert_eq!(report["suppressed"][0]["line"], 3);
    let text = project.run(&format!("check {ONLY} privacy.md"));
    assert!(text.out.contains("基线中已有 1 处"), "{}", text.out);
    assert_eq!(check(&project, "--no-baseline").0, 1);
}

#[test]
fn moved_lines_and_white_space_change_nothing() {
    let project = with_baseline(POLICY);
    let moved = "云岚健身隐私政策\n\n我们重视您的隐私。\n\n请放心使用。\n\n我们会收集 您的人脸信息 。\n";
    project.write("privacy.md", moved.as_bytes());
    assert_eq!(check(&project, "").0, 0);
}

#[test]
fn a_second_occurrence_and_a_further_item_are_new() {
    let project = with_baseline(POLICY);
    project.write("privacy.md", format!("{POLICY}\n我们会收集您的人脸信息。\n").as_bytes());
    let (status, report) = check(&project, "");
    assert_eq!((status, &report["summary"]["known"]), (1, &1.into()));

    let list = "云岚健身隐私政策\n\n我们会收集您的人脸信息、指纹信息。\n";
    let project = with_baseline(list);
    let more = list.replace("指纹信息", "指纹信息、声纹信息");
    project.write("privacy.md", more.as_bytes());
    let (status, report) = check(&project, "");
    assert_eq!(status, 1);
    let finding = &report["findings"][0];
    let [start, end] = ["start", "end"].map(|key| finding[key].as_u64().expect("an offset") as usize);
    assert_eq!(&more[start..end], "声纹信息");
}

#[test]
fn what_is_gone_is_told_and_pruned() {
    let project = with_baseline(POLICY);
    let mended = "云岚健身隐私政策\n\n为了完成实名认证，我们会收集您的人脸信息。\n";
    project.write("privacy.md", mended.as_bytes());
    let said = project.run(&format!("check {ONLY} privacy.md"));
    assert_eq!(said.status, 0);
    assert!(said.err.contains("no longer occur"), "{}", said.err);
    assert_eq!(project.run(&format!("check {ONLY} --strict-baseline privacy.md")).status, 1);
    // Another rule's entries are not gone because it was not asked.
    let other = project.run("check --select purpose-vague --strict-baseline privacy.md");
    assert_eq!(other.status, 0, "{}", other.err);

    assert_eq!(project.run(&format!("baseline prune {ONLY} privacy.md")).status, 0);
    assert_eq!(project.run(&format!("check {ONLY} --strict-baseline privacy.md")).status, 0);
    project.write("privacy.md", POLICY.as_bytes());
    assert_eq!(check(&project, "").0, 1, "what was pruned is new again");
}

#[test]
fn a_newer_rule_warns_until_the_baseline_is_updated() {
    let project = with_baseline(POLICY);
    let path = "policy-lint-baseline.json";
    let text = std::fs::read_to_string(project.path().join(path)).expect("a baseline");
    let mut baseline: Value = serde_json::from_str(&text).expect("JSON");
    let rules = baseline["rules"].as_array_mut().expect("rules");
    rules.retain(|rule| rule != "sensitive-purpose-missing");
    baseline["findings"] = Value::Array(Vec::new());
    project.write(path, baseline.to_string().as_bytes());
    let (status, report) = check(&project, "");
    assert_eq!((status, &report["findings"][0]["severity"]), (0, &"warning".into()));
    let said = project.run(&format!("check {ONLY} privacy.md"));
    assert!(said.err.contains("of rules newer than"), "{}", said.err);
    assert_eq!(project.run(&format!("baseline update {ONLY} privacy.md")).status, 0);
    assert_eq!(check(&project, "").1["summary"]["known"], 1);
}

#[test]
fn it_lies_beside_the_config() {
    let project = Project::new(&[("policy-lint.yaml", "{}"), ("docs/privacy.md", POLICY)]);
    let said = project.run_in("docs", &format!("baseline create {ONLY} privacy.md"));
    assert_eq!(said.status, 0, "{}", said.err);
    let text = std::fs::read_to_string(project.path().join("policy-lint-baseline.json")).expect("a baseline");
    assert!(text.contains("\"docs/privacy.md\""), "{text}");
    assert_eq!(project.run(&format!("check {ONLY} docs/privacy.md")).status, 0);
}

#[test]
fn mistakes_are_told() {
    let project = with_baseline(POLICY);
    let again = project.run("baseline create privacy.md");
    assert_eq!(again.status, 2);
    assert!(again.err.contains("policy-lint baseline update"), "{}", again.err);
    let nowhere = project.run("check --baseline other.json privacy.md");
    assert_eq!(nowhere.status, 2);
    assert!(nowhere.err.contains("other.json"), "{}", nowhere.err);
    project.write("policy-lint-baseline.json", b"[]");
    let broken = project.run("check privacy.md");
    assert_eq!(broken.status, 2);
    assert!(broken.err.contains("is no baseline"), "{}", broken.err);
    let half = project.run("baseline update privacy.md no-such-file.md");
    assert_eq!(half.status, 2);
    assert!(half.err.contains("left as it was"), "{}", half.err);
}
