use super::{Cell, Layout, Paper, Part, Row};
use crate::report::json::TOOL;

/// The paper as Markdown with tables as GitHub reads them.
pub fn render(paper: &Paper) -> String {
    let mut out = format!("<!-- {TOOL} -->\n\n# {}\n\n", escaped(&paper.title));
    for fact in &paper.facts {
        out += &format!("- **{}**{}{}\n", escaped(&fact.name), paper.words.colon, escaped(&fact.value));
    }
    for part in &paper.parts {
        out += &format!("\n## {}\n\n", escaped(&part.title));
        if !part.lead.is_empty() {
            out += &format!("{}\n\n", escaped(&part.lead));
        }
        match part.layout {
            _ if part.rows.is_empty() => out += &format!("{}\n", escaped(&part.empty)),
            Layout::Table => table(part, &paper.words.colon, &mut out),
            Layout::Cards => cards(part, &paper.words.colon, &mut out),
        }
    }
    if !paper.notes.is_empty() {
        out += &format!("\n## {}\n\n", escaped(&paper.words.notes));
        for note in &paper.notes {
            out += &format!("- {}\n", escaped(note));
        }
    }
    if !paper.signatures.is_empty() {
        out.push('\n');
    }
    for line in &paper.signatures {
        out += &format!("{}{}\\_\\_\\_\\_\\_\\_\\_\\_\n\n", escaped(line), paper.words.colon);
    }
    out
}

fn table(part: &Part, colon: &str, out: &mut String) {
    let printed = part.printed();
    let mut title: Option<String> = None;
    for row in &part.rows {
        let of_row = part.title_of(row);
        if title.as_ref() != Some(&of_row) {
            if !of_row.is_empty() {
                let lead = if title.is_some() { "\n" } else { "" };
                *out += &format!("{lead}### {}\n\n", escaped(&of_row));
            }
            title = Some(of_row);
            let heads = printed.iter().map(|column| escaped(&part.columns[column.column].title));
            *out += &format!("| {} |\n", heads.collect::<Vec<_>>().join(" | "));
            *out += &format!("|{}\n", " --- |".repeat(printed.len()));
        }
        for line in 0..row.lines.len() {
            let cells = printed.iter().map(|column| {
                // What holds for the whole entry is said once.
                if line > 0 && column.column < row.heads.len() {
                    return "″".to_owned();
                }
                let mut entries: Vec<String> =
                    lines(row.cell(line, column.column)).map(|line| escaped(line)).collect();
                for below in &column.below {
                    let told = lines(row.cell(line, *below)).map(|line| escaped(line));
                    let told = told.collect::<Vec<_>>().join("<br>");
                    if !told.is_empty() {
                        entries.push(format!("*{}{colon}{told}*", escaped(&part.columns[*below].title)));
                    }
                }
                entries.join("<br>")
            });
            *out += &format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "));
        }
    }
}

fn cards(part: &Part, colon: &str, out: &mut String) {
    let mut title = String::new();
    for row in &part.rows {
        let of_row = part.title_of(row);
        if of_row != title {
            *out += &format!("### {}\n\n", escaped(&of_row));
            title = of_row;
        }
        card(part, row, colon, out);
    }
}

fn card(part: &Part, row: &Row, colon: &str, out: &mut String) {
    let mut columns =
        part.printed().into_iter().flat_map(|printed| std::iter::once(printed.column).chain(printed.below));
    let Some(first) = columns.next() else { return };
    let head = lines(row.cell(0, first)).map(|line| escaped(line)).collect::<Vec<_>>().join(" ");
    *out += &format!("#### {head}\n\n");
    for column in columns {
        let mut entries = Vec::new();
        for line in 0..row.lines.len() {
            entries.extend(lines(row.cell(line, column)).map(|line| escaped(line)));
            if column < row.heads.len() {
                break;
            }
        }
        if !entries.is_empty() {
            let title = escaped(&part.columns[column].title);
            *out += &format!("- **{title}**{colon}{}\n", entries.join("<br>"));
        }
    }
    out.push('\n');
}

fn lines(cell: Option<&Cell>) -> impl Iterator<Item = &String> {
    cell.map(Cell::as_lines).unwrap_or_default().iter()
}

/// Text in which nothing is markup: neither of Markdown, nor of a table, nor of HTML.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '&' => out += "&amp;",
            '\n' | '\r' => out.push(' '),
            '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '#' | '~' | '!' | '@' | '$' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    // An address would become a link.
    out.replace("http", "http\u{2060}").replace("www.", "www\u{2060}.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::paper::sample;

    #[test]
    fn text_of_a_policy_is_no_markup() {
        let text = render(&sample::paper());
        assert!(text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{text}");
        assert!(text.contains("a\\|b\\`c\\`\\*d\\*\\_e\\_\\[f\\](g)"), "{text}");
        assert!(text.contains("未见共享"), "{text}");
        // Every row of a table has its cells.
        let cells = |line: &str| line.replace("\\|", "").matches('|').count();
        for line in text.lines().filter(|line| line.starts_with('|')) {
            assert_eq!(cells(line), 3, "{line}");
        }
    }
}
