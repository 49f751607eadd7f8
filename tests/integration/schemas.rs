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
