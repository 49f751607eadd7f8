//! More findings than anybody reads: so many are reported, all are counted, and what is left out is told.

use std::fmt::Write as _;

use serde_json::Value;

use crate::support::{Project, Said};

const SELECT: &str = "--select sensitive-purpose-missing,purpose-vague";

/// A policy with so many errors, one a line from the second on, and a warning before them.
fn flawed(errors: usize) -> String {
    let mut text = "为了提升用户体验，我们会收集您的昵称。\n".to_owned();
    for number in 0..errors {
        let _ = writeln!(text, "第{number}项功能，我们会收集您的人脸信息。");
    }
    text
}

fn check(errors: usize, arguments: &str) -> Said {
    let project = Project::new(&[("privacy.txt", &flawed(errors))]);
    project.run(&format!("check {SELECT} {arguments} privacy.txt"))
}

fn report(said: &Said) -> Value {
    serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("{}", said.err))
}

fn rules(report: &Value) -> Vec<&str> {
    report["findings"].as_array().unwrap().iter().map(|finding| finding["rule"].as_str().unwrap()).collect()
}

#[test]
fn the_gravest_are_reported_and_all_are_counted() {
    let said = check(4, "--max-findings 3 --format json");
    let report = report(&said);
    assert_eq!(rules(&report), ["sensitive-purpose-missing"; 3]);
    let lines: Vec<&Value> =
        report["findings"].as_array().unwrap().iter().map(|finding| &finding["line"]).collect();
    assert_eq!(lines, [2, 3, 4], "of equally grave ones the first");
    let summary = &report["summary"];
    assert_eq!((&summary["error"], &summary["warning"]), (&4.into(), &1.into()));
    assert_eq!(summary["left_out"], 2);
    assert_eq!(said.status, 1);
    assert!(said.err.contains("2 findings are left out of the report"), "{}", said.err);
}

#[test]
fn nothing_is_said_when_nothing_is_left_out() {
    let said = check(2, "--max-findings 3 --format json");
    let report = report(&said);
    assert_eq!(rules(&report).len(), 3);
    assert_eq!((&report["summary"]["left_out"], said.err.as_str()), (&Value::Null, ""));
}

#[test]
fn a_thousand_unless_told_otherwise() {
    let errors = 1_010;
    let listed = |arguments: &str| {
        let said = check(errors, &format!("{arguments} --format jsonl"));
        assert_eq!(said.status, 1, "{}", said.err);
        said.out.lines().count()
    };
    assert_eq!(listed(""), 1_000);
    assert_eq!(listed("--max-findings all"), errors + 1);
    assert_eq!(listed("--max-findings 0"), 0);
}

#[test]
fn what_is_left_out_fails_the_run_all_the_same() {
    assert_eq!(check(1, "--max-findings 0").status, 1);
    let said = check(0, "--max-findings 0 --max-warnings 0");
    assert_eq!(said.status, 1);
    assert!(said.err.contains("1 warning, more than the 0"), "{}", said.err);
    assert_eq!(check(0, "--max-findings 0").status, 0, "a warning fails nothing");
}

#[test]
fn one_policy_does_not_take_the_room_of_another() {
    let project = Project::new(&[("a.txt", &flawed(5)), ("b.txt", &flawed(1))]);
    let said = project.run(&format!("check {SELECT} --max-findings 2 --format json a.txt b.txt"));
    let report = report(&said);
    let paths: Vec<&str> =
        report["findings"].as_array().unwrap().iter().map(|found| found["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["a.txt", "a.txt", "b.txt", "b.txt"]);
    assert_eq!(report["summary"]["left_out"], 4);
}

#[test]
fn every_report_says_so_or_standard_error_does() {
    let said = check(3, "--max-findings 1");
    assert!(said.out.contains("3 个错误，1 个警告，0 个提示（其中 3 个未列出"), "{}", said.out);
    assert_eq!(said.err, "", "once is enough");
    let said = check(3, "--max-findings 1 --lang en --format github");
    assert!(said.out.contains("3 errors, 1 warning, 0 notes (3 of them left out"), "{}", said.out);

    let sarif = report(&check(3, "--max-findings 1 --format sarif"));
    let run = &sarif["runs"][0];
    assert_eq!(run["results"].as_array().map(Vec::len), Some(1));
    let told = &run["invocations"][0]["toolExecutionNotifications"][0];
    assert!(told["message"]["text"].as_str().unwrap().contains("其中 3 个未列出"), "{told}");
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);

    let page = check(3, "--max-findings 1 --format html").out;
    assert!(page.contains("另有 3 个未列出"), "the page says so");

    for format in ["short", "jsonl", "gitlab", "junit", "checkstyle", "rdjson"] {
        let said = check(3, &format!("--max-findings 1 --format {format}"));
        assert!(said.err.contains("3 findings are left out of the report"), "{format}: {}", said.err);
    }
}

#[test]
fn an_answer_of_a_stream_says_so_too() {
    let line = serde_json::json!({ "id": 7, "text": flawed(3) }).to_string() + "\n";
    let said = Project::new(&[]).run_with(
        &format!("check --stdin-format ndjson {SELECT} --max-findings 1"),
        &line,
        &[],
    );
    let answer: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(rules(&answer), ["sensitive-purpose-missing"]);
    assert_eq!((&answer["left_out"], said.status), (&3.into(), 1));
}

#[test]
fn anything_else_is_no_number() {
    let said = check(0, "--max-findings many");
    assert_eq!(said.status, 2);
    assert!(said.err.contains("expected a number or `all`, found `many`"), "{}", said.err);
}
