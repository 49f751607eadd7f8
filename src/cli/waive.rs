use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::exit::{Exit, Trouble};
use super::intake::Intake;
use super::options::{Inputs, Rulebook, Shared};
use super::session::{Prepared, Session};
use super::terminal::Terminal;
use crate::config::{Config, FILE_NAME, WaiverEntry, from_working_folder, waiver_lines};
use crate::findings::{Finding, Place};
use crate::knowledge::date::Date;
use crate::knowledge::problem::{Problem, nearest};
use crate::run::{Judged, Unit, judge_policy, write_whole};

/// Waive a finding: write the entry into policy-lint.yaml
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Waive {
    /// Fingerprint of the finding, as `check --format json` has it, or its first digits
    fingerprint: String,
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    rulebook: Rulebook,
    /// Why it is acceptable
    #[arg(long)]
    reason: String,
    /// Who says so
    #[arg(long, value_name = "NAME")]
    approved_by: Option<String>,
    /// The last day on which the waiver holds; without it, for ever
    #[arg(long, value_name = "YYYY-MM-DD")]
    expires: Option<Date>,
}

const EXAMPLES: &str = "\
Examples:
  policy-lint check --format json legal | jq -r '.findings[] | [.fingerprint, .rule, .message] | @tsv'
  policy-lint waive b108f03b597eeabb --reason 目的写在单独弹窗中 --expires 2027-06-30 legal
  policy-lint waive b108 --reason 'see opinion 12/2026' --approved-by Legal legal/privacy.md";

/// Fewer digits name a finding by chance.
const SHORTEST: usize = 4;
/// So many candidates are listed.
const LISTED: usize = 5;

/// A finding that may be meant.
struct Candidate {
    config: Arc<Config>,
    /// Absolute, and as reports call it.
    path: PathBuf,
    name: String,
    rule: String,
    fingerprint: String,
    /// The words underlined; `None` for what is missing.
    quote: Option<String>,
    /// Somebody answers for it already.
    waived: bool,
}

/// Quotations are cut behind so many characters: the fingerprint tells the rest.
const LONGEST_QUOTE: usize = 60;

impl Waive {
    pub(super) fn run(&self, shared: &Shared, terminal: &mut Terminal) -> Result<Exit, Trouble> {
        let fingerprint = self.checked()?;
        let session = Session::open(&self.inputs, &self.rulebook, shared, terminal)?;
        let mut candidates = Vec::new();
        let mut intake = Intake::of(&session.discovery);
        session.each(
            terminal,
            |unit| Self::look_at(unit, &session),
            |(found, more), _| {
                candidates.extend(found);
                intake.extend(more);
                Ok(())
            },
        )?;
        intake.tell(&session.discovery, terminal);
        let chosen = chosen(&candidates, &fingerprint)?;
        let (path, line, entry) = self.write(chosen)?;
        terminal.write(&(waiver_lines(&entry).join("\n") + "\n"))?;
        terminal.note(&format!("wrote {}:{line}", path.display()));
        if self.expires.is_none() {
            terminal.note("it holds for ever; `--expires` sets a day on which it is looked at again");
        }
        Ok(if intake.failures.is_empty() { Exit::Clean } else { Exit::Wrong })
    }

    /// The digits given, if all that was given makes sense.
    fn checked(&self) -> Result<String, Vec<Problem>> {
        let fingerprint = self.fingerprint.trim().to_ascii_lowercase();
        let is_one = (SHORTEST..=16).contains(&fingerprint.len())
            && fingerprint.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !is_one {
            let problem = Problem::new("waive", format!("`{}` is no fingerprint", self.fingerprint));
            return Err(vec![problem.help(
                "expected 16 hexadecimal digits, or the first of them, as `policy-lint check --format json` has them",
            )]);
        }
        if self.reason.trim().is_empty() {
            let problem = Problem::new("--reason", "a waiver without a reason does not hold");
            return Err(vec![problem.help("say why the wording is acceptable")]);
        }
        if let Some(expires) = self.expires.filter(|expires| *expires < Date::today()) {
            let problem = Problem::new("--expires", format!("{expires} is over already"));
            return Err(vec![problem.help("name the last day on which the waiver is to hold")]);
        }
        Ok(fingerprint)
    }

    /// All single findings of a policy, those that a baseline knows included.
    fn look_at(unit: &Unit, session: &Session) -> (Vec<Candidate>, Intake) {
        let (prepared, intake) = session.prepare(unit);
        let Some(Prepared { engine, settings, sources, .. }) = prepared else { return (Vec::new(), intake) };
        let Judged { files, findings, accepted, .. } = judge_policy(engine, sources, &settings);
        let candidate = |finding: Finding, waived: bool| {
            let file = &files[finding.file];
            let words = match finding.place {
                Place::Prose(span) => file.document.text(span),
                Place::File(span) => &file.source.text[span.range()],
            };
            let words: String = words.split_whitespace().collect::<Vec<_>>().join(" ");
            let quote = words.chars().take(LONGEST_QUOTE).collect();
            let input = unit.files.iter().find(|input| input.name == file.source.path)?;
            Some(Candidate {
                config: Arc::clone(&unit.config),
                path: input.path.clone(),
                name: input.name.clone(),
                quote: Some(quote).filter(|_| !finding.is_absence()),
                rule: finding.rule,
                fingerprint: finding.fingerprint,
                waived,
            })
        };
        let left = findings.into_iter().filter_map(|finding| candidate(finding, false));
        let waived = accepted.waived.into_iter().filter_map(|waived| candidate(waived.finding, true));
        (left.chain(waived).collect(), intake)
    }

