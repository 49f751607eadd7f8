//! Reads a YAML file of the user's into a typed form and, when it is wrong, says exactly where.
//!
//! Two passes: [`SpanMap`] walks the events, refuses what makes YAML dangerous (aliases, deep
//! nesting) or treacherous (the same key twice), and notes where every value stands; serde then
//! fills the type. An error of serde's is tied to the words it is about through the map.

use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{Event, Parser};
use serde::de::DeserializeOwned;

use super::problem::Problem;

/// Larger files are refused.
pub const MAX_BYTES: usize = 16 << 20;
/// Deeper nesting is refused.
const MAX_DEPTH: usize = 64;
/// After so many problems in a file the rest is left for the next run.
const MAX_PROBLEMS: usize = 20;

/// Parses `src`, the text of `file`.
///
/// # Errors
/// All that is wrong with the file, in reading order, as far as it can be told in one go.
pub fn parse<T: DeserializeOwned>(file: &str, src: &str) -> Result<(T, SpanMap), Vec<Problem>> {
    if src.len() > MAX_BYTES {
        return Err(vec![Problem::new(file, format!("larger than {} MB", MAX_BYTES >> 20))]);
    }
    if let Some(at) = src.find(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{85}')) {
        let byte = src[at..].chars().next().map_or(0, char::len_utf8);
        return Err(vec![
            Problem::new(file, "not a text file: it holds control characters").at(at..at + byte),
        ]);
    }
    let spans = SpanMap::read(file, src)?;
    // What the second pass sees starts after a byte order mark, the spans count it.
    let text = src.strip_prefix(BOM).unwrap_or(src);
    match serde_yaml::from_str(text) {
        Ok(value) => Ok((value, spans)),
        Err(_) => Err(diagnose::<T>(file, src, &spans)),
    }
}

const BOM: char = '\u{feff}';

/// Where the keys and values of a YAML file stand, by JSON pointer (`/rules/0/when`).
#[derive(Clone, Debug, Default)]
pub struct SpanMap {
    entries: HashMap<String, Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    key: Option<Range<usize>>,
    value: Range<usize>,
}

impl Entry {
    /// Key and value.
    fn whole(&self) -> Range<usize> {
        self.key.as_ref().map_or(self.value.start, |key| key.start)..self.value.end
    }
}

impl SpanMap {
    /// The bytes of the value at `pointer`.
    pub fn value(&self, pointer: &str) -> Option<Range<usize>> {
        self.entries.get(pointer).map(|entry| entry.value.clone())
    }

    /// The bytes of the key at `pointer`; `None` for items of a list.
    pub fn key(&self, pointer: &str) -> Option<Range<usize>> {
        self.entries.get(pointer).and_then(|entry| entry.key.clone())
    }

    /// The value at `pointer` or, where there is none, at the nearest level above.
    pub fn nearest(&self, pointer: &str) -> Option<Range<usize>> {
        let mut pointer = pointer;
        loop {
            if let Some(span) = self.value(pointer) {
                return Some(span);
            }
            pointer = &pointer[..pointer.rfind('/')?];
        }
    }

    /// The first line of the value at `pointer` in `src`.
    pub fn first_line(&self, src: &str, pointer: &str) -> Option<Range<usize>> {
        self.value(pointer).map(|span| first_line(src, span))
    }

    fn read(file: &str, src: &str) -> Result<Self, Vec<Problem>> {
        let mut walk = Walk::new(file, src);
        walk.run();
        if walk.problems.is_empty() { Ok(Self { entries: walk.entries }) } else { Err(walk.problems) }
    }
}

/// Escapes one step of a JSON pointer.
pub fn pointer_step(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// The first pass.
struct Walk<'s> {
    file: &'s str,
    src: &'s str,
    entries: HashMap<String, Entry>,
    open: Vec<Open>,
    problems: Vec<Problem>,
}

/// A sequence or mapping whose end has not been seen, with its pointer.
enum Open {
    Sequence { pointer: String, next: usize },
    Mapping { pointer: String, key: Option<(String, Range<usize>)> },
}

impl<'s> Walk<'s> {
    fn new(file: &'s str, src: &'s str) -> Self {
        Self { file, src, entries: HashMap::new(), open: Vec::new(), problems: Vec::new() }
    }

