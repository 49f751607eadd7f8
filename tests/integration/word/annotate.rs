//! `check --annotate`: the findings as comments in a copy of the Word file.

use std::io::{Cursor, Read as _};

use super::docx::{Docx, looking, p, paragraph, r, table};
use super::flawed;
use crate::support::{Project, Said};

const RULE: &str = "sensitive-purpose-missing";

/// The parts of an archive.
fn parts(bytes: Vec<u8>) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let count = archive.len();
    let part = |at| {
        let mut file = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        (file.name().unwrap().into_owned(), bytes)
    };
    (0..count).map(part).collect()
}

fn part(bytes: &[u8], name: &str) -> String {
    let parts = parts(bytes.to_vec());
    let (_, bytes) = parts.into_iter().find(|(part, _)| part == name).unwrap_or_else(|| panic!("no {name}"));
    String::from_utf8(bytes).unwrap()
}

/// Annotates a file; what was said, and the copy.
fn annotate(docx: &Docx, rules: &str) -> (Said, Vec<u8>) {
    let project = Project::new(&[]);
    let original = docx.bytes();
    project.write("draft.docx", &original);
    let said =
        project.run(&format!("check draft.docx --format json --select {rules} --annotate reviewed.docx"));
    assert_eq!(project.read("draft.docx"), original, "the input stays as it is");
    (said, project.read("reviewed.docx"))
}

