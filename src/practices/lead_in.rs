//! Lists whose lead-in holds the verb: 我们会收集以下信息：（1）…….

use super::context::Context;
use super::{Action, Actor, DataItem, Practice, items};
use crate::document::{Document, ParagraphId, ParagraphKind, SectionId, SentenceId};
use crate::knowledge::kinds::ActorKind;
use crate::marks::{Mark, MarkKind};
use crate::span::Span;
use std::rc::Rc;

/// A sentence that ends with a colon, and what the list under it takes over.
#[derive(Clone, Debug)]
struct Lead {
    action: Action,
    actor: Option<Actor>,
    negated: bool,
    /// What its action is about; items that pass it on without naming it mean this.
    data: Rc<[DataItem]>,
    section: SectionId,
    paragraph: ParagraphId,
    /// Items of its list were seen; what stands beside them again is no more of it.
    list: bool,
    /// What it leads in is data, not cases or ways.
    of_data: bool,
    /// It is the title of a chapter: 我们如何收集您的信息.
    title: bool,
    /// The title names the data of the chapter by what is done with it: 我们收集的信息.
    names_data: bool,
}

/// The lead-ins in force, outermost first.
#[derive(Debug, Default)]
pub(super) struct Leads {
    open: Vec<Lead>,
}

impl Leads {
    /// The actor that a list item takes over.
    pub(super) fn actor(&self, document: &Document, sentence: SentenceId) -> Option<Actor> {
        let lead = self.covering(document, sentence)?;
        lead.actor.map(|actor| Actor { inherited: true, ..actor })
    }

    /// The data that a list item means which names none: 经您同意，向第三方披露.
    pub(super) fn data(&self, document: &Document, sentence: SentenceId) -> Option<Rc<[DataItem]>> {
        let lead = self.covering(document, sentence).filter(|lead| lead.action.kind.is_sharing());
        lead.map(|lead| Rc::clone(&lead.data))
    }

    /// What the lead-in says is done, and by whom.
    pub(super) fn statement(
        &self,
        document: &Document,
        sentence: SentenceId,
    ) -> Option<(Action, Option<Actor>)> {
        self.covering(document, sentence).map(|lead| (lead.action, lead.actor))
    }

    /// The practice that a verbless list item states.
    pub(super) fn continue_list(&self, context: &Context<'_>) -> Option<Practice> {
        let (document, id) = (context.document, context.id);
        let lead = self.covering(document, id).filter(|lead| lead.has_item(context));
        let titled = |lead: &&Lead| context.lists_group() || (lead.names_data && lead.has_item(context));
        let lead = lead.or_else(|| self.title(document, id).filter(titled))?;
        let mut data = if lead.of_data { listed(context) } else { known(context) };
        let group = group(context).filter(|group| !data.iter().any(|item| item.span.overlaps(group.span)));
        data.splice(..0, group.filter(|_| !data.is_empty()));
        if data.is_empty() {
            return None;
        }
        let section = context.document.paragraph(context.document.sentence(context.id).paragraph).section;
        let parts = context.parts();
        Some(Practice {
            sentence: context.id,
            section,
            action: Some(lead.action),
            actor: lead.actor.map(|actor| Actor { inherited: true, ..actor }),
            data,
            parts,
            negated: lead.negated,
        })
    }

    /// Takes note of what the sentence leads in, if anything, and forgets what no longer covers it.
    ///
    /// `found` is what the sentence states itself.
    pub(super) fn note(
        &mut self,
        context: &Context<'_>,
        lead: Option<(Action, Option<Actor>, bool)>,
        found: &[Practice],
    ) {
        let document = context.document;
        let paragraph = document.sentence(context.id).paragraph;
        let section = document.paragraph(paragraph).section;
        self.open.retain(|open| {
            is_within(document, section, open.section)
                && (open.title || !(open.list && open.section == section))
        });
        for open in self.open.iter_mut().filter(|open| open.section != section) {
            open.list = true;
        }
        let title = document.paragraph(paragraph).kind == ParagraphKind::Heading;
        let named = title.then(|| named_by_title(context)).flatten();
        let names_data = named.is_some();
        let lead = lead.or(named).or_else(|| title.then(|| titled(context)).flatten());
        if let Some((action, actor, negated)) = lead {
            let points_ahead =
                found.iter().flat_map(|practice| &practice.data).any(|item| context.points_ahead(item));
            let of_data = title || points_ahead || leads_in_data(context);
            self.open.retain(|open| open.title || open.section != section);
            let (list, title) = (false, title);
            let stated = found.iter().rev().find(|practice| practice.action == Some(action));
            let data = stated.map_or(&[][..], |practice| &practice.data).into();
            self.open.push(Lead {
                action,
                actor,
                negated,
                data,
                section,
                paragraph,
                list,
                of_data,
                title,
                names_data,
            });
        }
    }

