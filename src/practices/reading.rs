//! What a verb states, by the words around it.

use super::context::Context;
use super::subjects::{is_description, subject};
use super::verbs::{Group, Object, Verb};
use super::{Action, Actor};
use crate::knowledge::kinds::{ActionKind, ActorKind, PartRole};
use crate::knowledge::lexicon::Word;
use crate::marks::{Mark, MarkKind};
use crate::span::Span;

/// What a verb states, `None` when it states no handling of data.
pub(super) fn read(
    context: &Context<'_>,
    statement: Span,
    verb: &Verb,
    inherited: Option<Actor>,
    last: Option<&Group>,
    joint: bool,
) -> Option<Group> {
    let reading = Reading::of(context, statement, verb, last, joint)?;
    let signs = reading.signs()?;
    let kind = reading.kind(&signs)?;
    if reading.is_needless(kind, &signs) || reading.is_noun(kind, &signs) {
        return None;
    }
    let Reading { actor, describes, clause, .. } = reading;
    // What the user was said to do before is not what is done with the data next.
    let inherited = inherited
        .filter(|actor| (actor.kind == ActorKind::User) == (kind == ActionKind::Provide) && !describes);
    let acts = actor.or(inherited.map(|actor| Actor { inherited: true, ..actor }));
    Some(Group {
        actions: vec![(Action { kind, span: verb.span }, acts, signs.negated)],
        by_hand: verb.by_hand,
        describes,
        stated: actor.is_some() || signs.modal || signs.by_unknown,
        modal: signs.modal,
        uses: verb.use_of == Some(Object::Before),
        span: verb.span,
        clause,
        data: Vec::new(),
        parts: Vec::new(),
    })
}

/// A verb among the words of its clause, and who does it.
struct Reading<'c> {
    context: &'c Context<'c>,
    verb: &'c Verb,
    clause: Span,
    /// The words of the clause before the verb.
    before: &'c str,
    last: Option<&'c Group>,
    /// It shares its object with the verb before.
    joint: bool,
    /// It belongs to a noun.
    describes: bool,
    /// A recipient is named.
    passed_on: bool,
    actor: Option<Actor>,
}

/// What says that a verb is no mere noun.
struct Signs {
    negated: bool,
    /// A modal or a negation stands with the verb, or what is said of it needs no consent.
    modal_here: bool,
    /// Or with the subject.
    modal: bool,
    /// What the verb means here, as far as it is a verb of the company's.
    meant: Option<ActionKind>,
    to_us: bool,
    /// Data is handed to the company, by whom is not said.
    given: bool,
    handed_over: bool,
    asked_for: bool,
    kept: bool,
    means: bool,
    by_unknown: bool,
}

impl<'c> Reading<'c> {
    /// `None` when the verb says something of another thing than data.
    fn of(
        context: &'c Context<'c>,
        statement: Span,
        verb: &'c Verb,
        last: Option<&'c Group>,
        joint: bool,
    ) -> Option<Self> {
        let span = verb.span;
        // A verb marked by hand may go beyond a comma.
        let clause = context.clause(span).hull(span);
        if !verb.by_hand
            && (describes_recipient(context, clause, span)
                || (verb.weak && last.is_some_and(|last| !joint && describes_object(context, last, span))))
        {
            return None;
        }
        let describes = !verb.by_hand && is_description(context, span);
        let lexicon = &context.knowledge.lexicon;
        let before = &context.prose()[clause.start()..span.start().max(clause.start())];
        let passed_on = context.names_recipient(clause) || lexicon.towards_others.any_ends(before);
        // 向甲提供: what is passed on is passed on by the company, unless the user stands beside the verb.
        // 日志会被上传: nobody who is named does it, least of all the user.
        let passive = !verb.by_hand && verb.kind.is_some() && lexicon.passives.any_ends(before);
        let users = verb.by_user.is_some() && !passive && !(passed_on && verb.kind.is_some());
        let whose = (users || verb.by_hand, verb.kind.is_some() || verb.by_hand);
        let actor = subject(context, statement, span, describes, whose).filter(|_| !passive);
        // 限制我们收集……: what the user can forbid is not stated to be done.
        let restrained = || actor.is_some_and(|actor| is_restrained(context, clause, actor));
        // A cell names things and ways; only with a subject does it state a practice.
        let of_cell = || context.is_cell() && actor.is_none_or(|actor| actor.kind == ActorKind::User);
        if !verb.by_hand && (restrained() || of_cell()) {
            return None;
        }
        Some(Self { context, verb, clause, before, last, joint, describes, passed_on, actor })
    }

