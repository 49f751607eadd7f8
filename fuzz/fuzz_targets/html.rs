#![no_main]

use libfuzzer_sys::fuzz_target;
use policy_lint::source::Format;

fuzz_target!(|bytes: &[u8]| policy_lint_fuzz::lint(bytes, Some(Format::Html)));
