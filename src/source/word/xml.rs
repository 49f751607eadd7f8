//! XML as Word writes it, and nothing else: no document types, no entities, no bottomless nesting.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

use super::WordError;

/// Elements nest no deeper than this. A table in a text box in a table in … takes about ten each.
const DEEPEST: usize = 512;

/// The kinds of namespaces, in either edition of the standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Space {
    /// Paragraphs, runs, text.
    Word,
    /// What a reader may choose from.
    Compatibility,
    Other,
}

/// The namespace of Word in the edition that Word itself writes.
pub(crate) const TRANSITIONAL: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// And in the strict edition.
pub(crate) const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";
const COMPATIBILITY: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";

/// Reads a part node by node.
pub(crate) struct Xml<'a> {
    reader: NsReader<&'a [u8]>,
    part: &'a str,
    depth: usize,
}

/// What comes next.
pub(crate) enum Node<'a> {
    Open(Tag<'a>),
    /// The end of the innermost element.
    Close,
    /// Characters, as they are meant.
    Text(Cow<'a, str>),
}

/// The start of an element.
pub(crate) struct Tag<'a> {
    pub(crate) space: Space,
    pub(crate) strict: bool,
    /// Where the tag stands, in bytes.
    pub(crate) at: Range<usize>,
    start: BytesStart<'a>,
}

impl Tag<'_> {
    /// The name without its prefix.
    pub(crate) fn name(&self) -> &str {
        self.start.local_name().into_inner()
    }

    /// The name with its prefix.
    pub(crate) fn qualified_name(&self) -> &str {
        self.start.name().into_inner()
    }

    /// The prefix with its colon: `w:`.
    pub(crate) fn prefix(&self) -> &str {
        let qualified = self.qualified_name();
        &qualified[..qualified.len() - self.name().len()]
    }

    /// The value of an attribute, whatever its prefix.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.start.attributes();
        let attribute = attributes
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().into_inner() == name)?;
        quick_xml::escape::unescape(&attribute.value).ok().map(Cow::into_owned)
    }

    pub(crate) fn number<N: std::str::FromStr>(&self, name: &str) -> Option<N> {
        self.attribute(name)?.trim().parse().ok()
    }

    /// Whether a property that is on or off is on: it is when nothing is said.
    pub(crate) fn is_on(&self) -> bool {
        self.attribute("val").is_none_or(|value| !matches!(value.as_str(), "0" | "false" | "off" | "none"))
    }
}

impl<'a> Xml<'a> {
    pub(crate) fn new(text: &'a str, part: &'a str) -> Self {
        let mut reader = NsReader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, part, depth: 0 }
    }

    /// Where the next node begins, in bytes.
    pub(crate) fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// The next node; `None` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Node<'a>>, WordError> {
        loop {
            let from = self.position();
            let (space, event) = match self.reader.read_resolved_event() {
                Ok((resolved, event)) => (Space::of(&resolved), event),
                Err(error) => {
                    let at = self.reader.error_position();
                    return Err(WordError::Xml { part: self.part.to_owned(), at, what: error.to_string() });
                }
            };
            match event {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(WordError::TooDeep(self.part.to_owned()));
                    }
                    let (space, strict) = space;
                    return Ok(Some(Node::Open(Tag { space, strict, at: from..self.position(), start })));
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Some(Node::Close));
                }
                Event::Text(text) => return Ok(Some(Node::Text(text.into_inner()))),
                Event::CData(text) => return Ok(Some(Node::Text(text.into_inner()))),
                Event::GeneralRef(reference) => return self.character(&reference.into_inner()).map(Some),
                Event::DocType(_) => return Err(WordError::DocumentType(self.part.to_owned())),
                Event::Eof if self.depth > 0 => return Err(self.broken("it ends before its elements do")),
                Event::Eof => return Ok(None),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }

    fn character(&self, reference: &str) -> Result<Node<'a>, WordError> {
        match quick_xml::escape::unescape(&format!("&{reference};")) {
            Ok(text) => Ok(Node::Text(Cow::Owned(text.into_owned()))),
            Err(_) => Err(self.broken(&format!("unknown entity `&{reference};`"))),
        }
    }

    fn broken(&self, what: &str) -> WordError {
        let at = self.reader.buffer_position();
        WordError::Xml { part: self.part.to_owned(), at, what: what.to_owned() }
    }

    /// Passes over what is left of the element that was opened last.
    pub(crate) fn skip(&mut self) -> Result<(), WordError> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if self.next()?.is_none() {
                break;
            }
        }
        Ok(())
    }

    /// The next child of the element that was opened last (all before it closed again); `None` at its end.
    pub(crate) fn child(&mut self) -> Result<Option<Tag<'a>>, WordError> {
        loop {
            match self.next()? {
                Some(Node::Open(tag)) => return Ok(Some(tag)),
                Some(Node::Close) | None => return Ok(None),
                Some(Node::Text(_)) => {}
            }
        }
    }
}

impl Space {
    /// The kind, and whether it is the strict edition.
    fn of(resolved: &ResolveResult<'_>) -> (Self, bool) {
        let ResolveResult::Bound(namespace) = resolved else { return (Self::Other, false) };
        match namespace.into_inner() {
            TRANSITIONAL => (Self::Word, false),
            STRICT => (Self::Word, true),
            COMPATIBILITY => (Self::Compatibility, false),
            _ => (Self::Other, false),
        }
    }
}
