use std::path::{Path, PathBuf};

use super::file::{ConfigFile, Levels, PolicyGroup, Profile, TYPE, WaiverEntry};
use super::globs::PathGlobs;
use super::project::leads_out;
use super::unknown::unknown_rule;
use super::waivers::{self, WaiverPlace};
use crate::knowledge::problem::Problem;
use crate::knowledge::spec::Level;
use crate::knowledge::yaml::{self, SpanMap, pointer_step};
use crate::triage::{RuleEntry, Selector, Waiver};

/// A `policy-lint.yaml` that was read and found valid; the default one when there is none.
#[derive(Debug)]
pub struct Config {
    /// As it is called in messages.
    path: Option<String>,
    /// Patterns are relative to this folder.
    root: PathBuf,
    text: String,
    pub file: ConfigFile,
    pub include: PathGlobs,
    pub exclude: PathGlobs,
    /// File patterns of [`ConfigFile::policies`], in their order.
    policies: Vec<PathGlobs>,
    overrides: Vec<Overlay>,
    select: Vec<Selector>,
    ignore: Vec<Selector>,
    levels: Vec<(Selector, Level)>,
    /// Of [`ConfigFile::waivers`], in their order.
    waivers: Vec<PathGlobs>,
    spans: SpanMap,
}

/// A compiled [`super::Override`].
#[derive(Debug)]
struct Overlay {
    files: PathGlobs,
    levels: Vec<(Selector, Level)>,
    profile: Option<Profile>,
}

impl Config {
    /// The config of a project without one; paths are seen from `root`.
    ///
    /// # Panics
    /// Never: nothing in it can be invalid.
    pub fn without_file(root: &Path) -> Self {
        let none = || PathGlobs::new(&[]).unwrap_or_else(|_| unreachable!("no pattern, no broken pattern"));
        Self {
            path: None,
            root: root.to_owned(),
            text: String::new(),
            file: ConfigFile::default(),
            include: none(),
            exclude: none(),
            policies: Vec::new(),
            overrides: Vec::new(),
            select: Vec::new(),
            ignore: Vec::new(),
            levels: Vec::new(),
            waivers: Vec::new(),
            spans: SpanMap::default(),
        }
    }

