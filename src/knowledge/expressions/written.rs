//! An expression as `regex-lite` has to read it.

use regex_syntax::hir::{Capture, Hir, HirKind};

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
