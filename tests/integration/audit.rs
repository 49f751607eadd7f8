//! The checklist, end to end: what is met, where, in which words; what is not; what does not apply.

use crate::papers::workbook;
use crate::support::{Project, Said};
use serde_json::Value;

/// An invented policy: it says who runs the service and how to reach them, and keeps silent on minors.
const POLICY: &str = "\
云岚健身隐私政策

一、我们是谁
云岚健身由杭州云岚科技有限公司（以下简称“我们”）运营。

二、我们如何收集个人信息
为完成注册，我们会收集您的手机号码。

三、您的权利
您可以在【我的】-【设置】中查阅、复制您的个人信息。我们不提供更正入口。

四、如何联系我们
请发送邮件至 privacy@yunlan.example。
";

fn checks(said: &Said) -> Vec<Value> {
    let report: Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!(report["schema"], 1);
    report["checks"].as_array().expect("checks").clone()
}

fn check<'v>(checks: &'v [Value], rule: &str) -> &'v Value {
    checks.iter().find(|check| check["rule"] == rule).unwrap_or_else(|| panic!("{rule} is not checked"))
}

/// The words at the first place in evidence, and its line.
fn words<'t>(check: &Value, text: &'t str) -> (&'t str, u64) {
    let first = &check["evidence"][0];
    let [start, end] = ["start", "end"].map(|key| first[key].as_u64().expect("an offset") as usize);
    assert_eq!(first["text"], text[start..end]);
    (&text[start..end], first["line"].as_u64().expect("a line"))
}

#[test]
fn what_is_met_is_quoted_and_what_is_missing_has_its_place() {
    let project = Project::new(&[("privacy.md", POLICY)]);
    let said = project.run("audit --format json privacy.md");
    assert_eq!(said.status, 1);
    let checks = checks(&said);
    assert!(checks.iter().all(|check| check["path"] == "privacy.md"));

    let access = check(&checks, "right-access-copy-missing");
    assert_eq!(access["status"], "pass");
    let (text, line) = words(access, POLICY);
    assert!(text.contains("查阅") && line == 10, "{text}, line {line}");
    assert!(access["evidence"][0]["sentence"].as_str().is_some_and(|text| text.starts_with("您可以在")));

    let minors = check(&checks, "minors-section-missing");
    assert_eq!((&minors["status"], &minors["severity"]), (&"fail".into(), &"warning".into()));
    assert!(minors["message"].as_str().is_some_and(|message| message.contains("未成年人")));
    // Where it would belong: no chapter is on minors, the next best is on rights.
    assert_eq!(words(minors, POLICY), ("您的权利", 9));
}

#[test]
fn a_statement_that_satisfies_a_rule_is_shown_with_what_satisfies_it() {
    let said = Project::new(&[("privacy.md", POLICY)])
        .run("audit --format json --select purpose-missing,final-interpretation-right privacy.md");
    let checks = checks(&said);
    assert_eq!(checks.len(), 2);
    let purpose = check(&checks, "purpose-missing");
    assert_eq!(purpose["status"], "pass");
    assert_eq!(words(purpose, POLICY), ("完成注册", 7));
    // A prohibition that nothing offends has no words to show.
    let reserved = check(&checks, "final-interpretation-right");
    assert_eq!(reserved["status"], "pass");
    assert_eq!(reserved["evidence"], Value::Array(vec![]));
}

#[test]
fn what_nothing_is_said_of_and_what_the_app_does_not_do_does_not_apply() {
    let project = Project::new(&[("privacy.md", POLICY)]);
    let said = project.run("audit --format json privacy.md");
    let checks = checks(&said);
    let share = check(&checks, "share-recipient-missing");
    assert_eq!((&share["status"], &share["reason"]), (&"na".into(), &"nothing-judged".into()));
    let sdk = check(&checks, "sdk-list-missing");
    assert_eq!((&sdk["status"], &sdk["reason"]), (&"na".into(), &"facts".into()));
    assert_eq!(sdk["facts"], Value::Array(vec!["uses-sdk".into()]));

    project.write("policy-lint.yaml", b"app: { minors: false }\nignore: [rights]\n");
    let checks = self::checks(&project.run("audit --format json privacy.md"));
    assert_eq!(check(&checks, "minors-section-missing")["reason"], "facts");
    assert!(checks.iter().all(|check| check["rule"] != "right-access-copy-missing"));
}

#[test]
fn a_chapter_is_not_asked_for_the_whole() {
    let chapter = "三、您的权利\n您可以在【设置】中查阅您的个人信息。\n";
    let project = Project::new(&[("chapter.md", chapter)]);
    let said = project.run("audit --format json chapter.md");
    assert_eq!(said.status, 0);
    let of_chapter = checks(&said);
    let minors = check(&of_chapter, "minors-section-missing");
    assert_eq!((&minors["status"], &minors["reason"]), (&"na".into(), &"fragment".into()));
    let of_whole = checks(&project.run("audit --format json --scope full chapter.md"));
    assert_eq!(check(&of_whole, "minors-section-missing")["status"], "fail");
}

