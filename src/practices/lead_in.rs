//! Lists whose lead-in holds the verb: 我们会收集以下信息：（1）…….

use super::context::Context;
use super::{Action, Actor, Practice};
use crate::document::{Document, ParagraphId, SectionId, SentenceId};

/// A sentence that ends with a colon, and what the list under it takes over.
#[derive(Clone, Copy, Debug)]
struct Lead {
    action: Action,
    actor: Option<Actor>,
    negated: bool,
    section: SectionId,
    paragraph: ParagraphId,
    /// Items of its list were seen; what stands beside them again is no more of it.
    list: bool,
}

/// The lead-ins in force, outermost first.
#[derive(Debug, Default)]
pub(super) struct Leads {
    open: Vec<Lead>,
}

impl Leads {
    /// The actor that a list item takes over.
    pub(super) fn actor(&self, document: &Document, sentence: SentenceId) -> Option<Actor> {
        let lead = self.covering(document, sentence)?;
        lead.actor.map(|actor| Actor { inherited: true, ..actor })
    }

    /// What the lead-in says is done, and by whom.
    pub(super) fn statement(
        &self,
        document: &Document,
        sentence: SentenceId,
    ) -> Option<(Action, Option<Actor>)> {
        self.covering(document, sentence).map(|lead| (lead.action, lead.actor))
    }

    /// The practice that a verbless list item states.
    pub(super) fn continue_list(&self, context: &Context<'_>) -> Option<Practice> {
        let lead = self.covering(context.document, context.id)?;
        if !context.is_list_item() {
            return None;
        }
        let data: Vec<_> =
            context.data().filter_map(|mark| context.item(mark)).filter(|item| !item.generic).collect();
        if data.is_empty() {
            return None;
        }
        let section = context.document.paragraph(context.document.sentence(context.id).paragraph).section;
        let parts = context.parts();
        Some(Practice {
            sentence: context.id,
            section,
            action: Some(lead.action),
            actor: lead.actor.map(|actor| Actor { inherited: true, ..actor }),
            data,
            parts,
            negated: lead.negated,
        })
    }

    /// Takes note of what `sentence` leads in, if anything, and forgets what no longer covers it.
    pub(super) fn note(
        &mut self,
        document: &Document,
        sentence: SentenceId,
        lead: &Option<(Action, Option<Actor>, bool)>,
    ) {
        let paragraph = document.sentence(sentence).paragraph;
        let section = document.paragraph(paragraph).section;
        self.open.retain(|open| {
            is_within(document, section, open.section) && !(open.list && open.section == section)
        });
        for open in self.open.iter_mut().filter(|open| open.section != section) {
            open.list = true;
        }
        if let Some((action, actor, negated)) = *lead {
            self.open.retain(|open| open.section != section);
            self.open.push(Lead { action, actor, negated, section, paragraph, list: false });
        }
    }

    /// The innermost lead-in whose list `sentence` stands in.
    fn covering(&self, document: &Document, sentence: SentenceId) -> Option<&Lead> {
        let paragraph = document.sentence(sentence).paragraph;
        let section = document.paragraph(paragraph).section;
        self.open.iter().rev().find(|lead| {
            lead.paragraph != paragraph
                && if lead.section == section && lead.list {
                    false
                } else if lead.section == section {
                    // Without items of its own the list is the paragraphs that follow.
                    paragraph.0 - lead.paragraph.0 <= LONGEST_LIST
                } else {
                    is_within(document, section, lead.section)
                }
        })
    }
}

/// The practice that a sentence without a verb goes on with: 包括……, 此类信息包括…….
pub(super) fn go_on(context: &Context<'_>, before: Option<&Practice>) -> Option<Practice> {
    let before = before.filter(|practice| practice.action.is_some())?;
    if !context.opens_members() {
        return None;
    }
    let data: Vec<_> = context
        .data()
        .filter_map(|mark| context.item(mark))
        .filter(|item| !item.generic && !item.reference)
        .collect();
    let actor = before.actor.map(|actor| Actor { inherited: true, ..actor });
    (!data.is_empty()).then(|| Practice { sentence: context.id, actor, data, ..before.clone() })
}

/// A list of bare paragraphs hardly goes on for longer.
const LONGEST_LIST: u32 = 12;

fn is_within(document: &Document, inner: SectionId, outer: SectionId) -> bool {
    let mut at = Some(inner);
    while let Some(section) = at {
        if section == outer {
            return true;
        }
        at = document.section(section).parent;
    }
    false
}
