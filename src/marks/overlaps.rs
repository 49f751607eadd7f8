//! Which of several parts that overlap stay.

use super::{Mark, MarkKind};
use crate::knowledge::kinds::PartRole;
use std::cmp::Reverse;

/// Which of two overlapping parts of different roles holds the other.
fn holds(outer: PartRole, inner: PartRole) -> bool {
    use PartRole::{Condition, Consent, Purpose, Recipient, Refusal, Retention};
    match outer {
        Refusal => inner != Refusal,
        Condition => matches!(inner, Purpose | Recipient | Retention),
        Purpose => matches!(inner, Condition | Recipient | Retention | Consent),
        Recipient | Consent | Retention => false,
    }
}

/// Of spans of one role that overlap keeps the longer; drops what lies inside a part that governs it.
pub(super) fn settle(parts: Vec<Mark>) -> Vec<Mark> {
    let role = |mark: &Mark| match mark.kind {
        MarkKind::Part(role) => role,
        _ => PartRole::Purpose,
    };
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|&at| (Reverse(parts[at].span.len()), parts[at].span.start));
    let mut kept: Vec<Mark> = Vec::new();
    for at in order {
        let mark = parts[at];
        let loses = kept.iter().any(|other| {
            other.span.overlaps(mark.span)
                && (role(other) == role(&mark)
                    || (other.span.contains(mark.span) && holds(role(other), role(&mark))))
        });
        if !loses {
            kept.push(mark);
        }
    }
    kept.sort_by_key(|mark| mark.span);
    kept
}
