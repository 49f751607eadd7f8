//! Documents for the file: inventory and audit as page, Markdown and workbook.

use std::io::Cursor;

use crate::support::Project;
use calamine::{Data, Reader as _, Xlsx};

const POLICY: &str = "\
# 拾光笔记隐私政策

## 一、我们如何收集和使用您的个人信息

### 注册与登录

为了帮助您完成注册，我们会收集您的手机号码。如您拒绝提供，将无法注册。

### 实名认证

当您申请成为认证作者时，为了核实身份，您需要提供姓名、身份证号。

## 二、我们如何共享您的个人信息

为了配送商品，我们会将您的收货地址、手机号提供给青松物流公司。我们不会向任何第三方提供您的通讯录。

## 三、其他

我们对本政策保留最终解释权。
";

/// What a workbook holds, sheet by sheet and row by row; no cell of it is a formula.
pub(crate) fn workbook(bytes: Vec<u8>) -> Vec<(String, Vec<Vec<String>>)> {
    let mut workbook = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    for name in workbook.sheet_names() {
        assert_eq!(workbook.worksheet_formula(&name).expect("a sheet").used_cells().count(), 0, "{name}");
    }
    let sheets = workbook.worksheets().into_iter();
    let text = |cell: &Data| match cell {
        Data::String(text) => text.clone(),
        Data::Empty => String::new(),
        other => panic!("every cell is text, found {other:?}"),
    };
    sheets
        .map(|(name, range)| (name, range.rows().map(|row| row.iter().map(text).collect()).collect()))
        .collect()
}

/// What a command writes to a file.
fn written(project: &Project, command: &str, file: &str) -> Vec<u8> {
    let said = project.run(&format!("{command} --no-config --date 2026-11-28 --output {file}"));
    assert!(said.status < 2, "{}", said.err);
    assert_eq!(said.out, "");
    std::fs::read(project.path().join(file)).expect("it was written")
}

fn told(project: &Project, command: &str, file: &str) -> String {
    String::from_utf8(written(project, command, file)).expect("UTF-8")
}

#[test]
fn the_inventory_is_a_workbook_with_a_sheet_for_each_list() {
    let project = Project::new(&[("privacy.md", POLICY)]);
    let sheets = workbook(written(&project, "inventory privacy.md", "lists.xlsx"));
    let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["个人信息收集清单", "第三方共享清单", "未列明种类的表述", "声明不作的处理", "说明"]);

    let collected = &sheets[0].1;
    assert_eq!(
        collected[0][..8],
        ["信息类别", "序号", "个人信息", "其他写法", "细类", "敏感个人信息", "认定依据", "功能或场景"]
    );
    let phone = &collected[1];
    assert_eq!(phone[..3], ["个人基本资料", "1", "手机号码"]);
    assert_eq!(phone[7..12], ["注册与登录", "", "帮助您完成注册", "主动收集", ""]);
    assert_eq!(phone[13..], ["", "如您拒绝提供，将无法注册", "第7行"]);
    let card = collected.iter().find(|row| row[2] == "身份证号").expect("the card");
    assert_eq!(card[5..7], ["是", "GB/T 35273-2020 附录 B"]);
    assert_eq!(card[8..11], ["当您申请成为认证作者时", "核实身份", "用户提供"]);

    let shared = &sheets[1].1;
    assert_eq!(shared[1][1], "青松物流公司");
    assert_eq!(shared[1][3], "收货地址、手机号");
    assert_eq!(sheets[3].1[1][..2], ["不共享", "通讯录"]);
}

#[test]
fn practices_writes_the_same_documents() {
    let project = Project::new(&[("privacy.md", POLICY)]);
    for file in ["a.xlsx", "a.html", "a.md"] {
        let inventory = written(&project, "inventory privacy.md", file);
        assert_eq!(written(&project, "practices privacy.md", file), inventory, "{file}");
    }
}

#[test]
fn every_format_of_the_inventory_tells_every_item_recipient_and_denial() {
    let project = Project::new(&[("privacy.md", POLICY)]);
    for format in ["table", "json", "csv", "html", "md"] {
        let said = project.run(&format!("inventory --no-config --format {format} privacy.md"));
        assert_eq!(said.status, 0, "{}", said.err);
        for word in ["手机号码", "姓名", "身份证号", "收货地址", "青松物流公司", "通讯录"]
        {
            assert!(said.out.contains(word), "{format} without {word}:\n{}", said.out);
        }
    }
}

