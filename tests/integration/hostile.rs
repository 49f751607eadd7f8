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
    let html = format!("<html>{}我们会收集信息{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
    assert_ne!(beside("nested.html", html.as_bytes()).status, -1);
}

#[test]
fn ten_thousand_headings() {
    let text: String =
        (0..10_000).map(|n| format!("{n}. 标题{n}\n为了注册，我们会收集您的手机号。\n")).collect();
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
    let flow = format!("rules: {}", "[".repeat(100_000));
    let block = format!("rules:\n{}x", "- ".repeat(100_000));
    for (text, words) in [(bomb, "aliases"), (flow, "not valid YAML"), (block, "nested more than 64 levels")]
    {
        let project = Project::new(&[
            ("privacy.txt", FLAWED),
            ("rules.yaml", &text),
            ("other/policy-lint.yaml", &text),
            ("other/privacy.txt", FLAWED),
        ]);
        for arguments in ["--rules rules.yaml privacy.txt", "other/privacy.txt"] {
            let said = project.run(&format!("check {arguments}"));
            assert_eq!(said.status, 2, "{}", said.err);
            assert!(said.err.contains(words), "{}", said.err);
            assert!(!said.err.contains("panicked"), "{}", said.err);
        }
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
fn words_marked_by_hand_across_commas_and_sentences() {
    for text in [
        "(我们)会在以下情况下[披露]您的<手机号码>：\na) 经您事先同意，向监管部门[披露，提供]；",
        "(我们)会将您的<订单记录>[保存，存储]。",
        "(我们)会在注销后将您的<订单记录>立即[删除，销毁]",
        "(我们，并由)甲公司[收集，\n保存]<手机号码，姓名>{用于，发货}",
        "我们会[收集]您的<手机号码>。为{改进服务。我们也会}使用。",
        "(我们)[收集]<手机号码>。用于{保障安全。上述信息}的其他部分。",
        "(我们会。用户)授权甲公司[收集]<手机号码>。",
        "[）获取]您的<手机号码>。",
        "[、收集]",
    ] {
        assert_ne!(beside("marked.txt", text.as_bytes()).status, -1, "{text}");
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

#[test]
fn lone_surrogates_in_json_cost_their_line_only() {
    let lines = "{\"id\":1,\"text\":\"\\ud800我们会收集您的人脸信息。\"}\n{\"id\":2,\"text\":\"我们会收集您的人脸信息。\"}\n";
    let arguments = "check --stdin-format ndjson --select sensitive-purpose-missing";
    let said = Project::new(&[]).run_with(arguments, lines, &[]);
    let answers: Vec<&str> = said.out.lines().collect();
    assert!(answers[0].starts_with("{\"line\":1,\"error\""), "{}", said.out);
    assert!(answers[1].starts_with("{\"id\":2,\"findings\":[{"), "{}", said.out);
    assert_eq!((answers.len(), said.status), (2, 2));
}

#[test]
fn files_without_paragraphs_are_cut_and_nothing_in_them_is_lost() {
    // Longer than any paragraph is taken for, with nothing but commas to cut at.
    let filler = "我们重视您的隐私，".repeat(4_000);
    let text = format!("{filler}我们会收集您的人脸信息，{filler}我们会收集您的声纹，{filler}");
    let said = Project::new(&[("line.txt", &text)]).run("check --format short --select sensitive line.txt");
    for (words, before) in
        [("人脸信息", filler.len()), ("声纹", 2 * filler.len() + "我们会收集您的人脸信息，".len())]
    {
        let column = text[..before].chars().count() + "我们会收集您的".chars().count() + 1;
        let place = format!("line.txt:1:{column}: error sensitive-purpose-missing");
        assert!(said.out.contains(&place), "{words}: {place} in {}", said.out);
    }
}

/// A run over standard input and a file that waits for standard input, which is being read when this returns.
#[cfg(unix)]
fn waiting(project: &Project, arguments: &str) -> std::process::Child {
    use std::io::Write as _;
    use std::process::Stdio;
    let mut child = project
        .std_command(arguments)
        .env("RAYON_NUM_THREADS", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command runs");
    // More than a pipe holds: all is written once most of it was read, and then all files have been found.
    let text = format!("{FLAWED}{}", "我们重视您的隐私。\n".repeat(10_000));
    child.stdin.as_mut().expect("a pipe").write_all(text.as_bytes()).expect("it is read");
    child
}

#[cfg(unix)]
#[test]
fn files_that_vanish_or_change_before_they_are_read() {
    let arguments =
        "check --format short --select sensitive-purpose-missing - gone.txt folder.txt other.txt last.txt";
    let files = [("gone.txt", FLAWED), ("folder.txt", FLAWED), ("other.txt", FLAWED), ("last.txt", FLAWED)];
    let project = Project::new(&files);
    let mut child = waiting(&project, arguments);
    for name in ["gone.txt", "folder.txt"] {
        std::fs::remove_file(project.path().join(name)).unwrap();
    }
    std::fs::create_dir(project.path().join("folder.txt")).unwrap();
    project.write("other.txt", "橙舟隐私政策\n\n\n\n我们会收集您的声纹。\n".as_bytes());
    drop(child.stdin.take());
    let output = child.wait_with_output().expect("it ends");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(2), "{err}");
    for place in ["-:3:8", "other.txt:5:8", "last.txt:3:8"] {
        assert!(out.contains(&format!("{place}: error")), "{place}: {out}");
    }
    assert!(err.contains("gone.txt: no such file"), "{err}");
    assert!(err.contains("folder.txt: this is a folder"), "{err}");
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_ends_at_once_and_leaves_nothing_behind() {
    use std::os::unix::process::ExitStatusExt as _;
    let project = Project::new(&[("privacy.txt", FLAWED), ("old.json", "{}")]);
    let before = std::fs::read_dir(project.path()).unwrap().count();
    let child = waiting(&project, "check --output json=old.json --output sarif=new.sarif - privacy.txt");
    let interrupted = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(interrupted.unwrap().success());
    // Standard input is still open: whoever waited for it would wait for ever.
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.signal(), Some(2));
    assert_eq!((output.stdout.as_slice(), output.stderr.as_slice()), (&b""[..], &b""[..]));
    assert_eq!(project.read("old.json"), b"{}");
    assert_eq!(std::fs::read_dir(project.path()).unwrap().count(), before);
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
