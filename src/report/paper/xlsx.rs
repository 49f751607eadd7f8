use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::{Cell, Column, Paper, Part, Tone};
use crate::report::wrap::width;

/// A cell of a workbook holds no more characters.
const LONGEST_CELL: usize = 32_000;
/// The name of a sheet has no more characters.
const LONGEST_NAME: usize = 31;
const INK: u32 = 0x1f_2933;
const HEAD: u32 = 0x24_3b53;
const LINE: u32 = 0xd0_d7de;
const REPEATED: u32 = 0x7b_8794;

/// The paper as a workbook, a sheet for each part and one on the whole. The same paper gives the same bytes.
///
/// # Errors
/// When there is more than a workbook can hold.
pub fn render(paper: &Paper) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // Else the workbook would tell when it was written.
    let made = ExcelDateTime::parse_from_str(&paper.date.to_string())?;
    workbook.set_properties(&DocProperties::new().set_title(safe(&paper.title)).set_creation_datetime(&made));
    let mut names: Vec<String> = Vec::new();
    for part in &paper.parts {
        let sheet = workbook.add_worksheet();
        sheet.set_name(sheet_name(&part.title, &mut names))?;
        fill(sheet, part)?;
    }
    let sheet = workbook.add_worksheet();
    sheet.set_name(sheet_name(&paper.words.about, &mut names))?;
    tell(sheet, paper)?;
    workbook.save_to_buffer()
}

fn fill(sheet: &mut Worksheet, part: &Part) -> Result<(), XlsxError> {
    let last = u16::try_from(part.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    let head = text().set_bold().set_background_color(Color::RGB(HEAD)).set_font_color(Color::White);
    for (at, column) in (0u16..).zip(&part.columns) {
        sheet.set_column_width(at, column.width)?;
        sheet.write_string_with_format(0, at, safe(&column.title), &head)?;
    }
    sheet.set_row_height(0, 2.0 * LINE_HEIGHT + 4.0)?;
    let mut at = 0u32;
    for row in &part.rows {
        for (number, cells) in row.whole_lines().enumerate() {
            at += 1;
            sheet.set_row_height(at, height(part, &cells))?;
            for (column, cell) in (0u16..).zip(cells) {
                let repeated = number > 0 && usize::from(column) < row.heads.len();
                sheet.write_string_with_format(at, column, joined(cell), &format(row.tone, repeated))?;
            }
        }
    }
    if part.rows.is_empty() {
        at = 1;
        sheet.write_string_with_format(at, 0, safe(&part.empty), &text())?;
    }
    sheet.autofilter(0, 0, at, last)?;
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_landscape().set_paper_size(PAPER_A4).set_print_fit_to_pages(1, 0);
    sheet.set_footer("&C&P / &N");
    Ok(())
}

/// How high a row has to be, in points: not every program finds out when it opens a workbook.
fn height(part: &Part, cells: &[&Cell]) -> f64 {
    let rows = |(column, cell): (&Column, &&Cell)| -> usize {
        let room = usize::from(column.width).saturating_sub(1).max(2);
        cell.as_lines().iter().map(|line| width(line).div_ceil(room)).sum()
    };
    let most = part.columns.iter().zip(cells).map(rows).max().unwrap_or(1).max(1);
    (most as f64 * LINE_HEIGHT + 4.0).min(HIGHEST)
}

/// Points a line of text takes, and a row takes at most.
const LINE_HEIGHT: f64 = 13.5;
const HIGHEST: f64 = 409.0;

/// A4, as the file format numbers papers.
const PAPER_A4: u8 = 9;

/// Facts and notes of the whole.
fn tell(sheet: &mut Worksheet, paper: &Paper) -> Result<(), XlsxError> {
    sheet.set_column_width(0, 22)?;
    sheet.set_column_width(1, 90)?;
    let title = text().set_bold().set_font_size(14).set_border(FormatBorder::None);
    sheet.write_string_with_format(0, 0, safe(&paper.title), &title.clone().unset_text_wrap())?;
    let name = text().set_bold();
    let mut at = 1u32;
    let mut row = |first: &str, second: &str, format: &Format| -> Result<(), XlsxError> {
        at += 1;
        sheet.write_string_with_format(at, 0, safe(first), format)?;
        sheet.write_string_with_format(at, 1, safe(second), &text())?;
        Ok(())
    };
    for fact in &paper.facts {
        row(&fact.name, &fact.value, &name)?;
    }
    for part in paper.parts.iter().filter(|part| !part.lead.is_empty()) {
        row(&part.title, &part.lead, &name)?;
    }
    for note in &paper.notes {
        row(&paper.words.notes, note, &name)?;
    }
    for line in &paper.signatures {
        row(line, "", &name)?;
    }
    sheet.set_landscape().set_paper_size(PAPER_A4).set_print_fit_to_pages(1, 0);
    Ok(())
}

fn text() -> Format {
    Format::new()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_font_size(10)
        .set_font_color(Color::RGB(INK))
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(LINE))
        // Shown as it stands, whatever it looks like.
        .set_num_format("@")
}