    /// `None` when an ambiguous verb says of a company that it does something else.
    fn signs(&self) -> Option<Signs> {
        let Self { context, verb, clause, before, passed_on, actor, .. } = *self;
        let span = verb.span;
        let lexicon = &context.knowledge.lexicon;
        // What is negated is stated: 不向第三方提供.
        let negated = context.is_negated(clause, span);
        let modal_here =
            negated || context.sentence().has_modal(clause, span) || is_exempt(context, clause, span);
        let modal = modal_here || actor.is_some_and(|actor| carries_modal(context, clause, actor));
        // 加密传输, 提供服务: without a recipient an ambiguous verb of sharing shares nothing.
        let shares = verb.kind.is_some_and(ActionKind::is_sharing);
        let meant = match actor.map(|actor| actor.kind) {
            _ if !(shares && verb.weak) || verb.by_hand || passed_on => verb.kind,
            // 运营商会将您的手机号码发送给我们: what others pass on they pass on to us.
            Some(ActorKind::ThirdParty) if modal => verb.kind,
            // 我们不会透露您的手机号码: what is not to leave the company needs no recipient.
            Some(ActorKind::FirstParty) if negated && withholds(context, clause, span) => verb.kind,
            Some(ActorKind::User) | None => None,
            Some(ActorKind::FirstParty | ActorKind::ThirdParty) => return None,
        };
        // 至少向我们提供手机号码: nobody else hands data to the company unless it is said who.
        let to_us = (shares || verb.by_user.is_some()) && lexicon.towards_us.any_ends(before);
        let opens_line = heads_clause(context, before) && context.opens_paragraph();
        let asked_for = opens_line && verb.kind.is_some_and(|kind| is_asked_for(context, clause, kind, span));
        let collects = verb.kind == Some(ActionKind::Collect);
        Some(Signs {
            negated,
            modal_here,
            modal,
            meant,
            to_us,
            given: to_us && actor.is_none(),
            handed_over: self.is_handed_over(meant),
            asked_for,
            kept: verb.kind.is_some_and(|kind| is_kept(context, clause, kind, span)),
            // 通过获取设备信息，剔除作弊设备: by what means something is done, is done.
            means: collects && lexicon.means.any_ends(before) && objects(context, clause, span).is_some(),
            by_unknown: actor.is_none() && collects && !verb.weak && is_by_unknown(context, clause, span),
        })
    }

    /// Whether data is handed to a recipient by a verb without a subject.
    fn is_handed_over(&self, meant: Option<ActionKind>) -> bool {
        let Self { context, verb, clause, passed_on, .. } = *self;
        // 经您同意，向第三方披露: in a list the lead-in says what; a line that says no more is a title.
        let rest = || context.document.text(Span { start: verb.span.end, end: clause.end });
        let of_list = || {
            !context.lead_data.is_empty()
                && clause.start > context.words().start
                && !rest().contains(|c: char| c.is_alphanumeric() || matches!(c, '：' | ':'))
        };
        let object =
            || meant.is_some_and(ActionKind::is_sharing) && ends_with_object(context, clause, verb.span);
        let shares = verb.kind.is_some_and(ActionKind::is_sharing);
        (passed_on && object()) || ((passed_on || shares) && of_list())
    }

