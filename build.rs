//! Compiles `rules/` into the form the binary carries, and refuses to build with a mistake in it.

// The same code compiles the files of `--rules`; parts of it serve only the linter.
#[allow(dead_code, unreachable_pub)]
#[path = "src/knowledge/mod.rs"]
mod knowledge;

use knowledge::compile::{RuleFile, compile};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=src/knowledge");
    let mut paths = Vec::new();
    collect(Path::new("rules"), &mut paths)?;
    paths.sort();
    let mut files = Vec::new();
    for path in &paths {
        let name = path.to_string_lossy().replace('\\', "/");
        files.push(RuleFile { name, text: fs::read_to_string(path)? });
    }
    let knowledge = match compile(knowledge::Knowledge::default(), &files) {
        Ok(knowledge) => knowledge,
        Err(problems) => {
            for problem in &problems {
                let text = files.iter().find(|file| file.name == problem.file).map_or("", |file| &file.text);
                let start = problem.span.as_ref().map_or(0, |span| span.start.min(text.len()));
                let line = text.as_bytes()[..start].iter().filter(|byte| **byte == b'\n').count() + 1;
                let help = problem.help.as_deref().unwrap_or_default();
                println!(
                    "cargo::error={}:{line}: {} {help}",
                    problem.file,
                    problem.message.replace('\n', " ")
                );
            }
            return Err(format!("{} mistakes in rules/", problems.len()).into());
        }
    };
    let stored = knowledge.store()?;
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
    fs::write(out.join("parts.bin"), stored.parts)?;
    fs::write(out.join("literals.bin"), stored.literals)?;
    fs::write(out.join("spellings.bin"), stored.spellings)?;
    Ok(())
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, paths)?;
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            paths.push(path);
        }
    }
    Ok(())
}
