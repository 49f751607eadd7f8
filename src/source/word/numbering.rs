//! Lists: which number a paragraph shows.

use std::collections::{HashMap, HashSet};

use super::WordError;
use super::styles::{StyleId, Styles};
use super::xml::{Node, Space, Tag, Xml};

const LEVELS: usize = 9;

/// The number or bullet before a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Number {
    /// A bullet, with its level from 0.
    Bullet(u8),
    Text(Vec<NumberPart>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NumberPart {
    Sign(String),
    Value(u32, NumberFormat),
}

/// How a number is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum NumberFormat {
    #[default]
    Decimal,
    /// With a zero before one digit.
    DecimalZero,
    /// In the numerals of the language.
    Numerals,
    UpperLetter,
    LowerLetter,
    UpperRoman,
    LowerRoman,
    /// A digit in a circle.
    Circled,
    /// A digit in brackets, as one character.
    Parenthesised,
    Bullet,
    None,
}

impl NumberFormat {
    fn read(name: &str) -> Self {
        match name {
            "decimalZero" => Self::DecimalZero,
            "upperLetter" => Self::UpperLetter,
            "lowerLetter" => Self::LowerLetter,
            "upperRoman" => Self::UpperRoman,
            "lowerRoman" => Self::LowerRoman,
            "bullet" => Self::Bullet,
            "none" => Self::None,
            "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" | "ideographEnclosedCircle" => {
                Self::Circled
            }
            "decimalEnclosedParen" => Self::Parenthesised,
            "chineseCounting"
            | "chineseCountingThousand"
            | "chineseLegalSimplified"
            | "ideographDigital"
            | "ideographLegalTraditional"
            | "taiwaneseCounting"
            | "taiwaneseCountingThousand"
            | "taiwaneseDigital"
            | "japaneseCounting"
            | "japaneseLegal"
            | "japaneseDigitalTenThousand" => Self::Numerals,
            _ => Self::Decimal,
        }
    }
}

/// A level of a list.
#[derive(Clone, Debug, Default)]
struct Level {
    start: u32,
    format: NumberFormat,
    /// `%1.%2` stands for the numbers of the levels.
    text: String,
    /// The level whose numbers let this one begin anew; 0: none does.
    restart: Option<u8>,
    /// All numbers in it are decimal.
    legal: bool,
    /// The paragraph style that belongs to this level.
    style: Option<String>,
}

#[derive(Debug, Default)]
struct Abstract {
    levels: [Option<Level>; LEVELS],
    /// It only stands for the list of this style.
    stands_for: Option<String>,
    /// The style it is the list of.
    style: Option<String>,
}

#[derive(Debug, Default)]
struct List {
    of: u32,
    starts: [Option<u32>; LEVELS],
    levels: [Option<Level>; LEVELS],
}

/// The lists of a file.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    abstracts: HashMap<u32, Abstract>,
    lists: HashMap<u32, List>,
}

/// The numbers reached so far.
#[derive(Debug, Default)]
pub(super) struct Counters {
    reached: HashMap<u32, [Option<u32>; LEVELS]>,
    /// Lists and levels that began at a number of their own.
    begun: HashSet<(u32, usize)>,
}

impl Numbering {
    pub(super) fn read(text: &str, part: &str) -> Result<Self, WordError> {
        let mut xml = Xml::new(text, part);
        let mut numbering = Self::default();
        while let Some(node) = xml.next()? {
            let Node::Open(tag) = node else { continue };
            match (tag.space, tag.name()) {
                (Space::Word, "abstractNum") => {
                    let id = tag.number("abstractNumId").unwrap_or_default();
                    let read = read_abstract(&mut xml)?;
                    numbering.abstracts.insert(id, read);
                }
                (Space::Word, "num") => {
                    let id = tag.number("numId").unwrap_or_default();
                    let read = read_list(&mut xml)?;
                    numbering.lists.insert(id, read);
                }
                _ => {}
            }
        }
        Ok(numbering)
    }

    /// The list and the level that a paragraph is in: by itself, else by its style.
    pub(super) fn place(
        &self,
        styles: &Styles,
        style: Option<StyleId>,
        list: Option<u32>,
        level: Option<u8>,
    ) -> Option<(u32, usize)> {
        let by_style = styles.list_of(style);
        let list = list.or(by_style.map(|(list, ..)| list)).filter(|list| *list != 0)?;
        let styled_level = || {
            let (_, level, id) = by_style?;
            let levels = &self.abstracts.get(&self.definition(list, styles)?)?.levels;
            let linked = levels.iter().position(|level| {
                level.as_ref().and_then(|level| level.style.as_deref()).and_then(|name| styles.id(name))
                    == Some(id)
            });
            linked.or(level.map(usize::from))
        };
        let level = level.map(usize::from).or_else(styled_level).unwrap_or(0);
        (level < LEVELS).then_some((list, level))
    }

