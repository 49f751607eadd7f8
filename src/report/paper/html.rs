use askama::Template;

use super::{Cell, Layout, Paper, Part, Row, Tone};
use crate::report::page::Head;

const STYLE: &str = include_str!("paper.css");

/// The paper as one page that needs no network, and prints on A4.
///
/// # Errors
/// When the template cannot be filled, which only a broken build brings about.
pub fn render(paper: &Paper) -> Result<String, askama::Error> {
    let parts = paper.parts.iter().map(|part| Shown::new(part, &paper.words.colon)).collect();
    let head = Head::new(paper.language, &paper.title, STYLE);
    Page { paper, parts, head }.render()
}

#[derive(Template)]
#[template(path = "paper.html", config = "src/report/askama.toml")]
struct Page<'a> {
    paper: &'a Paper,
    parts: Vec<Shown<'a>>,
    head: Head,
}

/// A part as it is set.
struct Shown<'a> {
    part: &'a Part,
    cards: bool,
    heads: Vec<ColumnHead<'a>>,
    groups: Vec<Group<'a>>,
}

struct ColumnHead<'a> {
    title: &'a str,
    /// Its share of the width, in percent.
    share: usize,
}

/// Rows under one title.
struct Group<'a> {
    title: String,
    rows: Vec<ShownRow<'a>>,
}

struct ShownRow<'a> {
    tone: &'static str,
    /// How many lines the cells of the whole row span.
    span: usize,
    lines: Vec<Vec<ShownCell<'a>>>,
}

struct ShownCell<'a> {
    title: &'a str,
    /// It spans all lines of the row.
    whole: bool,
    lines: &'a [String],
    below: Vec<(String, &'a [String])>,
}

impl<'a> Shown<'a> {
    fn new(part: &'a Part, colon: &str) -> Self {
        let printed = part.printed();
        let width = |column: &super::Printed| {
            let own = usize::from(part.columns[column.column].width);
            let below = column.below.iter().map(|at| usize::from(part.columns[*at].width));
            own.max(below.max().unwrap_or(0).min(2 * own))
        };
        let all = printed.iter().map(width).sum::<usize>().max(1);
        let heads = printed
            .iter()
            .map(|column| ColumnHead {
                title: part.columns[column.column].title.as_str(),
                share: (width(column) * 100 / all).clamp(2, 60),
            })
            .collect();
        let mut groups: Vec<Group<'a>> = Vec::new();
        for row in &part.rows {
            let title = part.title_of(row);
            let row = ShownRow::new(part, row, colon);
            match groups.last_mut().filter(|group| group.title == title) {
                Some(group) => group.rows.push(row),
                None => groups.push(Group { title, rows: vec![row] }),
            }
        }
        Self { part, cards: part.layout == Layout::Cards, heads, groups }
    }
}

impl<'a> ShownRow<'a> {
    fn new(part: &'a Part, row: &'a Row, colon: &str) -> Self {
        let lines =
            |line: usize, column: usize| row.cell(line, column).map(Cell::as_lines).unwrap_or_default();
        let cell = |line: usize, column: &super::Printed| ShownCell {
            title: &part.columns[column.column].title,
            whole: column.column < row.heads.len(),
            lines: lines(line, column.column),
            below: column
                .below
                .iter()
                .filter(|below| !lines(line, **below).is_empty())
                .map(|below| (format!("{}{colon}", part.columns[*below].title), lines(line, *below)))
                .collect(),
        };
        let printed = part.printed();
        let shown = (0..row.lines.len()).map(|line| {
            let of_line = printed.iter().filter(|column| line == 0 || column.column >= row.heads.len());
            of_line.map(|column| cell(line, column)).collect()
        });
        Self { tone: class(row.tone), span: row.lines.len(), lines: shown.collect() }
    }
}

fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "plain",
        Tone::Sensitive => "sensitive",
        Tone::Good => "good",
        Tone::Bad => "bad",
        Tone::Doubtful => "doubtful",
        Tone::Faint => "faint",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::paper::sample;

    #[test]
    fn nothing_in_a_policy_becomes_markup_and_nothing_of_others_may_run() {
        let page = render(&sample::paper()).unwrap();
        assert!(!page.contains("<script"), "{page}");
        assert!(!page.contains("<b>") && !page.contains("<i>") && !page.contains("<u>"), "{page}");
        assert!(page.contains("&#60;script&#62;alert(1)&#60;/script&#62;"), "{page}");
        assert!(page.contains("default-src &#39;none&#39;") || page.contains("default-src 'none'"), "{page}");
        assert!(page.contains(&crate::report::page::Sealed::new(STYLE).hash));
        assert!(
            ["src=", "href=", "url(", "@import"].iter().all(|load| !page.contains(load)),
            "nothing is loaded"
        );
    }

    #[test]
    fn what_holds_for_the_whole_entry_stands_once() {
        let page = render(&sample::paper()).unwrap();
        assert_eq!(page.matches("rowspan=\"2\"").count(), sample::HOSTILE.len());
    }
}
