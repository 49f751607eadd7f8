//! One JSON object a line, each a finding as `--format json` has it.

use super::Run;

pub(super) fn render(run: &Run<'_>) -> String {
    let mut out = String::new();
    for finding in run.findings {
        out += &serde_json::to_string(finding).unwrap_or_default();
        out.push('\n');
    }
    out
}
