use super::{Cell, Layout, Paper, Part, Row};
use crate::report::Paint;
use crate::report::wrap::{pad, side_by_side, truncate, wrap};

/// Rows of a cell beyond these are left to the other formats.
const LINES: usize = 5;
const GAP: &str = "  ";
/// The widest a table gets, and the narrowest.
const WIDEST: usize = 200;
const NARROWEST: usize = 72;

/// The parts of a paper for a terminal of so many columns.
pub fn render(paper: &Paper, paint: Paint, columns: usize) -> String {
    let mut out = format!("{}\n", paint.bold(&paper.title));
    for fact in &paper.facts {
        out += &format!("{}{}{}\n", fact.name, paper.words.colon, fact.value);
    }
    for part in &paper.parts {
        out += &format!("\n{}\n", paint.bold(&part.title));
        if part.rows.is_empty() {
            out += &format!("{}\n", part.empty);
        } else {
            Grid::new(part, columns).render(paint, &mut out);
        }
    }
    out
}

struct Grid<'a> {
    part: &'a Part,
    /// The columns shown, with their widths.
    shown: Vec<(usize, usize)>,
}

impl<'a> Grid<'a> {
    fn new(part: &'a Part, columns: usize) -> Self {
        let printed: Vec<usize> = part.printed().iter().map(|printed| printed.column).collect();
        let room =
            columns.clamp(NARROWEST, WIDEST).saturating_sub(printed.len().saturating_sub(1) * GAP.len());
        let weight = |at: usize| usize::from(part.columns[at].width);
        let all: usize = printed.iter().map(|at| weight(*at)).sum::<usize>().max(1);
        let shown = printed.into_iter().map(|at| (at, (room * weight(at) / all).max(2))).collect();
        Self { part, shown }
    }

    fn render(&self, paint: Paint, out: &mut String) {
        let heads = self
            .shown
            .iter()
            .map(|(at, width)| pad(&truncate(&self.part.columns[*at].title, *width), *width));
        let heads = heads.collect::<Vec<_>>().join(GAP);
        *out += &format!("{}\n", paint.faint(heads.trim_end()));
        let mut title = String::new();
        for row in &self.part.rows {
            let of_row = self.part.title_of(row);
            if of_row != title && self.part.layout == Layout::Table {
                *out += &format!("{}\n", paint.bold(&of_row));
                title = of_row;
            }
            self.row(row, out);
        }
    }

    fn row(&self, row: &Row, out: &mut String) {
        let widths: Vec<usize> = self.shown.iter().map(|(_, width)| *width).collect();
        for line in 0..row.lines.len() {
            let cells = self.shown.iter().map(|(at, width)| {
                let repeated = line > 0 && *at < row.heads.len();
                let lines = row.cell(line, *at).filter(|_| !repeated).map(Cell::as_lines).unwrap_or_default();
                let mut wrapped: Vec<String> = lines.iter().flat_map(|line| wrap(line, *width)).collect();
                if wrapped.len() > LINES {
                    wrapped.truncate(LINES);
                    if let Some(last) = wrapped.last_mut() {
                        *last = truncate(&format!("{last}…"), *width);
                    }
                }
                wrapped
            });
            let cells: Vec<Vec<String>> = cells.collect();
            out.extend(side_by_side(&cells, &widths, GAP).map(|line| line.trim_end().to_owned() + "\n"));
        }
    }
}
