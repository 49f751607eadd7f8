use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use super::engines::{Engines, configs};
use super::intake::Intake;
use super::options::{Inputs, Rulebook, Shared};
use super::progress::Progress;
use super::targets::is_same;
use super::terminal::Terminal;
use crate::config::{Config, Configs, FILE_NAME, FailOn};
use crate::knowledge::Knowledge;
use crate::knowledge::kinds::Language;
use crate::knowledge::laws::Laws;
use crate::knowledge::problem::Problem;
use crate::knowledge::rule::Rule;
use crate::report::Say;
use crate::report::json::Failure;
use crate::report::paper::of_bytes;
use crate::run::{
    BaselineFile, Before, Discovery, Engine, Input, Opened, Settings, Unit, Wishes, discover,
    discover_staged, in_order, look_up_before, plain,
};
use crate::source::git::GitError;
use crate::source::{Format, Source};

/// A run over policies: what to read, under which configs, with which rules.
pub(super) struct Session {
    pub(super) discovery: Discovery,
    wishes: Wishes,
    /// The config of the working folder; it speaks where no single policy is concerned.
    home: Arc<Config>,
    engines: Engines,
    /// The format of all inputs, when it is not to be recognised.
    format: Option<Format>,
    pub(super) baseline: Option<Arc<BaselineFile>>,
    /// The bytes of files are hashed as they are read.
    digesting: bool,
}

/// A policy whose files were opened.
pub(super) struct Prepared<'s> {
    pub(super) engine: &'s Engine,
    pub(super) settings: Settings,
    pub(super) sources: Vec<Source>,
    /// SHA-256 of the files, where the session is asked for it.
    pub(super) digests: Vec<[u8; 32]>,
    /// The policy before the change, if one is judged.
    pub(super) before: Option<Before>,
}

impl Session {
    /// Finds the files, reads the configs, loads the rules.
    ///
    /// # Errors
    /// All that is wrong with the configs, the rule files and the arguments.
    pub(super) fn open(
        inputs: &Inputs,
        rulebook: &Rulebook,
        shared: &Shared,
        terminal: &mut Terminal,
    ) -> Result<Self, Vec<Problem>> {
        Self::open_found(inputs, rulebook, shared, terminal, |configs| {
            Ok(discover(&inputs.paths(), inputs.stdin_filename.as_deref(), configs))
        })
    }

    /// Like [`Session::open`], for what is staged and nothing else.
    ///
    /// # Errors
    /// Also when there is no repository.
    pub(super) fn open_staged(
        inputs: &Inputs,
        rulebook: &Rulebook,
        shared: &Shared,
        terminal: &mut Terminal,
    ) -> Result<Self, Vec<Problem>> {
        if inputs.paths.iter().any(|path| path.as_os_str() == "-") {
            let problem = Problem::new(STAGED, "standard input is not staged");
            return Err(vec![problem.help("name files and folders, or nothing for all that is staged")]);
        }
        Self::open_found(inputs, rulebook, shared, terminal, |configs| {
            discover_staged(&inputs.paths, configs).map_err(|error| vec![of_git(STAGED, &error)])
        })
    }

