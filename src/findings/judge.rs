//! Runs rules over what they judge and makes findings.

use super::Settings;
use super::check::{Tally, Why};
use super::condition::{Policy, Subject};
use super::fill::MOST_COLUMNS;
use super::finding::{Cause, Finding, Label, LabelRole, Place};
use super::fingerprint::{self, Identity};
use super::kept::Kept;
use super::message::Words;
use crate::document::{SectionId, SectionKind};
use crate::knowledge::kinds::{Judge, Point, Severity};
use crate::knowledge::rule::Rule;
use crate::knowledge::spec::{Level, Scope};
use crate::source::Format;
use crate::span::Span;

/// A rule at work on a policy.
pub(super) struct Judging<'a> {
    pub(super) policy: Policy<'a>,
    pub(super) settings: &'a Settings<'a>,
    pub(super) rule: &'a Rule,
    /// The rule's number, which the levels go by.
    pub(super) number: usize,
    pub(super) tally: &'a Tally,
}

impl<'a> Judging<'a> {
    pub(super) fn run(&self, kept: &mut Kept) {
        for file in 0..self.policy.files.len() {
            if self.settings.levels[file][self.number].is_none() {
                continue;
            }
            kept.begin();
            match self.rule.judge {
                Judge::Practice => self.practices(file, kept),
                Judge::Data => self.items(file, kept),
                Judge::Sentence => self.sentences(file, kept),
                Judge::Section => self.sections(file, kept),
                Judge::Entry => self.entries(file, kept),
                Judge::Slip => self.slips(file, kept),
                Judge::Pair => self.pairs(file, kept),
                Judge::Waiver => return,
                Judge::Document => {
                    self.document(file, kept);
                    // All files of a policy are one document; it is judged once.
                    return;
                }
            }
        }
    }

