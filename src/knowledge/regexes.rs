//! What a rule's regular expression may be, and which literals it needs.

use regex_syntax::ast::{self, Ast};
use regex_syntax::hir::{Class, ClassUnicode, Hir, HirKind};
use std::ops::Range;

/// Why a regular expression is refused.
#[derive(Debug)]
pub(super) struct Mistake {
    pub(super) message: String,
    pub(super) help: Option<String>,
    /// Bytes inside the expression.
    pub(super) at: Option<Range<usize>>,
}

/// An expression that may be used.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) hir: Hir,
    pub(super) holds: Holds,
}

/// Checks `source` and tells what its matches hold.
pub(super) fn check(source: &str, max_gap: u32) -> Result<Checked, Mistake> {
    let parsed = ast::parse::Parser::new().parse(source).map_err(|error| Mistake {
        message: format!("regular expression does not parse: {}", error.kind()),
        help: Some(help_for(error.kind())),
        at: Some(range(error.span())),
    })?;
    ast::visit(&parsed, Guard { max_gap })?;
    let hir = regex_syntax::parse(source).map_err(|error| Mistake {
        message: error.to_string(),
        help: None,
        at: None,
    })?;
    let holds = holds(&hir);
    Ok(Checked { hir, holds })
}

fn range(span: &ast::Span) -> Range<usize> {
    span.start.offset..span.end.offset
}

fn help_for(kind: &ast::ErrorKind) -> String {
    match kind {
        ast::ErrorKind::GroupUnclosed | ast::ErrorKind::GroupUnopened => {
            "write a literal bracket as `\\(` or `\\)`".into()
        }
        ast::ErrorKind::UnsupportedLookAround | ast::ErrorKind::UnsupportedBackreference => {
            "matching must stay linear in the text; express it with `near`, `unless` or `none`".into()
        }
        _ => "see the syntax of the Rust crate `regex`".into(),
    }
}

struct Guard {
    max_gap: u32,
}

impl ast::Visitor for Guard {
    type Output = ();
    type Err = Mistake;

    fn finish(self) -> Result<(), Mistake> {
        Ok(())
    }

