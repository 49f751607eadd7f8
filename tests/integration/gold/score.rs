//! Marks against what was found: which belong to each other, and how many.

use std::fmt::Write as _;

use policy_lint::span::FileSpan;

use super::found::Found;
use super::marked::{Mark, Marked, Role};

/// Counts of one role.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Count {
    pub(super) marked: usize,
    pub(super) found: usize,
    pub(super) both: usize,
}

impl Count {
    pub(super) fn precision(self) -> f64 {
        self.both as f64 / self.found.max(1) as f64
    }

    pub(super) fn recall(self) -> f64 {
        self.both as f64 / self.marked.max(1) as f64
    }

    pub(super) fn f1(self) -> f64 {
        2.0 * self.both as f64 / (self.marked + self.found).max(1) as f64
    }
}

/// The counts over some policies.
#[derive(Debug, Default)]
pub(super) struct Score {
    counts: [Count; Role::ALL.len()],
    /// Data found whose sentence has a purpose marked, and how many of them are tied to it.
    purposed: usize,
    tied: usize,
    /// What was missed and what is superfluous, policy by policy.
    pub(super) details: String,
}

impl Score {
    pub(super) fn add(&mut self, policy: &Marked, found: &Found) {
        writeln!(self.details, "\n{}", policy.name).unwrap();
        for role in Role::ALL {
            let marks: Vec<Mark> = policy.marks.iter().filter(|mark| mark.role == role).copied().collect();
            let spans = found.of(role);
            let pairs = pairs(&marks, &spans);
            let count = &mut self.counts[role as usize];
            count.marked += marks.len();
            count.found += spans.len();
            count.both += pairs.len();
            let missed = (0..marks.len()).filter(|at| pairs.iter().all(|(mark, _)| mark != at));
            let superfluous = (0..spans.len()).filter(|at| pairs.iter().all(|(_, span)| span != at));
            self.tell(policy, role, "missed", missed.map(|at| marks[at].at));
            self.tell(policy, role, "superfluous", superfluous.map(|at| spans[at]));
            if role == Role::Data {
                self.tie(policy, found, pairs.iter().map(|(mark, span)| (marks[*mark], spans[*span])));
            }
        }
    }

    /// Looks whether data found in a sentence with a marked purpose got that purpose.
    fn tie(&mut self, policy: &Marked, found: &Found, data: impl Iterator<Item = (Mark, FileSpan)>) {
        for (mark, span) in data {
            let purposes: Vec<FileSpan> = policy
                .marks
                .iter()
                .filter(|other| other.role == Role::Purpose && other.sentence == mark.sentence)
                .map(|purpose| purpose.at)
                .collect();
            let tied = found.purposes_of(span).any(|own| purposes.iter().any(|at| shared(own, *at) > 0));
            self.purposed += usize::from(!purposes.is_empty());
            self.tied += usize::from(tied);
        }
    }

    fn tell(&mut self, policy: &Marked, role: Role, what: &str, spans: impl Iterator<Item = FileSpan>) {
        let lines = spans.map(|span| {
            let line = policy.raw[..span.start].matches('\n').count() + 1;
            format!("  {what:<11} {:<9} {line:>3}  {}\n", role.name(), around(&policy.raw, span))
        });
        self.details.extend(lines);
    }

    pub(super) fn count(&self, role: Role) -> Count {
        self.counts[role as usize]
    }

    /// The share of the data found that is tied to the purpose of its sentence.
    pub(super) fn tied(&self) -> f64 {
        self.tied as f64 / self.purposed.max(1) as f64
    }

    /// The figures, a line a role.
    pub(super) fn table(&self) -> String {
        let mut table = String::from("           marked  found   both   prec.  recall      F1\n");
        for role in Role::ALL {
            let count = self.count(role);
            let Count { marked, found, both } = count;
            let (precision, recall, f1) = (count.precision(), count.recall(), count.f1());
            let role = role.name();
            writeln!(
                table,
                "{role:<9} {marked:>7} {found:>6} {both:>6} {precision:>7.3} {recall:>7.3} {f1:>7.3}"
            )
            .unwrap();
        }
        let Self { purposed, tied, .. } = self;
        write!(table, "data tied to the purpose in its sentence: {tied} of {purposed}, {:.3}", self.tied())
            .unwrap();
        table
    }
}

/// Marks and spans that belong to each other, one to one, those that agree most first.
fn pairs(marks: &[Mark], spans: &[FileSpan]) -> Vec<(usize, usize)> {
    let length = |span: FileSpan| span.end - span.start;
    let mut candidates: Vec<(usize, usize, f64)> = Vec::new();
    for (number, mark) in marks.iter().enumerate() {
        for (at, span) in spans.iter().enumerate() {
            let agreement = shared(mark.at, *span) as f64 / length(mark.at).max(length(*span)).max(1) as f64;
            if agreement >= 0.5 {
                candidates.push((number, at, agreement));
            }
        }
    }
    candidates.sort_by(|a, b| b.2.total_cmp(&a.2));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (mark, span, _) in candidates {
        if pairs.iter().all(|pair| pair.0 != mark && pair.1 != span) {
            pairs.push((mark, span));
        }
    }
    pairs
}

/// How many bytes two spans share.
fn shared(a: FileSpan, b: FileSpan) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// The words of a span between those beside them.
fn around(text: &str, span: FileSpan) -> String {
    let before: String = text[..span.start].chars().rev().take(12).collect();
    let before: String = before.chars().rev().collect();
    let after: String = text[span.end..].chars().take(8).collect();
    format!("{before}⟦{}⟧{after}", &text[span.range()]).replace('\n', "⏎")
}
