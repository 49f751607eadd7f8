//! The engines that configs ask for.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::options::{IGNORE, OFF, Rulebook, SELECT, Shared, level_option};
use crate::config::{Config, Configs, unknown_rule};
use crate::knowledge::date::Date;
use crate::knowledge::problem::Problem;
use crate::run::{Engine, Input, Settings, Wishes};

/// Engines by the rule files they were loaded with and the day whose law is in force: configs that name the
/// same share one.
pub(super) struct Engines {
    rules: Vec<PathBuf>,
    as_of: Option<Date>,
    loaded: HashMap<Key, Option<Engine>>,
}

type Key = (Vec<PathBuf>, Option<Date>);

impl Engines {
    pub(super) fn new(rulebook: &Rulebook) -> Self {
        Self { rules: rulebook.rules.clone(), as_of: rulebook.as_of, loaded: HashMap::new() }
    }

    /// The command line comes last, so that its rules replace those of the config.
    fn key(&self, config: &Config) -> Key {
        let files = config.rule_files().chain(self.rules.iter().cloned()).collect();
        (files, self.as_of.or(config.file.as_of))
    }

    /// Loads the engine for a config; what is wrong with its rule files and with the names in it goes to
    /// `problems`.
    pub(super) fn load_for(&mut self, config: &Config, problems: &mut Vec<Problem>) {
        let key = self.key(config);
        if !self.loaded.contains_key(&key) {
            let engine = match Engine::load_as_of(&key.0, key.1) {
                Ok(engine) => Some(engine),
                Err(found) => {
                    problems.extend(found);
                    None
                }
            };
            self.loaded.insert(key.clone(), engine);
        }
        if let Some(Some(engine)) = self.loaded.get(&key) {
            problems.extend(config.unknown_names(engine.rules(), engine.facts(), &engine.app_types()));
        }
    }

    /// All that were loaded.
    pub(super) fn all(&self) -> impl Iterator<Item = &Engine> {
        self.loaded.values().flatten()
    }

    /// The names on the command line that no engine knows: each config may bring rules of its own.
    pub(super) fn unknown_selectors(&self, wishes: &Wishes) -> Vec<Problem> {
        let unknown = |(option, selector)| {
            let found: Vec<Option<Problem>> =
                self.all().map(|engine| unknown_rule(option, selector, engine.rules())).collect();
            found.into_iter().collect::<Option<Vec<_>>>().and_then(|problems| problems.into_iter().next())
        };
        let select = wishes.select.iter().map(|selector| (SELECT, selector));
        let ignore = wishes.ignore.iter().map(|selector| (IGNORE, selector));
        let levels = wishes.levels.iter().map(|(selector, level)| (level_option(*level), selector));
        let off = wishes.off.iter().map(|selector| (OFF, selector));
        select.chain(ignore).chain(levels).chain(off).filter_map(unknown).collect()
    }

    /// The engine that was loaded for a config.
    pub(super) fn of(&self, config: &Config) -> Option<&Engine> {
        self.loaded.get(&self.key(config))?.as_ref()
    }

    fn take(mut self, config: &Config) -> Option<Engine> {
        let key = self.key(config);
        self.loaded.remove(&key)?
    }
}

/// The engine and settings for a command about rules alone, by the config of the working folder.
///
/// # Errors
/// All that is wrong with the config, the rule files and the arguments.
pub(super) fn home(rulebook: &Rulebook, shared: &Shared) -> Result<(Engine, Settings), Vec<Problem>> {
    let wishes = rulebook.wishes(shared)?;
    let mut configs = configs(rulebook)?;
    let config = configs.of(Path::new("."));
    let mut engines = Engines::new(rulebook);
    let mut problems = configs.problems;
    engines.load_for(&config, &mut problems);
    problems.extend(engines.unknown_selectors(&wishes));
    match engines.take(&config) {
        Some(engine) if problems.is_empty() => {
            let here = Input::standard_input(None).path;
            let settings = Settings::new(&config, &wishes, engine.rules(), &[&here]);
            Ok((engine, settings))
        }
        _ => Err(problems),
    }
}

/// Where configs are looked for.
pub(super) fn configs(rulebook: &Rulebook) -> Result<Configs, Vec<Problem>> {
    match &rulebook.config {
        Some(path) => Ok(Configs::fixed(Config::load(path)?)),
        None if rulebook.no_config => {
            let here = std::env::current_dir().unwrap_or_default();
            Ok(Configs::fixed(Config::without_file(&here)))
        }
        None => Ok(Configs::nearest()),
    }
}