    fn run(&mut self) {
        let shift = if self.src.starts_with(BOM) { BOM.len_utf8() } else { 0 };
        let text = &self.src[shift..];
        let mut documents = 0;
        for step in Parser::new_from_str(text) {
            let (event, span) = match step {
                Ok(step) => step,
                Err(error) => {
                    let at = shift
                        + error.marker().byte_offset().unwrap_or_else(|| {
                            let index = error.marker().index();
                            text.char_indices().nth(index).map_or(text.len(), |(byte, _)| byte)
                        });
                    let at = self.visible_char_at(at);
                    return self.report(at, format!("not valid YAML: {}", first_words(&error.to_string())));
                }
            };
            let span = span.byte_range().unwrap_or(0..0);
            let span = shift + span.start..shift + span.end;
            match event {
                Event::DocumentStart(..) => {
                    documents += 1;
                    if documents > 1 {
                        return self.report(span, "a second YAML document; put it in a file of its own");
                    }
                }
                Event::Alias(..) => return self.report(span, "YAML aliases (`*name`) are not allowed here"),
                Event::Scalar(ref text, ..) => {
                    if self.open.is_empty() {
                        return self.not_a_mapping(span);
                    }
                    if let Some(Open::Mapping { key: key @ None, .. }) = self.open.last_mut() {
                        *key = Some((text.to_string(), span));
                    } else {
                        self.place(span);
                    }
                }
                Event::SequenceStart(..) | Event::MappingStart(..) => {
                    let mapping = matches!(event, Event::MappingStart(..));
                    if self.open.is_empty() && !mapping {
                        return self.not_a_mapping(self.first_line(span.start..self.src.len()));
                    }
                    if let Some(Open::Mapping { key: None, .. }) = self.open.last() {
                        return self.report(span, "a key must be a plain word, not a list or a mapping");
                    }
                    if self.open.len() >= MAX_DEPTH {
                        return self.report(span, format!("nested more than {MAX_DEPTH} levels deep"));
                    }
                    let pointer = self.place(span);
                    self.open.push(if mapping {
                        Open::Mapping { pointer, key: None }
                    } else {
                        Open::Sequence { pointer, next: 0 }
                    });
                }
                Event::SequenceEnd | Event::MappingEnd => {
                    if let Some(Open::Sequence { pointer, .. } | Open::Mapping { pointer, .. }) =
                        self.open.pop()
                        && let Some(entry) = self.entries.get_mut(&pointer)
                    {
                        // The end of a block is seen only where the next thing starts.
                        let end = span.end.max(entry.value.end);
                        let inside = &self.src[entry.value.start..end];
                        entry.value.end = entry.value.start + without_trailing_comments(inside).len();
                    }
                }
                _ => {}
            }
        }
        if self.entries.is_empty() && self.problems.is_empty() {
            self.problems.push(Problem::new(self.file, "the file is empty"));
        }
    }

    /// Notes that a value stands at `span` and returns its pointer.
    fn place(&mut self, span: Range<usize>) -> String {
        let (pointer, key) = match self.open.last_mut() {
            None => (String::new(), None),
            Some(Open::Sequence { pointer, next }) => {
                *next += 1;
                (format!("{pointer}/{}", *next - 1), None)
            }
            Some(Open::Mapping { pointer, key }) => {
                let (name, at) = key.take().unwrap_or_default();
                (format!("{pointer}/{}", pointer_step(&name)), Some(at))
            }
        };
        let twice = self.entries.insert(pointer.clone(), Entry { key: key.clone(), value: span.clone() });
        if twice.is_some() {
            let name = pointer.rsplit('/').next().unwrap_or_default();
            let message = format!("the key `{name}` stands here for the second time");
            self.report(key.unwrap_or(span), message);
        }
        pointer
    }

    fn not_a_mapping(&mut self, span: Range<usize>) {
        if self.src[span.clone()].trim().is_empty() {
            self.problems.push(Problem::new(self.file, "the file is empty"));
        } else {
            self.report(self.first_line(span), "expected a mapping (`key: value`) at the top of the file");
        }
    }

