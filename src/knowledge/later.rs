//! What most runs never ask for, such as examples: stored as bytes among the rest, decoded when first asked for.

use serde::de::{DeserializeOwned, Visitor};
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::OnceLock;

/// A value that is decoded when first asked for.
#[derive(Clone, Debug)]
pub struct Later<T> {
    stored: Box<[u8]>,
    value: OnceLock<T>,
}

impl<T: DeserializeOwned + Default> Later<T> {
    pub fn change(&mut self, change: impl FnOnce(&mut T)) {
        let mut value = self.value.take().unwrap_or_else(|| self.decoded());
        change(&mut value);
        *self = value.into();
    }

    fn decoded(&self) -> T {
        // Only a broken build stores what cannot be decoded.
        postcard::from_bytes(&self.stored).unwrap_or_default()
    }
}

impl<T> From<T> for Later<T> {
    fn from(value: T) -> Self {
        Self { stored: Box::default(), value: value.into() }
    }
}

impl<T: Default> Default for Later<T> {
    fn default() -> Self {
        T::default().into()
    }
}

impl<T: DeserializeOwned + Default> Deref for Later<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.value.get_or_init(|| self.decoded())
    }
}

impl<T: Serialize + DeserializeOwned + Default> Serialize for Later<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&postcard::to_stdvec(&**self).map_err(S::Error::custom)?)
    }
}

impl<'de, T> Deserialize<'de> for Later<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_bytes(Stored(PhantomData))
    }
}

struct Stored<T>(PhantomData<T>);

impl<T> Visitor<'_> for Stored<T> {
    type Value = Later<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("bytes")
    }

    fn visit_bytes<E: serde::de::Error>(self, stored: &[u8]) -> Result<Later<T>, E> {
        Ok(Later { stored: stored.into(), value: OnceLock::new() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_is_there_when_asked_for() {
        let written = Later::from(vec!["我们".to_owned(), String::new()]);
        let bytes = postcard::to_stdvec(&(1u8, &written, 2u8)).unwrap();
        let read: (u8, Later<Vec<String>>, u8) = postcard::from_bytes(&bytes).unwrap();
        assert!(read.1.value.get().is_none());
        assert_eq!((read.0, read.2, &*read.1), (1, 2, &*written));
        assert_eq!(postcard::to_stdvec(&read).unwrap(), bytes);
    }
}
