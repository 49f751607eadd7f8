//! What every target asks of the linter.

use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::SystemTime;

use policy_lint::config::Config;
use policy_lint::knowledge::kinds::Language;
use policy_lint::report::annotate::{Hand, annotate};
use policy_lint::report::{Lines, Located, Say, locate};
use policy_lint::run::{Engine, Settings, Wishes, lint_policy};
use policy_lint::source::{self, Format, Source};

/// The linter with the rules that ship, and the settings of a project without a config.
fn linter() -> &'static (Engine, Settings) {
    static LINTER: OnceLock<(Engine, Settings)> = OnceLock::new();
    LINTER.get_or_init(|| {
        let engine = Engine::load(&[]).expect("the rules that ship are valid");
        let here = PathBuf::from("/");
        let config = Config::without_file(&here);
        let settings = Settings::new(&config, &Wishes::default(), engine.rules(), &[here.as_path()]);
        (engine, settings)
    })
}

/// Lints bytes in a format that is known or recognised: findings have to lie in the text, on the boundaries of
/// characters.
pub fn lint(bytes: &[u8], format: Option<Format>) {
    if let Ok(source) = source::open("policy", bytes.to_vec(), format) {
        findings(source);
    }
}

/// Lints a Word file, and writes the findings into a copy of it, which has to say the same.
pub fn lint_word(bytes: Vec<u8>) {
    let Ok(source) = source::open("policy", bytes, Some(Format::Word)) else { return };
    let (text, word) = (source.text.clone(), source.word.clone());
    let found = findings(source);
    let Some(word) = word else { return };
    let engine = &linter().0;
    let say = Say::new(&engine.knowledge().messages, Language::Zh);
    let hand = Hand { say, laws: engine.laws(), written: SystemTime::UNIX_EPOCH };
    let Ok(copy) = annotate(&word, &text, &found, hand) else { return };
    match source::open("copy", copy.bytes, Some(Format::Word)) {
        Ok(again) => assert_eq!(again.text, text),
        Err(error) => panic!("the copy cannot be read: {error}"),
    }
}

fn findings(source: Source) -> Vec<Located> {
    let (engine, settings) = linter();
    let linted = lint_policy(engine, vec![source], settings);
    let Some(file) = linted.files.first() else { return Vec::new() };
    let text = &file.source.text;
    let lines = Lines::of(text);
    let mut all = Vec::new();
    for finding in linted.findings {
        let found = locate(finding, &file.source, &file.document, &lines);
        let places = std::iter::once(found.at).chain(found.labels.iter().map(|label| label.at));
        for place in places {
            assert!(text.get(place.range()).is_some(), "{place:?} of {}", text.len());
            assert!(place.line >= 1 && place.column >= 1, "{place:?}");
        }
        all.push(found);
    }
    all
}