    /// What is done; `None` when nothing says that it is.
    fn kind(&self, signs: &Signs) -> Option<ActionKind> {
        let Self { context, verb, clause, actor, .. } = *self;
        // A line that ends without a stop is a title.
        let stops = || !context.document.text(clause).trim_end().ends_with(char::is_alphanumeric);
        let said = signs.kept
            || signs.means
            || signs.modal
            || signs.given
            || signs.asked_for
            || (signs.handed_over && stops() && opens_with_recipient(context, clause));
        // 需要您开启……权限: the user is asked for it.
        let asked = || {
            verb.kind == Some(ActionKind::Request)
                && actor.is_some_and(|actor| {
                    actor.kind == ActorKind::User
                        && clause.contains(actor.span)
                        && context.sentence().modals.iter().any(|modal| modal.end == actor.span.start)
                })
        };
        resolve(&Verb { kind: signs.meant, ..*verb }, actor.map(|actor| actor.kind), said)
            .or_else(|| asked().then_some(ActionKind::Request))
    }

    /// What the user need not hand over is no handling.
    fn is_needless(&self, kind: ActionKind, signs: &Signs) -> bool {
        let before = Span { start: self.clause.start, end: self.verb.span.start };
        let exempt = || self.context.sentence().exemptions.iter().any(|word| before.contains(*word));
        kind == ActionKind::Provide && !self.verb.by_hand && (signs.negated || exempt())
    }

    /// A verb without subject or modal is mostly a noun: 收集这些信息是为了……, 个人信息收集清单.
    fn is_noun(&self, kind: ActionKind, signs: &Signs) -> bool {
        let Self { context, verb, clause, before, last, joint, describes, passed_on, actor } = *self;
        if verb.by_hand {
            return false;
        }
        let heads = || heads_clause(context, before);
        let explained = || kind == ActionKind::Collect && explains(context, clause, verb.span);
        let bare = actor.is_none()
            && !signs.modal
            && !signs.kept
            && !signs.means
            && !signs.by_unknown
            && !explained()
            && !signs.given
            && verb.use_of != Some(Object::Behind)
            && !signs.handed_over
            && !signs.asked_for
            && !is_agreed(context, verb.span);
        let joins = joint || last.is_some_and(|last| last.clause == clause && !last.describes);
        let opens = clause.start == context.span().start;
        if bare && (describes || (!joins && (verb.weak || opens || !heads()))) {
            return true;
        }
        // In the middle of a clause with neither, a word that may be a noun is one: 浏览、点击查看、搜索查询.
        let may_be_noun = verb.weak || kind == ActionKind::Provide;
        let stands_alone = actor.is_none_or(|actor| !clause.contains(actor.span)) && !signs.modal_here;
        may_be_noun
            && stands_alone
            && !signs.kept
            && !signs.means
            && !passed_on
            && !signs.to_us
            && !describes
            && !joint
            && !heads()
    }
}

/// No more than an adverb stands between a negation and its verb, in characters: 不会主动提供.
const LONGEST_ADVERB: usize = 2;

/// Whether the verb stands behind a negation of its own, and before data that is no ambiguous word.
fn withholds(context: &Context<'_>, clause: Span, verb: Span) -> bool {
    let after = Span { start: verb.end, end: clause.end };
    let negation = context.sentence().negation(clause, verb);
    negation.is_some_and(|word| context.prose()[word.end()..verb.start()].chars().count() <= LONGEST_ADVERB)
        && context.data().filter(|mark| after.contains(mark.span)).any(|mark| {
            let sure = matches!(mark.kind, MarkKind::Data { category: Some(_), weak: false });
            sure || context.item(mark).is_some_and(|item| item.generic)
        })
}

