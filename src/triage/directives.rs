//! Waivers that stand in the text: comments that begin with `policy-lint-`.

use super::waiver::{Grounds, Origin, Reach, Waiver};
use crate::document::{Comment, Document};
use crate::findings::Analysis;
use crate::knowledge::date::Date;
use crate::span::{FileSpan, Span};

/// What the comments of a policy waive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Directives {
    /// In reading order, one for each rule named.
    pub waivers: Vec<Waiver>,
    /// Comments that were meant to be such and are none, by file.
    pub slips: Vec<(usize, FileSpan)>,
}

const PREFIX: &str = "policy-lint-";
const IGNORE: &str = "ignore";
const DISABLE: &str = "disable";
const ENABLE: &str = "enable";
/// Goes before the last day on which a waiver holds.
const EXPIRES: &str = "expires";

/// A comment, read.
#[derive(Debug, PartialEq, Eq)]
struct Directive<'t> {
    verb: &'t str,
    /// Names of rules and where they stand in the comment.
    names: Vec<(&'t str, usize)>,
    reason: Option<&'t str>,
    expires: Option<Date>,
}

impl Directives {
    /// Reads the comments of all files.
    pub fn of(files: &[Analysis]) -> Self {
        let mut all = Self::default();
        for (number, Analysis { source, document, .. }) in files.iter().enumerate() {
            all.read(number, &source.text, document);
        }
        all
    }

    fn read(&mut self, file: usize, text: &str, document: &Document) {
        let end = document.prose.text().len() as u32;
        // Numbers of the waivers that hold from where they stand on.
        let mut open: Vec<usize> = Vec::new();
        for comment in &document.comments {
            let directive = match Directive::read(&text[comment.text.range()]) {
                None => continue,
                Some(Err(Slip)) => {
                    self.slips.push((file, comment.at));
                    continue;
                }
                Some(Ok(directive)) => directive,
            };
            if directive.verb == ENABLE {
                let ends = |waiver: &Waiver| {
                    directive.names.is_empty() || directive.names.iter().any(|(name, _)| *name == waiver.rule)
                };
                let before = open.len();
                open.retain(|number| {
                    let waiver = &mut self.waivers[*number];
                    let ends = ends(waiver);
                    if let (true, Reach::Stretch { span, .. }) = (ends, &mut waiver.reach) {
                        span.end = comment.behind.max(span.start);
                    }
                    !ends
                });
                if open.len() == before {
                    self.slips.push((file, comment.at));
                }
                continue;
            }
            let span = match directive.verb {
                DISABLE => Span { start: comment.behind, end: end.max(comment.behind) },
                _ => comment.block.unwrap_or(Span { start: end, end }),
            };
            for (name, at) in &directive.names {
                if directive.verb == DISABLE {
                    open.push(self.waivers.len());
                }
                self.waivers.push(directive.waiver(name, *at, file, span, comment));
            }
        }
    }
}

/// What begins like a directive and is none.
#[derive(Debug, PartialEq, Eq)]
struct Slip;

