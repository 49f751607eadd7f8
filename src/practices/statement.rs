//! From the marks of one sentence to its practices: who does what with which data.

use super::{Action, Actor, DataItem, Part, Practice};
use crate::document::{Document, ParagraphKind, SentenceId};
use crate::knowledge::Knowledge;
use crate::knowledge::kinds::{ActionKind, ActorKind, Distance, PartRole};
use crate::marks::{Mark, MarkKind, Marks, Origin, SentenceMarks};
use crate::span::Span;

/// A sentence with what is known around it.
pub(super) struct Context<'a> {
    pub(super) document: &'a Document,
    pub(super) knowledge: &'a Knowledge,
    pub(super) marks: &'a Marks,
    pub(super) id: SentenceId,
    /// Only marks set by hand make practices here (headings, definitions, contact chapters).
    pub(super) silent: bool,
    /// The data of the practice before it in the paragraph, which 不会向第三方共享 without an object means.
    pub(super) data_before: &'a [DataItem],
}

impl<'a> Context<'a> {
    fn sentence(&self) -> &'a SentenceMarks {
        &self.marks.sentences[self.id.0 as usize]
    }

    pub(super) fn span(&self) -> Span {
        self.document.sentence(self.id).span
    }

    fn prose(&self) -> &'a str {
        self.document.prose.text()
    }

    /// The clause of the sentence that holds `at`.
    fn clause(&self, at: Span) -> Span {
        let clauses = &self.document.sentence(self.id).clauses;
        clauses
            .iter()
            .copied()
            .find(|clause| clause.start <= at.start && at.start < clause.end)
            .unwrap_or(self.span())
    }

    fn counts(&self, mark: &Mark) -> bool {
        !self.silent || mark.origin == Origin::Annotated
    }

    /// The stretches between semicolons, which have nothing to do with each other.
    fn statements(&self) -> Vec<Span> {
        let mut statements = Vec::new();
        let mut start = self.span().start;
        for clause in &self.document.sentence(self.id).clauses {
            if self.document.text(*clause).trim_end().ends_with(['；', ';']) {
                statements.push(Span { start, end: clause.end });
                start = clause.end;
            }
        }
        if start < self.span().end {
            statements.push(Span { start, end: self.span().end });
        }
        statements
    }

    pub(super) fn item(&self, mark: &Mark) -> Option<DataItem> {
        DataItem::of(mark, &self.knowledge.lexicon)
    }

    /// Whether the sentence is a list of data without a verb: the data makes up most of its first clause.
    pub(super) fn is_list_item(&self) -> bool {
        let sentence = self.sentence();
        let first = self.document.paragraph(self.document.sentence(self.id).paragraph).span.start
            == self.span().start;
        let verb = |mark: &Mark| matches!(mark.kind, MarkKind::Action { .. });
        if !first || sentence.declares_sensitive.is_some() || sentence.marks.iter().any(verb) {
            return false;
        }
        let clause = self.clause(self.span());
        let data =
            self.data().filter(|mark| clause.contains(mark.span)).map(|mark| mark.span.len()).sum::<usize>();
        let words: usize =
            self.document.text(clause).chars().filter(|c| c.is_alphanumeric()).map(char::len_utf8).sum();
        2 * data >= words
    }

    pub(super) fn is_cell(&self) -> bool {
        let paragraph = self.document.paragraph(self.document.sentence(self.id).paragraph);
        matches!(paragraph.kind, ParagraphKind::Cell { .. })
    }

    /// Whether somebody is named in the clause whom data is passed on to.
    fn names_recipient(&self, clause: Span) -> bool {
        self.sentence().parts().any(|(role, span)| role == PartRole::Recipient && clause.overlaps(span))
    }

    /// The parts of the whole sentence.
    pub(super) fn parts(&self) -> Vec<Part> {
        let part = |(role, span)| Part { role, span, distance: Distance::Sentence };
        self.sentence().parts().map(part).collect()
    }

    /// The data marks that may be objects, whatever the verb.
    pub(super) fn data(&self) -> impl Iterator<Item = &'a Mark> + '_ {
        self.sentence()
            .marks
            .iter()
            .filter(|mark| matches!(mark.kind, MarkKind::Data { .. }) && self.counts(mark))
    }
}

