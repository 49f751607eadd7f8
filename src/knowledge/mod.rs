//! What the linter knows: lexicon, grammar, laws and rules, compiled from the YAML under `rules/`.

pub mod kinds;
pub mod problem;
pub mod spec;
pub mod structure;
pub mod yaml;
