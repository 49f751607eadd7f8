//! How much of what people mark is found in the same text without the marks.
//!
//! The policies of `tests/gold` are marked completely. Their brackets are taken out, the raw text goes
//! through the linter like any other, and what it finds is compared with the marks: a span counts when
//! it and a mark of its role share at least half of the longer of the two.
//!
//! `cargo test gold -- --nocapture` shows the figures; with `GOLD_VERBOSE=1` also every mark that was
//! missed and every span that is superfluous.

mod found;
mod marked;
mod score;

use std::path::{Path, PathBuf};

use policy_lint::run::Engine;

use found::Found;
use marked::{Marked, Role};
use score::Score;

/// F1 must not fall below these. Raise them when the reading gets better. Conditions have no bracket of
/// their own and are only shown.
const FLOORS: [(Role, f64); 4] =
    [(Role::Data, 0.82), (Role::Action, 0.76), (Role::Purpose, 0.88), (Role::Actor, 0.79)];

/// The share of the data found that must be tied to the purpose of its sentence.
const TIED_FLOOR: f64 = 0.87;

/// The same for the seeds. They were marked loosely, so it is recall that must not fall.
const SEED_FLOORS: [(Role, f64); 4] =
    [(Role::Data, 0.88), (Role::Action, 0.91), (Role::Purpose, 0.90), (Role::Actor, 0.85)];

fn score(title: &str, engine: &Engine, policies: &[Marked]) -> Score {
    let mut score = Score::default();
    for policy in policies {
        score.add(policy, &Found::read(engine, policy));
    }
    if std::env::var_os("GOLD_VERBOSE").is_some() {
        eprintln!("{}", score.details);
    }
    eprintln!("\n{title}: {} policies\n{}", policies.len(), score.table());
    score
}

fn read(engine: &Engine, path: &Path) -> Marked {
    let name = path.file_name().unwrap().to_str().unwrap();
    Marked::read(engine, name, &std::fs::read_to_string(path).unwrap())
}

/// The files in a folder, or `None` where there is no such folder.
fn files(folder: &str) -> Option<Vec<PathBuf>> {
    let entries = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).ok()?;
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    Some(paths)
}

#[test]
fn gold_policies_are_read_as_well_as_before() {
    let engine = Engine::load(&[]).unwrap();
    let policies: Vec<Marked> = files("tests/gold").unwrap().iter().map(|path| read(&engine, path)).collect();
    for policy in &policies {
        assert_eq!(policy.slips, [""; 0]);
    }
    let score = score("gold", &engine, &policies);
    for (role, floor) in FLOORS {
        let f1 = score.count(role).f1();
        assert!(f1 >= floor, "{}: F1 {f1:.3} is below {floor}", role.name());
    }
    assert!(score.tied() >= TIED_FLOOR, "{:.3} of the data is tied to its purpose", score.tied());
}

#[test]
fn seeds_without_their_marks_are_read_as_well_as_before() {
    let Some(mut paths) = files("../shared/seeds") else {
        eprintln!("skipped: the seed documents are not here");
        return;
    };
    // The others are not marked.
    paths.retain(|path| {
        let name = path.file_name().unwrap().to_string_lossy();
        ["000", "001", "004"].iter().any(|number| name.starts_with(number))
    });
    let engine = Engine::load(&[]).unwrap();
    let policies: Vec<Marked> = paths.iter().map(|path| read(&engine, path)).collect();
    let score = score("seeds", &engine, &policies);
    for (role, floor) in SEED_FLOORS {
        let recall = score.count(role).recall();
        assert!(recall >= floor, "{}: recall {recall:.3} is below {floor}", role.name());
    }
}
