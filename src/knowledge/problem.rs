//! A mistake in a YAML file that a person wrote: where it stands and how to put it right.

use std::fmt;
use std::ops::Range;

/// A mistake in a configuration or rule file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The path as the user gave it.
    pub file: String,
    /// The bytes of the file to underline; `None` when the file as a whole is wrong.
    pub span: Option<Range<usize>>,
    pub message: String,
    /// What was expected, or the nearest valid name.
    pub help: Option<String>,
}

impl Problem {
    /// A problem of the file as a whole.
    pub fn new(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self { file: file.into(), span: None, message: message.into(), help: None }
    }

    #[must_use]
    pub fn at(mut self, span: impl Into<Option<Range<usize>>>) -> Self {
        self.span = span.into();
        self
    }

    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Suggests the valid name nearest to `word`, or lists the valid names when none is near.
    #[must_use]
    pub fn suggest<'a>(self, word: &str, names: impl IntoIterator<Item = &'a str>) -> Self {
        let names: Vec<&str> = names.into_iter().collect();
        if let Some(name) = nearest(word, names.iter().copied()) {
            return self.help(format!("did you mean `{name}`?"));
        }
        match names.len() {
            0 => self,
            1..=LISTED => {
                let list: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
                self.help(format!(
                    "expected {}{}",
                    if list.len() > 1 { "one of " } else { "" },
                    list.join(", ")
                ))
            }
            _ => self,
        }
    }
}

/// More valid names than this are not listed in a help text.
const LISTED: usize = 30;

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file, self.message)
    }
}

impl std::error::Error for Problem {}

/// The name most like `word`, however little.
pub fn most_like<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    measured(word, names).min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}

/// The name most like `word`, if any is like it at all.
pub fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    measured(word, names)
        .filter(|(distance, name)| *distance <= (name.chars().count() / 3).max(1))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Names with how far each is from `word`.
fn measured<'a>(
    word: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> impl Iterator<Item = (usize, &'a str)> {
    let fold = |text: &str| text.to_lowercase().replace('_', "-");
    let word = fold(word);
    names.into_iter().map(move |name| (strsim::damerau_levenshtein(&word, &fold(name)), name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_suggested() {
        assert_eq!(nearest("severty", ["severity", "scope"]), Some("severity"));
        assert_eq!(nearest("Section_Lead_In", ["section-lead-in"]), Some("section-lead-in"));
        assert_eq!(nearest("banana", ["severity", "scope"]), None);
    }

    #[test]
    fn without_a_near_name_the_valid_ones_are_listed() {
        let problem = Problem::new("a.yaml", "wrong").suggest("banana", ["on", "off"]);
        assert_eq!(problem.help.as_deref(), Some("expected one of `on`, `off`"));
    }
}
