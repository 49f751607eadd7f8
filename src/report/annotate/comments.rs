//! What comments say, and their part.

use std::fmt::Write as _;
use std::time::{SystemTime, UNIX_EPOCH};

use quick_xml::escape::escape;

use super::super::export::xml::legal;
use super::super::sanitise::one_line;
use super::super::wrap::truncate;
use super::super::{Located, LocatedLabel, Role};
use super::Hand;
use crate::source::Word;

/// What Word calls the styles of comments, in any language.
pub(super) const REFERENCE_STYLE: &str = "annotation reference";
const TEXT_STYLE: &str = "annotation text";

const AUTHOR: &str = "policy-lint";
const INITIALS: &str = "PL";

/// Columns of the words that are quoted.
const QUOTED: usize = 120;
/// Other places that are named.
const CONTEXTS: usize = 6;

/// How the elements and attributes of Word are called in a part.
pub(super) struct Prefix<'a> {
    /// With its colon.
    pub(super) prefix: &'a str,
    /// What declares it, where the part does not.
    pub(super) declaration: String,
}

impl<'a> Prefix<'a> {
    /// Where elements have no prefix, attributes need one all the same.
    pub(super) fn new(prefix: &'a str, word: &Word) -> Self {
        match prefix {
            "" => Self { prefix: "w:", declaration: format!(" xmlns:w=\"{}\"", word.namespace()) },
            prefix => Self { prefix, declaration: String::new() },
        }
    }
}

/// A comment and its anchor.
pub(super) struct Told {
    pub(super) id: u64,
    pub(super) paragraphs: Vec<String>,
}

/// The paragraphs of the comment on a finding, or on a further instance of it. `quoted` are the words, where
/// the comment cannot stand at them.
pub(super) fn paragraphs(
    finding: &Located,
    instance: Option<&LocatedLabel>,
    quoted: Option<&str>,
    text: &str,
    hand: Hand<'_>,
) -> Vec<String> {
    let Hand { say, laws, .. } = hand;
    let mut told = vec![say.graded(finding.severity, &finding.message)];
    told.extend(quoted.map(|words| say.words(&truncate(&one_line(words.trim()), QUOTED))));
    if instance.is_some() {
        told.push(say.get("report.another_instance").to_owned());
    } else {
        let elsewhere = finding.labels.iter().filter(|label| {
            label.role == Role::Context && !label.message.is_empty() && label.at.line != finding.at.line
        });
        told.extend(elsewhere.take(CONTEXTS).map(|label| {
            let words = truncate(&one_line(text[label.at.range()].trim()), QUOTED);
            say.context(&label.message, &words, label.at.line)
        }));
        let labels: Vec<String> = finding
            .cites
            .iter()
            .map(|key| laws.label(key, say.language).unwrap_or_else(|| key.clone()))
            .collect();
        if !labels.is_empty() {
            told.push(say.articles(&labels));
        }
        if !finding.help.is_empty() {
            told.push(say.advice(&finding.help));
        }
    }
    told.push(say.fact("report.rule", &finding.rule));
    told
}

/// Writes comments as elements of their part, in the namespace that `prefix` (with its colon) stands for.
pub(super) fn write(told: &[Told], word: &Word, prefix: &str, written: SystemTime) -> String {
    let mut out = String::new();
    let Prefix { prefix, declaration } = Prefix::new(prefix, word);
    let date = date(written);
    let named = |kind: &str, element: &str, name: &str| match word.style_of(name) {
        Some(style) => {
            format!("<{prefix}{kind}><{prefix}{element} {prefix}val=\"{}\"/></{prefix}{kind}>", escape(style))
        }
        None => String::new(),
    };
    let paragraph_style = named("pPr", "pStyle", TEXT_STYLE);
    let reference_style = named("rPr", "rStyle", REFERENCE_STYLE);
    for Told { id, paragraphs } in told {
        let _ = write!(
            out,
            "<{prefix}comment{declaration} {prefix}id=\"{id}\" {prefix}author=\"{AUTHOR}\" {prefix}date=\"{date}\" \
             {prefix}initials=\"{INITIALS}\">"
        );
        for (number, text) in paragraphs.iter().enumerate() {
            let text = one_line(text);
            let text = escape(legal(&text).as_ref()).into_owned();
            let _ = write!(out, "<{prefix}p>{paragraph_style}");
            let mut bold = String::new();
            if number == 0 {
                let _ = write!(out, "<{prefix}r>{reference_style}<{prefix}annotationRef/></{prefix}r>");
                bold = format!("<{prefix}rPr><{prefix}b/></{prefix}rPr>");
            }
            let _ = write!(
                out,
                "<{prefix}r>{bold}<{prefix}t xml:space=\"preserve\">{text}</{prefix}t></{prefix}r></{prefix}p>"
            );
        }
        let _ = write!(out, "</{prefix}comment>");
    }
    out
}

/// `2026-11-28T09:30:00Z`
fn date(time: SystemTime) -> String {
    let seconds = time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    // Days since 1 March of the year 0, in cycles of 400 years, so that leap days come last.
    let days = days + 719_468;
    let (cycle, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = cycle * 400 + year + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", rest / 3600, rest / 60 % 60, rest % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn dates_are_those_of_the_calendar() {
        for (seconds, expected) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_709_251_199, "2024-02-29T23:59:59Z"),
            (1_709_251_200, "2024-03-01T00:00:00Z"),
            (4_102_444_799, "2099-12-31T23:59:59Z"),
        ] {
            assert_eq!(date(UNIX_EPOCH + Duration::from_secs(seconds)), expected);
        }
    }
}