impl<'t> Directive<'t> {
    /// Reads what a comment says; `None` for one that does not begin like a directive.
    fn read(comment: &'t str) -> Option<Result<Self, Slip>> {
        let body = comment.trim();
        let rest = body.strip_prefix(PREFIX)?;
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(rest.len());
        let (verb, rest) = rest.split_at(length);
        let parted = rest.starts_with(|c: char| c.is_whitespace() || matches!(c, ':' | '：'));
        if !matches!(verb, IGNORE | DISABLE | ENABLE) || !(rest.is_empty() || parted) {
            return Some(Err(Slip));
        }
        let (listed, reason) = match rest.split_once([':', '：']) {
            Some((listed, reason)) => (listed, Some(reason.trim()).filter(|reason| !reason.is_empty())),
            None => (rest, None),
        };
        let names: Vec<(&str, usize)> = listed
            .split(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、'))
            .filter(|name| !name.is_empty())
            .map(|name| (name, name.as_ptr() as usize - comment.as_ptr() as usize))
            .collect();
        if names.is_empty() && verb != ENABLE {
            return Some(Err(Slip));
        }
        let (reason, expires) = match reason.map(without_date).transpose() {
            Err(Slip) => return Some(Err(Slip)),
            Ok(None) => (None, None),
            Ok(Some((reason, expires))) => (Some(reason).filter(|reason| !reason.is_empty()), expires),
        };
        Some(Ok(Self { verb, names, reason, expires }))
    }

    fn waiver(&self, name: &str, at: usize, file: usize, span: Span, comment: &Comment) -> Waiver {
        let name_at = comment.text.start + at;
        Waiver {
            rule: name.to_owned(),
            reach: Reach::Stretch { file, span },
            quote: None,
            fingerprint: None,
            grounds: Grounds {
                reason: self.reason.map(str::to_owned),
                approved_by: None,
                expires: self.expires,
            },
            origin: Origin::Text {
                file,
                comment: comment.at,
                name: FileSpan::new(name_at, name_at + name.len()),
            },
        }
    }
}

/// Takes `expires DATE` off the end of a reason.
fn without_date(reason: &str) -> Result<(&str, Option<Date>), Slip> {
    let Some((before, after)) = reason.rsplit_once(EXPIRES) else { return Ok((reason, None)) };
    let date = after.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '='));
    let date = date.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ')' | '）' | '.' | '。'));
    let begins = before.chars().next_back().is_none_or(|c| !c.is_ascii_alphanumeric());
    // `it expires when the app is replaced` is a reason.
    if !begins || date.len() == after.len() || !date.starts_with(|c: char| c.is_ascii_digit()) {
        return Ok((reason, None));
    }
    let date = date.parse().map_err(|_| Slip)?;
    let before = before
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '(' | '（' | ',' | '，' | ';' | '；'));
    Ok((before, Some(date)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(comment: &str) -> Directive<'_> {
        Directive::read(comment).unwrap().unwrap()
    }

    #[test]
    fn rules_and_reason_are_parted_by_a_colon_of_either_width() {
        for comment in [
            " policy-lint-ignore a, b: 已确认 ",
            "policy-lint-ignore a、b：已确认",
            "policy-lint-ignore a b :已确认",
        ] {
            let directive = read(comment);
            let names: Vec<&str> = directive.names.iter().map(|(name, _)| *name).collect();
            assert_eq!((names, directive.reason), (vec!["a", "b"], Some("已确认")), "{comment}");
            for (name, at) in directive.names {
                assert_eq!(&comment[at..at + name.len()], name);
            }
        }
        assert_eq!(read("policy-lint-disable a: 见 https://a.cn/b").reason, Some("见 https://a.cn/b"));
        assert_eq!(read("policy-lint-ignore a").reason, None);
        assert_eq!(read("policy-lint-enable").names, []);
    }

    #[test]
    fn a_reason_may_end_with_a_date() {
        let directive = read("policy-lint-ignore a: 改版后补充（expires 2026-12-31）");
        assert_eq!((directive.reason, directive.expires), (Some("改版后补充"), "2026-12-31".parse().ok()));
        let words = read("policy-lint-ignore a: it expires with the app");
        assert_eq!((words.reason, words.expires), (Some("it expires with the app"), None));
        assert_eq!(read("policy-lint-ignore a: expires: 2026-12-31").reason, None);
        assert_eq!(Directive::read("policy-lint-ignore a: b expires 2026-13-31"), Some(Err(Slip)));
    }

    #[test]
    fn what_only_begins_alike_is_a_slip_and_what_mentions_it_is_nothing() {
        for comment in [
            "policy-lint-ingore a: b",
            "policy-lint-ignore",
            "policy-lint-ignore: b",
            "policy-lint-disable ：b",
            "policy-lint-ignored a: b",
            "policy-lint-ignore(a): b",
        ] {
            assert_eq!(Directive::read(comment), Some(Err(Slip)), "{comment}");
        }
        for comment in
            ["", "policy-lint 的配置", "用 policy-lint-ignore a: b 豁免", "Policy-Lint-ignore a: b"]
        {
            assert_eq!(Directive::read(comment), None, "{comment}");
        }
    }
}
