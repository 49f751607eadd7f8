//! Chapters that are gone with what they said.

use super::Versions;
use super::align::Fate;
use super::change::{Change, Importance, Kind, Side, Words};
use super::version::Version;
use crate::document::{ParagraphKind, SectionId, SectionKind};
use crate::span::Span;

/// The topic of chapters about what people may ask for.
const RIGHTS: &str = "rights";
/// So many hundredths of its sentences have to be gone.
const MOST: usize = 80;

/// Chapters of the old version of which the new one has neither the heading nor what it said. Requirements may still be
/// met by a word elsewhere; whoever read the chapter misses it. What stands inside a chapter that is gone is told with it.
pub(super) fn dropped(versions: &Versions<'_>) -> Vec<Change> {
    let Versions { old, alignment, knowledge, .. } = versions;
    let rights = knowledge.grammar.topic_named(RIGHTS);
    let mut changes = Vec::new();
    for (file, analysis) in old.files.iter().enumerate() {
        let document = &analysis.document;
        let gone = |span: Span| {
            let number = old.wording.number(file, old.sentence_of(file, span));
            matches!(alignment.old.get(number), Some((_, Fate::Alone)))
                && !old.wording.stands_in(number, &versions.new.wording)
        };
        let shares = Shares::of(old, file, &gone);
        // A text without anything of the other is another policy.
        if shares.is_gone(SectionId(0)) {
            continue;
        }
        let is_dropped = |id: SectionId| {
            let section = document.section(id);
            section.kind == SectionKind::Chapter && section.heading.is_some_and(gone) && shares.is_gone(id)
        };
        for (number, section) in document.sections.iter().enumerate() {
            let id = SectionId(number as u32);
            let Some(heading) = section.heading.filter(|_| is_dropped(id)) else { continue };
            if document.ancestors(id).skip(1).any(is_dropped) {
                continue;
            }
            let on_rights = rights.is_some_and(|topic| analysis.marks.topics.has(id, topic));
            let mut change = Change::new(Kind::ChapterDropped, Importance::high_if(on_rights));
            let words = Words { file, span: heading };
            let first = document
                .sentences
                .iter()
                .find(|sentence| sentence.span.start >= heading.end && section.span.contains(sentence.span));
            let places = std::iter::once(words).chain(first.map(|first| Words { file, span: first.span }));
            change.old = Some(Side::at(places).saying(old.text(words).trim()));
            changes.push(change);
        }
    }
    changes
}

/// Whether a right that is told less of was told of in a chapter that is gone as a whole.
pub(super) fn tells(versions: &Versions<'_>, chapters: &[Change], change: &Change) -> bool {
    let place = |change: &Change| change.old.as_ref().and_then(|side| side.places.first().copied());
    let Some(words) = place(change).filter(|_| change.kind == Kind::RightShortened) else { return false };
    let document = &versions.old.files[words.file].document;
    let sentence = document.sentence(versions.old.sentence_of(words.file, words.span));
    let section = document.paragraph(sentence.paragraph).section;
    let mut headings = document.ancestors(section).filter_map(|id| document.section(id).heading);
    headings.any(|heading| {
        let mut chapters = chapters.iter().filter_map(place);
        chapters.any(|chapter| chapter.file == words.file && chapter.span == heading)
    })
}

/// For each section how many sentences it has, those below it included, and how many of them are gone.
struct Shares(Vec<(usize, usize)>);

impl Shares {
    fn of(version: &Version<'_>, file: usize, gone: &dyn Fn(Span) -> bool) -> Self {
        let document = &version.files[file].document;
        let mut shares = vec![(0, 0); document.sections.len()];
        for sentence in &document.sentences {
            let paragraph = document.paragraph(sentence.paragraph);
            if paragraph.kind == ParagraphKind::Heading {
                continue;
            }
            let gone = usize::from(gone(sentence.span));
            for section in document.ancestors(paragraph.section) {
                let share = &mut shares[section.0 as usize];
                *share = (share.0 + 1, share.1 + gone);
            }
        }
        Self(shares)
    }

    fn is_gone(&self, section: SectionId) -> bool {
        let (all, gone) = self.0[section.0 as usize];
        all > 0 && gone * 100 >= all * MOST
    }
}
