//! What every target asks of the linter.

use std::path::PathBuf;
use std::sync::OnceLock;

use policy_lint::config::Config;
use policy_lint::report::{Lines, locate};
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
    let Ok(source) = source::open("policy", bytes.to_vec(), format) else { return };
    check(source);
}

fn check(source: Source) {
    let (engine, settings) = linter();
    let linted = lint_policy(engine, vec![source], settings);
    let Some(file) = linted.files.first() else { return };
    let text = &file.source.text;
    let lines = Lines::of(text);
    for finding in linted.findings {
        let found = locate(finding, &file.source, &file.document, &lines);
        let places = std::iter::once(found.at).chain(found.labels.iter().map(|label| label.at));
        for place in places {
            assert!(text.get(place.range()).is_some(), "{place:?} of {}", text.len());
            assert!(place.line >= 1 && place.column >= 1, "{place:?}");
        }
    }
}
