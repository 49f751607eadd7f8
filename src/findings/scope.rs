//! Whether a policy is whole: a fragment is never told what is missing from the whole.

use super::Analysis;
use crate::document::SectionKind;
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
                treated.count() >= SUBJECTS || files.iter().any(|file| is_titled(knowledge, file))
            }
        }
    }
}

/// Whether a file has the title of a policy and chapters under it.
fn is_titled(knowledge: &Knowledge, file: &Analysis) -> bool {
    let document = &file.document;
    let chapters = document.sections.iter().filter(|section| section.kind == SectionKind::Chapter).count();
    chapters >= CHAPTERS
        && document.paragraphs.iter().take(TITLE_WITHIN).any(|paragraph| {
            let text = document.text(paragraph.span).trim().trim_end_matches(['》', '”', '」']);
            text.chars().count() <= LONGEST_TITLE
                && knowledge.structure.titles.iter().any(|title| text.ends_with(title.as_str()))
        })
}
