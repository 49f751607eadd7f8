//! The members of a phrase: 甲公司、乙机构（例如丙）和丁个人 names four.

use super::matching::Matcher;
use super::{Mark, MarkKind};
use crate::knowledge::grammar::SpanPattern;
use crate::knowledge::kinds::ActorKind;
use crate::knowledge::lexicon::Lexicon;
use crate::span::Span;

/// The members of the phrase at `span`, each without what describes it; none where `pattern` refuses it.
/// `marks` are the words of the sentence.
pub(super) fn of(matcher: &Matcher<'_>, pattern: &SpanPattern, marks: &[Mark], span: Span) -> Vec<Span> {
    let prose = matcher.document.prose.text();
    if pattern.split_after.is_empty() {
        return bare(prose, pattern, span).into_iter().collect();
    }
    let mut members = Vec::new();
    let mut refused = true;
    for piece in pieces(matcher, pattern, span) {
        // Examples stand or fall with what they are examples of.
        if piece.example && refused {
            continue;
        }
        let member = bare(prose, pattern, piece.span).filter(|member| !is_own(prose, marks, *member));
        refused = if piece.example { refused } else { member.is_none() };
        members.extend(member);
    }
    members
}

/// Whether the policy's own company is meant.
fn is_own(prose: &str, marks: &[Mark], span: Span) -> bool {
    let from = marks.partition_point(|mark| mark.span.start < span.start);
    let here = marks[from..].iter().take_while(|mark| mark.span.start == span.start);
    // 拾光 and 拾光App.
    let rest = |mark: &Mark| Span { start: mark.span.end.min(span.end), end: span.end }.of(prose);
    here.into_iter().any(|mark| {
        mark.kind == MarkKind::Actor(ActorKind::FirstParty)
            && span.contains(mark.span)
            && rest(mark).chars().all(|c| c.is_ascii_alphabetic())
    })
}

/// A stretch of a phrase between conjunctions.
struct Piece {
    span: Span,
    /// It stands in brackets that give examples.
    example: bool,
}

/// Cuts at the conjunctions behind words that end a member (公司、组织), and in brackets that give examples
/// at every one behind which no description follows.
fn pieces(matcher: &Matcher<'_>, pattern: &SpanPattern, span: Span) -> Vec<Piece> {
    let prose = matcher.document.prose.text();
    let lexicon = &matcher.knowledge.lexicon;
    let mut pieces = Vec::new();
    let mut start = span.start();
    let mut at = start;
    let mut examples = false;
    while let Some(c) = prose[at..span.end()].chars().next() {
        let rest = &prose[at..span.end()];
        let next = at + c.len_utf8();
        if matches!(c, '（' | '(') && !examples {
            let inside = prose[next..span.end()].trim_start();
            let lead = lexicon.including.longest_start(inside).map(str::len);
            if let Some(lead) = lead.or_else(|| names_only(lexicon, inside).then_some(0)) {
                pieces.push(Piece { span: Span::new(start, at), example: examples });
                start = span.end() - inside.len() + lead;
                at = start;
                examples = true;
                continue;
            }
        } else if matches!(c, '）' | ')' | '，' | ',') && examples {
            pieces.push(Piece { span: Span::new(start, at), example: examples });
            start = next;
            examples = !matches!(c, '）' | ')');
        } else if let Some(joint) = lexicon.conjunctions.longest_start(rest) {
            let left = prose[start..at].trim_end();
            // 广告、统计分析类合作伙伴: a mark parts members, unless what follows describes.
            let by_mark = !joint.contains(char::is_alphanumeric) && left.chars().nth(1).is_some();
            let parts = left.is_empty()
                || (by_mark && !pattern.strip_through.any_in(rest))
                || (examples && !pattern.strip_through.any_in(rest))
                || pattern.split_after.any_ends(left)
                || lexicon.and_so_on.any_ends(left);
            if parts {
                pieces.push(Piece { span: Span::new(start, at), example: examples });
                start = at + joint.len();
                at = start;
                continue;
            }
        }
        at = next;
    }
    pieces.push(Piece { span: Span::new(start, span.end()), example: examples });
    pieces
}

/// Names in brackets are longer seldom.
const LONGEST_NAMES: usize = 40;

/// Whether nothing but names fills the brackets that `inside` follows: 地图服务商（橙图、蓝图）.
fn names_only(lexicon: &Lexicon, inside: &str) -> bool {
    let end = inside.char_indices().take(LONGEST_NAMES).find(|(_, c)| matches!(c, '）' | ')'));
    let Some((end, _)) = end else { return false };
    let names = &inside[..end];
    names.chars().all(|c| c.is_alphanumeric() || matches!(c, '、' | '/' | ' ' | '+' | '&' | '-'))
        && !lexicon.relatives.any_in(names)
        && !lexicon.defines_name.any_in(names)
        && !names.is_ascii()
}

/// A member without determiners and descriptions before it and fillers behind it.
fn bare(prose: &str, pattern: &SpanPattern, piece: Span) -> Option<Span> {
    let mut span = piece.trim(prose);
    loop {
        let text = span.of(prose);
        // 其他方 is no 方: a member has two characters at least.
        let leaves = |cut: usize| text.len() > cut && text[cut..].trim().chars().nth(1).is_some();
        let through = pattern.strip_through.any_in(text).then_some(&pattern.strip_through);
        let through = through.into_iter().flatten();
        let through = through.filter_map(|word| Some(text.rfind(word)? + word.len()));
        let lead = pattern.strip_start.starting(text);
        let cut = through.chain(lead.map(str::len)).filter(|cut| leaves(*cut)).max();
        if let Some(cut) = cut {
            span = Span::new(span.start() + cut, span.end()).trim(prose);
            continue;
        }
        match pattern.strip.ending(text).map(str::len).filter(|cut| *cut < text.len()).max() {
            Some(cut) => span = Span::new(span.start(), span.end() - cut).trim(prose),
            None => break,
        }
    }
    let text = span.of(prose);
    let refused = text.chars().nth(pattern.min.saturating_sub(1) as usize).is_none()
        || pattern.never.hold(text)
        || (!pattern.run_on && pattern.lacks.any_in(text));
    (!refused).then_some(span)
}
