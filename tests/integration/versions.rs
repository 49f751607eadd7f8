//! Two versions of a policy, end to end: what a new version changes, and what it does not.

use crate::support::Project;
use serde_json::Value;

/// An invented policy; the tests say what a new version has otherwise.
const OLD: &str = "\
麦穗记账隐私政策

一、我们收集的信息
1. 注册：为创建账号，我们会收集您的手机号码。如您拒绝提供，您将无法注册账号，但仍可使用本地记账功能。
2. 安全：为识别异常登录，我们会收集您的设备型号和IP地址。
我们不会读取您的通讯录。

二、敏感个人信息
为确认是您本人，我们会在征得您的单独同意后收集您的人脸信息。

三、信息的共享
为向您发送登录验证码，我们会向雁讯短信有限公司提供您的手机号码。

四、信息的存储
登录日志保存6个月。

五、您的权利
您可以通过“我的—设置”查阅、复制、更正您的个人信息。
您可以在“我的—设置”中删除您的个人信息。
您可以通过“我的—设置—注销账号”注销账号。
我们会在15个工作日内答复您的请求。

六、联系我们
您可以发送邮件至 privacy@maisui.example。
";

/// What `diff` reports as JSON when these words of the policy are replaced.
fn edited(edits: &[(&str, &str)]) -> Value {
    let mut new = OLD.to_owned();
    for (words, instead) in edits {
        assert!(new.contains(words), "{words} is not in the policy");
        new = new.replace(words, instead);
    }
    compared(&[("old.txt", OLD), ("new.txt", &new)], "old.txt new.txt")
}

fn compared(files: &[(&str, &str)], versions: &str) -> Value {
    let said = Project::new(files).run(&format!("diff --fail-on never --format json {versions}"));
    assert_eq!(said.status, 0, "{}", said.err);
    serde_json::from_str(&said.out).expect("JSON")
}

/// Kind, importance and data of each change.
fn told(report: &Value) -> Vec<String> {
    let changes = report["changes"].as_array().expect("changes");
    let told = |change: &Value| {
        let data = change["data"].as_array().expect("data").iter();
        let data: Vec<&str> = data.filter_map(|datum| datum["text"].as_str()).collect();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        format!("{} {} {}", text(&change["kind"]), text(&change["importance"]), data.join("、"))
    };
    changes.iter().map(|change| told(change).trim_end().to_owned()).collect()
}

fn change<'v>(report: &'v Value, kind: &str) -> &'v Value {
    let changes = report["changes"].as_array().expect("changes");
    changes
        .iter()
        .find(|change| change["kind"] == kind)
        .unwrap_or_else(|| panic!("no {kind}: {:?}", told(report)))
}

#[test]
fn new_data_is_told_and_sensitive_data_first() {
    let report = edited(&[
        ("设备型号和IP地址", "设备型号、IP地址和已安装应用列表"),
        ("2. 安全", "2. 借款：为评估还款能力，我们会收集您的身份证号码和银行卡号。\n3. 安全"),
    ]);
    assert_eq!(told(&report), ["data-new high 身份证号码、银行卡号", "data-new medium 已安装应用列表"]);
    let new = &report["changes"][0]["new"]["places"][0];
    assert_eq!((&new["line"], &new["text"]), (&5.into(), &"身份证号码".into()));
    assert!(report["changes"][0]["old"].is_null());
    assert_eq!(report["changes"][0]["purposes"][0], "评估还款能力");
}

#[test]
fn what_was_promised_not_to_happen_comes_first() {
    let report = edited(&[
        ("我们不会读取您的通讯录。", "为向您推荐好友，我们会读取您的通讯录。"),
        ("设备型号和IP地址", "设备型号、IP地址和身份证号码"),
    ]);
    assert_eq!(told(&report)[0], "reversed high 通讯录");
    let change = change(&report, "reversed");
    assert_eq!(change["old"]["places"][0]["sentence"], "我们不会读取您的通讯录。");
    assert_eq!(change["new"]["places"][0]["sentence"], "为向您推荐好友，我们会读取您的通讯录。");
}

#[test]
fn a_promise_that_is_gone_is_told() {
    let report = edited(&[("我们不会读取您的通讯录。\n", "")]);
    assert_eq!(told(&report), ["promise-dropped high 通讯录"]);
}

#[test]
fn new_recipients_come_with_what_they_receive() {
    let report = edited(&[(
        "四、信息的存储",
        "为评估借款申请，我们会将您的手机号码和IP地址提供给青禾消费金融有限公司。\n\n四、信息的存储",
    )]);
    let change = change(&report, "recipient-new");
    assert_eq!(change["recipients"][0], "青禾消费金融有限公司");
    assert_eq!(change["purposes"][0], "评估借款申请");
}

