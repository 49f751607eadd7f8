//! The text of Word files and its structure: some XML, and what a reader sees of it.

use policy_lint::document::ParagraphKind;
use policy_lint::run::{Engine, Settings};
use policy_lint::source;

use super::docx::{Docx, list, listed, looking, p, paragraph, r, styled, table};
use super::flawed;
use crate::support::Project;

/// The extracted text.
fn text(docx: &Docx) -> String {
    source::open("draft.docx", docx.bytes(), None).unwrap().text
}

/// The paragraphs of the prose: the titles above, and the words.
fn outline(docx: &Docx) -> Vec<String> {
    let engine = Engine::load(&[]).unwrap();
    let source = source::open("draft.docx", docx.bytes(), None).unwrap();
    let document = engine.read(source, &Settings::default()).document;
    let line = |paragraph: &policy_lint::document::Paragraph| {
        let words = document.text(paragraph.span);
        match paragraph.kind {
            ParagraphKind::Heading => format!("# {}", document.section_path(paragraph.section).join(" › ")),
            ParagraphKind::Text => {
                format!("{}: {words}", document.section_path(paragraph.section).join(" › "))
            }
            ParagraphKind::Cell(place) => {
                let header = if place.header { " header" } else { "" };
                format!("[{} {} {}x{}{header}] {words}", place.row, place.column, place.rows, place.columns)
            }
        }
    };
    document.paragraphs.iter().map(line).collect()
}

const HEADINGS: &str = "<w:style w:type=\"paragraph\" w:styleId=\"a\"><w:name w:val=\"heading 1\"/></w:style>\
     <w:style w:type=\"paragraph\" w:styleId=\"b\"><w:name w:val=\"Chapter\"/><w:basedOn w:val=\"a\"/></w:style>\
     <w:style w:type=\"paragraph\" w:styleId=\"c\"><w:name w:val=\"标题 2\"/></w:style>\
     <w:style w:type=\"paragraph\" w:styleId=\"d\"><w:name w:val=\"Title\"/></w:style>\
     <w:style w:type=\"paragraph\" w:styleId=\"e\"><w:name w:val=\"Own\"/><w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr></w:style>\
     <w:style w:type=\"paragraph\" w:styleId=\"t\"><w:name w:val=\"toc 1\"/></w:style>";

#[test]
fn each_paragraph_is_a_line_and_positions_are_into_the_text() {
    let project = Project::new(&[]);
    project.write("draft.docx", &flawed().bytes());
    let said = project.run("check --format json --select sensitive-purpose-missing draft.docx");
    let report: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let finding = &report["findings"][0];
    let text = "橙舟隐私政策\n一、我们如何收集和使用您的个人信息\n我们会收集您的人脸信息。";
    let at = text.find("人脸信息").unwrap() as u64;
    assert_eq!(finding["start"], at);
    assert_eq!(finding["end"], at + 12);
    assert_eq!((&finding["line"], &finding["column"]), (&3.into(), &8.into()));
    assert_eq!(said.status, 1);
}

#[test]
fn every_command_reads_it_from_files_folders_and_standard_input() {
    let project = Project::new(&[("docs/notes.txt", "购物清单")]);
    project.write("docs/draft.docx", &flawed().bytes());
    project.write("docs/~$draft.docx", b"\x05owner");
    project.write("docs/invoice.docx", &Docx::new(&[p("发票"), p("金额：三元")]).bytes());
    for arguments in [
        "check --format short docs",
        "check --format short docs/draft.docx",
        "check --format short --input-format word docs/draft.docx",
        "practices --format csv docs",
        "audit docs",
    ] {
        let said = project.run(arguments);
        assert!(
            said.out.contains("draft.docx") && said.out.contains("人脸信息"),
            "{arguments}: {}",
            said.out
        );
        assert!(!said.out.contains("invoice"), "{}", said.out);
        assert!(said.err.is_empty(), "{}", said.err);
    }
    let said = project.pipe("check --format short -", &flawed().bytes());
    assert!(said.out.contains("-:3:8: error sensitive-purpose-missing"), "{}", said.out);
}