    /// Reads the config at `path`.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn load(path: &Path) -> Result<Self, Vec<Problem>> {
        let name = path.display().to_string();
        let bytes =
            crate::source::read(path).map_err(|error| vec![Problem::new(&name, error.to_string())])?;
        let Ok(text) = String::from_utf8(bytes) else {
            return Err(vec![Problem::new(&name, "not a text file in UTF-8").help("save it as UTF-8")]);
        };
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        Self::parse(&name, path.parent().unwrap_or(Path::new("/")), &text)
    }

    /// Reads the config `text`, which messages call `name`.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn parse(name: &str, root: &Path, text: &str) -> Result<Self, Vec<Problem>> {
        // A file of comments only, as one may leave it, is a config without any wish.
        let says_nothing = text
            .trim_start_matches('\u{feff}')
            .lines()
            .all(|line| line.trim().is_empty() || line.trim().starts_with('#'));
        if says_nothing {
            let (path, text) = (Some(name.to_owned()), text.to_owned());
            return Ok(Self { path, text, ..Self::without_file(root) });
        }
        let (file, spans) = yaml::parse::<ConfigFile>(name, text)?;
        let mut check = Check { name, root, text, spans: &spans, problems: Vec::new() };
        check.confined("/rule-files", &file.rule_files);
        let include = check.globs("/include", &file.include);
        let exclude = check.globs("/exclude", &file.exclude);
        let policies = (0..)
            .zip(&file.policies)
            .map(|(index, policy)| {
                let pointer = format!("/policies/{index}/files");
                check.confined(&pointer, &policy.files);
                check.globs(&pointer, &policy.files)
            })
            .collect::<Option<Vec<_>>>();
        let overrides = (0..)
            .zip(&file.overrides)
            .map(|(index, overlay)| {
                let files = check.globs(&format!("/overrides/{index}/files"), &overlay.files);
                let levels = check.levels(&format!("/overrides/{index}/rules"), &overlay.rules);
                Some(Overlay { files: files?, levels, profile: overlay.profile })
            })
            .collect::<Vec<_>>();
        let select = check.selectors("/select", &file.select);
        let ignore = check.selectors("/ignore", &file.ignore);
        let levels = check.levels("/rules", &file.rules);
        let waivers = (0..)
            .zip(&file.waivers)
            .map(|(index, waiver)| check.waiver(&format!("/waivers/{index}"), waiver))
            .collect::<Option<Vec<_>>>();
        let problems = check.problems;
        match (include, exclude, policies, waivers) {
            (Some(include), Some(exclude), Some(policies), Some(waivers)) if problems.is_empty() => {
                Ok(Self {
                    path: Some(name.to_owned()),
                    root: root.to_owned(),
                    text: text.to_owned(),
                    include,
                    exclude,
                    policies,
                    overrides: overrides.into_iter().flatten().collect(),
                    select,
                    ignore,
                    levels,
                    waivers,
                    file,
                    spans,
                })
            }
            _ => Err(problems),
        }
    }

    /// What messages call it; `None` when there is no file.
    pub fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }

    /// The folder (absolute) that its patterns are relative to.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Only these rules; all when empty.
    pub fn select(&self) -> &[Selector] {
        &self.select
    }

    /// Not these rules.
    pub fn ignore(&self) -> &[Selector] {
        &self.ignore
    }

    /// The profile for the file at `path` (absolute).
    pub fn profile_for(&self, path: &Path) -> Profile {
        self.overlays(path)
            .filter_map(|overlay| overlay.profile)
            .last()
            .or(self.file.profile)
            .unwrap_or_default()
    }

    /// The levels for the file at `path` (absolute); later ones win.
    pub fn levels_for(&self, path: &Path) -> impl Iterator<Item = (&Selector, Level)> {
        let of_overlays = self.overlays(path).flat_map(|overlay| &overlay.levels);
        self.levels.iter().chain(of_overlays).map(|(selector, level)| (selector, *level))
    }

    /// The policy that the file at `path` (absolute) is part of.
    pub fn policy_of(&self, path: &Path) -> Option<(usize, &PolicyGroup)> {
        let index = self.policies.iter().position(|files| files.matches(&self.root, path))?;
        Some((index, &self.file.policies[index]))
    }

    /// What stands in it; nothing when there is no file.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where everything in it stands.
    pub(super) fn spans(&self) -> &SpanMap {
        &self.spans
    }

    /// Where the parts of a waiver stand.
    pub fn waiver_place(&self, entry: usize) -> WaiverPlace {
        WaiverPlace::find(&self.spans, &self.text, entry)
    }

    /// The waivers for a policy of the files at `paths` (absolute).
    pub fn waivers_for(&self, paths: &[&Path]) -> Vec<Waiver> {
        let concerned = |globs: &PathGlobs| -> Vec<usize> {
            (0..paths.len()).filter(|file| globs.matches(&self.root, paths[*file])).collect()
        };
        let reaches = self.waivers.iter().map(concerned).enumerate();
        reaches
            .filter(|(_, files)| !files.is_empty())
            .map(|(entry, files)| waivers::compiled(&self.file.waivers[entry], entry, files))
            .collect()
    }

    /// All waivers, whatever files they are for.
    pub fn all_waivers(&self) -> Vec<Waiver> {
        let entries = self.file.waivers.iter().enumerate();
        entries.map(|(number, entry)| waivers::compiled(entry, number, Vec::new())).collect()
    }

    /// Rule files and folders it names, as paths.
    pub fn rule_files(&self) -> impl Iterator<Item = PathBuf> {
        self.file.rule_files.iter().map(|path| self.root.join(path))
    }

    /// Finds names of rules, facts and types of apps that do not exist.
    pub fn unknown_names(&self, rules: &[RuleEntry], facts: &[String], types: &[String]) -> Vec<Problem> {
        let Some(name) = &self.path else { return Vec::new() };
        let mut problems = Vec::new();
        let mut rule = |pointer: String, is_key: bool, selector: &Selector| {
            if let Some(problem) = unknown_rule(name, selector, rules) {
                let span = if is_key { self.spans.key(&pointer) } else { self.spans.value(&pointer) };
                problems.push(problem.at(span));
            }
        };
        for (list, selectors) in [("select", &self.select), ("ignore", &self.ignore)] {
            for (index, selector) in selectors.iter().enumerate() {
                rule(format!("/{list}/{index}"), false, selector);
            }
        }
        for (selector, _) in &self.levels {
            rule(format!("/rules/{}", pointer_step(selector.text())), true, selector);
        }
        for (index, overlay) in self.overrides.iter().enumerate() {
            for (selector, _) in &overlay.levels {
                let step = pointer_step(selector.text());
                rule(format!("/overrides/{index}/rules/{step}"), true, selector);
            }
        }
        for fact in self.file.app.facts.keys().filter(|fact| !facts.contains(fact)) {
            problems.push(
                Problem::new(name, format!("no fact about apps is called `{fact}`"))
                    .at(self.spans.key(&format!("/app/{}", pointer_step(fact))))
                    .suggest(fact, facts.iter().map(String::as_str).chain([TYPE])),
            );
        }
        if let Some(kind) = self.file.app.kind.as_ref().filter(|kind| !types.contains(kind)) {
            problems.push(
                Problem::new(name, format!("no type of apps is called `{kind}`"))
                    .at(self.spans.value(&format!("/app/{TYPE}")))
                    .suggest(kind, types.iter().map(String::as_str)),
            );
        }
        problems
    }

    fn overlays(&self, path: &Path) -> impl Iterator<Item = &Overlay> {
        self.overrides.iter().filter(move |overlay| overlay.files.matches(&self.root, path))
    }
}

