//! Parts stated in other sentences: a refusal two sentences on, a purpose in the lead-in.

use super::{Part, Practice, tables};
use crate::document::{Document, ParagraphId, SectionId, SectionKind, SentenceId};
use crate::knowledge::Knowledge;
use crate::knowledge::kinds::{Distance, PartRole};
use crate::knowledge::lexicon::Category;
use crate::marks::{Mark, MarkKind, Marks};
use crate::span::Span;
use std::collections::{HashMap, HashSet};

/// So many bytes an introducer has at most.
const INTRODUCER: u32 = 10;
/// A part that starts before this byte of its sentence opens it.
const OPENING: u32 = 24;
/// So many lines on, a remark still speaks of the statement.
const LINES_ON: u32 = 2;
/// More parts of one role are no information.
const MOST: usize = 6;
/// Nobody has in mind what was said so many sentences before, even in one paragraph.
const FARTHEST: u32 = 30;
/// A chapter that says more of this kind than this says nothing in particular.
const MOST_OF_SECTION: usize = 64;
/// In a chapter with more paragraphs than this, what one says is not said of the others.
const SHORT_CHAPTER: usize = 12;

/// A part of a sentence that states no practice about concrete data: it speaks of those around it.
#[derive(Clone, Copy, Debug)]
struct Loose {
    role: PartRole,
    span: Span,
    sentence: SentenceId,
    /// The sentence ends with a colon, or speaks of personal data as such: it is said of what follows.
    leads: bool,
    /// The sentence ends with a colon.
    lists: bool,
    /// The sentence leads in, points back, or has nothing before the part: 用于…….
    speaks: bool,
    /// The sentence speaks of data named before (上述信息用于……).
    refers: bool,
    /// The sentence is nothing but the part with its introducer (用于……) and speaks of the line above.
    opens: bool,
    /// It stands behind a list and speaks of its items.
    closes: bool,
}

