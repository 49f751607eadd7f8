//! What a paper rests on: files, rules, tool and day.

use super::{Fact, Say, hex};
use crate::knowledge::date::Date;
use crate::report::json::TOOL;
use crate::report::locate::Position;
use crate::source::Format;

/// How a paper came about.
#[derive(Clone, Debug)]
pub struct Provenance {
    pub date: Date,
    /// SHA-256 of the rules in force.
    pub rules: String,
    /// The files of the policy, the main text first.
    pub files: Vec<PolicyFile>,
}

/// A file of the policy a paper is about.
#[derive(Clone, Debug)]
pub struct PolicyFile {
    pub path: String,
    pub format: Format,
    /// SHA-256 of its bytes.
    pub digest: [u8; 32],
}

/// On longer lines the number of the line alone finds nothing.
const LONG_LINE: usize = 300;

impl Provenance {
    pub fn facts(&self, say: Say<'_>) -> Vec<Fact> {
        let file = |PolicyFile { path, digest, .. }: &PolicyFile| {
            let told = say.fill("paper.file_digest", &[("path", path), ("digest", &hex(digest))]);
            Fact::new(say.get("paper.policy"), told)
        };
        let made = [
            Fact::new(say.get("paper.date"), self.date.to_string()),
            Fact::new(say.get("paper.tool"), TOOL),
            Fact::new(say.get("paper.rules"), format!("SHA-256 {}", self.rules)),
        ];
        self.files.iter().map(file).chain(made).collect()
    }

    /// The path of the main text.
    pub fn subject(&self) -> &str {
        self.files.first().map_or("", |file| file.path.as_str())
    }

    /// Where in the policy something stands, as people look it up: the line (in Word the paragraph) and, in a
    /// long one, the column; the file where there are several.
    pub fn place(&self, say: Say<'_>, path: &str, at: Position) -> String {
        let word = self.files.iter().any(|file| file.path == path && file.format == Format::Word);
        let (line, column) = (at.line.to_string(), at.column.to_string());
        let name = match (word, at.column > LONG_LINE) {
            (true, _) => "paper.paragraph",
            (false, true) => "paper.column",
            (false, false) => "paper.line",
        };
        let told = say.fill(name, &[("line", &line), ("column", &column)]);
        if self.files.len() > 1 {
            return say.fill("paper.in_file", &[("path", path), ("place", &told)]);
        }
        told
    }
}
