//! The report for people who review: one page that holds everything, and in which nothing of a policy runs.

use std::path::PathBuf;

use serde_json::Value;

use crate::support::Project;
use crate::support::browser::Browser;

/// An invented policy with findings of every severity, in chapters, a list and a table.
const POLICY: &str = "\
# 云汀读书隐私政策

更新日期：2026年3月1日

## 一、我们如何收集您的信息

我们会收集您的人脸信息、指纹信息、**声纹信息**。

1. 注册账号：为完成注册，我们会收集您的手机号码。
2. 推荐：我们可能会收集其他相关信息。

## 二、我们如何共享您的信息

我们不会向任何第三方提供您的手机号码。为了发放优惠券，我们会将您的手机号码提供给合作伙伴。

| SDK 名称 | 收集的信息 | 目的 |
|---|---|---|
| 风铃统计 | 设备标识符 | 统计 |

## 三、其他

我们对本政策保留最终解释权。
";

/// Text that is made to run, to break out of an attribute, to hide or to turn things around.
const HOSTILE: &str = "\
云汀<script>document.title='owned'</script>隐私政策

我们会收集您的\u{202e}人脸信息\"><img src=x onerror=\"document.title='owned'\">\u{200b}。

我们会收集您的人脸信息</textarea></script><svg onload=document.title='owned'>\u{ad}，以及指纹信息。

我们会收集您的𠀀𝒜指纹信息'\"` onmouseover=document.title='owned'。سياسة الخصوصية\u{7}
";

const HOSTILE_LINK: &str =
    "# 云汀隐私政策\n\n我们会收集您的[人脸信息](javascript:document.title='owned')。\n";

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

/// Writes the report of a policy into a file.
fn report(project: &Project, arguments: &str) -> PathBuf {
    let said =
        project.run(&format!("check --no-config --format short --output html=report.html {arguments}"));
    assert!(said.status <= 1, "{}", said.err);
    project.path().join("report.html")
}

fn page(project: &Project, arguments: &str) -> String {
    std::fs::read_to_string(report(project, arguments)).expect("a report")
}

#[test]
fn it_holds_every_finding_and_every_instance() {
    let project = Project::new(&[("privacy.md", POLICY)]);
    let found = json(&project.run("check --no-config --format json privacy.md").out);
    let page = page(&project, "privacy.md");
    let findings = found["findings"].as_array().expect("findings");
    assert!(findings.len() > 5, "the policy has many faults");
    for (number, finding) in findings.iter().enumerate() {
        let number = number + 1;
        for id in [format!("id=\"f-{number}\""), format!("id=\"m-{number}\"")] {
            assert_eq!(page.matches(&id).count(), 1, "{id}");
        }
        let instances = finding["labels"].as_array().expect("labels").iter();
        for print in instances.chain([finding]).filter_map(|place| place["fingerprint"].as_str()) {
            assert!(page.contains(print), "{finding}");
        }
    }
    let numbers = findings.iter().flat_map(|finding| finding["cites"].as_array().expect("articles"));
    for key in numbers.filter_map(Value::as_str) {
        assert!(page.contains(&format!("id=\"law-{key}\"")), "{key}");
    }
}

#[test]
fn the_policy_reads_as_prose() {
    let page = page(&Project::new(&[("privacy.md", POLICY)]), "privacy.md");
    let text = page.replace('\n', "").replace("<p dir=\"auto\">", "").replace("</p>", "");
    for words in [
        "id=\"s0-2\" dir=\"auto\"",
        "</section>",
        "SDK 名称</th>",
        "设备标识符</td>",
        "<ul><li>",
        "</li></ul>",
        "<strong>",
    ] {
        assert!(text.contains(words), "{words}");
    }
    assert!(!page.contains("**") && !page.contains("|---"), "no markup is left");
}

#[test]
fn it_needs_nothing_else() {
    let page = page(&Project::new(&[("privacy.md", POLICY)]), "privacy.md");
    for outside in ["src=", "url(", "@import", "href=\"http", "<link", "fetch(", "XMLHttpRequest", "style=\""]
    {
        assert!(!page.contains(outside), "{outside}");
    }
    assert!(page.contains("default-src 'none'; style-src 'sha256-"));
}

#[test]
fn it_speaks_the_language_of_the_reader() {
    let project = Project::new(&[("privacy.md", POLICY)]);
    let english = page(&project, "--lang en privacy.md");
    assert!(english.contains("<html lang=\"en\">") && english.contains("Policy and findings"));
    assert!(page(&project, "privacy.md").contains("<html lang=\"zh-CN\">"));
}

