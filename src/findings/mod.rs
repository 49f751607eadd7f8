//! Stage 5: the rules judge what the policy says.

mod candidates;
mod check;
mod condition;
mod evidence;
mod facts;
mod fill;
mod finding;
mod fingerprint;
mod focus;
mod judge;
mod kept;
mod message;
mod met;
mod pairs;
mod scope;
mod selected;
mod title;

pub use check::{Check, Evidence, Outcome, Why};
pub use finding::{Cause, Finding, Label, LabelRole, Place};
pub use message::Words;
pub use scope::ScopeChoice;

use crate::document::Document;
use crate::knowledge::Knowledge;
use crate::knowledge::kinds::{Judge, Language, Severity};
use crate::marks::Marks;
use crate::practices::{Entry, Practice};
use crate::source::Source;
use crate::span::Span;
use check::Tally;
use condition::{Memory, Policy};
use facts::Facts;
use judge::{Judging, unmet};
use kept::Kept;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What the earlier stages know of one file.
#[derive(Debug)]
pub struct Analysis {
    pub source: Source,
    pub document: Document,
    pub marks: Marks,
    pub practices: Vec<Practice>,
    pub entries: Vec<Entry>,
}

impl Analysis {
    /// Whether the words at `span` are under a negation of their clause.
    fn is_negated(&self, span: Span) -> bool {
        let at = self.document.sentence_from(span.start);
        match (self.document.sentences.get(at), self.marks.sentences.get(at)) {
            (Some(sentence), Some(marks)) => marks.is_negated(sentence.clause_at(span.start), span),
            _ => false,
        }
    }
}

/// What the run asks for.
#[derive(Debug)]
pub struct Settings<'a> {
    pub language: Language,
    pub scope: ScopeChoice,
    /// Facts about the app that the config states.
    pub facts: &'a BTreeMap<String, bool>,
    /// The type of the app, if the config states it.
    pub app_type: Option<&'a str>,
    /// For each file of the policy the severity of each rule, `None` for a rule that is off.
    pub levels: &'a [Vec<Option<Severity>>],
}

/// Whether the files of one policy are judged as a whole policy, by what the user says of them or what they
/// look like.
pub fn is_full(files: &[Analysis], knowledge: &Knowledge, scope: ScopeChoice) -> bool {
    scope.is_full(knowledge, files)
}

/// Judges the files of one policy together. Findings come in reading order.
pub fn judge(files: &[Analysis], knowledge: &Knowledge, settings: &Settings<'_>) -> Vec<Finding> {
    run(files, knowledge, settings, Tally::default).0
}

/// Like [`judge`], with what became of each rule that is on, in the order of the rules.
pub fn audit(
    files: &[Analysis],
    knowledge: &Knowledge,
    settings: &Settings<'_>,
) -> (Vec<Finding>, Vec<Check>) {
    run(files, knowledge, settings, Tally::counting)
}

fn run(
    files: &[Analysis],
    knowledge: &Knowledge,
    settings: &Settings<'_>,
    tally: impl Fn() -> Tally + Sync,
) -> (Vec<Finding>, Vec<Check>) {
    let facts = Facts::of(knowledge, files, settings.facts, settings.app_type);
    let full = settings.scope.is_full(knowledge, files);
    let terms = settings.scope == ScopeChoice::Auto && scope::are_terms(knowledge, files);
    // Most runs are about one policy, and to judge it is most of the work.
    let judged = knowledge.rules.par_iter().enumerate().filter_map(|(number, rule)| {
        let off = settings.levels.iter().all(|levels| levels[number].is_none());
        // What waivers are worth is known when all has been judged.
        if off || rule.judge == Judge::Waiver {
            return None;
        }
        let memory = Memory::default();
        let policy = Policy { knowledge, files, facts: &facts, terms, memory: &memory };
        let mut kept = Kept::default();
        let outcome = match unmet(policy, rule, full) {
            Some(why) => Some(Outcome::Unjudged(why)),
            None => {
                let tally = tally();
                Judging { policy, settings, rule, number, tally: &tally }.run(&mut kept);
                tally.outcome()
            }
        };
        Some((kept.into_findings(), outcome.map(|outcome| Check { rule: number, outcome })))
    });
    let judged: Vec<_> = judged.collect();
    let mut findings = Vec::new();
    let mut checks = Vec::new();
    for (found, check) in judged {
        findings.extend(found);
        checks.extend(check);
    }
    let mut seen = HashSet::new();
    findings.retain(|finding| seen.insert((finding.rule.clone(), finding.file, finding.place)));
    supersede(knowledge, &mut findings);
    findings.sort_by_cached_key(|finding| {
        let at = finding.place.in_file(&files[finding.file].document.prose);
        (finding.file, at.start, std::cmp::Reverse(finding.severity), finding.rule.clone())
    });
    (findings, checks)
}

/// Of two rules on the same words the graver speaks; of equals the one that names the other in `supersedes`.
fn supersede(knowledge: &Knowledge, findings: &mut Vec<Finding>) {
    let mut by_rule: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, finding) in findings.iter().enumerate() {
        by_rule.entry(&finding.rule).or_default().push(at);
    }
    for found in by_rule.values_mut() {
        found.sort_by_key(|at| start_of(&findings[*at]));
    }
    let mut silenced = vec![false; findings.len()];
    for rule in knowledge.rules.iter().filter(|rule| !rule.supersedes.is_empty()) {
        let speakers = by_rule.get(rule.id.as_str()).map(Vec::as_slice).unwrap_or_default();
        for other in rule.supersedes.iter().filter_map(|id| by_rule.get(id.as_str())).flatten().copied() {
            // What overlaps is near in reading order.
            let (file, end) = end_of(&findings[other]);
            let near = speakers.partition_point(|&at| start_of(&findings[at]) < (file, end));
            let reach = speakers[..near].iter().rev().take(NEAR);
            for &speaker in reach {
                if findings[speaker].file == findings[other].file
                    && overlap(findings[speaker].place, findings[other].place)
                {
                    let milder = findings[speaker].severity < findings[other].severity;
                    silenced[if milder { speaker } else { other }] = true;
                }
            }
        }
    }
    let mut silenced = silenced.into_iter();
    findings.retain(|_| !silenced.next().unwrap_or(false));
}

/// So many findings of one rule may overlap one place.
const NEAR: usize = 16;

fn start_of(finding: &Finding) -> (usize, usize) {
    match finding.place {
        Place::Prose(span) => (finding.file, span.start()),
        Place::File(span) => (finding.file, span.start),
    }
}

fn end_of(finding: &Finding) -> (usize, usize) {
    match finding.place {
        Place::Prose(span) => (finding.file, span.end()),
        Place::File(span) => (finding.file, span.end),
    }
}

fn overlap(a: Place, b: Place) -> bool {
    match (a, b) {
        (Place::Prose(a), Place::Prose(b)) => a.overlaps(b),
        (Place::File(a), Place::File(b)) => a.start < b.end && b.start < a.end,
        _ => false,
    }
}
