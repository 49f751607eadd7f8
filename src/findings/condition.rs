//! Evaluates the conditions of rules.

use super::Analysis;
use super::facts::{AppType, Facts};
use crate::document::{Document, SectionId, SectionKind, SentenceId};
use crate::knowledge::Knowledge;
use crate::knowledge::kinds::PartRole;
use crate::knowledge::lexicon::CategoryId;
use crate::knowledge::pattern::SetId;
use crate::knowledge::rule::{self, Condition};
use crate::knowledge::spec::{Extent, Holds, Level};
use crate::marks::Matcher;
use crate::practices::{DataItem, Entry, Practice};
use crate::span::Span;
use std::cell::RefCell;
use std::collections::HashMap;

/// The policy a rule judges, and what is known about the app.
#[derive(Clone, Copy)]
pub(super) struct Policy<'a> {
    pub(super) knowledge: &'a Knowledge,
    pub(super) files: &'a [Analysis],
    pub(super) facts: &'a Facts,
    /// These are terms that hold no policy of its own.
    pub(super) terms: bool,
    /// What was found out before: every practice may ask it of the whole policy, every item of its sentence.
    pub(super) memory: &'a Memory,
}

impl<'a> Policy<'a> {
    pub(super) fn app_type(&self) -> Option<AppType> {
        self.facts.app_type(self.knowledge, self.files)
    }

    /// Whether an item is beyond what is necessary for apps of this type; `None` where that is not known.
    fn is_beyond_necessary(&self, item: &DataItem) -> Option<bool> {
        let category = item.category.filter(|_| !item.generic && !item.reference)?;
        let number = self.app_type()?.number;
        let necessary = &self.knowledge.grammar.app_types.types[number as usize].necessary;
        Some(necessary.binary_search(&category).is_err())
    }
}

/// The last answer to a condition, by its address and the file judged: the words it is about, which are none when
/// it is about the whole policy, and the verdict.
pub(super) type Memory = RefCell<HashMap<(usize, usize), (Span, Verdict)>>;

/// A chapter or item longer than this, in bytes, is no one context; of such the sentences around the thing
/// judged count.
const LONGEST_CONTEXT: usize = 32 << 10;

/// The thing judged.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    pub(super) policy: Policy<'a>,
    /// Which file it stands in; a document is judged over all of them.
    pub(super) file: usize,
    pub(super) practice: Option<&'a Practice>,
    pub(super) item: Option<&'a DataItem>,
    /// A row of a table or a record.
    pub(super) entry: Option<&'a Entry>,
    pub(super) sentence: Option<SentenceId>,
    pub(super) section: Option<SectionId>,
}

/// Where words are looked for: file and span.
pub(super) enum Extents {
    One([(usize, Span); 1]),
    Several(Vec<(usize, Span)>),
}

impl Extents {
    pub(super) fn as_slice(&self) -> &[(usize, Span)] {
        match self {
            Self::One(one) => one,
            Self::Several(several) => several,
        }
    }
}

/// What a condition comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) holds: bool,
    /// When it does not hold: a milder level, because what is asked for stands farther away.
    pub(super) level: Option<Level>,
    /// The words that decided it.
    pub(super) at: Option<Span>,
}

/// The whole sentences around `focus` inside `span`, since what matches in those is known.
fn sentences_around(document: &Document, focus: Span, span: Span) -> Span {
    let reach = (LONGEST_CONTEXT / 2) as u32;
    let at = |at: u32| document.sentences.get(document.sentence_from(at)).map(|sentence| sentence.span);
    let (start, end) = (focus.start.saturating_sub(reach), focus.end + reach);
    let first = at(start).map_or(start, |sentence| sentence.start);
    let last = at(end).filter(|sentence| sentence.start < end).map_or(end, |sentence| sentence.end);
    Span { start: first.max(span.start), end: last.min(span.end) }
}

/// How many sentences on either side are nearby.
pub(super) const NEARBY: u32 = 2;