/// One verb or several joined ones that share their objects.
struct Group {
    actions: Vec<(Action, Option<Actor>, bool)>,
    by_hand: bool,
    /// The hull of its verbs.
    span: Span,
    clause: Span,
    data: Vec<DataItem>,
    parts: Vec<Part>,
}

/// The practices one sentence states. `inherited` is the actor of the statement before.
pub(super) fn read(context: &Context<'_>, inherited: Option<Actor>) -> Vec<Practice> {
    let mut practices = Vec::new();
    for statement in context.statements() {
        let before = practices.last().and_then(|practice: &Practice| practice.actor);
        let inherited = before.map(|actor| Actor { inherited: true, ..actor }).or(inherited);
        let mut groups = groups(context, statement, inherited);
        give_objects(context, statement, &mut groups);
        for group in &mut groups {
            let shares = group.actions.iter().any(|(action, _, _)| action.kind.is_sharing());
            if group.data.is_empty() && shares && context.names_recipient(group.clause) {
                group.data = context.data_before.to_vec();
            }
        }
        groups.retain(|group| group.by_hand || !group.data.is_empty());
        // 我们收集的信息……: a description, unless it goes on to name the items.
        groups.retain(|group| group.by_hand || !is_description(context, group));
        groups.retain(|group| group.by_hand || context.names_recipient(group.clause) || !is_vague(group));
        give_parts(context, statement, &mut groups);
        let section = context.document.paragraph(context.document.sentence(context.id).paragraph).section;
        let first = practices.len();
        for group in groups {
            for (action, actor, negated) in &group.actions {
                practices.push(Practice {
                    sentence: context.id,
                    section,
                    action: Some(*action),
                    actor: *actor,
                    data: group.data.clone(),
                    parts: group.parts.clone(),
                    negated: *negated,
                });
            }
        }
        take_up_the_rest(context, statement, &mut practices, first);
    }
    practices
}

/// What a list that follows the sentence would take over: the action it ends with, and its actor.
pub(super) fn lead(
    context: &Context<'_>,
    found: &[Practice],
    inherited: Option<Actor>,
) -> Option<(Action, Option<Actor>, bool)> {
    let text = context.document.text(context.span()).trim_end();
    if context.silent || !text.ends_with(['：', ':']) {
        return None;
    }
    if let Some(last) = found.iter().rev().find(|practice| practice.action.is_some()) {
        return last.action.map(|action| (action, last.actor, last.negated));
    }
    let statement = context.statements().pop()?;
    let last = groups(context, statement, inherited).pop()?;
    last.actions.last().copied()
}

fn groups(context: &Context<'_>, statement: Span, inherited: Option<Actor>) -> Vec<Group> {
    let sentence = context.sentence();
    let prose = context.prose();
    let mut groups: Vec<Group> = Vec::new();
    for mark in sentence.marks.iter().filter(|mark| statement.contains(mark.span) && context.counts(mark)) {
        let MarkKind::Action { kind, by_user, weak } = mark.kind else { continue };
        let by_hand = mark.origin == Origin::Annotated;
        let clause = context.clause(mark.span);
        let actor = actor(context, statement, clause, mark.span);
        // A cell names things and ways; only with a subject does it state a practice.
        if context.is_cell() && !by_hand && actor.is_none_or(|actor| actor.kind == ActorKind::User) {
            continue;
        }
        // 加密传输, 提供服务: without a recipient an ambiguous verb of sharing shares nothing.
        let shares = kind.is_some_and(ActionKind::is_sharing)
            && actor.is_none_or(|actor| actor.kind != ActorKind::User);
        if shares && weak && !by_hand && !context.names_recipient(clause) {
            continue;
        }
        // What is negated is stated: 不向第三方提供.
        let modal = sentence.has_modal(clause, mark.span) || sentence.is_negated(clause, mark.span);
        let resolved = resolve(kind, by_user, weak, actor.map(|actor| actor.kind), modal, by_hand);
        let Some(kind) = resolved else { continue };
        // A verb without subject or modal is mostly a noun: 收集这些信息是为了……, 个人信息收集清单.
        let bare = actor.is_none() && !modal && !by_hand;
        let joins = groups.last().is_some_and(|last| {
            last.clause == clause || is_joint(context, &prose[last.span.end()..mark.span.start()])
        });
        let heads = || !prose[clause.start()..mark.span.start()].contains(char::is_alphanumeric);
        let opens = clause.start == context.span().start;
        if bare && !joins && (weak || opens || !heads()) {
            continue;
        }
        // What the user was said to do before is not what is done with the data next.
        let inherited =
            inherited.filter(|actor| actor.kind != ActorKind::User || kind == ActionKind::Provide);
        let actor = actor.or(inherited.map(|actor| Actor { inherited: true, ..actor }));
        let action = Action { kind, span: mark.span };
        let negated = sentence.is_negated(clause, mark.span);
        match groups.last_mut() {
            Some(last) if is_joint(context, &prose[last.span.end()..mark.span.start()]) => {
                last.span = last.span.hull(mark.span);
                last.by_hand |= by_hand;
                let negated = negated || last.actions.last().is_some_and(|(_, _, negated)| *negated);
                let actor = last.actions.last().and_then(|(_, actor, _)| *actor).or(actor);
                last.actions.push((action, actor, negated));
            }
            _ => groups.push(Group {
                actions: vec![(action, actor, negated)],
                by_hand,
                span: mark.span,
                clause,
                data: Vec::new(),
                parts: Vec::new(),
            }),
        }
    }
    groups
}

