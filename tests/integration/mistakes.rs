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

/// Words with examples that are slips, each at another place.
const MISTAKEN_WORDS: &str = "categories:
  - id: fitness.card
    title: { zh: 健身卡, en: gym card }
    forms: [健身卡号]
    examples:
      - 我们会[收集]您的<健身卡号。
      - '我们会[收集]您的健身卡号>。'
actions:
  - kind: collect
    verbs: [搜罗]
    examples:
      - 我们会[<搜罗>]您的健身卡号。
      - 我们会[]您的健身卡号。
actors:
  - kind: first-party
    forms: [本馆]
    examples: ['']
";

#[test]
fn slips_in_examples_of_words_are_underlined() {
    let project = Project::new(&[("our.yaml", MISTAKEN_WORDS)]);
    let said = project.run("test our.yaml");
    assert_eq!(said.status, 2);
    for words in [
        "`<` opens a mark that is never closed",
        "our.yaml:6:18",
        "`>` closes no mark",
        "our.yaml:7:23",
        "`<` opens a mark inside another one",
        "our.yaml:12:13",
        "empty mark",
        "our.yaml:13:12",
        "empty example",
    ] {
        assert!(said.err.contains(words), "{words} in {}", said.err);
    }
}

#[test]
fn a_word_that_is_not_found_or_found_in_another_sense_fails_its_test() {
    let words = "categories:
  - id: fitness.card
    title: { zh: 健身卡, en: gym card }
    forms: [健身卡号]
    examples:
      - 我们会[收集]您的<健身卡号>。
      - 我们会[收集]您的<会籍号>、健身卡号。
      - 我们会收集您的健身卡号。
      - 我们会努力办好<健身房>。
";
    let project = Project::new(&[("our.yaml", words)]);
    let said = project.run("test --lang en our.yaml");
    assert_eq!(said.status, 1);
    for words in [
        "fitness.card examples[1]: fired elsewhere\n    at “健身卡号”, expected at “会籍号”",
        "fitness.card examples[2]: fired",
        "fitness.card examples[3]: stayed silent",
        "1 example as expected, 3 not",
    ] {
        assert!(said.out.contains(words), "{words} in {}", said.out);
    }
}

#[test]
fn columns_are_for_entries_and_have_known_names() {
    let rule = |judge: &str, column: &str| {
        let head = "rules:\n  - id: our-rule\n    title: { zh: 甲, en: a }\n    severity: info\n";
        let texts = "    message: { zh: 甲, en: a }\n    help: { zh: 甲, en: a }\n    why: { zh: 甲, en: a }\n    examples: { bad: [], good: [] }\n";
        format!(
            "{head}    judge: {judge}\n    require: {{ columns: {{ all: [data, [{column}, contact]] }} }}\n{texts}"
        )
    };
    let said = |rule: &str| {
        let project = Project::new(&[("privacy.txt", POLICY), ("our.yaml", rule)]);
        project.run("check --rules our.yaml privacy.txt")
    };
    assert_ne!(said(&rule("entry", "link")).status, 2);
    let elsewhere = said(&rule("sentence", "link"));
    assert!(elsewhere.err.contains("`columns` needs `judge: entry`"), "{}", elsewhere.err);
    assert!(elsewhere.err.contains("our.yaml:5:12"), "{}", elsewhere.err);
    let misspelt = said(&rule("entry", "lnk"));
    assert!(misspelt.err.contains("did you mean `link`?"), "{}", misspelt.err);
    assert!(misspelt.err.contains("our.yaml:6:"), "{}", misspelt.err);
}

#[test]
fn amounts_have_known_units_and_possible_limits() {
    let said = |amount: &str| {
        let set = format!("phrases:\n  our-limit: [{{ amount: {{ {amount} }} }}]\n");
        let project = Project::new(&[("privacy.txt", POLICY), ("our.yaml", &set)]);
        project.run("check --rules our.yaml privacy.txt")
    };
    assert_ne!(said("unit: [working-day, day], over: 15").status, 2);
    let misspelt = said("unit: workingday");
    assert!(misspelt.err.contains("did you mean `working-day`?"), "{}", misspelt.err);
    let nothing = said("unit: day, over: 15, at_most: 15");
    assert!(nothing.err.contains("nothing is over 15 and at most 15"), "{}", nothing.err);
    let unknown = said("unit: day, ovr: 15");
    assert!(unknown.err.contains("did you mean `over`?"), "{}", unknown.err);
}

#[test]
fn types_of_apps_have_known_names() {
    let config = "app: { type: online-shoping }\n";
    let project = Project::new(&[("privacy.txt", POLICY), ("policy-lint.yaml", config)]);
    let said = project.run("check privacy.txt");
    assert_eq!(said.status, 2);
    assert!(said.err.contains("policy-lint.yaml:1:14"), "{}", said.err);
    assert!(said.err.contains("did you mean `online-shopping`?"), "{}", said.err);
    let unclear =
        Project::new(&[("privacy.txt", POLICY), ("policy-lint.yaml", "app: { minors: perhaps }\n")]);
    let said = unclear.run("check privacy.txt");
    assert!(said.err.contains("policy-lint.yaml:1:16"), "{}", said.err);
}

#[test]
fn sentences_have_no_data_to_join() {
    let pair = "first: { text: [甲] }, second: { text: [乙] }";
    let said = |more: &str| {
        let rule = format!(
            "rules:\n  - id: our-rule\n    title: {{ zh: 甲, en: a }}\n    severity: info\n    judge: pair\n    \
             pair: {{ {pair}, of: sentence{more} }}\n    message: {{ zh: 甲, en: a }}\n    help: {{ zh: 甲, en: a }}\n    \
             why: {{ zh: 甲, en: a }}\n    examples: {{ bad: [], good: [] }}\n"
        );
        let project = Project::new(&[("privacy.txt", POLICY), ("our.yaml", &rule)]);
        project.run("check --rules our.yaml privacy.txt")
    };
    assert_ne!(said("").status, 2);
    let joined = said(", join: data");
    assert!(joined.err.contains("sentences have no data to compare"), "{}", joined.err);
    assert!(joined.err.contains("our.yaml:6:"), "{}", joined.err);
}
