//! The `regex` crate is what rule authors know: whatever it matches is what has to be matched here.

use super::{Expressions, Needs};
use proptest::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};

fn matches(source: &str, text: &str) -> Vec<(usize, usize)> {
    matches_from(source, text, &[(0, text.len())])
}

fn matches_from(source: &str, text: &str, windows: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut expressions = Expressions::default();
    let hir = regex_syntax::parse(source).unwrap();
    let id = expressions.add(&hir, Needs::default()).unwrap();
    let mut found = Vec::new();
    expressions.get(id).each(text, windows, |hit| {
        found.push((hit.start, hit.end));
        true
    });
    found
}

fn expected(source: &str, text: &str) -> Vec<(usize, usize)> {
    let regex = regex::Regex::new(source).unwrap();
    regex.find_iter(text).map(|hit| (hit.start(), hit.end())).collect()
}

fn yaml_below(folder: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { yaml_below(&path) } else { vec![path] }).collect()
}

#[test]
fn every_expression_that_ships_matches_what_it_should() {
    let files = yaml_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("rules"));
    let files: Vec<String> = files.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    // The examples are among the lines, and so are the phrases that expressions look for.
    let texts: Vec<&str> = files.iter().flat_map(|file| file.lines()).step_by(19).collect();
    let mut sources: Vec<&str> = files
        .iter()
        .flat_map(|file| file.split("'re:").skip(1))
        .filter_map(|rest| rest.split('\'').next())
        .collect();
    sources.sort_unstable();
    sources.dedup();
    assert!(sources.len() > 100 && texts.len() > 500);
    let mut expressions = Expressions::default();
    for source in sources {
        let regex = regex::Regex::new(source).unwrap();
        let id = expressions.add(&regex_syntax::parse(source).unwrap(), Needs::default()).unwrap();
        let expression = expressions.get(id);
        for text in &texts {
            let mut expected = regex.find_iter(text).map(|hit| hit.range());
            expression.each(text, &[(0, text.len())], |hit| {
                assert_eq!(Some(hit), expected.next(), "{source} in {text}");
                true
            });
            assert_eq!(None, expected.next(), "{source} in {text}");
        }
    }
}

/// Expressions over three letters, so that they often match.
fn sources() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec!["a", "b", "您", "ab", "[ab]", "[^a]", ".", "^", "$", "(?i)A"]);
    leaf.prop_map(str::to_owned).prop_recursive(4, 24, 3, |inner| {
        let times =
            prop::sample::select(vec!["*", "+", "?", "{0,2}", "{1,3}", "{2}", "*?", "+?", "??", "{0,2}?"]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| parts.concat()),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| format!("(?:{})", parts.join("|"))),
            (inner, times).prop_map(|(inner, times)| format!("(?:{inner}){times}")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_expression_matches_what_the_regex_crate_does(source in sources(), text in "[abA您]{0,9}") {
        prop_assert_eq!(matches(&source, &text), expected(&source, &text));
    }

    #[test]
    fn nothing_is_missed_in_windows_around_the_matches(
        source in sources(), text in "[abA您]{0,9}", before in 0..3usize
    ) {
        let expected = expected(&source, &text);
        let mut windows: Vec<(usize, usize)> = Vec::new();
        for (start, _) in &expected {
            let first = start.saturating_sub(before);
            match windows.last_mut() {
                Some((_, end)) if first <= *end + 1 => *end = *start,
                _ => windows.push((first, *start)),
            }
        }
        prop_assert_eq!(matches_from(&source, &text, &windows), expected);
    }
}

#[test]
fn words_that_go_before_are_preferred_not_longer_ones() {
    assert_eq!(matches("(收集|收集您的)(信息)?", "收集您的信息"), [(0, 6)]);
    assert_eq!(matches("(收集|收集您的)信息", "收集您的信息"), [(0, 18)]);
}

#[test]
fn a_loop_goes_on_when_a_part_of_it_matched_nothing() {
    assert_eq!(matches("(?:您|a*|A)+", "aA"), [(0, 2)]);
}

#[test]
fn ways_that_fail_do_not_multiply() {
    let text = "a".repeat(4000);
    assert_eq!(matches("(?:a|a)*(?:a|a)*b", &text), []);
    assert_eq!(matches("(?:a*)*您", &text), []);
}

#[test]
fn huge_expressions_are_refused() {
    let add = |source| Expressions::default().add(&regex_syntax::parse(source).unwrap(), Needs::default());
    assert!(add("(?:(?:a{10}){10}b{9}){10}(?:[一-龥]{10}){10}").is_ok());
    assert!(add("(?:x{1000}y){1000}").unwrap_err().contains("size"));
}
