//! What the legal team accepts stays quiet, for as long as it said and on its word.

use serde_json::Value;

use crate::support::{Project, Said};

const POLICY: &str = "# 云岚健身隐私政策\n\n我们会收集您的人脸信息、指纹信息。\n";
const RULE: &str = "sensitive-purpose-missing";
/// The rule, and those about waivers.
const ONLY: &str = "--select sensitive-purpose-missing,waiver";

/// A project with this policy and these waivers.
fn project(policy: &str, waivers: &str) -> Project {
    Project::new(&[("privacy.md", policy), ("policy-lint.yaml", &format!("waivers:\n{waivers}"))])
}

fn check(project: &Project, rest: &str) -> (Said, Value) {
    let said = project.run(&format!("check {ONLY} --format json {rest}"));
    let report = serde_json::from_str(&said.out).unwrap_or_default();
    (said, report)
}

/// Rule, line and column of each finding, and the words of the file it points at.
fn told(project: &Project, report: &Value) -> Vec<(String, u64, u64, String)> {
    let findings = report["findings"].as_array().expect("findings");
    findings
        .iter()
        .map(|finding| {
            let text = |key: &str| finding[key].as_str().unwrap_or_default().to_owned();
            let number = |key: &str| finding[key].as_u64().expect("a number");
            let file = std::fs::read_to_string(project.path().join(text("path"))).expect("the file");
            let words = file[number("start") as usize..number("end") as usize].to_owned();
            (text("rule"), number("line"), number("column"), words)
        })
        .collect()
}

