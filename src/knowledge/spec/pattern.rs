//! Patterns of words.

use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// A pattern.
///
/// - `停止使用`: these words. Spelling variants and spaces next to Latin letters make no difference.
/// - `继续使用…视为`: these words in this order inside one sentence, at most 40 characters apart.
/// - `re:…`: a regular expression; it needs no `\b`, which means nothing between Chinese characters.
/// - `@name`: one of a named set of phrases.
/// - `[A, B]`: any of these patterns.
/// - `{ near: [A, B], gap: 20, ordered: true }`: all of these patterns inside one sentence.
/// - `{ amount: { unit: working-day, over: 15 } }`: a number with this unit, of a range the larger end.
#[derive(Clone, Debug)]
pub enum Pattern {
    Amount(AmountPattern),
    Text(String),
    Any(Vec<Pattern>),
    Near { near: Vec<Pattern>, gap: u32, ordered: bool },
}

/// A number with a unit.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AmountPattern {
    /// One of these units.
    pub unit: Names,
    /// The number is greater.
    #[serde(default)]
    pub over: Option<u32>,
    /// The number is no greater.
    #[serde(default)]
    pub at_most: Option<u32>,
}

/// A name, or a list of names.
#[derive(Clone, Debug)]
pub struct Names(pub Vec<String>);

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NamesVisitor;
        impl<'de> Visitor<'de> for NamesVisitor {
            type Value = Names;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name or a list of names")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Names, E> {
                Ok(Names(vec![text.to_owned()]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Names, A::Error> {
                Vec::deserialize(de::value::SeqAccessDeserializer::new(seq)).map(Names)
            }
        }
        deserializer.deserialize_any(NamesVisitor)
    }
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Long {
            #[serde(default)]
            near: Option<Vec<Pattern>>,
            #[serde(default)]
            gap: Option<u32>,
            #[serde(default)]
            ordered: Option<bool>,
            #[serde(default)]
            amount: Option<AmountPattern>,
        }
        struct PatternVisitor;
        impl<'de> Visitor<'de> for PatternVisitor {
            type Value = Pattern;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "a phrase, `re:…`, `@name`, a list of these, or a mapping with near, gap, ordered, or with amount",
                )
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Pattern, E> {
                Ok(Pattern::Text(text.to_owned()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Pattern, A::Error> {
                Vec::deserialize(de::value::SeqAccessDeserializer::new(seq)).map(Pattern::Any)
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Pattern, A::Error> {
                let Long { near, gap, ordered, amount } =
                    Long::deserialize(de::value::MapAccessDeserializer::new(map))?;
                match (near, amount) {
                    (Some(near), None) => {
                        Ok(Pattern::Near { near, gap: gap.unwrap_or(40), ordered: ordered.unwrap_or(false) })
                    }
                    (None, Some(amount)) if gap.is_none() && ordered.is_none() => Ok(Pattern::Amount(amount)),
                    (None, None) => Err(de::Error::missing_field("near")),
                    _ => Err(de::Error::custom(
                        "`amount` stands alone; put the mapping into a list under `near`",
                    )),
                }
            }
        }
        deserializer.deserialize_any(PatternVisitor)
    }
}
