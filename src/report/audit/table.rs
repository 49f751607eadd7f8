use super::{CheckRecord, EvidenceRecord, Reason, Totals, WaivedRecord};
use crate::knowledge::Knowledge;
use crate::report::Say;
use crate::report::grounds;
use crate::report::sanitise::one_line;
use crate::report::wrap::{pad, truncate, width, wrap};
use crate::report::{Language, Paint};
use crate::triage::Status;

const GAP: &str = "  ";
const MARK: usize = 2;
const LINE: usize = 5;
/// Rows of articles, and of words, that a requirement takes at most.
const ARTICLE_ROWS: usize = 3;
const WORD_ROWS: usize = 4;

/// The checklist of one policy in at most `columns` columns.
pub fn render(
    checks: &[CheckRecord],
    path: &str,
    knowledge: &Knowledge,
    language: Language,
    paint: Paint,
    columns: usize,
) -> String {
    let table = Table { knowledge, language, paint, columns: Columns::fit(columns) };
    let mut out = format!("{}\n", paint.bold(&one_line(path)));
    for group in checks.chunk_by(|a, b| a.group == b.group) {
        out += &table.head(group);
        for check in group {
            out += &table.row(check, path);
        }
    }
    out
}

struct Table<'a> {
    knowledge: &'a Knowledge,
    language: Language,
    paint: Paint,
    columns: Columns,
}

/// Widths of the requirement, the articles and the words.
struct Columns {
    demand: usize,
    law: usize,
    words: usize,
}

impl Columns {
    fn fit(total: usize) -> Self {
        let rest = total.clamp(72, 180) - MARK - LINE - 3 * GAP.len();
        let (demand, law) = (rest * 32 / 100, rest * 26 / 100);
        Self { demand, law, words: rest - demand - law }
    }
}

impl Table<'_> {
    /// The name of a subject and how it stands.
    fn head(&self, group: &[CheckRecord]) -> String {
        let Some(first) = group.first() else { return String::new() };
        let titled = self.knowledge.groups.iter().find(|known| known.id == first.group);
        let title = titled.map_or(first.group.as_str(), |known| known.title.get(self.language));
        let mut totals = Totals::default();
        totals.count(group);
        let heads = self.say().audit_columns();
        let heads = self.cells("", heads[0], heads[1], heads[2], heads[3]);
        format!(
            "\n{}{GAP}{}\n{}\n",
            self.paint.bold(&one_line(title)),
            self.paint.faint(&self.say().audit_counts(&totals)),
            self.paint.faint(heads.trim_end()),
        )
    }

    fn say(&self) -> Say<'_> {
        Say::new(&self.knowledge.messages, self.language)
    }

    fn row(&self, check: &CheckRecord, path: &str) -> String {
        let language = self.language;
        let titled = check.demands.as_ref().unwrap_or(&check.title).get(language);
        let mut demand = wrap(&one_line(titled), self.columns.demand);
        demand.extend(wrap(&check.rule, self.columns.demand));
        let mut law = Vec::new();
        for label in check.cites.iter().filter_map(|key| self.knowledge.laws.label(key, language)) {
            let lines = wrap(&one_line(&label), self.columns.law);
            if law.len() + lines.len() > ARTICLE_ROWS && !law.is_empty() {
                break;
            }
            law.extend(lines);
        }
        let (line, words) = self.answer(check, path);
        let mut words = wrap(&words, self.columns.words);
        if words.len() > WORD_ROWS {
            words.truncate(WORD_ROWS);
            if let Some(last) = words.last_mut() {
                *last = truncate(&format!("{last} …"), self.columns.words);
            }
        }
        let mut out = String::new();
        for index in 0..demand.len().max(law.len()).max(words.len()) {
            let cell = |lines: &[String]| lines.get(index).cloned().unwrap_or_default();
            let (mark, line) = if index == 0 { (mark(check.status), line.as_str()) } else { ("", "") };
            let text = self.cells(mark, &cell(&demand), &cell(&law), line, &cell(&words));
            out += &self.painted(check.status, index, text.trim_end());
            out.push('\n');
        }
        out
    }

    fn cells(&self, mark: &str, demand: &str, law: &str, line: &str, words: &str) -> String {
        let Columns { demand: demands, law: laws, .. } = self.columns;
        format!(
            "{}{}{GAP}{}{GAP}{}{GAP}{words}",
            pad(mark, MARK),
            pad(demand, demands),
            pad(law, laws),
            pad(line, LINE),
        )
    }

    /// The mark in its colour; what does not apply is faint as a whole.
    fn painted(&self, status: Status, index: usize, text: &str) -> String {
        match (status, index, text.split_once(' ')) {
            (Status::NotApplicable, ..) => self.paint.faint(text),
            (Status::Met, 0, Some((mark, rest))) => format!("{} {rest}", self.paint.good(mark)),
            (Status::Broken, 0, Some((mark, rest))) => format!("{} {rest}", self.paint.bad(mark)),
            _ => text.to_owned(),
        }
    }

    /// Where the policy answers a requirement, and what it says there.
    fn answer(&self, check: &CheckRecord, path: &str) -> (String, String) {
        let reason = unjudged(check, self.knowledge, self.say());
        let Some((first, others)) = check.evidence.split_first() else {
            return (String::new(), reason.unwrap_or_else(|| self.say().nothing_wrong().to_owned()));
        };
        let words = self.excerpt(first);
        let mut text = match (&check.message, reason) {
            (Some(message), _) => waived(check, self.say()).map_or_else(
                || one_line(message),
                |grounds| match check.status {
                    Status::Waived => format!("{} {}", one_line(&grounds), one_line(message)),
                    _ => format!("{} {}", one_line(message), one_line(&grounds)),
                },
            ),
            (None, Some(reason)) => format!("{reason} {words}"),
            (None, None) => words,
        };
        let place = |words: &EvidenceRecord| {
            let line = words.at.line.to_string();
            if words.path == path { line } else { format!("{}:{line}", one_line(&words.path)) }
        };
        let mut places: Vec<String> = Vec::new();
        for words in others {
            let place = place(words);
            if !places.contains(&place) && (words.path != first.path || words.at.line != first.at.line) {
                places.push(place);
            }
        }
        if first.path != path {
            text = format!("{}: {text}", one_line(&first.path));
        }
        if !places.is_empty() {
            text += &self.say().see_also(&places);
        }
        (first.at.line.to_string(), text)
    }

    /// The sentence, or the part of it around the words that fits.
    fn excerpt(&self, words: &EvidenceRecord) -> String {
        let room = self.columns.words * (WORD_ROWS - 1);
        let sentence = one_line(&words.sentence);
        if width(&sentence) <= room {
            return sentence;
        }
        let (before, rest) =
            match (words.sentence.get(..words.within.start), words.sentence.get(words.within.start..)) {
                (Some(before), Some(rest)) => (one_line(before), one_line(rest)),
                _ => (String::new(), sentence),
            };
        // A third of the room for what stands before the words, from the nearest clause on.
        let tail = last_columns(&before, room / 3);
        let lead = if tail.len() < before.len() { "…" } else { "" };
        let text = format!("{lead}{tail}{rest}");
        truncate(&text, room)
    }
}