#[test]
fn what_was_deleted_is_gone_and_what_was_inserted_counts() {
    let content = [
        r("我们收集"),
        "<w:del w:id=\"1\"><w:r><w:delText>指纹</w:delText></w:r></w:del>".to_owned(),
        format!("<w:ins w:id=\"2\">{}</w:ins>", r("手机号")),
        format!("<w:moveFrom w:id=\"3\">{}</w:moveFrom>", r("、邮箱")),
        format!("<w:moveTo w:id=\"4\">{}</w:moveTo>", r("、地址")),
        r("。"),
    ];
    // The formatting from before a change is not the formatting now.
    let changed = looking("<w:rPrChange w:id=\"5\"><w:rPr><w:vanish/></w:rPr></w:rPrChange>", "看得见");
    let docx = Docx::new(&[paragraph("", &content.concat()), paragraph("", &changed)]);
    assert_eq!(text(&docx), "我们收集手机号、地址。\n看得见");
}

#[test]
fn a_deleted_paragraph_mark_joins_what_it_parted() {
    let gone = "<w:rPr><w:del w:id=\"1\"/></w:rPr>";
    let deleted = "<w:del w:id=\"2\"><w:r><w:delText>整段删除</w:delText></w:r></w:del>";
    let docx = Docx::new(&[
        paragraph(gone, &r("我们收集")),
        p("手机号。"),
        paragraph(gone, deleted),
        p("完"),
        paragraph(gone, deleted),
    ]);
    assert_eq!(text(&docx), "我们收集手机号。\n完");
}

#[test]
fn rows_and_cells_that_were_deleted_are_gone() {
    let row = |properties: &str, text: &str| {
        format!("<w:tr><w:trPr>{properties}</w:trPr><w:tc>{}</w:tc></w:tr>", p(text))
    };
    let docx = Docx::new(&[format!(
        "<w:tbl>{}{}{}</w:tbl>",
        row("", "手机号"),
        row("<w:del w:id=\"1\"/>", "指纹"),
        row("<w:ins w:id=\"2\"/>", "邮箱")
    )]);
    assert_eq!(outline(&docx), ["[0 0 1x1] 手机号", "[1 0 1x1] 邮箱"]);
}

#[test]
fn hidden_text_comments_headers_and_instructions_of_fields_are_no_text() {
    let field = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>\
                 <w:r><w:instrText> IF 1 = </w:instrText></w:r>\
                 <w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>\
                 <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>内层</w:t></w:r>\
                 <w:r><w:fldChar w:fldCharType=\"end\"/></w:r>\
                 <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>结果</w:t></w:r>\
                 <w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
    let content = [
        r("甲"),
        looking("<w:vanish/>", "隐藏"),
        looking("<w:vanish w:val=\"0\"/>", "乙"),
        looking("<w:rStyle w:val=\"h\"/>", "样式隐藏"),
        field.to_owned(),
        "<w:commentRangeStart w:id=\"1\"/>".to_owned(),
        r("丙"),
        "<w:commentRangeEnd w:id=\"1\"/><w:r><w:commentReference w:id=\"1\"/></w:r>".to_owned(),
        format!("<w:fldSimple w:instr=\"DATE\">{}</w:fldSimple>", r("丁")),
    ];
    let hidden = "<w:style w:type=\"character\" w:styleId=\"h\"><w:name w:val=\"h\"/>\
                  <w:rPr><w:vanish/></w:rPr></w:style>";
    let docx = Docx::new(&[paragraph("", &content.concat())])
        .styles(hidden)
        .part("comments", "comments", &format!("<w:comment w:id=\"1\">{}</w:comment>", p("批注")))
        .part("header1", "hdr", &p("页眉"));
    assert_eq!(text(&docx), "甲乙结果丙丁");
}

