#![no_main]

use libfuzzer_sys::fuzz_target;
use policy_lint::builtin;
use policy_lint::knowledge::compile::{RuleFile, compile};

// A rule file is compiled or refused, with every mistake inside the file.
fuzz_target!(|text: &str| {
    let base = builtin::knowledge().expect("the rules that ship are valid");
    let files = [RuleFile { name: "rules.yaml".to_owned(), text: text.to_owned() }];
    if let Err(problems) = compile(base, &files) {
        assert!(!problems.is_empty());
        for span in problems.into_iter().filter_map(|problem| problem.span) {
            assert!(text.get(span.clone()).is_some(), "{span:?} of {}", text.len());
        }
    }
});
