//! What the linter knows: lexicon, grammar, laws and rules, compiled from the YAML under `rules/`.
//!
//! This module is compiled twice: into the linter, which compiles the files given by `--rules`, and
//! into the build script, which compiles `rules/` into the form the binary carries.

pub mod amount;
pub mod compile;
pub mod date;
pub mod example;
pub mod expressions;
pub mod fold;
pub mod grammar;
pub mod inventory;
pub mod kinds;
pub mod later;
pub mod laws;
pub mod lexicon;
pub mod literals;
pub mod messages;
pub mod pattern;
pub mod problem;
mod regexes;
pub mod rule;
pub mod spec;
pub mod structure;
pub mod words;
pub mod yaml;

use expressions::Expressions;
use fold::Folding;
use grammar::Grammar;
use inventory::InventoryWords;
use laws::Laws;
use lexicon::Lexicon;
use literals::{Forms, Literal, Literals};
use messages::Messages;
use pattern::{Near, PatternSet};
use rule::Rule;
use serde::{Deserialize, Serialize};
use structure::Structure;

/// Everything the stages ask for.
#[derive(Debug, Default)]
pub struct Knowledge {
    parts: Parts,
    literals: Literals,
    /// The spellings of the literals that ship, decoded only when rule files are added.
    shipped_spellings: &'static [u8],
    added_spellings: Vec<(String, Literal)>,
}

/// What is stored as it is.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Parts {
    pub folding: Folding,
    pub lexicon: Lexicon,
    pub grammar: Grammar,
    pub sets: Vec<PatternSet>,
    pub nears: Vec<Near>,
    pub expressions: Expressions,
    pub laws: Laws,
    pub structure: Structure,
    pub groups: Vec<spec::Group>,
    pub inventory: InventoryWords,
    pub messages: Messages,
    pub rules: Vec<Rule>,
}

/// The form the binary carries.
#[derive(Debug, Default)]
pub struct Stored {
    pub parts: Vec<u8>,
    pub literals: Vec<u8>,
    pub spellings: Vec<u8>,
}

impl std::ops::Deref for Knowledge {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.parts
    }
}

impl Knowledge {
    pub fn literals(&self) -> &Literals {
        &self.literals
    }

    /// # Errors
    /// When the parts cannot be written, which only a broken build does.
    pub fn store(&self) -> Result<Stored, String> {
        Ok(Stored {
            parts: postcard::to_stdvec(&self.parts).map_err(|e| e.to_string())?,
            literals: self.literals.to_bytes(),
            spellings: postcard::to_stdvec(&self.added_spellings).map_err(|e| e.to_string())?,
        })
    }

    /// Takes up what [`Knowledge::store`] wrote.
    ///
    /// # Errors
    /// When the bytes are not what this version writes.
    pub fn load(parts: &[u8], literals: &[u8], spellings: &'static [u8]) -> Result<Self, String> {
        // Both take their time, and every run waits for them.
        std::thread::scope(|threads| {
            let elsewhere =
                std::thread::Builder::new().spawn_scoped(threads, || Literals::from_bytes(literals)).ok();
            let parts = postcard::from_bytes(parts).map_err(|e| e.to_string())?;
            let literals = match elsewhere.and_then(|thread| thread.join().ok()) {
                Some(read) => read?,
                // There was no thread to be had.
                None => Literals::from_bytes(literals)?,
            };
            Ok(Self { parts, literals, shipped_spellings: spellings, added_spellings: Vec::new() })
        })
    }

    /// Turns to the law as it was, or will be, on a day: articles and their numbers are those in force then,
    /// and rules rest on them alone.
    pub fn turn_to(&mut self, day: date::Date) {
        let Parts { laws, rules, .. } = &mut self.parts;
        laws.turn_to(day);
        for rule in rules {
            let rested = !rule.cites.is_empty();
            rule.cites.retain(|key| laws.article(key).is_some());
            rule.lapsed = rested && rule.cites.is_empty();
        }
    }

    /// The rules by subject, in the order of the subjects; a subject without a title comes last.
    pub fn grouped(&self) -> Vec<(&str, Option<&spec::Text>, Vec<&Rule>)> {
        let mut all: Vec<(&str, Option<&spec::Text>, Vec<&Rule>)> =
            self.groups.iter().map(|group| (group.id.as_str(), Some(&group.title), Vec::new())).collect();
        for rule in &self.rules {
            match all.iter().position(|(id, ..)| *id == rule.group()) {
                Some(known) => all[known].2.push(rule),
                None => all.push((rule.group(), None, vec![rule])),
            }
        }
        all.retain(|(.., rules)| !rules.is_empty());
        all
    }

    /// Whether a literal is a word of the lexicon or a cue of the grammar, not only of rules.
    pub fn is_lexical(&self, literal: Literal) -> bool {
        self.lexicon.words(literal).next().is_some()
            || self.grammar.opened_by(literal).next().is_some()
            || self.grammar.topics_named_by(literal).next().is_some()
    }

    /// The words of all literals; made anew each time.
    pub fn forms(&self) -> Forms {
        Forms::new(self.spellings())
    }

    fn spellings(&self) -> Vec<(String, Literal)> {
        let mut all: Vec<(String, Literal)> =
            postcard::from_bytes(self.shipped_spellings).unwrap_or_default();
        all.extend(self.added_spellings.iter().cloned());
        all
    }
}
