use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::exit::{Exit, Trouble};
use super::intake::Intake;
use super::options::{Inputs, Rulebook, Shared};
use super::session::{Prepared, Session};
use super::terminal::{Terminal, columns};
use super::waivers::Locating;
use crate::config::FailOn;
use crate::findings::ScopeChoice;
use crate::knowledge::problem::Problem;
use crate::report::json::{self, Failure};
use crate::report::versions::{
    PolicyRecord, Sheet, Spread, Totals, VersionsReport, Words, html, markdown, text,
};
use crate::run::{Edition, Input, Opened, Unit, compare_versions};
use crate::source::git::{GitError, Repository, Snapshot};
use crate::source::{self, Format as InputFormat, Source};
use crate::versions::Importance;

/// Compare two versions of a policy
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Diff {
    /// OLD and NEW: two files, or two folders with files of the same names; `-` is standard input.
    /// With --git: the files and folders to compare with what they were, all policies by default
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The old version is that of a revision of the git repository
    #[arg(long, value_name = "REV")]
    git: Option<String>,
    #[command(flatten)]
    rulebook: Rulebook,
    /// Form of the report
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Format of the policies, instead of recognising it
    #[arg(long, value_enum, value_name = "FORMAT")]
    input_format: Option<InputFormat>,
    /// Whether a file is a whole policy or a chapter of one
    #[arg(long, value_enum)]
    scope: Option<ScopeChoice>,
    /// The severity of new findings from which on the exit status is 1
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<FailOn>,
    /// Exit with 1 also for a change that is at least so important
    #[arg(long, value_enum, value_name = "IMPORTANCE")]
    fail_on_change: Option<Importance>,
    /// Waive nothing
    #[arg(long)]
    no_waivers: bool,
}

const EXAMPLES: &str = "\
Examples:
  policy-lint diff privacy-2025.md privacy-2026.md
  policy-lint diff old.html new.md                          whatever the formats are
  policy-lint diff --lang en old.txt new.txt
  policy-lint diff --git HEAD~1 privacy.md
  policy-lint diff --git origin/main --format md            all policies that changed, for a pull request
  policy-lint diff --format md old.md new.md > comment.md   for a pull request
  policy-lint diff --format html old.md new.md > diff.html  both texts side by side
  policy-lint diff --fail-on-change high old.md new.md      a gate for what users must be told
  policy-lint diff --format json old.md new.md | jq -r '.changes[] | select(.importance == \"high\") | .message'

Exit status:
  0  no new finding at or above the failing severity
  1  new findings at or above it (`--fail-on`, error by default), or changes as `--fail-on-change` says
  2  the run went wrong: bad usage, config or rule file, an unreadable input";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// What matters on the first screen, then the words of both versions
    Text,
    /// One object for programs
    Json,
    /// Markdown for the comment on a pull request
    Md,
    /// One page with both texts side by side, without network and script
    Html,
}

/// What became of one policy.
#[derive(Default)]
struct Gone {
    policy: Option<PolicyRecord>,
    sheet: Option<Sheet>,
    shown: String,
    intake: Intake,
    failing: bool,
}

