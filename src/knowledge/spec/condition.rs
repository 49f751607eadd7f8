//! What rules ask of the thing they judge.

use super::super::kinds::{ActionKind, ActorKind, Distance};
use super::pattern::Pattern;
use super::rule::Level;
use super::tables::Holds;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// A test of the thing judged. All the keys given must hold.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Condition {
    pub any: Vec<Condition>,
    pub all: Vec<Condition>,
    pub none: Vec<Condition>,
    /// The practice's action is of one of these kinds.
    pub action: Vec<ActionKind>,
    pub actor: Vec<ActorKind>,
    pub negated: Option<bool>,
    /// Some data item of the practice (or the item judged) is such.
    pub data: Option<Data>,
    pub purpose: Option<Part>,
    pub condition: Option<Part>,
    pub recipient: Option<Part>,
    pub consent: Option<Part>,
    pub refusal: Option<Part>,
    pub retention: Option<Part>,
    /// For `judge: entry`: which columns of the row (or record) have an entry.
    pub columns: Option<Columns>,
    /// Words within the text judged, or within the scope named by `in`.
    pub text: Option<Words>,
    /// The section it stands in, or one around it, has a heading that matches.
    pub heading: Vec<Pattern>,
    /// The section (or one it lies in) is about one of these topics.
    pub section: Vec<String>,
    pub not_section: Vec<String>,
    /// The document has a section about one of these topics.
    pub has_section: Vec<String>,
    /// The document has a table of at least two rows, or has none.
    pub has_table: Option<bool>,
    /// The document is terms (it has the title of such) and no policy stands in it under a title of its own.
    pub terms: Option<bool>,
    /// Some practice of the document is such.
    pub practice: Option<Box<Condition>>,
    pub facts: BTreeMap<String, bool>,
    /// The app is of a type that the law lists, and what is known of that.
    pub app_type: Option<AppTypeTest>,
    /// The text judged has at least / at most so many characters, white space left out.
    pub min_chars: Option<u32>,
    pub max_chars: Option<u32>,
}

/// A test of data items.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Data {
    /// Globs over categories: `biometric.*`.
    pub category: Vec<String>,
    pub not_category: Vec<String>,
    /// By any list, or declared by the policy itself.
    pub sensitive: Option<bool>,
    /// By one of these lists.
    pub sensitive_by: Vec<String>,
    pub generic: Option<bool>,
    pub reference: Option<bool>,
    /// The item is (or is not) beyond what the law calls necessary for the type of the app. Where the type is not
    /// known, or the item is of no category, neither holds.
    pub beyond_necessary: Option<bool>,
    /// The words of the item match.
    pub words: Vec<Pattern>,
    /// At least so many items that pass the other tests.
    pub min: Option<u32>,
}

/// A test of what a row of a table, or a record of labelled lines, says.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Columns {
    /// Each of these has an entry; of a list in the list one is enough: `[data, [link, contact]]`.
    pub all: Vec<OneOf>,
    /// One of these has an entry.
    pub any: Vec<Holds>,
    /// None of these has an entry.
    pub none: Vec<Holds>,
    /// The table has a column of each of these, filled or not.
    pub headers: Vec<Holds>,
}

/// A column, or several of which one is enough.
#[derive(Clone, Debug)]
pub struct OneOf(pub Vec<Holds>);

impl<'de> Deserialize<'de> for OneOf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOfVisitor;
        impl<'de> Visitor<'de> for OneOfVisitor {
            type Value = OneOf;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a column or a list of columns")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<OneOf, E> {
                Holds::deserialize(de::value::StrDeserializer::new(text)).map(|holds| OneOf(vec![holds]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<OneOf, A::Error> {
                Vec::deserialize(de::value::SeqAccessDeserializer::new(seq)).map(OneOf)
            }
        }
        deserializer.deserialize_any(OneOfVisitor)
    }
}

/// A test of what is known about the type of the app.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AppTypeTest {
    /// One of these.
    pub is: Vec<String>,
    /// Stated in the config (`false`), or guessed from the text (`true`).
    pub guessed: Option<bool>,
    /// The list of its necessary data was compared with the text of the law.
    pub confirmed: Option<bool>,
}

/// A component of a practice: `purpose: true`, or a mapping.
#[derive(Debug, Default)]
pub struct Part {
    /// Whether there has to be one (default) or none.
    pub present: bool,
    /// Counts when linked at most so far away.
    pub within: Option<Distance>,
    /// Found farther away: the finding is made with this level instead of the rule's.
    pub beyond: BTreeMap<Distance, Level>,
    /// Some part matches one of these patterns.
    pub any: Vec<Pattern>,
    /// There are parts and each matches one of these patterns.
    pub all: Vec<Pattern>,
    /// No part matches any.
    pub none: Vec<Pattern>,
}

impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Long {
            #[serde(default = "yes")]
            present: bool,
            #[serde(default)]
            within: Option<Distance>,
            #[serde(default)]
            beyond: BTreeMap<Distance, Level>,
            #[serde(default)]
            any: Vec<Pattern>,
            #[serde(default)]
            all: Vec<Pattern>,
            #[serde(default)]
            none: Vec<Pattern>,
        }
        fn yes() -> bool {
            true
        }
        struct PartVisitor;
        impl<'de> Visitor<'de> for PartVisitor {
            type Value = Part;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("true, false or a mapping with present, within, beyond, any, all, none")
            }
            fn visit_bool<E: de::Error>(self, present: bool) -> Result<Part, E> {
                Ok(Part { present, ..Part::default() })
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Part, A::Error> {
                let Long { present, within, beyond, any, all, none } =
                    Long::deserialize(de::value::MapAccessDeserializer::new(map))?;
                Ok(Part { present, within, beyond, any, all, none })
            }
        }
        deserializer.deserialize_any(PartVisitor)
    }
}

/// A test of words: a list of patterns of which one must match, or a mapping.
#[derive(Debug, Default)]
pub struct Words {
    pub any: Vec<Pattern>,
    pub all: Vec<Pattern>,
    pub none: Vec<Pattern>,
    /// Where to look; default: the thing judged.
    pub within: Option<Extent>,
    /// Matches in the reach of a negation (不会…) don't count.
    pub affirmed: bool,
}

/// How far around the thing judged words are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Extent {
    Clause,
    Sentence,
    Paragraph,
    /// The sentence, the two before it and the two behind it, whatever their paragraphs, inside the innermost chapter.
    Nearby,
    /// The numbered item or, outside of one, the section.
    Item,
    /// The innermost chapter.
    Section,
    Document,
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Long {
            #[serde(default)]
            any: Vec<Pattern>,
            #[serde(default)]
            all: Vec<Pattern>,
            #[serde(default)]
            none: Vec<Pattern>,
            #[serde(default, rename = "in")]
            within: Option<Extent>,
            #[serde(default)]
            affirmed: bool,
        }
        struct WordsVisitor;
        impl<'de> Visitor<'de> for WordsVisitor {
            type Value = Words;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of patterns or a mapping with any, all, none, in, affirmed")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Words, A::Error> {
                let any = Vec::deserialize(de::value::SeqAccessDeserializer::new(seq))?;
                Ok(Words { any, ..Words::default() })
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Words, A::Error> {
                let Long { any, all, none, within, affirmed } =
                    Long::deserialize(de::value::MapAccessDeserializer::new(map))?;
                Ok(Words { any, all, none, within, affirmed })
            }
        }
        deserializer.deserialize_any(WordsVisitor)
    }
}
