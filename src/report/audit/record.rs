use serde::Serialize;

use crate::document::Document;
use crate::findings::{Analysis, Evidence, Finding, Place, Why};
use crate::knowledge::Knowledge;
use crate::knowledge::kinds::{Judge, Severity};
use crate::knowledge::spec::Text;
use crate::report::Lines;
use crate::report::json::Accepted;
use crate::report::locate::Position;
use crate::span::Span;
use crate::triage::{Ruling, Status, Verdict, Waived};

/// A requirement and what became of it in one policy.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, Serialize)]
pub struct CheckRecord {
    pub rule: String,
    pub status: Status,
    /// Why it was not judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// Facts about the app that would have to be otherwise.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<String>,
    /// The file of its first evidence, else the first of the policy.
    pub path: String,
    pub group: String,
    pub title: Text,
    /// What a policy has to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub demands: Option<Text>,
    pub severity: Severity,
    pub judge: Judge,
    pub cites: Vec<String>,
    /// Where it is met or, if it is not, broken; for what is missing, where it would belong. Where all that breaks it
    /// is waived, the places of that.
    pub evidence: Vec<EvidenceRecord>,
    /// What the first finding says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// What breaks it and is waived.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub waived: Vec<WaivedRecord>,
}

/// What one waiver waives of a requirement.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, Serialize)]
pub struct WaivedRecord {
    #[serde(flatten)]
    pub grounds: Accepted,
    pub evidence: Vec<EvidenceRecord>,
}

/// Words of a policy.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, Serialize)]
pub struct EvidenceRecord {
    pub path: String,
    #[serde(flatten)]
    pub at: Position,
    pub text: String,
    /// The sentence they stand in.
    pub sentence: String,
    /// Where in the sentence, in bytes.
    #[serde(skip)]
    pub within: std::ops::Range<usize>,
}

/// Why a requirement was not judged.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// It is for whole policies.
    Fragment,
    /// The app is none of those it is for.
    Facts,
    /// The policy says nothing of the kind.
    NothingJudged,
    /// The rule makes an exception for the words in evidence.
    Excepted,
    /// Another rule speaks about the same words.
    Superseded,
}

/// Longer sentences are cut around the words.
const LONGEST_SENTENCE: usize = 600;

/// What is waived in a policy.
#[derive(Clone, Copy, Debug)]
pub struct Waiving<'a> {
    pub waived: &'a [Waived],
    /// Of each waiver.
    pub grounds: &'a [Accepted],
}

/// The checklist of one policy, by subject; within one, what the whole has to say comes first.
pub fn records(
    files: &[Analysis],
    findings: &[Finding],
    waiving: Waiving<'_>,
    rulings: &[Ruling<'_>],
    knowledge: &Knowledge,
) -> Vec<CheckRecord> {
    let lines: Vec<Lines> = files.iter().map(|file| Lines::of(&file.source.text)).collect();
    let policy = Policy { files, lines: &lines, findings, waiving, knowledge };
    let groups: Vec<&str> = knowledge.grouped().into_iter().map(|(id, ..)| id).collect();
    let mut rulings: Vec<&Ruling<'_>> = rulings.iter().collect();
    rulings.sort_by_key(|ruling| {
        let group = groups.iter().position(|id| *id == ruling.rule.group());
        (group, ruling.rule.judge != Judge::Document)
    });
    rulings.into_iter().map(|ruling| policy.record(ruling)).collect()
}

struct Policy<'a> {
    files: &'a [Analysis],
    lines: &'a [Lines],
    findings: &'a [Finding],
    waiving: Waiving<'a>,
    knowledge: &'a Knowledge,
}

