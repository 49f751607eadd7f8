//! What a change introduced, as git knows the change.

use serde_json::Value;

use crate::support::{Project, Said};

const OLD: &str = "云岚健身隐私政策\n\n我们会收集您的人脸信息。\n";
const ONLY: &str = "--select sensitive-purpose-missing";

/// A repository whose first commit holds these files.
fn repository(files: &[(&str, &str)]) -> Project {
    let project = Project::new(files);
    project.git("init --quiet --initial-branch=main");
    project.commit();
    project
}

fn check(project: &Project, rest: &str) -> (i32, Value) {
    let said = project.run(&format!("check {ONLY} --format json {rest}"));
    let report = serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("no JSON: {}", said.err));
    (said.status, report)
}

/// The words underlined, in the order of the report.
fn underlined(report: &Value, text: &str) -> Vec<String> {
    let at = |finding: &Value, key: &str| finding[key].as_u64().unwrap() as usize;
    let findings = report["findings"].as_array().unwrap();
    findings.iter().map(|finding| text[at(finding, "start")..at(finding, "end")].to_owned()).collect()
}

#[test]
fn only_what_the_change_introduced_is_reported() {
    let project = repository(&[("privacy.md", OLD)]);
    assert_eq!(check(&project, "--diff-base HEAD privacy.md").0, 0);
    let new = "云岚健身隐私政策\n\n请先阅读。\n\n我们会收集您的人脸信息 。\n\n我们会收集您的指纹信息。\n";
    project.write("privacy.md", new.as_bytes());
    let (status, report) = check(&project, "--diff-base HEAD privacy.md");
    assert_eq!((status, underlined(&report, new)), (1, vec!["指纹信息".to_owned()]));
    assert_eq!(report["summary"]["known"], 1);
    assert_eq!(report["suppressed"][0]["by"], "diff-base");
    assert_eq!(report["suppressed"][0]["line"], 5);
    let text = project.run(&format!("check {ONLY} --diff-base HEAD privacy.md"));
    assert!(text.out.contains("改动前已有 1 处"), "{}", text.out);
    assert!(!text.out.contains("基线"), "{}", text.out);
}

#[test]
fn a_second_occurrence_is_new() {
    let project = repository(&[("privacy.md", OLD)]);
    project.write("privacy.md", format!("{OLD}\n我们会收集您的人脸信息。\n").as_bytes());
    let (status, report) = check(&project, "--diff-base HEAD privacy.md");
    assert_eq!((status, &report["summary"]["known"]), (1, &1.into()));
}

#[test]
fn a_renamed_file_is_the_same_and_an_untracked_one_is_new() {
    let text = format!("{OLD}\n{}", "我们重视您的隐私，请放心使用。\n".repeat(9));
    let project = repository(&[("旧的 政策.md", &text)]);
    let at = |name: &str| project.path().join(name);
    std::fs::rename(at("旧的 政策.md"), at("新的政策.md")).unwrap();
    project.git("add --all");
    project.write("新的政策.md", format!("{text}\n又一句。\n").as_bytes());
    assert_eq!(check(&project, "--diff-base HEAD 新的政策.md").0, 0);
    project.write("another.md", text.as_bytes());
    let (status, report) = check(&project, "--diff-base HEAD .");
    assert_eq!(status, 1);
    assert_eq!(report["findings"].as_array().unwrap().len(), 1);
    assert_eq!(report["findings"][0]["path"], "another.md");
}

#[test]
fn the_base_is_where_the_branch_left_the_other() {
    let project = repository(&[("privacy.md", OLD)]);
    project.git("switch --quiet --create work");
    project.write("other.txt", b"-");
    project.commit();
    // Mended on main meanwhile: the branch did not introduce what it still has.
    project.git("switch --quiet main");
    project.write("privacy.md", "云岚健身隐私政策\n".as_bytes());
    project.commit();
    project.git("switch --quiet work");
    assert_eq!(check(&project, "--diff-base main privacy.md").0, 0);
    assert_eq!(check(&project, "--diff-base main^{tree} privacy.md").0, 1);
}

