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

#[test]
fn a_million_brackets_of_each_kind() {
    for open in ["(", "[", "<", "{", "【", "（", "“", "<div>", "[x](", "**", "> "] {
        let name = if open == "<div>" { "deep.html" } else { "deep.md" };
        assert_ne!(beside(name, open.repeat(1_000_000 / open.len()).as_bytes()).status, -1, "{open}");
    }
}

#[test]
fn bytes_that_are_no_text_in_the_middle_of_one() {
    let beside = |name: &str, middle: &[u8]| {
        let bytes = [FLAWED.as_bytes(), middle, "\n我们会收集您的人脸信息。\n".as_bytes()].concat();
        beside(name, &bytes)
    };
    assert!(beside("nul.txt", b"a\0b").err.contains("nul.txt: this is a binary file"));
    for (name, middle) in
        [("continuation.txt", &b"\x80\x80"[..]), ("cut.txt", b"\xe4\xb8"), ("surrogate.txt", b"\xed\xa0\x80")]
    {
        let said = beside(name, middle);
        assert!(said.out.contains(&format!("{name}:3:8")), "{}", said.out);
        assert!(said.err.contains("not valid UTF-8"), "{}", said.err);
    }
}

#[test]
fn encodings_without_a_mark() {
    let big: Vec<u8> = FLAWED.encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert!(beside("big-endian.txt", &big).out.contains("big-endian.txt:3:8"));
    // 我们会收集您的人脸信息。 in GB18030.
    let words =
        b"\xce\xd2\xc3\xc7\xbb\xe1\xca\xd5\xbc\xaf\xc4\xfa\xb5\xc4\xc8\xcb\xc1\xb3\xd0\xc5\xcf\xa2\xa1\xa3";
    assert!(beside("gb.txt", words).out.contains("gb.txt:1:8"));
}

#[test]
fn expressions_and_rule_files_without_measure() {
    let rule = |id: usize, pattern: &str| {
        format!(
            "- id: ours-{id}\n  title: {{ zh: a, en: a }}\n  severity: info\n  judge: sentence\n  \
             when: {{ text: ['{pattern}'] }}\n  message: {{ zh: a, en: a }}\n  help: {{ zh: a, en: a }}\n  \
             why: {{ zh: a, en: a }}\n  examples: {{ bad: [ab], good: [c] }}\n"
        )
    };
    for pattern in
        ["re:(((a{9}){9}){9}){9}(((b{9}){9}){9}){9}", "re:[^x]*a{1000}{1000}", "re:(a|b|ab)*c*(a*)*$"]
    {
        let project = Project::new(&[
            ("privacy.txt", FLAWED),
            ("rules.yaml", &format!("rules:\n{}", rule(1, pattern))),
        ]);
        let said = project.run("check --rules rules.yaml privacy.txt");
        assert!((1..=2).contains(&said.status), "{pattern}: {}", said.err);
        assert!(!said.err.contains("panicked"), "{}", said.err);
    }
    let many: String = (0..10_000).map(|id| rule(id, "人脸")).collect();
    let project = Project::new(&[("privacy.txt", FLAWED), ("rules.yaml", &format!("rules:\n{many}"))]);
    let said = project.run("check --format short --rules rules.yaml --select ours-9999 privacy.txt");
    assert!(said.out.contains("privacy.txt:3:1: info ours-9999"), "{}{}", said.out, said.err);
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written() {
    use std::process::{Command, Stdio};
    let project = Project::new(&[("privacy.txt", FLAWED)]);
    let check = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_policy-lint"));
        command.args(["check", "privacy.txt"]).current_dir(project.path()).stderr(Stdio::piped());
        command
    };
    let full = std::fs::File::create("/dev/full").expect("there is such a device");
    let output = check().stdout(full).output().expect("the command runs");
    assert_eq!(output.status.code(), Some(2), "a report that is lost is no success");
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot write"));

    // A reader that went away wanted no more: that is no error, and the findings still decide.
    let mut child = check().stdout(Stdio::piped()).spawn().expect("the command runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(1), &b""[..]));
}

#[test]
fn a_report_that_cannot_be_written_is_an_error_and_the_others_are_there() {
    let project = Project::new(&[("privacy.txt", FLAWED)]);
    let said = project.run("check --format short --output json=privacy.txt/a.json privacy.txt");
    assert_eq!(said.status, 2);
    assert!(said.err.contains("privacy.txt/a.json"), "{}", said.err);
    assert!(said.out.contains("privacy.txt:3:8"), "{}", said.out);
}
