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

/// Checks `source` and tells the literals of which every match holds one (none when unknown).
pub(super) fn check(source: &str, max_gap: u32) -> Result<Vec<String>, Mistake> {
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
    super::pattern::build_plain(source).map_err(|error| Mistake {
        message: format!("regular expression is too large: {error}"),
        help: Some("use fewer counted repetitions, or `near`".into()),
        at: None,
    })?;
    Ok(needed(&hir).unwrap_or_default())
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

/// Literals of which every match of `hir` holds one, if such can be told.
fn needed(hir: &Hir) -> Option<Vec<String>> {
    /// More alternatives are no filter.
    const MOST: usize = 40;
    match hir.kind() {
        HirKind::Literal(literal) => {
            let text = std::str::from_utf8(&literal.0).ok()?;
            // A single Latin letter or digit is found nearly everywhere.
            (text.len() > 1).then(|| vec![text.to_owned()])
        }
        HirKind::Class(Class::Unicode(class)) => members(class),
        HirKind::Capture(capture) => needed(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => needed(&repetition.sub),
        HirKind::Concat(parts) => parts.iter().filter_map(needed).min_by_key(|words| {
            // Words filter better than characters, few better than many.
            let shortest = words.iter().map(|word| word.chars().count()).min().unwrap_or(0);
            (std::cmp::Reverse(shortest.min(2)), words.len())
        }),
        HirKind::Alternation(parts) => {
            let mut all = Vec::new();
            for part in parts {
                all.extend(needed(part)?);
            }
            (all.len() <= MOST).then_some(all)
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
    Some(all)
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
    fn huge_repetitions_are_refused() {
        assert!(check("(?:(?:a{10}){10}b{9}){10}(?:[一-龥]{10}){10}", 10).is_ok());
        assert!(check("(?:x{1000}y){1000}", 10).is_err());
    }

    #[test]
    fn needed_literals_are_told() {
        assert_eq!(check("(收集|采集).*位置信息", 10).unwrap(), ["位置信息"]);
        assert_eq!(check("(收集|采集)[一-龥]*", 10).unwrap(), ["收集", "采集"]);
        assert!(check("[0-9]+", 10).unwrap().is_empty());
    }
}