    fn visit_pre(&mut self, node: &Ast) -> Result<(), Mistake> {
        match node {
            Ast::Assertion(assertion)
                if matches!(
                    assertion.kind,
                    ast::AssertionKind::WordBoundary
                        | ast::AssertionKind::NotWordBoundary
                        | ast::AssertionKind::WordBoundaryStart
                        | ast::AssertionKind::WordBoundaryEnd
                        | ast::AssertionKind::WordBoundaryStartAngle
                        | ast::AssertionKind::WordBoundaryEndAngle
                ) =>
            {
                Err(Mistake {
                    message: "a word boundary matches nothing useful in Chinese text".into(),
                    help: Some(
                        "Chinese is written without spaces, so `\\b` between two characters never holds and the \
                         rule would stay silent; remove it"
                            .into(),
                    ),
                    at: Some(range(&assertion.span)),
                })
            }
            Ast::Repetition(repetition) => {
                let ast::RepetitionKind::Range(bounds) = &repetition.op.kind else { return Ok(()) };
                let most = match *bounds {
                    ast::RepetitionRange::Exactly(n) | ast::RepetitionRange::AtLeast(n) => n,
                    ast::RepetitionRange::Bounded(_, n) => n,
                };
                let is_gap = matches!(
                    *repetition.ast,
                    Ast::Dot(_) | Ast::ClassBracketed(_) | Ast::ClassPerl(_) | Ast::ClassUnicode(_) | Ast::Group(_)
                );
                if is_gap && most > self.max_gap {
                    return Err(Mistake {
                        message: format!("a bounded gap of {most} is over the limit of {}", self.max_gap),
                        help: Some(
                            "write `{ near: [A, B], gap: N }` or `A…B`: the same, and forty times as fast".into(),
                        ),
                        at: Some(range(&repetition.op.span)),
                    });
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

/// What every match of an expression holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Holds {
    /// Of each set one word.
    pub(super) words: Vec<WordSet>,
    pub(super) digit: Option<HeldDigit>,
}

/// A digit that every match holds.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct HeldDigit {
    /// How many bytes of a match may go before it, if that is bounded.
    pub(super) before: Option<usize>,
}

/// Words of which every match holds one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct WordSet {
    /// In lower case.
    pub(super) any: Vec<String>,
    /// How many bytes of a match may go before the word, if that is bounded.
    pub(super) before: Option<usize>,
}

/// More alternatives than this are no filter.
const MOST: usize = 40;

fn holds(hir: &Hir) -> Holds {
    let mut words = Vec::new();
    collect(hir, Some(0), &mut words);
    // The rarest first: long words, then few of them.
    words.sort_by_key(|set: &WordSet| {
        let shortest = set.any.iter().map(|word| word.chars().count()).min().unwrap_or(0);
        (std::cmp::Reverse(shortest), set.any.len())
    });
    words.dedup();
    words.truncate(4);
    Holds { words, digit: digit(hir, Some(0)) }
}

fn longest(hir: &Hir) -> Option<usize> {
    hir.properties().maximum_len()
}

fn sum(before: Option<usize>, more: Option<usize>) -> Option<usize> {
    Some(before? + more?)
}

/// Adds the sets of words of which every match holds one each; `before` bytes at most go before `hir`.
fn collect(hir: &Hir, mut before: Option<usize>, sets: &mut Vec<WordSet>) {
    match hir.kind() {
        HirKind::Concat(parts) => {
            let mut run = String::new();
            let mut start = before;
            for part in parts {
                match single(part) {
                    Some(text) => run.push_str(&text),
                    None => {
                        add(std::mem::take(&mut run), start, sets);
                        collect(part, before, sets);
                        start = sum(before, longest(part));
                    }
                }
                before = sum(before, longest(part));
            }
            add(run, start, sets);
        }
        HirKind::Capture(capture) => collect(&capture.sub, before, sets),
        HirKind::Repetition(repetition) if repetition.min > 0 => collect(&repetition.sub, before, sets),
        HirKind::Alternation(parts) => {
            let mut all = WordSet { any: Vec::new(), before };
            for part in parts {
                let mut own = Vec::new();
                collect(part, before, &mut own);
                let best = own.into_iter().max_by_key(|set| set.any.iter().map(String::len).min());
                let Some(best) = best else { return };
                all.any.extend(best.any);
                all.before = all.before.zip(best.before).map(|(one, other)| one.max(other));
            }
            if all.any.len() <= MOST {
                sets.push(all);
            }
        }
        HirKind::Class(Class::Unicode(class)) => {
            sets.extend(members(class).map(|any| WordSet { any, before }))
        }
        _ => {
            if let Some(text) = single(hir) {
                add(text, before, sets);
            }
        }
    }
}

/// A single Latin letter or digit is found nearly everywhere, an @ is not.
fn add(word: String, before: Option<usize>, sets: &mut Vec<WordSet>) {
    // White space at an end is dropped where the text is searched for words.
    let start = word.trim_start();
    let before = sum(before, Some(word.len() - start.len()));
    let word = start.trim_end().to_owned();
    if word.len() > 1 || word == "@" {
        sets.push(WordSet { any: vec![word], before });
    }
}

/// The one text an expression matches, letter case aside.
fn single(hir: &Hir) -> Option<String> {
    match hir.kind() {
        HirKind::Literal(literal) => std::str::from_utf8(&literal.0).ok().map(str::to_lowercase),
        HirKind::Class(Class::Unicode(class)) => {
            let mut letters = class.iter().flat_map(|range| range.start()..=range.end()).take(4);
            let first = letters.next()?.to_ascii_lowercase();
            // `(?i)s` stands for s, S and a long s that nobody writes.
            letters
                .all(|c| c.to_ascii_lowercase() == first || matches!(c, '\u{17f}' | '\u{212a}'))
                .then(|| first.to_string())
        }
        _ => None,
    }
}

/// The digit that every match of `hir` holds; `before` bytes at most go before `hir`.
fn digit(hir: &Hir, mut before: Option<usize>) -> Option<HeldDigit> {
    match hir.kind() {
        HirKind::Literal(literal) => {
            let at = literal.0.iter().position(u8::is_ascii_digit)?;
            Some(HeldDigit { before: sum(before, Some(at)) })
        }
        HirKind::Class(Class::Unicode(class)) => {
            let digits = !class.ranges().is_empty()
                && class.iter().all(|range| range.start() >= '0' && range.end() <= '9');
            digits.then_some(HeldDigit { before })
        }
        HirKind::Capture(capture) => digit(&capture.sub, before),
        HirKind::Repetition(repetition) if repetition.min > 0 => digit(&repetition.sub, before),
        HirKind::Concat(parts) => parts.iter().find_map(|part| {
            let held = digit(part, before);
            before = sum(before, longest(part));
            held
        }),
        HirKind::Alternation(parts) => {
            let held = parts.iter().map(|part| digit(part, before)).collect::<Option<Vec<_>>>()?;
            let befores = held.into_iter().map(|held| held.before).collect::<Option<Vec<_>>>();
            Some(HeldDigit { before: befores.and_then(|befores| befores.into_iter().max()) })
        }
        _ => None,
    }
}

/// The characters of a small class, unless Latin letters or digits are among them.
fn members(class: &ClassUnicode) -> Option<Vec<String>> {
    const MOST: usize = 16;
    let mut all = Vec::new();
    for range in class.iter() {
        for c in range.start()..=range.end() {
            if c.is_ascii() || all.len() == MOST {
                return None;
            }
            all.push(c.to_string());
        }
    }
    (!all.is_empty()).then_some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn word_boundaries_are_refused_with_the_reason() {
        let mistake = check(r"\b人脸\b", 10).unwrap_err();
        assert!(mistake.help.unwrap().contains("never holds"));
        assert_eq!(mistake.at, Some(0..2));
    }

    #[test]
    fn long_gaps_are_refused() {
        assert!(check("收集.{0,40}位置", 10).unwrap_err().message.contains("bounded gap of 40"));
        assert!(check("收集.{0,8}位置", 10).is_ok());
    }

    #[test]
    fn what_matches_hold_is_told() {
        let words = |source| {
            let sets = check(source, 10).unwrap().holds.words;
            sets.into_iter().map(|set| (set.any.join("|"), set.before)).collect::<Vec<_>>()
        };
        let set = |any: &str, before| (any.to_owned(), before);
        assert_eq!(words("(收集|采集).*位置信息"), [set("位置信息", None), set("收集|采集", Some(0))]);
        assert_eq!(words("(收集|采集)[一-龥]*"), [set("收集|采集", Some(0))]);
        assert_eq!(words("您的?(手机|号码)"), [set("手机|号码", Some(6)), set("您", Some(0))]);
        assert_eq!(words("(?i)Sdk列表"), [set("sdk列表", Some(0))]);
        let digit = |source| check(source, 10).unwrap().holds.digit.map(|held| held.before);
        assert_eq!(digit("[0-9]+(日)?"), Some(Some(0)));
        assert_eq!(digit("[一-龥]{0,2}(第[0-9]|号码1)"), Some(Some(12)));
        assert_eq!(digit("[^。]*[0-9]"), Some(None));
        assert_eq!(digit("第?[0-9]*条"), None);
    }
}
