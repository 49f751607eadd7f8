use super::{DocumentRecord, PartRecord, PracticeRecord};
use crate::report::sanitise::one_line;
use crate::report::wrap::{pad, side_by_side, width, wrap};
use crate::report::{Paint, Say};

/// Parts of a cell beyond these are left to the JSON.
const LINES: usize = 6;
const GAP: &str = "  ";

/// The practices of one file, section by section, in at most `columns` columns.
pub fn render(document: &DocumentRecord, say: Say<'_>, paint: Paint, columns: usize) -> String {
    let mut out = format!("{}\n", paint.bold(&one_line(&document.path)));
    let columns = Columns::fit(say, columns);
    let mut section: Option<&[String]> = None;
    for practice in &document.practices {
        if section != Some(&practice.section) {
            section = Some(&practice.section);
            let path =
                practice.section.iter().map(|heading| one_line(heading)).collect::<Vec<_>>().join(" › ");
            out.push('\n');
            for line in wrap(&path, columns.total()) {
                if !line.is_empty() {
                    out += &format!("{}\n", paint.bold(&line));
                }
            }
            out += &paint.faint(&columns.head(say));
            out.push('\n');
        }
        out += &columns.row(&cells(practice, say));
    }
    let items: usize = document.practices.iter().map(|practice| practice.data.len()).sum();
    let sensitive =
        document.practices.iter().flat_map(|practice| &practice.data).filter(|item| item.sensitive).count();
    out += &format!("\n{}\n", say.practices_found(document.practices.len(), items, sensitive));
    out
}

type Cells = [String; 7];

fn cells(practice: &PracticeRecord, say: Say<'_>) -> Cells {
    let list = |parts: &[PartRecord]| {
        let mut seen: Vec<String> = Vec::new();
        for part in parts {
            let text = one_line(part.text.trim());
            if !seen.contains(&text) {
                seen.push(text);
            }
        }
        seen.join("\n")
    };
    let data = practice
        .data
        .iter()
        .map(|item| format!("{}{}", if item.sensitive { "★" } else { "" }, one_line(item.words.text.trim())))
        .collect::<Vec<_>>()
        .join("、");
    let action = practice.action.as_ref().map(|action| say.action(action.kind)).unwrap_or("—");
    let action = if practice.negated { say.not_done(action) } else { action.to_owned() };
    [
        data,
        action,
        list(&practice.purposes),
        list(&practice.conditions),
        list(&practice.recipients),
        list(&practice.refusals),
        practice.line.to_string(),
    ]
}

/// Widths of the columns.
struct Columns([usize; 7]);

impl Columns {
    fn fit(say: Say<'_>, total: usize) -> Self {
        const ACTION: usize = 10;
        const LINE: usize = 5;
        let heads = say.practice_columns();
        let action = ACTION.max(width(heads[1]));
        let rest = total.clamp(60, 200).saturating_sub(action + LINE + 6 * GAP.len());
        let share = |part: usize| rest * part / 100;
        Self([share(28), action, share(26), share(18), share(13), share(15), LINE])
    }

    fn total(&self) -> usize {
        self.0.iter().sum::<usize>() + 6 * GAP.len()
    }

    fn head(&self, say: Say<'_>) -> String {
        let cells: Vec<String> =
            self.0.iter().zip(say.practice_columns()).map(|(columns, head)| pad(head, *columns)).collect();
        cells.join(GAP).trim_end().to_owned()
    }

    fn row(&self, cells: &Cells) -> String {
        let wrapped: Vec<Vec<String>> = cells
            .iter()
            .zip(self.0)
            .map(|(cell, columns)| {
                let mut lines = wrap(cell, columns);
                if lines.len() > LINES {
                    lines.truncate(LINES);
                    if let Some(last) = lines.last_mut() {
                        *last = format!("{last}…");
                    }
                }
                lines
            })
            .collect();
        side_by_side(&wrapped, &self.0, GAP).map(|line| line + "\n").collect()
    }
}
