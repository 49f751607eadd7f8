//! Properties of runs and paragraphs, as far as they matter to the text.

use super::WordError;
use super::xml::Xml;

/// What of the looks of a run matters: whether it is seen, and whether it stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) bold: Option<bool>,
    pub(super) underline: Option<bool>,
    /// A dot or comma at each character, which is how Chinese texts stress.
    pub(super) dotted: Option<bool>,
    pub(super) hidden: Option<bool>,
}

impl Look {
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            bold: self.bold.or(other.bold),
            underline: self.underline.or(other.underline),
            dotted: self.dotted.or(other.dotted),
            hidden: self.hidden.or(other.hidden),
        }
    }

    pub(super) fn stands_out(self) -> bool {
        [self.bold, self.underline, self.dotted].contains(&Some(true))
    }

    pub(super) fn is_hidden(self) -> bool {
        self.hidden == Some(true)
    }
}

/// What the properties of a run, or of the mark that ends a paragraph, say.
#[derive(Debug, Default)]
pub(super) struct RunProperties {
    pub(super) style: Option<String>,
    pub(super) look: Look,
    /// Deleted, or moved away, under track changes.
    pub(super) gone: bool,
}

/// What the properties of a paragraph say.
#[derive(Debug, Default)]
pub(super) struct ParagraphProperties {
    pub(super) style: Option<String>,
    pub(super) outline: Option<u8>,
    /// The list it is in; 0 is none, whatever its style says.
    pub(super) list: Option<u32>,
    pub(super) level: Option<u8>,
    /// The mark at its end.
    pub(super) mark: RunProperties,
}

/// Reads the properties whose element was opened last. Those of before a change are passed over.
pub(super) fn run_properties(xml: &mut Xml<'_>) -> Result<RunProperties, WordError> {
    let mut properties = RunProperties::default();
    while let Some(child) = xml.child()? {
        let look = &mut properties.look;
        match child.name() {
            "rStyle" => properties.style = child.attribute("val"),
            "b" => look.bold = Some(child.is_on()),
            "u" => look.underline = Some(child.attribute("val").is_some_and(|value| value != "none")),
            "em" => look.dotted = Some(child.is_on()),
            "vanish" => look.hidden = Some(child.is_on()),
            "del" | "moveFrom" => properties.gone = true,
            _ => {}
        }
        xml.skip()?;
    }
    Ok(properties)
}

pub(super) fn paragraph_properties(xml: &mut Xml<'_>) -> Result<ParagraphProperties, WordError> {
    let mut properties = ParagraphProperties::default();
    while let Some(child) = xml.child()? {
        match child.name() {
            "pStyle" => properties.style = child.attribute("val"),
            "outlineLvl" => properties.outline = child.number("val"),
            "numPr" => {
                while let Some(child) = xml.child()? {
                    match child.name() {
                        "ilvl" => properties.level = child.number("val"),
                        "numId" => properties.list = child.number("val"),
                        _ => {}
                    }
                    xml.skip()?;
                }
                continue;
            }
            "rPr" => {
                properties.mark = run_properties(xml)?;
                continue;
            }
            _ => {}
        }
        xml.skip()?;
    }
    Ok(properties)
}