#[test]
fn what_the_baseline_knows_stands_apart() {
    let project = Project::new(&[("privacy.md", POLICY)]);
    project.run("baseline create privacy.md");
    let page = page(&project, "privacy.md");
    assert!(
        page.contains("id=\"set-aside\"") && page.contains("id=\"f-a1\"") && page.contains("id=\"m-a1\"")
    );
    assert!(!page.contains("id=\"f-1\""), "nothing is left to report");
}

#[test]
fn what_is_waived_stands_apart_with_its_reason() {
    let config = "waivers:\n  - rule: final-interpretation-right\n    file: privacy.md\n    reason: 条款已获<确认>\n    approved-by: 林合规\n    expires: 2099-12-31\n";
    let project = Project::new(&[("privacy.md", POLICY), ("policy-lint.yaml", config)]);
    let said = project.run("check --format html privacy.md");
    assert_eq!(said.status, 1, "{}", said.err);
    let (_, aside) = said.out.split_once("id=\"set-aside\"").expect("a part for what is set aside");
    for words in ["条款已获&lt;确认&gt;", "林合规", "2099-12-31", "policy-lint.yaml:2", "id=\"f-a1\""]
    {
        assert!(aside.contains(words), "{words}");
    }
}

#[test]
fn files_without_text_or_findings_and_unreadable_ones_are_told() {
    let project =
        Project::new(&[("empty.txt", ""), ("clean.txt", "云汀读书隐私政策\n\n我们重视您的隐私。\n")]);
    let said = project.run(
        "check --no-config --select sensitive-purpose-missing --format html empty.txt clean.txt missing.txt",
    );
    assert_eq!(said.status, 2, "{}", said.err);
    for path in ["empty.txt", "clean.txt", "missing.txt"] {
        assert!(said.out.contains(path), "{path}");
    }
    assert!(said.out.contains("没有可读的文字") && said.out.contains("没有发现问题"));
}

#[test]
fn five_thousand_findings_make_a_page_of_reasonable_size() {
    let line = |n| format!("我们会收集您的人脸信息，并与第{n}家公司共享。\n\n");
    let policy: String =
        std::iter::once("云汀读书隐私政策\n\n".to_owned()).chain((0..5_000).map(line)).collect();
    let project = Project::new(&[("privacy.txt", &policy)]);
    let page = page(&project, "--max-findings all --select sensitive-purpose-missing privacy.txt");
    assert_eq!(page.matches("<article class=\"card ").count(), 5_000);
    assert!(page.len() < 15_000_000, "{} bytes", page.len());
}

#[test]
fn nothing_of_a_policy_runs() {
    let name = "a'b\"<i>.txt";
    let project = Project::new(&[("link.md", HOSTILE_LINK)]);
    project.write(name, HOSTILE.as_bytes());
    let page = page(&project, &format!("{name} link.md"));
    assert!(page.contains("云汀&lt;script&gt;document.title"));
    for hidden in ["U+202E", "U+200B", "U+00AD", "U+0007"] {
        assert!(page.contains(&format!("<span class=\"hidden-character\">{hidden}</span>")), "{hidden}");
    }
    assert!(!page.contains(['\u{202e}', '\u{7}']));
    assert!(page.contains("سياسة الخصوصية") && page.contains("𠀀𝒜"));
    assert_eq!(page.matches("<script").count(), 2, "the messages and our own script");
    assert!(!page.contains("<img") && !page.contains("<svg") && !page.contains("href=\"javascript"));

    let Some(mut browser) = Browser::start() else { return };
    browser.open(&project.path().join("report.html"), "");
    assert_eq!(browser.ask("document.documentElement.classList.contains('tabbed')"), true, "our script runs");
    assert_ne!(browser.ask("document.title"), "owned");
    assert!(
        browser.ask("document.querySelector('.prose').textContent").as_str().unwrap().contains("<script>")
    );
    // The page's own policy forbids whatever might slip through.
    let blocked = "(() => { const s = document.createElement('script'); s.textContent = \"document.title='owned'\"; \
                   document.body.append(s); return document.title; })()";
    assert_ne!(browser.ask(blocked), "owned");
}