    /// Counts a paragraph, and tells the number it shows.
    pub(super) fn count(
        &self,
        styles: &Styles,
        counters: &mut Counters,
        (list, level): (u32, usize),
    ) -> Option<Number> {
        let definition = self.definition(list, styles)?;
        let own = self.lists.get(&list)?;
        let levels = &self.abstracts.get(&definition)?.levels;
        let of = |at: usize| own.levels[at].as_ref().or(levels[at].as_ref());
        let start = |at: usize| own.starts[at].or(of(at).map(|level| level.start)).unwrap_or(1);
        let reached = counters.reached.entry(definition).or_default();
        let anew = own.starts[level].is_some() && counters.begun.insert((list, level));
        reached[level] = match reached[level] {
            Some(value) if !anew => Some(value.saturating_add(1)),
            _ => Some(start(level)),
        };
        for (at, number) in reached.iter_mut().enumerate() {
            if at < level {
                number.get_or_insert_with(|| start(at));
            } else if at > level {
                let restart = of(at).and_then(|level| level.restart);
                if restart.is_none_or(|restart| level < usize::from(restart)) {
                    *number = None;
                }
            }
        }
        let shown = of(level)?;
        match shown.format {
            NumberFormat::Bullet => return Some(Number::Bullet(level as u8)),
            NumberFormat::None if !shown.text.contains('%') && shown.text.trim().is_empty() => return None,
            _ => {}
        }
        let value = |at: usize| {
            let format = of(at).map_or(NumberFormat::Decimal, |level| level.format);
            let format =
                if shown.legal && format != NumberFormat::None { NumberFormat::Decimal } else { format };
            NumberPart::Value(reached[at].unwrap_or_default(), format)
        };
        let parts = parts(&shown.text, value);
        (!parts.is_empty()).then_some(Number::Text(parts))
    }

    /// The definition that a list rests on, a style in between or not.
    fn definition(&self, list: u32, styles: &Styles) -> Option<u32> {
        let of = self.lists.get(&list)?.of;
        let definition = self.abstracts.get(&of)?;
        let Some(name) = &definition.stands_for else { return Some(of) };
        let linked =
            || self.abstracts.iter().find(|(_, other)| other.style.as_ref() == Some(name)).map(|(id, _)| *id);
        let by_style = || {
            let list = styles.all.get(styles.id(name)?.0 as usize)?.list?;
            Some(self.lists.get(&list)?.of)
        };
        linked().or_else(by_style).or(Some(of))
    }
}

/// The parts of a number that is written as `text`.
fn parts(text: &str, value: impl Fn(usize) -> NumberPart) -> Vec<NumberPart> {
    let mut parts = Vec::new();
    let mut sign = String::new();
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let level =
            characters.peek().and_then(|next| next.to_digit(10)).filter(|digit| c == '%' && *digit > 0);
        let Some(level) = level else {
            sign.push(c);
            continue;
        };
        characters.next();
        if !sign.is_empty() {
            parts.push(NumberPart::Sign(std::mem::take(&mut sign)));
        }
        parts.push(value(level as usize - 1));
    }
    if !sign.is_empty() {
        parts.push(NumberPart::Sign(sign));
    }
    parts
}

fn read_abstract(xml: &mut Xml<'_>) -> Result<Abstract, WordError> {
    let mut read = Abstract::default();
    while let Some(child) = xml.child()? {
        match child.name() {
            "lvl" => {
                read_level(xml, &child, &mut read.levels)?;
                continue;
            }
            "numStyleLink" => read.stands_for = child.attribute("val"),
            "styleLink" => read.style = child.attribute("val"),
            _ => {}
        }
        xml.skip()?;
    }
    Ok(read)
}

fn read_list(xml: &mut Xml<'_>) -> Result<List, WordError> {
    let mut list = List::default();
    while let Some(child) = xml.child()? {
        match child.name() {
            "abstractNumId" => list.of = child.number("val").unwrap_or_default(),
            "lvlOverride" => {
                let level = child.number::<usize>("ilvl").unwrap_or_default();
                while let Some(inner) = xml.child()? {
                    match inner.name() {
                        "lvl" => {
                            read_level(xml, &inner, &mut list.levels)?;
                            continue;
                        }
                        "startOverride" => {
                            if let Some(start) = list.starts.get_mut(level) {
                                *start = inner.number("val");
                            }
                        }
                        _ => {}
                    }
                    xml.skip()?;
                }
                continue;
            }
            _ => {}
        }
        xml.skip()?;
    }
    Ok(list)
}

fn read_level(
    xml: &mut Xml<'_>,
    tag: &Tag<'_>,
    levels: &mut [Option<Level>; LEVELS],
) -> Result<(), WordError> {
    let at = tag.number::<usize>("ilvl").unwrap_or(LEVELS);
    let mut level = Level { start: 1, ..Level::default() };
    while let Some(child) = xml.child()? {
        match child.name() {
            "start" => level.start = child.number("val").unwrap_or(1),
            "numFmt" => level.format = NumberFormat::read(&child.attribute("val").unwrap_or_default()),
            "lvlText" => level.text = child.attribute("val").unwrap_or_default(),
            "lvlRestart" => level.restart = child.number("val"),
            "isLgl" => level.legal = child.is_on(),
            "pStyle" => level.style = child.attribute("val"),
            _ => {}
        }
        xml.skip()?;
    }
    if let Some(place) = levels.get_mut(at) {
        *place = Some(level);
    }
    Ok(())
}