fn format(tone: Tone, repeated: bool) -> Format {
    let format = match tone {
        Tone::Plain => text(),
        Tone::Sensitive | Tone::Doubtful => text().set_background_color(Color::RGB(0xff_f4e5)),
        Tone::Bad => text().set_background_color(Color::RGB(0xfd_ecea)),
        Tone::Good => text().set_background_color(Color::RGB(0xed_f7ed)),
        Tone::Faint => text().set_font_color(Color::RGB(REPEATED)),
    };
    if repeated { format.set_font_color(Color::RGB(REPEATED)) } else { format }
}

fn joined(cell: &Cell) -> String {
    safe(&cell.as_lines().join("\n"))
}

/// Text that a workbook can hold.
fn safe(text: &str) -> String {
    let kept = |c: char| if matches!(c, '\u{fffe}' | '\u{ffff}') { '\u{fffd}' } else { c };
    let text: String = text.chars().map(kept).collect();
    match text.char_indices().nth(LONGEST_CELL) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// A name that a sheet may have, and no other has.
fn sheet_name(title: &str, taken: &mut Vec<String>) -> String {
    let allowed = |c: &char| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'');
    let name: String = title.chars().filter(allowed).take(LONGEST_NAME).collect();
    let mut unique = if name.trim().is_empty() { "1".to_owned() } else { name };
    while taken.iter().any(|known| known.eq_ignore_ascii_case(&unique)) {
        unique = unique.chars().take(LONGEST_NAME - 1).chain(['+']).collect();
    }
    taken.push(unique.clone());
    unique
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::paper::sample;
    use calamine::{Data, Reader, Xlsx};
    use std::io::Cursor;

    fn sheets(bytes: Vec<u8>) -> Vec<(String, Vec<Vec<Data>>)> {
        let mut workbook = Xlsx::new(Cursor::new(bytes)).unwrap();
        let formulas: usize = workbook
            .sheet_names()
            .iter()
            .map(|name| workbook.worksheet_formula(name).unwrap().used_cells().count())
            .sum();
        assert_eq!(formulas, 0);
        let sheets = workbook.worksheets().into_iter();
        sheets.map(|(name, range)| (name, range.rows().map(<[Data]>::to_vec).collect())).collect()
    }

    #[test]
    fn every_word_is_a_string_and_stands_as_it_was_said() {
        let sheets = sheets(render(&sample::paper()).unwrap());
        let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["个人信息收集清单", "第三方共享清单", "说明"]);
        let rows = &sheets[0].1;
        // Two lines for each entry, and what holds for the whole of it in both.
        assert_eq!(rows.len(), 1 + 2 * sample::HOSTILE.len());
        assert_eq!(rows[1][1], Data::String(sample::HOSTILE[0].to_owned()));
        assert_eq!(rows[2][1], rows[1][1]);
        assert_eq!(rows[2][3], Data::String(format!("{}\n二", sample::HOSTILE[0])));
        assert_eq!(sheets[1].1[1][0], Data::String("未见共享".to_owned()));
        let strings = sheets.iter().flat_map(|(_, rows)| rows).flatten();
        assert!(strings.clone().all(|cell| matches!(cell, Data::String(_) | Data::Empty)));
        assert!(!strings.into_iter().any(|cell| cell.to_string().contains('\u{fffe}')));
    }

    #[test]
    fn the_same_paper_gives_the_same_bytes() {
        assert_eq!(render(&sample::paper()).unwrap(), render(&sample::paper()).unwrap());
    }

    #[test]
    fn sheets_of_one_title_have_different_names() {
        let mut taken = Vec::new();
        let long = "长".repeat(40);
        let names =
            [sheet_name(&long, &mut taken), sheet_name(&long, &mut taken), sheet_name("*", &mut taken)];
        assert_eq!(names[0].chars().count(), 31);
        assert_ne!(names[0], names[1]);
        assert_eq!(names[2], "1");
    }
}