/// Compiles patterns and notes those that are not valid.
struct Check<'a> {
    name: &'a str,
    root: &'a Path,
    text: &'a str,
    spans: &'a SpanMap,
    problems: Vec<Problem>,
}

impl Check<'_> {
    /// Paths to be read have to stay inside the project.
    fn confined(&mut self, pointer: &str, paths: &[String]) {
        for (index, _) in paths.iter().enumerate().filter(|(_, path)| leads_out(self.root, path)) {
            let problem = Problem::new(self.name, "this path leads out of the project").help(
                "name a path below the repository, or below the folder of the config; `--rules` takes any",
            );
            self.problems.push(problem.at(self.spans.value(&format!("{pointer}/{index}"))));
        }
    }

    fn globs(&mut self, pointer: &str, patterns: &[String]) -> Option<PathGlobs> {
        match PathGlobs::new(patterns) {
            Ok(globs) => Some(globs),
            Err((index, why)) => {
                let problem = Problem::new(self.name, format!("not a valid glob: {why}"));
                self.problems.push(problem.at(self.spans.value(&format!("{pointer}/{index}"))));
                None
            }
        }
    }

    /// The pattern of the files that a waiver is for.
    fn waiver(&mut self, pointer: &str, waiver: &WaiverEntry) -> Option<PathGlobs> {
        if let Some((key, message, help)) = waivers::mistake(waiver) {
            let at = if key.is_empty() {
                self.spans.first_line(self.text, pointer)
            } else {
                self.spans.value(&format!("{pointer}/{key}"))
            };
            self.problems.push(Problem::new(self.name, message).at(at).help(help));
        }
        let pattern = waiver.file.clone().unwrap_or_else(|| "**".to_owned());
        match PathGlobs::new(&[pattern]) {
            Ok(globs) => Some(globs),
            Err((_, why)) => {
                let problem = Problem::new(self.name, format!("not a valid glob: {why}"));
                self.problems.push(problem.at(self.spans.value(&format!("{pointer}/file"))));
                None
            }
        }
    }

    fn selectors(&mut self, pointer: &str, texts: &[String]) -> Vec<Selector> {
        let mut selectors = Vec::new();
        for (index, text) in texts.iter().enumerate() {
            let span = self.spans.value(&format!("{pointer}/{index}"));
            selectors.extend(self.selector(text, span));
        }
        selectors
    }

    fn levels(&mut self, pointer: &str, levels: &Levels) -> Vec<(Selector, Level)> {
        let mut compiled = Vec::new();
        for (text, level) in &levels.0 {
            let span = self.spans.key(&format!("{pointer}/{}", pointer_step(text)));
            compiled.extend(self.selector(text, span).map(|selector| (selector, *level)));
        }
        compiled
    }

    fn selector(&mut self, text: &str, span: Option<std::ops::Range<usize>>) -> Option<Selector> {
        match Selector::new(text) {
            Ok(selector) => Some(selector),
            Err(why) => {
                self.problems.push(Problem::new(self.name, format!("not a valid glob: {why}")).at(span));
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Config, Vec<Problem>> {
        Config::parse("policy-lint.yaml", Path::new("/p"), text)
    }

    #[test]
    fn every_key_is_understood() {
        let config = parse(
            "rules: { purpose: warning, 'child-*': off }\nselect: [purpose]\nignore: [vague]\ninclude: ['*.txt']\n\
             exclude: [old/]\noverrides:\n  - files: ['kids/*']\n    rules: { purpose: error }\n    profile: strict\n\
             policies:\n  - { name: App, files: [main.md, sdk.md] }\nprofile: default\napp: { minors: true, type: short-video }\n\
             names: [云岚]\nlanguage: en\nscope: full\nfail-on: never\nrule-files: [rules.yaml]\n",
        )
        .unwrap();
        assert_eq!(config.profile_for(Path::new("/p/kids/a.md")), Profile::Strict);
        assert_eq!(config.profile_for(Path::new("/p/a.md")), Profile::Default);
        let levels = |path| {
            let levels = config.levels_for(Path::new(path));
            levels.map(|(selector, level)| (selector.text().to_owned(), level)).collect::<Vec<_>>()
        };
        assert_eq!(levels("/p/kids/a.md").last().unwrap(), &("purpose".to_owned(), Level::Error));
        assert_eq!(levels("/p/a.md").len(), 2);
        assert_eq!(config.policy_of(Path::new("/p/sdk.md")).unwrap().1.name, "App");
        assert!(config.exclude.matches(config.root(), Path::new("/p/old/a.md")));
    }

    #[test]
    fn a_file_of_comments_wishes_nothing() {
        assert!(parse("# later\n\n").is_ok());
        assert!(parse("").is_ok());
    }

    #[test]
    fn names_that_do_not_exist_are_found() {
        let text = "app: { minor: true, type: short-vidio }\n";
        let config = parse(text).unwrap();
        let problems = config.unknown_names(&[], &["minors".to_owned()], &["short-video".to_owned()]);
        assert_eq!(problems.len(), 2);
        assert_eq!(&text[problems[0].span.clone().unwrap()], "minor");
        assert_eq!(problems[0].help.as_deref(), Some("did you mean `minors`?"));
        assert_eq!(&text[problems[1].span.clone().unwrap()], "short-vidio");
        assert_eq!(problems[1].help.as_deref(), Some("did you mean `short-video`?"));
    }

    #[test]
    fn broken_globs_are_underlined() {
        let text = "exclude: ['a', '[z-a]']\n";
        let problems = parse(text).unwrap_err();
        assert_eq!(&text[problems[0].span.clone().unwrap()], "'[z-a]'");
    }
}
