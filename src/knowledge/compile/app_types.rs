//! Types of apps.

use super::Compiler;
use super::place::{At, Parsed};
use crate::knowledge::grammar::AppType;

impl Compiler {
    /// Takes up the names of the types, so that rules may ask for them.
    pub(super) fn declare_app_types(&mut self, file: &Parsed<'_>) {
        let Some(types) = &file.content.app_types else { return };
        let root = At::root(file, "app_types");
        let listed = root.key("types");
        for (index, app) in types.types.iter().enumerate() {
            if !self.first("app type", &app.id, listed.index(index).key("id")) {
                continue;
            }
            let declared = AppType {
                id: app.id.clone(),
                title: app.title.clone(),
                article: app.article.clone(),
                confirmed: app.confirmed,
                necessary: Vec::new(),
                guess: Vec::new(),
            };
            let grammar = &mut self.parts.grammar;
            match grammar.app_type_named(&app.id) {
                Some(known) => grammar.app_types.types[known as usize] = declared,
                None => grammar.app_types.types.push(declared),
            }
        }
    }

    pub(super) fn define_app_types(&mut self, file: &Parsed<'_>) {
        let Some(types) = &file.content.app_types else { return };
        self.parts.grammar.app_types.guessed = types.guessed.clone();
        self.parts.grammar.app_types.unconfirmed = types.unconfirmed.clone();
        let root = At::root(file, "app_types");
        let listed = root.key("types");
        for (index, app) in types.types.iter().enumerate() {
            let at = listed.index(index);
            if self.parts.laws.article(&app.article).is_none() {
                let known: Vec<String> = self.parts.laws.articles.iter().map(|a| a.key.clone()).collect();
                self.unknown(at.key("article"), "article", &app.article, known.iter().map(String::as_str));
            }
            let necessary = self.category_globs(at.key("necessary"), &app.necessary);
            let guess = self.patterns(at.key("guess"), &app.guess);
            let grammar = &mut self.parts.grammar;
            if let Some(number) = grammar.app_type_named(&app.id) {
                let known = &mut grammar.app_types.types[number as usize];
                known.necessary = necessary;
                known.guess = guess;
            }
        }
    }

    pub(super) fn app_type_names(&mut self, at: At<'_>, names: &[String]) -> Vec<u8> {
        let mut numbers = Vec::new();
        for (index, name) in names.iter().enumerate() {
            match self.parts.grammar.app_type_named(name) {
                Some(number) => numbers.push(number),
                None => self.unknown_app_type(at.index(index), name),
            }
        }
        numbers
    }

    pub(super) fn unknown_app_type(&mut self, at: At<'_>, name: &str) {
        let types = &self.parts.grammar.app_types.types;
        let known: Vec<String> = types.iter().map(|app| app.id.clone()).collect();
        self.unknown(at, "app type", name, known.iter().map(String::as_str));
    }
}