impl Policy<'_> {
    fn record(&self, ruling: &Ruling<'_>) -> CheckRecord {
        let Ruling { rule, severity, verdict, waived } = ruling;
        let waived: Vec<&Waived> = waived.iter().filter_map(|at| self.waiving.waived.get(*at)).collect();
        let mut reason = None;
        let mut facts = Vec::new();
        let mut first = None;
        let places: Vec<(usize, Place)> = match verdict {
            Verdict::Met(words) | Verdict::Unjudged(Why::Excepted(words)) => prose(words),
            Verdict::Broken(found) => {
                let found: Vec<&Finding> = found.iter().filter_map(|at| self.findings.get(*at)).collect();
                first = found.first().copied();
                found.iter().map(|finding| (finding.file, finding.place)).collect()
            }
            Verdict::Waived => {
                first = waived.first().map(|waived| &waived.finding);
                waived.iter().map(|waived| (waived.finding.file, waived.finding.place)).collect()
            }
            Verdict::Unjudged(_) | Verdict::Superseded => Vec::new(),
        };
        match verdict {
            Verdict::Unjudged(Why::Fragment) => reason = Some(Reason::Fragment),
            Verdict::Unjudged(Why::Facts(unmet)) => {
                reason = Some(Reason::Facts);
                let known = &self.knowledge.grammar.facts;
                facts = unmet
                    .iter()
                    .filter_map(|fact| known.get(usize::from(*fact)))
                    .map(|fact| fact.id.clone())
                    .collect();
            }
            Verdict::Unjudged(Why::Nothing) => reason = Some(Reason::NothingJudged),
            Verdict::Unjudged(Why::Excepted(_)) => reason = Some(Reason::Excepted),
            Verdict::Superseded => reason = Some(Reason::Superseded),
            Verdict::Met(_) | Verdict::Broken(_) | Verdict::Waived => {}
        }
        let evidence: Vec<EvidenceRecord> =
            places.into_iter().filter_map(|(file, place)| self.evidence(file, place)).collect();
        let path =
            evidence.first().map(|words| &words.path).or(self.files.first().map(|file| &file.source.path));
        CheckRecord {
            rule: rule.id.clone(),
            status: verdict.status(),
            reason,
            facts,
            path: path.cloned().unwrap_or_default(),
            group: rule.group().to_owned(),
            title: rule.title.clone(),
            demands: rule.demands.clone(),
            severity: *severity,
            judge: rule.judge,
            cites: rule.cites.clone(),
            evidence,
            message: first.map(|finding| finding.message.clone()),
            help: first.map(|finding| finding.help.clone()),
            waived: self.waived(&waived),
        }
    }

    /// By waiver, in the order of the waivers.
    fn waived(&self, waived: &[&Waived]) -> Vec<WaivedRecord> {
        let of = |(number, grounds): (usize, &Accepted)| {
            let by_it = waived.iter().filter(|waived| waived.by == number);
            let evidence: Vec<EvidenceRecord> =
                by_it.filter_map(|waived| self.evidence(waived.finding.file, waived.finding.place)).collect();
            (!evidence.is_empty()).then(|| WaivedRecord { grounds: grounds.clone(), evidence })
        };
        self.waiving.grounds.iter().enumerate().filter_map(of).collect()
    }

    fn evidence(&self, file: usize, place: Place) -> Option<EvidenceRecord> {
        Some(EvidenceRecord::of(self.files.get(file)?, self.lines.get(file)?, place))
    }
}

impl EvidenceRecord {
    /// The words at a place of a file, with what they stand in.
    pub(in crate::report) fn of(file: &Analysis, lines: &Lines, place: Place) -> Self {
        let Analysis { source, document, .. } = file;
        let at = Position::of(place.in_file(&document.prose), &source.text, lines);
        let (text, sentence, within) = match place {
            Place::Prose(span) => {
                let (around, within) = around(document, span);
                (document.text(span), around, within)
            }
            Place::File(span) => {
                let line = lines.around(&source.text, at.start);
                let start = at.start - line.start;
                let line = &source.text[line];
                (&source.text[span.range()], line, start..(start + span.range().len()).min(line.len()))
            }
        };
        Self {
            path: source.path.clone(),
            at,
            text: text.trim().to_owned(),
            sentence: sentence.to_owned(),
            within,
        }
    }
}

fn prose(words: &[Evidence]) -> Vec<(usize, Place)> {
    words.iter().map(|Evidence { file, span }| (*file, Place::Prose(*span))).collect()
}

/// The sentence around some words, or the part of it that is near, and where in it they are.
fn around(document: &Document, span: Span) -> (&str, std::ops::Range<usize>) {
    let prose = document.prose.text();
    let sentence = document.sentences.get(document.sentence_from(span.start));
    let mut whole = sentence.map_or(span, |sentence| sentence.span.hull(span));
    if whole.len() > LONGEST_SENTENCE {
        let reach = (LONGEST_SENTENCE / 2) as u32;
        whole = document.prose.widened(Span {
            start: whole.start.max(span.start.saturating_sub(reach)),
            end: whole.end.min(span.end.saturating_add(reach)),
        });
    }
    let whole = whole.trim(prose).hull(span.trim(prose));
    let start = span.start().max(whole.start()) - whole.start();
    (whole.of(prose), start..(start + span.len()).min(whole.len()))
}
