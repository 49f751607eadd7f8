use super::terminal::Terminal;
use crate::report::json::Failure;
use crate::run::Discovery;
use crate::source::{Encoding, Source};

/// What became of the files that were to be read.
#[derive(Debug, Default)]
pub(super) struct Intake {
    pub(super) failures: Vec<Failure>,
    /// Files that are no policies.
    pub(super) skipped: Vec<String>,
    /// Files with bytes that are no text, and in how many places.
    mended: Vec<(String, usize)>,
    /// Files without a word.
    empty: Vec<String>,
    /// Files of a policy of which there is no old version.
    pub(super) unmatched: Vec<String>,
    /// Numbers of the folders in which policies were found.
    pub(super) folders: Vec<usize>,
}

impl Intake {
    /// Before any file is read: the paths at which there is nothing to read.
    pub(super) fn of(discovery: &Discovery) -> Self {
        Self { failures: discovery.failures.clone(), ..Self::default() }
    }

    /// Takes up what became of further files.
    pub(super) fn extend(&mut self, more: Self) {
        let Self { failures, skipped, mended, empty, unmatched, folders } = more;
        self.unmatched.extend(unmatched);
        self.empty.extend(empty);
        self.failures.extend(failures);
        self.skipped.extend(skipped);
        self.mended.extend(mended);
        self.folders.extend(folders);
    }

    /// Notes if a file is empty, or bytes had to be replaced to read it.
    pub(super) fn note(&mut self, source: &Source) {
        if source.text.trim_start_matches('\u{feff}').trim().is_empty() {
            self.empty.push(source.path.clone());
        }
        if let Encoding::Utf8Lossy { replaced } = source.encoding {
            self.mended.push((source.path.clone(), replaced));
        }
    }

    /// Tells what was passed over, mended or could not be read.
    pub(super) fn tell(&self, discovery: &Discovery, terminal: &mut Terminal) {
        for (number, folder) in discovery.folders.iter().enumerate() {
            if !self.folders.contains(&number) {
                terminal.note(&format!("no policies found in {}", folder.display()));
            }
        }
        for path in &discovery.excluded {
            terminal.note(&format!("{path} is excluded by the config"));
        }
        for path in &self.skipped {
            terminal.log(&format!("{path} does not look like a privacy policy"));
        }
        match discovery.others {
            0 => {}
            1 => terminal.log("1 other file passed over"),
            others => terminal.log(&format!("{others} other files passed over")),
        }
        for path in &self.empty {
            terminal.note(&format!("{path} is empty: there is nothing to lint in it"));
        }
        for path in &self.unmatched {
            terminal.note(&format!("{path} has no old version: there is nothing to compare it with"));
        }
        for (path, places) in &self.mended {
            terminal.note(&mending(path, *places));
        }
        for Failure { path, message } in &self.failures {
            terminal.complain(&format!("{path}: {message}"));
        }
    }
}

fn mending(path: &str, places: usize) -> String {
    match places {
        1 => format!("{path}: 1 place is not valid UTF-8; U+FFFD was read there"),
        _ => format!("{path}: {places} places are not valid UTF-8; U+FFFD was read there"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_place_is_and_two_are() {
        assert!(mending("a.txt", 1).starts_with("a.txt: 1 place is not valid UTF-8"));
        assert!(mending("a.txt", 2).starts_with("a.txt: 2 places are not valid UTF-8"));
    }
}