/// The kind a verb has here, `None` when it states no handling of data.
fn resolve(
    kind: Option<ActionKind>,
    by_user: Option<ActionKind>,
    weak: bool,
    actor: Option<ActorKind>,
    modal: bool,
    by_hand: bool,
) -> Option<ActionKind> {
    if actor == Some(ActorKind::User) {
        return match (by_user, kind) {
            (Some(kind), _) => Some(kind),
            (None, kind) if by_hand => kind.or(Some(ActionKind::Provide)),
            (None, _) => None,
        };
    }
    match (kind, by_user) {
        (Some(kind), _) if by_hand || !weak || modal || actor.is_some() => Some(kind),
        (None, Some(kind)) if by_hand || (modal && actor.is_none()) => Some(kind),
        (None, None) if by_hand => Some(ActionKind::Collect),
        _ => None,
    }
}

/// The subject of the verb at `verb`: the nearest actor before it, in its clause or an earlier one.
fn actor(context: &Context<'_>, statement: Span, clause: Span, verb: Span) -> Option<Actor> {
    let actors = || {
        context.sentence().marks.iter().filter_map(|mark| match mark.kind {
            MarkKind::Actor(kind) if statement.contains(mark.span) => Some((kind, mark.span, mark.origin)),
            _ => None,
        })
    };
    let before = |within: Span| {
        actors().rfind(|(kind, span, origin)| {
            within.contains(*span)
                && span.end <= verb.start
                && (*origin == Origin::Annotated
                    || *kind != ActorKind::User
                    || !is_relative(context, *span, verb))
        })
    };
    let by_hand = actors().find(|(_, span, origin)| *origin == Origin::Annotated && span.start >= verb.end);
    let found = before(clause)
        .or_else(|| {
            // Farther left the company goes before the user: 您使用……时，我们……，收集…….
            let far = Span { start: statement.start, end: clause.start };
            actors()
                .rfind(|(kind, span, _)| far.contains(*span) && *kind == ActorKind::FirstParty)
                .or_else(|| before(far))
        })
        .or(by_hand);
    found.map(|(kind, span, _)| Actor { kind, span, inherited: false })
}

/// Whether the user is the subject of a description before the verb only: 从您使用的设备上收集.
fn is_relative(context: &Context<'_>, actor: Span, verb: Span) -> bool {
    let between = &context.prose()[actor.end()..verb.start()];
    let words = &context.knowledge.lexicon.relatives;
    between.chars().count() <= LONGEST_DESCRIPTION && words.iter().any(|word| between.contains(word.as_str()))
}

/// A longer stretch is more than the description of a noun.
const LONGEST_DESCRIPTION: usize = 16;

