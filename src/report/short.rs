//! One line a finding, for editors and `grep`.

use super::sanitise::one_line;
use super::wrap::truncate;
use super::{Located, Paint};

/// Columns of a message.
const MESSAGE_COLUMNS: usize = 220;

/// `path:line:column: severity rule message`, with a line end.
pub(super) fn line(finding: &Located, paint: Paint) -> String {
    let Located { path, at, severity, rule, message, .. } = finding;
    format!(
        "{}:{}:{}: {} {} {}\n",
        one_line(path),
        at.line,
        at.column,
        paint.severity(*severity, severity.name()),
        paint.bold(rule),
        truncate(&one_line(message), MESSAGE_COLUMNS),
    )
}

/// Renders findings.
pub fn render(findings: &[Located], paint: Paint) -> String {
    findings.iter().map(|finding| line(finding, paint)).collect()
}
