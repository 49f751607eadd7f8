use serde::Serialize;

use crate::document::Document;
use crate::knowledge::kinds::{ActionKind, ActorKind, PartRole};
use crate::knowledge::lexicon::Lexicon;
use crate::practices::{DataItem, Practice};
use crate::report::Lines;
use crate::source::{Format, Source};
use crate::span::Span;

/// The practices of one file.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, Serialize)]
pub struct DocumentRecord {
    pub path: String,
    pub format: Format,
    pub practices: Vec<PracticeRecord>,
}

/// One practice: who does what with which data, and the rest that is said of it.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, Serialize)]
pub struct PracticeRecord {
    pub action: Option<ActionRecord>,
    pub actor: Option<ActorRecord>,
    pub data: Vec<DataRecord>,
    pub purposes: Vec<PartRecord>,
    pub conditions: Vec<PartRecord>,
    pub recipients: Vec<PartRecord>,
    pub consents: Vec<PartRecord>,
    pub refusals: Vec<PartRecord>,
    pub retentions: Vec<PartRecord>,
    pub negated: bool,
    /// The headings above it, outermost first.
    pub section: Vec<String>,
    /// Line of the action or, without one, of the first data item.
    #[serde(skip)]
    pub line: usize,
}

/// Words of the policy with the bytes they come from.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, Serialize)]
pub struct PartRecord {
    pub text: String,
    pub start: usize,
    pub end: usize,
}

/// What is done.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, Serialize)]
pub struct ActionRecord {
    pub kind: ActionKind,
    #[serde(flatten)]
    pub words: PartRecord,
}

/// Who does it.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, Serialize)]
pub struct ActorRecord {
    pub kind: ActorKind,
    #[serde(flatten)]
    pub words: PartRecord,
    /// Taken over from the text before.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub inherited: bool,
}

/// A data item.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, Serialize)]
pub struct DataRecord {
    #[serde(flatten)]
    pub words: PartRecord,
    pub category: Option<String>,
    pub sensitive: bool,
    /// Names of the lists that call it so, or `declared`.
    pub sensitive_by: Vec<String>,
    /// An umbrella word.
    pub generic: bool,
    /// It stands for data named before.
    pub reference: bool,
}

impl DocumentRecord {
    /// Looks up in the file what the practices of a document say.
    pub fn new(source: &Source, document: &Document, practices: &[Practice], lexicon: &Lexicon) -> Self {
        let reader = Reader { source, document, lines: Lines::of(&source.text), lexicon };
        Self {
            path: source.path.clone(),
            format: source.format,
            practices: practices.iter().map(|practice| reader.practice(practice)).collect(),
        }
    }
}

struct Reader<'a> {
    source: &'a Source,
    document: &'a Document,
    lines: Lines,
    lexicon: &'a Lexicon,
}

impl Reader<'_> {
    fn practice(&self, practice: &Practice) -> PracticeRecord {
        let parts = |role| practice.parts(role).map(|part| self.words(part.span)).collect();
        let action =
            practice.action.map(|action| ActionRecord { kind: action.kind, words: self.words(action.span) });
        let data: Vec<DataRecord> = practice.data.iter().map(|item| self.data(item)).collect();
        // Of an item or a row below the verb, which many share, that of its data.
        let places = action.iter().map(|action| &action.words).chain(data.first().map(|item| &item.words));
        let start = places.map(|words| words.start).max();
        let start = start.unwrap_or_else(|| self.words(self.document.sentence(practice.sentence).span).start);
        PracticeRecord {
            actor: practice.actor.map(|actor| ActorRecord {
                kind: actor.kind,
                words: self.words(actor.span),
                inherited: actor.inherited,
            }),
            purposes: parts(PartRole::Purpose),
            conditions: parts(PartRole::Condition),
            recipients: parts(PartRole::Recipient),
            consents: parts(PartRole::Consent),
            refusals: parts(PartRole::Refusal),
            retentions: parts(PartRole::Retention),
            negated: practice.negated,
            section: self
                .document
                .section_path(practice.section)
                .into_iter()
                .map(|h| h.trim().to_owned())
                .collect(),
            line: self.lines.position(&self.source.text, start).0,
            action,
            data,
        }
    }

    fn data(&self, item: &DataItem) -> DataRecord {
        let mut sensitive_by =
            item.category.map(|id| self.lexicon.category(id).sensitive_by.clone()).unwrap_or_default();
        if item.declared {
            sensitive_by.push("declared".to_owned());
        }
        DataRecord {
            words: self.words(item.span),
            category: item.category.map(|id| self.lexicon.category(id).id.clone()),
            sensitive: !sensitive_by.is_empty(),
            sensitive_by,
            generic: item.generic,
            reference: item.reference,
        }
    }

    fn words(&self, span: Span) -> PartRecord {
        let file = self.document.prose.to_file(span);
        PartRecord { text: self.document.text(span).to_owned(), start: file.start, end: file.end }
    }
}
