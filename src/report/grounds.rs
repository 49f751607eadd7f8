use super::Say;
use super::json::Accepted;

/// On what grounds a finding is waived, in a line: the reason, who answers for it, until when, where that is written.
pub(super) fn told(accepted: &Accepted, say: Say<'_>) -> String {
    let Accepted { reason, approved_by, expires, waiver, .. } = accepted;
    let approved_by = approved_by.as_ref().map(|name| say.fill("waived.approved_by", &[("name", name)]));
    let expires = expires.map(|date| say.fill("waived.expires", &[("date", &date.to_string())]));
    let place = format!("{}:{}", waiver.path, waiver.at.line);
    let written = say.fill("waived.written", &[("place", &place)]);
    let details: Vec<String> = approved_by.into_iter().chain(expires).chain([written]).collect();
    let details = details.join(say.get("waived.separator"));
    say.fill("waived.told", &[("reason", reason), ("details", &details)])
}
