//! The list of rules, their pages and their examples, end to end.

use crate::support::Project;
use serde_json::Value;
use std::collections::BTreeMap;

fn rules(arguments: &str) -> Vec<Value> {
    let said = Project::new(&[]).run(&format!("rules --format json {arguments}"));
    assert_eq!((said.status, said.err.as_str()), (0, ""), "{arguments}");
    let list: Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!(list["schema"], 1);
    list["rules"].as_array().expect("rules").clone()
}

#[test]
fn the_list_has_what_programs_ask_for() {
    let all = rules("");
    for rule in &all {
        for key in ["id", "severity", "confidence", "judge", "group"] {
            assert!(rule[key].is_string(), "{key} of {rule}");
        }
        for key in ["tags", "cites"] {
            assert!(rule[key].is_array(), "{key} of {rule}");
        }
        assert!(rule["title"]["zh"].is_string() && rule["title"]["en"].is_string());
    }
    assert!(all.len() > 40);
}

#[test]
fn filters_narrow_the_list_together() {
    let all = rules("");
    let of_group = rules("--group rights,minors");
    assert!(!of_group.is_empty() && of_group.len() < all.len());
    assert!(of_group.iter().all(|rule| rule["group"] == "rights" || rule["group"] == "minors"));
    let tagged = rules("--tag consent");
    assert!(
        tagged
            .iter()
            .all(|rule| rule["tags"].as_array().is_some_and(|tags| tags.contains(&"consent".into())))
    );
    let severe = rules("--severity warning");
    assert!(!severe.is_empty() && severe.iter().all(|rule| rule["severity"] == "warning"));

    let cites = |rule: &Value, wanted: &dyn Fn(&str) -> bool| {
        rule["cites"].as_array().is_some_and(|cites| cites.iter().filter_map(Value::as_str).any(wanted))
    };
    let by_article = rules("--law pipl-17");
    assert!(
        by_article.iter().all(|rule| cites(rule, &|key| key == "pipl-17" || key.starts_with("pipl-17-")))
    );
    let by_statute = rules("--law pipl");
    assert_eq!(
        by_statute.len(),
        all.iter().filter(|rule| cites(rule, &|key| key.starts_with("pipl-"))).count()
    );
    assert_eq!(rules("--law 个人信息保护法").len(), by_statute.len());

    let both = rules("--law pipl --group minors --severity error");
    assert!(!both.is_empty() && both.len() < by_statute.len());
    assert!(both.iter().all(|rule| rule["group"] == "minors" && rule["severity"] == "error"));
}

#[test]
fn unknown_names_get_the_nearest_one() {
    let project = Project::new(&[]);
    for (filter, nearest) in [
        ("--tag consnt", "consent"),
        ("--group minor", "minors"),
        ("--law pipll", "pipl"),
        ("--law pipl-170", "pipl-1"),
    ] {
        let said = project.run(&format!("rules {filter}"));
        assert_eq!((said.status, said.out.as_str()), (2, ""), "{filter}");
        assert!(said.err.contains(&format!("did you mean `{nearest}")), "{filter}: {}", said.err);
    }
    assert_eq!(project.run("rules --severity grave").status, 2);
}

#[test]
fn the_old_name_of_the_table_still_works() {
    let project = Project::new(&[]);
    let table = project.run("rules --group minors");
    assert!(table.out.lines().count() >= 3, "{}", table.out);
    assert_eq!(table.out, project.run("rules --group minors --format text").out);
    assert_eq!(table.out, project.run("rules --group minors --format table").out);
    let none = project.run("rules --group minors --law csl");
    assert_eq!(
        (none.status, none.out.as_str(), none.err.as_str()),
        (0, "", "no rule passes all the filters\n")
    );
}

#[test]
fn a_page_has_the_whole_case() {
    let project = Project::new(&[]);
    for (language, words) in [
        (
            "zh",
            [
                "要求：",
                "为什么",
                "第四十五条第一款",
                "如何修改",
                "会被指出的写法",
                "符合要求的写法",
                "确不适用时",
                "  right-access-copy-missing: warning",
            ],
        ),
        (
            "en",
            [
                "demands: ",
                "Why",
                "Article 45",
                "How to put it right",
                "Reported",
                "Not reported",
                "Where it does not apply",
                "# right-access-copy-missing: off",
            ],
        ),
    ] {
        let said = project.run(&format!("explain --lang {language} right-access-copy-missing"));
        for words in words {
            assert!(said.out.contains(words), "{words} in {}", said.out);
        }
    }
    let said = project.run("explain right-acces-copy-missing");
    assert_eq!(said.status, 2);
    assert!(said.err.contains("did you mean `right-access-copy-missing`?"), "{}", said.err);
}

