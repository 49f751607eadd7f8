use super::record::{MarkRecord, MarkedDocument};
use crate::report::sanitise::one_line;
use crate::report::wrap::{side_by_side, truncate, width, wrap};
use crate::report::{Paint, Say};

const GAP: &str = "  ";

/// The marks of one file, sentence by sentence, in at most `columns` columns.
pub fn render(document: &MarkedDocument, say: Say<'_>, paint: Paint, columns: usize) -> String {
    let mut out = format!("{}\n", paint.bold(&one_line(&document.path)));
    let marks = || document.sentences.iter().flat_map(|sentence| &sentence.marks);
    let columns = Columns::fit(marks(), say, columns);
    for sentence in &document.sentences {
        let text = truncate(&one_line(&sentence.text), columns.total());
        out += &format!("\n{text}\n");
        for mark in &sentence.marks {
            out += &columns.row(mark, say, paint);
        }
    }
    let used = marks().filter(|mark| mark.used).count();
    out += &format!("\n{}\n", say.marks_found(marks().count(), used));
    out
}

/// Widths of place, role, words and maker.
struct Columns([usize; 4]);

impl Columns {
    fn fit<'m>(marks: impl Iterator<Item = &'m MarkRecord>, say: Say<'_>, total: usize) -> Self {
        let (mut places, mut roles) = (0, 0);
        for mark in marks {
            places = places.max(place(mark).len());
            roles = roles.max(width(say.role(mark.role)));
        }
        let rest = total.clamp(60, 200).saturating_sub(places + roles + 3 * GAP.len());
        let words = rest * 2 / 5;
        Self([places, roles, words, rest - words])
    }

    fn total(&self) -> usize {
        self.0.iter().sum::<usize>() + 3 * GAP.len()
    }

    fn row(&self, mark: &MarkRecord, say: Say<'_>, paint: Paint) -> String {
        let mut made_by = one_line(&say.made_by(&mark.by));
        if !mark.used {
            made_by = format!("{made_by} {}", say.unused());
        }
        let cells = [
            place(mark),
            say.role(mark.role).to_owned(),
            format!("“{}”", one_line(mark.text.trim())),
            made_by,
        ];
        let wrapped: Vec<Vec<String>> =
            cells.iter().zip(self.0).map(|(cell, columns)| wrap(cell, columns)).collect();
        let lines = side_by_side(&wrapped, &self.0, GAP);
        lines.map(|line| if mark.used { line } else { paint.faint(&line) } + "\n").collect()
    }
}

fn place(mark: &MarkRecord) -> String {
    format!("{}:{}", mark.at.line, mark.at.column)
}
