use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

use crate::config::Profile;
use crate::findings::ScopeChoice;
use crate::knowledge::date::Date;
use crate::knowledge::kinds::Language;
use crate::knowledge::problem::Problem;
use crate::knowledge::spec::Level;
use crate::run::Wishes;
use crate::source::Format;
use crate::triage::Selector;

/// Options of every command.
#[derive(Debug, Args)]
pub(super) struct Shared {
    /// Language of reports
    #[arg(long, global = true, value_enum, value_name = "LANG")]
    pub(super) lang: Option<Language>,
    /// Colour the output
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value = "auto")]
    pub(super) color: Colour,
    /// Say more: configs used, files passed over
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub(super) verbose: bool,
    /// Say less: no summary, no notes
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Colour {
    Auto,
    Always,
    Never,
}

/// Where rules and settings come from.
#[derive(Debug, Args)]
pub(super) struct Rulebook {
    /// Use this config instead of the nearest policy-lint.yaml
    #[arg(long, value_name = "PATH", conflicts_with = "no_config")]
    pub(super) config: Option<PathBuf>,
    /// Use no config
    #[arg(long)]
    pub(super) no_config: bool,
    /// Add the rules in a file or folder; a rule with a known id replaces the known one
    #[arg(long, value_name = "PATH")]
    pub(super) rules: Vec<PathBuf>,
    /// Only these rules: ids, tags, globs over ids
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    select: Vec<String>,
    /// Not these rules: ids, tags, globs over ids
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    ignore: Vec<String>,
    /// Report these rules as errors: ids, tags, globs over ids
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    error: Vec<String>,
    /// Report these rules as warnings
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    warn: Vec<String>,
    /// Switch these rules off
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    off: Vec<String>,
    /// The law in force on this day (YYYY-MM-DD), instead of the law as the rules have it
    #[arg(long, value_name = "DATE")]
    pub(super) as_of: Option<Date>,
    /// How strictly the law is read
    #[arg(long, value_enum)]
    profile: Option<Profile>,
}

impl Rulebook {
    /// What it says about the rules.
    ///
    /// # Errors
    /// Every glob that is not valid.
    pub(super) fn wishes(&self, shared: &Shared) -> Result<Wishes, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut selectors = |option: &str, texts: &[String]| -> Vec<Selector> {
            let mut selectors = Vec::new();
            for text in texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()) {
                match Selector::new(text) {
                    Ok(selector) => selectors.push(selector),
                    Err(why) => {
                        problems.push(Problem::new(option, format!("`{text}` is not a valid glob: {why}")))
                    }
                }
            }
            selectors
        };
        let select = selectors(SELECT, &self.select);
        let ignore = selectors(IGNORE, &self.ignore);
        let mut levels = Vec::new();
        for (level, texts) in [(Level::Warning, &self.warn), (Level::Error, &self.error)] {
            let named = selectors(level_option(level), texts);
            levels.extend(named.into_iter().map(|selector| (selector, level)));
        }
        let off = selectors(OFF, &self.off);
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Wishes {
            select,
            ignore,
            levels,
            off,
            profile: self.profile,
            language: shared.lang,
            ..Wishes::default()
        })
    }
}

pub(super) const SELECT: &str = "--select";
pub(super) const IGNORE: &str = "--ignore";
pub(super) const OFF: &str = "--off";

/// The option that sets a level.
pub(super) fn level_option(level: Level) -> &'static str {
    match level {
        Level::Error => "--error",
        Level::Warning | Level::Info => "--warn",
        Level::Off => OFF,
    }
}

/// What to read.
#[derive(Debug, Args)]
pub(super) struct Inputs {
    /// Files and folders; `-` is standard input; without any the working folder
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// Treat standard input as the file of this name
    #[arg(long, value_name = "PATH")]
    pub(super) stdin_filename: Option<PathBuf>,
    /// Format of the policies, instead of recognising it
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(super) input_format: Option<Format>,
    /// Whether a file is a whole policy or a chapter of one
    #[arg(long, value_enum)]
    pub(super) scope: Option<ScopeChoice>,
}

impl Inputs {
    /// Standard input alone, which is what `option` reads.
    ///
    /// # Errors
    /// When the user names anything else.
    pub(super) fn only_standard_input(&self, option: &str) -> Result<Self, Vec<Problem>> {
        let named = self.paths.iter().find(|path| path.as_os_str() != "-");
        match named {
            None => Ok(Self { paths: vec![PathBuf::from("-")], stdin_filename: None, ..*self }),
            Some(path) => Err(vec![
                Problem::new(option, format!("reads standard input, not `{}`", path.display()))
                    .help(format!("feed it: `policy-lint check {option} < {}`", path.display())),
            ]),
        }
    }

    /// The paths, or the working folder.
    pub(super) fn paths(&self) -> Vec<PathBuf> {
        if self.paths.is_empty() { vec![PathBuf::from(".")] } else { self.paths.clone() }
    }
}

/// The change that is judged.
#[derive(Debug, Args)]
pub(super) struct Change {
    /// Report only what the change introduced: what was not there when the work since this revision started
    #[arg(long, value_name = "REV")]
    pub(super) diff_base: Option<String>,
    /// Lint the staged files, as the next commit will have them
    #[arg(long, conflicts_with = "stdin_filename")]
    pub(super) staged: bool,
}

impl ValueEnum for Language {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Zh, Self::En]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self {
            Self::Zh => "zh",
            Self::En => "en",
        }))
    }
}