/// For each comment of the main part, in the order they begin: the words between its marks.
fn anchored(document: &str) -> Vec<String> {
    let id = |tag: &str| {
        tag.split("id=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
    };
    let mut open: Vec<(String, usize, String)> = Vec::new();
    let mut found = Vec::new();
    let mut text = false;
    for piece in document.split('<').skip(1) {
        let (tag, characters) = piece.split_once('>').unwrap();
        let name = tag.split([' ', '/']).next().unwrap_or_default();
        match name {
            "w:commentRangeStart" => {
                found.push(String::new());
                open.push((id(tag), found.len() - 1, String::new()));
            }
            "w:commentRangeEnd" => {
                let at = open.iter().position(|(open, ..)| *open == id(tag)).expect("the start comes first");
                let (_, place, words) = open.remove(at);
                found[place] = words;
            }
            "w:t" => text = true,
            _ => {}
        }
        if text && !tag.starts_with('/') && name == "w:t" {
            open.iter_mut().for_each(|(.., words)| words.push_str(characters));
        }
        if tag == "/w:t" {
            text = false;
        }
    }
    assert!(open.is_empty(), "every comment ends");
    found
}

/// What the comments say, a line for each paragraph.
fn comments(bytes: &[u8]) -> Vec<Vec<String>> {
    let xml = part(bytes, "word/comments.xml");
    let lines = |comment: &str| {
        let paragraphs = comment.split("</w:p>").filter(|paragraph| paragraph.contains("<w:t"));
        let words = |paragraph: &str| {
            let texts = paragraph.split("<w:t").skip(1);
            texts
                .map(|text| text[text.find('>').unwrap() + 1..].split("</w:t>").next().unwrap().to_owned())
                .collect()
        };
        paragraphs.map(words).collect()
    };
    xml.split("<w:comment ").skip(1).map(lines).collect()
}

#[test]
fn a_finding_is_a_comment_on_its_very_words() {
    let (said, copy) = annotate(&flawed(), RULE);
    assert_eq!(said.status, 1);
    assert_eq!(said.err, "reviewed.docx has 1 comment\n");
    let document = part(&copy, "word/document.xml");
    assert_eq!(anchored(&document), ["人脸信息"]);
    let comments = comments(&copy);
    assert!(comments[0][0].starts_with("错误：") && comments[0][0].contains("人脸信息"), "{comments:?}");
    assert!(comments[0].iter().any(|line| line.starts_with("依据：《个人信息保护法》")), "{comments:?}");
    assert!(comments[0].iter().any(|line| line.starts_with("建议：")), "{comments:?}");
    assert_eq!(comments[0].last().unwrap(), &format!("规则：{RULE}"));
    let xml = part(&copy, "word/comments.xml");
    assert!(xml.contains("w:author=\"policy-lint\"") && xml.contains("w:initials=\"PL\""), "{xml}");
    assert!(part(&copy, "[Content_Types].xml").contains("PartName=\"/word/comments.xml\""));
    assert!(part(&copy, "word/_rels/document.xml.rels").contains("Target=\"comments.xml\""));
}

#[test]
fn the_copy_reads_as_its_original_and_all_other_parts_stay_as_they_are() {
    let docx =
        flawed().styles("<w:style w:type=\"paragraph\" w:styleId=\"x\"><w:name w:val=\"x\"/></w:style>");
    let (said, copy) = annotate(&docx, "sensitive");
    let changed =
        ["[Content_Types].xml", "word/document.xml", "word/_rels/document.xml.rels", "word/comments.xml"];
    let before = docx.package();
    let after = parts(copy.clone());
    assert_eq!(after.len(), before.len() + 1);
    for (before, after) in
        before.iter().zip(&after).filter(|(before, _)| !changed.contains(&before.0.as_str()))
    {
        assert_eq!(before, after);
    }
    let project = Project::new(&[]);
    project.write("draft.docx", &copy);
    let again = project.run("check draft.docx --format json --select sensitive");
    assert_eq!(again.out, said.out, "comments are no text");
}

#[test]
fn a_run_is_split_and_keeps_its_looks() {
    let content = looking("<w:b/><w:color w:val=\"FF0000\"/>", "我们会收集您的人脸信息，并妥善保管。");
    let (_, copy) = annotate(&Docx::new(&[p("橙舟隐私政策"), paragraph("", &content)]), RULE);
    let document = part(&copy, "word/document.xml");
    assert_eq!(anchored(&document), ["人脸信息"]);
    let look = "<w:rPr><w:b/><w:color w:val=\"FF0000\"/></w:rPr><w:t xml:space=\"preserve\">";
    for words in ["我们会收集您的", "人脸信息", "，并妥善保管。"] {
        assert!(document.contains(&format!("{look}{words}</w:t>")), "{document}");
    }
    assert_eq!(document.matches("<w:commentReference w:id=\"0\"/>").count(), 1);
}

#[test]
fn words_across_runs_links_and_insertions_are_anchored_as_one() {
    let content = [
        r("我们会收集您的人"),
        format!("<w:ins w:id=\"9\" w:author=\"a\">{}</w:ins>", r("脸")),
        "<w:del w:id=\"8\"><w:r><w:delText>部图</w:delText></w:r></w:del>".to_owned(),
        format!("<w:hyperlink w:anchor=\"x\">{}</w:hyperlink>", r("信息。")),
        r("谢谢。"),
    ];
    let (_, copy) = annotate(&Docx::new(&[p("橙舟隐私政策"), paragraph("", &content.concat())]), RULE);
    let document = part(&copy, "word/document.xml");
    assert_eq!(anchored(&document), ["人脸信息"]);
    assert!(document.contains("<w:delText>部图</w:delText>"), "{document}");
}

#[test]
fn signs_within_a_run_stay_where_they_are() {
    let content = "<w:r><w:t>我们会收集您的</w:t><w:tab/><w:t>人脸信息</w:t><w:br/><w:t>&lt;谢谢&gt; &amp; 再见</w:t></w:r>";
    let (_, copy) = annotate(&Docx::new(&[p("橙舟隐私政策"), paragraph("", content)]), RULE);
    let document = part(&copy, "word/document.xml");
    assert_eq!(anchored(&document), ["人脸信息"]);
    assert!(document.contains("<w:t>我们会收集您的</w:t><w:tab/></w:r><w:commentRangeStart"), "{document}");
    assert!(document.contains("<w:br/><w:t>&lt;谢谢&gt; &amp; 再见</w:t></w:r>"), "{document}");
}

#[test]
fn words_in_a_table_are_anchored_in_their_cell() {
    let docx = Docx::new(&[
        p("橙舟隐私政策"),
        table(&[&["条款", "说明"], &["解释", "橙舟对本政策保留最终解释权。"], &["更新", "欢迎查看。"]]),
    ]);
    let (_, copy) = annotate(&docx, "final-interpretation-right");
    let document = part(&copy, "word/document.xml");
    assert_eq!(anchored(&document), ["橙舟对本政策保留最终解释权"]);
    let cell = document.split("<w:tc>").find(|cell| cell.contains("<w:commentRangeStart")).unwrap();
    assert!(cell.contains("<w:commentRangeEnd") && cell.contains("<w:commentReference"), "{cell}");
}

#[test]
fn each_instance_has_a_comment_of_its_own() {
    let docx = Docx::new(&[p("橙舟隐私政策"), p("我们会收集您的人脸信息、指纹、声纹。")]);
    let (said, copy) = annotate(&docx, RULE);
    assert!(said.err.contains("has 3 comments"), "{}", said.err);
    assert_eq!(anchored(&part(&copy, "word/document.xml")), ["人脸信息", "指纹", "声纹"]);
    let comments = comments(&copy);
    assert!(comments[1].contains(&"（同一问题的另一处，依据和建议见第一处批注）".to_owned()), "{comments:?}");
}

#[test]
fn where_word_takes_no_comments_they_stand_beside_and_quote_the_words() {
    let note = format!("<w:footnote w:id=\"2\">{}</w:footnote>", p("我们会收集您的人脸信息。"));
    let box_of = format!(
        "<w:r><w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict></w:r>",
        p("我们会收集您的指纹。")
    );
    let reference = "<w:r><w:footnoteReference w:id=\"2\"/></w:r>";
    let docx = Docx::new(&[
        p("橙舟隐私政策"),
        paragraph("", &(r("见注") + reference)),
        paragraph("", &(r("见框") + &box_of)),
    ])
    .part("footnotes", "footnotes", &note);
    let (_, copy) = annotate(&docx, RULE);
    let document = part(&copy, "word/document.xml");
    assert!(document.contains(&format!("{reference}<w:commentRangeEnd w:id=\"1\"/>")), "{document}");
    assert!(document.contains("<w:commentRangeStart w:id=\"0\"/><w:r><w:pict>"), "{document}");
    let quoted: Vec<String> = comments(&copy).into_iter().map(|lines| lines[1].clone()).collect();
    assert_eq!(quoted, ["原文：“指纹”", "原文：“人脸信息”"]);
}

#[test]
fn comments_that_are_there_stay() {
    let existing = format!("<w:comment w:id=\"7\" w:author=\"法务\">{}</w:comment>", p("请核对"));
    let content = format!(
        "<w:commentRangeStart w:id=\"7\"/>{}<w:commentRangeEnd w:id=\"7\"/><w:r><w:commentReference w:id=\"7\"/></w:r>",
        r("我们会收集您的人脸信息。")
    );
    let docx =
        Docx::new(&[p("橙舟隐私政策"), paragraph("", &content)]).part("comments", "comments", &existing);
    let (_, copy) = annotate(&docx, RULE);
    let xml = part(&copy, "word/comments.xml");
    assert!(xml.contains(&existing) && xml.contains("<w:comment w:id=\"8\""), "{xml}");
    assert_eq!(anchored(&part(&copy, "word/document.xml")), ["我们会收集您的人脸信息。", "人脸信息"]);
    assert_eq!(part(&copy, "[Content_Types].xml"), part(&docx.bytes(), "[Content_Types].xml"));
    // A part without a comment is an empty element.
    let docx = Docx::new(&[p("橙舟隐私政策"), p("我们会收集您的人脸信息。")]);
    let mut package = docx.part("comments", "comments", "").package();
    for (name, bytes) in &mut package {
        if name == "word/comments.xml" {
            *bytes =
                b"<w:comments xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"/>"
                    .to_vec();
        }
    }
    let project = Project::new(&[]);
    project.write("draft.docx", &super::docx::zipped(&package));
    project.run(&format!("check draft.docx --select {RULE} --annotate out.docx"));
    assert_eq!(comments(&project.read("out.docx")).len(), 1);
}

#[test]
fn a_strict_file_stays_strict() {
    let (_, copy) = annotate(&flawed().strict(), RULE);
    assert!(part(&copy, "word/comments.xml").contains("http://purl.oclc.org/ooxml/wordprocessingml/main"));
    let relations = part(&copy, "word/_rels/document.xml.rels");
    assert!(
        relations.contains("http://purl.oclc.org/ooxml/officeDocument/relationships/comments"),
        "{relations}"
    );
}

#[test]
fn what_a_policy_says_is_escaped_in_comments() {
    let docx = Docx::new(&[p("橙舟隐私政策"), p("我们会收集您的“&lt;w:p/&gt;&amp;amp;”人脸信息。")]);
    let (_, copy) = annotate(&docx, "sensitive,purpose");
    let project = Project::new(&[]);
    project.write("again.docx", &copy);
    let said = project.run(&format!("check again.docx --format short --select {RULE}"));
    assert!(said.out.contains("again.docx:2:"), "{}{}", said.out, said.err);
}

#[test]
fn a_policy_without_findings_is_copied() {
    let docx = Docx::new(&[p("橙舟隐私政策"), p("欢迎。")]);
    let (said, copy) = annotate(&docx, RULE);
    assert_eq!((said.status, copy), (0, docx.bytes()));
}

#[test]
fn only_one_word_file_and_never_over_itself() {
    let project =
        Project::new(&[("privacy.txt", "橙舟隐私政策\n我们会收集您的人脸信息。"), ("docs/a.txt", "x")]);
    project.write("draft.docx", &flawed().bytes());
    project.write("other.docx", &flawed().bytes());
    for (arguments, words) in [
        (
            "draft.docx other.docx --annotate out.docx",
            "expected one Word file to write comments into, found 2 paths",
        ),
        ("docs --annotate out.docx", "found the folder docs"),
        ("privacy.txt --annotate out.docx", "privacy.txt is no Word file"),
        ("draft.docx --annotate draft.docx", "draft.docx would be overwritten"),
        ("draft.docx --annotate docs/../draft.docx", "draft.docx would be overwritten"),
        ("draft.docx --annotate out.pdf", "ends in .docx, found out.pdf"),
        ("draft.docx --annotate draft.docx/out.docx", "cannot be written"),
        ("missing.docx --annotate out.docx", "no such file"),
    ] {
        let said = project.run(&format!("check {arguments}"));
        assert_eq!(said.status, 2, "{arguments}");
        // Messages are wrapped to the width of a screen.
        let told: Vec<&str> = said.err.split_whitespace().filter(|word| *word != "│").collect();
        assert!(told.join(" ").contains(words), "{arguments}: {}", said.err);
        assert!(!project.path().join("out.docx").exists(), "{arguments}");
    }
    assert_eq!(project.read("draft.docx"), flawed().bytes());
    let said = project.pipe(&format!("check - --select {RULE} --annotate out.docx"), &flawed().bytes());
    assert!(said.err.contains("out.docx has 1 comment"), "{}", said.err);
}