#[test]
fn a_reviewer_finds_the_way_and_signs_off() {
    let Some(mut browser) = Browser::start() else { return };
    let project = Project::new(&[("privacy.md", POLICY)]);
    let path = report(&project, "privacy.md");
    browser.resize(1440, 900);
    browser.open(&path, "");
    let shown = "[...document.querySelectorAll('.view')].filter(v => v.offsetParent).map(v => v.id).join()";
    let cards = "[...document.querySelectorAll('.findings .card')].filter(c => c.offsetParent).length";
    assert_eq!(browser.ask(shown), "summary");

    // From the summary to the text, to a finding and back.
    browser.ask("document.querySelector('[data-view=text]').click()");
    assert_eq!(browser.ask(shown), "text");
    let all = browser.ask(cards).as_u64().unwrap();
    assert!(all > 5);
    browser.ask("document.querySelector('.note').click()");
    assert_eq!(browser.ask("document.activeElement.id"), "f-1");
    browser.ask("document.querySelector('#f-2 .token').click()");
    assert_eq!(browser.ask("document.querySelector('.card.on').id"), "f-2");
    let seen = "(() => { const r = document.getElementById('m-2').getBoundingClientRect(); return r.top > 0 && r.top < innerHeight; })()";
    assert_eq!(browser.ask(seen), true);
    let press = |key: &str| {
        format!("document.dispatchEvent(new KeyboardEvent('keydown', {{ key: '{key}', bubbles: true }}))")
    };
    browser.ask(&press("j").replace("document.dispatch", "document.body.dispatch"));
    assert_eq!(browser.ask("document.querySelector('.card.on').id"), "f-3");

    // Filters leave what they name, in the panel and in the text.
    let set = |name: &str, value: &str| {
        format!(
            "(() => {{ const f = document.getElementById('filters').elements['{name}']; f.value = '{value}'; f.dispatchEvent(new Event('input', {{ bubbles: true }})); }})()"
        )
    };
    browser.ask(&set("words", "最终解释权"));
    assert_eq!(browser.ask(cards), 1);
    assert_eq!(browser.ask("document.querySelectorAll('mark.error:not(.off), mark.warning:not(.off), mark.info:not(.off)').length"), 1);
    browser.ask("document.getElementById('filters').reset()");
    browser.ask("new Promise(done => setTimeout(done, 50))");
    assert_eq!(browser.ask(cards), all);
    browser.ask("document.querySelector('[name=severity][value=error]').click()");
    let errors = browser.ask("document.querySelectorAll('.findings .card.error').length").as_u64().unwrap();
    assert!(errors > 0 && errors < all);
    assert_eq!(browser.ask(cards), all - errors);
    browser.ask("document.querySelector('[name=severity][value=error]').click()");

    // An article is unfolded where it is cited.
    browser.ask("document.querySelector('.card .articles a').click()");
    let article = browser.ask("document.querySelector('.card .articles p').textContent");
    assert!(article.as_str().unwrap().len() > 30, "{article}");
    browser.ask("document.querySelector('.card .articles a').click()");
    assert_eq!(browser.ask("document.querySelector('.card .articles p')"), Value::Null);

    // Chosen findings become waivers that read back as they were typed.
    browser.ask("document.querySelector('#f-1 [name=choose]').click()");
    browser.ask("document.querySelector('[data-view=sign-off]').click()");
    assert_eq!(browser.ask(shown), "sign-off");
    let reason = "法务已核对：“弹窗”里说明了 # 目的\n\"引号\" \\ 与 \u{202e}反转";
    browser.ask(&format!("document.getElementById('reason').value = {}", Value::from(reason)));
    browser.ask("document.getElementById('approved-by').value = \"O'Neil: 'legal'\"");
    browser.ask("document.getElementById('expires').value = '2099-12-31'");
    browser.ask("document.querySelector('#sign-off-form [type=submit]').click()");
    let yaml = browser.ask("document.getElementById('yaml').value");
    let yaml = yaml.as_str().unwrap();
    let read: Value = serde_yaml::from_str(yaml).unwrap_or_else(|error| panic!("{error}: {yaml}"));
    let waivers = read["waivers"].as_array().expect("waivers");
    let found = json(&project.run("check --no-config --format json privacy.md").out);
    let first = &found["findings"][0];
    let instances =
        first["labels"].as_array().unwrap().iter().filter(|label| label["role"] == "instance").count();
    assert_eq!(waivers.len(), 1 + instances);
    for key in ["rule", "fingerprint"] {
        assert_eq!(waivers[0][key], first[key], "{yaml}");
    }
    assert_eq!(waivers[0]["file"], "privacy.md");
    assert_eq!(waivers[0]["reason"], reason);
    assert_eq!(waivers[0]["approved-by"], "O'Neil: 'legal'");
    assert_eq!(waivers[0]["expires"], "2099-12-31");
}

