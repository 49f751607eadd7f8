//! Whether a policy is whole: a fragment is never told what is missing from the whole.

use super::Analysis;
use crate::document::{Document, SectionKind};
use crate::knowledge::Knowledge;

/// So many subjects of a full policy make one.
const SUBJECTS: usize = 2;
/// A title and so many chapters make one, whatever the chapters are called.
const CHAPTERS: usize = 4;
/// The title stands among so many first paragraphs.
const TITLE_WITHIN: usize = 4;
const LONGEST_TITLE: usize = 40;

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
    let names = |line: &str| ends_with_any(line, &knowledge.structure.titles);
    chapters >= CHAPTERS && titles(document, TITLE_WITHIN).any(names)
}

/// Whether a file has the title of terms, holds no policy and names one: the terms need not say what that says.
fn leaves_to_policy(knowledge: &Knowledge, file: &Analysis) -> bool {
    let document = &file.document;
    let agreements = &knowledge.structure.agreements;
    if !titles(document, TITLE_WITHIN).any(|line| ends_with_any(line, agreements)) {
        return false;
    }
    let policies: Vec<&String> = knowledge
        .structure
        .titles
        .iter()
        .filter(|title| !agreements.iter().any(|agreement| agreement.ends_with(title.as_str())))
        .collect();
    // 十、隐私政策 is a chapter of the terms, 详见《橙舟隐私政策》 a reference.
    let names_policy = |line: &str| {
        let first = line.chars().next();
        policies.iter().any(|policy| line.ends_with(policy.as_str()))
            && !line.contains(['《', '、', '）', ')'])
            && !first.is_some_and(|c| c.is_ascii_digit() || knowledge.structure.numerals.contains(c))
    };
    let text = document.prose.text();
    !titles(document, document.paragraphs.len()).any(names_policy)
        && policies.iter().any(|policy| text.contains(&format!("{policy}》")))
}

/// The lines among the first `within` paragraphs that are short enough for a title.
fn titles(document: &Document, within: usize) -> impl Iterator<Item = &str> {
    let lines = document.paragraphs.iter().take(within);
    lines
        .map(|paragraph| document.text(paragraph.span).trim().trim_end_matches(['》', '”', '」']))
        .filter(|line| line.chars().count() <= LONGEST_TITLE)
}

fn ends_with_any(line: &str, words: &[String]) -> bool {
    words.iter().any(|word| line.ends_with(word.as_str()))
}
