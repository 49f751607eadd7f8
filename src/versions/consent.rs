//! Consent that is asked for less clearly than before.

use super::Versions;
use super::align::Fate;
use super::change::{Change, Importance, Kind, Side, Words};
use super::facts::{Deed, Fact};
use super::version::Version;
use super::wording::NormalSentence;
use crate::knowledge::Knowledge;
use crate::knowledge::grammar::ConsentLevel;
use crate::knowledge::kinds::{Distance, PartRole};
use crate::span::Span;

/// A kind of consent by its strength, and the words that ask for it.
type Asked<'k> = (usize, &'k ConsentLevel, Span);

/// What was consented to separately or explicitly and is no longer, or is taken for consent.
pub(super) fn weakened(versions: &Versions<'_>) -> Vec<Change> {
    let mut changes = of_sentences(versions);
    changes.extend(of_data(versions, &changes));
    changes
}

/// Sentences that came out of others with less.
fn of_sentences(versions: &Versions<'_>) -> Vec<Change> {
    let Versions { old, new, alignment, knowledge } = versions;
    let mut changes = Vec::new();
    for (at, (_, fate)) in alignment.new.iter().enumerate() {
        let Some(after) = new.wording.sentences.get(at) else { continue };
        let is = in_sentence(knowledge, new, *after);
        let presumed = presumed(knowledge, new, *after);
        let before = match *fate {
            Fate::Changed(from) => old.wording.sentences.get(from),
            Fate::Alone => None,
            Fate::Same(_) | Fate::Moved(_) => continue,
        };
        let was = before.and_then(|before| in_sentence(knowledge, old, *before));
        let already = before.is_some_and(|before| self::presumed(knowledge, old, *before).is_some());
        let strength = |asked: Option<Asked<'_>>| asked.map(|(strength, ..)| strength);
        let (to, importance) = match (was, presumed) {
            (_, Some(presumed)) if !already && !new.wording.stands_in(at, &old.wording) => {
                (Some(presumed), Importance::high_if(was.is_some()))
            }
            (Some((strong, level, _)), _) if strength(is) < Some(strong) => {
                let denies = new.files[after.file].marks.sentences.get(after.id.0 as usize);
                let promises = denies.is_some_and(|marks| !marks.negations.is_empty());
                if promises && !level.separate {
                    continue;
                }
                (is, Importance::high_if(level.separate))
            }
            _ => continue,
        };
        let mut change = Change::new(Kind::ConsentWeakened, importance);
        if let (Some(before), Some((_, _, span))) = (before, was) {
            change.old = Some(side(old, Words { file: before.file, span }));
        }
        let words = to.map_or_else(|| sentence(new, *after), |(_, _, span)| span);
        let place = Words { file: after.file, span: words };
        change.new = Some(if to.is_some() { side(new, place) } else { Side::at([place]) });
        for fact in
            new.facts.iter().filter(|fact| fact.file == after.file && fact.practice.sentence == after.id)
        {
            let datum = new.datum(fact, knowledge);
            if fact.is_named() && !change.keys().any(|known| *known == datum.key) {
                change.data.push(datum);
            }
        }
        changes.push(change);
    }
    changes
}

/// Data of which no sentence asks as clearly as one of the old version did.
fn of_data(versions: &Versions<'_>, told: &[Change]) -> Vec<Change> {
    let Versions { old, new, knowledge, .. } = versions;
    let mut changes: Vec<Change> = Vec::new();
    for key in old.data() {
        for deed in [Deed::Handle, Deed::Pass] {
            let Some((fact, (strong, level, span))) = strongest(knowledge, old, old.does(deed, key)) else {
                continue;
            };
            let now: Vec<&Fact<'_>> = new.does(deed, key).collect();
            let best = strongest(knowledge, new, new.does(deed, key));
            let weaker = best.is_none_or(|(_, (strength, ..))| strength < strong);
            let place = Words { file: fact.file, span };
            let is_told = |change: &Change| change.old.iter().any(|side| side.places.contains(&place));
            if !level.separate
                || !weaker
                || now.is_empty()
                || told.iter().any(is_told)
                || old.is_in(fact, [span], new)
            {
                continue;
            }
            let datum = old.datum(fact, knowledge);
            match changes.iter_mut().find(|change| is_told(change)) {
                Some(change) => change.data.push(datum),
                None => {
                    let mut change = Change::new(Kind::ConsentWeakened, Importance::High);
                    change.action = fact.action;
                    change.data.push(datum);
                    change.old = Some(side(old, place));
                    change.new = Some(match best {
                        Some((fact, (_, _, span))) => side(new, Words { file: fact.file, span }),
                        None => Side::at(now.iter().map(|fact| fact.words())),
                    });
                    changes.push(change);
                }
            }
        }
    }
    changes
}

/// The clearest consent that facts are tied to.
fn strongest<'f, 'a: 'f, 'k>(
    knowledge: &'k Knowledge,
    version: &Version<'a>,
    facts: impl Iterator<Item = &'f Fact<'a>>,
) -> Option<(&'f Fact<'a>, Asked<'k>)> {
    let of_fact = |fact: &'f Fact<'a>| {
        let near = fact.practice.parts(PartRole::Consent).filter(|part| part.distance <= Distance::Paragraph);
        let asked = near.filter_map(|part| {
            level(knowledge, version.text(Words { file: fact.file, span: part.span }), part.span)
        });
        asked.max_by_key(|(strength, ..)| *strength).map(|asked| (fact, asked))
    };
    facts.filter_map(of_fact).max_by_key(|(_, (strength, ..))| *strength)
}

/// The clearest consent that a sentence asks for.
fn in_sentence<'k>(knowledge: &'k Knowledge, version: &Version<'_>, at: NormalSentence) -> Option<Asked<'k>> {
    let file = &version.files[at.file];
    let marks = file.marks.sentences.get(at.id.0 as usize)?;
    let consents = marks.parts().filter(|(role, _)| *role == PartRole::Consent);
    let asked = consents.filter_map(|(_, span)| level(knowledge, file.document.text(span), span));
    asked.max_by_key(|(strength, ..)| *strength)
}

fn level<'k>(knowledge: &'k Knowledge, text: &str, span: Span) -> Option<Asked<'k>> {
    let text = knowledge.folding.fold(text);
    let levels = knowledge.grammar.consent_levels.iter().enumerate().rev();
    let level = levels.filter(|(_, level)| !level.presumed).find(|(_, level)| level.words.any_in(&text))?;
    Some((level.0, level.1, span))
}

/// Words of a sentence that take consent for given.
fn presumed<'k>(knowledge: &'k Knowledge, version: &Version<'_>, at: NormalSentence) -> Option<Asked<'k>> {
    let sentence = sentence(version, at);
    let text = version.files[at.file].document.text(sentence);
    let levels = knowledge.grammar.consent_levels.iter().enumerate();
    let mut presumed = levels.filter(|(_, level)| level.presumed);
    presumed.find_map(|(strength, level)| {
        let (at, number) = level.words.each_in(text).next()?;
        let word = level.words.iter().nth(number)?;
        let start = sentence.start() + at;
        Some((strength, level, Span::new(start, start + word.len())))
    })
}

fn sentence(version: &Version<'_>, at: NormalSentence) -> Span {
    version.files[at.file].document.sentence(at.id).span
}

fn side(version: &Version<'_>, words: Words) -> Side {
    Side::at([words]).saying(version.text(words).trim())
}