#[test]
fn it_can_be_read_without_scripts_on_a_phone_and_on_paper() {
    let Some(mut browser) = Browser::start() else { return };
    let project = Project::new(&[("privacy.md", POLICY)]);
    let path = report(&project, "privacy.md");
    browser.scripts(false);
    browser.resize(390, 844);
    browser.open(&path, "");
    let visible = "[...document.querySelectorAll('.card')].every(card => card.offsetParent)";
    assert_eq!(browser.ask(visible), true, "all findings are there");
    assert_eq!(browser.ask("document.documentElement.scrollWidth <= 390"), true, "nothing sticks out");
    assert_eq!(
        browser.ask("[...document.querySelectorAll('.needs-script')].some(n => n.offsetParent)"),
        false
    );
    assert!(browser.printed() > 10_000);
}

#[test]
fn items_of_markdown_keep_their_numbers() {
    let policy = "# 隐私政策\n\n我们收集下列信息：\n\n3. 为完成注册，收集您的手机号码。\n4. 收集您的人脸信息。\n\n- 收集您的昵称。\n";
    let page = Project::new(&[("privacy.md", policy)]).run("check --format html privacy.md").out;
    let numbers: Vec<&str> = page
        .split("<span class=\"item-number\">")
        .skip(1)
        .map(|rest| rest.split("</span>").next().unwrap())
        .collect();
    assert_eq!(numbers, ["3.", "4."]);
}

#[test]
fn items_of_html_have_the_numbers_a_browser_shows() {
    let html = "<!doctype html><h1>云汀读书隐私政策</h1><ol type=a start=2><li>我们会收集您的人脸信息。\
                <li>2、我们会收集您的指纹信息。</ol>";
    let page = page(&Project::new(&[("privacy.html", html)]), "privacy.html");
    assert!(page.contains("<span class=\"item-number\">b.</span>"));
    assert_eq!(
        page.matches("class=\"item-number\"").count(),
        1,
        "whoever types numbers as well sees his own"
    );
}

#[test]
fn a_remedy_is_given_in_full_once() {
    let policy = "# 云汀读书隐私政策\n\n我们会将您的头像提供给合作伙伴。\n\n我们会收集您的人脸信息。\n\n\
                  我们会将您的头像提供给其他伙伴。\n\n我们会收集您的声纹信息。\n";
    let project = Project::new(&[("privacy.md", policy)]);
    let page = page(&project, "--select share-purpose-missing,bio-refusal-missing privacy.md");
    let remedies: Vec<&str> = page
        .split("<article class=\"card ")
        .skip(1)
        .map(|card| match (card.find("<p class=\"remedy\">"), card.split_once("<summary>")) {
            (Some(_), None) => "in full",
            (None, Some((_, rest))) => rest.split('<').next().unwrap_or_default(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(remedies, ["in full", "in full", "建议同问题 1", "建议参照问题 2"]);
    assert!(page.contains("<details class=\"remedy same\">") && page.contains("<details class=\"remedy\">"));
}

#[test]
fn what_cannot_be_seen_is_shown_by_number_wherever_a_policy_is_quoted() {
    let policy = "# 云汀\u{200b}读书\u{202e}隐私政策\n\n## 一、收集\u{2066}信息\n\n- 我们会收集您的\u{202e}人脸信息、\u{200b}声纹信息。\n\n\
                  | 名称\u{202e} | 信息 |\n|---|---|\n| 风铃\u{200b}统计 | 设备\u{202e}标识符 |\n";
    let project = Project::new(&[("privacy.md", policy)]);
    project.write(
        "policy-lint.yaml",
        "waivers:\n- { rule: bio-refusal-missing, file: privacy.md, reason: \"已\\u202e核对\" }\n".as_bytes(),
    );
    let page = project.run("check --format html privacy.md").out;
    assert!(page.contains("U+202E") && page.contains("U+200B") && page.contains("U+2066"));
    for hidden in ['\u{200b}', '\u{202e}', '\u{2066}'] {
        let around: Vec<String> = page
            .match_indices(hidden)
            .map(|(at, _)| page[..at].chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect())
            .collect();
        assert!(around.is_empty(), "{hidden:?} stands raw behind {around:?}");
    }
}
