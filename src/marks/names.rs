//! The names the company goes by: 以下简称“…” and those of the config.

use crate::document::Document;
use crate::knowledge::Knowledge;
use crate::span::Span;
use std::collections::BTreeSet;

/// Longer stretches in quotes are no name.
const LONGEST: usize = 12;
/// Definitions stand early; later ones are of other things.
const SENTENCES: usize = 60;

/// Where the company's own names stand, sorted by start.
#[derive(Debug, Default)]
pub(super) struct OwnNames {
    spans: Vec<Span>,
}

impl OwnNames {
    pub(super) fn within(&self, span: Span) -> &[Span] {
        let from = self.spans.partition_point(|name| name.start < span.start);
        let to = self.spans.partition_point(|name| name.start < span.end);
        &self.spans[from..to]
    }
}

/// Finds the names and where they are used.
pub(super) fn own(document: &Document, knowledge: &Knowledge, given: &[String]) -> OwnNames {
    let mut names: BTreeSet<String> = given.iter().filter(|name| !name.is_empty()).cloned().collect();
    for sentence in document.sentences.iter().take(SENTENCES) {
        let text = document.text(sentence.span);
        for cue in &knowledge.lexicon.defines_name {
            for (at, _) in text.match_indices(cue.as_str()) {
                names.extend(quoted(&text[at + cue.len()..]));
            }
        }
    }
    // A name that the lexicon knows as something else (我们, 您, 本政策) is none.
    names.retain(|name| !is_known(knowledge, name));
    let mut spans = Vec::new();
    let prose = document.prose.text();
    for name in &names {
        spans.extend(prose.match_indices(name.as_str()).map(|(at, found)| Span::new(at, at + found.len())));
    }
    spans.sort_unstable();
    OwnNames { spans }
}

/// The names in quotes that directly follow: `“甲”或“我们”`.
fn quoted(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = text;
    loop {
        let opened = rest.trim_start_matches([':', '：', ' ']);
        let mut chars = opened.chars();
        let Some(open) = chars.next() else { return names };
        if !is_open_quote(open) {
            // After a first name only a conjunction may lead to the next.
            let next = opened.char_indices().take(3).find(|(_, c)| is_open_quote(*c));
            match next {
                Some((at, _)) if !names.is_empty() => {
                    rest = &opened[at..];
                    continue;
                }
                _ => return names,
            }
        }
        let inner = chars.as_str();
        let Some(end) = inner.find(is_close_quote) else { return names };
        let name = &inner[..end];
        if (1..=LONGEST).contains(&name.chars().count()) {
            names.push(name.to_owned());
        }
        rest = inner[end..].trim_start_matches(is_close_quote);
    }
}

fn is_open_quote(c: char) -> bool {
    matches!(c, '“' | '"' | '「' | '『' | '‘')
}

fn is_close_quote(c: char) -> bool {
    matches!(c, '”' | '"' | '」' | '』' | '’')
}

fn is_known(knowledge: &Knowledge, name: &str) -> bool {
    if knowledge.lexicon.not_names.iter().any(|word| name.contains(word.as_str())) {
        return true;
    }
    let folded = knowledge.folding.fold(name);
    let mut known = false;
    knowledge.literals().scan(&folded, |start, end, literal| {
        known |= start == 0 && end == folded.len() && knowledge.lexicon.words(literal).next().is_some();
    });
    known || name.chars().count() < 2
}