/// Whether only conjunctions, brackets or modals stand between two verbs.
fn is_joint(context: &Context<'_>, between: &str) -> bool {
    let between =
        between.trim_matches(|c: char| matches!(c, ' ' | '[' | ']' | '【' | '】' | '“' | '”' | '、' | '/'));
    between.is_empty() || context.knowledge.lexicon.conjunctions.iter().any(|word| word == between)
}

/// Ties the data of a statement to its verbs.
fn give_objects(context: &Context<'_>, statement: Span, groups: &mut [Group]) {
    let all: Vec<&Mark> = context.data().filter(|mark| statement.contains(mark.span)).collect();
    let spans: Vec<(Span, Span)> = groups.iter().map(|group| (group.span, group.clause)).collect();
    for mark in &all {
        let Some(item) = context.item(mark) else { continue };
        let by_hand = mark.origin == Origin::Annotated;
        let clause = context.clause(mark.span);
        let next = spans.partition_point(|(verb, _)| verb.end <= mark.span.start);
        let before = next.checked_sub(1);
        let after = (next..spans.len()).find(|&at| spans[at].0.start >= mark.span.end);
        // Whether the verb that follows has objects of its own to its right.
        let has_right = |at: usize| {
            let from = spans[at].0.end;
            let to = spans.get(at + 1).map_or(statement.end, |next| next.0.start);
            let right = all.partition_point(|other| other.span.start < from);
            all[right..].first().is_some_and(|other| other.span.end <= to)
        };
        let chosen = match (before, after) {
            (Some(before), Some(after))
                if spans[after].1 == clause && spans[before].1 != clause && !has_right(after) =>
            {
                after
            }
            (Some(before), _) => before,
            (None, Some(after)) if by_hand || spans[after].1 == clause || !has_right(after) => after,
            _ => continue,
        };
        if !by_hand && is_loose(context, mark, &spans[chosen]) {
            continue;
        }
        groups[chosen].data.push(item);
    }
}

/// Whether the verb only describes an umbrella word that follows it.
fn is_description(context: &Context<'_>, group: &Group) -> bool {
    let after = &context.prose()[group.span.end()..context.span().end()];
    group.data.iter().all(|item| item.generic)
        && context.knowledge.lexicon.relatives.iter().any(|word| after.starts_with(word.as_str()))
}

/// Whether nobody is said to do something with nothing in particular.
fn is_vague(group: &Group) -> bool {
    group.data.iter().all(|item| item.generic)
        && group.actions.iter().all(|(_, actor, _)| actor.is_none_or(|actor| actor.inherited))
}

/// Whether a weak or umbrella word stands where it is no object: outside the verb's clause and no list.
fn is_loose(context: &Context<'_>, mark: &Mark, verb: &(Span, Span)) -> bool {
    let MarkKind::Data { category, weak } = mark.kind else { return true };
    let umbrella = category.map(|id| context.knowledge.lexicon.category(id)).is_some_and(|c| c.generic);
    if !weak && !umbrella {
        return false;
    }
    // 收集个人信息的公司: what is described is no handling of this policy's data.
    let after = &context.prose()[mark.span.end()..context.span().end()];
    if umbrella && context.knowledge.lexicon.relatives.iter().any(|word| after.starts_with(word.as_str())) {
        return true;
    }
    if verb.1.contains(mark.span) {
        // Left of its verb an ambiguous word is rarely its object, unless marked as such (将您的照片分享给……).
        let before = &context.prose()[verb.1.start()..mark.span.start().max(verb.1.start())];
        let marked =
            || context.knowledge.lexicon.object_markers.iter().any(|word| before.contains(word.as_str()));
        return weak && mark.span.end <= verb.0.start && !marked();
    }
    let before = context.prose()[context.span().start()..mark.span.start()].trim_end();
    let lexicon = &context.knowledge.lexicon;
    let listed = before.ends_with(['、', '（', '(', '：', ':', '/'])
        || lexicon.including.iter().chain(&lexicon.conjunctions).any(|word| before.ends_with(word.as_str()));
    umbrella || !listed
}

