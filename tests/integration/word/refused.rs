//! What is no Word file, or one made to break things: a clear message, and the other files are linted.

use super::docx::{Docx, p, zipped};
use super::flawed;
use crate::support::Project;

const FLAWED: &str = "橙舟隐私政策\n\n我们会收集您的人脸信息。\n";

/// Lints a file beside a flawed policy, whose finding has to come; what is said about the file.
fn refused(name: &str, content: &[u8]) -> String {
    let project = Project::new(&[("privacy.txt", FLAWED)]);
    project.write(name, content);
    let said =
        project.run(&format!("check --format short --select sensitive-purpose-missing {name} privacy.txt"));
    assert!(said.out.contains("privacy.txt:3:8: error sensitive-purpose-missing"), "{name}: {}", said.out);
    assert!(!said.err.contains("panicked"), "{}", said.err);
    assert_eq!(said.status, 2, "{}", said.err);
    said.err
}

/// The flawed file with a part replaced.
fn with(part: &str, content: &str) -> Vec<u8> {
    let mut package = flawed().package();
    for (name, bytes) in &mut package {
        if name == part {
            *bytes = content.as_bytes().to_vec();
        }
    }
    zipped(&package)
}

#[test]
fn other_formats_are_named_with_a_way_to_text() {
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let old = [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &utf16("WordDocument")].concat();
    let encrypted = [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &utf16("EncryptedPackage")].concat();
    let file = |name: &str, text: &str| (name.to_owned(), text.as_bytes().to_vec());
    let workbook = with(
        "[Content_Types].xml",
        "<Types><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>",
    );
    let open_document =
        zipped(&[file("mimetype", "application/vnd.oasis.opendocument.text"), file("content.xml", "<x/>")]);
    for (name, content, words) in [
        ("a.doc", old, "save it as .docx"),
        ("a.docx", encrypted, "encrypted; open it in Word, take its password away"),
        ("a.pdf", b"%PDF-1.7".to_vec(), "pdftotext -layout"),
        ("a.rtf", b"{\\rtf1\\ansi}".to_vec(), "this is RTF"),
        ("a.zip", zipped(&[file("a.txt", "x")]), "zip archive and no Word file"),
        ("a.xlsx", workbook, "an Excel workbook"),
        ("a.odt", open_document, "OpenDocument"),
    ] {
        let said = refused(name, &content);
        assert!(said.contains(words), "{name}: {said}");
    }
}

#[test]
fn a_damaged_file_says_where() {
    let whole = flawed().bytes();
    let no_text: Vec<_> =
        flawed().package().into_iter().filter(|(name, _)| name != "word/document.xml").collect();
    let no_relations: Vec<_> =
        flawed().package().into_iter().filter(|(name, _)| name != "_rels/.rels").collect();
    for (content, words) in [
        (whole[..whole.len() / 2].to_vec(), "damaged"),
        (b"PK\x03\x04".to_vec(), "damaged"),
        (zipped(&no_text), "there is no word/document.xml in it"),
        (zipped(&no_relations), "there is no main document in it"),
        (with("word/document.xml", "<w:document><w:body></w:document>"), "word/document.xml at byte"),
        (with("word/document.xml", "<w:document"), "word/document.xml at byte"),
        (with("word/document.xml", "<document>&nbsp;</document>"), "unknown entity `&nbsp;`"),
        (with("word/document.xml", "<document>"), "it ends before its elements do"),
        (with("word/document.xml", "\u{0}\u{1}plain"), "there is no text of Word in it"),
    ] {
        let said = refused("draft.docx", &content);
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn document_types_and_entities_are_refused() {
    let bomb = "<!DOCTYPE d [<!ENTITY a \"xxxxxxxxxx\"><!ENTITY b \"&a;&a;&a;\">]><d>&b;</d>";
    for part in ["word/document.xml", "_rels/.rels", "[Content_Types].xml"] {
        let said = refused("draft.docx", &with(part, bomb));
        assert!(said.contains("declares entities or a document type"), "{said}");
    }
}

#[test]
fn bombs_are_put_out_before_they_fill_the_memory() {
    let xml = format!("<w:document>{}", " ".repeat(120 << 20));
    let said = refused("draft.docx", &with("word/document.xml", &xml));
    assert!(said.contains("as a zip bomb does"), "{said}");
    let started = std::time::Instant::now();
    let deep = format!("{}{}", "<a>".repeat(200_000), "</a>".repeat(200_000));
    let said = refused("draft.docx", &with("word/document.xml", &deep));
    assert!(said.contains("too deep"), "{said}");
    assert!(started.elapsed().as_secs() < 20);
}

#[test]
fn names_and_targets_that_lead_out_of_the_package_lead_nowhere() {
    let relations = "<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"../../../../etc/passwd\"/></Relationships>";
    assert!(refused("draft.docx", &with("_rels/.rels", relations)).contains("there is no etc/passwd in it"));
    let mut package = flawed().package();
    package.push(("../../../escaped.txt".to_owned(), b"x".to_vec()));
    let project = Project::new(&[]);
    project.write("draft.docx", &zipped(&package));
    let said = project.run("check --format short --select sensitive-purpose-missing draft.docx");
    assert!(said.out.contains("draft.docx:3:8"), "{}{}", said.out, said.err);
}

#[test]
fn text_embedded_as_another_file_is_not_passed_over_in_silence() {
    let docx = Docx::new(&[p("隐私政策"), "<w:altChunk r:id=\"a\"/>".to_owned()]);
    assert!(refused("draft.docx", &docx.bytes()).contains("another file embedded in it"));
}

#[test]
fn a_broken_word_file_in_a_folder_fails_the_run() {
    let project = Project::new(&[("docs/privacy.txt", FLAWED)]);
    project.write("docs/draft.docx", b"PK\x03\x04");
    let said = project.run("check --format short --select sensitive-purpose-missing docs");
    assert!(said.out.contains("docs/privacy.txt:3:8"), "{}", said.out);
    assert!(said.err.contains("docs/draft.docx: this Word file is damaged"), "{}", said.err);
    assert_eq!(said.status, 2);
}

#[test]
fn the_format_given_has_to_be_that_of_the_file() {
    let project = Project::new(&[("privacy.txt", FLAWED)]);
    project.write("draft.docx", &flawed().bytes());
    let said = project.run("check --input-format markdown draft.docx");
    assert!(said.err.contains("this is a Word file"), "{}", said.err);
    let said = project.run("check --input-format word privacy.txt");
    assert!(said.err.contains("this is no Word file"), "{}", said.err);
}
