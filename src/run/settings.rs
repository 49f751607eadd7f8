use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::BaselineFile;

use crate::config::{Config, FailOn, Profile};
use crate::findings::{Finding, ScopeChoice};
use crate::knowledge::date::Date;
use crate::knowledge::kinds::Language;
use crate::knowledge::spec::Level;
use crate::triage::{Plan, Preferences, RuleEntry, Selector, Waiver};

/// What the command line asks for; it goes before any config.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    pub select: Vec<Selector>,
    pub ignore: Vec<Selector>,
    /// Severities by rule; later ones win.
    pub levels: Vec<(Selector, Level)>,
    /// Switched off, even if selected by name.
    pub off: Vec<Selector>,
    pub profile: Option<Profile>,
    pub scope: Option<ScopeChoice>,
    pub language: Option<Language>,
    pub fail_on: Option<FailOn>,
    /// Nothing is waived.
    pub no_waivers: bool,
    /// The day on which waivers have to hold; today if none is given.
    pub today: Option<Date>,
}

/// How one policy is judged.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    pub scope: ScopeChoice,
    /// The language of messages.
    pub language: Language,
    pub fail_on: FailOn,
    /// Facts about the app that the config states.
    pub facts: BTreeMap<String, bool>,
    /// The type of the app, if the config states it.
    pub app_type: Option<String>,
    /// Names the company goes by.
    pub names: Vec<String>,
    /// How the rules stand, for each file of the policy.
    pub plans: Vec<Plan>,
    pub known: Option<Known>,
    /// `None`: nothing is waived, and nobody asks what waivers are worth.
    pub waivers: Option<Waivers>,
}

/// What the config waives in a policy.
#[derive(Clone, Debug)]
pub struct Waivers {
    pub of_config: Vec<Waiver>,
    /// The day on which they have to hold.
    pub today: Date,
}

/// The baseline that findings are held against.
#[derive(Clone, Debug)]
pub struct Known {
    pub file: Arc<BaselineFile>,
    /// How its entries call the files of the policy.
    pub paths: Vec<String>,
}

impl Settings {
    /// Holds what is found against a baseline.
    #[must_use]
    pub fn against(mut self, baseline: Option<&Arc<BaselineFile>>, paths: &[&Path]) -> Self {
        self.known = baseline.map(|file| Known {
            file: Arc::clone(file),
            paths: paths.iter().map(|path| file.name_of(path)).collect(),
        });
        self
    }

    /// Whether one of the findings is grave enough to fail the run.
    pub fn fails(&self, findings: &[Finding]) -> bool {
        let least = self.fail_on.severity();
        findings.iter().any(|finding| least.is_some_and(|least| finding.severity >= least))
    }

    /// The settings for a policy of the files at `paths` (absolute).
    pub fn new(config: &Config, wishes: &Wishes, rules: &[RuleEntry], paths: &[&Path]) -> Self {
        let profile_of = |path| wishes.profile.unwrap_or_else(|| config.profile_for(path));
        let from_command_line = !wishes.select.is_empty();
        let wished = || wishes.levels.iter().map(|(selector, level)| (selector, *level));
        let plans = paths.iter().map(|path| {
            let preferences = Preferences {
                profile: profile_of(path).name(),
                select: if from_command_line { &wishes.select } else { config.select() },
                insist: from_command_line,
                ignore: wishes.ignore.iter().chain(&wishes.off).chain(config.ignore()).collect(),
                levels: config.levels_for(path).chain(wished()).collect(),
            };
            Plan::new(rules, &preferences)
        });
        Self {
            plans: plans.collect(),
            scope: wishes.scope.or(config.file.scope).unwrap_or_default(),
            language: wishes.language.or(config.file.language).unwrap_or_default(),
            fail_on: wishes.fail_on.or(config.file.fail_on).unwrap_or_default(),
            facts: config.file.app.facts.clone(),
            app_type: config.file.app.kind.clone(),
            names: config.file.names.clone(),
            known: None,
            waivers: (!wishes.no_waivers).then(|| Waivers {
                of_config: config.waivers_for(paths),
                today: wishes.today.unwrap_or_else(Date::today),
            }),
        }
    }
}
