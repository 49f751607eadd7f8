//! The documents the product was conceived from. They are not part of the repository: where they are
//! not at hand, the tests say that they skip.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use policy_lint::document::Bracket;
use policy_lint::findings::Analysis;
use policy_lint::run::{Engine, Settings};
use policy_lint::source;
use policy_lint::span::Span;

fn seeds() -> Option<Vec<PathBuf>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let Ok(entries) = std::fs::read_dir(folder) else {
        eprintln!("skipped: the seed documents are not here");
        return None;
    };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    Some(paths)
}

fn read(engine: &Engine, path: &Path) -> Analysis {
    let bytes = source::read(path).unwrap();
    let source = source::open(&path.display().to_string(), bytes, None).unwrap();
    engine.read(source, &Settings::default())
}

/// Every mark that a person set arrives in a practice, at the right bytes.
#[test]
fn every_hand_set_mark_arrives_in_a_practice() {
    let Some(paths) = seeds() else { return };
    let engine = Engine::load(&[]).unwrap();
    let mut arrived = [0; 4];
    for path in [&paths[0], &paths[1], &paths[4]] {
        let analysis = read(&engine, path);
        let mut spans: [BTreeSet<Span>; 4] = Default::default();
        for practice in &analysis.practices {
            spans[0].extend(practice.data.iter().map(|item| item.span));
            spans[1].extend(practice.parts.iter().map(|part| part.span));
            spans[2].extend(practice.action.iter().map(|action| action.span));
            spans[3].extend(practice.actor.iter().filter(|actor| !actor.inherited).map(|actor| actor.span));
        }
        for mark in &analysis.document.annotations {
            let role = match mark.kind {
                Bracket::Data => 0,
                Bracket::Purpose => 1,
                Bracket::Action => 2,
                Bracket::Actor => 3,
                Bracket::Group => continue,
            };
            let words = analysis.document.text(mark.span);
            assert!(spans[role].contains(&mark.span), "{}: {:?} “{words}”", path.display(), mark.kind);
            let file = analysis.document.prose.to_file(mark.span);
            let original = &analysis.source.text[file.range()];
            let inner: String = original.chars().filter(|c| !"()[]<>{}".contains(*c)).collect();
            let words: String = words.chars().filter(|c| !"()[]<>{}".contains(*c)).collect();
            assert_eq!(
                inner.split_whitespace().collect::<String>(),
                words.split_whitespace().collect::<String>()
            );
            arrived[role] += 1;
        }
    }
    // The unclosed action and the actor of mixed width come on top of 55 and 38.
    assert_eq!(arrived, [223, 49, 56, 39]);
}

/// What the catalogue of requirements names as violations in the seeds is found in them.
#[test]
fn known_violations_are_found() {
    let Some(paths) = seeds() else { return };
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_policy-lint"))
        .args(["check", "--format", "json", "--no-config"])
        .args(&paths)
        .output()
        .unwrap();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let found: BTreeSet<(usize, &str)> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            let path = finding["path"].as_str().unwrap();
            let number = paths.iter().position(|seed| seed.display().to_string() == path).unwrap();
            (number, finding["rule"].as_str().unwrap())
        })
        .collect();
    for (seed, rule) in [
        (0, "face-service-improvement-purpose"),
        (0, "face-alternative-missing"),
        (0, "sensitive-purpose-missing"),
        (1, "unlimited-purpose"),
        (1, "pi-definition-narrowing"),
        (1, "open-ended-purpose"),
        (2, "continued-use-is-acceptance"),
        (2, "deemed-consent-by-use"),
        (2, "liability-exclusion"),
        (2, "final-interpretation-right"),
        (4, "share-recipient-missing"),
        (4, "vague-data-item"),
        (4, "contradiction-sharing"),
    ] {
        assert!(found.contains(&(seed, rule)), "{rule} in seed {seed}");
    }
    // A chapter of a policy is never told what is missing from the whole.
    for (seed, rule) in &found {
        assert!(!([0, 1, 4].contains(seed) && rule.starts_with("right-")), "{rule} in fragment {seed}");
    }
}