/// On what grounds all or part of what breaks a requirement is waived, if any is.
pub(in crate::report) fn waived(check: &CheckRecord, say: Say<'_>) -> Option<String> {
    let told = |waived: &WaivedRecord| {
        let told = grounds::told(&waived.grounds, say);
        match check.status {
            Status::Waived => told,
            _ => {
                let count = waived.evidence.len().to_string();
                say.fill("waived.partly", &[("count", &count), ("told", &told)])
            }
        }
    };
    let told: Vec<String> = check.waived.iter().map(told).collect();
    (!told.is_empty()).then(|| told.join(say.get("waived.separator")))
}

/// Why a requirement was not judged, if it was not.
pub(super) fn unjudged(check: &CheckRecord, knowledge: &Knowledge, say: Say<'_>) -> Option<String> {
    let reason = check.reason?;
    if reason != Reason::Facts {
        return Some(say.not_judged(reason).to_owned());
    }
    let facts = knowledge.grammar.facts.iter().filter(|fact| check.facts.contains(&fact.id));
    let titles: Vec<&str> = facts.map(|fact| fact.title.get(say.language)).collect();
    Some(say.fact_missing(&titles))
}

fn mark(status: Status) -> &'static str {
    match status {
        Status::Met => "✓",
        Status::Broken => "✗",
        Status::Waived => "○",
        Status::NotApplicable => "–",
    }
}

/// The end of `text`, from a clause on if one begins there.
fn last_columns(text: &str, columns: usize) -> &str {
    let mut start = text.len();
    for (at, _) in text.char_indices().rev() {
        if width(&text[at..]) > columns {
            break;
        }
        start = at;
    }
    let tail = &text[start..];
    if start == 0 {
        return tail;
    }
    match tail.char_indices().find(|(_, c)| "，；：、".contains(*c)) {
        Some((at, c)) if at + c.len_utf8() < tail.len() => &tail[at + c.len_utf8()..],
        _ => tail,
    }
}
