//! Reading the rule files that the user names.

use std::io;
use std::path::{Path, PathBuf};

use crate::knowledge::compile::RuleFile;
use crate::knowledge::problem::Problem;

/// Folders nested deeper than this hold no rules.
const DEEPEST: usize = 32;

/// Reads the files, and the YAML files in the folders, in the order of their names.
///
/// # Errors
/// Every path that cannot be read or is a folder without rule files.
pub(super) fn read(paths: &[PathBuf]) -> Result<Vec<RuleFile>, Vec<Problem>> {
    let mut files = Vec::new();
    let mut problems = Vec::new();
    for path in paths {
        let mut found = Vec::new();
        match collect(path, 0, &mut found) {
            Err(error) => problems.push(unreadable(path, &error)),
            Ok(()) if found.is_empty() => {
                let problem =
                    Problem::new(path.display().to_string(), "there is no rule file in this folder");
                problems.push(problem.help("rule files end with .yaml or .yml"));
            }
            Ok(()) => found.sort(),
        }
        for path in found {
            match std::fs::read_to_string(&path) {
                Ok(text) => files.push(RuleFile { name: path.display().to_string(), text }),
                Err(error) => problems.push(unreadable(&path, &error)),
            }
        }
    }
    if problems.is_empty() { Ok(files) } else { Err(problems) }
}

fn unreadable(path: &Path, error: &io::Error) -> Problem {
    let why = match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::InvalidData => "not a text file in UTF-8".to_owned(),
        _ => format!("cannot be read: {error}"),
    };
    Problem::new(path.display().to_string(), why)
}

fn collect(path: &Path, depth: usize, found: &mut Vec<PathBuf>) -> io::Result<()> {
    // A pipe or device would block; whatever is named has to be a file.
    let kind = std::fs::metadata(path)?;
    if kind.is_file() {
        found.push(path.to_owned());
        return Ok(());
    }
    if !kind.is_dir() {
        return Err(io::Error::other("expected a regular file or a folder"));
    }
    for entry in std::fs::read_dir(path)? {
        let entry = entry?;
        let path = entry.path();
        // Links are not followed: they may lead anywhere.
        let kind = entry.file_type()?;
        let is_rule_file = path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml");
        if (kind.is_file() && is_rule_file) || (kind.is_dir() && depth < DEEPEST) {
            collect(&path, depth + 1, found)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_files_in_folders_are_read_in_order() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("deep")).unwrap();
        for name in ["b.yml", "a.yaml", "notes.txt", "deep/c.yaml"] {
            std::fs::write(folder.path().join(name), name).unwrap();
        }
        let files = read(&[folder.path().to_owned()]).unwrap();
        let texts: Vec<&str> = files.iter().map(|file| file.text.as_str()).collect();
        assert_eq!(texts, ["a.yaml", "b.yml", "deep/c.yaml"]);
    }

    #[test]
    fn every_path_without_rules_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let problems = read(&[folder.path().join("none.yaml"), folder.path().to_owned()]).unwrap_err();
        let messages: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
        assert_eq!(messages, ["no such file or folder", "there is no rule file in this folder"]);
    }
}
