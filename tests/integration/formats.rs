//! The reports for other programs, each over every input format.

use serde_json::Value;

use crate::support::Project;

/// Policies that break the law in the words `人脸信息`; line and column of them.
const INPUTS: [(&str, &str, u64, u64); 4] = [
    ("plain.txt", "云岚健身隐私政策\n\n我们会收集您的人脸信息。\n", 3, 8),
    ("mark.md", "# 云岚健身隐私政策\n\n𠀀我们会收集您的**人脸信息**。\n", 3, 11),
    (
        "page.html",
        "<!doctype html>\n<h1>云岚健身隐私政策</h1>\n<p>我们会收集您的<b>人脸信息</b>。</p>\n",
        3,
        14,
    ),
    (
        "annotated.txt",
        "云岚健身隐私政策\n\n(我们)会[收集]您的<人脸信息>。为{登录}，(我们)会[收集]<手机号码>。\n",
        3,
        13,
    ),
];

/// Every format there is, as the command itself lists them.
fn formats() -> Vec<String> {
    let said = project().run("check --no-config --output pdf=x plain.txt");
    let (_, names) = said.err.split_once("there are ").expect("a list of formats");
    let names = names.split(['\n', '\'']).next().unwrap_or_default();
    names.split(", ").map(|name| name.trim().to_owned()).collect()
}

fn project() -> Project {
    Project::new(&INPUTS.map(|(name, text, ..)| (name, text)))
}

fn check(format: &str) -> String {
    let said = project().run(&format!(
        "check --no-config --select sensitive-purpose-missing --format {format} plain.txt mark.md page.html annotated.txt"
    ));
    assert_eq!(said.status, 1, "{format}: {}", said.err);
    said.out
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn sarif_is_valid_and_counts_code_points() {
    let report = json(&check("sarif"));
    // As published, one pattern is no regular expression.
    let schema = include_str!("../schemas/sarif-schema-2.1.0.json")
        .replace("^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$", "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$");
    let schema = json(&schema);
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let mistakes: Vec<String> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
    assert!(mistakes.is_empty(), "{mistakes:?}");
    let run = &report["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), INPUTS.len());
    for (result, (name, _, line, column)) in results.iter().zip(INPUTS) {
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], name);
        let region = &place["region"];
        assert_eq!((&region["startLine"], &region["startColumn"]), (&line.into(), &column.into()), "{name}");
        assert_eq!(region["endColumn"], column + 4, "{name}");
        assert_eq!(region["snippet"]["text"], "人脸信息");
        let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().expect("an index") as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(result["partialFingerprints"]["policyLint/v1"].is_string());
    }
}

#[test]
fn jsonl_has_the_findings_of_json() {
    let lines: Vec<Value> = check("jsonl").lines().map(json).collect();
    assert_eq!(Value::from(lines), json(&check("json"))["findings"]);
}

#[test]
fn github_shows_commands_and_then_the_report() {
    let out = check("github");
    let commands: Vec<&str> = out.lines().take_while(|line| line.starts_with("::")).collect();
    assert_eq!(commands.len(), INPUTS.len());
    for (command, (name, _, line, column)) in commands.iter().zip(INPUTS) {
        let place =
            format!("::error file={name},line={line},endLine={line},col={column},endColumn={},", column + 4);
        assert!(command.starts_with(&place), "{command}");
    }
    assert!(out.contains("error[sensitive-purpose-missing]"));
}

#[test]
fn gitlab_takes_each_finding_for_one_of_its_own() {
    let twice = "云岚健身隐私政策\n\n我们会收集您的人脸信息。\n\n我们会收集您的人脸信息。\n";
    let said = Project::new(&[("a.txt", twice), ("b.txt", twice)])
        .run("check --no-config --select sensitive-purpose-missing --format gitlab a.txt b.txt");
    let issues = json(&said.out);
    let issues = issues.as_array().expect("issues");
    let prints: std::collections::BTreeSet<&str> =
        issues.iter().filter_map(|issue| issue["fingerprint"].as_str()).collect();
    assert_eq!((issues.len(), prints.len()), (4, 4));
    assert_eq!(issues[0]["location"]["lines"]["begin"], 3);
}

