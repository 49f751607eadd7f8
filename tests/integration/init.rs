//! What a project starts with.

use crate::support::Project;

fn read(project: &Project, name: &str) -> String {
    std::fs::read_to_string(project.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn a_hook_and_gates_are_written_where_they_belong() {
    let project = Project::new(&[]);
    let said = project.run("init --pre-commit --github --gitlab");
    assert_eq!(said.status, 0, "{}", said.err);
    assert_eq!(project.run("rules").status, 0, "the config is valid");
    for (name, words) in [
        (".pre-commit-config.yaml", "entry: policy-lint check --quiet --diff-base HEAD"),
        (".github/workflows/policy-lint.yml", "policy-lint check"),
        (".gitlab-ci.yml", "check --output gitlab=gl-code-quality-report.json"),
    ] {
        assert!(read(&project, name).contains(words), "{name}");
    }
    // The README shows the hook as it is written.
    let readme = include_str!("../../README.md");
    let (_, hook) = include_str!("../../examples/ci/pre-commit.yaml").split_once('\n').unwrap();
    assert!(readme.contains(hook), "README.md shows another hook");
}

#[test]
fn what_is_there_stays_unless_forced() {
    let project =
        Project::new(&[("policy-lint.yaml", "profile: strict\n"), (".gitlab-ci.yml", "mine: {}\n")]);
    let said = project.run("init --github --gitlab");
    assert_eq!(said.status, 2);
    assert!(said.err.contains("policy-lint.yaml is left as it is"), "{}", said.err);
    assert!(said.err.contains(".gitlab-ci.yml exists"), "{}", said.err);
    assert!(said.out.contains("codequality"), "what to add is shown: {}", said.out);
    assert_eq!(read(&project, ".gitlab-ci.yml"), "mine: {}\n");
    assert_eq!(read(&project, "policy-lint.yaml"), "profile: strict\n");
    assert!(read(&project, ".github/workflows/policy-lint.yml").contains("policy-lint check"));
    assert_eq!(project.run("init --gitlab --force").status, 0);
    assert!(read(&project, ".gitlab-ci.yml").contains("codequality"));
}

#[test]
fn an_editor_is_told_of_the_schema_when_it_is_there() {
    let project = Project::new(&[]);
    assert_eq!(project.run("init").status, 0);
    assert!(!read(&project, "policy-lint.yaml").contains("yaml-language-server"));
    let schema = project.run("schema config").out;
    project.write("policy-lint.schema.json", schema.as_bytes());
    assert_eq!(project.run("init --force").status, 0);
    let config = read(&project, "policy-lint.yaml");
    assert!(config.starts_with("# yaml-language-server: $schema=policy-lint.schema.json\n"), "{config}");
    assert_eq!(project.run("rules").status, 0);
}
