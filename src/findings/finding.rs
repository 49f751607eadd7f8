use super::fingerprint::{self, Identity};
use super::message::Words;
use crate::document::Prose;
use crate::knowledge::kinds::{Confidence, Language, Severity};
use crate::knowledge::rule::Rule;
use crate::span::{FileSpan, Span};

/// What a rule has to say about some words of a policy.
#[derive(Clone, Debug)]
pub struct Finding {
    pub rule: String,
    pub severity: Severity,
    pub confidence: Confidence,
    /// Which file of the policy it points into.
    pub file: usize,
    pub place: Place,
    pub message: String,
    pub help: String,
    /// Keys of the articles it rests on.
    pub cites: Vec<String>,
    /// Made of the rule, the normalised words and a few words around them, never of path or position;
    /// for an absence, of the rule alone. 16 hexadecimal digits.
    pub fingerprint: String,
    pub labels: Vec<Label>,
    /// Findings of one rule with the same cause are reported as one.
    pub cause: Cause,
    /// How many more of its rule and severity there are behind it in the file, which are only counted.
    pub further: usize,
}

impl Finding {
    /// What a rule has to say about a file that carries the policy but is no part of it, or about such words:
    /// about a waiver. `words` identify it, `filling` goes into the message.
    pub fn beside_policy(
        rule: &Rule,
        language: Language,
        file: usize,
        at: FileSpan,
        words: &str,
        filling: &[(&'static str, &str)],
    ) -> Self {
        let mut told = Words::of(rule, language);
        for (slot, text) in filling {
            told.fill(slot, text);
        }
        let whole = Span::new(0, words.len());
        Self {
            rule: rule.id.clone(),
            severity: rule.severity,
            confidence: rule.confidence,
            file,
            place: Place::File(at),
            message: told.message(),
            help: told.help(),
            cites: rule.cites.clone(),
            fingerprint: fingerprint::of(&rule.id, Some(Identity::in_sentence(words, whole, whole))),
            labels: Vec::new(),
            cause: Cause { statement: None, words: told },
            further: 0,
        }
    }

    /// Whether it is about what the whole policy lacks; its fingerprint is that of the rule then.
    pub fn is_absence(&self) -> bool {
        self.fingerprint == fingerprint::of(&self.rule, None)
    }
}

#[cfg(test)]
impl Finding {
    /// One for the tests of what becomes of findings.
    pub(crate) fn sample(rule: &str, severity: Severity) -> Self {
        Self {
            rule: rule.to_owned(),
            severity,
            confidence: Confidence::High,
            file: 0,
            place: Place::Prose(Span::new(0, 3)),
            message: String::new(),
            help: String::new(),
            cites: Vec::new(),
            fingerprint: String::new(),
            labels: Vec::new(),
            cause: Cause { statement: None, words: Words::default() },
            further: 0,
        }
    }
}

/// What findings about the items of one list have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// The statement, by number, within its file.
    pub statement: Option<u32>,
    /// What the message says of this instance, and how to say it of several.
    pub words: Words,
}

/// A further span of a finding, in the file of the finding.
#[derive(Clone, Debug)]
pub struct Label {
    pub place: Place,
    pub message: String,
    pub role: LabelRole,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LabelRole {
    /// Explains the finding.
    Context,
    /// A further instance of the same cause.
    Instance { fingerprint: String },
}

/// Words of the prose, or (for slips of the mark-up, which a reader does not see) of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    Prose(Span),
    File(FileSpan),
}

impl Place {
    /// Where in the file it is: the hull of the bytes it came from.
    pub fn in_file(self, prose: &Prose) -> FileSpan {
        match self {
            Self::Prose(span) => prose.to_file(span),
            Self::File(span) => span,
        }
    }
}