    fn report(&mut self, span: Range<usize>, message: impl Into<String>) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(Problem::new(self.file, message).at(span));
        }
    }

    fn first_line(&self, span: Range<usize>) -> Range<usize> {
        first_line(self.src, span)
    }

    /// The character at `at` or, where nothing can be seen there, the last visible one before it.
    fn visible_char_at(&self, at: usize) -> Range<usize> {
        let mut at = at.min(self.src.len());
        while !self.src.is_char_boundary(at) {
            at -= 1;
        }
        match self.src[at..].chars().next() {
            Some(c) if !c.is_whitespace() => at..at + c.len_utf8(),
            _ => {
                let end = self.src[..at].trim_end().len();
                let start = self.src[..end].char_indices().next_back().map_or(0, |(byte, _)| byte);
                start..end
            }
        }
    }
}

/// The part of `span` up to the line end.
fn first_line(src: &str, span: Range<usize>) -> Range<usize> {
    let line = src[span.clone()].lines().next().unwrap_or_default().trim_end();
    span.start..span.start + line.len()
}

fn without_trailing_comments(block: &str) -> &str {
    let mut rest = block.trim_end();
    while let Some(start) = rest.rfind('\n') {
        if !rest[start..].trim_start().starts_with('#') {
            break;
        }
        rest = rest[..start].trim_end();
    }
    rest
}

/// The message of a parser without the position it ends with.
fn first_words(message: &str) -> &str {
    let end = [" at byte ", " at char ", " at line ", " at position "]
        .iter()
        .filter_map(|tail| message.find(tail))
        .min()
        .unwrap_or(message.len());
    message[..end].trim_end_matches([',', ';', ' '])
}

/// Ties the errors of serde to the file. Serde stops at the first, so each is noted, the entry it is
/// about is blanked out, and the rest is read again.
fn diagnose<T: DeserializeOwned>(file: &str, src: &str, spans: &SpanMap) -> Vec<Problem> {
    let shift = if src.starts_with(BOM) { BOM.len_utf8() } else { 0 };
    let mut rest = src[shift..].to_owned();
    let mut blanked: Vec<Range<usize>> = Vec::new();
    let mut problems: Vec<Problem> = Vec::new();
    for _ in 0..4 * MAX_PROBLEMS {
        if problems.len() == MAX_PROBLEMS {
            break;
        }
        let Err(error) = serde_yaml::from_str::<T>(&rest) else { break };
        let trouble = Trouble::of(&error.to_string());
        let Some(location) = error.location() else {
            if problems.is_empty() {
                problems.push(trouble.problem(file));
            }
            break;
        };
        let Some((entry, part)) = spans.about(&trouble, location.index() + shift) else {
            if problems.is_empty() {
                let at = Walk::new(file, src).visible_char_at(location.index() + shift);
                problems.push(trouble.problem(file).at(at));
            }
            break;
        };
        let whole = entry.whole();
        // What is said about an entry that lost a part is no more than an echo.
        let echo = blanked.iter().any(|gap| whole.start <= gap.start && gap.end <= whole.end);
        if !echo {
            let span = match (part, &entry.key) {
                (Part::Key, Some(key)) => key.clone(),
                _ => first_line(src, entry.value.clone()),
            };
            problems.push(trouble.problem(file).at(span));
        }
        let gap = with_separators(&rest, whole.start - shift..whole.end - shift, entry.key.is_none());
        if rest[gap.clone()].trim().is_empty() {
            break;
        }
        let blank: String =
            rest[gap.clone()].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
        rest.replace_range(gap.clone(), &blank);
        blanked.push(whole);
    }
    problems.sort_by_key(|problem| problem.span.as_ref().map_or(0, |span| span.start));
    problems
}

/// Widens an entry by the dash or the comma that would be left without it.
fn with_separators(text: &str, entry: Range<usize>, item: bool) -> Range<usize> {
    let after = text[entry.end..].len() - text[entry.end..].trim_start().len() + entry.end;
    if text[after..].starts_with(',') {
        return entry.start..after + 1;
    }
    let before = text[..entry.start].trim_end();
    let dash = item && before.ends_with('-') && !text[before.len()..entry.start].contains('\n');
    if dash || before.ends_with(',') {
        return before.len() - 1..entry.end;
    }
    entry
}