#[test]
fn signs_of_their_own_stand_for_characters() {
    let content = "<w:r><w:t>Wi</w:t><w:noBreakHyphen/><w:t>Fi</w:t><w:tab/><w:t>地</w:t><w:softHyphen/><w:t>址</w:t>\
                   <w:br/><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/><w:t xml:space=\"preserve\"> a &amp; b\n</w:t></w:r>";
    let docx = Docx::new(&[paragraph("", content), p("下一段")]);
    assert_eq!(text(&docx), "Wi-Fi\t地址\u{B}☑ a & b \n下一段");
    assert_eq!(outline(&docx)[..3], [": Wi-Fi\t地址", ": ☑ a & b", ": 下一段"]);
}

#[test]
fn wrappers_around_runs_make_no_difference() {
    let content = [
        format!("<w:smartTag>{}</w:smartTag>", r("甲")),
        format!(
            "<w:sdt><w:sdtPr><w:alias w:val=\"x\"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
            r("乙")
        ),
        format!("<w:hyperlink r:id=\"page\">{}</w:hyperlink>", r("丙")),
        format!("<w:bdo><w:customXml>{}</w:customXml></w:bdo>", r("丁")),
    ];
    let docx = Docx::new(&[format!(
        "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
        paragraph("", &content.concat())
    )])
    .link("page", "https://example.cn");
    assert_eq!(text(&docx), "甲乙丙丁");
}

#[test]
fn the_text_of_a_text_box_comes_once_behind_its_paragraph() {
    let held = format!("<w:txbxContent>{}{}</w:txbxContent>", p("框一"), p("框二"));
    let content = format!(
        "{}<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx>{held}</wps:txbx></w:drawing>\
         </mc:Choice><mc:Fallback><w:pict><v:textbox>{held}</v:textbox></w:pict></mc:Fallback>\
         </mc:AlternateContent></w:r>{}",
        r("前"),
        r("后")
    );
    let old = format!("<w:r><w:pict><v:textbox>{held}</v:textbox></w:pict></w:r>");
    let docx = Docx::new(&[paragraph("", &content), paragraph("", &old), p("完")]);
    assert_eq!(text(&docx), "前后\n框一\n框二\n\n框一\n框二\n完");
}

#[test]
fn notes_come_at_the_end_in_the_order_of_the_text() {
    let note = |kind: &str, id: u32, text: &str| format!("<w:{kind} w:id=\"{id}\">{}</w:{kind}>", p(text));
    let reference = |kind: &str, id: u32| format!("<w:r><w:{kind}Reference w:id=\"{id}\"/></w:r>");
    let content =
        [r("甲"), reference("footnote", 3), r("乙"), reference("endnote", 1), reference("footnote", 2)];
    let separator = "<w:footnote w:type=\"separator\" w:id=\"0\"><w:p/></w:footnote>";
    let notes = [
        separator.to_owned(),
        note("footnote", 2, "脚注二"),
        note("footnote", 3, "脚注三"),
        note("footnote", 4, "无人引用"),
    ];
    let docx = Docx::new(&[paragraph("", &content.concat()), p("完")])
        .part("footnotes", "footnotes", &notes.concat())
        .part("endnotes", "endnotes", &note("endnote", 1, "尾注"));
    assert_eq!(text(&docx), "甲乙\n完\n脚注三\n脚注二\n尾注");
}

