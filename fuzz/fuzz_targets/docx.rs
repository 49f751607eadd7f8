#![no_main]

use std::io::{Cursor, Write as _};

use libfuzzer_sys::fuzz_target;
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

// A whole package, or the text of its parts: checksums keep mutations of a package from ever being read.
fuzz_target!(|bytes: &[u8]| {
    let package = if bytes.starts_with(b"PK") { bytes.to_vec() } else { packed(bytes) };
    policy_lint_fuzz::lint_word(package);
});

/// A line between two parts.
const BOUNDARY: &[u8] = b"\n----\n";

/// The parts that an input holds, in this order; those at its end may be missing.
const PARTS: [&str; 5] = [
    "word/document.xml",
    "word/styles.xml",
    "word/numbering.xml",
    "word/footnotes.xml",
    "word/_rels/document.xml.rels",
];

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#;

const ROOT: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

fn packed(input: &[u8]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, content: &[u8]| {
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        archive.start_file(name, stored).expect("a name");
        archive.write_all(content).expect("memory takes all");
    };
    add("[Content_Types].xml", TYPES.as_bytes());
    add("_rels/.rels", ROOT.as_bytes());
    let mut rest = Some(input);
    for name in PARTS {
        let Some(part) = rest else { break };
        let end = part.windows(BOUNDARY.len()).position(|window| window == BOUNDARY);
        add(name, end.map_or(part, |end| &part[..end]));
        rest = end.map(|end| &part[end + BOUNDARY.len()..]);
    }
    archive.finish().expect("memory takes all").into_inner()
}