/// What serde found wrong.
enum Trouble {
    UnknownKey { name: String, expected: Vec<String> },
    UnknownValue { name: String, expected: Vec<String> },
    MissingKey { name: String },
    Other { message: String },
}

impl Trouble {
    /// Reads serde's message: `path: unknown field `x`, expected one of `a`, `b` at line 1 column 2`.
    fn of(message: &str) -> Self {
        let message = message.rfind(" at line ").map_or(message, |end| &message[..end]);
        let start = ["unknown field", "unknown variant", "missing field", "invalid ", "duplicate "]
            .iter()
            .filter_map(|words| message.find(words))
            .min()
            .unwrap_or(0);
        let message = &message[start..];
        let mut quoted = message.split('`').skip(1).step_by(2).map(str::to_owned);
        let name = quoted.next().unwrap_or_default();
        if message.starts_with("unknown field") {
            Self::UnknownKey { name, expected: quoted.collect() }
        } else if message.starts_with("unknown variant") {
            Self::UnknownValue { name, expected: quoted.collect() }
        } else if message.starts_with("missing field") {
            Self::MissingKey { name }
        } else {
            Self::Other { message: message.replace("unit value", "nothing") }
        }
    }

    fn problem(&self, file: &str) -> Problem {
        match self {
            Self::UnknownKey { name, expected } => Problem::new(file, format!("unknown key `{name}`"))
                .suggest(name, expected.iter().map(String::as_str)),
            Self::UnknownValue { name, expected } => Problem::new(file, format!("unknown value `{name}`"))
                .suggest(name, expected.iter().map(String::as_str)),
            Self::MissingKey { name } => Problem::new(file, format!("the key `{name}` is missing here")),
            Self::Other { message } => match message.split_once(", expected ") {
                Some((what, expected)) => {
                    Problem::new(file, what.to_owned()).help(format!("expected {}", spoken(expected)))
                }
                None => Problem::new(file, message.clone()),
            },
        }
    }
}

/// What is expected, for people who do not write Rust.
fn spoken(expected: &str) -> &str {
    match expected {
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number, not below zero",
        "i8" | "i16" | "i32" | "i64" | "isize" => "a whole number",
        _ if expected.starts_with("struct ") => "a mapping: `key: value`",
        _ => expected,
    }
}

/// Which part of an entry is wrong.
#[derive(Clone, Copy)]
enum Part {
    Key,
    Value,
}

