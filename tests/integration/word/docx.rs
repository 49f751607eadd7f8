//! A small writer of Word files, so that tests show the XML they are about and nothing else.

use std::io::{Cursor, Write as _};

use zip::write::{SimpleFileOptions, ZipWriter};

const TRANSITIONAL: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A Word file being put together.
pub(crate) struct Docx {
    body: String,
    /// Further parts of the folder `word`: name without ending, content.
    parts: Vec<(String, String)>,
    relations: String,
    namespace: &'static str,
    relation_types: &'static str,
}

impl Docx {
    /// A file of these paragraphs and tables.
    pub(crate) fn new(body: &[String]) -> Self {
        Self {
            body: body.concat(),
            parts: Vec::new(),
            relations: String::new(),
            namespace: TRANSITIONAL,
            relation_types: RELATIONSHIPS,
        }
    }

    /// In the strict edition of the standard.
    pub(crate) fn strict(mut self) -> Self {
        self.namespace = "http://purl.oclc.org/ooxml/wordprocessingml/main";
        self.relation_types = "http://purl.oclc.org/ooxml/officeDocument/relationships";
        self
    }

    /// Adds `word/NAME.xml` with `content` in its root element, and refers to it.
    pub(crate) fn part(mut self, name: &str, root: &str, content: &str) -> Self {
        let xml = format!("<w:{root} xmlns:w=\"{}\">{content}</w:{root}>", self.namespace);
        self.parts.push((name.to_owned(), xml));
        self
    }

    pub(crate) fn styles(self, content: &str) -> Self {
        self.part("styles", "styles", content)
    }

    pub(crate) fn numbering(self, content: &str) -> Self {
        self.part("numbering", "numbering", content)
    }

    /// Adds a web page that the text may link to.
    pub(crate) fn link(mut self, id: &str, target: &str) -> Self {
        self.relations += &format!(
            "<Relationship Id=\"{id}\" Type=\"{}/hyperlink\" Target=\"{target}\" TargetMode=\"External\"/>",
            self.relation_types
        );
        self
    }

    /// The main part.
    pub(crate) fn document(&self) -> String {
        let Self { body, namespace, relation_types, .. } = self;
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
             <w:document xmlns:w=\"{namespace}\" xmlns:r=\"{relation_types}\" \
             xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
             xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" \
             xmlns:v=\"urn:schemas-microsoft-com:vml\"><w:body>{body}<w:sectPr/></w:body></w:document>"
        )
    }

    /// All parts by name.
    pub(crate) fn package(&self) -> Vec<(String, Vec<u8>)> {
        let Self { relation_types, relations, .. } = self;
        let mut types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
             <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/>"
            .to_owned();
        let office = "application/vnd.openxmlformats-officedocument.wordprocessingml";
        types += &format!(
            "<Override PartName=\"/word/document.xml\" ContentType=\"{office}.document.main+xml\"/>"
        );
        let schema = "http://schemas.openxmlformats.org/package/2006/relationships";
        let mut own = format!("<Relationships xmlns=\"{schema}\">{relations}");
        for (number, (name, _)) in self.parts.iter().enumerate() {
            types +=
                &format!("<Override PartName=\"/word/{name}.xml\" ContentType=\"{office}.{name}+xml\"/>");
            own += &format!(
                "<Relationship Id=\"rId{}\" Type=\"{relation_types}/{name}\" Target=\"{name}.xml\"/>",
                number + 1
            );
        }
        let root = format!(
            "<Relationships xmlns=\"{schema}\"><Relationship Id=\"rId1\" \
             Type=\"{relation_types}/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
        );
        let mut package = vec![
            ("[Content_Types].xml".to_owned(), types + "</Types>"),
            ("_rels/.rels".to_owned(), root),
            ("word/document.xml".to_owned(), self.document()),
            ("word/_rels/document.xml.rels".to_owned(), own + "</Relationships>"),
        ];
        package.extend(self.parts.iter().map(|(name, xml)| (format!("word/{name}.xml"), xml.clone())));
        package.into_iter().map(|(name, xml)| (name, xml.into_bytes())).collect()
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        zipped(&self.package())
    }
}

/// An archive of files.
pub(crate) fn zipped(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(name.as_str(), SimpleFileOptions::default()).expect("a name");
        archive.write_all(bytes).expect("memory takes all");
    }
    archive.finish().expect("memory takes all").into_inner()
}

/// A paragraph of one run.
pub(crate) fn p(text: &str) -> String {
    paragraph("", &r(text))
}

/// A paragraph with properties, and what stands in it.
pub(crate) fn paragraph(properties: &str, content: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>")
}

/// A paragraph of a style.
pub(crate) fn styled(style: &str, text: &str) -> String {
    paragraph(&format!("<w:pStyle w:val=\"{style}\"/>"), &r(text))
}

/// A paragraph of a list.
pub(crate) fn listed(list: u32, level: u32, text: &str) -> String {
    let properties = format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>");
    paragraph(&properties, &r(text))
}

/// A run.
pub(crate) fn r(text: &str) -> String {
    looking("", text)
}

/// A run with properties.
pub(crate) fn looking(properties: &str, text: &str) -> String {
    format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

/// A table of rows of cells, each with properties and text: `<w:vMerge/>|手机号`.
pub(crate) fn table(rows: &[&[&str]]) -> String {
    let cell = |text: &&str| {
        let (properties, text) = text.split_once('|').unwrap_or(("", text));
        format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text))
    };
    let row = |cells: &&[&str]| format!("<w:tr>{}</w:tr>", cells.iter().map(cell).collect::<String>());
    format!("<w:tbl>{}</w:tbl>", rows.iter().map(row).collect::<String>())
}

/// A list whose levels are written so: format and text of each.
pub(crate) fn list(id: u32, levels: &[(&str, &str)]) -> String {
    let level = |(at, (format, text)): (usize, &(&str, &str))| {
        format!(
            "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>\
             <w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    let levels: String = levels.iter().enumerate().map(level).collect();
    format!(
        "<w:abstractNum w:abstractNumId=\"{id}\">{levels}</w:abstractNum>\
         <w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{id}\"/></w:num>"
    )
}
