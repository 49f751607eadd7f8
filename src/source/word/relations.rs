//! What a part of a package refers to: other parts, web pages.

use super::WordError;
use super::xml::{Node, Xml};

/// What the types of references begin with, in the edition of the standard that Word itself writes.
pub(crate) const TRANSITIONAL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// And in the strict edition.
pub(crate) const STRICT: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships";

/// The references of one part.
#[derive(Debug, Default)]
pub(crate) struct Relations {
    all: Vec<Relation>,
}

#[derive(Debug)]
pub(crate) struct Relation {
    pub(crate) id: String,
    /// The last word of its type, which is the same in both editions of the standard: `styles`.
    pub(crate) kind: String,
    /// The name of the part, or the address.
    pub(crate) target: String,
}

impl Relations {
    /// The name of the part that holds the references of `part`; the empty part is the package.
    pub(crate) fn part_of(part: &str) -> String {
        let (folder, name) = part.rsplit_once('/').map_or(("", part), |(folder, name)| (folder, name));
        if folder.is_empty() { format!("_rels/{name}.rels") } else { format!("{folder}/_rels/{name}.rels") }
    }

    /// Reads the references of `owner` from their part.
    pub(crate) fn read(text: &str, part: &str, owner: &str) -> Result<Self, WordError> {
        let mut xml = Xml::new(text, part);
        let mut all = Vec::new();
        while let Some(node) = xml.next()? {
            let Node::Open(tag) = node else { continue };
            if tag.name() != "Relationship" {
                continue;
            }
            let (Some(id), Some(kind), Some(target)) =
                (tag.attribute("Id"), tag.attribute("Type"), tag.attribute("Target"))
            else {
                continue;
            };
            let external = tag.attribute("TargetMode").is_some_and(|mode| mode == "External");
            let target = if external { target } else { resolve(owner, &target) };
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            all.push(Relation { id, kind, target });
        }
        Ok(Self { all })
    }

    /// The target of the first reference of a kind.
    pub(crate) fn of_kind(&self, kind: &str) -> Option<&str> {
        self.all.iter().find(|relation| relation.kind == kind).map(|relation| relation.target.as_str())
    }

    pub(crate) fn target(&self, id: &str) -> Option<&str> {
        self.all.iter().find(|relation| relation.id == id).map(|relation| relation.target.as_str())
    }

    pub(crate) fn has_id(&self, id: &str) -> bool {
        self.all.iter().any(|relation| relation.id == id)
    }
}

/// The name of the part that `target` means when `owner` refers to it. It never leaves the package.
fn resolve(owner: &str, target: &str) -> String {
    let folder = owner.rsplit_once('/').map_or("", |(folder, _)| folder);
    let start = if target.starts_with('/') { "" } else { folder };
    let mut parts: Vec<&str> = Vec::new();
    for step in start.split('/').chain(target.split(['/', '\\'])) {
        match step {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            step => parts.push(step),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_parts_of_the_package() {
        for (target, part) in [
            ("styles.xml", "word/styles.xml"),
            ("/word/styles.xml", "word/styles.xml"),
            ("../customXml/item1.xml", "customXml/item1.xml"),
            ("../../../../etc/passwd", "etc/passwd"),
            ("./a\\b.xml", "word/a/b.xml"),
        ] {
            assert_eq!(resolve("word/document.xml", target), part);
        }
        assert_eq!(resolve("", "word/document.xml"), "word/document.xml");
        assert_eq!(Relations::part_of(""), "_rels/.rels");
        assert_eq!(Relations::part_of("word/document.xml"), "word/_rels/document.xml.rels");
    }
}
