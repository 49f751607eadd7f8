//! Words: data, actors, verbs, and the small words.

use super::Compiler;
use super::place::{At, Parsed};
use crate::knowledge::lexicon::{ActorGroup, VerbGroup, Word};

impl Compiler {
    pub(super) fn lexicon(&mut self, file: &Parsed<'_>) {
        let content = &file.content;
        let root = At::root(file, "categories");
        for (index, category) in content.categories.iter().enumerate() {
            let Some(&number) = self.categories.get(&category.id) else { continue };
            let at = root.index(index);
            for (key, forms, weak) in [("forms", &category.forms, false), ("weak", &category.weak, true)] {
                let list = at.key(key);
                for (n, form) in forms.iter().enumerate() {
                    self.word(list.index(n), form, Word::Data { category: number, weak });
                }
            }
        }
        let head_nouns = self.fold_all(&content.head_nouns);
        self.parts.lexicon.head_nouns.extend(head_nouns);
        let root = At::root(file, "actors");
        for (index, actors) in content.actors.iter().enumerate() {
            let at = root.index(index);
            let contexts = (self.fold_all(&actors.not_after), self.fold_all(&actors.not_before));
            let end_names = self.fold_all(&actors.end_names);
            let groups = &mut self.parts.lexicon.actors;
            let group = groups.iter().position(|known| known.kind == actors.kind).unwrap_or_else(|| {
                groups.push(ActorGroup::new(actors.kind));
                groups.len() - 1
            });
            groups[group].end_names.extend(end_names);
            groups[group].not_after.extend(contexts.0);
            groups[group].not_before.extend(contexts.1);
            let group = group as u16;
            let forms = at.key("forms");
            for (n, form) in actors.forms.iter().enumerate() {
                self.word(forms.index(n), form, Word::Actor { group });
            }
        }
        if let Some(negations) = &content.negations {
            let at = At::root(file, "negations");
            for (key, words, word) in
                [("words", &negations.words, Word::Negation), ("not", &negations.not, Word::NoNegation)]
            {
                let list = at.key(key);
                for (n, form) in words.iter().enumerate() {
                    self.word(list.index(n), form, word);
                }
            }
        }
        if let Some(discourse) = &content.discourse {
            let at = At::root(file, "discourse");
            for (key, words, word) in [
                ("modals", &discourse.modals, Word::Modal),
                ("conjunctions", &discourse.conjunctions, Word::Conjunction),
                ("exemptions", &discourse.exemptions, Word::Exemption),
                ("no_data", &discourse.no_data, Word::NoData),
                ("questions", &discourse.questions, Word::Question),
                ("definitions", &discourse.definitions, Word::Definition),
                ("declares_sensitive", &discourse.declares_sensitive, Word::DeclaresSensitive),
            ] {
                let list = at.key(key);
                for (n, form) in words.iter().enumerate() {
                    self.word(list.index(n), form, word);
                }
            }
            let conjunctions = self.fold_all(&discourse.conjunctions);
            let including = self.fold_all(&discourse.including);
            let announces = self.fold_all(&discourse.announces);
            let uses = self.fold_all(&discourse.uses);
            let pronouns = self.fold_all(&discourse.pronouns);
            let bases = self.fold_all(&discourse.bases);
            let adverbs = self.fold_all(&discourse.adverbs);
            let places = self.fold_all(&discourse.places);
            let and_so_on = self.fold_all(&discourse.and_so_on);
            let relatives = self.fold_all(&discourse.relatives);
            let resultatives = self.fold_all(&discourse.resultatives);
            let relative_markers = self.fold_all(&discourse.relative_markers);
            let determiners = self.fold_all(&discourse.determiners);
            let about = self.fold_all(&discourse.about);
            let about_with = self.fold_all(&discourse.about_with);
            let about_behind = self.fold_all(&discourse.about_behind);
            let defines_name = self.fold_all(&discourse.defines_name);
            let not_names = self.fold_all(&discourse.not_names);
            let object_markers = self.fold_all(&discourse.object_markers);
            let compounds = self.fold_all(&discourse.compounds);
            let item_stops = self.fold_all(&discourse.item_stops);
            let not_items = self.fold_all(&discourse.not_items);
            let passives = self.fold_all(&discourse.passives);
            let towards_us = self.fold_all(&discourse.towards_us);
            let towards_others = self.fold_all(&discourse.towards_others);
            let restraints = self.fold_all(&discourse.restraints);
            let means = self.fold_all(&discourse.means);
            let serves_as = self.fold_all(&discourse.serves_as);
            let deems = self.fold_all(&discourse.deems);
            let grants = self.fold_all(&discourse.grants);
            let other_acts = self.fold_all(&discourse.other_acts);
            let turns = self.fold_all(&discourse.turns);
            let lexicon = &mut self.parts.lexicon;
            lexicon.turns.extend(turns);
            lexicon.object_markers.extend(object_markers);
            lexicon.compounds.extend(compounds);
            lexicon.item_stops.extend(item_stops);
            lexicon.not_items.extend(not_items);
            lexicon.passives.extend(passives);
            lexicon.towards_us.extend(towards_us);
            lexicon.towards_others.extend(towards_others);
            lexicon.restraints.extend(restraints);
            lexicon.means.extend(means);
            lexicon.serves_as.extend(serves_as);
            lexicon.deems.extend(deems);
            lexicon.grants.extend(grants);
            lexicon.other_acts.extend(other_acts);
            lexicon.not_names.extend(not_names);
            lexicon.conjunctions.extend(conjunctions);
            lexicon.including.extend(including);
            lexicon.announces.extend(announces);
            lexicon.uses.extend(uses);
            lexicon.pronouns.extend(pronouns);
            lexicon.bases.extend(bases);
            lexicon.adverbs.extend(adverbs);
            lexicon.places.extend(places);
            lexicon.and_so_on.extend(and_so_on);
            lexicon.relatives.extend(relatives);
            lexicon.resultatives.extend(resultatives);
            lexicon.relative_markers.extend(relative_markers);
            lexicon.determiners.extend(determiners);
            lexicon.about.extend(about);
            lexicon.about_with.extend(about_with);
            lexicon.about_behind.extend(about_behind);
            lexicon.defines_name.extend(defines_name);
        }
    }

    pub(super) fn verbs(&mut self, file: &Parsed<'_>) {
        let root = At::root(file, "actions");
        for (index, action) in file.content.actions.iter().enumerate() {
            let at = root.index(index);
            let not_after = self.fold_all(&action.not_after);
            let unless_after = self.fold_all(&action.unless_after);
            let not_before = self.fold_all(&action.not_before);
            let groups = &mut self.parts.lexicon.verbs;
            let group = groups.iter().position(|known| known.kind == action.kind).unwrap_or_else(|| {
                groups.push(VerbGroup::new(action.kind));
                groups.len() - 1
            });
            groups[group].not_after.extend(not_after);
            groups[group].unless_after.extend(unless_after);
            groups[group].not_before.extend(not_before);
            let group = group as u16;
            for (key, verbs, weak, by_user) in [
                ("verbs", &action.verbs, false, false),
                ("weak", &action.weak, true, false),
                ("by_user", &action.by_user, false, true),
            ] {
                let list = at.key(key);
                for (n, form) in verbs.iter().enumerate() {
                    let (verb, tail) = form.split_once('|').unwrap_or((form, ""));
                    let tail_chars = tail.chars().count().min(u8::MAX as usize) as u8;
                    let word = Word::Verb { group, weak, by_user, tail: tail_chars };
                    self.word(list.index(n), &format!("{verb}{tail}"), word);
                }
            }
        }
    }
}