#[test]
fn what_fails_is_what_check_finds() {
    let project = Project::new(&[("privacy.md", POLICY)]);
    let found: Value =
        serde_json::from_str(&project.run("check --format json privacy.md").out).expect("JSON");
    let findings = found["findings"].as_array().expect("findings");
    let mut found: Vec<&str> = findings.iter().filter_map(|finding| finding["rule"].as_str()).collect();
    found.sort_unstable();
    found.dedup();
    let checks = checks(&project.run("audit --format json privacy.md"));
    let mut failed: Vec<&str> = checks
        .iter()
        .filter(|check| check["status"] == "fail")
        .filter_map(|check| check["rule"].as_str())
        .collect();
    failed.sort_unstable();
    assert_eq!(failed, found);
}

#[test]
fn the_table_says_it_in_words() {
    let project = Project::new(&[("privacy.md", POLICY)]);
    let said = project.run("audit --select rights,minors privacy.md");
    for words in [
        "privacy.md",
        "个人权利与账号注销",
        "right-access-copy-missing",
        "《个人信息保护法》第四十",
        "查阅、复制您的个人",
        "✗ ",
        "✓ ",
        "– ",
    ] {
        assert!(said.out.contains(words), "{words} in {}", said.out);
    }
    assert!(
        said.out.lines().last().is_some_and(|line| line.starts_with("核对了 1 个文件的")),
        "{}",
        said.out
    );
    let english = project.run("audit --lang en --select rights,minors privacy.md");
    for words in ["Rights and leaving", "PIPL", "not applicable", "line"] {
        assert!(english.out.contains(words), "{words} in {}", english.out);
    }
    let narrow = project.run_with("audit --select rights privacy.md", "", &[("COLUMNS", "80")]);
    for line in narrow.out.lines() {
        let columns: usize = line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
        // Some of what is no ASCII takes one column, so this errs on the strict side.
        assert!(columns <= 84, "{line}");
    }
}

#[test]
fn files_of_one_policy_are_one_document() {
    let project = Project::new(&[
        ("privacy.md", POLICY),
        ("minors.md", "未成年人保护\n\n未成年人应当在监护人陪同下阅读本政策，我们会保护其个人信息。\n"),
        ("policy-lint.yaml", "policies: [{ name: 云岚健身, files: [privacy.md, minors.md] }]\n"),
    ]);
    let checks = checks(&project.run("audit --format json privacy.md"));
    let minors: Vec<&Value> =
        checks.iter().filter(|check| check["rule"] == "minors-section-missing").collect();
    assert_eq!(minors.len(), 1);
    assert_eq!((&minors[0]["status"], &minors[0]["path"]), (&"pass".into(), &"minors.md".into()));
    assert_eq!(minors[0]["evidence"][0]["path"], "minors.md");
}

#[test]
fn errors_are_those_of_check() {
    let project = Project::new(&[("privacy.md", POLICY)]);
    let said = project.run("audit --format json nowhere.md privacy.md");
    assert_eq!((said.status, said.err.as_str()), (2, "nowhere.md: no such file or folder\n"));
    let report: Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!(report["errors"][0]["path"], "nowhere.md");
    assert_eq!(report["summary"]["files"], 1);
    assert_eq!(project.run("audit --fail-on never privacy.md").status, 0);
    let said = project.run("audit --select minors-section-mising privacy.md");
    assert_eq!(said.status, 2);
    assert!(said.err.contains("did you mean `minors-section-missing`?"), "{}", said.err);
}

#[test]
fn what_a_rule_says_there_is_none_of_is_evidence_against_it() {
    let texts = "message: { zh: 甲, en: a }\n    help: { zh: 乙, en: b }\n    why: { zh: 丙, en: c }\n    \
                 examples: { bad: [], good: [] }\n";
    let rules = format!(
        "rules:
  - id: our-deadline
    title: {{ zh: 没有期限, en: no deadline }}
    severity: warning
    judge: document
    when: {{ none: [ {{ text: [三日内] }} ] }}
    {texts}
  - id: our-affiliates
    title: {{ zh: 关联公司没有界定, en: affiliates undefined }}
    severity: warning
    judge: document
    unless: {{ text: [关联公司是指] }}
    forbid: {{ text: [与关联公司共享] }}
    {texts}"
    );
    let policy =
        "云岚健身隐私政策\n\n我们会在三日内答复。我们会与关联公司共享您的昵称。关联公司是指云岚集团。\n";
    let project = Project::new(&[("ours.yaml", rules.as_str()), ("privacy.md", policy)]);
    let said = project.run("audit --format json --rules ours.yaml --select our-* privacy.md");
    assert_eq!(said.status, 0, "{}", said.err);
    let checks = checks(&said);
    for (rule, wanted) in [("our-deadline", "三日内"), ("our-affiliates", "关联公司是指")] {
        let check = check(&checks, rule);
        assert_eq!((&check["status"], words(check, policy)), (&"pass".into(), (wanted, 3)));
    }
}