/// Whether nothing but conjunctions stands between the start of a clause and a verb: 并展示.
fn heads_clause(context: &Context<'_>, before: &str) -> bool {
    let mut rest = before.trim_end();
    while let Some(word) = context.knowledge.lexicon.conjunctions.longest_end(rest) {
        rest = rest[..rest.len() - word.len()].trim_end();
    }
    !rest.contains(char::is_alphanumeric)
}

/// 共享不识别您个人身份的标签: what the verb says, it says of the object of the verb before it.
fn describes_object(context: &Context<'_>, governing: &Group, verb: Span) -> bool {
    let clause = context.clause(verb);
    let between = Span { start: governing.span.end, end: verb.start };
    let after = context.document.text(Span { start: verb.end, end: clause.end });
    let lexicon = &context.knowledge.lexicon;
    // 您的 makes no description of what follows.
    let rest = lexicon.determiners.longest_start(after).map_or(after, |word| &after[word.len()..]);
    let object = rest.find(|c: char| !c.is_alphanumeric()).map_or(rest, |at| &rest[..at]);
    let Some(length) = lexicon.relatives.first_in(object).filter(|at| *at > 0) else { return false };
    let described = Span { start: verb.end, end: verb.end + (after.len() - rest.len() + length) as u32 };
    let marks = || context.sentence().marks.iter();
    let is_object = |mark: &Mark| matches!(mark.kind, MarkKind::Data { .. });
    governing.clause == clause
        && !governing.describes
        && governing.actions.iter().all(|(action, ..)| action.kind != ActionKind::Use)
        && !marks().any(|mark| {
            (between.overlaps(mark.span) && (is_object(mark) || matches!(mark.kind, MarkKind::Actor(_))))
                || (described.overlaps(mark.span) && matches!(mark.kind, MarkKind::Action { .. }))
        })
        && marks()
            .any(|mark| is_object(mark) && mark.span.start >= described.end && clause.contains(mark.span))
}

/// Whether a word before who acts, in the clause of the verb, says that it is not to be done.
fn is_restrained(context: &Context<'_>, clause: Span, actor: Actor) -> bool {
    let before = &context.prose()[context.span().start()..actor.span.start().max(context.span().start())];
    actor.kind != ActorKind::User
        && clause.contains(actor.span)
        && context.knowledge.lexicon.restraints.any_ends(before)
}

/// The kind a verb has here.
fn resolve(verb: &Verb, actor: Option<ActorKind>, modal: bool) -> Option<ActionKind> {
    if actor == Some(ActorKind::User) {
        return match (verb.by_user, verb.kind) {
            (Some(kind), _) => Some(kind),
            (None, kind) if verb.by_hand => kind.or(Some(ActionKind::Provide)),
            (None, _) => None,
        };
    }
    match (verb.kind, verb.by_user) {
        (Some(kind), _) if verb.by_hand || !verb.weak || modal || actor.is_some() => Some(kind),
        (None, Some(kind)) if verb.by_hand || (modal && actor.is_none()) => Some(kind),
        (None, None) if verb.by_hand => Some(ActionKind::Collect),
        _ => None,
    }
}

/// 与提供广告服务的合作伙伴共享: what the verb says, it says of the recipient.
fn describes_recipient(context: &Context<'_>, clause: Span, verb: Span) -> bool {
    context.sentence().parts().any(|(role, span)| {
        let between = Span { start: verb.end, end: span.start };
        let text = context.document.text(Span { start: between.start.min(between.end), ..between });
        let relatives = &context.knowledge.lexicon.relatives;
        let opened = || {
            let mut hits = context.marks.hits.within(between);
            hits.any(|hit| {
                let mut opened = context.knowledge.grammar.opened_by(hit.literal);
                opened.any(|(_, pattern)| pattern.role == PartRole::Recipient)
            })
        };
        // 为我们提供地图数据的供应商: up to the recipient itself the words describe it.
        let directly = || !relatives.any_starts(text) && !opened();
        role == PartRole::Recipient
            && clause.contains(span)
            && verb.end < span.start
            && relatives.any_ends(text)
            && (directly() || !context.data().any(|mark| between.contains(mark.span)))
            && context.sentence().marks.iter().any(|mark| {
                matches!(mark.kind, MarkKind::Action { .. })
                    && mark.span.start >= span.end
                    && clause.contains(mark.span)
            })
    })
}