#[test]
fn reviewdog_gets_columns_in_bytes() {
    let report = json(&check("rdjson"));
    for (diagnostic, (name, text, line, _)) in
        report["diagnostics"].as_array().expect("diagnostics").iter().zip(INPUTS)
    {
        let row = text.lines().nth(line as usize - 1).expect("the line");
        let column = row.find("人脸信息").expect("the words") + 1;
        assert_eq!(diagnostic["location"]["path"], name);
        assert_eq!(diagnostic["location"]["range"]["start"]["column"], column, "{name}");
        assert_eq!(diagnostic["location"]["range"]["end"]["column"], column + "人脸信息".len(), "{name}");
    }
}

#[test]
fn xml_escapes_what_the_policy_says() {
    let evil = "云岚健身隐私政策\n\n我们会收集您的人脸信息<&\"\u{ffff}>。\n";
    let project = Project::new(&[("a&b.txt", evil)]);
    for format in ["junit", "checkstyle"] {
        let said = project.run(&format!("check --no-config --format {format} a&b.txt"));
        let mut reader = quick_xml::Reader::from_str(&said.out);
        loop {
            match reader.read_event().expect("well-formed XML") {
                quick_xml::events::Event::Eof => break,
                _ => continue,
            }
        }
        assert!(said.out.contains("a&amp;b.txt"), "{}", said.out);
        assert!(!said.out.contains('\u{ffff}'));
    }
}

#[test]
fn a_clean_file_passes_in_junit() {
    let said = Project::new(&[("a.txt", "云岚健身隐私政策\n\n为完成注册，我们会收集您的手机号码。\n")])
        .run("check --no-config --select sensitive-purpose-missing --format junit a.txt");
    assert_eq!(said.status, 0);
    assert!(said.out.contains("<testcase classname=\"a.txt\" name=\"policy-lint\"/>"), "{}", said.out);
}

/// A policy with many findings: of all severities, several in one line, several of one list.
const FAULTY: &str = "云岚健身隐私政策\n\n\
    我们会收集您的人脸信息、指纹信息、声纹信息，可能会收集其他相关信息。\n\n\
    一、共享\n我们不会共享您的手机号码。我们会将您的手机号码、身份证号码提供给合作伙伴。\n\n\
    二、其他\n我们会永久保存您的信息。我们对本政策保留最终解释权。继续使用即视为您同意本政策。\n";