    /// The innermost lead-in whose list `sentence` stands in.
    fn covering(&self, document: &Document, sentence: SentenceId) -> Option<&Lead> {
        let paragraph = document.sentence(sentence).paragraph;
        let section = document.paragraph(paragraph).section;
        self.open.iter().rev().filter(|lead| !lead.title).find(|lead| {
            lead.paragraph != paragraph
                && if lead.section == section && lead.list {
                    false
                } else if lead.section == section {
                    // Without items of its own the list is the paragraphs that follow.
                    paragraph.0 - lead.paragraph.0 <= LONGEST_LIST
                } else {
                    is_within(document, section, lead.section)
                }
        })
    }

    /// The innermost title with a verb over `sentence`.
    fn title(&self, document: &Document, sentence: SentenceId) -> Option<&Lead> {
        let section = document.paragraph(document.sentence(sentence).paragraph).section;
        let mut titles = self.open.iter().rev().filter(|lead| lead.title);
        titles.find(|lead| is_within(document, section, lead.section))
    }
}

impl Lead {
    /// Whether the sentence is an item of its list.
    fn has_item(&self, context: &Context<'_>) -> bool {
        context.is_list_item() || (self.of_data && (context.ends_in_data() || context.lists_group()))
    }
}

/// The data that a sentence without a verb names.
fn known(context: &Context<'_>) -> Vec<DataItem> {
    let items = context.data().filter_map(|mark| context.item(mark));
    items.filter(|item| !item.generic && !item.reference).collect()
}

/// The data that a sentence lists which does nothing else, the unknown items too.
fn listed(context: &Context<'_>) -> Vec<DataItem> {
    let list = list(context);
    let mut items = items::listed(context.document, context.knowledge, context.marks, list);
    items.extend(known(context).into_iter().filter(|item| item.span.start >= list.end));
    items
}

/// The words of a sentence that list data: without the description before its head (您使用的设备的信息), and up
/// to the clause that says something of the items.
fn list(context: &Context<'_>) -> Span {
    let words = context.words();
    let lexicon = &context.knowledge.lexicon;
    let sentence = context.sentence();
    let first = context.clause(words);
    let mut list = words;
    if !context.is_list_item() && !context.opens_members() {
        let head = context.document.text(Span { start: words.start, end: first.end });
        let head = head.split(['（', '(']).next().unwrap_or(head);
        // 所属部门、职位等与您有关的信息: behind an item that is data 的 describes no other.
        let first = head.split('、').next().unwrap_or(head);
        let item = Span::new(words.start(), words.start() + first.len());
        let head = if context.data().any(|mark| item.contains(mark.span)) { first } else { head };
        list.start += lexicon.relatives.last_end_in(head).unwrap_or(0) as u32;
    }
    let begins = |clause: &Span| {
        let text = context.document.text(*clause).trim_start();
        let opens = lexicon.including.any_starts(text);
        let turns = lexicon.turns.any_starts(text);
        let actor = |mark: &Mark| matches!(mark.kind, MarkKind::Actor(_)) && mark.span.start == clause.start;
        let says = |word: &Span| clause.contains(*word);
        !opens
            && (turns
                || sentence.marks.iter().any(actor)
                || sentence.modals.iter().any(says)
                || sentence.negations.iter().any(says))
    };
    let clauses = &context.document.sentence(context.id).clauses;
    let next = clauses.iter().filter(|clause| clause.start > first.start).find(|clause| begins(clause));
    // Behind the items may stand what for or when they are collected.
    let part = sentence.parts().map(|(_, span)| span.start).filter(|start| *start > words.start).min();
    let end = next.map_or(words.end, |clause| clause.start);
    list.end = part.map_or(end, |part| end.min(introduced(context, part))).max(list.start);
    list
}

/// Where the words that introduce a part at `part` begin: behind the comma or colon before them.
fn introduced(context: &Context<'_>, part: u32) -> u32 {
    let before = Span { start: context.words().start, end: part };
    let text = context.document.text(before);
    let sign = text.char_indices().rev().find(|(_, c)| !c.is_alphanumeric() && !c.is_whitespace());
    before.start + sign.map_or(0, |(at, _)| at as u32)
}

/// The group that the sentence names, where it is no word for data as such or named before.
fn group(context: &Context<'_>) -> Option<DataItem> {
    let group = context.group().filter(|_| context.lists_group())?;
    // 您浏览的信息 describes, and names no group.
    let text = context.document.text(group);
    if context.knowledge.lexicon.relatives.any_in(text) {
        return None;
    }
    let mut marks =
        context.data().filter(|mark| group.contains(mark.span)).filter_map(|mark| context.item(mark));
    let stands_for_others = |item: DataItem| item.reference || (item.generic && item.span == group);
    (!marks.any(stands_for_others)).then(|| DataItem::unknown(group))
}

