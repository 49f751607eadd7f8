//! An expression as `regex-lite` has to read it, and what is left of it behind the start of a text.

use regex_syntax::hir::{Capture, Hir, HirKind, Look};

/// Writes an expression out: classes and letter case as ranges of characters, without groups for captures.
pub(super) fn written(hir: &Hir) -> String {
    plain(hir.clone()).to_string()
}

fn plain(hir: Hir) -> Hir {
    let all = |parts: Vec<Hir>| parts.into_iter().map(plain).collect();
    match hir.into_kind() {
        HirKind::Empty => Hir::empty(),
        HirKind::Literal(literal) => Hir::literal(literal.0),
        HirKind::Class(class) => Hir::class(class),
        HirKind::Look(look) => Hir::look(look),
        HirKind::Capture(capture) => plain(*capture.sub),
        HirKind::Concat(parts) => Hir::concat(all(parts)),
        HirKind::Alternation(parts) => Hir::alternation(all(parts)),
        HirKind::Repetition(mut repetition) => {
            let sub = plain(*repetition.sub);
            // Written without a group, (?:a{2})? would be the lazy a{2}?.
            repetition.sub = Box::new(match sub.kind() {
                HirKind::Repetition(_) => Hir::capture(Capture { index: 1, name: None, sub: Box::new(sub) }),
                _ => sub,
            });
            Hir::repetition(repetition)
        }
    }
}

/// What is left of an expression where more text goes before; `None` if it cannot match there.
pub(super) fn not_at_start(hir: &Hir) -> Option<Hir> {
    match hir.kind() {
        HirKind::Look(Look::Start) => None,
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) => Some(hir.clone()),
        HirKind::Capture(capture) => not_at_start(&capture.sub),
        HirKind::Concat(parts) => parts.iter().map(not_at_start).collect::<Option<_>>().map(Hir::concat),
        HirKind::Alternation(parts) => {
            let left: Vec<Hir> = parts.iter().filter_map(not_at_start).collect();
            (!left.is_empty()).then(|| Hir::alternation(left))
        }
        HirKind::Repetition(repetition) => match not_at_start(&repetition.sub) {
            Some(sub) => Some(Hir::repetition(repetition.with(sub))),
            None => (repetition.min == 0).then(Hir::empty),
        },
    }
}