/// 订单信息保留三年, 照片识别后即行删除: behind what is kept or deleted, and before how long or behind how, the verb
/// states it without a subject.
fn is_kept(context: &Context<'_>, clause: Span, kind: ActionKind, verb: Span) -> bool {
    let sentence = context.sentence();
    let before = Span { start: clause.start, end: verb.start };
    let after = Span { start: verb.end, end: clause.end };
    let lasts = || sentence.parts().any(|(role, span)| role == PartRole::Retention && after.overlaps(span));
    let somewhere = || {
        let words = context.document.text(after);
        context.knowledge.lexicon.places.iter().any(|word| words.starts_with(word.as_str()))
    };
    let at_once = || {
        let words = context.document.text(before);
        context.knowledge.lexicon.adverbs.iter().any(|word| words.ends_with(word.as_str()))
            && !context.document.text(after).contains(char::is_alphanumeric)
    };
    matches!(kind, ActionKind::Store | ActionKind::Delete)
        && context.data().any(|mark| before.contains(mark.span))
        && (lasts() || at_once() || (kind == ActionKind::Store && somewhere()))
}

/// The name of somebody who acts has no more characters than this.
const LONGEST_NAME: usize = 10;

/// 云岚收集您的设备信息: whether nothing but a noun that may name somebody goes before the verb in its clause, and behind
/// it stands what is the user's.
fn is_by_unknown(context: &Context<'_>, clause: Span, verb: Span) -> bool {
    let lexicon = &context.knowledge.lexicon;
    // A verb marked by hand may start before the first word.
    let end = verb.start.max(clause.start);
    let words = Span { start: clause.start.max(context.words().start).min(end), end };
    let name = context.document.text(words).trim_matches(|c: char| !c.is_alphanumeric());
    let chars = name.chars().count();
    let after = context.document.text(Span { start: verb.end, end: clause.end });
    let owned = |word: &str| lexicon.relatives.ending(word).any(|relative| word.len() > relative.len());
    let mut known = context.marks.hits.within(words).flat_map(|hit| lexicon.words(hit.literal));
    (2..=LONGEST_NAME).contains(&chars)
        && name.chars().all(char::is_alphanumeric)
        && lexicon.determiners.starting(after).any(owned)
        && !known.any(|word| !matches!(word, Word::Actor { .. } | Word::Conjunction))
        && !lexicon.relatives.any_in(name)
        && !lexicon.item_stops.any_in(name)
        && !lexicon.turns.any_starts(name)
        && !context.sentence().parts().any(|(_, span)| span.overlaps(words))
}

/// 向关联公司共享您的个人信息。 An item of a list of whom data is handed to: nothing but the object follows the verb.
fn ends_with_object(context: &Context<'_>, clause: Span, verb: Span) -> bool {
    objects(context, clause, verb).is_some_and(|(_, rest)| !rest.contains(char::is_alphanumeric))
}

/// The last of the data in a clause that a verb has directly behind it, or behind a determiner, and the words behind that.
pub(super) fn objects<'a>(context: &Context<'a>, clause: Span, verb: Span) -> Option<(Span, &'a str)> {
    let after = Span { start: verb.end, end: clause.end };
    let mut data = context.data().map(|mark| mark.span).filter(|span| after.contains(*span));
    let first = data.next()?;
    let last = data.last().unwrap_or(first);
    let lead = context.document.text(Span { start: verb.end, end: first.start }).trim();
    let follows = lead.is_empty() || context.knowledge.lexicon.determiners.hold(lead);
    follows.then(|| (last, context.document.text(Span { start: last.end, end: clause.end })))
}

