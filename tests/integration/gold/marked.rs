//! A policy that a person marked, as raw text and the places of the marks in it.

use policy_lint::document::{Bracket, Document};
use policy_lint::run::{Engine, Settings};
use policy_lint::source::{self, Format};
use policy_lint::span::{FileSpan, Span};

/// What a mark says of its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Data,
    Action,
    Purpose,
    Actor,
    Condition,
}

impl Role {
    pub(super) const ALL: [Self; 5] = [Self::Data, Self::Action, Self::Purpose, Self::Actor, Self::Condition];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Action => "action",
            Self::Purpose => "purpose",
            Self::Actor => "actor",
            Self::Condition => "condition",
        }
    }
}

/// A mark, with its bytes in the raw text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub(super) role: Role,
    pub(super) at: FileSpan,
    /// The number of the sentence it stands in.
    pub(super) sentence: usize,
}

/// The raw text of a policy and what is marked in it.
pub(super) struct Marked {
    pub(super) name: String,
    pub(super) raw: String,
    /// What a reader sees of it.
    pub(super) prose: String,
    pub(super) marks: Vec<Mark>,
    /// Where a bracket was forgotten, in words.
    pub(super) slips: Vec<String>,
}

/// Words before the braces that make them a condition: `当{…}`, `根据{…}`, `除{…}`.
const BEFORE_CONDITION: [&str; 14] =
    ["当", "在", "如", "若", "如果", "一旦", "根据", "依据", "依照", "按照", "应", "除", "除非", "场景："];

/// Words behind the braces that do: `{…}时`, `{…}的，`, `{…}除外`.
const BEHIND_CONDITION: [&str; 8] = ["时", "后", "以后", "之前", "期间", "的，", "的情况下", "除外"];

impl Marked {
    /// Reads a marked policy with the parser of the product, then takes the marks out of the text.
    pub(super) fn read(engine: &Engine, name: &str, text: &str) -> Self {
        let source = source::open(name, text.as_bytes().to_vec(), Some(Format::Annotated)).unwrap();
        let document = engine.read(source, &Settings::default()).document;
        let (raw, moved) = without_marks(&document, text);
        let place = |span: Span| {
            let file = document.prose.to_file(span);
            FileSpan::new(moved[file.start], moved[file.end])
        };
        let mut marks = Vec::new();
        for annotation in &document.annotations {
            let role = match annotation.kind {
                Bracket::Data => Role::Data,
                Bracket::Action => Role::Action,
                Bracket::Actor => Role::Actor,
                Bracket::Purpose if is_condition(&document, annotation.span) => Role::Condition,
                Bracket::Purpose => Role::Purpose,
                Bracket::Group => continue,
            };
            let at = place(annotation.span);
            assert_eq!(
                words(&raw[at.range()]),
                words(document.text(annotation.span)),
                "{name}: the mark moved when the brackets went"
            );
            marks.push(Mark { role, at, sentence: document.sentence_from(annotation.span.start) });
        }
        let slips =
            document.slips.iter().map(|slip| format!("{name}: {:?} “{}”", slip.kind, &text[slip.at.range()]));
        let slips = slips.collect();
        Self { name: name.to_owned(), raw, prose: document.prose.text().to_owned(), marks, slips }
    }
}

/// Conditions stand in the braces of purposes; the words beside them tell.
fn is_condition(document: &Document, span: Span) -> bool {
    let (before, rest) = document.prose.text().split_at(span.start());
    let behind = &rest[span.len()..];
    BEFORE_CONDITION.iter().any(|cue| before.ends_with(cue))
        || BEHIND_CONDITION.iter().any(|cue| behind.starts_with(cue))
}

/// The file without the brackets that mark, and for each byte of the file its place in that text.
fn without_marks(document: &Document, file: &str) -> (String, Vec<usize>) {
    // A bracket that marks is the only kind that the prose does not have.
    let mut in_prose = vec![false; file.len()];
    for (at, c) in document.prose.text().char_indices() {
        in_prose[document.prose.to_file(Span::new(at, at + c.len_utf8())).range()].fill(true);
    }
    let mut raw = String::new();
    let mut moved = Vec::with_capacity(file.len() + 1);
    for (at, c) in file.char_indices() {
        moved.extend(std::iter::repeat_n(raw.len(), c.len_utf8()));
        if in_prose[at] || !"()[]<>{}）".contains(c) {
            raw.push(c);
        }
    }
    moved.push(raw.len());
    assert_eq!(without_brackets(&raw), without_brackets(file), "nothing but brackets goes");
    (raw, moved)
}

fn without_brackets(text: &str) -> String {
    text.chars().filter(|c| !"()[]<>{}）".contains(*c)).collect()
}

/// A mark that goes over a line end has white space there, or none.
fn words(text: &str) -> String {
    text.split_whitespace().collect()
}
