//! Examples of words and patterns: sentences in which marks hold what has to be found.

use super::kinds::{ActionKind, ActorKind};
use super::lexicon::CategoryId;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A sentence with marks, taken apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// As it stands in the rule file.
    pub written: String,
    /// Without its marks.
    pub text: String,
    /// The bytes of `text` that have to be found; without any, nothing may be found.
    pub expected: Vec<Range<usize>>,
}

/// An example of an entry of the lexicon.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WordExample {
    pub subject: Subject,
    /// Which of the examples of its entry, from 0.
    pub index: usize,
    /// The file it stands in.
    pub source: String,
    pub example: Example,
}

/// What the words of an entry are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Subject {
    Category(CategoryId),
    Action(ActionKind),
    Actor(ActorKind),
}

/// The marks of the annotated format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Actor,
    Action,
    Data,
    Part,
}

impl Mark {
    const ALL: [Self; 4] = [Self::Actor, Self::Action, Self::Data, Self::Part];

    fn brackets(self) -> (char, char) {
        match self {
            Self::Actor => ('(', ')'),
            Self::Action => ('[', ']'),
            Self::Data => ('<', '>'),
            Self::Part => ('{', '}'),
        }
    }
}

/// What is wrong with the marks of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    pub message: String,
    /// Where, in the example as written.
    pub at: Range<usize>,
}

impl Example {
    /// Takes an example apart. What marks of the kind `own` hold has to be found; the others only tell
    /// the reader what is what.
    ///
    /// # Errors
    /// The first slip.
    pub fn read(written: &str, own: Mark) -> Result<Self, Slip> {
        let slip = |message: String, at: usize, c: char| Slip { message, at: at..at + c.len_utf8() };
        let mut text = String::new();
        let mut expected = Vec::new();
        // The mark that is open: where it opens, as written and in the text.
        let mut open: Option<(Mark, usize, usize)> = None;
        for (at, c) in written.char_indices() {
            if let Some(mark) = Mark::ALL.into_iter().find(|mark| mark.brackets().0 == c) {
                if open.is_some() {
                    return Err(slip(format!("`{c}` opens a mark inside another one"), at, c));
                }
                open = Some((mark, at, text.len()));
            } else if let Some(mark) = Mark::ALL.into_iter().find(|mark| mark.brackets().1 == c) {
                let (start, opening) = match open.take() {
                    Some((opened, opening, start)) if opened == mark => (start, opening),
                    _ => return Err(slip(format!("`{c}` closes no mark"), at, c)),
                };
                if start == text.len() {
                    return Err(Slip { message: "empty mark".into(), at: opening..at + c.len_utf8() });
                }
                if mark == own {
                    expected.push(start..text.len());
                }
            } else {
                text.push(c);
            }
        }
        match open {
            Some((mark, at, _)) => {
                let (c, _) = mark.brackets();
                Err(slip(format!("`{c}` opens a mark that is never closed"), at, c))
            }
            None if text.trim().is_empty() => {
                Err(Slip { message: "empty example".into(), at: 0..written.len() })
            }
            None => Ok(Self { written: written.to_owned(), text, expected }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_the_own_kind_are_expected_and_all_are_taken_out() {
        let example = Example::read("(我们)会[收集]您的<学号>、<工号>。", Mark::Data).unwrap();
        assert_eq!(example.text, "我们会收集您的学号、工号。");
        let words: Vec<&str> = example.expected.iter().map(|at| &example.text[at.clone()]).collect();
        assert_eq!(words, ["学号", "工号"]);
    }

    #[test]
    fn slips_are_told_where_they_are() {
        let slip = |written: &str| {
            let slip = Example::read(written, Mark::Data).unwrap_err();
            (slip.message, written[slip.at].to_owned())
        };
        assert_eq!(slip("收集<学号"), ("`<` opens a mark that is never closed".to_owned(), "<".to_owned()));
        assert_eq!(slip("收集学号>"), ("`>` closes no mark".to_owned(), ">".to_owned()));
        assert_eq!(slip("收集<学号]"), ("`]` closes no mark".to_owned(), "]".to_owned()));
        assert_eq!(slip("{为了<学号>}"), ("`<` opens a mark inside another one".to_owned(), "<".to_owned()));
        assert_eq!(slip("收集<>"), ("empty mark".to_owned(), "<>".to_owned()));
        assert_eq!(slip(" ").0, "empty example");
    }
}
