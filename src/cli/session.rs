use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::options::{IGNORE, Inputs, Rulebook, SELECT, Shared};
use super::terminal::Terminal;
use crate::config::{Config, Configs, unknown_rule};
use crate::knowledge::problem::Problem;
use crate::report::Language;
use crate::report::json::Failure;
use crate::run::{Discovery, Engine, Input, Opened, Settings, Unit, Wishes, discover};
use crate::source::Source;

/// A run over policies: what to read, under which configs, with which rules.
pub(super) struct Session {
    pub(super) discovery: Discovery,
    pub(super) wishes: Wishes,
    /// The config of the working folder; it speaks where no single policy is concerned.
    home: Arc<Config>,
    engines: Engines,
    inputs: InputOptions,
}

struct InputOptions {
    format: Option<crate::source::Format>,
}

/// A policy whose files were opened.
pub(super) struct Prepared<'s> {
    pub(super) engine: &'s Engine,
    pub(super) settings: Settings,
    pub(super) sources: Vec<Source>,
    pub(super) failures: Vec<Failure>,
    /// Files that are no policies, and the folders all files were found in.
    pub(super) skipped: Vec<String>,
    pub(super) folders: Vec<usize>,
}

impl Session {
    /// Finds the files, reads the configs, loads the rules.
    pub(super) fn open(
        inputs: &Inputs,
        rulebook: &Rulebook,
        shared: &Shared,
        terminal: &mut Terminal,
    ) -> Result<Self, Vec<Problem>> {
        let mut wishes = rulebook.wishes(shared)?;
        wishes.scope = inputs.scope;
        let mut configs = configs(rulebook)?;
        let discovery = discover(&inputs.paths, inputs.stdin_filename.as_deref(), &mut configs);
        let home = configs.of(Path::new("."));
        let mut engines = Engines::new(&rulebook.rules);
        let mut problems = configs.problems;
        let mut told: Vec<*const Config> = Vec::new();
        for config in discovery.units.iter().map(|unit| &unit.config).chain([&home]) {
            if told.contains(&Arc::as_ptr(config)) {
                continue;
            }
            told.push(Arc::as_ptr(config));
            if let Some(path) = config.path() {
                terminal.log(&format!("config {path}"));
            }
            engines.load_for(config, &wishes, &mut problems);
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Self { discovery, wishes, home, engines, inputs: InputOptions { format: inputs.input_format } })
    }

    pub(super) fn language(&self) -> Language {
        let first = self.discovery.units.first().map_or(&self.home, |unit| &unit.config);
        self.wishes.language.or(first.file.language).unwrap_or_default()
    }

    /// Opens the files of a policy.
    pub(super) fn prepare(&self, unit: &Unit) -> Option<Prepared<'_>> {
        let engine = self.engines.of(&unit.config)?;
        let mut sources = Vec::new();
        let mut paths = Vec::new();
        let mut failures = Vec::new();
        let mut skipped = Vec::new();
        let mut folders = Vec::new();
        for file in &unit.files {
            match file.open(self.inputs.format, |text| engine.looks_like_policy(text)) {
                Ok(Opened::Source(source)) => {
                    sources.push(source);
                    paths.push(file.path.as_path());
                    folders.extend(file.folder);
                }
                Ok(Opened::Skipped) => skipped.push(file.name.clone()),
                Err(failure) => {
                    failures.push(failure);
                    folders.extend(file.folder);
                }
            }
        }
        let settings = Settings::new(&unit.config, &self.wishes, engine.rules(), &paths);
        Some(Prepared { engine, settings, sources, failures, skipped, folders })
    }

    /// Tells about folders without policies and files that were passed over.
    pub(super) fn tell_passed_over(&self, used: &[usize], skipped: &[String], terminal: &mut Terminal) {
        for (number, folder) in self.discovery.folders.iter().enumerate() {
            if !used.contains(&number) {
                terminal.note(&format!("no policies found in {}", folder.display()));
            }
        }
        for path in &self.discovery.excluded {
            terminal.note(&format!("{path} is excluded by the config"));
        }
        for path in skipped {
            terminal.log(&format!("{path} does not look like a privacy policy"));
        }
        if self.discovery.others > 0 {
            terminal.log(&format!("{} other files passed over", self.discovery.others));
        }
    }
}

/// The engine for a command about rules alone, with the config of the working folder.
pub(super) fn home(rulebook: &Rulebook, shared: &Shared) -> Result<(Engine, Settings), Vec<Problem>> {
    let wishes = rulebook.wishes(shared)?;
    let mut configs = configs(rulebook)?;
    let config = configs.of(Path::new("."));
    let mut engines = Engines::new(&rulebook.rules);
    let mut problems = configs.problems;
    engines.load_for(&config, &wishes, &mut problems);
    match engines.take(&config) {
        Some(engine) if problems.is_empty() => {
            let here = Input::standard_input(None).path;
            let settings = Settings::new(&config, &wishes, engine.rules(), &[&here]);
            Ok((engine, settings))
        }
        _ => Err(problems),
    }
}

fn configs(rulebook: &Rulebook) -> Result<Configs, Vec<Problem>> {
    match &rulebook.config {
        Some(path) => Ok(Configs::fixed(Config::load(path)?)),
        None if rulebook.no_config => {
            let here = std::env::current_dir().unwrap_or_default();
            Ok(Configs::fixed(Config::without_file(&here)))
        }
        None => Ok(Configs::nearest()),
    }
}

/// Engines by the rule files they were loaded with: configs that name the same share one.
struct Engines {
    rules: Vec<PathBuf>,
    loaded: HashMap<Vec<PathBuf>, Option<Engine>>,
}

impl Engines {
    fn new(rules: &[PathBuf]) -> Self {
        Self { rules: rules.to_vec(), loaded: HashMap::new() }
    }

    /// The command line comes last, so that its rules replace those of the config.
    fn files(&self, config: &Config) -> Vec<PathBuf> {
        config.rule_files().chain(self.rules.iter().cloned()).collect()
    }

    fn load_for(&mut self, config: &Config, wishes: &Wishes, problems: &mut Vec<Problem>) {
        let files = self.files(config);
        if !self.loaded.contains_key(&files) {
            let engine = match Engine::load(&files) {
                Ok(engine) => Some(engine),
                Err(found) => {
                    problems.extend(found);
                    None
                }
            };
            if let Some(engine) = &engine {
                for (option, selectors) in [(SELECT, &wishes.select), (IGNORE, &wishes.ignore)] {
                    let unknown = |selector| unknown_rule(option, selector, engine.rules());
                    problems.extend(selectors.iter().filter_map(unknown));
                }
            }
            self.loaded.insert(files.clone(), engine);
        }
        if let Some(Some(engine)) = self.loaded.get(&files) {
            problems.extend(config.unknown_names(engine.rules(), engine.facts()));
        }
    }

    fn of(&self, config: &Config) -> Option<&Engine> {
        self.loaded.get(&self.files(config))?.as_ref()
    }

    fn take(mut self, config: &Config) -> Option<Engine> {
        let files = self.files(config);
        self.loaded.remove(&files)?
    }
}
