#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use policy_lint::config::Config;

// A config is understood or refused, with every mistake inside the file.
fuzz_target!(|text: &str| {
    if let Err(problems) = Config::parse("policy-lint.yaml", Path::new("/project"), text) {
        assert!(!problems.is_empty());
        for span in problems.into_iter().filter_map(|problem| problem.span) {
            assert!(text.get(span.clone()).is_some(), "{span:?} of {}", text.len());
        }
    }
});