    fn open_found(
        inputs: &Inputs,
        rulebook: &Rulebook,
        shared: &Shared,
        terminal: &mut Terminal,
        discover: impl FnOnce(&mut Configs) -> Result<Discovery, Vec<Problem>>,
    ) -> Result<Self, Vec<Problem>> {
        let wishes = Wishes { scope: inputs.scope, ..rulebook.wishes(shared)? };
        let mut configs = configs(rulebook)?;
        let discovery = discover(&mut configs)?;
        let home = configs.of(Path::new("."));
        let mut engines = Engines::new(rulebook);
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
            engines.load_for(config, &mut problems);
        }
        problems.extend(engines.unknown_selectors(&wishes));
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Self {
            discovery,
            wishes,
            home,
            engines,
            format: inputs.input_format,
            baseline: None,
            digesting: false,
        })
    }

    /// Fails from another severity on than the configs say.
    pub(super) fn failing_on(mut self, fail_on: Option<FailOn>) -> Self {
        self.wishes.fail_on = fail_on;
        self
    }

    /// Tells the SHA-256 of every file.
    pub(super) fn digesting(self) -> Self {
        Self { digesting: true, ..self }
    }

    /// Where the baseline of the run lies.
    pub(super) fn baseline_path(&self, named: Option<&Path>) -> PathBuf {
        named.map_or_else(|| BaselineFile::place(&self.home), Path::to_owned)
    }

    /// Waives nothing, if the user wants to see everything.
    pub(super) fn without_waivers(mut self, none: bool) -> Self {
        self.wishes.no_waivers = none;
        self
    }

    /// The configs whose whole folder is looked through.
    pub(super) fn configs_looked_through(&self) -> Vec<&Arc<Config>> {
        let mut configs: Vec<&Arc<Config>> = Vec::new();
        for config in self.discovery.units.iter().map(|unit| &unit.config).chain([&self.home]) {
            let known = configs.iter().any(|known| Arc::ptr_eq(known, config));
            let inside = |folder: &PathBuf| config.root().starts_with(plain(folder));
            if !known && config.path().is_some() && self.discovery.folders.iter().any(inside) {
                configs.push(config);
            }
        }
        configs
    }

    /// The engine for a config, and the settings for what is said about the config itself.
    pub(super) fn for_config(&self, config: &Config) -> Option<(&Engine, Settings)> {
        let engine = self.engines.of(config)?;
        // Every waiver concerns its own config, whatever file it is for.
        let mut settings =
            Settings::new(config, &self.wishes, engine.rules(), &[&config.root().join(FILE_NAME)]);
        if let Some(waivers) = &mut settings.waivers {
            waivers.of_config = config.all_waivers();
        }
        Some((engine, settings))
    }

    /// Holds findings against the baseline at `path` if there is one; if the user named it, there has to be.
    ///
    /// # Errors
    /// When it cannot be read or is no baseline.
    pub(super) fn against(mut self, named: Option<&Path>) -> Result<Self, Vec<Problem>> {
        let path = self.baseline_path(named);
        let file = BaselineFile::read(&path).map_err(|problem| vec![problem])?;
        if file.is_none() && named.is_some() {
            return Err(vec![BaselineFile::missing(&path)]);
        }
        self.baseline = file.map(Arc::new);
        Ok(self)
    }

    /// Judges only what changed since the work on `revision` started.
    ///
    /// # Errors
    /// When there is no such revision, or an input cannot have an earlier version.
    pub(super) fn since(mut self, revision: &str) -> Result<Self, Vec<Problem>> {
        let files = self.discovery.units.iter().flat_map(|unit| &unit.files);
        if files.into_iter().any(|file| file.is_nameless()) {
            let problem = Problem::new(DIFF_BASE, "standard input has no earlier version");
            return Err(vec![problem.help("say which file it stands for: `--stdin-filename PATH`")]);
        }
        look_up_before(&mut self.discovery.units, revision)
            .map_err(|error| vec![of_git(&format!("{DIFF_BASE} {revision}"), &error)])?;
        Ok(self)
    }

    /// Ids of all rules, those that are off included.
    pub(super) fn rule_ids(&self) -> impl Iterator<Item = String> {
        self.engines.all().flat_map(|engine| engine.rules().iter().map(|rule| rule.id.clone()))
    }

    /// The language of what is said about all policies.
    pub(super) fn language(&self) -> Language {
        let first = self.discovery.units.first().map_or(&self.home, |unit| &unit.config);
        self.wishes.language.or(first.file.language).unwrap_or_default()
    }

    /// What reports say about all policies.
    pub(super) fn say(&self) -> Say<'_> {
        Say::new(&self.knowledge().messages, self.language())
    }

    /// The rule with this id, by the first engine that has it.
    pub(super) fn rule(&self, id: &str) -> Option<&Rule> {
        self.engines.all().find_map(|engine| engine.rule(id))
    }

    /// The articles that rules rest on.
    pub(super) fn laws(&self) -> &Laws {
        static NONE: Laws = Laws { statutes: Vec::new(), articles: Vec::new() };
        self.engines.all().next().map_or(&NONE, Engine::laws)
    }

    /// What to judge the policies of a stream with: by the config of the working folder.
    pub(super) fn for_streams(&self) -> Option<(&Engine, Settings)> {
        let engine = self.engines.of(&self.home)?;
        let here = Input::standard_input(None).path;
        Some((engine, Settings::new(&self.home, &self.wishes, engine.rules(), &[&here])))
    }

    /// The format of all inputs, when it is not to be recognised.
    pub(super) fn format(&self) -> Option<Format> {
        self.format
    }

    /// How files of a policy are judged.
    pub(super) fn settings(&self, unit: &Unit, engine: &Engine, paths: &[&Path]) -> Settings {
        Settings::new(&unit.config, &self.wishes, engine.rules(), paths)
    }

    /// What the linter knows, by the rule files of the working folder.
    pub(super) fn knowledge(&self) -> &Knowledge {
        static NONE: LazyLock<Knowledge> = LazyLock::new(Knowledge::default);
        self.engines.of(&self.home).map_or(&NONE, Engine::knowledge)
    }

    /// Works on the policies in parallel and takes the results in their order; on a terminal a long run shows how far
    /// it is.
    ///
    /// # Errors
    /// The first that `take` returns.
    pub(super) fn each<R: Send>(
        &self,
        terminal: &mut Terminal,
        work: impl Fn(&Unit) -> R + Sync,
        mut take: impl FnMut(R, &mut Terminal) -> io::Result<()>,
    ) -> io::Result<()> {
        let units = &self.discovery.units;
        let progress = terminal.progress(units.len());
        let work = |unit: &Unit| {
            let result = work(unit);
            progress.iter().for_each(Progress::step);
            result
        };
        let taken = in_order(units, work, |result| {
            progress.iter().for_each(Progress::hide);
            take(result, terminal)
        });
        progress.iter().for_each(Progress::hide);
        taken
    }

    /// Whether the file is linted: was named, or is found in a folder and looks like a policy.
    pub(super) fn lints(&self, path: &Path) -> bool {
        let wanted = plain(path);
        let is_it = |file: &&Input| match file.certain {
            true => is_same(&file.path, path),
            false => file.path == wanted,
        };
        self.discovery.units.iter().any(|unit| {
            let mut files = unit.files.iter().filter(|file| file.is_file());
            files.find(is_it).zip(self.engines.of(&unit.config)).is_some_and(|(file, engine)| {
                let opened = file.open(self.format, |text| engine.looks_like_policy(text), |_| ());
                file.certain || matches!(opened, Ok(Opened::Source(_)))
            })
        })
    }

    /// Opens the files of a policy; nothing is prepared when none of them is to be read.
    pub(super) fn prepare(&self, unit: &Unit) -> (Option<Prepared<'_>>, Intake) {
        let mut intake = Intake::default();
        let Some(engine) = self.engines.of(&unit.config) else { return (None, intake) };
        let mut sources = Vec::new();
        let mut paths = Vec::new();
        let mut digests = Vec::new();
        for file in &unit.files {
            let mut digest = None;
            let see = |bytes: &[u8]| digest = self.digesting.then(|| of_bytes(bytes));
            match file.open(self.format, |text| engine.looks_like_policy(text), see) {
                Ok(Opened::Source(source)) => {
                    digests.extend(digest);
                    intake.note(&source);
                    sources.push(source);
                    paths.push(file.path.as_path());
                    intake.folders.extend(file.folder);
                }
                Ok(Opened::Skipped) => intake.skipped.push(file.name.clone()),
                Err(failure) => {
                    intake.failures.push(failure);
                    intake.folders.extend(file.folder);
                }
            }
        }
        if sources.is_empty() {
            return (None, intake);
        }
        let settings_for =
            |paths: &[&Path]| self.settings(unit, engine, paths).against(self.baseline.as_ref(), paths);
        let before = match &unit.before {
            Some(files) => match self.open_before(files, &mut intake) {
                Some((sources, paths)) => Some(Before { sources, settings: settings_for(&paths) }),
                None => return (None, intake),
            },
            None => None,
        };
        (Some(Prepared { engine, settings: settings_for(&paths), sources, digests, before }), intake)
    }

    /// Opens the files of a policy before the change; what was no text then had no findings. Nothing is
    /// opened when one of them cannot be read: what is new could not be told.
    fn open_before<'u>(
        &self,
        files: &'u [Input],
        intake: &mut Intake,
    ) -> Option<(Vec<Source>, Vec<&'u Path>)> {
        let mut opened = (Vec::new(), Vec::new());
        for file in files {
            match file.open_text(self.format) {
                Ok(Some(source)) => {
                    opened.0.push(source);
                    opened.1.push(file.path.as_path());
                }
                Ok(None) => {}
                Err(Failure { path, message }) => {
                    let message = format!("its version before the change: {message}");
                    intake.failures.push(Failure { path, message });
                    return None;
                }
            }
        }
        Some(opened)
    }
}

const DIFF_BASE: &str = "--diff-base";
const STAGED: &str = "--staged";

fn of_git(option: &str, error: &GitError) -> Problem {
    let problem = Problem::new(option, error.to_string());
    match error.help() {
        Some(help) => problem.help(help),
        None => problem,
    }
}