#[test]
fn known_recipients_that_receive_more_are_told() {
    let report = edited(&[("提供您的手机号码。", "提供您的手机号码和人脸信息。")]);
    assert_eq!(told(&report), ["shared-new high 人脸信息"]);
}

#[test]
fn a_right_that_is_no_longer_granted_is_told_by_its_requirement() {
    let report = edited(&[("您可以在“我的—设置”中删除您的个人信息。\n", "")]);
    let change = change(&report, "right-dropped");
    assert_eq!(change["rule"], "right-delete-missing");
    assert!(change["old"]["places"][0]["sentence"].as_str().is_some_and(|text| text.contains("删除")));
    let new = report["findings"]["new"].as_array().expect("findings");
    assert!(new.iter().any(|finding| finding["rule"] == "right-delete-missing"));
}

#[test]
fn periods_say_which_way_they_went() {
    let report =
        edited(&[("登录日志保存6个月。", "登录日志保存3年。"), ("在15个工作日内", "在10个工作日内")]);
    let (kept, answered) = (change(&report, "retention-changed"), change(&report, "period-changed"));
    assert_eq!((&kept["old"]["text"], &kept["new"]["text"]), (&"6个月".into(), &"3年".into()));
    assert_eq!((&kept["longer"], &kept["importance"]), (&true.into(), &"medium".into()));
    assert_eq!((&answered["longer"], &answered["importance"]), (&false.into(), &"low".into()));
}

#[test]
fn the_same_period_in_other_units_is_no_change() {
    let report = edited(&[("登录日志保存6个月。", "登录日志保存半年。")]);
    assert_eq!(told(&report), [""; 0]);
}

#[test]
fn consent_that_is_no_longer_separate_is_weaker() {
    let report = edited(&[("征得您的单独同意后", "征得您的同意后")]);
    let change = change(&report, "consent-weakened");
    assert_eq!(change["importance"], "high");
    assert_eq!(
        (&change["old"]["text"], &change["new"]["text"]),
        (&"征得您的单独同意".into(), &"征得您的同意".into())
    );
}

#[test]
fn a_harsher_consequence_of_refusal_is_told() {
    let report = edited(&[("您将无法注册账号，但仍可使用本地记账功能", "您将无法使用麦穗记账")]);
    let change = change(&report, "refusal-changed");
    assert!(change["old"]["text"].as_str().is_some_and(|text| text.contains("仍可使用本地记账功能")));
    assert!(change["new"]["text"].as_str().is_some_and(|text| text.contains("无法使用麦穗记账")));
}

#[test]
fn a_new_purpose_for_known_data_is_told_once() {
    let report = edited(&[("为识别异常登录，", "为识别异常登录、向您推荐理财产品，")]);
    assert_eq!(told(&report), ["purpose-new medium 设备型号、IP地址"]);
}

#[test]
fn what_is_no_longer_named_comes_last() {
    let report = edited(&[
        ("设备型号和IP地址", "设备型号"),
        ("为向您发送登录验证码，我们会向雁讯短信有限公司提供您的手机号码。", "我们不共享个人信息。"),
    ]);
    let told = told(&report);
    assert_eq!(
        told.iter().rev().take(2).rev().collect::<Vec<_>>(),
        ["data-removed low IP地址", "recipient-removed low"]
    );
}

#[test]
fn moving_renumbering_and_spelling_change_nothing() {
    let (head, chapters) = OLD.split_once("一、").expect("chapters");
    let (first, rest) = chapters.split_once("\n二、").expect("a second chapter");
    let moved = format!("{head}二、{rest}\n\n\n一、{first}");
    let moved =
        moved.replace("1. 注册", "（2）注册").replace("2. 安全", "（1） 安全").replace("手机号码", "手机号");
    let report = compared(&[("old.txt", OLD), ("new.txt", &moved)], "old.txt new.txt");
    assert_eq!(told(&report), [""; 0]);
    let found = &report["findings"];
    assert_eq!(
        (found["new"].as_array().map(Vec::len), found["resolved"].as_array().map(Vec::len)),
        (Some(0), Some(0))
    );
}

#[test]
fn another_file_format_changes_nothing() {
    let lines = || OLD.lines().filter(|line| !line.is_empty());
    let markdown: String = lines()
        .map(|line| {
            if line.contains('、') && line.chars().nth(1) == Some('、') {
                format!("## {line}\n\n")
            } else {
                format!("{line}\n\n")
            }
        })
        .collect();
    let html: String = lines().map(|line| format!("<p>{line}</p>\n")).collect();
    let files = [("old.txt", OLD), ("new.md", markdown.as_str()), ("new.html", html.as_str())];
    for new in ["new.md", "new.html"] {
        assert_eq!(told(&compared(&files, &format!("old.txt {new}"))), [""; 0], "{new}");
    }
}

