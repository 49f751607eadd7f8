//! Whether a policy is whole: a fragment is never told what is missing from the whole.

use super::Analysis;
use crate::knowledge::Knowledge;

/// So many subjects of a full policy make one.
const SUBJECTS: usize = 2;

/// What the user says of the text.
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
    pub(super) fn is_full(self, knowledge: &Knowledge, files: &[Analysis]) -> bool {
        match self {
            Self::Full => true,
            Self::Fragment => false,
            Self::Auto => {
                let treated = knowledge.grammar.topics.iter().enumerate().filter(|(number, topic)| {
                    topic.of_full_policy
                        && files.iter().any(|file| file.marks.topics.first(*number as u8).is_some())
                });
                treated.count() >= SUBJECTS
            }
        }
    }
}
