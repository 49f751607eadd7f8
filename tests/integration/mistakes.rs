//! Mistakes in rule files: all of them are told in one run, each at its place.

use crate::support::Project;

const POLICY: &str = "橙舟隐私政策\n\n我们会收集您的手机号码。\n";

/// A rule file with six mistakes.
const MISTAKEN: &str = r#"rules:
  - id: our-regex
    title: { zh: 甲, en: a }
    severity: warning
    judge: sentence
    cites: [pipl-1000]
    forbid: { text: ['re:(共享|提供', 're:\b人脸\b'] }
    message: { zh: 甲, en: a }
    help: { zh: 甲, en: a }
    why: { zh: 甲, en: a }
    examples: { bad: [], good: [] }
  - id: our-regex
    title: { zh: 乙, en: b }
    severity: warning
    judge: data
    when: { data: { category: [biometric.fase] } }
    message: { zh: '“{date}”', en: b }
    help: { zh: 乙, en: b }
    why: { zh: 乙, en: b }
    examples: { bad: [], good: [] }
"#;

#[test]
fn every_mistake_is_told_in_one_run() {
    let project = Project::new(&[("privacy.txt", POLICY), ("our.yaml", MISTAKEN)]);
    let said = project.run("check --rules our.yaml privacy.txt");
    assert_eq!(said.status, 2);
    for words in [
        "our.yaml:7:26",
        "unclosed group",
        "a word boundary matches nothing useful in Chinese text",
        "unknown article `pipl-1000`",
        "duplicate rule `our-regex`",
    ] {
        assert!(said.err.contains(words), "{words} in {}", said.err);
    }
}

#[test]
fn the_nearest_name_is_suggested() {
    let unique = MISTAKEN.replacen("our-regex", "our-other", 1);
    let project = Project::new(&[("privacy.txt", POLICY), ("our.yaml", &unique)]);
    let said = project.run("check --rules our.yaml privacy.txt");
    for words in [
        "unknown category `biometric.fase`",
        "did you mean `biometric.face`?",
        "unknown placeholder `date`",
        "did you mean `data`?",
    ] {
        assert!(said.err.contains(words), "{words} in {}", said.err);
    }
}

#[test]
fn a_misspelled_key_is_underlined() {
    let rule = "rules:\n  - id: our-rule\n    severty: error\n";
    let project = Project::new(&[("privacy.txt", POLICY), ("our.yaml", rule)]);
    let said = project.run("check --rules our.yaml privacy.txt");
    assert_eq!(said.status, 2);
    assert!(said.err.contains("our.yaml:3:5"), "{}", said.err);
    assert!(said.err.contains("did you mean `severity`?"), "{}", said.err);
}

#[test]
fn a_rule_without_examples_fails_its_test() {
    let rule = r#"rules:
  - id: our-rule
    title: { zh: 甲, en: a }
    severity: warning
    judge: sentence
    forbid: { text: [保留一切权利] }
    message: { zh: 甲, en: a }
    help: { zh: 甲, en: a }
    why: { zh: 甲, en: a }
    examples: { bad: [我们保留一切权利。, 我们会努力。], good: [] }
"#;
    let project = Project::new(&[("our.yaml", rule)]);
    let said = project.run("test --lang en our.yaml");
    assert_eq!(said.status, 1);
    assert!(said.out.contains("our-rule bad[1]: stayed silent"), "{}", said.out);
    assert!(said.out.contains("no `good` example"), "{}", said.out);
}