/// The findings that a report shows, as `rule path:line`, sorted.
fn shown(format: &str, report: &str) -> Vec<String> {
    let all = |value: &Value, read: &dyn Fn(&Value) -> (Value, Value, Value)| -> Vec<String> {
        let told = value.as_array().into_iter().flatten().map(read);
        told.map(|(rule, path, line)| format!("{} {}:{line}", rule.as_str().unwrap(), path.as_str().unwrap()))
            .collect()
    };
    let own = |f: &Value| (f["rule"].clone(), f["path"].clone(), f["line"].clone());
    // What stands between `from` and `to` behind each `mark`.
    let attribute = |text: &str, name: &str| -> String {
        let rest = text.split_once(&format!("{name}=\"")).map_or("", |(_, rest)| rest);
        rest.split('"').next().unwrap_or_default().to_owned()
    };
    let mut found = match format {
        "json" => all(&json(report)["findings"], &own),
        "jsonl" => report.lines().flat_map(|line| all(&Value::from(vec![json(line)]), &own)).collect(),
        "sarif" => all(&json(report)["runs"][0]["results"], &|result| {
            let place = &result["locations"][0]["physicalLocation"];
            let (path, line) = (&place["artifactLocation"]["uri"], &place["region"]["startLine"]);
            (result["ruleId"].clone(), path.clone(), line.clone())
        }),
        "gitlab" => all(&json(report), &|issue| {
            let place = &issue["location"];
            (issue["check_name"].clone(), place["path"].clone(), place["lines"]["begin"].clone())
        }),
        "rdjson" => all(&json(report)["diagnostics"], &|one| {
            let place = &one["location"];
            (one["code"]["value"].clone(), place["path"].clone(), place["range"]["start"]["line"].clone())
        }),
        "short" => report
            .lines()
            .filter_map(|line| {
                let (place, rest) = line.split_once(": ")?;
                let (place, _column) = place.rsplit_once(':')?;
                Some(format!("{} {place}", rest.split(' ').nth(1)?))
            })
            .collect(),
        "text" | "github" => {
            let heads = report.split("\n").filter(|line| !line.starts_with("::"));
            let text = heads.collect::<Vec<_>>().join("\n");
            let blocks = ["error[", "warning[", "note["].into_iter().flat_map(|head| {
                text.match_indices(head).map(|(at, _)| text[at + head.len()..].to_owned()).collect::<Vec<_>>()
            });
            blocks
                .filter_map(|block| {
                    let (rule, rest) = block.split_once(']')?;
                    let place = rest.split_once("┌─ ")?.1.lines().next()?.rsplit_once(':')?.0.to_owned();
                    Some(format!("{rule} {place}"))
                })
                .collect()
        }
        "junit" => report
            .split("<testcase ")
            .skip(1)
            .map(|case| {
                let name = attribute(case, " name");
                let (rule, place) = name.split_once(' ').unwrap_or_default();
                let line = place.split(':').next().unwrap_or_default();
                format!("{rule} {}:{line}", attribute(case, "classname"))
            })
            .collect(),
        "checkstyle" => report
            .split("<error ")
            .skip(1)
            .map(|error| {
                let rule = attribute(error, "source").trim_start_matches("policy-lint.").to_owned();
                format!("{rule} {}:{}", attribute(report, "<file name"), attribute(error, "line"))
            })
            .collect(),
        "html" => report
            .split("<article class=\"card ")
            .skip(1)
            .map(|card| {
                let line =
                    card.split_once("第 ").and_then(|(_, rest)| rest.split(' ').next()).unwrap_or_default();
                format!("{} {}:{line}", attribute(card, "data-rule"), attribute(card, "data-path"))
            })
            .collect(),
        other => panic!("teach this test to read {other}"),
    };
    found.sort();
    found
}

#[test]
fn no_format_drops_a_finding() {
    let project = Project::new(&[("faulty.txt", FAULTY)]);
    let run = |format: &str| project.run(&format!("check --no-config --format {format} faulty.txt")).out;
    let truth = shown("json", &run("json"));
    assert!(truth.len() > 8, "{truth:?}");
    for format in formats() {
        assert_eq!(shown(&format, &run(&format)), truth, "{format}");
    }
}

#[test]
fn one_long_line_is_never_shown_whole() {
    let long = format!("云岚健身隐私政策。{}我们会收集您的人脸信息。", "我们重视您的隐私。".repeat(5000));
    let project = Project::new(&[("long.txt", &long)]);
    // A page to read the policy in holds all of it.
    for format in formats().iter().filter(|format| *format != "html") {
        let said = project
            .run(&format!("check --no-config --select sensitive-purpose-missing --format {format} long.txt"));
        assert!(said.out.contains("sensitive-purpose-missing"), "{format}");
        assert!(said.out.len() < 8_000, "{format}: {} bytes", said.out.len());
    }
}

#[test]
fn several_reports_come_from_one_run() {
    let project = project();
    let said = project.run(
        "check --no-config --select sensitive-purpose-missing --format short --output sarif=a.sarif --output junit=b.xml plain.txt",
    );
    assert_eq!(said.status, 1);
    assert!(said.out.starts_with("plain.txt:3:8: error"));
    let read = |name: &str| std::fs::read_to_string(project.path().join(name)).expect("a report");
    assert_eq!(json(&read("a.sarif"))["version"], "2.1.0");
    assert!(read("b.xml").contains("<testsuites"));

    let nowhere = project.run("check --no-config --output json=plain.txt/x.json plain.txt");
    assert_eq!(nowhere.status, 2);
    assert!(nowhere.err.contains("plain.txt/x.json"), "{}", nowhere.err);
    let unknown = project.run("check --no-config --output pdf=x plain.txt");
    assert_eq!(unknown.status, 2);
    assert!(unknown.err.contains("`pdf` is no format; there are text, short, json"), "{}", unknown.err);
}