impl Diff {
    pub(super) fn run(&self, shared: &Shared, terminal: &mut Terminal) -> Result<Exit, Trouble> {
        let origin = Origin::of(self.git.as_deref(), &self.paths)?;
        let inputs = Inputs {
            paths: origin.new_paths(&self.paths),
            stdin_filename: None,
            input_format: self.input_format,
            scope: self.scope,
        };
        let session = Session::open(&inputs, &self.rulebook, shared, terminal)?.failing_on(self.fail_on);
        let session = session.without_waivers(self.no_waivers);
        let knowledge = session.knowledge();
        let words = Words { knowledge, language: session.language() };
        let mut policies = Vec::new();
        let mut sheets = Vec::new();
        let mut intake = Intake::of(&session.discovery);
        let mut failing = false;
        let mut totals = Totals::default();
        let paint = terminal.paint;
        session.each(
            terminal,
            |unit| self.compare(unit, &origin, &session, paint),
            |gone, terminal| {
                failing |= gone.failing;
                intake.extend(gone.intake);
                if let Some(policy) = gone.policy {
                    totals.add(policy.totals());
                    policies.push(policy);
                    sheets.extend(gone.sheet);
                }
                terminal.write(&gone.shown)
            },
        )?;
        match self.format {
            Format::Json => {
                terminal.write(&json::render(&VersionsReport::new(&policies, &intake.failures)))?
            }
            Format::Md => terminal.write(&markdown(&policies, words))?,
            Format::Html => {
                let spreads =
                    policies.into_iter().zip(sheets).map(|(policy, sheet)| Spread { policy, sheet });
                terminal.write(&html(&spreads.collect::<Vec<_>>(), words))?;
            }
            Format::Text if policies.len() != 1 && intake.failures.is_empty() && !terminal.quiet() => {
                terminal.write(&format!("{}\n", totals.line(words)))?;
            }
            Format::Text => {}
        }
        terminal.flush()?;
        intake.tell(&session.discovery, terminal);
        Ok(match (intake.failures.is_empty(), failing) {
            (false, _) => Exit::Wrong,
            (true, true) => Exit::Findings,
            (true, false) => Exit::Clean,
        })
    }

    fn compare(&self, unit: &Unit, origin: &Origin, session: &Session, paint: crate::report::Paint) -> Gone {
        let mut gone = Gone::default();
        let unit = origin.named(unit);
        let (prepared, intake) = session.prepare(&unit);
        gone.intake = intake;
        let Some(Prepared { engine, settings, sources, .. }) = prepared else { return gone };
        let mut before = Vec::new();
        let mut paths = Vec::new();
        for file in &unit.files {
            match origin.old(file, self.input_format) {
                Ok(Some(source)) => {
                    gone.intake.note(&source);
                    before.push(source);
                    paths.push(file.path.as_path());
                }
                Ok(None) => gone.intake.unmatched.push(file.name.clone()),
                Err(failure) => gone.intake.failures.push(failure),
            }
        }
        if before.is_empty() {
            return gone;
        }
        let unchanged = before.len() == sources.len()
            && before.iter().zip(&sources).all(|(before, now)| before.text == now.text);
        // Of many policies those that are the same are not worth a word.
        if unchanged && !matches!(origin, Origin::File { .. }) {
            return gone;
        }
        let fail_on = settings.fail_on.severity();
        // Both versions are judged by the rules that hold for the new one.
        let old_settings = session.settings(&unit, engine, &paths);
        let (words, format) =
            (Words { knowledge: engine.knowledge(), language: settings.language }, self.format);
        let old = Edition { sources: before, settings: old_settings };
        let mut compared = compare_versions(engine, old, Edition { sources, settings });
        let accepted = std::mem::take(&mut compared.accepted);
        let waived = Locating::new(&unit.config, &compared.new).suppressed(accepted);
        let comparison = &compared.comparison;
        gone.failing =
            comparison.new.iter().any(|finding| fail_on.is_some_and(|least| finding.severity >= least))
                || comparison
                    .changes
                    .iter()
                    .any(|change| self.fail_on_change.is_some_and(|least| change.importance >= least));
        let policy = PolicyRecord::of(&compared, waived, words);
        if format == Format::Text {
            gone.shown = text(&policy, words, paint, columns()) + "\n";
        }
        if format == Format::Html {
            gone.sheet = Some(Sheet::of(&compared));
        }
        gone.policy = Some(policy);
        gone
    }
}

/// Where the old version is.
enum Origin {
    /// A file, or standard input; the new one is the file at `new`.
    File {
        old: PathBuf,
        new: PathBuf,
    },
    Folder {
        old: PathBuf,
        new: PathBuf,
    },
    Git {
        repository: Repository,
        at: Snapshot,
        revision: String,
    },
}