    /// Adds the waiver to the config of the file; the path, the line and the entry.
    fn write(&self, chosen: &Candidate) -> Result<(PathBuf, usize, WaiverEntry), Vec<Problem>> {
        let config = &chosen.config;
        let (path, folder) = match config.path() {
            Some(path) => (PathBuf::from(path), config.root().to_owned()),
            None => (PathBuf::from(FILE_NAME), std::env::current_dir().unwrap_or_default()),
        };
        let told = path.display().to_string();
        if config.path().is_none() && path.exists() {
            let problem = Problem::new(&told, "there is a config here that this run does not use");
            return Err(vec![problem.help("leave out `--no-config`, or name a config by `--config`")]);
        }
        let absence = chosen.quote.is_none();
        let entry = WaiverEntry {
            rule: chosen.rule.clone(),
            file: Some(pattern_for(&chosen.path, &folder).ok_or_else(|| {
                let problem =
                    Problem::new(&told, format!("{} is not below the folder of this config", chosen.name));
                vec![
                    problem.help(
                        "a config holds for its own folder and those below; name another by `--config`",
                    ),
                ]
            })?),
            quote: chosen.quote.clone().filter(|quote| crate::triage::has_words(quote)),
            // That of an absence is made of the rule alone.
            fingerprint: Some(chosen.fingerprint.clone()).filter(|_| !absence),
            reason: Some(self.reason.trim().to_owned()),
            approved_by: self.approved_by.clone(),
            expires: self.expires,
        };
        let (edited, line) = config.with_waiver(&told, &folder, &entry).map_err(|problem| vec![problem])?;
        write_whole(&path, edited.text().as_bytes())
            .map_err(|error| vec![Problem::new(&told, format!("cannot be written: {error}"))])?;
        Ok((from_working_folder(&path), line, entry))
    }
}

/// The one finding that a fingerprint, or the beginning of one, means.
fn chosen<'c>(candidates: &'c [Candidate], fingerprint: &str) -> Result<&'c Candidate, Vec<Problem>> {
    let problem = |message: String, help: String| Err(vec![Problem::new("waive", message).help(help)]);
    let meant = |waived: bool| {
        candidates.iter().filter(move |it| it.waived == waived && it.fingerprint.starts_with(fingerprint))
    };
    let told = |it: &Candidate| format!("{} ({} in {})", it.fingerprint, it.rule, it.name);
    let Some(first) = meant(false).next() else {
        if let Some(waived) = meant(true).next() {
            return problem(
                format!("{} is waived already", told(waived)),
                "`check --format json` tells by what".into(),
            );
        }
        let known = candidates.iter().map(|it| it.fingerprint.as_str());
        let help = match nearest(fingerprint, known)
            .and_then(|near| candidates.iter().find(|it| it.fingerprint == near))
        {
            Some(near) => format!("did you mean {}?", told(near)),
            None => {
                "`policy-lint check --format json` has the fingerprints; name the same files and options here"
                    .into()
            }
        };
        return problem(format!("nothing found here has the fingerprint `{fingerprint}`"), help);
    };
    let distinct: BTreeSet<String> = meant(false).map(told).collect();
    if distinct.len() > 1 {
        let same = meant(false).all(|it| it.fingerprint == first.fingerprint);
        let what = if same { "several files have this finding" } else { "several fingerprints begin so" };
        let list: Vec<&str> = distinct.iter().take(LISTED).map(String::as_str).collect();
        let more = if distinct.len() > LISTED { ", …" } else { "" };
        let advice = if same { "name the file that is meant" } else { "give more digits" };
        return problem(format!("{what}: {}{more}", list.join(", ")), advice.into());
    }
    Ok(first)
}

/// The pattern that means this one file to a config in `folder`.
fn pattern_for(path: &Path, folder: &Path) -> Option<String> {
    let relative = path.strip_prefix(folder).ok()?;
    let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    // Without a slash it would mean files of this name in every folder.
    let rooted = if parts.len() == 1 { "/" } else { "" };
    Some(format!("{rooted}{}", globset::escape(&parts.join("/"))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::PathGlobs;

    #[test]
    fn a_pattern_means_one_file() {
        let matches = |file: &str, path: &str| {
            let pattern = pattern_for(&Path::new("/p").join(file), Path::new("/p")).unwrap();
            PathGlobs::new(&[pattern]).unwrap().matches(Path::new("/p"), &Path::new("/p").join(path))
        };
        for file in ["a.md", "legal/a.md", "legal/a [1]*{b}.md", "隐私 政策.md"] {
            assert!(matches(file, file), "{file}");
        }
        assert!(!matches("a.md", "legal/a.md"));
        assert!(!matches("legal/[ab].md", "legal/a.md"));
        assert_eq!(pattern_for(Path::new("/q/a.md"), Path::new("/p")), None);
    }
}
