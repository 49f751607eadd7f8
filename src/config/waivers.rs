//! The entries under `waivers`.

use std::ops::Range;

use super::file::WaiverEntry;
use crate::knowledge::yaml::SpanMap;
use crate::span::FileSpan;
use crate::triage::{Grounds, Origin, Reach, Waiver, has_words};

/// Where the parts of an entry stand in the config.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WaiverPlace {
    /// Its first line, without the dash.
    pub head: FileSpan,
    /// From its first to its last word.
    pub whole: FileSpan,
    pub rule: Option<FileSpan>,
    pub expires: Option<FileSpan>,
}

impl WaiverPlace {
    pub(super) fn find(spans: &SpanMap, text: &str, entry: usize) -> Self {
        let pointer = format!("/waivers/{entry}");
        let span = |range: Range<usize>| FileSpan::new(range.start, range.end);
        let value = |key: &str| spans.value(&format!("{pointer}/{key}")).map(span);
        Self {
            head: spans.first_line(text, &pointer).map(span).unwrap_or_default(),
            whole: spans.value(&pointer).map(span).unwrap_or_default(),
            rule: value("rule"),
            expires: value("expires"),
        }
    }
}

/// How many characters a fingerprint has.
const FINGERPRINT: usize = 16;

/// What no waiver can mean: the key whose value it is (empty for the entry), what is wrong, what to do.
pub(super) fn mistake(entry: &WaiverEntry) -> Option<(&'static str, String, &'static str)> {
    let is_fingerprint = |text: &String| {
        text.len() == FINGERPRINT && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    };
    if let Some(fingerprint) = entry.fingerprint.as_ref().filter(|text| !is_fingerprint(text)) {
        let help = "expected 16 hexadecimal digits in quotes, as `check --format json` has them";
        return Some(("fingerprint", format!("`{fingerprint}` is no fingerprint"), help));
    }
    if entry.quote.as_ref().is_some_and(|quote| !has_words(quote)) {
        let help = "quote words of the sentence that the finding is in";
        return Some(("quote", "there is no word in this quotation".to_owned(), help));
    }
    if entry.file.is_none() && entry.quote.is_none() && entry.fingerprint.is_none() {
        let help = "say which findings are meant by `file`, `quote` or `fingerprint`; to switch a rule off altogether \
                    there is `rules: { RULE: off }`";
        return Some(("", "this waiver is for every finding of the rule, in every file".to_owned(), help));
    }
    None
}

/// The waiver for these files of a policy that an entry is.
pub(super) fn compiled(entry: &WaiverEntry, number: usize, files: Vec<usize>) -> Waiver {
    let WaiverEntry { rule, file: _, quote, fingerprint, reason, approved_by, expires } = entry.clone();
    Waiver {
        rule,
        reach: Reach::Files(files),
        quote,
        fingerprint,
        grounds: Grounds { reason, approved_by, expires },
        origin: Origin::Config(number),
    }
}
