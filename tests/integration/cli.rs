//! The command line, end to end: a project, a command, what it says.

use crate::support::Project;

/// An invented policy that breaks the law in one place: face data without a purpose.
const FLAWED: &str = "云岚健身隐私政策\n\n我们会收集您的人脸信息。\n";
const CLEAN: &str = "云岚健身隐私政策\n\n为完成注册，我们会收集您的手机号码。\n";

#[test]
fn a_finding_tells_the_words_the_law_and_the_remedy() {
    let said = Project::new(&[("privacy.md", FLAWED)]).run("check privacy.md");
    assert_eq!(said.status, 1);
    for words in [
        "error[sensitive-purpose-missing]",
        "privacy.md:3:8",
        "│ 我们会收集您的人脸信息。",
        "^^^^^^^^",
        "《个人信息保护法》",
    ] {
        assert!(said.out.contains(words), "{words} in {}", said.out);
    }
}

#[test]
fn the_short_form_is_one_line_a_finding() {
    let said = Project::new(&[("privacy.md", FLAWED)])
        .run("check --format short --select sensitive-purpose-missing privacy.md");
    assert!(said.out.starts_with("privacy.md:3:8: error sensitive-purpose-missing "), "{}", said.out);
    assert_eq!(said.out.lines().count(), 1);
}

#[test]
fn json_is_one_object_with_byte_offsets() {
    let said = Project::new(&[("privacy.md", FLAWED)])
        .run("check --format json --select sensitive-purpose-missing privacy.md");
    let report: serde_json::Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!(report["schema"], 1);
    assert_eq!(report["summary"]["error"], 1);
    assert!(report["tool"].as_str().is_some_and(|tool| tool.starts_with("policy-lint ")));
    let finding = &report["findings"][0];
    let [start, end] = ["start", "end"].map(|key| finding[key].as_u64().expect("an offset") as usize);
    assert_eq!(&FLAWED[start..end], "人脸信息");
    assert_eq!((&finding["line"], &finding["column"]), (&3.into(), &8.into()));
    assert_eq!(finding["path"], "privacy.md");
    assert!(report["suppressed"].as_array().is_some_and(Vec::is_empty));
}

#[test]
fn the_failing_severity_decides_the_exit_status() {
    let project = Project::new(&[("privacy.md", FLAWED)]);
    let check = |rest: &str| project.run(&format!("check --select sensitive-purpose-missing {rest}")).status;
    assert_eq!(check("privacy.md"), 1);
    assert_eq!(check("--fail-on never privacy.md"), 0);
    project.write("policy-lint.yaml", b"rules: { sensitive-purpose-missing: warning }\n");
    assert_eq!(check("privacy.md"), 0);
    assert_eq!(check("--fail-on warning privacy.md"), 1);
    assert_eq!(check("--no-config privacy.md"), 1);
}

#[test]
fn a_missing_file_is_told_and_the_others_are_linted() {
    let project = Project::new(&[("privacy.md", FLAWED)]);
    let said = project.run("check --format json nowhere.md privacy.md");
    assert_eq!(said.status, 2);
    let report: serde_json::Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!(report["errors"][0]["path"], "nowhere.md");
    assert_eq!(report["errors"][0]["message"], "no such file or folder");
    assert_eq!(report["summary"]["files"], 1);
    assert_eq!(said.err, "nowhere.md: no such file or folder\n");
}

#[test]
fn in_a_folder_only_policies_are_linted() {
    let project =
        Project::new(&[("docs/privacy.md", FLAWED), ("docs/notes.md", "买牛奶。"), ("docs/main.rs", "")]);
    let said = project.run("check --format short -v docs");
    assert!(said.out.contains("docs/privacy.md:3:8"), "{}", said.out);
    assert!(said.err.contains("docs/notes.md does not look like a privacy policy"), "{}", said.err);
    assert!(said.err.contains("1 other file passed over"), "{}", said.err);
}

#[test]
fn a_folder_without_policies_is_no_failure() {
    let said = Project::new(&[("docs/notes.md", "买牛奶。")]).run("check docs");
    assert_eq!((said.status, said.err.as_str()), (0, "no policies found in docs\n"));
}

#[test]
fn standard_input_can_be_given_a_name() {
    let project = Project::new(&[]);
    let said = project.run_with("check --format short - --stdin-filename docs/privacy.md", FLAWED, &[]);
    assert!(said.out.starts_with("docs/privacy.md:3:8:"), "{}", said.out);
    let said = project.run_with("check --format short -", FLAWED, &[]);
    assert!(said.out.starts_with("-:3:8:"), "{}", said.out);
}

