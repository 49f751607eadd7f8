//! Input that is made to break things: it ends in findings or a clear message, and never takes others
//! down with it.

use crate::support::{Project, Said};

const FLAWED: &str = "橙舟隐私政策\n\n我们会收集您的人脸信息。\n";

/// Lints a file beside a flawed policy; the policy's finding has to come whatever the file holds.
fn beside(name: &str, content: &[u8]) -> Said {
    let project = Project::new(&[("privacy.txt", FLAWED)]);
    project.write(name, content);
    let said =
        project.run(&format!("check --format short --select sensitive-purpose-missing {name} privacy.txt"));
    assert!(said.out.contains("privacy.txt:3:8: error sensitive-purpose-missing"), "{name}: {}", said.out);
    assert!(!said.err.contains("panicked"), "{}", said.err);
    said
}

#[test]
fn an_empty_file_has_no_findings() {
    assert_eq!(beside("empty.txt", b"").status, 1);
}

#[test]
fn a_binary_file_is_told_as_such() {
    let bytes: Vec<u8> = (0..=255).cycle().take(4000).collect();
    let said = beside("picture.txt", &bytes);
    assert_eq!(said.status, 2);
    assert!(said.err.contains("picture.txt: this is a binary file"), "{}", said.err);
}

#[test]
fn a_broken_byte_costs_no_findings() {
    let mut bytes = FLAWED.as_bytes().to_vec();
    bytes.extend_from_slice(b"\xff");
    let said = beside("broken.txt", &bytes);
    assert!(said.out.contains("broken.txt:3:8"), "{}", said.out);
    assert!(said.err.contains("broken.txt: 1 place is not valid UTF-8"), "{}", said.err);
}

#[test]
fn other_encodings_are_read() {
    let utf16: Vec<u8> =
        "\u{feff}".chars().chain(FLAWED.chars()).flat_map(|c| (c as u16).to_le_bytes()).collect();
    let said = beside("wide.txt", &utf16);
    assert!(said.out.contains("wide.txt:3:8"), "{}", said.out);
}

#[test]
fn unclosed_marks_by_the_thousand() {
    for mark in ["[收集", "(我们", "<手机", "{为了", "【我的", "（我们会收集手机号"] {
        assert_ne!(beside("marks.txt", mark.repeat(20_000).as_bytes()).status, -1);
    }
}

#[test]
fn one_endless_sentence() {
    for words in ["手机号、", "如您拒绝", "我们会收集您的位置信息，", "为了"] {
        assert_ne!(beside("endless.txt", words.repeat(20_000).as_bytes()).status, -1);
    }
}

#[test]
fn html_nested_without_end() {
    let html = format!("<html>{}我们会收集信息{}", "<div>".repeat(50_000), "</div>".repeat(50_000));
    assert_ne!(beside("nested.html", html.as_bytes()).status, -1);
}

#[test]
fn ten_thousand_headings() {
    let text: String =
        (0..5_000).map(|n| format!("{n}. 标题{n}\n为了注册，我们会收集您的手机号。\n")).collect();
    assert_ne!(beside("headings.txt", text.as_bytes()).status, -1);
}

#[test]
fn a_list_with_a_remark_behind_each_of_twenty_thousand_items() {
    let item = |n| format!("{n}. 我们会收集您的手机号码。\n上述信息用于完成第{n}步，保存三年。\n");
    let text: String = (1..=20_000).map(item).collect();
    let text = format!("我们会收集以下信息：\n{text}");
    assert_ne!(beside("remarks.txt", text.as_bytes()).status, -1);
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    let project =
        Project::new(&[("privacy.txt", "橙舟隐私政策\n\n我们会收集您的\u{1b}[31m人脸信息\u{202e}。\n")]);
    let said = project.run("check --select sensitive-purpose-missing privacy.txt");
    assert!(!said.out.contains(['\u{1b}', '\u{202e}']), "{:?}", said.out);
}

#[test]
fn rule_files_that_expand_without_end_are_refused() {
    let bomb: String = (0..9).fold("a0: &a0 [x]\n".to_owned(), |text, n| {
        format!("{text}a{}: &a{} [*a{n}, *a{n}, *a{n}, *a{n}]\n", n + 1, n + 1)
    });
    for (text, words) in [(bomb, "aliases"), (format!("rules: {}", "[".repeat(50_000)), "not valid YAML")] {
        let project = Project::new(&[("privacy.txt", FLAWED), ("rules.yaml", &text)]);
        let said = project.run("check --rules rules.yaml privacy.txt");
        assert_eq!(said.status, 2);
        assert!(said.err.contains(words), "{}", said.err);
    }
}