#[test]
fn what_fails_is_up_to_the_user() {
    let project = project();
    let status = |rest: &str| {
        project.run(&format!("check --no-config --select sensitive-purpose-missing plain.txt {rest}")).status
    };
    assert_eq!(status("--exit-zero"), 0);
    assert_eq!(status("--warn sensitive-purpose-missing"), 0);
    assert_eq!(status("--warn sensitive-purpose-missing --max-warnings 0"), 1);
    assert_eq!(status("--warn sensitive-purpose-missing --max-warnings 1"), 0);
    assert_eq!(status("--warn sensitive-purpose-missing --error sensitive-*"), 1);
    assert_eq!(status("--off sensitive-purpose-missing"), 0);
    assert_eq!(status("--exit-zero no-such-file.txt"), 2);
    let unknown = project.run("check --no-config --off sensitive-purpose-mising plain.txt");
    assert_eq!(unknown.status, 2);
    assert!(
        unknown.err.contains("--off") && unknown.err.contains("sensitive-purpose-missing"),
        "{}",
        unknown.err
    );
}

#[test]
fn milder_findings_can_be_left_out() {
    let project = project();
    let all = project.run("check --no-config --format short plain.txt");
    let grave = project.run("check --no-config --format short --min-severity error plain.txt");
    assert_eq!(all.status, grave.status);
    assert!(grave.out.lines().all(|line| line.contains(": error ")), "{}", grave.out);
    assert!(grave.out.lines().count() <= all.out.lines().count());
}

#[test]
fn a_report_may_go_into_a_folder_of_its_own() {
    let project = Project::new(&[("privacy.md", "# 隐私政策\n\n我们会收集您的人脸信息。\n")]);
    let said = project.run("check --output json=reports/ci/policy.json privacy.md");
    assert_eq!(said.status, 1, "{}", said.err);
    assert!(project.read("reports/ci/policy.json").starts_with(b"{"));
}

#[test]
fn a_report_never_takes_the_place_of_a_policy() {
    let policy = "云岚健身隐私政策\n\n我们会收集您的人脸信息。\n";
    let project = Project::new(&[("legal/privacy.txt", policy), ("legal/notes.txt", "会议记录")]);
    for arguments in [
        "check --output json=legal/privacy.txt legal/privacy.txt",
        "check --output json=./legal/../legal/privacy.txt legal",
        "audit --format md --output legal/privacy.txt legal",
        "inventory --format csv --output legal/privacy.txt legal/privacy.txt",
        "practices --format json --output legal/privacy.txt legal",
    ] {
        let said = project.run(arguments);
        assert_eq!(said.status, 2, "{arguments}");
        assert!(said.err.contains("would be overwritten"), "{arguments}: {}", said.err);
        assert_eq!(project.read("legal/privacy.txt"), policy.as_bytes(), "{arguments}");
    }
    for (arguments, why) in [
        ("check --output json=a.txt --output sarif=./a.txt legal", "two reports would go to ./a.txt"),
        ("check --output json=- legal", "expected a file, found `-`"),
    ] {
        let said = project.run(arguments);
        assert_eq!((said.status, said.err.contains(why)), (2, true), "{arguments}: {}", said.err);
    }
    // What is no policy may be written anew.
    assert_eq!(project.run("check --output text=legal/notes.txt legal").status, 1);
    assert!(project.read("legal/notes.txt").starts_with(b"error["));
}

#[test]
fn reports_among_the_policies_are_no_policies() {
    let project = Project::new(&[("privacy.txt", "云岚健身隐私政策\n\n我们会收集您的人脸信息。\n")]);
    let outputs =
        "--output text=text.txt --output short=short.txt --output github=github.txt --output html=page.html";
    let first = project.run(&format!("check --format short {outputs}"));
    assert!(first.out.contains("privacy.txt:3:8: error"), "{}", first.out);
    assert_eq!(project.run("check --format short").out, first.out);
}

#[test]
fn one_report_that_cannot_be_written_holds_up_no_other() {
    let project = project();
    let said =
        project.run("check --no-config --output json=plain.txt/x.json --output sarif=b.sarif plain.txt");
    assert_eq!(said.status, 2, "{}", said.err);
    assert_eq!(json(&String::from_utf8(project.read("b.sarif")).expect("UTF-8"))["version"], "2.1.0");
}
