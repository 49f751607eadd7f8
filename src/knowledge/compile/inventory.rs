//! The words of the inventory.

use super::Compiler;
use super::place::{At, Parsed};

impl Compiler {
    /// Further names and words are added to those that are known; families take their place.
    pub(super) fn inventory(&mut self, file: &Parsed<'_>) {
        let Some(given) = &file.content.inventory else { return };
        let at = At::root(file, "inventory");
        let list = at.key("same");
        let mut same = Vec::new();
        for (index, names) in given.same.iter().enumerate() {
            if names.len() < 2 {
                let help = "write at least two names, or remove the list";
                self.problem(list.index(index), "one name alone".into(), Some(help.into()));
            }
            same.push(self.fold_all(names));
        }
        let list = at.key("unnamed_categories");
        for (index, id) in given.unnamed_categories.iter().enumerate() {
            if !self.categories.contains_key(id) {
                let known: Vec<String> = self.categories.keys().cloned().collect();
                self.unknown(list.index(index), "category", id, known.iter().map(String::as_str));
            }
        }
        let folded = [&given.prefixes, &given.suffixes, &given.all_above, &given.unnamed, &given.from_others]
            .map(|words| self.fold_all(words));
        let words = &mut self.parts.inventory;
        let lists = [
            &mut words.prefixes,
            &mut words.suffixes,
            &mut words.all_above,
            &mut words.unnamed,
            &mut words.from_others,
        ];
        for (list, folded) in lists.into_iter().zip(folded) {
            list.extend(folded);
        }
        words.same.extend(same);
        words.unnamed_categories.extend(given.unnamed_categories.iter().cloned());
        if !given.families.is_empty() {
            words.families = given.families.clone();
        }
    }
}
