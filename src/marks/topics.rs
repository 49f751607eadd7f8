//! What each section is about.

use super::matching::Matcher;
use crate::document::SectionId;

/// Topics of the sections, as sets of topic numbers.
#[derive(Debug, Default)]
pub struct Topics {
    /// By section: its own topics and those of the sections around it.
    all: Vec<u64>,
    /// By section: the topics its own heading names.
    own: Vec<u64>,
}

impl Topics {
    pub(super) fn of(matcher: &Matcher<'_>) -> Self {
        let mut topics = Self::default();
        for section in &matcher.document.sections {
            let mut own = 0;
            if let Some(heading) = section.heading {
                for (number, topic) in matcher.knowledge.grammar.topics.iter().enumerate().take(64) {
                    if matcher.any(&topic.headings, heading) {
                        own |= 1 << number;
                    }
                }
            }
            // Sections come in reading order, a parent before its children.
            let above = section.parent.map_or(0, |parent| topics.all[parent.0 as usize]);
            topics.own.push(own);
            topics.all.push(own | above);
        }
        topics
    }

    /// Whether the section or one around it is about `topic`.
    pub fn has(&self, section: SectionId, topic: u8) -> bool {
        self.all[section.0 as usize] & (1 << topic) != 0
    }

    /// The first section whose own heading names `topic`.
    pub fn first(&self, topic: u8) -> Option<SectionId> {
        self.own.iter().position(|own| own & (1 << topic) != 0).map(|at| SectionId(at as u32))
    }
}