/// Ties loose parts to the practices they cover.
/// `fields` are the sentences whose parts have their practice already.
pub(super) fn link(
    document: &Document,
    knowledge: &Knowledge,
    marks: &Marks,
    fields: &[bool],
    practices: &mut [Practice],
) {
    let mut concrete = fields.to_vec();
    let names = |is: fn(&Category) -> bool| -> Vec<bool> {
        let names = |mark: &Mark| match mark.kind {
            MarkKind::Data { category: Some(id), .. } => is(knowledge.lexicon.category(id)),
            _ => false,
        };
        marks.sentences.iter().map(|sentence| sentence.marks.iter().any(names)).collect()
    };
    let refers = names(|category| category.reference && !category.ahead);
    let general = names(|category| category.generic || category.reference);
    let mut stating = vec![false; document.paragraphs.len()];
    for (sentence, _) in document.sentences.iter().zip(fields).filter(|(_, taken)| **taken) {
        stating[sentence.paragraph.0 as usize] = true;
    }
    for practice in practices.iter() {
        if practice.data.iter().any(|item| !item.generic && !item.reference) {
            concrete[practice.sentence.0 as usize] = true;
            stating[document.sentence(practice.sentence).paragraph.0 as usize] = true;
        }
    }
    let tables: HashMap<ParagraphId, Option<SentenceId>> = tables::leads(&marks.tables).collect();
    let lists = Lists::of(document, practices);
    let mut in_paragraph: HashMap<ParagraphId, Vec<Loose>> = HashMap::new();
    let mut in_section: HashMap<SectionId, Vec<Loose>> = HashMap::new();
    let mut paragraphs: HashMap<SectionId, usize> = HashMap::new();
    for paragraph in &document.paragraphs {
        *paragraphs.entry(paragraph.section).or_default() += 1;
    }
    for (index, sentence) in document.sentences.iter().enumerate() {
        // A lead-in speaks of the list under it even where it names data itself.
        let colon = document.text(sentence.span).trim_end().ends_with(['：', ':']);
        if concrete[index] && !colon {
            continue;
        }
        let section = document.paragraph(sentence.paragraph).section;
        let leads = colon || general[index];
        for (role, span) in marks.sentences[index].parts() {
            // 为保障您的信息安全，我们建议您……: that is what the company advises for.
            if role == PartRole::Purpose
                && !(colon || refers[index])
                && is_of_other_act(document, knowledge, sentence.span, span)
            {
                continue;
            }
            let sentence_id = SentenceId(index as u32);
            let speaks = leads || refers[index] || span.start - sentence.span.start < OPENING;
            let loose = Loose {
                role,
                span,
                sentence: sentence_id,
                leads,
                lists: colon,
                speaks,
                refers: refers[index],
                opens: role == PartRole::Purpose && span.start - sentence.span.start < INTRODUCER,
                closes: false,
            };
            in_paragraph.entry(sentence.paragraph).or_default().push(loose);
            // What follows the last item of a list on a line of its own, and points back, is said of the list.
            let covers = refers[index] && !matches!(role, PartRole::Condition | PartRole::Recipient);
            if let Some(list) = list_before(document, sentence.paragraph).filter(|_| covers) {
                note(in_section.entry(list).or_default(), Loose { closes: true, ..loose });
            }
            // So is what the last item of a list of bare items goes on with.
            if covers
                && sentence.span.start > document.paragraph(sentence.paragraph).span.start
                && let Some(list) = lists.closed_by(document, section)
            {
                in_section.entry(list).or_default().push(Loose { closes: true, ..loose });
            }
            // A paragraph with practices of its own speaks of those.
            if colon || !stating[sentence.paragraph.0 as usize] {
                note(in_section.entry(section).or_default(), loose);
            }
        }
    }
    go_on(document, knowledge, practices);
    for practice in practices.iter_mut() {
        let paragraph = document.sentence(practice.sentence).paragraph;
        let section = practice.section;
        let beside = in_paragraph.get(&paragraph).map(Vec::as_slice).unwrap_or_default();
        // What is said around a table is said of it only in the sentence that leads it in, or by a chapter's head.
        let table = tables.get(&paragraph);
        let of_table = |loose: &Loose| {
            let limits = matches!(loose.role, PartRole::Purpose | PartRole::Condition);
            !limits || table.is_none_or(|lead| *lead == Some(loose.sentence))
        };
        let near = beside.partition_point(|loose| loose.sentence.0 + FARTHEST < practice.sentence.0);
        for loose in &beside[near..] {
            if loose.sentence.0 > practice.sentence.0 + FARTHEST {
                break;
            }
            if reaches(loose, practice) {
                add(practice, loose, Distance::Paragraph);
            }
        }
        // 这些信息仅用于……, 如您拒绝…… on a line of their own still speak of the line above.
        for next in 1..=LINES_ON {
            let next = ParagraphId(paragraph.0 + next);
            if next.0 as usize >= stating.len() || stating[next.0 as usize] {
                break;
            }
            for loose in in_paragraph.get(&next).into_iter().flatten() {
                if loose.refers || loose.opens || loose.role == PartRole::Refusal {
                    add(practice, loose, Distance::Item);
                }
            }
        }
        let whole = document.section(section).kind == SectionKind::Item
            || paragraphs.get(&section).copied().unwrap_or_default() <= SHORT_CHAPTER;
        // What leads in the verb leads in the rest.
        let verb = practice.action.map(|action| action.span);
        let led =
            |loose: &Loose| verb.is_some_and(|verb| document.sentence(loose.sentence).span.contains(verb));
        for loose in in_section.get(&section).into_iter().flatten() {
            if document.sentence(loose.sentence).paragraph != paragraph
                && (whole || led(loose))
                && speaks_of_others(loose, practice)
                && of_table(loose)
            {
                add(practice, loose, Distance::Item);
            }
        }
        let mut at = document.section(section).parent;
        while let Some(above) = at {
            let parent = document.section(above).parent;
            let distance = if parent.is_none() { Distance::DocumentLeadIn } else { Distance::SectionLeadIn };
            for loose in in_section.get(&above).into_iter().flatten() {
                let closes = loose.closes && loose.sentence > practice.sentence;
                if closes || (loose.sentence < practice.sentence && speaks_of_others(loose, practice)) {
                    add(practice, loose, if led(loose) { Distance::Item } else { distance });
                }
            }
            at = parent;
        }
    }
}

/// Whether the words around a purpose say that something else is done for it than data handled.
fn is_of_other_act(document: &Document, knowledge: &Knowledge, sentence: Span, purpose: Span) -> bool {
    // A purpose marked by hand may go beyond the sentence.
    let before = Span { start: sentence.start, end: purpose.start.max(sentence.start) };
    let after = Span { start: purpose.end.min(sentence.end), end: sentence.end };
    [before, after].into_iter().any(|words| knowledge.lexicon.other_acts.any_in(document.text(words)))
}

