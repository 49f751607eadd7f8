//! The waivers of a run: which findings they take out, and what each turned out to be worth.

use std::sync::Arc;

use super::session::Session;
use crate::config::Config;
use crate::findings::{Analysis, Finding};
use crate::knowledge::kinds::{Language, Severity};
use crate::report::json::{Accepted as Grounds, Suppressed, Suppression, Written};
use crate::report::{Lines, Located, Position, locate, locate_in_config};
use crate::run::{Accepted, config_faults};
use crate::span::FileSpan;
use crate::triage::{Origin, Use, Waived, Waiver};

/// What became of the waivers in the configs of a run.
#[derive(Default)]
pub(super) struct Ledger {
    /// By config; in the order of its entries.
    uses: Vec<(Arc<Config>, Vec<Use>)>,
}

impl Ledger {
    /// Takes up what became of waivers in a policy.
    pub(super) fn note(&mut self, config: &Arc<Config>, uses: Vec<Use>) {
        match self.uses.iter_mut().find(|(known, _)| Arc::ptr_eq(known, config)) {
            Some((_, known)) => known.iter_mut().zip(uses).for_each(|(known, more)| *known = known.or(more)),
            None => self.uses.push((Arc::clone(config), uses)),
        }
    }

    /// Takes up all waivers of the configs whose folder was looked through: one for a file that is not there
    /// waives nothing.
    fn note_what_is_not_there(&mut self, session: &Session) {
        for config in session.configs_looked_through() {
            let Some((_, settings)) = session.for_config(config) else { continue };
            let judged = |rule: &str| settings.plans.first().is_some_and(|plan| plan.enabled(rule));
            let became = |rule| Use { concerned: true, judged: judged(rule), used: false };
            self.note(config, config.file.waivers.iter().map(|entry| became(&entry.rule)).collect());
        }
    }

    /// What is wrong with the waivers, config by config. Unless the run was `complete`, some may be for files that
    /// could not be read.
    pub(super) fn faults(mut self, session: &Session, complete: bool) -> Vec<Faults> {
        if complete {
            self.note_what_is_not_there(session);
        }
        let mut pages = Vec::new();
        for (config, uses) in self.uses {
            let Some((engine, settings)) = session.for_config(&config) else { continue };
            let findings = config_faults(engine.knowledge(), &config, &uses, &settings);
            if findings.is_empty() {
                continue;
            }
            let failing = settings.fails(&findings);
            let lines = Lines::of(config.text());
            let path = config.path().unwrap_or_default();
            let locate = |finding| locate_in_config(finding, path, config.text(), &lines);
            let located = findings.into_iter().map(locate).collect();
            pages.push(Faults { language: settings.language, failing, located, lines, config });
        }
        pages
    }
}

/// What is wrong with the waivers of a config.
pub(super) struct Faults {
    pub(super) config: Arc<Config>,
    pub(super) lines: Lines,
    pub(super) language: Language,
    /// Some of it is grave enough to fail the run.
    pub(super) failing: bool,
    located: Vec<Located>,
}

impl Faults {
    pub(super) fn warnings(&self) -> usize {
        self.located.iter().filter(|finding| finding.severity == Severity::Warning).count()
    }

    /// Those at least so grave.
    pub(super) fn at_least(&self, severity: Severity) -> Vec<Located> {
        self.located.iter().filter(|finding| finding.severity >= severity).cloned().collect()
    }
}

/// What became of each entry of the config in one policy.
pub(super) fn uses_of_entries(config: &Config, accepted: &Accepted) -> Vec<Use> {
    let mut uses = vec![Use::default(); config.file.waivers.len()];
    for (waiver, became) in accepted.waivers.iter().zip(&accepted.uses) {
        if let Origin::Config(entry) = waiver.origin {
            uses[entry] = uses[entry].or(*became);
        }
    }
    uses
}

/// Locates what is waived, and the waivers.
pub(super) struct Locating<'a> {
    config: &'a Config,
    config_lines: Lines,
    files: &'a [Analysis],
    lines: Vec<Lines>,
}

impl<'a> Locating<'a> {
    pub(super) fn new(config: &'a Config, files: &'a [Analysis]) -> Self {
        let lines = files.iter().map(|file| Lines::of(&file.source.text)).collect();
        Self { config, config_lines: Lines::of(config.text()), files, lines }
    }

    /// What is waived, each with the grounds.
    pub(super) fn suppressed(&self, accepted: Accepted) -> Vec<Suppressed> {
        let Accepted { waivers, waived, .. } = accepted;
        let suppressed = |Waived { finding, by }| {
            let grounds = self.grounds_of(waivers.get(by)?);
            Some(Suppressed { finding: self.finding(finding), by: Suppression::Waiver(grounds) })
        };
        waived.into_iter().filter_map(suppressed).collect()
    }

    /// On what grounds each waiver waives.
    pub(super) fn grounds(&self, waivers: &[Waiver]) -> Vec<Grounds> {
        waivers.iter().map(|waiver| self.grounds_of(waiver)).collect()
    }

    fn grounds_of(&self, waiver: &Waiver) -> Grounds {
        let grounds = &waiver.grounds;
        Grounds {
            reason: grounds.reason().unwrap_or_default().to_owned(),
            approved_by: grounds.approved_by.clone(),
            expires: grounds.expires,
            waiver: self.written(&waiver.origin),
            in_text: matches!(waiver.origin, Origin::Text { .. }),
        }
    }

    fn finding(&self, finding: Finding) -> Located {
        let number = finding.file;
        let Analysis { source, document, .. } = &self.files[number];
        locate(finding, source, document, &self.lines[number])
    }

    fn written(&self, origin: &Origin) -> Written {
        let at = |span: FileSpan, text: &str, lines: &Lines| Position::of(span, text, lines);
        match origin {
            Origin::Config(entry) => Written {
                path: self.config.path().unwrap_or_default().to_owned(),
                at: at(self.config.waiver_place(*entry).whole, self.config.text(), &self.config_lines),
            },
            Origin::Text { file, comment, .. } => {
                let source = &self.files[*file].source;
                Written { path: source.path.clone(), at: at(*comment, &source.text, &self.lines[*file]) }
            }
        }
    }
}
