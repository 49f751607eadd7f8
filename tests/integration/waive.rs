//! Writing waivers from the command line.

use serde_json::Value;

use crate::support::{Project, Said};

const POLICY: &str = "# 云岚健身隐私政策\n\n我们会收集您的人脸信息、指纹信息。\n";
const ONLY: &str = "--select sensitive-purpose-missing,waiver";

fn check(project: &Project, rest: &str) -> Value {
    let said = project.run(&format!("check {ONLY} --format json {rest}"));
    serde_json::from_str(&said.out).expect("JSON")
}

/// The fingerprint of the first finding.
fn fingerprint(project: &Project, rest: &str) -> String {
    check(project, rest)["findings"][0]["fingerprint"].as_str().expect("a fingerprint").to_owned()
}

fn waive(project: &Project, rest: &str) -> Said {
    project.run(&format!("waive {rest} {ONLY}"))
}

fn config(project: &Project) -> String {
    std::fs::read_to_string(project.path().join("policy-lint.yaml")).expect("a config")
}

#[test]
fn a_waiver_is_written_shown_and_holds() {
    let project = Project::new(&[("legal/privacy.md", POLICY)]);
    let print = fingerprint(&project, "legal");
    let said = waive(
        &project,
        &format!("{print} --reason 已在弹窗告知 --approved-by 王敏 --expires 2999-12-31 legal"),
    );
    assert_eq!(said.status, 0, "{}", said.err);
    let entry = format!(
        "- rule: sensitive-purpose-missing\n  file: legal/privacy.md\n  quote: 人脸信息\n  fingerprint: \"{print}\"\n  \
         reason: 已在弹窗告知\n  approved-by: 王敏\n  expires: 2999-12-31\n"
    );
    assert_eq!(said.out, entry);
    assert_eq!(said.err, "wrote policy-lint.yaml:2\n");
    let report = check(&project, "legal");
    assert_eq!((&report["summary"]["waived"], &report["summary"]["warning"]), (&1.into(), &0.into()));
    assert_eq!(report["suppressed"][0]["fingerprint"], print);

    let again = waive(&project, &format!("{print} --reason a legal"));
    assert_eq!(again.status, 2);
    assert!(again.err.contains("is waived already"), "{}", again.err);
}

#[test]
fn the_rest_of_the_config_stays_as_it_is() {
    let before = "# 云岚的配置\nfail-on: warning   # 比默认严格\n\nwaivers:\n  # 已报批\n  - rule: purpose-vague\n    file: old.md\n    reason: \"旧版\"\nnames: [云岚]\n";
    let project = Project::new(&[("privacy.md", POLICY), ("policy-lint.yaml", before)]);
    let print = fingerprint(&project, "privacy.md");
    let said = waive(&project, &format!("{} --reason ok privacy.md", &print[..8]));
    assert_eq!(said.status, 0, "{}", said.err);
    assert!(said.err.contains("--expires"), "{}", said.err);
    let after = config(&project);
    let added: String = after.lines().filter(|line| !before.lines().any(|known| known == *line)).collect();
    assert!(added.contains(&print) && added.contains("file: \"/privacy.md\""), "{after}");
    let kept: Vec<&str> = after.lines().filter(|line| before.lines().any(|known| known == *line)).collect();
    assert_eq!(kept, before.lines().collect::<Vec<_>>());
}

#[test]
fn what_is_missing_is_waived_by_rule_and_file() {
    let policy = "# 云岚健身隐私政策\n\n## 一、我们如何收集\n\n为完成注册，我们会收集您的手机号码。\n";
    let project = Project::new(&[("privacy.md", policy)]);
    let options = "--select right-delete-missing,waiver --scope full";
    let report = |project: &Project| -> Value {
        serde_json::from_str(&project.run(&format!("check {options} --format json privacy.md")).out)
            .expect("JSON")
    };
    let print = report(&project)["findings"][0]["fingerprint"].as_str().expect("a fingerprint").to_owned();
    let said = project.run(&format!("waive {print} --reason 见用户协议 {options} privacy.md"));
    assert_eq!(
        said.out, "- rule: right-delete-missing\n  file: \"/privacy.md\"\n  reason: 见用户协议\n",
        "{}",
        said.err
    );
    assert_eq!(report(&project)["summary"]["waived"], 1);
}

#[test]
fn what_cannot_be_waived_is_refused_with_what_to_do() {
    let project =
        Project::new(&[("a.md", POLICY), ("b.md", POLICY), ("policy-lint.yaml", "names: [云岚]\n...\n")]);
    let print = fingerprint(&project, "a.md");
    let mut wrong = print.clone();
    wrong.replace_range(..1, if print.starts_with('0') { "1" } else { "0" });
    for (arguments, message, help) in [
        (format!("{print} a.md"), "--reason", "required"),
        ("zzzz --reason ok a.md".to_owned(), "is no fingerprint", "16 hexadecimal digits"),
        ("abc --reason ok a.md".to_owned(), "is no fingerprint", "the first of them"),
        (
            format!("{wrong} --reason ok a.md"),
            "nothing found here has the fingerprint",
            &*format!("did you mean {print}"),
        ),
        ("0000 --reason ok a.md".to_owned(), "nothing found here has the fingerprint", "check --format json"),
        (
            format!("{print} --reason ok a.md b.md"),
            "several files have this finding",
            "name the file that is meant",
        ),
        (format!("{print} --reason ok --expires 2020-01-01 a.md"), "2020-01-01 is over", "the last day"),
        (format!("{print} --reason ok --expires soon a.md"), "soon", "YYYY-MM-DD"),
        (
            format!("{print} --reason ok a.md"),
            "nothing can be added to `waivers`",
            "- rule: sensitive-purpose-missing",
        ),
        (format!("{print} --reason ok --no-config a.md"), "does not use", "leave out `--no-config`"),
    ] {
        let said = waive(&project, &arguments);
        assert_eq!((said.status, said.out.as_str()), (2, ""), "{arguments}: {}", said.err);
        let err = said.err.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(err.contains(message) && err.contains(help), "{arguments}: {}", said.err);
    }
    assert_eq!(config(&project), "names: [云岚]\n...\n", "nothing is written");
}
