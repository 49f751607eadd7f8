//! What is written is as its schema says; what is read is as its schema allows.

use serde_json::{Value, json};

use crate::support::Project;

const ONE_LINE: &str =
    "云岚健身隐私政策 我们会收集您的人脸信息、指纹信息。为了完成实名认证，我们会收集您的手机号码。";
const ANNOTATED: &str =
    "云岚健身隐私政策\n为{帮助您完成注册}，(我们)将[收集]您的<手机号码>、<人脸信息>\n(我们）会[共享<住址>\n";
const HTML: &str = "<!doctype html><title>隐私政策</title><p>我们会收集您的<b>人脸</b>信息。<table><tr><th>名称<th>收集的信息<tr><td>地图 SDK<td>位置</table>";

fn schema(of: &str) -> Value {
    let said = Project::new(&[]).run(&format!("schema {of}"));
    assert_eq!(said.status, 0, "{}", said.err);
    serde_json::from_str(&said.out).expect("JSON")
}

fn validate(of: &str, instance: &Value) {
    let schema = schema(of);
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let errors: Vec<String> = validator.iter_errors(instance).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{of}: {errors:?}");
}

fn written(project: &Project, arguments: &str) -> Value {
    let said = project.run(arguments);
    serde_json::from_str(&said.out).unwrap_or_else(|_| panic!("{arguments}: {}", said.err))
}

fn project() -> Project {
    Project::new(&[
        ("one-line-隐私政策.txt", ONE_LINE),
        ("annotated.txt", ANNOTATED),
        ("privacy.html", HTML),
        ("privacy.md", "# 隐私政策\n\n我们会收集您的**人脸**信息。\n"),
        ("broken.md", "\u{0}隐私政策\u{0}\u{1}\u{2}"),
    ])
}

#[test]
fn outputs_are_valid() {
    let project = project();
    for arguments in ["", "--lang en --profile strict", "--select annotation-syntax", "missing.md ."] {
        validate("check", &written(&project, &format!("check --format json {arguments}")));
    }
    validate("practices", &written(&project, "practices --format json"));
    validate("marks", &written(&project, "practices --explain-marks --format json"));
    validate("audit", &written(&project, "audit --format json --scope full"));
    validate("rules", &written(&project, "rules --format json"));
    assert_eq!(project.run("baseline create annotated.txt privacy.md").status, 0);
    let baseline = std::fs::read_to_string(project.path().join("policy-lint-baseline.json")).expect("a file");
    validate("baseline", &serde_json::from_str(&baseline).expect("JSON"));
    let known = written(&project, "check --format json");
    assert!(!known["suppressed"].as_array().expect("an array").is_empty());
    validate("check", &known);
}

#[test]
fn what_became_of_examples_is_valid() {
    let rules = "rules:\n- id: ours-one\n  title: { zh: 甲, en: a }\n  severity: info\n  judge: sentence\n  when: { text: [最终解释权] }\n  \
                 message: { zh: 甲, en: a }\n  help: { zh: 甲, en: a }\n  why: { zh: 甲, en: a }\n  confidence: high\n  tags: [ours]\n  cites: [pipl-6-2]\n  examples: { bad: [保留最终解释权。, 其他的话。], good: [] }\n";
    let project = Project::new(&[("rules.yaml", rules)]);
    let report = written(&project, "test --format json rules.yaml");
    let outcomes: Vec<&str> = report["examples"]
        .as_array()
        .expect("an array")
        .iter()
        .filter_map(|example| example["outcome"].as_str())
        .collect();
    assert_eq!(outcomes, ["fired", "silent", "no-example"], "{report}");
    validate("test", &report);
    validate("test", &written(&project, "test --format json"));
}

#[test]
fn the_inventory_is_valid() {
    let project = project();
    let report = written(&project, "inventory --format json");
    assert_eq!(report["policies"].as_array().map(Vec::len), Some(4), "{report}");
    validate("inventory", &report);
    validate("inventory", &written(&project, "inventory --format json --lang en missing.md annotated.txt"));
}

#[test]
fn a_comparison_is_valid() {
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/versions");
    let project = project();
    let report = written(&project, &format!("diff --format json {examples}/2025.md {examples}/2026.md"));
    assert!(!report["changes"].as_array().expect("an array").is_empty());
    assert!(!report["findings"]["new"].as_array().expect("an array").is_empty());
    validate("diff", &report);
    validate("diff", &written(&project, "diff --format json --lang en annotated.txt privacy.html"));
    validate("diff", &written(&project, "diff --format json missing.md annotated.txt"));
}

#[test]
fn every_line_of_a_stream_is_valid() {
    let project = project();
    let lines = |said: &str| -> Vec<Value> {
        said.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    };
    let findings = lines(&project.run("check --format jsonl").out);
    assert!(!findings.is_empty());
    findings.iter().for_each(|finding| validate("jsonl", finding));
    let input = format!(
        "{}\n{}\n{}\nno policy\n",
        json!({ "id": 7, "text": ONE_LINE }),
        json!({ "id": null, "text": "" }),
        json!({ "id": { "app": "云岚健身" }, "text": HTML, "format": "html" }),
    );
    let answers = lines(&project.run_with("check --stdin-format ndjson", &input, &[]).out);
    assert_eq!(answers.len(), 4);
    answers.iter().for_each(|answer| validate("ndjson", answer));
}

#[test]
fn a_schema_knows_what_is_wrong() {
    let wrong = |of: &str, instance: &Value| {
        let schema = schema(of);
        assert!(!jsonschema::is_valid(&schema, instance), "{of} takes {instance}");
    };
    let mut report = written(&project(), "check --format json privacy.md");
    report["findings"][0]["severity"] = json!("fatal");
    wrong("check", &report);
    wrong("config", &json!({ "profil": "strict" }));
    wrong("config", &json!({ "rules": { "purpose-missing": "loud" } }));
    wrong("config", &json!({ "app": { "minors": "yes" } }));
    wrong("baseline", &json!({ "schema": 1 }));
    wrong("ndjson", &json!({ "id": 1 }));
    wrong("ndjson", &json!({ "line": 0.5, "error": "no policy" }));
    wrong("jsonl", &json!({ "rule": "purpose-missing" }));
    let mut inventory = written(&project(), "inventory --format json privacy.md");
    inventory["policies"][0]["collected"][0]["sensitive"] = json!("very");
    wrong("inventory", &inventory);
    let mut comparison = written(&project(), "diff --format json privacy.html annotated.txt");
    comparison["changes"][0]["importance"] = json!("fatal");
    wrong("diff", &comparison);
}

#[test]
fn every_key_of_the_config_is_in_its_schema() {
    let config = json!({
        "language": "zh", "profile": "strict", "fail-on": "never", "scope": "auto", "as-of": "2026-01-01",
        "select": ["sensitive"], "ignore": [], "rules": { "purpose-missing": "off", "child-*": "error" },
        "rule-files": [], "app": { "type": "fitness", "minors": true }, "names": ["云岚"],
        "include": ["legal/*.txt"], "exclude": ["archive/"],
        "policies": [{ "name": "云岚健身", "files": ["a.md"] }],
        "overrides": [{ "files": ["kids/*"], "profile": "strict", "rules": { "vague-data-item": "error" } }],
    });
    validate("config", &config);
    // The linter takes it too.
    let project = Project::new(&[("policy-lint.yaml", &config.to_string())]);
    let said = project.run("rules");
    assert_eq!(said.status, 0, "{}", said.err);
}
