//! The names the company goes by: 以下简称“…”, the title, who keeps doing things, and those of the config.

use super::hits::Hits;
use crate::document::Document;
use crate::knowledge::Knowledge;
use crate::knowledge::lexicon::Word;
use crate::knowledge::words::Words;
use crate::span::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Longer stretches in quotes are no name.
const LONGEST: usize = 12;
/// Definitions stand early; later ones are of other things.
const SENTENCES: usize = 60;

/// A title is short.
const LONGEST_TITLE: usize = 30;
/// A name is used so often in the policy of its bearer, less often in a short one.
const MENTIONS: (usize, usize) = (4, 8);
/// One mention in so many bytes.
const BYTES_A_MENTION: usize = 2000;
/// So often it is the subject of what is done.
const MENTIONS_AS_SUBJECT: usize = 3;

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
pub(super) fn own(document: &Document, knowledge: &Knowledge, hits: &Hits, given: &[String]) -> OwnNames {
    let prose = document.prose.text();
    let mut certain: BTreeSet<&str> = given.iter().map(String::as_str).collect();
    for sentence in document.sentences.iter().take(SENTENCES) {
        let text = document.text(sentence.span);
        for cue in &knowledge.lexicon.defines_name {
            for (at, _) in text.match_indices(cue.as_str()) {
                certain.extend(quoted(&text[at + cue.len()..]));
            }
        }
    }
    let mut names = titled(document, knowledge);
    names.extend(subjects(document, knowledge, hits));
    names.extend(&certain);
    // A name that the lexicon knows as something else (我们, 您, 本政策) is none.
    names.retain(|name| !name.is_empty() && !is_known(knowledge, name));
    let names: Vec<&str> = names.into_iter().collect();
    let mut places = places(prose, &names);
    let mentions = (prose.len() / BYTES_A_MENTION).clamp(MENTIONS.0, MENTIONS.1);
    for (name, places) in names.iter().zip(&mut places) {
        if places.len() < mentions && !certain.contains(name) {
            places.clear();
        }
    }
    let mut spans = places.concat();
    spans.sort_unstable();
    OwnNames { spans }
}

/// Where each of `names` stands in `text`, found in one pass.
fn places(text: &str, names: &[&str]) -> Vec<Vec<Span>> {
    let mut places = vec![Vec::new(); names.len()];
    let words = Words::from(names.iter().map(|name| (*name).to_owned()).collect::<Vec<String>>());
    for (at, number) in words.each_in(text) {
        let places: &mut Vec<Span> = &mut places[number];
        // A name does not begin in itself.
        if places.last().is_none_or(|last| last.end() <= at) {
            places.push(Span::new(at, at + names[number].len()));
        }
    }
    places
}

/// What stands before the kind of document in its title: 云岚健身 in 《云岚健身隐私政策》.
fn titled<'a>(document: &'a Document, knowledge: &Knowledge) -> BTreeSet<&'a str> {
    let mut names = BTreeSet::new();
    for sentence in document.sentences.iter().take(SENTENCES) {
        let text = document.text(sentence.span).trim_matches(|c: char| !c.is_alphanumeric());
        if text.chars().count() > LONGEST_TITLE {
            continue;
        }
        let title = knowledge.structure.titles.iter().filter_map(|title| text.strip_suffix(title.as_str()));
        names.extend(title.min_by_key(|name| name.len()).map(str::trim).filter(|name| is_name_like(name)));
    }
    names
}

/// What opens clause after clause before a modal and is no word that is known: 云岚健身会……, 云岚健身不会…….
fn subjects<'a>(document: &'a Document, knowledge: &Knowledge, hits: &Hits) -> BTreeSet<&'a str> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let means = |word| matches!(word, Word::Modal | Word::Negation);
    for (index, sentence) in document.sentences.iter().enumerate() {
        for &clause in &sentence.clauses {
            let text = document.text(clause);
            let lead = text.len() - text.trim_start_matches(|c: char| !c.is_alphabetic()).len();
            let span = Span::new(clause.start() + lead, clause.end());
            // Names hold no word that is known, so that the first one ends them.
            let known = hits.within(span).filter(|hit| knowledge.lexicon.words(hit.literal).next().is_some());
            let mut known = known.peekable();
            let Some(end) = known.peek().map(|hit| hit.span.start) else { continue };
            let name = document.text(Span { start: span.start, end });
            let acts = is_name_like(name)
                && known
                    .take_while(|hit| hit.span.start == end)
                    .any(|hit| knowledge.lexicon.words(hit.literal).any(means));
            if acts {
                let (count, at) = counts.entry(name).or_insert((0, index));
                *count += 1;
                *at = index.min(*at);
            }
        }
    }
    counts.retain(|_, (count, first)| *count >= MENTIONS_AS_SUBJECT && *first < SENTENCES);
    counts.into_keys().collect()
}

fn is_name_like(name: &str) -> bool {
    (2..=LONGEST).contains(&name.chars().count())
        && !name.contains(|c: char| !(c.is_alphanumeric() || matches!(c, '®' | '·' | '-' | '+')))
        && !name.contains(|c: char| c.is_ascii_digit())
}

/// The names in quotes that directly follow: `“甲”或“我们”`.
fn quoted(text: &str) -> Vec<&str> {
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
            names.push(name);
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
    if knowledge.lexicon.not_names.any_in(name) {
        return true;
    }
    let folded = knowledge.folding.fold(name);
    let mut known = false;
    knowledge.literals().scan(&folded, |start, end, literal| {
        known |= start == 0 && end == folded.len() && knowledge.lexicon.words(literal).next().is_some();
    });
    known || name.chars().count() < 2
}
