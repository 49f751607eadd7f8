//! Whether a policy is whole: a fragment is never told what is missing from the whole.

use super::{Analysis, title};
use crate::document::SectionKind;
use crate::knowledge::Knowledge;
use crate::knowledge::structure::Structure;

/// So many subjects of a full policy make one.
const SUBJECTS: usize = 2;
/// A title and so many chapters make one, whatever the chapters are called.
const CHAPTERS: usize = 4;

/// What the user says of the text.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, clap::ValueEnum,
)]
#[serde(rename_all = "kebab-case")]
pub enum ScopeChoice {
    /// Told from the chapters.
    #[default]
    Auto,
    Full,
    Fragment,
}

impl ScopeChoice {
    /// Whether these files are taken for a whole policy.
    pub fn is_full(self, knowledge: &Knowledge, files: &[Analysis]) -> bool {
        match self {
            Self::Full => true,
            Self::Fragment => false,
            Self::Auto => {
                let treated = knowledge.grammar.topics.iter().enumerate().filter(|(number, topic)| {
                    topic.of_full_policy
                        && files.iter().any(|file| file.marks.topics.first(*number as u8).is_some())
                });
                let terms = files.iter().all(|file| leaves_to_policy(knowledge, file));
                !terms && (treated.count() >= SUBJECTS || files.iter().any(|file| is_titled(knowledge, file)))
            }
        }
    }
}

/// Whether a file has the title of a policy and chapters under it.
fn is_titled(knowledge: &Knowledge, file: &Analysis) -> bool {
    let document = &file.document;
    let chapters = document.sections.iter().filter(|section| section.kind == SectionKind::Chapter).count();
    let names = |line| title::is_named(document, line, &knowledge.structure.titles);
    chapters >= CHAPTERS && title::lines(document, title::WITHIN).any(names)
}

/// Whether what is missing belongs in another document: the files are terms and hold no policy.
pub(super) fn are_terms(knowledge: &Knowledge, files: &[Analysis]) -> bool {
    !files.is_empty() && files.iter().all(|file| is_terms(knowledge, file))
}

/// Whether a file has the title of terms and no policy stands in it under a title of its own.
fn is_terms(knowledge: &Knowledge, file: &Analysis) -> bool {
    let document = &file.document;
    let Structure { agreements, policy_marks, numerals, .. } = &knowledge.structure;
    let of_terms = |line| {
        let text = document.text(line);
        title::is_named(document, line, agreements)
            && !policy_marks.iter().any(|mark| text.contains(mark.as_str()))
    };
    // 十、隐私政策 is a chapter of the terms, 详见《橙舟隐私政策》 a reference.
    let names_policy = |line| {
        let line = title::bare(document.text(line));
        let first = line.chars().next();
        policies(knowledge).any(|policy| line.ends_with(policy.as_str()))
            && !line.contains(['《', '、', '）', ')'])
            && !first.is_some_and(|c| c.is_ascii_digit() || numerals.contains(c))
    };
    title::lines(document, title::WITHIN).any(of_terms)
        && !title::lines(document, document.paragraphs.len()).any(names_policy)
}

/// Whether terms name the policy that stands elsewhere: they need not say what that says.
fn leaves_to_policy(knowledge: &Knowledge, file: &Analysis) -> bool {
    let text = file.document.prose.text();
    is_terms(knowledge, file) && policies(knowledge).any(|policy| text.contains(&format!("{policy}》")))
}

/// What policies are called, terms left out.
fn policies(knowledge: &Knowledge) -> impl Iterator<Item = &String> {
    let Structure { titles, agreements, .. } = &knowledge.structure;
    titles.iter().filter(|title| !agreements.iter().any(|agreement| agreement.ends_with(title.as_str())))
}