impl Origin {
    fn of(revision: Option<&str>, paths: &[PathBuf]) -> Result<Self, Trouble> {
        let wrong = |message: String| Trouble::Mistakes(vec![Problem::new("diff", message)]);
        if let Some(revision) = revision {
            return Self::in_git(revision, paths).map_err(|error| {
                Trouble::Mistakes(vec![Problem {
                    help: error.help(),
                    ..Problem::new("--git", error.to_string())
                }])
            });
        }
        let [old, new] = paths else {
            let message =
                format!("expected two versions, OLD and NEW, or --git REV; found {} paths", paths.len());
            return Err(wrong(message));
        };
        let is_input = |path: &Path| path.as_os_str() == "-";
        if is_input(old) && is_input(new) {
            return Err(wrong("standard input can be one of the versions, not both".to_owned()));
        }
        match (old.is_dir(), new.is_dir()) {
            (true, true) => Ok(Self::Folder { old: old.clone(), new: Input::file(new).path }),
            (false, false) => Ok(Self::File { old: old.clone(), new: new.clone() }),
            (is_folder, _) => {
                let (folder, other) = if is_folder { (old, new) } else { (new, old) };
                let (folder, other) = (folder.display(), other.display());
                Err(wrong(format!(
                    "{folder} is a folder and {other} is none: compare two files, or two folders"
                )))
            }
        }
    }

    fn in_git(revision: &str, paths: &[PathBuf]) -> Result<Self, GitError> {
        let first = paths.first().map_or(Path::new("."), PathBuf::as_path);
        let folder = if first.is_dir() { first } else { first.parent().unwrap_or(first) };
        let repository =
            Repository::find(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })?;
        let at = repository.revision(revision)?;
        Ok(Self::Git { repository, at, revision: revision.to_owned() })
    }

    /// Where the new version is.
    fn new_paths(&self, paths: &[PathBuf]) -> Vec<PathBuf> {
        match self {
            Self::File { .. } | Self::Folder { .. } => paths.iter().skip(1).cloned().collect(),
            Self::Git { .. } if paths.is_empty() => vec![PathBuf::from(".")],
            Self::Git { .. } => paths.to_vec(),
        }
    }

    /// The files of a policy that are compared: a file that was named stands alone.
    fn named(&self, unit: &Unit) -> Unit {
        let mut unit = unit.clone();
        if let Self::File { new, .. } = self
            && new.as_os_str() != "-"
        {
            let named = Input::file(new).path;
            unit.files.retain(|file| file.path == named);
        }
        unit
    }

    /// The old version of a file; `None` when there is none.
    fn old(&self, file: &Input, format: Option<InputFormat>) -> Result<Option<Source>, Failure> {
        let input = match self {
            Self::File { old, .. } if old.as_os_str() == "-" => Input::standard_input(None),
            Self::File { old, .. } => Input::file(old),
            Self::Folder { old, new } => match file.path.strip_prefix(new) {
                Ok(name) if old.join(name).exists() => Input::file(&old.join(name)),
                _ => return Ok(None),
            },
            Self::Git { repository, at, revision } => {
                let name = format!("{revision}:{}", file.name);
                let failure = |message: String| Failure { path: name.clone(), message };
                let Some(path) = repository.inside(&file.path) else { return Ok(None) };
                let read = || -> Result<Option<Vec<u8>>, GitError> {
                    let files = repository.files(at, std::slice::from_ref(&path))?;
                    files.get(&path).map(|blob| repository.read(blob)).transpose()
                };
                let Some(bytes) = read().map_err(|error| failure(error.to_string()))? else {
                    return Ok(None);
                };
                let source =
                    source::open(&name, bytes, format).map_err(|error| failure(error.to_string()))?;
                return Ok(Some(source));
            }
        };
        match input.open(format, |_| true, |_| {})? {
            Opened::Source(source) => Ok(Some(source)),
            Opened::Skipped => Ok(None),
        }
    }
}