impl SpanMap {
    /// The entry that an error of serde's at byte `index` is about.
    fn about(&self, trouble: &Trouble, index: usize) -> Option<(&Entry, Part)> {
        let entries =
            || self.entries.iter().filter(|(pointer, _)| !pointer.is_empty()).map(|(_, entry)| entry);
        let key = || entries().find(|entry| entry.key.as_ref().is_some_and(|key| key.start == index));
        let value =
            || entries().filter(|entry| entry.value.start == index).min_by_key(|entry| entry.value.len());
        let around = || {
            entries()
                .filter(|entry| entry.value.start <= index && index < entry.value.end)
                .min_by_key(|entry| entry.value.len())
        };
        let key = || key().map(|entry| (entry, Part::Key));
        let value = || value().map(|entry| (entry, Part::Value));
        match trouble {
            Trouble::UnknownKey { .. } => key().or_else(value),
            Trouble::MissingKey { .. } => value(),
            _ => value().or_else(key),
        }
        .or_else(|| around().map(|entry| (entry, Part::Value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        #[serde(default)]
        rules: Vec<Rule>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Rule {
        id: String,
        #[serde(default)]
        action: Vec<Action>,
        #[serde(default)]
        limit: u32,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Action {
        Collect,
        Provide,
    }

    /// Each problem as `words: message (help)`.
    fn problems(src: &str) -> Vec<String> {
        match parse::<File>("rules.yaml", src) {
            Ok(_) => vec![],
            Err(problems) => problems
                .iter()
                .map(|problem| {
                    let words = problem.span.clone().map_or("-", |span| &src[span]);
                    let help = problem.help.as_deref().map(|help| format!(" ({help})")).unwrap_or_default();
                    format!("{words}: {}{help}", problem.message)
                })
                .collect(),
        }
    }

    #[test]
    fn every_value_has_its_place() {
        let src = "# 注释\nrules:\n  - id: 甲\n    action: [collect, provide]\n";
        let (file, spans) = parse::<File>("rules.yaml", src).unwrap();
        assert_eq!(file.rules.len(), 1);
        assert_eq!(&src[spans.value("/rules/0/id").unwrap()], "甲");
        assert_eq!(&src[spans.key("/rules/0/action").unwrap()], "action");
        assert_eq!(&src[spans.value("/rules/0/action/1").unwrap()], "provide");
        assert_eq!(&src[spans.value("/rules/0/action").unwrap()], "[collect, provide]");
        assert_eq!(&src[spans.nearest("/rules/0/id/deeper").unwrap()], "甲");
    }

    #[test]
    fn a_byte_order_mark_changes_nothing_but_the_offsets() {
        let src = "\u{feff}rules:\n  - id: 甲\n    acton: [collect]\n";
        assert_eq!(problems(src), ["acton: unknown key `acton` (did you mean `action`?)"]);
    }

    #[test]
    fn a_misspelled_key_is_underlined() {
        assert_eq!(
            problems("rules:\n  - id: 人脸\n    acton: [collect]\n"),
            ["acton: unknown key `acton` (did you mean `action`?)"]
        );
    }

    #[test]
    fn a_misspelled_value_is_underlined() {
        assert_eq!(
            problems("rules:\n  - id: 人脸\n    action: [provide, colect]\n"),
            ["colect: unknown value `colect` (did you mean `collect`?)"]
        );
    }

    #[test]
    fn a_missing_key_points_at_the_mapping() {
        assert_eq!(problems("rules:\n  - limit: 3\n"), ["limit: 3: the key `id` is missing here"]);
    }

    #[test]
    fn a_value_of_the_wrong_type_is_underlined() {
        assert_eq!(
            problems("rules:\n  - id: 甲\n    limit: 很多\n"),
            ["很多: invalid type: string \"很多\" (expected a whole number, not below zero)"]
        );
    }

    #[test]
    fn all_mistakes_are_reported_in_one_run() {
        let src = "rules:\n  - id: 甲\n    acton: [collect]\n  - limit: 2\n  - id: 乙\n    \
                   action: [colect, provide]\n    limit: -1\n";
        assert_eq!(
            problems(src),
            [
                "acton: unknown key `acton` (did you mean `action`?)",
                "limit: 2: the key `id` is missing here",
                "colect: unknown value `colect` (did you mean `collect`?)",
                "-1: invalid type: integer `-1` (expected a whole number, not below zero)",
            ]
        );
    }

    #[test]
    fn the_same_key_twice_is_refused() {
        assert_eq!(
            problems("rules:\n  - id: 甲\n    id: 乙\n"),
            ["id: the key `id` stands here for the second time"]
        );
    }

    #[test]
    fn aliases_are_refused_before_they_expand() {
        assert_eq!(
            problems("a: &a [x, x]\nb: &b [*a, *a]\n"),
            ["*a: YAML aliases (`*name`) are not allowed here"]
        );
    }

    #[test]
    fn deep_nesting_is_refused() {
        let problem = problems(&format!("a: {}", "[".repeat(100_000)));
        assert_eq!(problem.len(), 1, "{problem:?}");
    }

    #[test]
    fn what_is_no_mapping_is_refused() {
        assert_eq!(problems(""), ["-: the file is empty"]);
        assert_eq!(problems("# nothing\n"), ["-: the file is empty"]);
        let expected = "expected a mapping (`key: value`) at the top of the file";
        assert_eq!(problems("- a\n- b\n"), [format!("- a: {expected}")]);
        assert_eq!(problems("隐私政策\n"), [format!("隐私政策: {expected}")]);
        assert_eq!(problems("a\0b"), ["\0: not a text file: it holds control characters"]);
        assert_eq!(problems("a: 1\n---\nb: 2\n").len(), 1);
    }

    #[test]
    fn a_syntax_error_points_into_the_file() {
        let src = "rules:\n  - id: \"没有结束\n";
        let found = parse::<File>("rules.yaml", src).unwrap_err();
        assert_eq!(found.len(), 1);
        assert!(found[0].span.is_some());
        assert!(found[0].message.starts_with("not valid YAML"), "{}", found[0].message);
    }
}