#[test]
fn odd_inputs_get_a_clear_answer() {
    let project = Project::new(&[("empty.txt", ""), ("brackets.txt", &"[".repeat(100_000))]);
    project.write("binary.txt", &[0, 159, 146, 150, 0, 1, 2, 3]);
    assert!(matches!(project.run("check --scope fragment empty.txt").status, 0 | 1));
    assert!(matches!(project.run("check --scope fragment brackets.txt").status, 0 | 1));
    let said = project.run("check binary.txt");
    assert_eq!(said.status, 2);
    assert!(said.err.starts_with("binary.txt: "), "{}", said.err);
}

#[test]
fn colour_is_for_terminals_and_those_who_ask() {
    let project = Project::new(&[("privacy.md", FLAWED)]);
    let coloured = |arguments, environment: &[(&str, &str)]| {
        project.run_with(arguments, "", environment).out.contains('\x1b')
    };
    assert!(!coloured("check privacy.md", &[]));
    assert!(coloured("check --color always privacy.md", &[]));
    assert!(!coloured("check --color never privacy.md", &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured("check privacy.md", &[("NO_COLOR", "1")]));
}

#[test]
fn the_summary_speaks_both_languages() {
    let project = Project::new(&[("privacy.md", CLEAN)]);
    let last = |arguments: &str| project.run(arguments).out.lines().last().unwrap_or_default().to_owned();
    let select = "--select sensitive-purpose-missing";
    assert_eq!(last(&format!("check {select} privacy.md")), "检查了 1 个文件：没有发现问题");
    assert_eq!(last(&format!("check {select} --lang en privacy.md")), "1 file checked: no problems found");
    assert_eq!(last(&format!("check {select} -q privacy.md")), "");
}

#[test]
fn every_mistake_in_the_config_is_shown_at_once() {
    let config = "profil: strict\nlanguage: de\nexclude: 3\n";
    let said = Project::new(&[("policy-lint.yaml", config), ("privacy.md", FLAWED)]).run("check privacy.md");
    assert_eq!((said.status, said.out.as_str()), (2, ""));
    for words in [
        "unknown key `profil`",
        "did you mean `profile`?",
        "policy-lint.yaml:1:1",
        "unknown value `de`",
        "policy-lint.yaml:2:11",
        "invalid type: integer `3`",
        "policy-lint.yaml:3:10",
    ] {
        assert!(said.err.contains(words), "{words} in {}", said.err);
    }
}

#[test]
fn a_rule_that_does_not_exist_is_a_mistake_with_a_suggestion() {
    let config = "rules:\n  sensitive-purpos-missing: off\n";
    let project = Project::new(&[("policy-lint.yaml", config), ("privacy.md", FLAWED)]);
    let said = project.run("check privacy.md");
    assert_eq!(said.status, 2);
    assert!(said.err.contains("policy-lint.yaml:2:3"), "{}", said.err);
    assert!(said.err.contains("did you mean `sensitive-purpose-missing`?"), "{}", said.err);
    let said = project.run("check --no-config --select sensitive-purpos-missing privacy.md");
    assert_eq!(said.status, 2);
    assert!(said.err.contains("--select: no rule or tag matches"), "{}", said.err);
}

#[test]
fn the_practices_of_a_policy_are_data() {
    let project = Project::new(&[("privacy.md", CLEAN)]);
    let said = project.run("practices --format json privacy.md");
    let report: serde_json::Value = serde_json::from_str(&said.out).expect("JSON");
    let practice = &report["documents"][0]["practices"][0];
    assert_eq!(practice["action"]["kind"], "collect");
    assert_eq!(practice["data"][0]["text"], "手机号码");
    assert_eq!(practice["data"][0]["category"], "contact.phone");
    let said = project.run("practices --format csv privacy.md");
    assert!(said.out.starts_with("path,line,section,"), "{}", said.out);
    assert!(project.run("practices privacy.md").out.contains("手机号码"));
}

#[test]
fn a_rule_is_explained_with_its_articles() {
    let project = Project::new(&[]);
    let said = project.run("explain sensitive-purpose-missing");
    assert_eq!(said.status, 0);
    assert!(said.out.contains("个人信息保护法"), "{}", said.out);
    let said = project.run("explain sensitive-purpose-mising");
    assert_eq!(said.status, 2);
    assert!(said.err.contains("did you mean `sensitive-purpose-missing`?"), "{}", said.err);
}

#[test]
fn the_list_of_rules_says_why_a_rule_is_off() {
    let project = Project::new(&[("policy-lint.yaml", "rules: { sensitive-purpose-missing: off }\n")]);
    let said = project.run("rules --format json");
    let report: serde_json::Value = serde_json::from_str(&said.out).expect("JSON");
    let rules = report["rules"].as_array().expect("rules");
    let rule = rules.iter().find(|rule| rule["id"] == "sensitive-purpose-missing").expect("the rule");
    assert_eq!((&rule["enabled"], &rule["reason"]), (&false.into(), &"config".into()));
}

#[test]
fn init_writes_a_config_once() {
    let project = Project::new(&[("privacy.md", CLEAN)]);
    assert_eq!(project.run("init").status, 0);
    assert!(matches!(project.run("check privacy.md").status, 0 | 1));
    let said = project.run("init");
    assert_eq!(said.status, 2);
    assert!(said.err.contains("--force"), "{}", said.err);
    assert_eq!(project.run("init --force").status, 0);
}

#[test]
fn help_has_examples() {
    let project = Project::new(&[]);
    for command in ["check", "practices", "explain", "rules", "test", "init", "completions"] {
        let said = project.run(&format!("{command} --help"));
        assert_eq!(said.status, 0);
        assert!(said.out.contains("Examples:\n  policy-lint "), "{command}");
    }
    assert_eq!(project.run("check --nonsense").status, 2);
    assert_eq!(project.run("").status, 2);
    assert!(project.run("completions bash").out.contains("policy-lint"));
}

#[test]
#[cfg(unix)]
fn a_closed_pipe_ends_the_output_quietly() {
    use std::process::{Command, Stdio};
    let project = Project::new(&[("privacy.md", &FLAWED.repeat(3000))]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_policy-lint"))
        .args(["check", "privacy.md"])
        .current_dir(project.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the command ends");
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(1), b"".as_slice()));
}

#[test]
fn an_empty_file_is_said_to_be_empty() {
    let said = Project::new(&[("privacy.txt", "")]).run("check privacy.txt");
    assert_eq!(
        (said.status, said.err.as_str()),
        (0, "privacy.txt is empty: there is nothing to lint in it\n")
    );
}

#[test]
fn a_file_that_a_policy_names_and_is_not_there_is_an_error() {
    let config = "policies: [{ name: main, files: [privacy.txt, storage.txt] }]\n";
    let project = Project::new(&[("privacy.txt", CLEAN), ("policy-lint.yaml", config)]);
    let said = project.run("check privacy.txt");
    assert_eq!(said.status, 2);
    assert!(said.err.contains("storage.txt: no such file or folder"), "{}", said.err);
}

#[test]
fn the_files_of_a_policy_are_judged_together() {
    let config = "policies: [{ name: main, files: [privacy.txt, storage.txt] }]\nscope: full\n";
    let storage = "云岚健身信息存储说明\n\n您的个人信息保存至您注销账号之日。\n";
    let project = Project::new(&[("privacy.txt", CLEAN), ("storage.txt", storage)]);
    let missing = |project: &Project| {
        project.run("check --scope full --select retention-period-missing privacy.txt").status
    };
    assert_eq!(missing(&project), 1);
    project.write("policy-lint.yaml", config.as_bytes());
    assert_eq!(missing(&project), 0);
}

#[test]
fn a_project_selects_rules_of_its_own() {
    let rule = r#"rules:
  - id: our-rule
    title: { zh: 甲, en: a }
    severity: warning
    judge: sentence
    forbid: { text: [手机号码] }
    message: { zh: 甲, en: a }
    help: { zh: 甲, en: a }
    why: { zh: 甲, en: a }
    examples: { bad: [我们会收集手机号码。], good: [我们不收集信息。] }
"#;
    let files = [
        ("legal/privacy.txt", CLEAN),
        ("legal/our.yaml", rule),
        ("legal/policy-lint.yaml", "rule-files: [our.yaml]\n"),
    ];
    let said = Project::new(&files).run("check --format short --select our-rule legal/privacy.txt");
    assert_eq!(said.status, 0, "{}", said.err);
    assert!(said.out.contains("warning our-rule"), "{}", said.out);
}
