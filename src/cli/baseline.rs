use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, Subcommand};

use super::exit::{Exit, Trouble};
use super::intake::Intake;
use super::options::{Inputs, Rulebook, Shared};
use super::session::{Prepared, Session};
use super::terminal::{Terminal, counted};
use crate::knowledge::problem::Problem;
use crate::run::{BaselineFile, Judged, Unit, judge_policy};
use crate::triage::{Baseline as Known, Entry};

/// Write down what exists, so that `check` reports only what is new
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Baseline {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Write policy-lint-baseline.json with all that is found now
    Create(Options),
    /// Write it anew: what is new becomes known, what is gone is dropped
    Update(Options),
    /// Only drop what no longer occurs
    Prune(Options),
}

#[derive(Debug, Args)]
struct Options {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    rulebook: Rulebook,
    /// The baseline, instead of policy-lint-baseline.json beside the config or in the working folder
    #[arg(long, value_name = "PATH")]
    baseline: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  policy-lint baseline create docs     from now on `check` reports only what is new
  policy-lint baseline prune docs      after something was mended
  policy-lint baseline update docs     after an upgrade, or when all that is left is accepted";

/// What is found now, in the files that were linted.
#[derive(Default)]
struct Present {
    files: BTreeSet<String>,
    /// Sorted.
    entries: Vec<Entry>,
    /// Rules that were judged in some file.
    judged: BTreeSet<String>,
    intake: Intake,
}

impl Baseline {
    pub(super) fn run(&self, shared: &Shared, terminal: &mut Terminal) -> Result<Exit, Trouble> {
        let (Action::Create(options) | Action::Update(options) | Action::Prune(options)) = &self.action;
        let mut session = Session::open(&options.inputs, &options.rulebook, shared, terminal)?;
        let path = session.baseline_path(options.baseline.as_deref());
        let told = path.display().to_string();
        let old = match &self.action {
            Action::Create(_) if path.exists() => {
                let problem = Problem::new(&told, "there is a baseline already");
                return Err(vec![problem.help("`policy-lint baseline update` writes it anew")].into());
            }
            Action::Create(_) => None,
            // What cannot be read is to be replaced.
            Action::Update(_) => BaselineFile::read(&path).unwrap_or_default(),
            Action::Prune(_) => match BaselineFile::read(&path).map_err(|problem| vec![problem])? {
                Some(file) => Some(file),
                None => return Err(vec![BaselineFile::missing(&path)].into()),
            },
        };
        let place = Arc::new(BaselineFile::new(&path, Known::default()));
        session.baseline = Some(Arc::clone(&place));
        let present = Self::look(&session, terminal)?;
        if !present.intake.failures.is_empty() {
            // A baseline of half the files would let the rest through as new.
            present.intake.tell(&session.discovery, terminal);
            terminal.complain(&format!("{told} is left as it was: not every file could be read"));
            return Ok(Exit::Wrong);
        }
        let before: Vec<Entry> =
            old.as_ref().map(|file| file.baseline.entries().to_vec()).unwrap_or_default();
        let elsewhere = before
            .iter()
            .filter(|entry| !present.files.contains(&entry.path) && place.has_file(entry))
            .cloned();
        let (rules, entries): (BTreeSet<String>, Vec<Entry>) = match (&self.action, &old) {
            (Action::Prune(_), Some(file)) => {
                let here = before.iter().filter(|entry| present.files.contains(&entry.path));
                let kept = here.map(|entry| Entry { count: present.still(entry), ..entry.clone() });
                (file.baseline.rules().clone(), elsewhere.chain(kept).collect())
            }
            _ => (session.rule_ids().collect(), elsewhere.chain(present.entries.iter().cloned()).collect()),
        };
        let file = BaselineFile::new(&path, Known::new(rules, entries));
        file.write().map_err(|problem| vec![problem])?;
        present.intake.tell(&session.discovery, terminal);
        let total = |entries: &[Entry]| entries.iter().map(|entry| entry.count).sum::<usize>();
        let files: BTreeSet<&str> = file.baseline.entries().iter().map(|entry| entry.path.as_str()).collect();
        terminal.note(&format!(
            "wrote {told}: {} in {} (before: {})",
            counted(total(file.baseline.entries()), "finding"),
            counted(files.len(), "file"),
            total(&before),
        ));
        Ok(Exit::Clean)
    }

    fn look(session: &Session, terminal: &mut Terminal) -> Result<Present, Trouble> {
        let mut present = Present { intake: Intake::of(&session.discovery), ..Present::default() };
        session.each(
            terminal,
            |unit| Self::look_at(unit, session),
            |more, _| {
                present.files.extend(more.files);
                present.entries.extend(more.entries);
                present.judged.extend(more.judged);
                present.intake.extend(more.intake);
                Ok(())
            },
        )?;
        // Counts of one finding are told together.
        present.entries = Known::new([], present.entries).entries().to_vec();
        Ok(present)
    }

    fn look_at(unit: &Unit, session: &Session) -> Present {
        let (prepared, intake) = session.prepare(unit);
        let mut present = Present { intake, ..Present::default() };
        let Some(Prepared { engine, settings, sources, .. }) = prepared else { return present };
        let Judged { findings, .. } = judge_policy(engine, sources, &settings);
        let names = settings.known.map(|known| known.paths).unwrap_or_default();
        for rule in engine.rules() {
            if settings.plans.iter().any(|plan| plan.enabled(&rule.id)) {
                present.judged.insert(rule.id.clone());
            }
        }
        present.entries.extend(findings.into_iter().map(|finding| Entry {
            path: names[finding.file].clone(),
            rule: finding.rule,
            fingerprint: finding.fingerprint,
            count: 1,
        }));
        present.files.extend(names);
        present
    }
}

impl Present {
    /// How often a known finding still occurs, at most as often as it was known to.
    fn still(&self, known: &Entry) -> usize {
        if !self.judged.contains(&known.rule) {
            return known.count;
        }
        let key = |entry: &Entry| (entry.path.clone(), entry.rule.clone(), entry.fingerprint.clone());
        self.entries
            .binary_search_by_key(&key(known), key)
            .map_or(0, |at| self.entries[at].count.min(known.count))
    }
}