#[test]
fn both_versions_are_judged_as_the_new_one_is() {
    // The whole policy lacks a way to complain before and after; a fragment lacks nothing.
    let chapters =
        ["一、我们如何收集和使用您的个人信息", "二、我们如何共享您的个人信息", "三、您的权利", "四、更新"];
    let whole: String = chapters.map(|chapter| format!("{chapter}\n\n我们重视您的隐私。\n\n")).concat();
    let whole = format!("云岚健身隐私政策\n\n{whole}");
    let project = repository(&[("privacy.txt", "云岚健身隐私政策\n\n我们重视您的隐私。\n")]);
    project.write("privacy.txt", whole.as_bytes());
    let all = project.run("check --format json privacy.txt");
    let all: Value = serde_json::from_str(&all.out).unwrap();
    assert!(!all["findings"].as_array().unwrap().is_empty(), "a policy without contents lacks something");
    let (_, report) = check(&project, "--diff-base HEAD privacy.txt");
    assert_eq!(report["findings"], Value::Array(vec![]));
    let changed = project.run("check --format json --diff-base HEAD privacy.txt");
    let changed: Value = serde_json::from_str(&changed.out).unwrap();
    let missing = |report: &Value| {
        let rules = report["findings"].as_array().unwrap().iter();
        rules.filter(|finding| finding["rule"] == "right-correct-missing").count()
    };
    assert_eq!((missing(&all), missing(&changed)), (1, 0));
}

#[test]
fn it_works_in_subfolders_and_other_encodings() {
    let project = repository(&[("legal/zh/a.txt", "")]);
    let (gbk, _, _) = encoding_rs::GB18030.encode(OLD);
    project.write("legal/zh/privacy.txt", &gbk);
    project.commit();
    project.write("legal/zh/privacy.txt", format!("{OLD}\n我们会收集您的指纹信息。\n").as_bytes());
    let said = project.run_in("legal", &format!("check {ONLY} --format json --diff-base HEAD zh"));
    let report: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!((said.status, &report["summary"]["known"]), (1, &1.into()), "{}", said.err);
    assert_eq!(report["findings"][0]["path"], "zh/privacy.txt");
}

#[test]
fn a_policy_of_several_files_is_compared_as_one() {
    let config = "policies:\n  - name: 云岚健身\n    files: [main.md, 'lists/*.md']\n";
    let face = "我们会收集您的人脸信息。\n";
    let project = repository(&[
        ("policy-lint.yaml", config),
        ("main.md", "云岚健身隐私政策\n"),
        ("lists/a.md", face),
        ("lists/b.md", face),
    ]);
    // A paragraph that moves into another file of the policy is not new, nor is what a deleted file said.
    project.write("lists/a.md", "我们重视您的隐私。\n".as_bytes());
    std::fs::remove_file(project.path().join("lists/b.md")).unwrap();
    project.write("main.md", format!("云岚健身隐私政策\n\n{face}\n{face}").as_bytes());
    let (status, report) = check(&project, "--diff-base HEAD main.md");
    assert_eq!((status, &report["summary"]["known"]), (0, &2.into()));
    project.write("main.md", format!("云岚健身隐私政策\n\n{face}\n{face}\n{face}").as_bytes());
    assert_eq!(check(&project, "--diff-base HEAD .").0, 1);
}

#[test]
fn a_baseline_and_the_old_version_each_know_their_own() {
    let twice = format!("{OLD}\n我们会收集您的人脸信息。\n");
    let project = repository(&[("privacy.md", OLD)]);
    assert_eq!(project.run(&format!("baseline create {ONLY} privacy.md")).status, 0);
    project.write("privacy.md", twice.as_bytes());
    // The old version holds one, and the baseline knows that one.
    assert_eq!(check(&project, "--diff-base HEAD privacy.md").0, 1);
    project.commit();
    let (status, report) = check(&project, "--diff-base HEAD privacy.md");
    assert_eq!(status, 0);
    let by: Vec<&str> =
        report["suppressed"].as_array().unwrap().iter().map(|known| known["by"].as_str().unwrap()).collect();
    assert_eq!(by, ["baseline", "diff-base"]);
}

#[test]
fn standard_input_has_the_earlier_version_of_the_file_it_stands_for() {
    let project = repository(&[("privacy.md", OLD)]);
    let more = format!("{OLD}\n我们会收集您的指纹信息。\n");
    let arguments = format!("check {ONLY} --diff-base HEAD --stdin-filename privacy.md -");
    let said = project.run_with(&arguments, &more, &[]);
    assert_eq!(said.status, 1);
    assert!(said.out.contains("指纹信息") && !said.out.contains("“人脸信息”"), "{}", said.out);
    let nameless = project.run_with("check --diff-base HEAD -", &more, &[]);
    assert_eq!(nameless.status, 2);
    assert!(nameless.err.contains("--stdin-filename"), "{}", nameless.err);
}

