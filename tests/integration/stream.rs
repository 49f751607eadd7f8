//! Policies as a stream: a JSON object a line in, a JSON object a line out.

use serde_json::{Value, json};

use crate::support::{Project, Said};

fn stream(input: &str, options: &str) -> (Said, Vec<Value>) {
    let said = Project::new(&[]).run_with(
        &format!("check --stdin-format ndjson --select sensitive-purpose-missing,purpose-missing {options}"),
        input,
        &[],
    );
    let answers = said.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    (said, answers)
}

fn line(id: impl Into<Value>, text: &str) -> String {
    format!("{}\n", json!({ "id": id.into(), "text": text }))
}

const FLAWED: &str = "云岚健身隐私政策\n\n我们会收集您的人脸信息。\n";
const CLEAN: &str = "云岚健身隐私政策\n\n为完成注册，我们会收集您的手机号码。\n";

#[test]
fn each_line_is_answered_in_order() {
    let input: String =
        (0..200).map(|number| line(number, if number % 3 == 0 { FLAWED } else { CLEAN })).collect();
    let (said, answers) = stream(&input, "");
    assert_eq!((said.status, answers.len(), said.err.as_str()), (1, 200, ""));
    for (number, answer) in answers.iter().enumerate() {
        assert_eq!(answer["id"], number);
        assert_eq!(answer["findings"].as_array().map(Vec::len), Some(usize::from(number % 3 == 0)));
    }
}

#[test]
fn a_finding_is_that_of_a_file() {
    let (_, answers) = stream(&line("橙舟", FLAWED), "");
    let finding = &answers[0]["findings"][0];
    let [start, end] = ["start", "end"].map(|key| finding[key].as_u64().expect("an offset") as usize);
    assert_eq!(&FLAWED[start..end], "人脸信息");
    assert_eq!((&finding["path"], &finding["line"]), (&json!("橙舟"), &json!(3)));
}

#[test]
fn a_line_that_is_no_policy_is_told_and_the_others_are_linted() {
    let input = format!("{}no JSON\n{}", line(1, CLEAN), line(2, FLAWED));
    let (said, answers) = stream(&input, "");
    assert_eq!(said.status, 2);
    assert_eq!(answers[1]["line"], 2);
    assert!(
        answers[1]["error"].as_str().is_some_and(|why| why.starts_with("expected {\"id\"")),
        "{}",
        said.out
    );
    assert_eq!(answers[2]["findings"].as_array().map(Vec::len), Some(1));
    assert!(said.err.contains("1 line of standard input could not be read"), "{}", said.err);
}

#[test]
fn the_sender_may_name_the_format() {
    let html = "<p>我们会收集您的</p><!-- --><p>人脸信息。</p>";
    let of = |format: &str| json!({ "id": format, "text": html, "format": format }).to_string() + "\n";
    let (said, answers) = stream(&(of("html") + &of("text")), "");
    assert_eq!(answers.len(), 2, "{}", said.err);
    assert_eq!(answers[0]["findings"], json!([]));
}

#[test]
fn nothing_in_nothing_out() {
    assert_eq!(stream("", "").0.status, 0);
    assert_eq!(stream("\n\n", "").0.out, "");
}

#[test]
fn the_exit_status_is_that_of_check() {
    let input = line(1, FLAWED);
    assert_eq!(stream(&input, "--exit-zero").0.status, 0);
    assert_eq!(stream(&input, "--warn sensitive-purpose-missing").0.status, 0);
    assert_eq!(stream(&input, "--warn sensitive-purpose-missing --max-warnings 0").0.status, 1);
}

#[test]
fn only_standard_input_is_a_stream() {
    let project = Project::new(&[("a.txt", CLEAN)]);
    let said = project.run("check --stdin-format ndjson a.txt");
    assert_eq!(said.status, 2);
    assert!(said.err.contains("reads standard input, not `a.txt`"), "{}", said.err);
    assert_eq!(project.run("check --stdin-format ndjson --format sarif").status, 2);
}
