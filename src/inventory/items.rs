//! The items a policy collects: each once, with all that is said of it.

use super::names::Names;
use super::parts::Parts;
use super::way::Way;
use crate::document::SectionId;
use crate::findings::{Analysis, Evidence};
use crate::knowledge::Knowledge;
use crate::knowledge::lexicon::CategoryId;
use crate::practices::{DataItem, Practice};
use std::collections::HashMap;

/// An item of personal data under all its names.
#[derive(Clone, Debug)]
pub struct Item {
    /// The name used most, and the others as they come.
    pub names: Vec<String>,
    /// `None` for an item the lexicon does not know.
    pub category: Option<CategoryId>,
    /// The lists that call it sensitive, or `declared`.
    pub sensitive_by: Vec<String>,
    /// Where and how it is got and used, in reading order.
    pub uses: Vec<Use>,
}

/// What one section says of an item.
#[derive(Clone, Debug)]
pub struct Use {
    pub file: usize,
    pub section: SectionId,
    pub ways: Vec<Way>,
    pub parts: Parts,
    /// Its words.
    pub places: Vec<Evidence>,
}

impl Item {
    /// Whether any statement says where it comes from.
    pub fn is_got(&self) -> bool {
        self.uses.iter().flat_map(|used| &used.ways).any(|way| way.is_getting())
    }
}

pub(super) struct Items<'a> {
    files: &'a [Analysis],
    knowledge: &'a Knowledge,
    names: &'a Names<'a>,
    found: Vec<Found>,
    by_name: HashMap<String, usize>,
}

struct Found {
    names: Tally<String>,
    categories: Tally<CategoryId>,
    item: Item,
    unnamed: bool,
}

impl<'a> Items<'a> {
    pub(super) fn new(files: &'a [Analysis], knowledge: &'a Knowledge, names: &'a Names<'a>) -> Self {
        Self { files, knowledge, names, found: Vec::new(), by_name: HashMap::new() }
    }

    /// Takes up what a practice says of its data, words that point back being replaced.
    pub(super) fn add(&mut self, file: usize, practice: &Practice, data: &[&DataItem]) {
        let analysis = &self.files[file];
        let Some(way) = Way::of(analysis, self.knowledge, practice) else { return };
        for item in data.iter().filter(|item| !item.reference) {
            // An unknown noun is data where it is got; what is used or unclear may be anything.
            if item.category.is_some() || way.is_getting() {
                self.add_item(file, practice, item, way);
            }
        }
    }

    fn add_item(&mut self, file: usize, practice: &Practice, item: &DataItem, way: Way) {
        let document = &self.files[file].document;
        let text = document.text(item.span).trim();
        let name = self.names.of_item(text, item.category);
        let next = self.found.len();
        let at = *self.by_name.entry(name).or_insert(next);
        if at == next {
            self.found.push(Found {
                names: Tally::default(),
                categories: Tally::default(),
                item: Item { names: Vec::new(), category: None, sensitive_by: Vec::new(), uses: Vec::new() },
                unnamed: self.names.names_nothing(text, item.category),
            });
        }
        let Found { names, categories, item: found, .. } = &mut self.found[at];
        let place = Evidence { file, span: item.span };
        let of_section = |used: &Use| used.file == file && used.section == practice.section;
        let known = found.uses.iter().position(of_section);
        let number = known.unwrap_or_else(|| {
            let section = practice.section;
            let (ways, parts, places) = (Vec::new(), Parts::default(), Vec::new());
            found.uses.push(Use { file, section, ways, parts, places });
            found.uses.len() - 1
        });
        let used = &mut found.uses[number];
        if !used.ways.contains(&way) {
            used.ways.push(way);
        }
        used.parts.take(file, document, practice);
        if !used.places.contains(&place) {
            used.places.push(place);
            names.count(text.to_owned());
            item.category.into_iter().for_each(|category| categories.count(category));
        }
        let lists = item.category.map(|id| self.knowledge.lexicon.category(id).sensitive_by.as_slice());
        let declared = item.declared.then_some("declared");
        for list in lists.unwrap_or_default().iter().map(String::as_str).chain(declared) {
            if !found.sensitive_by.iter().any(|known| known == list) {
                found.sensitive_by.push(list.to_owned());
            }
        }
    }

    /// The items, and the umbrella words among them.
    pub(super) fn finish(self) -> (Vec<Item>, Vec<Item>) {
        let knowledge = self.knowledge;
        let (mut unnamed, mut named) = (Vec::new(), Vec::new());
        for Found { names, categories, mut item, unnamed: nothing } in self.found {
            item.names = names.by_count();
            item.category = categories.by_count().into_iter().next();
            if nothing { unnamed.push(item) } else { named.push(item) }
        }
        // What the lexicon does not know comes last; sorting keeps the reading order.
        named.sort_by_key(|item| {
            let family = item
                .category
                .and_then(|id| knowledge.inventory.family_of(&knowledge.lexicon.category(id).id));
            (family.is_none(), family)
        });
        (named, unnamed)
    }
}

/// How often each of a few things was met, in the order they came.
#[derive(Debug)]
struct Tally<T>(Vec<(T, usize)>);

impl<T> Default for Tally<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: PartialEq> Tally<T> {
    fn count(&mut self, thing: T) {
        match self.0.iter_mut().find(|(known, _)| *known == thing) {
            Some((_, count)) => *count += 1,
            None => self.0.push((thing, 1)),
        }
    }

    /// The most frequent first; of equals the one that came first.
    fn by_count(mut self) -> Vec<T> {
        self.0.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        self.0.into_iter().map(|(thing, _)| thing).collect()
    }
}