#[test]
fn headings_are_told_by_style_name_base_or_outline_level() {
    let docx = Docx::new(&[
        styled("d", "橙舟隐私政策"),
        styled("t", "收集\t1"),
        styled("t", "共享\t2"),
        styled("a", "收集"),
        p("我们会收集您的手机号。"),
        styled("c", "登录"),
        p("您可以登录。"),
        styled("b", "共享"),
        styled("e", "合作方"),
        p("我们不会共享。"),
        paragraph("<w:pStyle w:val=\"a\"/><w:outlineLvl w:val=\"9\"/>", &r("只是正文。")),
    ])
    .styles(HEADINGS);
    assert_eq!(
        outline(&docx),
        [
            "# 橙舟隐私政策",
            "# 橙舟隐私政策 › 收集",
            "橙舟隐私政策 › 收集: 我们会收集您的手机号。",
            "# 橙舟隐私政策 › 收集 › 登录",
            "橙舟隐私政策 › 收集 › 登录: 您可以登录。",
            "# 橙舟隐私政策 › 共享",
            "# 橙舟隐私政策 › 共享 › 合作方",
            "橙舟隐私政策 › 共享 › 合作方: 我们不会共享。",
            "橙舟隐私政策 › 共享 › 合作方: 只是正文。",
        ]
    );
}

#[test]
fn the_numbers_of_lists_make_sections_but_are_no_text() {
    let docx = Docx::new(&[
        listed(1, 0, "我们如何收集您的个人信息"),
        listed(1, 1, "账号注册"),
        p("您注册时，我们会收集您的手机号。"),
        listed(1, 1, "安全保障"),
        p("为了保障安全，我们会收集设备信息。"),
        listed(1, 0, "我们如何共享您的个人信息"),
        listed(1, 1, "合作方"),
        p("我们会与合作方共享您的手机号。"),
    ])
    .numbering(&list(1, &[("chineseCounting", "%1、"), ("chineseCountingThousand", "（%2）")]));
    assert!(text(&docx).starts_with("我们如何收集您的个人信息\n账号注册\n"));
    let outline = outline(&docx);
    assert_eq!(outline[1], "# 一、我们如何收集您的个人信息 › （一）账号注册");
    assert_eq!(
        outline[4],
        "一、我们如何收集您的个人信息 › （二）安全保障: 为了保障安全，我们会收集设备信息。"
    );
    assert_eq!(outline[7], "二、我们如何共享您的个人信息 › （一）合作方: 我们会与合作方共享您的手机号。");
}