fn rules(report: &Value) -> Vec<&str> {
    report["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter_map(|finding| finding["rule"].as_str())
        .collect()
}

fn words(text: &str, finding: &Value) -> String {
    let [start, end] = ["start", "end"].map(|key| finding[key].as_u64().expect("an offset") as usize);
    text[start..end].to_owned()
}

#[test]
fn a_waived_finding_is_told_with_its_grounds() {
    let project = project(
        POLICY,
        "  - rule: sensitive-purpose-missing\n    file: '*.md'\n    quote: 人脸信息、指纹\n    reason: 弹窗已告知目的\n    \
         approved-by: 王律师\n    expires: 2999-12-31\n",
    );
    let (said, report) = check(&project, "privacy.md");
    assert_eq!(said.status, 0, "{}", said.err);
    assert_eq!((&report["summary"]["waived"], &report["summary"]["error"]), (&2.into(), &0.into()));
    let waived = &report["suppressed"][0];
    for (key, value) in [
        ("by", "waiver"),
        ("reason", "弹窗已告知目的"),
        ("approved_by", "王律师"),
        ("expires", "2999-12-31"),
        ("rule", RULE),
    ] {
        assert_eq!(waived[key], value, "{key}");
    }
    let place = &waived["waiver"];
    assert_eq!(
        (&place["path"], &place["line"], &place["column"]),
        (&"policy-lint.yaml".into(), &2.into(), &5.into())
    );

    let text = project.run(&format!("check {ONLY} privacy.md"));
    assert!(text.out.contains("已豁免 2 处"), "{}", text.out);
    let all = project.run(&format!("check {ONLY} --no-waivers --format json privacy.md"));
    assert_eq!(all.status, 1);
    let all: Value = serde_json::from_str(&all.out).expect("JSON");
    assert_eq!((rules(&all), &all["summary"]["waived"]), (vec![RULE], &0.into()));
}

#[test]
fn one_item_of_a_list_leaves_the_others() {
    let items: Vec<String> = (1..=60).map(|number| format!("<第{number}号门店的人脸信息>")).collect();
    let policy = format!("云岚健身隐私政策\n\n(我们)会[收集]您的{}。\n", items.join("、"));
    let (_, all) = check(&project(&policy, "  []\n"), "privacy.md");
    let finding = &all["findings"][0];
    let instances = |finding: &Value| {
        let labels = finding["labels"].as_array().expect("labels");
        1 + labels.iter().filter(|label| label["role"] == "instance").count()
    };
    assert_eq!(instances(finding), 60);
    let fingerprint = finding["labels"]
        .as_array()
        .and_then(|labels| labels.iter().rev().find_map(|label| label["fingerprint"].as_str()))
        .expect("a fingerprint");

    for means in [format!("fingerprint: {fingerprint}"), "quote: 第60号门店的人脸信息".to_owned()] {
        let waivers = format!("  - {{ rule: {RULE}, file: privacy.md, reason: 已停用, {means} }}\n");
        let (_, report) = check(&project(&policy, &waivers), "privacy.md");
        assert_eq!((rules(&report).len(), &report["summary"]["waived"]), (1, &1.into()), "{means}");
        assert_eq!(instances(&report["findings"][0]), 59, "{means}");
        assert!(words(&policy, &report["suppressed"][0]).contains("60"));
    }
}

#[test]
fn a_quotation_means_what_it_touches_or_else_the_sentence() {
    let left = |quote: &str| {
        let waivers =
            format!("  - {{ rule: {RULE}, file: privacy.md, reason: 已确认, quote: \"{quote}\" }}\n");
        let policy = POLICY.to_owned() + "\n我们也会收集您的声纹信息，用途另行说明。\n";
        let (_, report) = check(&project(&policy, &waivers), "privacy.md --off waiver");
        let waived = report["suppressed"].as_array().expect("suppressed").iter();
        waived.map(|finding| words(&policy, finding)).collect::<Vec<_>>()
    };
    assert_eq!(left("指纹 信息"), ["指纹信息"], "spaces make no difference");
    assert_eq!(left("我们会收集您的"), ["人脸信息", "指纹信息"]);
    assert_eq!(left("我们会收集您的人脸信息，指纹信息"), ["人脸信息", "指纹信息"], "nor does punctuation");
    assert_eq!(left("用途另行说明"), ["声纹信息"]);
    assert_eq!(left("手机号"), Vec::<String>::new());
}

#[test]
fn an_absence_is_waived_by_rule_and_file() {
    let policy = "# 云岚健身隐私政策\n\n## 一、我们如何收集\n\n为完成注册，我们会收集您的手机号码。\n";
    let waivers = "  - { rule: right-delete-missing, file: privacy.md, reason: 见用户协议第八条 }\n";
    let run = |project: &Project| {
        let said =
            project.run("check --scope full --select right-delete-missing,waiver --format json privacy.md");
        serde_json::from_str::<Value>(&said.out).expect("JSON")
    };
    assert_eq!(rules(&run(&project(policy, "  []\n"))), ["right-delete-missing"]);
    let report = run(&project(policy, waivers));
    assert_eq!((rules(&report).len(), &report["summary"]["waived"]), (0, &1.into()));
}

#[test]
fn a_waiver_that_is_worth_nothing_is_a_finding_at_its_entry() {
    let waivers = "  - rule: sensitive-purpose-missing # 待补\n    file: privacy.md\n    reason: ' '\n\
                  \x20 - { rule: sensitive-purpose-missing, file: privacy.md, reason: 改版后补充, expires: 2020-01-31 }\n\
                  \x20 - rule: sensitive-purpose-mising\n    file: privacy.md\n    reason: 已确认\n\
                  \x20 - rule: sensitive-purpose-missing\n    quote: 声纹信息\n    reason: 已确认\n";
    let project = project(POLICY, waivers);
    let (said, report) = check(&project, "privacy.md");
    assert_eq!(said.status, 1);
    let of_config = told(&project, &report);
    let of_config: Vec<_> = of_config
        .iter()
        .skip(1)
        .map(|(rule, line, column, words)| (rule.as_str(), *line, *column, words.as_str()))
        .collect();
    let second =
        "{ rule: sensitive-purpose-missing, file: privacy.md, reason: 改版后补充, expires: 2020-01-31 }";
    assert_eq!(
        of_config,
        [
            ("waiver-without-reason", 2, 5, "rule: sensitive-purpose-missing # 待补"),
            ("waiver-expired", 5, 5, second),
            ("waiver-unknown-rule", 6, 5, "rule: sensitive-purpose-mising"),
            ("waiver-unused", 9, 5, "rule: sensitive-purpose-missing"),
        ]
    );
    assert_eq!((rules(&report)[0], &report["summary"]["waived"]), (RULE, &0.into()), "none of them holds");
    assert!(report["findings"][2]["message"].as_str().is_some_and(|message| message.contains("2020-01-31")));
    assert!(
        report["findings"][3]["help"].as_str().is_some_and(|help| help.contains(RULE)),
        "the nearest name"
    );
}

#[test]
fn every_format_tells_what_is_wrong_with_a_waiver_and_where() {
    let waivers = "  - rule: sensitive-purpose-missing\n    quote: 声纹信息\n    reason: 已确认\n";
    let project = project("# 云岚健身隐私政策\n\n为完成认证，我们会收集您的人脸信息。\n", waivers);
    for format in
        ["text", "short", "json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson"]
    {
        let said = project.run(&format!("check {ONLY} --format {format} privacy.md"));
        assert!(said.out.contains("waiver-unused"), "{format}: {}", said.out);
        assert!(said.out.contains("policy-lint.yaml"), "{format}: {}", said.out);
    }
    let text = project.run(&format!("check {ONLY} privacy.md")).out;
    assert!(text.contains("policy-lint.yaml:2:5"), "{text}");
    assert!(text.contains("2 │   - rule: sensitive-purpose-missing\n"), "{text}");
    assert!(text.contains("检查了 1 个文件：0 个错误，1 个警告"), "{text}");
    let short = project.run(&format!("check {ONLY} --format short privacy.md")).out;
    assert!(short.starts_with("policy-lint.yaml:2:5: warning waiver-unused "), "{short}");
}

#[test]
fn how_grave_a_bad_waiver_is_is_up_to_the_config() {
    let status = |config: &str, rest: &str| {
        let policy = "# 云岚健身隐私政策\n\n为完成认证，我们会收集您的人脸信息。\n";
        let waivers = "waivers:\n  - { rule: sensitive-purpose-missing, file: privacy.md, reason: 已确认 }\n";
        let project =
            Project::new(&[("privacy.md", policy), ("policy-lint.yaml", &format!("{config}{waivers}"))]);
        project.run(&format!("check {ONLY} {rest} privacy.md")).status
    };
    assert_eq!(status("", ""), 0);
    assert_eq!(status("", "--max-warnings 0"), 1);
    assert_eq!(status("rules: { waiver-unused: error }\n", ""), 1);
    assert_eq!(status("rules: { waiver-unused: off }\n", "--max-warnings 0"), 0);
    assert_eq!(status("fail-on: warning\n", ""), 1);
    assert_eq!(status("", "--max-warnings 0 --no-waivers"), 0);
}

#[test]
fn only_what_was_linted_can_be_unused() {
    let waivers = "  - { rule: sensitive-purpose-missing, file: other.md, reason: 已确认 }\n\
                  \x20 - { rule: purpose-vague, file: privacy.md, reason: 已确认 }\n\
                  \x20 - { rule: sensitive-purpose-missing, file: moved.md, reason: 已确认 }\n";
    let clean = "# 云岚健身隐私政策\n\n为完成认证，我们会收集您的人脸信息。\n";
    let project = project(clean, waivers);
    project.write("other.md", clean.as_bytes());
    let lines = |rest: &str| {
        let (_, report) = check(&project, rest);
        told(&project, &report).into_iter().map(|(_, line, ..)| line).collect::<Vec<_>>()
    };
    assert_eq!(
        lines("privacy.md"),
        Vec::<u64>::new(),
        "the first is for another file, the rule of the second is off"
    );
    assert_eq!(lines("other.md"), [2]);
    assert_eq!(lines("privacy.md --select purpose-vague"), [3]);
    assert_eq!(lines("."), [2, 4], "where all is looked through, a file that is not there counts too");
    assert_eq!(lines(". no-such-file.md"), [2], "unless something could not be read");
}

#[test]
fn a_waiver_may_be_used_in_one_file_of_many() {
    let waivers = "  - { rule: sensitive-purpose-missing, file: '*.md', quote: 人脸信息, reason: 已确认 }\n";
    let project = project(POLICY, waivers);
    project.write("docs/clean.md", "# 云岚健身隐私政策\n\n为完成认证，我们会收集您的人脸信息。\n".as_bytes());
    let (_, report) = check(&project, "docs/clean.md privacy.md");
    assert_eq!((rules(&report), &report["summary"]["waived"]), (vec![RULE], &1.into()));
}

#[test]
fn waivers_come_before_the_baseline() {
    let waivers =
        "  - { rule: sensitive-purpose-missing, file: privacy.md, quote: 人脸信息, reason: 已确认 }\n";
    let project = project(POLICY, waivers);
    assert_eq!(project.run(&format!("baseline create {ONLY} privacy.md")).status, 0);
    let baseline =
        std::fs::read_to_string(project.path().join("policy-lint-baseline.json")).expect("a baseline");
    let baseline: Value = serde_json::from_str(&baseline).expect("JSON");
    assert_eq!(baseline["findings"].as_array().map(Vec::len), Some(1), "the waived one is left out");
    let (said, report) = check(&project, "privacy.md");
    let by: Vec<_> =
        report["suppressed"].as_array().expect("suppressed").iter().map(|it| it["by"].as_str()).collect();
    assert_eq!((said.status, by), (0, vec![Some("baseline"), Some("waiver")]));
    assert_eq!((&report["summary"]["waived"], &report["summary"]["known"]), (&1.into(), &1.into()));
    let (said, _) = check(&project, "--no-waivers privacy.md");
    assert_eq!(said.status, 1, "what was waived when the baseline was written is new");
}

#[test]
fn sarif_says_who_suppressed_it_and_why() {
    let policy =
        format!("{POLICY}\n<!-- policy-lint-ignore {RULE}: 已在弹窗告知 -->\n我们会收集您的声纹信息。\n");
    let waivers =
        "  - { rule: sensitive-purpose-missing, file: privacy.md, quote: 人脸信息、指纹, reason: 见附件 }\n";
    let said = project(&policy, waivers).run(&format!("check {ONLY} --format sarif privacy.md"));
    let report: Value = serde_json::from_str(&said.out).expect("JSON");
    let suppressions: Vec<_> = report["runs"][0]["results"]
        .as_array()
        .expect("results")
        .iter()
        .map(|result| {
            let suppression = &result["suppressions"][0];
            (suppression["kind"].as_str(), suppression["justification"].as_str())
        })
        .collect();
    let external = (Some("external"), Some("见附件"));
    assert_eq!(suppressions, [external, external, (Some("inSource"), Some("已在弹窗告知"))]);
}

#[test]
fn mistakes_in_the_config_are_underlined() {
    for (waiver, message, help) in [
        ("{ rule: a, file: x, reson: b }", "unknown key `reson`", "did you mean `reason`?"),
        ("{ rule: a, file: x, approved_by: b }", "unknown key `approved_by`", "did you mean `approved-by`?"),
        ("{ file: x, reason: b }", "the key `rule` is missing here", ""),
        ("{ rule: a, file: x, expires: 2026-02-30 }", "2026-02-30", "expected a date: YYYY-MM-DD"),
        ("{ rule: a, file: x, expires: 明年 }", "明年", "expected a date: YYYY-MM-DD"),
        ("{ rule: a, fingerprint: abc }", "`abc` is no fingerprint", "16 hexadecimal digits"),
        ("{ rule: a, quote: …… }", "there is no word in this quotation", "quote words of the sentence"),
        ("{ rule: a, reason: b }", "every finding of the rule", "rules: { RULE: off }"),
        ("{ rule: a, file: '[' }", "not a valid glob", ""),
    ] {
        let said = project(POLICY, &format!("  - {waiver}\n")).run("check privacy.md");
        assert_eq!((said.status, said.out.as_str()), (2, ""), "{waiver}");
        let err = said.err.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(err.contains(message) && err.contains(help), "{waiver}: {}", said.err);
        assert!(err.contains("policy-lint.yaml:2:"), "{waiver}: {}", said.err);
    }
}

#[test]
fn a_comment_waives_the_next_block() {
    let markdown = format!(
        "# 云岚健身隐私政策\n\n<!-- policy-lint-ignore {RULE}：弹窗已告知 -->\n我们会收集您的人脸信息。\n\n我们会收集您的指纹信息。\n\n\
         <!--\npolicy-lint-ignore {RULE}: 弹窗已告知\n-->\n\n- 我们会收集您的声纹信息。\n- 我们会收集您的掌纹信息。\n\n我们会收集您的基因信息。\n"
    );
    let html = format!(
        "<!doctype html>\n<h1>云岚健身隐私政策</h1>\n<!-- policy-lint-ignore {RULE}：弹窗已告知 -->\n<p>我们会收集您的人脸信息。</p>\n\
         <p>我们会收集您的指纹信息。</p>\n<!--\npolicy-lint-ignore {RULE}: 弹窗已告知\n-->\n<ul>\n<li>我们会收集您的声纹信息。</li>\n\
         <li>我们会收集您的掌纹信息。</li>\n</ul>\n<p>我们会收集您的基因信息。</p>\n"
    );
    for (name, policy) in [("privacy.md", markdown), ("privacy.html", html)] {
        let project = Project::new(&[(name, &policy)]);
        let (_, report) = check(&project, name);
        let left: Vec<String> = told(&project, &report).into_iter().map(|(.., words)| words).collect();
        assert_eq!(left, ["指纹信息", "基因信息"], "{name}");
        let waived = report["suppressed"].as_array().expect("suppressed");
        assert_eq!(waived.len(), 3, "{name}");
        assert_eq!((&waived[0]["waiver"]["path"], &waived[0]["waiver"]["line"]), (&name.into(), &3.into()));
        assert_eq!(waived[0]["reason"], "弹窗已告知");
    }
}

#[test]
fn a_region_is_waived_up_to_its_end() {
    let policy = format!(
        "# 云岚健身隐私政策\n\n我们会收集您的人脸信息。\n\n<!-- policy-lint-disable {RULE}, purpose-missing: 见附件 -->\n\n## 门店\n\n\
         我们会收集您的指纹信息。\n\n<!-- policy-lint-enable {RULE} -->\n\n我们会收集您的声纹信息。\n"
    );
    let project = Project::new(&[("privacy.md", &policy)]);
    let (_, report) = check(&project, "privacy.md");
    let left: Vec<String> = told(&project, &report).into_iter().map(|(.., words)| words).collect();
    assert_eq!(left, ["人脸信息", "声纹信息"]);
    let open = policy.replace(&format!("<!-- policy-lint-enable {RULE} -->"), "");
    project.write("privacy.md", open.as_bytes());
    assert_eq!(
        check(&project, "privacy.md").1["summary"]["waived"],
        2,
        "without an end, to the end of the file"
    );
}

#[test]
fn what_is_wrong_with_a_comment_is_told_there() {
    let policy = format!(
        "# 云岚健身隐私政策\n\n<!-- policy-lint-ignore {RULE} -->\n我们会收集您的人脸信息。\n\n\
         <!-- policy-lint-ignore {RULE}, contradiction-sharing, no-such-rule: 已确认 -->\n我们会收集您的指纹信息。\n\n\
         <!-- policy-lint-ignore {RULE}: 改版后补充 expires 2020-01-31 -->\n我们会收集您的声纹信息。\n\n<!-- policy-lint-enable -->\n"
    );
    let project = Project::new(&[("privacy.md", &policy)]);
    let said = project.run(&format!("check {ONLY},contradiction-sharing --format json privacy.md"));
    let report: Value = serde_json::from_str(&said.out).expect("JSON");
    let told: Vec<(String, u64, String)> =
        told(&project, &report).into_iter().map(|(rule, line, _, words)| (rule, line, words)).collect();
    let told: Vec<(&str, u64, &str)> =
        told.iter().map(|(rule, line, words)| (rule.as_str(), *line, words.as_str())).collect();
    assert_eq!(
        told,
        [
            ("waiver-without-reason", 3, &*format!("<!-- policy-lint-ignore {RULE} -->")),
            (RULE, 4, "人脸信息"),
            ("waiver-unused", 6, "contradiction-sharing"),
            ("waiver-unknown-rule", 6, "no-such-rule"),
            (
                "waiver-expired",
                9,
                &*format!("<!-- policy-lint-ignore {RULE}: 改版后补充 expires 2020-01-31 -->")
            ),
            (RULE, 10, "声纹信息"),
            ("waiver-syntax", 12, "<!-- policy-lint-enable -->"),
        ]
    );
}

#[test]
fn to_speak_of_a_directive_is_not_to_give_one() {
    let mention = format!("policy-lint-ignore {RULE}: 已确认");
    let texts = [
        ("code.md", format!("# 云岚健身隐私政策\n\n`<!-- {mention} -->`\n\n我们会收集您的人脸信息。\n")),
        (
            "fence.md",
            format!("# 云岚健身隐私政策\n\n```\n<!-- {mention} -->\n```\n\n我们会收集您的人脸信息。\n"),
        ),
        ("prose.md", format!("# 云岚健身隐私政策\n\n{mention}\n\n我们会收集您的人脸信息。\n")),
        ("inside.md", format!("# 云岚健身隐私政策\n\n<!-- 可写 {mention} -->\n\n我们会收集您的人脸信息。\n")),
        (
            "entity.html",
            format!(
                "<!doctype html><p>云岚健身隐私政策</p><p>&lt;!-- {mention} --&gt;</p><p>我们会收集您的人脸信息。</p>"
            ),
        ),
        (
            "script.html",
            format!(
                "<!doctype html><p>云岚健身隐私政策</p><script><!-- {mention} --></script><p>我们会收集您的人脸信息。</p>"
            ),
        ),
        ("plain.txt", format!("云岚健身隐私政策\n\n<!-- {mention} -->\n\n我们会收集您的人脸信息。\n")),
        (
            "annotated.txt",
            format!(
                "云岚健身隐私政策\n\n<!-- {mention} -->\n\n(我们)会[收集]您的<人脸信息>。为{{登录}}，(我们)会[收集]<手机号码>。\n"
            ),
        ),
    ];
    for (name, text) in texts {
        let project = Project::new(&[(name, &text)]);
        let (said, report) = check(&project, name);
        assert_eq!(
            (said.status, rules(&report), &report["summary"]["waived"]),
            (1, vec![RULE], &0.into()),
            "{name}"
        );
    }
}

#[test]
fn every_input_format_can_be_waived_from_the_config() {
    let texts = [
        ("plain.txt", "云岚健身隐私政策\n\n我们会收集您的人脸信息。\n"),
        ("page.html", "<!doctype html><p>云岚健身隐私政策</p><p>我们会收集您的<b>人脸</b>信息。</p>"),
        (
            "annotated.txt",
            "云岚健身隐私政策\n\n(我们)会[收集]您的<人脸信息>。为{登录}，(我们)会[收集]<手机号码>。\n",
        ),
    ];
    for (name, text) in texts {
        let project = project(
            "",
            &format!("  - {{ rule: {RULE}, file: {name}, quote: 收集您的人脸信息, reason: 已确认 }}\n"),
        );
        project.write(name, text.as_bytes());
        let (said, report) = check(&project, name);
        assert_eq!((said.status, &report["summary"]["waived"]), (0, &1.into()), "{name}: {}", said.out);
    }
    // A slip of the marks stands in the file, not in the prose.
    let slip = "云岚健身隐私政策\n\n为{登录}，(我们）会[收集]您的<手机号>和<邮箱>。为{配送}，(我们)会[收集]<地址>。\n";
    let project = project(
        "",
        "  - { rule: annotation-syntax, file: a.txt, quote: 为登录，我们会收集, reason: 外来文件 }\n",
    );
    project.write("a.txt", slip.as_bytes());
    let said = project.run("check --select annotation-syntax,waiver --format json a.txt");
    let report: Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!((rules(&report).len(), &report["summary"]["waived"]), (0, &1.into()), "{}", said.out);
}

#[test]
fn standard_input_is_under_the_waivers_of_its_name() {
    let waivers = "  - { rule: sensitive-purpose-missing, file: docs/, reason: 已确认 }\n";
    let project = project("", waivers);
    let run =
        |name: &str| project.run_with(&format!("check {ONLY} - --stdin-filename {name}"), POLICY, &[]).status;
    assert_eq!((run("docs/privacy.md"), run("privacy.md")), (0, 1));
}