/// Adds a remark to those of a section, unless there are too many already.
fn note(of_section: &mut Vec<Loose>, loose: Loose) {
    if of_section.len() < MOST_OF_SECTION {
        of_section.push(loose);
    }
}

/// The lists whose items name data and leave the verb to the lead-in.
struct Lists {
    /// By section: the last item of its list.
    last: HashMap<SectionId, SectionId>,
    /// The items.
    bare: HashSet<SectionId>,
}

impl Lists {
    fn of(document: &Document, practices: &[Practice]) -> Self {
        let mut last = HashMap::new();
        for (index, section) in document.sections.iter().enumerate() {
            last.extend(section.parent.map(|parent| (parent, SectionId(index as u32))));
        }
        let led = |practice: &&Practice| {
            let start = document.sentence(practice.sentence).span.start;
            practice.action.is_some_and(|action| action.span.end <= start)
        };
        Self { last, bare: practices.iter().filter(led).map(|practice| practice.section).collect() }
    }

    /// The section whose list ends with `item`, where that is a bare one.
    fn closed_by(&self, document: &Document, item: SectionId) -> Option<SectionId> {
        let parent = document.section(item).parent?;
        (self.last.get(&parent) == Some(&item) && self.bare.contains(&item)).then_some(parent)
    }
}

/// Ties what a sentence says things are for to the one that goes on without a subject: ……。并根据需要收集…….
fn go_on(document: &Document, knowledge: &Knowledge, practices: &mut [Practice]) {
    let paragraph = |at: &Practice| document.sentence(at.sentence).paragraph;
    for at in 1..practices.len() {
        let (before, from) = practices.split_at_mut(at);
        let (Some(last), Some(practice)) = (before.last(), from.first_mut()) else { continue };
        let text = document.text(document.sentence(practice.sentence).span);
        let joined = || {
            let joints = knowledge.lexicon.conjunctions.iter();
            joints
                .filter(|word| word.chars().all(char::is_alphanumeric))
                .any(|word| text.starts_with(word.as_str()))
        };
        let same = last.sentence == practice.sentence;
        let own = practice.actor.is_some_and(|actor| !actor.inherited);
        if same || own || paragraph(last) != paragraph(practice) || practice.negated || !joined() {
            continue;
        }
        if practice.parts(PartRole::Purpose).next().is_none() {
            let parts =
                last.parts(PartRole::Purpose).map(|part| Part { distance: Distance::Paragraph, ..*part });
            let parts: Vec<Part> = parts.take(MOST).collect();
            practice.parts.extend(parts);
        }
    }
}

/// The section whose list of items ends before the paragraph, where it stands on a line of its own.
fn list_before(document: &Document, paragraph: ParagraphId) -> Option<SectionId> {
    let section = document.paragraph(paragraph).section;
    let first = paragraph.0.checked_sub(1).map(|before| document.paragraph(ParagraphId(before)));
    let own_line = first.is_some_and(|before| before.section == section);
    (own_line && document.section(section).kind == SectionKind::Item)
        .then(|| document.section(section).parent)
        .flatten()
}

/// Within a paragraph: refusals and consent cover all that stands above; purposes the sentence beside.
fn reaches(loose: &Loose, practice: &Practice) -> bool {
    let (loose_at, own) = (loose.sentence.0, practice.sentence.0);
    if loose_at == own {
        return false;
    }
    match loose.role {
        PartRole::Refusal | PartRole::Consent | PartRole::Retention => true,
        PartRole::Purpose => loose.speaks && loose_at.abs_diff(own) <= 2,
        PartRole::Condition => loose.lists && loose_at < own,
        PartRole::Recipient => false,
    }
}

/// From farther away: what was said for all that follows.
fn speaks_of_others(loose: &Loose, practice: &Practice) -> bool {
    match loose.role {
        PartRole::Purpose | PartRole::Consent => loose.leads && loose.sentence < practice.sentence,
        PartRole::Condition => loose.lists && loose.sentence < practice.sentence,
        PartRole::Refusal | PartRole::Retention => true,
        PartRole::Recipient => false,
    }
}

fn add(practice: &mut Practice, loose: &Loose, distance: Distance) {
    let same = practice.parts(loose.role).count();
    if same < MOST && !practice.parts.iter().any(|part| part.span == loose.span && part.role == loose.role) {
        practice.parts.push(Part { role: loose.role, span: loose.span, distance });
    }
}
