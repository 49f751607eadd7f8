//! Which purposes, conditions, recipients … of a statement belong to which of its verbs.

use super::Part;
use super::context::Context;
use super::verbs::Group;
use crate::knowledge::kinds::{Distance, PartRole};
use crate::marks::MarkKind;
use crate::span::Span;

/// Ties the purposes, conditions … of a statement to its verbs.
pub(super) fn give_parts(context: &Context<'_>, statement: Span, groups: &mut [Group]) {
    if groups.is_empty() {
        return;
    }
    let marks = context.sentence().marks.iter().filter(|mark| statement.contains(mark.span));
    let parts: Vec<(PartRole, Span, bool)> = marks
        .filter_map(|mark| match mark.kind {
            MarkKind::Part(role) => Some((role, mark.span, is_leading(context, role, mark.span))),
            _ => None,
        })
        .collect();
    for &(role, span, leading) in &parts {
        let clause = context.clause(span);
        let before = groups.iter().rposition(|group| group.span.end <= span.start);
        let after = groups.iter().position(|group| group.span.start >= span.end);
        let covered: Vec<usize> = match (role, before, after) {
            // 向甲提供: the verb follows in the clause; 提供给甲: it goes before.
            (PartRole::Recipient, _, Some(after)) if groups[after].clause == clause => vec![after],
            (PartRole::Recipient, Some(before), _) => vec![before],
            // 与关联公司共享：……我们会与关联公司共享……: the title says it once more.
            (PartRole::Recipient, None, Some(after))
                if names_recipient(&parts, groups[after].clause) && is_title(context, clause) =>
            {
                continue;
            }
            (PartRole::Recipient, None, Some(after)) => vec![after],
            (_, _, Some(after)) if leading || before.is_none() => {
                let next = parts.iter().find(|(other, at, leads)| {
                    *other == role && *leads && at.start >= groups[after].span.end
                });
                let end = next.map_or(statement.end, |(_, at, _)| at.start);
                (after..groups.len()).filter(|&at| groups[at].span.start < end).collect()
            }
            (_, Some(before), _) => {
                let last = parts.iter().rfind(|(other, at, leads)| {
                    *other == role && !*leads && at.end <= span.start && *at != span
                });
                // A further purpose right behind the first belongs to the same verbs.
                let start = last.map_or(statement.start, |(_, at, _)| at.end);
                let start = if groups[before].span.start < start { statement.start } else { start };
                (0..=before).filter(|&at| groups[at].span.start >= start).collect()
            }
            _ => continue,
        };
        for at in covered {
            let distance = if groups[at].clause == clause { Distance::Clause } else { Distance::Sentence };
            groups[at].parts.push(Part { role, span, distance });
        }
    }
    for group in groups {
        group.parts.sort_by_key(|part| (part.role, part.distance, part.span));
    }
}

fn names_recipient(parts: &[(PartRole, Span, bool)], clause: Span) -> bool {
    parts.iter().any(|(role, span, _)| *role == PartRole::Recipient && clause.contains(*span))
}

/// Whether the clause goes before a colon.
fn is_title(context: &Context<'_>, clause: Span) -> bool {
    context.document.text(clause).trim_end().ends_with(['：', ':'])
}

/// Whether the part opens its clause with a cue that looks ahead (为了……，我们……).
fn is_leading(context: &Context<'_>, role: PartRole, span: Span) -> bool {
    let near = Span { start: span.start.saturating_sub(24).max(context.span().start), end: span.end };
    context.marks.hits.within(near).any(|hit| {
        (hit.span.end == span.start || hit.span.start == span.start)
            && context
                .knowledge
                .grammar
                .opened_by(hit.literal)
                .any(|(_, pattern)| pattern.clause_start && pattern.role == role)
    })
}