/// 开启相机权限，用于扫码; 获取设备信息用于排查故障: a line that names what is asked for, and perhaps what for.
fn is_asked_for(context: &Context<'_>, clause: Span, kind: ActionKind, verb: Span) -> bool {
    let Some((last, rest)) = objects(context, clause, verb) else { return false };
    let purpose = context.sentence().parts().find(|(role, span)| {
        *role == PartRole::Purpose && span.start >= last.end && span.start <= clause.end + 12
    });
    // 用于 stands between the data and the purpose.
    let uses = &context.knowledge.lexicon.uses;
    let ends = !rest.contains(char::is_alphanumeric) || uses.any_starts(rest.trim_start());
    ends && match kind {
        ActionKind::Request => purpose.is_some() || is_permission(context, last),
        ActionKind::Collect => purpose.is_some(),
        _ => false,
    }
}

/// Whether the data at `span` is a permission.
pub(super) fn is_permission(context: &Context<'_>, span: Span) -> bool {
    let lexicon = &context.knowledge.lexicon;
    let mut here = context.data().filter(|mark| mark.span == span).filter_map(|mark| context.item(mark));
    here.any(|item| item.category.is_some_and(|id| lexicon.category(id).permission))
}

/// 经您同意后收集: consent or the condition of it goes directly before the verb.
fn is_agreed(context: &Context<'_>, verb: Span) -> bool {
    let mut parts = context.sentence().parts();
    parts.any(|(role, span)| {
        matches!(role, PartRole::Condition | PartRole::Consent)
            && span.end <= verb.start
            && !context
                .document
                .text(Span { start: span.end, end: verb.start })
                .trim_start_matches(['，', ',', ' '])
                .contains(char::is_alphanumeric)
    }) && context.sentence().parts().any(|(role, span)| role == PartRole::Consent && span.end <= verb.start)
}

/// Whether the clause begins with whom something is passed on to.
fn opens_with_recipient(context: &Context<'_>, clause: Span) -> bool {
    let words = context.document.text(clause);
    let start = clause.start + (words.len() - words.trim_start().len()) as u32;
    let mut heads = context.marks.hits.within(Span { start, end: clause.end });
    let grammar = &context.knowledge.grammar;
    heads
        .by_ref()
        .take_while(|hit| hit.span.start == start)
        .any(|hit| grammar.opened_by(hit.literal).any(|(_, pattern)| pattern.role == PartRole::Recipient))
}

/// Whether what is said of the verb is what data named before is needed for: 收集这些信息是为了…….
pub(super) fn explains(context: &Context<'_>, clause: Span, verb: Span) -> bool {
    let marks = &context.sentence().marks;
    let from = marks.partition_point(|mark| mark.span.start < verb.end);
    let mut after = marks[from..].iter().take_while(|mark| mark.span.start < clause.end);
    let object = after.next().filter(|mark| mark.span.start == verb.end).and_then(|mark| context.item(mark));
    object.is_some_and(|item| item.reference)
        && after.next().is_some_and(|mark| mark.kind == MarkKind::Part(PartRole::Purpose))
}

/// Whether a modal behind a subject in another clause holds for the verb: 我们会出于以下目的，收集…….
fn carries_modal(context: &Context<'_>, clause: Span, actor: Actor) -> bool {
    let own = context.clause(actor.span);
    let rest = Span { start: actor.span.end, end: own.end };
    own != clause && context.sentence().modals.iter().any(|modal| rest.contains(*modal))
}

/// Whether words behind the verb say that it needs no consent, which states that it is done.
fn is_exempt(context: &Context<'_>, clause: Span, verb: Span) -> bool {
    context.sentence().exemptions.iter().any(|word| clause.contains(*word) && word.start >= verb.end)
}
