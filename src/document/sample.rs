//! What the tests of this stage share.

use super::{Document, Place, parse};
use crate::knowledge::structure::Structure;
use crate::source::{Encoding, Format, Source};

#[derive(serde::Deserialize)]
struct Grammar {
    structure: Structure,
}

/// The structure that ships with the linter.
pub(super) fn structure() -> Structure {
    let yaml = include_str!("../../rules/zh/grammar/structure.yaml");
    serde_yaml::from_str::<Grammar>(yaml).expect("the shipped structure is well formed").structure
}

pub(super) fn read(text: &str, format: Format) -> Document {
    let source = Source {
        path: "policy".to_owned(),
        text: text.to_owned(),
        encoding: Encoding::Utf8,
        format,
        word: None,
    };
    parse(&source, &structure())
}

/// The place of a cell of the first table that spans nothing.
pub(super) fn place(row: u32, column: u32, header: bool) -> Place {
    Place { table: 0, row, column, rows: 1, columns: 1, header }
}

/// The tree of sections and paragraphs, one a line, indented by level.
pub(super) fn outline(document: &Document) -> String {
    let mut lines = Vec::new();
    let mut shown = 1;
    for paragraph in &document.paragraphs {
        let section = document.section(paragraph.section);
        while shown <= paragraph.section.0 as usize {
            let section = &document.sections[shown];
            let title = section.heading.map_or("", |span| document.text(span));
            lines.push(format!(
                "{}{:?} [{title}]",
                "  ".repeat(usize::from(section.level) - 1),
                section.kind
            ));
            shown += 1;
        }
        if paragraph.kind != super::ParagraphKind::Heading {
            let indent = "  ".repeat(usize::from(section.level));
            lines.push(format!("{indent}{}", document.text(paragraph.span)));
        }
    }
    lines.join("\n")
}