    pub(super) fn subject(&self, file: usize) -> Subject<'a> {
        Subject {
            policy: self.policy,
            file,
            practice: None,
            item: None,
            entry: None,
            sentence: None,
            section: None,
        }
    }

    fn practices(&self, file: usize, kept: &mut Kept) {
        for (number, practice) in self.policy.files[file].practices.iter().enumerate() {
            let sentence = Some(practice.sentence);
            let subject = Subject { practice: Some(practice), sentence, ..self.subject(file) };
            self.judge(&subject, Some(number), kept);
        }
    }

    fn items(&self, file: usize, kept: &mut Kept) {
        for (number, practice) in self.policy.files[file].practices.iter().enumerate() {
            for item in &practice.data {
                let sentence = Some(practice.sentence);
                let subject =
                    Subject { practice: Some(practice), item: Some(item), sentence, ..self.subject(file) };
                self.judge(&subject, Some(number), kept);
            }
        }
    }

    fn sentences(&self, file: usize, kept: &mut Kept) {
        let Rule { when, require, forbid, .. } = self.rule;
        // Whoever asks what became of the rule also wants to hear of sentences that are in order.
        let when = when.as_ref().filter(|_| !self.tally.counts() || require.is_some() || forbid.is_some());
        let forbid = forbid.as_ref().filter(|_| !self.tally.counts());
        for sentence in self.policy.candidates(file, when.into_iter().chain(forbid)) {
            let subject = Subject { sentence: Some(sentence), ..self.subject(file) };
            self.judge(&subject, None, kept);
        }
    }

    fn entries(&self, file: usize, kept: &mut Kept) {
        for entry in &self.policy.files[file].entries {
            let subject =
                Subject { entry: Some(entry), sentence: Some(entry.sentence), ..self.subject(file) };
            // Entries of one list that lack the same have one cause.
            let (_, lacks) = self.missing(entry);
            let cause = (entry.list as usize) << MOST_COLUMNS | lacks;
            self.judge(&subject, Some(cause), kept);
        }
    }

    fn sections(&self, file: usize, kept: &mut Kept) {
        for (index, section) in self.policy.files[file].document.sections.iter().enumerate() {
            if section.kind == SectionKind::Chapter {
                let subject = Subject { section: Some(SectionId(index as u32)), ..self.subject(file) };
                self.judge(&subject, None, kept);
            }
        }
    }

    fn document(&self, file: usize, kept: &mut Kept) {
        self.judge(&self.subject(file), None, kept);
    }

    fn slips(&self, file: usize, kept: &mut Kept) {
        let analysis = &self.policy.files[file];
        if analysis.document.format == Format::Annotated && analysis.document.slips.is_empty() {
            self.tally.met(Vec::new);
        }
        for slip in &analysis.document.slips {
            self.tally.broken();
            let severity = self.settings.levels[file][self.number].unwrap_or(self.rule.severity);
            if !kept.has_room(severity, None) {
                continue;
            }
            let mut words = Words::of(self.rule, self.settings.language);
            words.fill("match", &analysis.source.text[slip.at.range()]);
            let mut finding =
                self.finding(file, Place::File(slip.at), words, severity, None, Vec::new(), None);
            // Slips stand in the file, not in the prose.
            let text = &analysis.source.text;
            let line = text[..slip.at.start].rfind('\n').map_or(0, |at| at + 1);
            let end = text[slip.at.end..].find('\n').map_or(text.len(), |at| slip.at.end + at);
            let at = Span::new(slip.at.start, slip.at.end);
            finding.fingerprint =
                fingerprint::of(&self.rule.id, Some(Identity::in_sentence(text, at, Span::new(line, end))));
            kept.add(finding);
        }
    }

    /// Judges one subject and reports it if the rule is broken.
    fn judge(&self, subject: &Subject<'a>, statement: Option<usize>, kept: &mut Kept) {
        let rule = self.rule;
        let when = rule.when.as_ref().map(|when| subject.eval(when));
        if let Some(described) = rule.when.as_ref().filter(|_| when.is_some_and(|verdict| !verdict.holds)) {
            // Without `require` and `forbid`, what `when` describes is what must not be.
            if rule.forbid.is_none() && rule.require.is_none() {
                self.tally.met(|| self.ranked(subject.refutation(described)));
            }
            return;
        }
        // Mostly nothing that is forbidden is said, and no exception needs to be looked for.
        let forbidden = rule.forbid.as_ref().map(|forbid| (forbid, subject.eval(forbid)));
        if forbidden.is_some_and(|(_, verdict)| !verdict.holds) && !self.tally.counts() {
            return;
        }
        if let Some(unless) = rule.unless.as_ref().filter(|unless| subject.holds(unless)) {
            if self.tally.counts() {
                self.tell_exception(subject, unless);
            }
            return;
        }
        let mut at = None;
        let mut level = None;
        if let Some((forbid, verdict)) = forbidden {
            if !verdict.holds {
                self.tally.met(|| {
                    let words = self.ranked(subject.refutation(forbid));
                    if words.is_empty() { self.judged_words(subject) } else { words }
                });
                return;
            }
            at = verdict.at;
        }
        if let Some(require) = &rule.require {
            let verdict = subject.eval(require);
            if verdict.holds {
                self.tally.met(|| {
                    let words = self.words_of(subject, require);
                    if words.is_empty() { self.judged_words(subject) } else { words }
                });
                return;
            }
            level = verdict.level;
        }
        let at = at.or(when.and_then(|verdict| verdict.at));
        let Some(mut severity) = self.severity(subject, level) else {
            self.tally.met(|| self.judged_words(subject));
            return;
        };
        self.tally.broken();
        let items = self.matching_items(subject);
        if self.asks_for_sensitive() && self.only_annex_b(subject, &items) {
            severity = severity.min(Severity::Warning);
        }
        if !kept.has_room(severity, statement) {
            return;
        }
        let document = &subject.analysis().document;
        let spot = self.focus(subject, rule.point, &items, at);
        let focus = spot.unwrap_or_else(|| self.heading(subject));
        let mut words = Words::of(rule, self.settings.language);
        for item in &items {
            words.data(document.text(item.span));
        }
        self.fill(subject, &mut words, at);
        let sentence = self.sentence_around(subject, focus);
        let labels = rule
            .labels
            .iter()
            .filter(|point| **point != rule.point)
            .filter_map(|point| self.spot(subject, *point, &items, at).map(|span| self.label(*point, span)))
            .filter(|label| label.place != Place::Prose(focus))
            .collect();
        let action = subject.practice.and_then(|practice| practice.action);
        let prose = document.prose.text();
        let known = spot.filter(|_| rule.point != Point::Heading).map(|_| match (subject.item, action) {
            (Some(item), Some(action)) if item.span == focus => {
                Identity::in_list(prose, focus, action.span, sentence)
            }
            _ => Identity::in_sentence(prose, focus, sentence),
        });
        kept.add(self.finding(subject.file, Place::Prose(focus), words, severity, known, labels, statement));
    }

    /// The level from the config, lowered by what the rule says and for what terms do not say; `None` when that is `off`.
    pub(super) fn severity(&self, subject: &Subject<'a>, level: Option<Level>) -> Option<Severity> {
        let mut severity = self.settings.levels[subject.file][self.number]?;
        if let Some(level) = level {
            severity = severity.min(level.severity()?);
        }
        // A policy would have to say it, and that there is none is a finding of its own.
        if self.policy.terms && self.rule.scope == Scope::Full {
            severity = severity.min(Severity::Info);
        }
        if let Some((_, level)) = self.rule.downgrade.iter().find(|(condition, _)| subject.holds(condition)) {
            severity = severity.min(level.severity()?);
        }
        Some(severity)
    }

    #[expect(clippy::too_many_arguments, reason = "each is a field of the finding")]
    pub(super) fn finding(
        &self,
        file: usize,
        place: Place,
        words: Words,
        severity: Severity,
        focus: Option<Identity<'_>>,
        labels: Vec<Label>,
        statement: Option<usize>,
    ) -> Finding {
        Finding {
            rule: self.rule.id.clone(),
            severity,
            confidence: self.rule.confidence,
            file,
            place,
            message: words.message(),
            help: words.help(),
            cites: self.cites(),
            fingerprint: fingerprint::of(&self.rule.id, focus),
            labels,
            cause: Cause { statement: statement.map(|number| number as u32), words },
            further: 0,
        }
    }

    pub(super) fn label(&self, point: Point, span: Span) -> Label {
        let text = self.policy.knowledge.grammar.label(point);
        let message = text.map(|text| text.get(self.settings.language).to_owned()).unwrap_or_default();
        Label { place: Place::Prose(span), message, role: LabelRole::Context }
    }
}

/// Why a policy is none that the rule speaks about; `None` when it is one.
pub(super) fn unmet(policy: Policy<'_>, rule: &Rule, full: bool) -> Option<Why> {
    if rule.scope == Scope::Full && !full {
        return Some(Why::Fragment);
    }
    let unmet = rule.applies.iter().filter(|(fact, wanted)| policy.facts.is(*fact) != *wanted);
    let facts: Vec<u8> = unmet.map(|(fact, _)| *fact).collect();
    (!facts.is_empty()).then_some(Why::Facts(facts))
}
