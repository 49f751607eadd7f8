//! Sentences that show what a rule speaks about.

use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt;

/// Sentences the rule must speak about, and such that it must not.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Examples {
    pub bad: Vec<Example>,
    pub good: Vec<Example>,
}

/// A text in any input format, or a mapping with what the finding must underline.
#[derive(Clone, Debug, Default)]
pub struct Example {
    pub text: String,
    /// The words that the finding must point at.
    pub at: Option<String>,
    /// Facts about the app, as the config would state them.
    pub facts: BTreeMap<String, bool>,
    /// The type of the app, as the config would state it.
    pub app_type: Option<String>,
}

impl<'de> Deserialize<'de> for Example {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Long {
            text: String,
            #[serde(default)]
            at: Option<String>,
            #[serde(default)]
            facts: BTreeMap<String, bool>,
            #[serde(default)]
            app_type: Option<String>,
        }
        struct ExampleVisitor;
        impl<'de> Visitor<'de> for ExampleVisitor {
            type Value = Example;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or a mapping with text, at, facts, app_type")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Example, E> {
                Ok(Example { text: text.to_owned(), ..Example::default() })
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Example, A::Error> {
                let Long { text, at, facts, app_type } =
                    Long::deserialize(de::value::MapAccessDeserializer::new(map))?;
                Ok(Example { text, at, facts, app_type })
            }
        }
        deserializer.deserialize_any(ExampleVisitor)
    }
}
