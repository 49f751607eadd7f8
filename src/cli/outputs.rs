//! Reports that go into files.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::ValueEnum;

use crate::knowledge::problem::Problem;
use crate::report::export::Format;

/// A report that goes into a file: `sarif=report.sarif`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Output {
    pub(super) format: Format,
    pub(super) path: PathBuf,
}

impl FromStr for Output {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, path) = text
            .split_once('=')
            .ok_or_else(|| format!("expected FORMAT=PATH, such as `sarif=report.sarif`, found `{text}`"))?;
        let format = Format::from_str(name, true).map_err(|_| {
            let names: Vec<String> = Format::value_variants()
                .iter()
                .filter_map(|format| Some(format.to_possible_value()?.get_name().to_owned()))
                .collect();
            format!("`{name}` is no format; there are {}", names.join(", "))
        })?;
        if path.is_empty() {
            return Err(format!("expected a path after `{name}=`"));
        }
        Ok(Self { format, path: path.into() })
    }
}

/// Writes a report into a file, in a folder of its own if there is none yet.
///
/// # Errors
/// When it cannot be written.
pub(super) fn write_report(path: &Path, report: impl AsRef<[u8]>) -> Result<(), Vec<Problem>> {
    let written = folder_of(path).and_then(|()| std::fs::write(path, report));
    written.map_err(|error| {
        vec![Problem::new(path.display().to_string(), format!("cannot be written: {error}"))]
    })
}

/// Makes the folder that a file is to be in, if there is none yet.
///
/// # Errors
/// When there can be none.
pub(super) fn folder_of(path: &Path) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.map_or(Ok(()), std::fs::create_dir_all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_output_is_a_format_and_a_path() {
        let output: Output = "sarif=out/a=b.sarif".parse().unwrap();
        assert_eq!(output, Output { format: Format::Sarif, path: "out/a=b.sarif".into() });
        for (wrong, why) in
            [("sarif", "FORMAT=PATH"), ("sarf=x", "there are text, short"), ("json=", "expected a path")]
        {
            let error = wrong.parse::<Output>().unwrap_err();
            assert!(error.contains(why), "{error}");
        }
    }
}
