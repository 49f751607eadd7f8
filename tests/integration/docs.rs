//! Whether what is written about the rules is what they say. `UPDATE_DOCS=1 cargo test docs -- --ignored`
//! writes it anew. Ignored by default, so that a rule can be worked on without; `.ci/run` asks for it.

use policy_lint::builtin;
use policy_lint::report::docs::{pages, tables, tallies};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const BEGIN: &str = "<!-- table -->\n";
const END: &str = "<!-- /table -->\n";

/// What every file has to hold, and the files that have to go.
fn wanted(root: &Path) -> (BTreeMap<PathBuf, String>, Vec<PathBuf>) {
    let knowledge = builtin::knowledge().expect("the built-in rules");
    let folder = root.join("docs/rules");
    let mut files: BTreeMap<PathBuf, String> =
        pages(&knowledge).into_iter().map(|page| (folder.join(page.name), page.text)).collect();

    let readme = root.join("rules/README.md");
    let text = fs::read_to_string(&readme).expect("rules/README.md");
    let tallied = fs::read_to_string(root.join("rules/tally.tsv")).ok().map(|text| tallies(&text));
    let begin = text.find(BEGIN).expect("where the tables begin") + BEGIN.len();
    let end = text.find(END).expect("where the tables end");
    let table = tables(&knowledge, "../docs/rules/", tallied.as_ref());
    files.insert(readme, format!("{}{table}\n{}", &text[..begin], &text[end..]));

    let there = fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let stale = there.filter(|path| path.extension().is_some_and(|ending| ending == "md"));
    let stale = stale.filter(|path| !files.contains_key(path)).collect();
    (files, stale)
}

#[test]
#[ignore = "part of .ci/run"]
fn the_documentation_of_the_rules_is_current() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (files, stale) = wanted(root);
    let differs = |path: &Path, text: &str| {
        fs::read_to_string(path).map_or(true, |there| there.replace("\r\n", "\n") != text)
    };
    let changed = files.iter().filter(|(path, text)| differs(path, text));
    if std::env::var_os("UPDATE_DOCS").is_some() {
        for (path, text) in changed {
            fs::create_dir_all(path.parent().expect("a folder")).expect("can create folders");
            fs::write(path, text).expect("can write");
        }
        for path in stale {
            fs::remove_file(path).expect("can remove");
        }
        return;
    }
    let mut wrong: Vec<&PathBuf> = changed.map(|(path, _)| path).chain(&stale).collect();
    wrong.truncate(10);
    assert!(
        wrong.is_empty(),
        "out of date; `UPDATE_DOCS=1 cargo test docs -- --ignored` writes it anew: {wrong:#?}"
    );
}