#[test]
fn lists_count_as_word_does() {
    let levels = list(1, &[("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "%3)")]);
    let again = "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/>\
                 <w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/></w:lvlOverride></w:num>";
    let docx = Docx::new(&[
        listed(1, 0, "甲类信息，用于注册"),
        listed(1, 1, "手机号，用于登录"),
        listed(1, 2, "短信验证码，用于核验"),
        listed(1, 2, "图形验证码，用于核验"),
        listed(1, 1, "邮箱，用于找回"),
        listed(1, 0, "乙类信息，用于支付"),
        listed(1, 1, "银行卡，用于支付"),
        listed(2, 0, "丙类信息，用于配送"),
        listed(2, 0, "丁类信息，用于售后"),
        listed(0, 0, "没有编号的话，用于结尾"),
    ])
    .numbering(&(levels + again));
    let number = |line: &String| {
        let words = line.trim_start_matches("# ").rsplit([':', '›']).next().unwrap_or_default();
        words.trim().chars().take(4).collect::<String>()
    };
    let numbers: Vec<String> = outline(&docx).iter().map(number).collect();
    assert_eq!(
        numbers,
        ["1. 甲", "1.1 ", "a) 短", "b) 图", "1.2 ", "2. 乙", "2.1 ", "5. 丙", "6. 丁", "没有编号"]
    );
}

#[test]
fn a_heading_style_may_bring_its_number() {
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"1\"><w:name w:val=\"heading 1\"/>\
                  <w:pPr><w:numPr><w:numId w:val=\"7\"/></w:numPr></w:pPr></w:style>\
                  <w:style w:type=\"paragraph\" w:styleId=\"2\"><w:name w:val=\"heading 2\"/>\
                  <w:pPr><w:numPr><w:numId w:val=\"7\"/></w:numPr></w:pPr></w:style>";
    let level = |at: u32, style: u32, text: &str| {
        format!(
            "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"japaneseCounting\"/>\
             <w:pStyle w:val=\"{style}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    let numbering = format!(
        "<w:abstractNum w:abstractNumId=\"3\">{}{}</w:abstractNum><w:num w:numId=\"7\"><w:abstractNumId w:val=\"3\"/></w:num>",
        level(0, 1, "第%1章"),
        level(1, 2, "第%2节")
    );
    let docx =
        Docx::new(&[styled("1", "总则"), styled("2", "范围"), p("本政策适用于橙舟。"), styled("1", "收集")])
            .styles(styles)
            .numbering(&numbering);
    assert_eq!(
        outline(&docx),
        [
            "# 第一章总则",
            "# 第一章总则 › 第一节范围",
            "第一章总则 › 第一节范围: 本政策适用于橙舟。",
            "# 第二章收集"
        ]
    );
}

#[test]
fn bullets_are_items_of_the_sentence_above() {
    let docx = Docx::new(&[
        p("我们会收集以下信息："),
        listed(1, 0, "手机号；"),
        listed(1, 1, "验证码；"),
        listed(1, 0, "邮箱。"),
    ])
    .numbering(&list(1, &[("bullet", "\u{F0B7}"), ("bullet", "o")]));
    assert_eq!(outline(&docx), [": 我们会收集以下信息：", ": 手机号；", ": 验证码；", ": 邮箱。"]);
}

#[test]
fn tables_have_rows_columns_and_cells_that_span_some() {
    let docx = Docx::new(&[table(&[
        &["业务功能", "<w:gridSpan w:val=\"2\"/>|收集"],
        &["<w:vMerge w:val=\"restart\"/>|下单", "收货地址", "送货"],
        &["<w:vMerge/>|", "手机号", "联系您"],
    ])]);
    assert_eq!(
        outline(&docx),
        [
            "[0 0 1x1] 业务功能",
            "[0 1 1x2] 收集",
            "[1 0 2x1] 下单",
            "[1 1 1x1] 收货地址",
            "[1 2 1x1] 送货",
            "[2 1 1x1] 手机号",
            "[2 2 1x1] 联系您",
        ]
    );
    assert_eq!(text(&docx), "业务功能\n收集\n下单\n收货地址\n送货\n\n手机号\n联系您");
}

#[test]
fn a_header_row_that_is_marked_is_one() {
    let row = "<w:tr><w:trPr><w:tblHeader/></w:trPr>";
    let docx =
        Docx::new(&[table(&[&["名称", "目的"], &["云雀推送", "推送消息"]]).replacen("<w:tr>", row, 1)]);
    assert_eq!(outline(&docx)[..3], ["[0 0 1x1 header] 名称", "[0 1 1x1 header] 目的", "[1 0 1x1] 云雀推送"]);
}

#[test]
fn a_table_of_one_cell_is_a_frame_around_text() {
    let docx = Docx::new(&[table(&[&["我们会收集您的手机号。"]])]);
    assert_eq!(outline(&docx), [": 我们会收集您的手机号。"]);
}

#[test]
fn the_contents_are_no_text_of_the_policy() {
    let entry = |text: &str| format!("{}<w:r><w:tab/></w:r>{}", r(text), r("1"));
    let begin = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r>\
                 <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>";
    let docx = Docx::new(&[
        paragraph("", &format!("{begin}{}", entry("收集"))),
        paragraph("", &entry("共享")),
        paragraph("", "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"),
        p("我们会收集您的手机号。"),
    ]);
    assert_eq!(outline(&docx), [": 我们会收集您的手机号。"]);
    assert!(text(&docx).starts_with("收集\t1\n共享\t1\n"));
}

#[test]
fn words_stand_out_by_bold_underline_or_dots_and_links_have_their_target() {
    use policy_lint::document::Attribute;
    let field = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>\
                 <w:r><w:instrText> HYPERLINK \"https://b.example\" </w:instrText></w:r>\
                 <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>清单</w:t></w:r>\
                 <w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
    let content = [
        looking("<w:b/>", "加粗"),
        looking("<w:rStyle w:val=\"s\"/>", "样式"),
        looking("<w:rStyle w:val=\"s\"/><w:b w:val=\"0\"/>", "否"),
        looking("<w:u w:val=\"single\"/>", "下划线"),
        looking("<w:u w:val=\"none\"/>", "否"),
        looking("<w:em w:val=\"dot\"/>", "着重号"),
        format!("<w:hyperlink r:id=\"a\">{}</w:hyperlink>", r("规则")),
        field.to_owned(),
    ];
    let docx = Docx::new(&[paragraph("", &content.concat())])
        .styles("<w:style w:type=\"character\" w:styleId=\"s\"><w:name w:val=\"Strong\"/><w:rPr><w:b/></w:rPr></w:style>")
        .link("a", "https://a.example/?x=1&amp;y=2");
    let engine = Engine::load(&[]).unwrap();
    let source = source::open("draft.docx", docx.bytes(), None).unwrap();
    let document = engine.read(source, &Settings::default()).document;
    let found: Vec<(&str, &Attribute)> =
        document.attributes.iter().map(|(span, attribute)| (document.text(*span), attribute)).collect();
    let link = |target: &str| Attribute::Link(target.to_owned());
    assert_eq!(
        found,
        [
            ("加粗样式", &Attribute::Emphasis),
            ("下划线", &Attribute::Emphasis),
            ("着重号", &Attribute::Emphasis),
            ("规则", &link("https://a.example/?x=1&y=2")),
            ("清单", &link("https://b.example")),
        ]
    );
}

#[test]
fn both_editions_of_the_standard_are_read_with_any_prefix() {
    assert_eq!(text(&flawed().strict()), text(&flawed()));
    let package = flawed().package().into_iter().map(|(name, bytes)| {
        let xml = String::from_utf8(bytes).unwrap();
        let xml = if name == "word/document.xml" {
            xml.replace("<w:", "<")
                .replace("</w:", "</")
                .replace("xmlns:w=", "xmlns=")
                .replace("w:val", "val")
        } else {
            xml
        };
        (name, xml.into_bytes())
    });
    let bytes = super::docx::zipped(&package.collect::<Vec<_>>());
    assert_eq!(source::open("draft.docx", bytes, None).unwrap().text, text(&flawed()));
}

#[test]
fn a_table_in_word_says_what_it_says_in_markdown() {
    let lead = "我们会收集以下信息：";
    let docx = Docx::new(&[
        p(lead),
        table(&[
            &["信息类型", "业务功能", "拒绝的影响"],
            &["手机号", "登录", "无法登录"],
            &["位置", "门店推荐", "无法推荐门店"],
        ]),
    ]);
    let markdown = format!(
        "{lead}\n\n信息类型 | 业务功能 | 拒绝的影响\n---|---|---\n手机号 | 登录 | 无法登录\n位置 | 门店推荐 | 无法推荐门店\n"
    );
    let engine = Engine::load(&[]).unwrap();
    let told = |source| crate::policies::told(&engine.read(source, &Settings::default()));
    let word = told(source::open("draft.docx", docx.bytes(), None).unwrap());
    assert_eq!(word, told(source::open("draft.md", markdown.into_bytes(), None).unwrap()));
    assert!(word[1].contains("手机号"), "{word:?}");
}

#[test]
fn a_report_tells_the_heading_the_paragraph_and_the_words() {
    let project = Project::new(&[]);
    project.write("draft.docx", &flawed().bytes());
    let said = project.run("check --select sensitive-purpose-missing draft.docx");
    for line in [
        "draft.docx:3:8",
        "3 │ 我们会收集您的人脸信息。",
        "= 位置：橙舟隐私政策 › 一、我们如何收集和使用您的个人信息，第 3 段",
    ] {
        assert!(said.out.contains(line), "{}", said.out);
    }
}