const WAIVED: &str = "\
云岚健身隐私政策

我们会收集您的人脸信息。
为完成实名认证，我们会收集您的手机号码。
";
const WAIVER: &str = "waivers:
  - rule: sensitive-purpose-missing
    quote: 人脸信息
    reason: 目的写在单独弹窗<b>中</b>
    approved-by: 王敏
    expires: 2199-06-30
";
const SELECTED: &str = "--select sensitive-purpose-missing";

#[test]
fn what_somebody_answers_for_is_shown_with_the_reason_and_fails_nothing() {
    let project = Project::new(&[("privacy.md", WAIVED), ("policy-lint.yaml", WAIVER)]);
    let said = project.run(&format!("audit --format json {SELECTED} privacy.md"));
    assert_eq!(said.status, 0, "{}", said.err);
    let report: Value = serde_json::from_str(&said.out).expect("JSON");
    let waived = check(report["checks"].as_array().expect("checks"), "sensitive-purpose-missing").clone();
    assert_eq!((&waived["status"], &waived["severity"]), (&"waived".into(), &"error".into()));
    assert_eq!(words(&waived, WAIVED), ("人脸信息", 3));
    let grounds = &waived["waived"][0];
    assert_eq!(grounds["reason"], "目的写在单独弹窗<b>中</b>");
    assert_eq!((&grounds["approved_by"], &grounds["expires"]), (&"王敏".into(), &"2199-06-30".into()));
    assert_eq!(
        (&grounds["waiver"]["path"], &grounds["waiver"]["line"]),
        (&"policy-lint.yaml".into(), &2.into())
    );
    assert_eq!(grounds["evidence"][0]["text"], "人脸信息");
    assert_eq!((&report["summary"]["waived"], &report["summary"]["fail"]), (&1.into(), &0.into()));

    let said = project.run(&format!("audit --no-waivers --format json {SELECTED} privacy.md"));
    assert_eq!(said.status, 1);
    assert_eq!(check(&checks(&said), "sensitive-purpose-missing")["status"], "fail");
}

#[test]
fn every_format_of_the_checklist_says_why_something_is_waived() {
    let project = Project::new(&[("privacy.md", WAIVED), ("policy-lint.yaml", WAIVER)]);
    let table = project.run(&format!("audit {SELECTED} privacy.md"));
    assert!(table.out.contains("○ "), "{}", table.out);
    assert!(table.out.contains("符合 0，不符合 0，已豁免 1，不适用 0"), "{}", table.out);
    let html = project.run(&format!("audit --format html {SELECTED} privacy.md")).out;
    let markdown = project.run(&format!("audit --format md {SELECTED} privacy.md")).out;
    let review = project.run(&format!("check --format html {SELECTED} privacy.md")).out;
    assert_eq!(project.run(&format!("audit --output audit.xlsx {SELECTED} privacy.md")).status, 0);
    for (name, text) in [("table", &table.out), ("html", &html), ("md", &markdown), ("review", &review)] {
        // A table breaks lines, and has other columns beside them.
        let text: String = text.split(['\n', ' ']).collect();
        assert!(text.contains("目的写在单独弹窗"), "{name}: {text}");
        assert!(name == "table" || text.contains("王敏"), "{name}: {text}");
        assert!(text.contains("2199-06-30"), "{name}: {text}");
        assert!(text.contains("已豁免"), "{name}");
        assert!(name == "table" || !text.contains("<b>中"), "{name}");
    }
    assert!(html.contains("已豁免事项") && markdown.contains("已豁免事项"));
    let sheets = workbook(project.read("audit.xlsx"));
    let mut cells = sheets.iter().flat_map(|(_, rows)| rows.iter().flatten());
    assert!(cells.any(|cell| cell.contains("目的写在单独弹窗") && cell.contains("王敏")));
}

#[test]
fn of_several_places_the_open_ones_keep_a_requirement_open() {
    let policy = format!("{WAIVED}我们会收集您的指纹。\n");
    let project = Project::new(&[("privacy.md", &policy), ("policy-lint.yaml", WAIVER)]);
    let said = project.run(&format!("audit --format json {SELECTED} privacy.md"));
    assert_eq!(said.status, 1);
    let open = check(&checks(&said), "sensitive-purpose-missing").clone();
    assert_eq!(open["status"], "fail");
    assert_eq!(words(&open, &policy), ("指纹", 5));
    assert_eq!(open["waived"][0]["evidence"][0]["text"], "人脸信息");
    let table = project.run(&format!("audit {SELECTED} privacy.md")).out;
    let joined: String = table.split(['\n', ' ']).collect();
    assert!(joined.contains("另有1处已豁免"), "{table}");
}