#[test]
fn the_hook_lints_what_is_staged() {
    let project = repository(&[("privacy.md", "云岚健身隐私政策\n"), ("untouched.md", OLD)]);
    let nothing = project.run("check --staged");
    assert_eq!(nothing.status, 0, "{}", nothing.out);
    project.write("privacy.md", OLD.as_bytes());
    assert_eq!(check(&project, "--staged").0, 0, "it is not staged");
    project.git("add privacy.md");
    project.write("privacy.md", "mended\n".as_bytes());
    let (status, report) = check(&project, "--staged");
    assert_eq!((status, underlined(&report, OLD)), (1, vec!["人脸信息".to_owned()]));
    assert_eq!(check(&project, "--staged privacy.md").0, 1);
    assert_eq!(check(&project, "--staged untouched.md").0, 0);
    assert_eq!(check(&project, "--staged --diff-base HEAD").0, 1);
    project.write("policy-lint.yaml", b"exclude: [privacy.md]\n");
    assert_eq!(check(&project, "--staged").0, 0);
}

#[test]
fn staged_files_are_named_as_seen_from_the_working_folder() {
    let project = repository(&[("legal/notes.txt", "-")]);
    project.write("app/privacy.md", OLD.as_bytes());
    project.git("add --all");
    let said = project.run_in("legal", &format!("check {ONLY} --format short --staged"));
    assert!(said.out.starts_with("../app/privacy.md:3:"), "{}", said.out);
    assert_eq!(project.run_in("legal", "check --staged .").out, "没有检查任何文件\n");
}

#[test]
fn the_first_commit_has_a_hook_too() {
    let project = Project::new(&[("privacy.md", OLD), ("notes.md", "会议记录\n"), ("main.rs", "")]);
    project.git("init --quiet");
    project.git("add --all");
    let (status, report) = check(&project, "--staged --diff-base HEAD");
    assert_eq!((status, &report["summary"]["files"]), (1, &1.into()));
}

#[test]
fn the_index_of_a_partial_commit_is_the_one_that_counts() {
    let project = repository(&[("privacy.md", "云岚健身隐私政策\n")]);
    project.write("privacy.md", OLD.as_bytes());
    // As `git commit privacy.md` does it: an index of its own, named from the top folder.
    std::fs::copy(project.path().join(".git/index"), project.path().join(".git/next-index")).unwrap();
    let index = [("GIT_INDEX_FILE", ".git/next-index")];
    project.git_with("add privacy.md", &index);
    assert_eq!(project.run_with(&format!("check {ONLY} --staged"), "", &index).status, 1);
    assert_eq!(project.run(&format!("check {ONLY} --staged")).status, 0);
}

#[test]
fn other_files_of_a_staged_policy_come_from_the_index() {
    let config = "policies:\n  - name: 云岚健身\n    files: [main.md, sdk.md]\n";
    let project = repository(&[
        ("policy-lint.yaml", config),
        ("main.md", "云岚健身隐私政策\n"),
        ("sdk.md", "第三方清单\n"),
    ]);
    project.write("sdk.md", "我们会收集您的人脸信息。\n".as_bytes());
    project.write("main.md", "云岚健身隐私政策\n\n我们重视您的隐私。\n".as_bytes());
    project.git("add main.md");
    let (status, report) = check(&project, "--staged");
    assert_eq!((status, &report["summary"]["files"]), (0, &2.into()));
}

#[test]
fn what_cannot_be_compared_is_told() {
    let project = repository(&[("privacy.md", OLD)]);
    let told = |said: &Said, words: &str| {
        assert_eq!(said.status, 2, "{}", said.err);
        assert!(said.err.contains(words), "expected {words:?} in: {}", said.err);
        assert!(said.out.is_empty(), "{}", said.out);
    };
    told(
        &project.run("check --diff-base no-such-branch privacy.md"),
        "there is no revision `no-such-branch`",
    );
    told(&project.run("check --diff-base no-such-branch empty-folder/"), "there is no revision");
    told(&project.run("check --diff-base=--output=x privacy.md"), "expected a revision, found `--output=x`");
    told(&project.run("check --diff-base= privacy.md"), "expected a revision, found nothing");
    let no_git = project.run_with("check --diff-base HEAD privacy.md", "", &[("PATH", "")]);
    told(&no_git, "there is no `git` on the PATH");
    told(&project.run("check --staged -"), "standard input is not staged");
    let outside = Project::new(&[("privacy.md", OLD)]);
    told(&outside.run("check --diff-base HEAD privacy.md"), "is in no git repository");
    told(&outside.run("check --staged"), "is in no git repository");
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n";
    project.write("privacy.md", pointer.as_bytes());
    project.commit();
    project.write("privacy.md", OLD.as_bytes());
    let said = project.run("check --format short --diff-base HEAD privacy.md");
    told(&said, "kept by Git LFS");
}
