//! The package of a Word file, and the parts of it that change.

use std::io::{Cursor, Write as _};
use std::time::SystemTime;

use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::comments::{self, Told};
use crate::source::WordError;
use crate::source::word::xml::{Node, Space, Xml};
use crate::source::word::{CONTENT_TYPES, Package, Relations, Word};

const COMMENTS: &str = "comments";
const COMMENTS_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
const RELATIONS_SCHEMA: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// A package being written anew.
pub(super) struct Parts<'w> {
    word: &'w Word,
    package: Package<'w>,
    relations: Relations,
    /// The part with the comments that are there, and its text.
    existing: Option<(String, String)>,
    comments: usize,
    next_id: u64,
}

impl<'w> Parts<'w> {
    pub(super) fn open(word: &'w Word) -> Result<Self, WordError> {
        let mut package = Package::open(&word.bytes)?;
        let relations = package.relations(&word.main)?;
        let mut existing = None;
        let (mut comments, mut next_id) = (0, 0);
        if let Some(part) = relations.of_kind(COMMENTS).map(str::to_owned)
            && let Some(text) = package.text(&part)?
        {
            let mut xml = Xml::new(&text, &part);
            while let Some(node) = xml.next()? {
                if let Node::Open(tag) = node
                    && (tag.space, tag.name()) == (Space::Word, "comment")
                {
                    comments += 1;
                    next_id = next_id.max(tag.number::<u64>("id").map_or(0, |id| id.saturating_add(1)));
                }
            }
            existing = Some((part, text));
        }
        Ok(Self { word, package, relations, existing, comments, next_id })
    }

    pub(super) fn main(&mut self) -> Result<String, WordError> {
        self.package.required(&self.word.main)
    }

    /// How many comments there are.
    pub(super) fn comments(&self) -> usize {
        self.comments
    }

    /// The first number that no comment has.
    pub(super) fn next_id(&self) -> u64 {
        self.next_id
    }

    /// The file with this main part and further comments.
    pub(super) fn write(
        mut self,
        main: String,
        told: &[Told],
        written: SystemTime,
    ) -> Result<Vec<u8>, WordError> {
        if told.is_empty() {
            return Ok(self.word.bytes.clone());
        }
        let mut changed = vec![(self.word.main.clone(), main)];
        match self.existing.take() {
            Some((part, text)) => {
                let text =
                    appended(&text, &part, |prefix| comments::write(told, self.word, prefix, written))?;
                changed.push((part, text));
            }
            None => {
                let part = self.free_name();
                let text = format!(
                    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:comments xmlns:w=\"{}\">{}</w:comments>",
                    self.word.namespace(),
                    comments::write(told, self.word, "w:", written)
                );
                changed.push(self.typed(&part)?);
                changed.push(self.related(&part)?);
                changed.push((part, text));
            }
        }
        self.rewrite(&changed)
    }

    /// A name beside the main part that no part has.
    fn free_name(&self) -> String {
        let folder =
            self.word.main.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let names = std::iter::once(format!("{folder}comments.xml"))
            .chain((1_u32..).map(|number| format!("{folder}comments{number}.xml")));
        let mut free = names.skip_while(|name| self.package.entry_of(name).is_some());
        free.next().unwrap_or_default()
    }

    /// The list of the types of parts, with that of the comments.
    fn typed(&mut self, part: &str) -> Result<(String, String), WordError> {
        let types = self.package.required(CONTENT_TYPES)?;
        let text = appended(&types, CONTENT_TYPES, |prefix| {
            format!("<{prefix}Override PartName=\"/{part}\" ContentType=\"{COMMENTS_TYPE}\"/>")
        })?;
        Ok((CONTENT_TYPES.to_owned(), text))
    }

    /// The references of the main part, with one to the comments.
    fn related(&mut self, part: &str) -> Result<(String, String), WordError> {
        let name = Relations::part_of(&self.word.main);
        let none = format!("<Relationships xmlns=\"{RELATIONS_SCHEMA}\"></Relationships>");
        let text = self.package.text(&name)?.unwrap_or(none);
        let mut ids = (1_u32..).map(|number| format!("rId{number}"));
        let id = ids.find(|id| !self.relations.has_id(id)).unwrap_or_default();
        let types = self.word.relation_types();
        let target = part.rsplit('/').next().unwrap_or(part);
        let text = appended(&text, &name, |prefix| {
            format!("<{prefix}Relationship Id=\"{id}\" Type=\"{types}/comments\" Target=\"{target}\"/>")
        })?;
        Ok((name, text))
    }

    /// Copies the archive, with these parts changed or added.
    fn rewrite(&mut self, changed: &[(String, String)]) -> Result<Vec<u8>, WordError> {
        let failed = |error: zip::result::ZipError| WordError::Damaged(error.to_string());
        let entries: Vec<Option<usize>> =
            changed.iter().map(|(part, _)| self.package.entry_of(part)).collect();
        let archive = self.package.archive();
        let mut out = ZipWriter::new(Cursor::new(Vec::with_capacity(self.word.bytes.len())));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        for entry in 0..archive.len() {
            let file = archive.by_index_raw(entry).map_err(failed)?;
            match entries.iter().position(|changed| *changed == Some(entry)) {
                None => out.raw_copy_file(file).map_err(failed)?,
                Some(number) => {
                    let name = file.name().map_err(failed)?.into_owned();
                    drop(file);
                    out.start_file(name, options).map_err(failed)?;
                    out.write_all(&encoded(&changed[number].1)).map_err(|error| failed(error.into()))?;
                }
            }
        }
        for ((part, text), _) in changed.iter().zip(&entries).filter(|(_, entry)| entry.is_none()) {
            out.start_file(part.as_str(), options).map_err(failed)?;
            out.write_all(text.as_bytes()).map_err(|error| failed(error.into()))?;
        }
        Ok(out.finish().map_err(failed)?.into_inner())
    }
}

/// The part with more at the end of its root element, which is given the prefix (with its colon) of that.
fn appended(text: &str, part: &str, more: impl Fn(&str) -> String) -> Result<String, WordError> {
    let mut xml = Xml::new(text, part);
    let mut root = None;
    let mut end = 0;
    loop {
        let from = xml.position();
        match xml.next()? {
            None => break,
            Some(Node::Open(tag)) if root.is_none() => root = Some(tag),
            Some(Node::Close) => end = from,
            Some(_) => {}
        }
    }
    let Some(root) = root else { return Err(WordError::Missing(format!("element in {part}"))) };
    let more = more(root.prefix());
    let tag = &text[root.at.clone()];
    Ok(match tag.strip_suffix("/>") {
        // An empty element, which is opened for it.
        Some(open) => {
            let name = root.qualified_name();
            let (before, after) = (&text[..root.at.start], &text[root.at.end..]);
            format!("{before}{open}>{more}</{name}>{after}")
        }
        None => format!("{}{more}{}", &text[..end], &text[end..]),
    })
}

/// In the encoding that the part says it is in.
fn encoded(text: &str) -> Vec<u8> {
    let declaration = text.split_once("?>").map_or("", |(declaration, _)| declaration).to_ascii_lowercase();
    if !declaration.contains("utf-16") {
        return text.as_bytes().to_vec();
    }
    let mark = [0xFF, 0xFE];
    mark.into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
}