#[test]
fn the_audit_puts_what_is_open_first_and_tells_what_it_rests_on() {
    let project = Project::new(&[("privacy.md", POLICY)]);
    let page = told(&project, "audit privacy.md", "audit.html");
    let (open, list, law) =
        (page.find("待整改事项</h2>"), page.find("逐项核对（按主题）"), page.find("逐条对照（按法规）"));
    assert!(open.is_some() && open < list && list < law);
    assert!(page.contains("我们对本政策保留最终解释权"), "{page}");
    assert!(page.contains("final-interpretation-right") && page.contains("《民法典》第四百九十八条"));
    assert!(page.contains("2026-11-28") && page.contains(concat!("policy-lint ", env!("CARGO_PKG_VERSION"))));
    assert_eq!(page.matches("SHA-256").count(), 2);
    for file in ["audit.md", "audit.xlsx"] {
        let bytes = written(&project, "audit privacy.md", file);
        let told = match String::from_utf8(bytes) {
            Ok(text) => text.replace('\\', ""),
            Err(bytes) => format!("{:?}", workbook(bytes.into_bytes())),
        };
        for word in ["final-interpretation-right", "最终解释权", "待整改事项", "逐条对照", "2026-11-28"]
        {
            assert!(told.contains(word), "{file} without {word}");
        }
    }
}

#[test]
fn the_audit_fails_as_before() {
    let project = Project::new(&[("privacy.md", POLICY)]);
    let status = |arguments: &str| project.run(arguments).status;
    assert_eq!(status("audit --no-config --format md privacy.md"), 1);
    assert_eq!(status("audit --no-config --format md --fail-on never privacy.md"), 0);
}

#[test]
fn documents_speak_english_too() {
    let project = Project::new(&[("privacy.md", POLICY)]);
    let page = told(&project, "inventory --lang en privacy.md", "lists.html");
    assert!(page.contains("<html lang=\"en\">") && page.contains("Personal data collected"));
    assert!(page.contains("Identity documents") && page.contains("line 7"));
    let text = told(&project, "audit --lang en privacy.md", "audit.md");
    assert!(text.contains("## Open points") && text.contains("Checklist by law"));
}

#[test]
fn the_same_policy_gives_the_same_bytes() {
    let project = Project::new(&[("privacy.md", POLICY)]);
    for command in ["inventory privacy.md", "audit privacy.md"] {
        for file in ["a.xlsx", "a.html", "a.md"] {
            let first = written(&project, command, file);
            std::thread::sleep(std::time::Duration::from_millis(20));
            assert_eq!(written(&project, command, file), first, "{command} {file}");
        }
    }
}

#[test]
fn hostile_words_stay_words() {
    let policy = "\
## =HYPERLINK(\"http://evil.example\",\"收集\")

为了<script>alert(1)</script>注册|登录，我们会收集您的手机号码、=cmd|' /C calc'!A0号码、`性别`、\u{202e}昵称\u{200b}、𠮷野家会员信息。

我们会将您的手机号码提供给@SUM(1+1)*cmd公司。
";
    let project = Project::new(&[("privacy.txt", policy)]);
    for command in ["inventory --input-format text privacy.txt", "audit --input-format text privacy.txt"] {
        let page = told(&project, command, "a.html");
        assert!(!page.contains("<script"), "{command}");
        let text = told(&project, command, "a.md");
        assert!(!text.contains("<script"), "{command}");
        let sheets = workbook(written(&project, command, "a.xlsx"));
        assert!(sheets.iter().any(|(_, rows)| rows.len() > 1), "{command}");
    }
    let rows = project.run("inventory --no-config --format csv --input-format text privacy.txt").out;
    for cell in rows.lines().flat_map(|line| line.split(',')) {
        assert!(!cell.trim_matches('"').starts_with(['=', '+', '@', '\t']), "{cell}");
    }
}

#[test]
fn a_policy_without_practices_makes_documents_that_say_so() {
    let project = Project::new(&[("privacy.txt", "本政策暂无内容。\n"), ("empty.txt", "")]);
    for file in ["privacy.txt", "empty.txt"] {
        let text = told(&project, &format!("inventory {file}"), "a.md");
        assert!(text.contains("未识别出收集个人信息的表述。"), "{text}");
        let sheets = workbook(written(&project, &format!("inventory {file}"), "a.xlsx"));
        assert_eq!(sheets[0].1[1][0], "未识别出收集个人信息的表述。");
        told(&project, &format!("audit {file}"), "a.html");
    }
}

#[test]
fn several_policies_are_parts_of_one_document() {
    let project = Project::new(&[("a/privacy.md", POLICY), ("b/privacy.md", POLICY)]);
    let text = told(&project, "inventory a/privacy.md b/privacy.md", "all.md");
    assert!(text.contains("## 个人信息收集清单：a/privacy.md"), "{text}");
    assert!(text.contains("## 个人信息收集清单：b/privacy.md"));
    let sheets = workbook(written(&project, "inventory a/privacy.md b/privacy.md", "all.xlsx"));
    assert_eq!(sheets.len(), 9);
}

#[test]
fn what_cannot_be_written_is_told() {
    let project = Project::new(&[("privacy.md", POLICY)]);
    let said = project.run("inventory --no-config --output privacy.md/a.xlsx privacy.md");
    assert_eq!(said.status, 2);
    assert!(said.err.contains("cannot be written"), "{}", said.err);
    let said = project.run("inventory --no-config --date 2026-02-30 --format md privacy.md");
    assert_eq!(said.status, 2);
    assert!(said.err.contains("YYYY-MM-DD"), "{}", said.err);
}
