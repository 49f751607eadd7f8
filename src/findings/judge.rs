//! Runs rules over what they judge and makes findings.

use super::check::{Evidence, MOST_MET, Tally, Why};
use super::condition::{Policy, Subject};
use super::finding::{Cause, Finding, Label, LabelRole, Place};
use super::fingerprint::{self, Identity};
use super::kept::Kept;
use super::message::Words;
use super::{Analysis, Settings, title};
use crate::document::{SectionId, SectionKind};
use crate::knowledge::kinds::{Judge, PartRole, Point, Severity};
use crate::knowledge::rule::{Columns, Condition, Data, Rule};
use crate::knowledge::spec::{Holds, Level, Scope};
use crate::practices::{DataItem, Entry, Practice};
use crate::source::Format;
use crate::span::Span;
use std::collections::HashSet;

/// A rule at work on a policy.
pub(super) struct Judging<'a> {
    pub(super) policy: Policy<'a>,
    pub(super) settings: &'a Settings<'a>,
    pub(super) rule: &'a Rule,
    /// The rule's number, which the levels go by.
    pub(super) number: usize,
    pub(super) tally: &'a Tally,
}

/// Hulls longer than this are underlined item by item.
const LONGEST_HULL: usize = 180;

/// A rule asks for no more columns than this.
const MOST_COLUMNS: usize = 8;

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

    /// The columns that the rule requires and the entry says nothing of, and the same as a set of bits.
    fn missing(&self, entry: &Entry) -> (Vec<&'a [Holds]>, usize) {
        let mut tests = Vec::new();
        if let Some(require) = &self.rule.require {
            column_tests(require, &mut tests);
        }
        let asked = tests.iter().flat_map(|test| &test.all).take(MOST_COLUMNS).enumerate();
        let lacking = asked.filter(|(_, set)| !set.iter().any(|holds| entry.says(*holds)));
        lacking.fold((Vec::new(), 0), |(mut sets, bits), (at, set)| {
            sets.push(set.as_slice());
            (sets, bits | 1 << at)
        })
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

    /// The words of a practice from its first to its last data item or action, inside its sentence.
    pub(super) fn statement(&self, file: usize, practice: &Practice) -> Span {
        let sentence = self.policy.files[file].document.sentence(practice.sentence).span;
        let action = practice.action.map(|action| action.span);
        let spans = action.into_iter().chain(practice.data.iter().map(|item| item.span));
        let own = spans.filter(|span| sentence.contains(*span));
        own.reduce(Span::hull).filter(|hull| hull.len() <= LONGEST_HULL).or(action).unwrap_or(sentence)
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

    /// Whether the rule speaks of the type of the app.
    fn names_type(&self) -> bool {
        [&self.rule.message, &self.rule.help]
            .iter()
            .any(|text| text.get(self.settings.language).contains("{type}"))
    }

    /// The articles a finding rests on: those of the rule, and the one that lists what apps of this type need.
    fn cites(&self) -> Vec<String> {
        let mut cites = self.rule.cites.clone();
        if let Some(app) = self.policy.app_type().filter(|_| self.names_type()) {
            let article = &self.policy.knowledge.grammar.app_types.types[app.number as usize].article;
            cites.extend(self.policy.knowledge.laws.article(article).map(|article| article.key.clone()));
        }
        cites
    }

    /// What is excepted may be in order all the same: it satisfies `require`, or the whole policy says under
    /// `unless` what makes up for what `forbid` describes. Other exceptions are worth showing of the whole only.
    fn tell_exception(&self, subject: &Subject<'a>, unless: &Condition) {
        let (require, forbid) = (&self.rule.require, &self.rule.forbid);
        let of_whole = self.rule.judge == Judge::Document;
        match require.as_ref().filter(|require| subject.holds(require)) {
            Some(require) => self.tally.met(|| self.words_of(subject, require)),
            None if of_whole && forbid.as_ref().is_some_and(|forbid| subject.holds(forbid)) => {
                self.tally.met(|| self.words_of(subject, unless));
            }
            None if of_whole => self.tally.excepted(|| self.words_of(subject, unless)),
            None => self.tally.excepted(Vec::new),
        }
    }

    /// The words that satisfy a condition.
    fn words_of(&self, subject: &Subject<'a>, condition: &Condition) -> Vec<Evidence> {
        self.ranked(subject.evidence(condition).unwrap_or_default())
    }

    /// The first places, one a sentence: what stands where the rule would have it, then in reading order.
    fn ranked(&self, places: Vec<Evidence>) -> Vec<Evidence> {
        let mut places: Vec<(bool, Evidence)> =
            places.into_iter().map(|place| (!self.is_anchored(place), place)).collect();
        places.sort();
        let mut sentences = HashSet::new();
        let sentence = |place: Evidence| {
            (place.file, self.policy.files[place.file].document.sentence_from(place.span.start))
        };
        places.retain(|(_, place)| sentences.insert(sentence(*place)));
        places.into_iter().map(|(_, place)| place).take(MOST_MET).collect()
    }

    /// Whether words stand in a section on one of the rule's topics.
    fn is_anchored(&self, place: Evidence) -> bool {
        let Analysis { document, marks, .. } = &self.policy.files[place.file];
        let Some(sentence) = document.sentences.get(document.sentence_from(place.span.start)) else {
            return false;
        };
        let section = document.paragraph(sentence.paragraph).section;
        self.rule.anchor.iter().any(|topic| marks.topics.has(section, *topic))
    }

    /// The statement that was judged, or what made the whole be judged; a sentence among all is not worth telling.
    fn judged_words(&self, subject: &Subject<'a>) -> Vec<Evidence> {
        let at = || self.rule.when.as_ref().and_then(|when| subject.eval(when).at);
        let span = match self.rule.judge {
            Judge::Document => at(),
            Judge::Practice | Judge::Data | Judge::Entry => {
                self.focus(subject, self.rule.point, &self.matching_items(subject), at())
            }
            Judge::Sentence | Judge::Section | Judge::Pair | Judge::Slip | Judge::Waiver => None,
        };
        span.map(|span| Evidence { file: subject.file, span }).into_iter().collect()
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

    /// The items the rule is about: those its conditions on data select, else all.
    fn matching_items(&self, subject: &Subject<'a>) -> Vec<&'a DataItem> {
        if let Some(item) = subject.item {
            return vec![item];
        }
        let Some(practice) = subject.practice else { return Vec::new() };
        let mut tests = Vec::new();
        for condition in self.rule.when.iter().chain(&self.rule.forbid) {
            data_tests(condition, &mut tests);
        }
        let own = own_span(subject);
        let fits = |item: &&DataItem| own.contains(item.span);
        for test in tests {
            let items: Vec<_> = subject.items(test).filter(fits).collect();
            if !items.is_empty() {
                return items;
            }
        }
        practice.data.iter().filter(fits).collect()
    }

    fn asks_for_sensitive(&self) -> bool {
        let mut tests = Vec::new();
        if let Some(when) = &self.rule.when {
            data_tests(when, &mut tests);
        }
        tests.iter().any(|test| test.sensitive == Some(true) || !test.sensitive_by.is_empty())
    }

    /// Whether only the standard's annex calls the items sensitive, not the law.
    fn only_annex_b(&self, subject: &Subject<'a>, items: &[&DataItem]) -> bool {
        !items.is_empty()
            && items.iter().all(|item| {
                let lists = subject.sensitive_by(item);
                !item.declared && !lists.iter().any(|list| list == "pipl28" || list == "gbt45574a")
            })
    }

    /// What is underlined; `None` where the subject has no words to point at.
    fn focus(
        &self,
        subject: &Subject<'a>,
        point: Point,
        items: &[&DataItem],
        at: Option<Span>,
    ) -> Option<Span> {
        self.spot(subject, point, items, at)
            .or_else(|| self.spot(subject, Point::Match, items, at))
            .or_else(|| self.spot(subject, Point::Action, items, at))
            .or_else(|| self.spot(subject, Point::Sentence, items, at))
    }

    /// The words at a point of the subject, when it has such.
    pub(super) fn spot(
        &self,
        subject: &Subject<'a>,
        point: Point,
        items: &[&DataItem],
        at: Option<Span>,
    ) -> Option<Span> {
        let part = |role: PartRole| {
            subject.practice.and_then(|practice| practice.parts(role).next()).map(|p| p.span)
        };
        let trimmed = |span: Span| {
            let prose = subject.analysis().document.prose.text();
            let span = span.trim(prose);
            (!span.is_empty()).then_some(span)
        };
        match point {
            Point::Data => {
                let hull = items.iter().map(|item| item.span).reduce(Span::hull)?;
                if hull.len() <= LONGEST_HULL { Some(hull) } else { items.first().map(|item| item.span) }
            }
            Point::Action => subject.practice.and_then(|practice| practice.action).map(|action| action.span),
            Point::Actor => subject.practice.and_then(|practice| practice.actor).map(|actor| actor.span),
            Point::Purpose => part(PartRole::Purpose),
            Point::Condition => part(PartRole::Condition),
            Point::Recipient => part(PartRole::Recipient),
            Point::Consent => part(PartRole::Consent),
            Point::Refusal => part(PartRole::Refusal),
            Point::Retention => part(PartRole::Retention),
            Point::Entry => subject.entry.map(|entry| entry.name),
            Point::Match => at.and_then(trimmed),
            Point::Sentence => {
                let sentence = subject.sentence?;
                trimmed(subject.analysis().document.sentence(sentence).span)
            }
            Point::Heading => Some(self.heading(subject)),
        }
    }

    /// The heading an absence is reported at: that of the subject's section, else of the first section on
    /// one of the rule's topics, else what stands for the whole.
    fn heading(&self, subject: &Subject<'a>) -> Span {
        let document = &subject.analysis().document;
        let topics = &subject.analysis().marks.topics;
        let own = subject.section.or_else(|| self.rule.anchor.iter().find_map(|topic| topics.first(*topic)));
        let heading = own.and_then(|id| document.section(id).heading);
        let whole = || title::of_whole(document, &self.policy.knowledge.structure);
        heading.or_else(whole).unwrap_or_default()
    }

    fn sentence_around(&self, subject: &Subject<'a>, focus: Span) -> Span {
        let document = &subject.analysis().document;
        let at = document.sentence_from(focus.start);
        let sentence = document.sentences.get(at).map_or(focus, |sentence| sentence.span);
        sentence.hull(focus)
    }

    fn fill(&self, subject: &Subject<'a>, words: &mut Words, at: Option<Span>) {
        let document = &subject.analysis().document;
        if let Some(app) = self.policy.app_type().filter(|_| self.names_type()) {
            let types = &self.policy.knowledge.grammar.app_types;
            let known = &types.types[app.number as usize];
            let language = self.settings.language;
            let mut name = known.title.get(language).to_owned();
            for (told, template) in [(app.guessed, &types.guessed), (!known.confirmed, &types.unconfirmed)] {
                if told {
                    name = template.get(language).replace("{type}", &name);
                }
            }
            words.name("type", name);
        }
        if let Some(entry) = subject.entry {
            words.data(document.text(entry.name));
            let title = |holds: &Holds| {
                let title = self.policy.knowledge.grammar.column_title(*holds)?;
                Some(title.get(self.settings.language))
            };
            let (lacking, _) = self.missing(entry);
            let sets = lacking.iter().map(|set| set.iter().filter_map(title).collect::<Vec<_>>().join("/"));
            words.list_of("missing", sets);
        }
        for (slot, point) in [
            ("action", Point::Action),
            ("actor", Point::Actor),
            ("purpose", Point::Purpose),
            ("recipient", Point::Recipient),
            ("condition", Point::Condition),
            ("match", Point::Match),
            ("sentence", Point::Sentence),
            ("section", Point::Heading),
        ] {
            if let Some(span) = self.spot(subject, point, &[], at) {
                words.fill(slot, document.text(span));
            }
        }
    }
}

/// The sentence of the practice judged, which items taken over from elsewhere lie outside of.
fn own_span(subject: &Subject<'_>) -> Span {
    let document = &subject.analysis().document;
    match subject.practice {
        Some(practice) => document.sentence(practice.sentence).span,
        None => Span::new(0, document.prose.text().len()),
    }
}

/// The tests of data items in a condition, outermost first.
fn data_tests<'c>(condition: &'c Condition, tests: &mut Vec<&'c Data>) {
    match condition {
        Condition::Data(data) => tests.push(data),
        Condition::All(inner) | Condition::Any(inner) => inner.iter().for_each(|one| data_tests(one, tests)),
        _ => {}
    }
}

/// The tests of columns in a condition.
fn column_tests<'c>(condition: &'c Condition, tests: &mut Vec<&'c Columns>) {
    match condition {
        Condition::Columns(columns) => tests.push(columns),
        Condition::All(inner) | Condition::Any(inner) => {
            inner.iter().for_each(|one| column_tests(one, tests))
        }
        _ => {}
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
