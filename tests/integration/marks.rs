//! `practices --explain-marks`: every mark, what made it, and whether a practice has it.

use crate::support::Project;

/// An invented policy with a word of every kind of origin.
const POLICY: &str = "云岚健身隐私政策\n\n云岚健身有限公司（以下简称“云岚”）重视您的隐私。\n\n\
                      为了完成注册，云岚会收集您的手机号码、体测报告。如有疑问，请拨打客服电话。\n";

const ANNOTATED: &str = "1、注册\n为{完成注册}，(我们)会[收集]您的<手机号码>、<健身卡号>。\n\
                         为{寄送礼品}，(我们)会[收集]您的<收货地址>。\n";

#[test]
fn each_mark_tells_what_made_it() {
    let said = Project::new(&[("privacy.txt", POLICY)])
        .run("practices --explain-marks --lang en --no-config privacy.txt");
    assert_eq!((said.status, said.err.as_str()), (0, ""));
    let lines: Vec<String> =
        said.out.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    for line in [
        "5:3 purpose “完成注册” pattern purpose-in-order-to (rules/zh/grammar/purposes.yaml)",
        "5:8 actor “云岚” the company's own name",
        "5:11 action “收集” verbs of collect “收集”",
        "5:15 data “手机号码” category contact.phone “手机号码”",
        "5:20 data “体测报告” unknown item of a list",
        "5:35 data “电话” category contact.phone “电话” (weak) [in no practice]",
    ] {
        assert!(lines.iter().any(|said| said == line), "{line} in {}", said.out);
    }
}

#[test]
fn the_list_speaks_chinese_and_fits_the_terminal() {
    let project = Project::new(&[("privacy.txt", POLICY)]);
    let said = project.run_with("practices --explain-marks privacy.txt", "", &[("COLUMNS", "60")]);
    for words in ["类别 contact.phone", "句式 purpose-in-order-to", "未进入处理活动"] {
        assert!(said.out.replace(['\n', ' '], "").contains(&words.replace(' ', "")), "{}", said.out);
    }
    let width = |line: &str| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    assert!(said.out.lines().all(|line| width(line) <= 64), "{}", said.out);
}

#[test]
fn nothing_in_a_policy_steers_the_terminal() {
    let project = Project::new(&[("privacy.txt", "云岚隐私政策\n\n我们会收集您的\u{1b}[31m手机号码。\n")]);
    let said = project.run("practices --explain-marks --color never privacy.txt");
    assert!(said.out.contains("手机号码") && !said.out.contains('\u{1b}'), "{}", said.out);
}

#[test]
fn json_has_a_record_for_each_mark() {
    let said = Project::new(&[("privacy.txt", POLICY)])
        .run("practices --explain-marks --format json --no-config privacy.txt");
    let report: serde_json::Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!(report["schema"], 1);
    let document = &report["documents"][0];
    assert_eq!(document["path"], "privacy.txt");
    let marks = document["marks"].as_array().expect("marks");
    let mark = |text: &str| marks.iter().find(|mark| mark["text"] == text).expect("a mark");
    for mark in marks {
        let [start, end] = ["start", "end"].map(|key| mark[key].as_u64().expect("an offset") as usize);
        assert_eq!(&POLICY[start..end], mark["text"].as_str().expect("words"));
    }
    let phone = mark("手机号码");
    assert_eq!((&phone["line"], &phone["column"]), (&5.into(), &15.into()));
    assert_eq!((&phone["role"], &phone["used"]), (&"data".into(), &true.into()));
    let by = serde_json::json!({ "kind": "category", "id": "contact.phone", "form": "手机号码" });
    assert_eq!(phone["by"], by);
    let source = "rules/zh/grammar/purposes.yaml";
    let by = serde_json::json!({ "kind": "pattern", "id": "purpose-in-order-to", "source": source });
    assert_eq!(mark("完成注册")["by"], by);
    assert_eq!(mark("体测报告")["by"], serde_json::json!({ "kind": "list-item", "id": null }));
    assert_eq!(mark("电话")["used"], false);
}

#[test]
fn marks_set_by_hand_are_told_as_such() {
    let said = Project::new(&[("privacy.txt", ANNOTATED)])
        .run("practices --explain-marks --format json --no-config --input-format annotated privacy.txt");
    let report: serde_json::Value = serde_json::from_str(&said.out).expect("JSON");
    let marks = report["documents"][0]["marks"].as_array().expect("marks");
    let by = |text: &str| &marks.iter().find(|mark| mark["text"] == text).expect("a mark")["by"];
    assert_eq!(*by("手机号码"), serde_json::json!({ "kind": "hand", "id": "contact.phone" }));
    assert_eq!(by("完成注册")["kind"], "hand");
}

#[test]
fn other_formats_are_refused() {
    let said =
        Project::new(&[("privacy.txt", POLICY)]).run("practices --explain-marks --format csv privacy.txt");
    assert_eq!((said.status, said.out.as_str()), (2, ""));
    assert!(said.err.contains("`csv` cannot be used with `--explain-marks`"), "{}", said.err);
}
