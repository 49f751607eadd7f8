//! What is done on the basis of data: 根据您的浏览记录，向您推荐商品.

use super::context::Context;
use crate::knowledge::kinds::PartRole;
use crate::marks::{Mark, MarkKind};
use crate::span::Span;

/// No more than a determiner and an adverb stand between the word and the data, in characters.
const LONGEST_LEAD: usize = 24;
/// No more than 等特征 and a modal stand between the data and what is done.
const LONGEST_JOINT: usize = 10;

/// The words in a statement behind which data is named that something is done with for the user, in reading order.
pub(super) fn verbs(context: &Context<'_>, statement: Span) -> impl Iterator<Item = Span> {
    let bases = context.places(&context.knowledge.lexicon.bases, statement);
    bases.filter(move |word| leads_to_purpose(context, statement, *word))
}

/// Whether data stands behind the word, and what it serves behind that.
fn leads_to_purpose(context: &Context<'_>, statement: Span, word: Span) -> bool {
    let marks = &context.sentence().marks;
    let from = marks.partition_point(|mark| mark.span.start < word.end);
    let mut behind = marks[from..].iter().take_while(|mark| mark.span.start < statement.end).peekable();
    let is_user = |mark: &&Mark| matches!(mark.kind, MarkKind::Actor(_));
    let is_data = |mark: &&Mark| matches!(mark.kind, MarkKind::Data { .. });
    while behind.next_if(is_user).is_some() {}
    let Some(first) = behind.next_if(is_data) else { return false };
    let lead = context.document.text(Span { start: word.end, end: first.span.start });
    let mut end = first.span.end;
    while let Some(item) = behind.next_if(is_data) {
        end = end.max(item.span.end);
    }
    let covered = |mark: &Mark| mark.span.start < word.end && mark.span.end > word.start;
    lead.chars().count() <= LONGEST_LEAD
        && lead.chars().all(char::is_alphanumeric)
        && !marks.iter().any(covered)
        && behind.next().is_some_and(|mark| {
            let between = Span { start: end, end: mark.span.start.max(end) };
            mark.kind == MarkKind::Part(PartRole::Purpose)
                && context.document.text(between).chars().count() <= LONGEST_JOINT
        })
}