#[test]
fn reworded_sentences_say_the_same() {
    let report = edited(&[("为创建账号，我们会收集您的手机号码。", "我们会收集您的手机号，用于创建账号。")]);
    assert_eq!(told(&report), [""; 0]);
}

#[test]
fn new_findings_and_important_changes_decide_the_exit_status() {
    let new = OLD.replace("您可以通过“我的—设置—注销账号”注销账号。\n", "我们对本政策拥有最终解释权。\n");
    let project = Project::new(&[("old.txt", OLD), ("new.txt", &new), ("same.txt", OLD)]);
    let status = |arguments: &str| project.run(&format!("diff {arguments}")).status;
    assert_eq!(status("old.txt new.txt"), 1);
    assert_eq!(status("--fail-on never old.txt new.txt"), 0);
    assert_eq!(status("--fail-on never --fail-on-change high old.txt new.txt"), 1);
    assert_eq!(status("old.txt same.txt"), 0);
    assert_eq!(status("old.txt none.txt"), 2);
    assert_eq!(status("none.txt old.txt"), 2);
    assert_eq!(status("old.txt"), 2);
    assert_eq!(status("- -"), 2);
    assert_eq!(status("old.txt ."), 2);
}

#[test]
fn folders_are_compared_file_by_file() {
    let new = OLD.replace("登录日志保存6个月。", "登录日志保存3年。");
    let project = Project::new(&[("v1/a.txt", OLD), ("v2/a.txt", &new), ("v2/b.txt", OLD)]);
    let said = project.run("diff --fail-on never --format json v1 v2");
    let report: Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!(told(&report), ["retention-changed medium 登录日志"]);
    assert!(said.err.contains("v2/b.txt has no old version"), "{}", said.err);
}

#[test]
fn the_old_version_may_be_a_revision() {
    let project = Project::new(&[("legal/a.txt", OLD), ("legal/same.txt", OLD)]);
    let git = |arguments: &[&str]| {
        let mut command = std::process::Command::new("git");
        command.current_dir(project.path()).args(["-c", "user.name=a", "-c", "user.email=a@a.example"]);
        assert!(command.args(arguments).output().expect("git").status.success(), "git {arguments:?}");
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-qm", "Write the policy"]);
    project.write("legal/a.txt", OLD.replace("登录日志保存6个月。", "登录日志保存3年。").as_bytes());
    for paths in ["legal/a.txt", "legal", ""] {
        let said = project.run(&format!("diff --fail-on never --format json --git HEAD {paths}"));
        let report: Value = serde_json::from_str(&said.out).expect("JSON");
        assert_eq!(told(&report), ["retention-changed medium 登录日志"], "{paths}: {}", said.err);
        assert_eq!(report["changes"][0]["old"]["places"][0]["path"], "HEAD:legal/a.txt");
        assert_eq!(report["summary"]["policies"], 1, "the policy that is the same is left out");
    }
    let said = project.run("diff --git nowhere legal");
    assert_eq!(said.status, 2);
    assert!(said.err.contains("there is no revision `nowhere`"), "{}", said.err);
}

#[test]
fn the_first_screen_tells_what_matters_then_come_the_words() {
    let new = OLD
        .replace("我们不会读取您的通讯录。", "为向您推荐好友，我们会读取您的通讯录。")
        .replace("登录日志保存6个月。", "登录日志保存3年。");
    let project = Project::new(&[("old.txt", OLD), ("new.txt", &new)]);
    insta::assert_snapshot!(project.run("diff --fail-on never old.txt new.txt").out);
    insta::assert_snapshot!(project.run("diff --fail-on never --lang en --format md old.txt new.txt").out);
}

#[test]
fn the_page_has_both_texts_and_links_to_them() {
    let new = OLD
        .replace("登录日志保存6个月。", "登录日志保存12个月。")
        .replace("IP地址。", "IP地址。<script>alert(1)</script>\u{202e}");
    let project = Project::new(&[("old.txt", OLD), ("new.txt", &new)]);
    let page = project.run("diff --fail-on never --format html old.txt new.txt").out;
    assert!(page.contains("登录日志保存<del>6</del>个月。"), "{page}");
    assert!(page.contains("登录日志保存<ins>12</ins>个月。"), "{page}");
    for link in ["id=\"p0-c1\"", "href=\"#p0-o1\"", "id=\"p0-o1\"", "href=\"#p0-n1\"", "id=\"p0-n1\""] {
        assert!(page.contains(link), "no {link} in {page}");
    }
    assert!(
        page.contains("default-src 'none'") && !page.contains("<script") && !page.contains('\u{202e}'),
        "{page}"
    );
    for sentence in
        OLD.lines().filter(|line| line.ends_with('。') && !line.contains("IP地址") && !line.contains("6个月"))
    {
        let words = sentence.trim_start_matches(|c: char| !c.is_alphabetic());
        let last = words.split_inclusive('。').next_back().unwrap_or(words);
        assert_eq!(page.matches(last).count(), 2, "{last}");
    }
}

#[test]
fn nothing_of_a_policy_steers_the_terminal_or_is_mark_up() {
    let hostile = OLD.replace(
        "IP地址。",
        "IP地址。我们会收集您的<img src=x onerror=alert(1)>身份证号码\u{1b}[2J\u{202e}、@team #1 [a](javascript:b) `c`。",
    );
    let project = Project::new(&[("old.txt", OLD), ("new.txt", &hostile)]);
    let text = project.run("diff --color never old.txt new.txt").out;
    assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text}");
    let markdown = project.run("diff --format md old.txt new.txt").out;
    assert!(
        !markdown.contains("<img") && !markdown.contains("@team") && !markdown.contains("[a]"),
        "{markdown}"
    );
}