#[test]
fn tests_tell_what_became_of_each_example() {
    let rule = "\
rules:
  - id: our-slogan
    title: { zh: 口号, en: slogan }
    severity: info
    judge: sentence
    forbid: { text: [绝对安全] }
    message: { zh: 绝对安全, en: absolutely safe }
    help: { zh: 删去, en: delete }
    why: { zh: 不实, en: untrue }
    examples:
      bad: [我们保证绝对安全。, 我们尽力。, { text: 我们保证绝对安全。, at: 我们 }]
      good: [我们尽力保护您的信息。, 我们绝对安全。]
";
    let project = Project::new(&[("ours.yaml", rule)]);
    let said = project.run("test --format json ours.yaml");
    assert_eq!(said.status, 1);
    let report: Value = serde_json::from_str(&said.out).expect("JSON");
    let told: Vec<(&str, u64, &str, bool)> = report["examples"]
        .as_array()
        .expect("examples")
        .iter()
        .map(|example| {
            (
                example["list"].as_str().expect("a list"),
                example["index"].as_u64().expect("an index"),
                example["outcome"].as_str().expect("an outcome"),
                example["ok"].as_bool().expect("a verdict"),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("bad", 0, "fired", true),
            ("bad", 1, "silent", false),
            ("bad", 2, "fired-elsewhere", false),
            ("good", 0, "silent", true),
            ("good", 1, "fired", false),
        ]
    );
    assert_eq!((&report["summary"]["ok"], &report["summary"]["failed"]), (&2.into(), &3.into()));
    let brief = project.run("test --lang en ours.yaml").out;
    assert_eq!(brief.lines().filter(|line| line.starts_with("our-slogan")).count(), 3, "{brief}");
    let all = project.run("test --lang en -v ours.yaml").out;
    assert!(all.contains("our-slogan bad[0]: fired, as it should"), "{all}");
    assert!(all.contains("our-slogan good[0]: silent, as it should be"), "{all}");
}

#[test]
fn nearby_is_two_sentences_on_either_side_whatever_their_paragraphs() {
    let rule = r##"
rules:
  - id: our-switch
    title: { zh: 开关, en: switch }
    severity: info
    judge: sentence
    unless: { text: { any: [可以关闭], in: nearby } }
    forbid: { text: [会推荐] }
    message: { zh: 没有开关, en: no switch }
    help: { zh: 写明, en: tell }
    why: { zh: 应当写明, en: it should be told }
    examples:
      bad:
        - "云栈会推荐节目。\n\n节目很多。\n\n也有音乐。\n\n您可以关闭它。"
        - "您可以关闭它。\n\n节目很多。\n\n也有音乐。\n\n云栈会推荐节目。"
        - "# 一、推荐\n\n云栈会推荐节目。\n\n# 二、声音\n\n您可以关闭它。"
      good:
        - "云栈会推荐节目。\n\n节目很多。\n\n您可以关闭它。"
        - "您可以关闭它。节目很多。\n\n云栈会推荐节目。"
        - "云栈会推荐节目，您可以关闭它。"
"##;
    let said = Project::new(&[("ours.yaml", rule)]).run("test --lang en -v ours.yaml");
    assert_eq!(said.status, 0, "{}", said.out);
}

#[test]
fn the_law_in_force_on_a_day_decides() {
    let project = Project::new(&[("policy-lint.yaml", "as-of: 2025-12-31\n")]);
    let reasons = |arguments: &str| -> BTreeMap<String, Value> {
        let said = project.run(&format!("rules --format json {arguments}"));
        let report: Value = serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("{}", said.err));
        let rules = report["rules"].as_array().unwrap().iter();
        rules.map(|rule| (rule["id"].as_str().unwrap().to_owned(), rule.clone())).collect()
    };
    // Before the PIPL nothing rests on it alone; a rule that rests on no law does not care.
    let before = reasons("--as-of 2021-10-31");
    assert_eq!(before["sensitive-purpose-missing"]["enabled"], true, "the determination of 2019 asks it too");
    assert_eq!(before["sensitive-purpose-missing"]["cites"], serde_json::json!(["determination-2-3"]));
    assert_eq!(before["sensitive-necessity-missing"]["reason"], "not-in-force");
    assert_eq!(before["annotation-syntax"]["enabled"], true);
    let by_name = reasons("--as-of 2021-10-31 --select sensitive-necessity-missing");
    assert_eq!(by_name["sensitive-necessity-missing"]["enabled"], false);
    assert_eq!(reasons("")["sensitive-necessity-missing"]["enabled"], true);
    assert_eq!(project.run("rules --as-of 2021-02-29").status, 2);
}

#[test]
fn articles_have_the_numbers_they_had_on_that_day() {
    let project = Project::new(&[("policy-lint.yaml", "as-of: 2025-12-31\n")]);
    let rules: Value =
        serde_json::from_str(&project.run("rules --law csl-44-1 --format json").out).expect("JSON");
    let id = rules["rules"][0]["id"].as_str().expect("a rule rests on it").to_owned();
    let then = project.run(&format!("explain {id}")).out;
    assert!(then.contains("第四十二条第一款") && then.contains("2017-06-01"), "{then}");
    let now = project.run(&format!("explain --as-of 2026-01-01 {id}")).out;
    assert!(now.contains("第四十四条第一款") && now.contains("2026-01-01"), "{now}");
}
