//! What each section is about.

use super::matching::Matcher;
use crate::document::SectionId;
use crate::knowledge::pattern::Pattern;
use crate::span::Span;

/// A set holds no more topics than this.
const MOST: u8 = 64;

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
            let own = section.heading.map_or(0, |heading| named(matcher, heading));
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

/// The topics that a heading names.
fn named(matcher: &Matcher<'_>, heading: Span) -> u64 {
    let grammar = &matcher.knowledge.grammar;
    let by_word = matcher.hits.within(heading).flat_map(|hit| grammar.topics_named_by(hit.literal));
    let mut named = by_word.filter(|topic| *topic < MOST).fold(0, |named, topic| named | 1 << topic);
    for (topic, number) in grammar.topics.iter().zip(0..MOST) {
        let other = |pattern: &Pattern| !matches!(pattern, Pattern::Literal(_));
        let mut others = topic.headings.iter().filter(|pattern| other(pattern));
        if named & (1 << number) == 0 && others.any(|pattern| matcher.find(pattern, heading).is_some()) {
            named |= 1 << number;
        }
    }
    named
}
