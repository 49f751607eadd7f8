//! Styles: what they are called, what they are based on, and what of their looks matters.

use std::collections::HashMap;

use super::WordError;
use super::looks::{Look, paragraph_properties, run_properties};
use super::xml::{Node, Space, Xml};

/// Styles are based on one another no further than this.
const LONGEST_CHAIN: usize = 24;

/// Index of a style in [`super::Word::styles`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct StyleId(pub(crate) u32);

/// A paragraph or character style.
#[derive(Clone, Debug, Default)]
pub(crate) struct Style {
    pub(crate) id: String,
    /// Its name, which for styles that come with Word is the English one, in any language of Word.
    pub(crate) name: String,
    based_on: Option<StyleId>,
    /// The level in the outline, from 0; 9 is text.
    pub(crate) outline: Option<u8>,
    pub(super) list: Option<u32>,
    pub(super) level: Option<u8>,
    pub(super) look: Look,
}

/// The styles of a file.
#[derive(Debug, Default)]
pub(super) struct Styles {
    pub(super) all: Vec<Style>,
    ids: HashMap<String, StyleId>,
    defaults: Look,
    paragraph: Option<StyleId>,
}

impl Styles {
    pub(super) fn read(text: &str, part: &str) -> Result<Self, WordError> {
        let mut xml = Xml::new(text, part);
        let mut styles = Self::default();
        let mut bases = Vec::new();
        while let Some(node) = xml.next()? {
            let Node::Open(tag) = node else { continue };
            match (tag.space, tag.name()) {
                (Space::Word, "rPrDefault") => {
                    while let Some(child) = xml.child()? {
                        if child.name() == "rPr" {
                            styles.defaults = run_properties(&mut xml)?.look;
                        } else {
                            xml.skip()?;
                        }
                    }
                }
                (Space::Word, "style") => {
                    let id = StyleId(styles.all.len() as u32);
                    let default =
                        tag.attribute("default").is_some_and(|on| on == "1" || on == "true" || on == "on");
                    if default && tag.attribute("type").is_some_and(|kind| kind == "paragraph") {
                        styles.paragraph = Some(id);
                    }
                    let name = tag.attribute("styleId").unwrap_or_default();
                    styles.ids.entry(name.clone()).or_insert(id);
                    let (style, base) = read_style(&mut xml)?;
                    styles.all.push(Style { id: name, ..style });
                    bases.push(base);
                }
                _ => {}
            }
        }
        for (at, base) in bases.into_iter().enumerate() {
            styles.all[at].based_on = base.and_then(|base| styles.ids.get(&base).copied());
        }
        Ok(styles)
    }

    pub(super) fn id(&self, name: &str) -> Option<StyleId> {
        self.ids.get(name).copied()
    }

    /// The style of paragraphs that name none.
    pub(super) fn of_paragraph(&self, name: Option<&str>) -> Option<StyleId> {
        name.and_then(|name| self.id(name)).or(self.paragraph)
    }

    /// The list, and the level in it, that a paragraph is in by its style, and the style that says so.
    pub(super) fn list_of(&self, style: Option<StyleId>) -> Option<(u32, Option<u8>, StyleId)> {
        chain(&self.all, style)
            .find_map(|(id, style)| style.list.map(|list| (list, style.level, id)))
            .filter(|(list, ..)| *list != 0)
    }

    /// How a run looks in the end. What a paragraph style and a character style both switch on is off.
    pub(super) fn look(&self, paragraph: Option<StyleId>, character: Option<StyleId>, direct: Look) -> Look {
        let by_paragraph = self.along(paragraph);
        let by_character = self.along(character);
        let toggled = |own: Option<bool>, one: Option<bool>, other: Option<bool>, default: Option<bool>| {
            let switched = one.unwrap_or(false) != other.unwrap_or(false);
            own.or(Some(switched || default.unwrap_or(false)))
        };
        let (p, c, d) = (by_paragraph, by_character, self.defaults);
        Look {
            bold: toggled(direct.bold, p.bold, c.bold, d.bold),
            hidden: toggled(direct.hidden, p.hidden, c.hidden, d.hidden),
            underline: direct.underline.or(c.underline).or(p.underline).or(d.underline),
            dotted: direct.dotted.or(c.dotted).or(p.dotted).or(d.dotted),
        }
    }

    fn along(&self, style: Option<StyleId>) -> Look {
        let mut look = Look::default();
        for (_, style) in chain(&self.all, style) {
            look = look.or(style.look);
        }
        look
    }
}

/// A style and those it is based on, from the nearest.
pub(crate) fn chain(all: &[Style], style: Option<StyleId>) -> impl Iterator<Item = (StyleId, &Style)> {
    let step = |id: StyleId| all.get(id.0 as usize).map(|style| (id, style));
    std::iter::successors(style.and_then(step), move |(_, style)| style.based_on.and_then(step))
        .take(LONGEST_CHAIN)
}

/// The style whose element was opened last, and the id of what it is based on.
fn read_style(xml: &mut Xml<'_>) -> Result<(Style, Option<String>), WordError> {
    let mut style = Style::default();
    let mut base = None;
    while let Some(child) = xml.child()? {
        match child.name() {
            "name" => style.name = child.attribute("val").unwrap_or_default(),
            "basedOn" => base = child.attribute("val"),
            "pPr" => {
                let properties = paragraph_properties(xml)?;
                style.outline = properties.outline;
                style.list = properties.list;
                style.level = properties.level;
                continue;
            }
            "rPr" => {
                style.look = run_properties(xml)?.look;
                continue;
            }
            _ => {}
        }
        xml.skip()?;
    }
    Ok((style, base))
}