/// A sentence with its neighbours, as far as they belong to the same chapter.
fn neighbours(document: &Document, id: SentenceId) -> Span {
    let chapter = |number: usize| {
        let paragraph = document.sentences[number].paragraph;
        document.chapter_of(document.paragraph(paragraph).section)
    };
    let own = id.0 as usize;
    let last = (own + NEARBY as usize).min(document.sentences.len() - 1);
    let near = (own.saturating_sub(NEARBY as usize)..=last).filter(|number| chapter(*number) == chapter(own));
    near.map(|number| document.sentences[number].span).fold(document.sentence(id).span, Span::hull)
}

impl Verdict {
    fn plain(holds: bool) -> Self {
        Self { holds, level: None, at: None }
    }
}

impl<'a> Subject<'a> {
    pub(super) fn analysis(&self) -> &'a Analysis {
        &self.policy.files[self.file]
    }

    pub(super) fn matcher(&self, file: usize) -> Matcher<'a> {
        let analysis = &self.policy.files[file];
        Matcher { knowledge: self.policy.knowledge, document: &analysis.document, hits: &analysis.marks.hits }
    }

    pub(super) fn holds(&self, condition: &Condition) -> bool {
        self.eval(condition).holds
    }

    pub(super) fn eval(&self, condition: &Condition) -> Verdict {
        match condition {
            Condition::All(all) => self.all(all),
            Condition::Any(any) => self.any(any),
            Condition::None(none) => Verdict::plain(!none.iter().any(|inner| self.holds(inner))),
            Condition::Action(kinds) => Verdict::plain(
                self.practice.and_then(|p| p.action).is_some_and(|action| kinds.contains(&action.kind)),
            ),
            Condition::Actor(kinds) => Verdict::plain(
                self.practice.and_then(|p| p.actor).is_some_and(|actor| kinds.contains(&actor.kind)),
            ),
            Condition::Negated(wanted) => Verdict::plain(self.practice.is_some_and(|p| p.negated == *wanted)),
            Condition::Data(test) => {
                let mut items = self.items(test);
                let first = items.next();
                let count = usize::from(first.is_some()) + items.count();
                Verdict { holds: count >= test.min as usize, level: None, at: first.map(|item| item.span) }
            }
            Condition::Part(part) => self.part(part),
            Condition::Columns(columns) => self.columns(columns),
            Condition::Words(words) if self.extent(words.within) == Extent::Document => {
                self.remembered(words, || self.words(words))
            }
            Condition::Words(words) if self.item.is_some() => self.words_around_item(words),
            Condition::Words(words) => self.words(words),
            Condition::Heading(patterns) => Verdict::plain(self.heading(*patterns)),
            Condition::Section(topics) => Verdict::plain(self.is_about(topics)),
            Condition::NotSection(topics) => Verdict::plain(!self.is_about(topics)),
            Condition::HasSection(topics) => Verdict::plain(
                self.policy
                    .files
                    .iter()
                    .any(|file| topics.iter().any(|topic| file.marks.topics.first(*topic).is_some())),
            ),
            Condition::Terms(wanted) => Verdict::plain(self.policy.terms == *wanted),
            Condition::HasTable(wanted) => {
                Verdict::plain(self.policy.files.iter().any(|file| file.document.has_table()) == *wanted)
            }
            Condition::Practice(inner) => self.remembered(&**inner, || self.some_practice(inner)),
            Condition::Fact(fact, wanted) => Verdict::plain(self.policy.facts.is(*fact) == *wanted),
            Condition::AppType { is, guessed, confirmed } => {
                let known = self.policy.app_type();
                let types = &self.policy.knowledge.grammar.app_types.types;
                Verdict::plain(known.is_some_and(|known| {
                    (is.is_empty() || is.contains(&known.number))
                        && guessed.is_none_or(|wanted| wanted == known.guessed)
                        && confirmed.is_none_or(|wanted| wanted == types[known.number as usize].confirmed)
                }))
            }
            Condition::MinChars(least) => Verdict::plain(self.chars() >= *least as usize),
            Condition::MaxChars(most) => Verdict::plain(self.chars() <= *most as usize),
        }
    }

    fn remembered<T>(&self, condition: &T, ask: impl FnOnce() -> Verdict) -> Verdict {
        let key = (std::ptr::from_ref(condition) as usize, self.file);
        if let Some((_, known)) = self.policy.memory.borrow().get(&key) {
            return *known;
        }
        let verdict = ask();
        self.policy.memory.borrow_mut().insert(key, (Span::default(), verdict));
        verdict
    }

    /// The next item mostly asks for words in the same sentence or section.
    fn words_around_item(&self, test: &rule::Words) -> Verdict {
        let places = self.extents(test.within);
        let Extents::One([(_, span)]) = places else { return self.words_in(test, &places) };
        let key = (std::ptr::from_ref(test) as usize, self.file);
        let known = self.policy.memory.borrow().get(&key).copied();
        if let Some((_, verdict)) = known.filter(|(at, _)| *at == span) {
            return verdict;
        }
        let verdict = self.words_in(test, &places);
        self.policy.memory.borrow_mut().insert(key, (span, verdict));
        verdict
    }

    fn all(&self, all: &[Condition]) -> Verdict {
        let mut verdict = Verdict::plain(true);
        let mut level = None;
        for inner in all {
            let one = self.eval(inner);
            verdict.at = verdict.at.or(one.at);
            if !one.holds {
                match one.level {
                    // Failing outright, however mildly the others fail.
                    None => return Verdict { holds: false, level: None, at: verdict.at },
                    Some(own) => level = level.max(Some(own)),
                }
                verdict.holds = false;
            }
        }
        verdict.level = level;
        verdict
    }

    fn any(&self, any: &[Condition]) -> Verdict {
        let mut mildest: Option<Level> = None;
        for inner in any {
            let one = self.eval(inner);
            if one.holds {
                return one;
            }
            if let Some(level) = one.level
                && mildest.is_none_or(|known| level < known)
            {
                mildest = Some(level);
            }
        }
        Verdict { holds: false, level: mildest, at: None }
    }

    /// The data items judged that pass a test.
    pub(super) fn items(&self, test: &'a rule::Data) -> impl Iterator<Item = &'a DataItem> + use<'a> {
        let subject = *self;
        let own = self.item.map(std::slice::from_ref);
        let all = own.or(self.practice.map(|practice| practice.data.as_slice())).unwrap_or_default();
        all.iter().filter(move |item| subject.fits(item, test))
    }

    fn fits(&self, item: &DataItem, test: &rule::Data) -> bool {
        let within = |set: &[CategoryId]| item.category.is_some_and(|id| set.binary_search(&id).is_ok());
        let lists = self.sensitive_by(item);
        test.category.as_deref().is_none_or(within)
            && !within(&test.not_category)
            && test.sensitive.is_none_or(|wanted| wanted != (lists.is_empty() && !item.declared))
            && (test.sensitive_by.is_empty()
                || test
                    .sensitive_by
                    .iter()
                    .any(|list| lists.contains(list) || (item.declared && list == "declared")))
            && test.generic.is_none_or(|wanted| wanted == item.generic)
            && test.reference.is_none_or(|wanted| wanted == item.reference)
            && test
                .beyond_necessary
                .is_none_or(|wanted| self.policy.is_beyond_necessary(item) == Some(wanted))
            && test.words.is_none_or(|words| self.matcher(self.file).any_of(words, item.span))
    }

    /// The lists that call an item sensitive.
    pub(super) fn sensitive_by(&self, item: &DataItem) -> &'a [String] {
        item.category
            .map(|id| self.policy.knowledge.lexicon.category(id).sensitive_by.as_slice())
            .unwrap_or_default()
    }

    fn part(&self, test: &rule::Part) -> Verdict {
        let Some(practice) = self.practice else { return Verdict::plain(false) };
        let matcher = self.matcher(self.file);
        let fits = |span: Span| {
            test.any.is_none_or(|any| matcher.any_of(any, span))
                && !test.none.is_some_and(|none| matcher.any_of(none, span))
        };
        // 经您同意 is a condition too, but tells nothing that the consent does not.
        let only_consent = |span: Span| {
            test.role == PartRole::Condition
                && practice.parts(PartRole::Consent).any(|consent| consent.span.contains(span))
        };
        let near = || {
            practice
                .parts(test.role)
                .filter(|part| test.within.is_none_or(|within| part.distance <= within))
                .filter(|part| !only_consent(part.span))
        };
        if !test.present {
            return Verdict {
                holds: near().next().is_none(),
                level: None,
                at: near().next().map(|part| part.span),
            };
        }
        let every = test.all.is_none_or(|all| near().all(|part| matcher.any_of(all, part.span)));
        // `none` speaks of all parts, `any` of some.
        let clean = test.none.is_none_or(|none| !near().any(|part| matcher.any_of(none, part.span)));
        if let Some(part) = near().find(|part| fits(part.span)).filter(|_| every && clean) {
            return Verdict { holds: true, level: None, at: Some(part.span) };
        }
        let far = practice
            .parts(test.role)
            .find(|part| test.within.is_some_and(|within| part.distance > within) && fits(part.span));
        let level = far.and_then(|part| {
            test.beyond.iter().find(|(distance, _)| *distance == part.distance).map(|(_, level)| *level)
        });
        match level {
            Some(Level::Off) => Verdict { holds: true, level: None, at: far.map(|part| part.span) },
            level => Verdict { holds: false, level, at: far.map(|part| part.span) },
        }
    }

    fn columns(&self, test: &rule::Columns) -> Verdict {
        let Some(entry) = self.entry else { return Verdict::plain(false) };
        let says = |holds: &Holds| entry.says(*holds);
        let first = test.any.iter().find(|holds| says(holds));
        Verdict {
            holds: test.all.iter().all(|set| set.iter().any(says))
                && (test.any.is_empty() || first.is_some())
                && !test.none.iter().any(says)
                && test.headers.iter().all(|holds| entry.has_column(*holds)),
            level: None,
            at: first.and_then(|holds| entry.cell(*holds)),
        }
    }

    fn words(&self, test: &rule::Words) -> Verdict {
        self.words_in(test, &self.extents(test.within))
    }

    fn words_in(&self, test: &rule::Words, places: &Extents) -> Verdict {
        let mut at = None;
        if let Some(any) = test.any {
            match self.first_of(any, places, test.affirmed) {
                Some((file, hit)) => at = (file == self.file).then_some(hit),
                None => return Verdict::plain(false),
            }
        }
        for pattern in &test.all {
            let mut places = places.as_slice().iter();
            let found = places.find_map(|&(file, span)| {
                let fits = |hit| self.counts(test.affirmed, file, hit);
                Some((file, self.matcher(file).first(pattern, span, fits)?))
            });
            match found {
                Some((file, hit)) => at = at.or((file == self.file).then_some(hit)),
                None => return Verdict::plain(false),
            }
        }
        let holds = !test.none.is_some_and(|none| match test.affirmed {
            true => self.first_of(none, places, true).is_some(),
            false => places.as_slice().iter().any(|&(file, span)| self.matcher(file).any_of(none, span)),
        });
        Verdict { holds, level: None, at }
    }

    /// Of the first matches of each member of a set the one that stands first.
    fn first_of(&self, set: SetId, places: &Extents, affirmed: bool) -> Option<(usize, Span)> {
        let mut first: Option<(usize, Span)> = None;
        for &(file, span) in places.as_slice() {
            if first.is_some_and(|(before, _)| before < file) {
                break;
            }
            let fits = |hit| self.counts(affirmed, file, hit);
            let hit = self.matcher(file).first_of(set, span, fits).map(|hit| (file, hit));
            first = first.into_iter().chain(hit).min();
        }
        first
    }

    /// Whether words count: those asked to be affirmed must not be negated.
    fn counts(&self, affirmed: bool, file: usize, words: Span) -> bool {
        !affirmed || !self.policy.files[file].is_negated(words)
    }

    /// How far around the thing judged a condition asks.
    fn extent(&self, within: Option<Extent>) -> Extent {
        within.unwrap_or(match (self.sentence, self.section) {
            (Some(_), _) => Extent::Sentence,
            (None, Some(_)) => Extent::Section,
            (None, None) => Extent::Document,
        })
    }

    /// Where words are looked for.
    pub(super) fn extents(&self, within: Option<Extent>) -> Extents {
        if let (Some(entry), None) = (self.entry, within) {
            return Extents::Several(entry.text.iter().map(|span| (self.file, *span)).collect());
        }
        let document = &self.analysis().document;
        let paragraph = self.sentence.map(|id| document.sentence(id).paragraph);
        let section = paragraph.map(|id| document.paragraph(id).section).or(self.section);
        let own = match self.extent(within) {
            Extent::Clause => self.sentence.map(|id| {
                let sentence = document.sentence(id);
                let focus = self.focus().unwrap_or(sentence.span);
                Some(sentence.clause_at(focus.start))
                    .filter(|clause| clause.contains(focus))
                    .unwrap_or(sentence.span)
            }),
            Extent::Sentence => self.sentence.map(|id| document.sentence(id).span),
            Extent::Paragraph => paragraph.map(|id| document.paragraph(id).span),
            Extent::Nearby => self.sentence.map(|id| neighbours(document, id)),
            Extent::Item => section.map(|id| {
                let section = document.section(id);
                match (section.kind, paragraph) {
                    // Text before the first heading belongs together no further than its paragraph.
                    (SectionKind::Root, Some(paragraph)) => document.paragraph(paragraph).span,
                    _ => section.span,
                }
            }),
            Extent::Section => section.map(|id| document.section(document.chapter_of(id)).span),
            Extent::Document => None,
        };
        match own {
            Some(span) if span.len() > LONGEST_CONTEXT && self.sentence.is_some() => {
                let focus = self.sentence.map_or(span, |id| document.sentence(id).span);
                Extents::One([(self.file, sentences_around(document, focus, span))])
            }
            Some(span) => Extents::One([(self.file, span)]),
            None => {
                let files = self.policy.files.iter().enumerate();
                let whole = |(file, analysis): (usize, &Analysis)| {
                    (file, Span::new(0, analysis.document.prose.text().len()))
                };
                Extents::Several(files.map(whole).collect())
            }
        }
    }

    /// The words in the middle of the thing judged.
    fn focus(&self) -> Option<Span> {
        let action = || self.practice.and_then(|practice| practice.action).map(|action| action.span);
        self.item.map(|item| item.span).or_else(action)
    }

    fn section(&self) -> Option<SectionId> {
        let document = &self.analysis().document;
        let of_sentence = self.sentence.map(|id| document.paragraph(document.sentence(id).paragraph).section);
        of_sentence.or(self.section)
    }

    fn is_about(&self, topics: &[u8]) -> bool {
        let Some(section) = self.section() else { return false };
        topics.iter().any(|topic| self.analysis().marks.topics.has(section, *topic))
    }

    fn heading(&self, patterns: SetId) -> bool {
        let document = &self.analysis().document;
        let matcher = self.matcher(self.file);
        let mut at = self.section();
        while let Some(id) = at {
            let section = document.section(id);
            if section.heading.is_some_and(|heading| matcher.any_of(patterns, heading)) {
                return true;
            }
            at = section.parent;
        }
        false
    }

    fn some_practice(&self, inner: &Condition) -> Verdict {
        for (file, analysis) in self.policy.files.iter().enumerate() {
            for practice in &analysis.practices {
                let other = Subject {
                    policy: self.policy,
                    file,
                    practice: Some(practice),
                    item: None,
                    entry: None,
                    sentence: Some(practice.sentence),
                    section: None,
                };
                if other.holds(inner) {
                    let at = analysis.document.sentence(practice.sentence).span;
                    return Verdict { holds: true, level: None, at: (file == self.file).then_some(at) };
                }
            }
        }
        Verdict::plain(false)
    }

    fn chars(&self) -> usize {
        self.extents(None)
            .as_slice()
            .iter()
            .map(|&(file, span)| {
                let text = self.policy.files[file].document.text(span);
                text.chars().filter(|c| !c.is_whitespace()).count()
            })
            .sum()
    }
}