#[test]
fn a_new_finding_that_somebody_answers_for_is_told_apart() {
    let old = "云岚健身隐私政策\n\n为完成注册，我们会收集您的手机号码。\n";
    let new = format!("{old}\n我们会收集您的人脸信息。\n\n我们会收集您的指纹。\n");
    let waiver = "waivers:\n  - rule: sensitive-purpose-missing\n    quote: 人脸信息\n    reason: 见单独弹窗\n    approved-by: 王敏\n";
    let project = Project::new(&[("old.md", old), ("new.md", &new), ("policy-lint.yaml", waiver)]);
    let select = "--select sensitive-purpose-missing";
    let said = project.run(&format!("diff --format json {select} old.md new.md"));
    assert_eq!(said.status, 1, "{}", said.err);
    let report: Value = serde_json::from_str(&said.out).expect("JSON");
    let of = |list: &str| {
        let findings = report["findings"][list].as_array().expect("findings").clone();
        let at = |finding: &Value, key: &str| finding[key].as_u64().expect("an offset") as usize;
        findings
            .iter()
            .map(|finding| new[at(finding, "start")..at(finding, "end")].to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!((of("new"), of("waived")), (vec!["指纹".to_owned()], vec!["人脸信息".to_owned()]));
    let waived = &report["findings"]["waived"][0];
    assert_eq!((&waived["by"], &waived["reason"]), (&"waiver".into(), &"见单独弹窗".into()));
    assert_eq!((&report["summary"]["new"], &report["summary"]["waived"]), (&1.into(), &1.into()));
    for format in ["text", "md", "html"] {
        let said = project.run(&format!("diff --format {format} {select} old.md new.md"));
        assert!(said.out.contains("新出现但已豁免的问题"), "{format}: {}", said.out);
        assert!(said.out.contains("已豁免：见单独弹窗（批准人：王敏"), "{format}: {}", said.out);
    }
    let all = project.run(&format!("diff --no-waivers --format json {select} old.md new.md"));
    let all: Value = serde_json::from_str(&all.out).expect("JSON");
    assert_eq!(all["findings"]["new"].as_array().map(Vec::len), Some(2));
    let only_waived = new.replace("\n我们会收集您的指纹。\n", "");
    project.write("new.md", only_waived.as_bytes());
    assert_eq!(project.run(&format!("diff {select} old.md new.md")).status, 0);
}

#[test]
fn words_that_point_back_stand_for_what_they_mean() {
    let collected = "云岚健身隐私政策\n\n一、收集\n为完成注册，我们会收集您的手机号码和人脸信息。\n";
    let shared = format!("{collected}为核验您的身份，我们会将上述信息提供给青松核验公司。\n");
    let project = Project::new(&[("old.txt", collected), ("new.txt", &shared)]);
    let said = project.run("diff --format json old.txt new.txt");
    let report: Value = serde_json::from_str(&said.out).expect("JSON");
    let changes = report["changes"].as_array().expect("changes");
    let told = changes.iter().find(|change| change["kind"] == "recipient-new").expect("a new recipient");
    let data: Vec<&str> =
        told["data"].as_array().expect("data").iter().filter_map(|item| item["text"].as_str()).collect();
    assert_eq!(data, ["人脸信息", "手机号码"], "{told}");
    // Biometric data goes to somebody new.
    assert_eq!(told["importance"], "high");
}

#[test]
fn a_chapter_that_is_gone_is_told_though_a_word_elsewhere_meets_the_requirement() {
    let old = OLD.replace(
        "五、您的权利\n",
        "五、撤回同意\n您可以在“我的—设置—授权管理”中逐项撤回授权。\n撤回后我们不再处理相应的信息。\n\n六、您的权利\n您可以随时撤回同意。\n",
    );
    let new = old.replace(
        "五、撤回同意\n您可以在“我的—设置—授权管理”中逐项撤回授权。\n撤回后我们不再处理相应的信息。\n\n六、",
        "五、",
    );
    let report = compared(&[("old.txt", &old), ("new.txt", &new)], "old.txt new.txt");
    let change = change(&report, "chapter-dropped");
    assert_eq!((&change["importance"], &change["old"]["text"]), (&"high".into(), &"撤回同意".into()));
    // One that only moved or got another heading is still there.
    let moved = old.replace("五、撤回同意\n", "七、改变授权\n");
    let report = compared(&[("old.txt", &old), ("new.txt", &moved)], "old.txt new.txt");
    assert!(!told(&report).iter().any(|change| change.starts_with("chapter-dropped")), "{:?}", told(&report));
}

#[test]
fn data_that_was_to_stay_in_the_country_and_leaves_it_is_a_broken_promise() {
    let promise = "目前，我们不会将上述信息传输至境外。";
    let stays = format!(
        "我们依照法律法规的规定，将在境内运营过程中收集和产生的您的个人信息存储于中华人民共和国境内。\n{promise}"
    );
    // Within the country data is shared.
    let old = OLD.replace("登录日志保存6个月。", &stays);
    let compare = |instead: &str| {
        let new = old.replace(promise, instead);
        told(&compared(&[("old.txt", &old), ("new.txt", &new)], "old.txt new.txt"))
    };
    assert_eq!(compare("我们会将上述信息传输至境外。"), ["reversed high 上述信息"]);
    let silent = compare("");
    assert_eq!(silent[0], "promise-dropped high 上述信息", "{silent:?}");
    assert!(compare("上述信息我们不会传输至境外。").is_empty());
}

#[test]
fn dates_are_no_periods_and_a_change_that_is_said_twice_is_told_once() {
    let refusal = "如您拒绝提供，您将无法注册账号，但仍可使用本地记账功能。";
    let twice = format!(
        "更新日期：2025年【7】月 【19】日\n\n摘要\n为创建账号，我们会收集您的手机号码。{refusal}\n\n一、我们收集"
    );
    let old = OLD.replace("一、我们收集", &twice);
    let new = old
        .replace("【19】日", "【1】日")
        .replace(refusal, "如您拒绝提供，您将无法注册账号，也无法使用本地记账功能。");
    let report = compared(&[("old.txt", &old), ("new.txt", &new)], "old.txt new.txt");
    let kinds: Vec<&str> = report["changes"]
        .as_array()
        .expect("changes")
        .iter()
        .filter_map(|change| change["kind"].as_str())
        .collect();
    assert_eq!(kinds, ["refusal-changed", "statement-dropped"]);
    assert_eq!(change(&report, "refusal-changed")["new"]["places"].as_array().map(Vec::len), Some(2));
}

#[test]
fn consent_is_presumed_of_whoever_is_addressed() {
    let report = edited(&[(
        "我们不会读取您的通讯录。",
        "我们不会读取您的通讯录。你使用本服务，即代表你同意我们处理你的信息。",
    )]);
    assert_eq!(change(&report, "consent-weakened")["new"]["text"], "即代表你同意");
}

#[test]
fn a_right_that_is_told_less_of_is_told_with_the_words_that_went() {
    let way = "您可以通过“我的—设置—注销账号”注销账号。\n";
    let old = OLD.replace("我们会在15个工作日", "您也可以联系客服申请注销账号。\n我们会在15个工作日");
    let report = compared(&[("old.txt", &old), ("new.txt", &old.replace(way, ""))], "old.txt new.txt");
    let change = change(&report, "right-shortened");
    assert_eq!(
        (&change["rule"], &change["old"]["text"]),
        (&"dereg-method-missing".into(), &way.trim().into())
    );
}

#[test]
fn a_period_that_is_new_is_told() {
    let report =
        edited(&[("登录日志保存6个月。", "登录日志保存6个月。\n在您注销账号之后，登录日志将继续保存五年。")]);
    assert_eq!(told(&report)[0], "retention-new medium 登录日志");
}