/// Ties the purposes, conditions … of a statement to its verbs.
fn give_parts(context: &Context<'_>, statement: Span, groups: &mut [Group]) {
    if groups.is_empty() {
        return;
    }
    let parts: Vec<(PartRole, Span, bool)> = context
        .sentence()
        .parts()
        .filter(|(_, span)| statement.contains(*span))
        .map(|(role, span)| (role, span, is_leading(context, span)))
        .collect();
    for &(role, span, leading) in &parts {
        let clause = context.clause(span);
        let before = groups.iter().rposition(|group| group.span.end <= span.start);
        let after = groups.iter().position(|group| group.span.start >= span.end);
        let covered: Vec<usize> = match (role, before, after) {
            // 向甲提供: the verb follows in the clause; 提供给甲: it goes before.
            (PartRole::Recipient, _, Some(after)) if groups[after].clause == clause => vec![after],
            (PartRole::Recipient, Some(before), _) => vec![before],
            (PartRole::Recipient, None, Some(after)) => vec![after],
            (_, _, Some(after)) if leading || before.is_none() => {
                let next = parts.iter().find(|(other, at, leads)| {
                    *other == role && *leads && at.start >= groups[after].span.end
                });
                let end = next.map_or(statement.end, |(_, at, _)| at.start);
                (after..groups.len()).filter(|&at| groups[at].span.start < end).collect()
            }
            (_, Some(before), _) => {
                let last = parts.iter().rfind(|(other, at, leads)| {
                    *other == role && !*leads && at.end <= span.start && *at != span
                });
                // A further purpose right behind the first belongs to the same verbs.
                let start = last.map_or(statement.start, |(_, at, _)| at.end);
                let start = if groups[before].span.start < start { statement.start } else { start };
                (0..=before).filter(|&at| groups[at].span.start >= start).collect()
            }
            _ => continue,
        };
        for at in covered {
            let distance = if groups[at].clause == clause { Distance::Clause } else { Distance::Sentence };
            groups[at].parts.push(Part { role, span, distance });
        }
    }
    for group in groups {
        group.parts.sort_by_key(|part| (part.role, part.distance, part.span));
    }
}

/// Whether the part opens its clause with a cue that looks ahead (为了……，我们……).
fn is_leading(context: &Context<'_>, span: Span) -> bool {
    let near = Span { start: span.start.saturating_sub(24).max(context.span().start), end: span.end };
    context.marks.hits.within(near).any(|hit| {
        (hit.span.end == span.start || hit.span.start == span.start)
            && context.knowledge.grammar.opened_by(hit.literal).any(|(_, pattern)| pattern.clause_start)
    })
}

/// Marks set by hand that found no place yet each get one.
fn take_up_the_rest(context: &Context<'_>, statement: Span, practices: &mut Vec<Practice>, first: usize) {
    let by_hand = |mark: &&Mark| mark.origin == Origin::Annotated && statement.contains(mark.span);
    let section = context.document.paragraph(context.document.sentence(context.id).paragraph).section;
    for mark in context.sentence().marks.iter().filter(by_hand) {
        let of_statement = &practices[first..];
        let arrived = of_statement.iter().any(|practice| match mark.kind {
            MarkKind::Data { .. } => practice.data.iter().any(|item| item.span == mark.span),
            MarkKind::Action { .. } => practice.action.is_some_and(|action| action.span == mark.span),
            MarkKind::Actor(_) => {
                practice.actor.is_some_and(|actor| actor.span == mark.span && !actor.inherited)
            }
            MarkKind::Part(role) => practice.parts(role).any(|part| part.span == mark.span),
        });
        if arrived {
            continue;
        }
        if practices.len() == first {
            practices.push(Practice {
                sentence: context.id,
                section,
                action: None,
                actor: None,
                data: Vec::new(),
                parts: Vec::new(),
                negated: false,
            });
        }
        let last = practices.len() - 1;
        match mark.kind {
            MarkKind::Data { .. } => practices[last].data.extend(context.item(mark)),
            MarkKind::Part(role) => {
                practices[last].parts.push(Part { role, span: mark.span, distance: Distance::Sentence });
            }
            MarkKind::Actor(kind) => {
                let actor = Some(Actor { kind, span: mark.span, inherited: false });
                if practices[last].actor.is_none_or(|actor| actor.inherited) {
                    practices[last].actor = actor;
                } else {
                    // Several actors: one practice each.
                    let further = Practice { actor, ..practices[last].clone() };
                    practices.push(further);
                }
            }
            MarkKind::Action { .. } => {}
        }
    }
}