/// The verb of a title.
fn titled(context: &Context<'_>) -> Option<(Action, Option<Actor>, bool)> {
    let marks = &context.sentence().marks;
    let action = marks.iter().find_map(|mark| match mark.kind {
        MarkKind::Action { kind: Some(kind), weak: false, .. } => Some(Action { kind, span: mark.span }),
        _ => None,
    })?;
    Some((action, None, false))
}

/// The verb of a title that comes down to the data it describes: 我们收集的信息, 您提供的信息.
fn named_by_title(context: &Context<'_>) -> Option<(Action, Option<Actor>, bool)> {
    let words = context.words();
    let text = context.without_ending(context.document.text(words));
    let end = words.start() + text.len();
    let sentence = context.sentence();
    // What asks how data is used, or says that something is not done, names none.
    if sentence.defines || !sentence.negations.is_empty() {
        return None;
    }
    let lexicon = &context.knowledge.lexicon;
    let data = sentence
        .marks
        .iter()
        .find(|mark| mark.span.end() == end && context.item(mark).is_some_and(|item| item.generic))?;
    let before = &context.prose()[words.start()..data.span.start().max(words.start())];
    let described = lexicon.relatives.any_in(before)
        && (lexicon.relatives.any_ends(before) || lexicon.determiners.any_ends(before));
    let verb = sentence
        .marks
        .iter()
        .rfind(|mark| matches!(mark.kind, MarkKind::Action { .. }) && mark.span.end <= data.span.start)?;
    let actor = sentence
        .marks
        .iter()
        .rfind(|mark| matches!(mark.kind, MarkKind::Actor(_)) && mark.span.end <= verb.span.start)?;
    let (MarkKind::Action { kind, by_user, .. }, MarkKind::Actor(who)) = (verb.kind, actor.kind) else {
        return None;
    };
    let kind = if who == ActorKind::User { by_user } else { kind }?;
    let actor = Actor { kind: who, span: actor.span, inherited: true };
    described.then_some((Action { kind, span: verb.span }, Some(actor), false))
}

/// Whether a sentence with a colon leads in data: the last of its words is data or a verb of handling it.
fn leads_in_data(context: &Context<'_>) -> bool {
    let text = context.without_ending(context.document.text(context.span()));
    let end = context.span().start() + text.len();
    let verb = |kind: &MarkKind| matches!(kind, MarkKind::Action { .. });
    context.data_ends_at(end)
        || context.sentence().marks.iter().any(|mark| verb(&mark.kind) && mark.span.end() == end)
}

/// Whether the sentence is a heading that is nothing but data: the entry of a list, about which the lines under it
/// say more.
pub(super) fn names_entry(context: &Context<'_>) -> bool {
    let paragraph = context.document.paragraph(context.document.sentence(context.id).paragraph);
    let words = context.words();
    let heading = context.document.text(words).trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    paragraph.kind == ParagraphKind::Heading
        && context.sentence().marks.iter().any(|mark| {
            let certain = matches!(mark.kind, MarkKind::Data { category: Some(_), weak: false });
            let named = context.item(mark).filter(|item| !item.generic && !item.reference);
            certain && named.is_some() && mark.span.start == words.start && mark.span.len() == heading
        })
}

/// The practice that a sentence without a verb goes on with: 包括……, 此类信息包括…….
pub(super) fn go_on(context: &Context<'_>, before: Option<&Practice>) -> Option<Practice> {
    let before = before.filter(|practice| practice.action.is_some())?;
    if !context.opens_members() {
        return None;
    }
    let data = listed(context);
    let actor = before.actor.map(|actor| Actor { inherited: true, ..actor });
    (!data.is_empty()).then(|| Practice { sentence: context.id, actor, data, ..before.clone() })
}

/// Adds the group that a sentence begins with (日志信息：当您……，我们会收集……) to what is done with its items.
pub(super) fn name_group(context: &Context<'_>, found: &mut [Practice]) {
    let Some(practice) = found.first_mut() else { return };
    let Some(group) = context.group() else { return };
    let named = context.prose()[group.end()..context.span().end()].starts_with(['：', ':']);
    // 备注：…… is a remark, no group.
    let certain = |mark: &Mark| mark.span == group && !matches!(mark.kind, MarkKind::Data { weak: true, .. });
    let mark = context.data().find(|mark| certain(mark));
    let item = mark.and_then(|mark| context.item(mark)).filter(|item| !item.generic && !item.reference);
    if let Some(item) = item.filter(|_| named)
        && practice.data.iter().all(|known| known.span != item.span)
    {
        practice.data.insert(0, item);
    }
}

/// A list of bare paragraphs hardly goes on for longer.
const LONGEST_LIST: u32 = 12;

fn is_within(document: &Document, inner: SectionId, outer: SectionId) -> bool {
    document.ancestors(inner).any(|section| section == outer)
}
