//! Diagnostics for people: the words underlined in their sentence, the articles, the remedy.

use std::collections::BTreeSet;
use std::ops::Range;

use codespan_reporting::diagnostic::{Diagnostic, Label, Severity as Grade};
use codespan_reporting::term::termcolor::{Ansi, NoColor, WriteColor};
use codespan_reporting::term::{Chars, Config, Styles, StylesWriter, emit_to_write_style};

use super::excerpt::{Excerpt, Wanted};
use super::sanitise::one_line;
use super::wrap::{truncate, wrap};
use super::{Lines, Located, LocatedLabel, Paint, Role, Say};
use crate::knowledge::kinds::Severity;
use crate::knowledge::laws::Laws;

/// Columns of a note.
const NOTE_COLUMNS: usize = 96;
const NOTE_ROWS: usize = 8;
/// Columns of the message in the head of a diagnostic.
const MESSAGE_COLUMNS: usize = 220;
const LABEL_COLUMNS: usize = 60;
const NAME_COLUMNS: usize = 200;
/// Rows that the words found, and a label beside them, may take.
const PRIMARY_ROWS: usize = 3;
const LABEL_ROWS: usize = 1;
/// Further instances that are drawn, and the rows they may be drawn in.
const INSTANCES: usize = 8;
const INSTANCE_ROWS: usize = 5;
const CONTEXTS: usize = 8;
/// Further instances whose place is named.
const NAMED_INSTANCES: usize = 12;

/// How findings are told.
#[derive(Clone, Copy)]
pub struct Style<'a> {
    pub say: Say<'a>,
    pub paint: Paint,
    pub laws: &'a Laws,
}

/// Renders the findings of one file.
pub fn render(findings: &[Located], text: &str, lines: &Lines, style: Style<'_>) -> String {
    let config = Config { chars: Chars::box_drawing(), ..Config::default() };
    let styles = Styles::default();
    let mut out = Vec::new();
    for finding in findings {
        let (excerpt, diagnostic) = diagnostic(finding, text, lines, style);
        // Writing to memory cannot fail, and labels lie in the excerpt by construction; should one
        // not, the short form still tells the finding.
        let length = out.len();
        let writer: &mut dyn WriteColor = match style.paint {
            Paint::Plain => &mut NoColor::new(&mut out),
            Paint::Colour => &mut Ansi::new(&mut out),
        };
        let mut writer = StylesWriter::new(writer, &styles);
        let emitted = emit_to_write_style(&mut writer, &config, &excerpt, &diagnostic);
        if emitted.is_err() {
            out.truncate(length);
            out.extend_from_slice(super::short::line(finding, style.paint).as_bytes());
        }
    }
    without_trailing_blanks(&String::from_utf8_lossy(&out))
}

/// Codespan fills lines up with blanks, which no file and no diff wants.
fn without_trailing_blanks(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for line in text.lines() {
        kept.push_str(line.trim_end_matches(' '));
        kept.push('\n');
    }
    kept
}

fn diagnostic(finding: &Located, text: &str, lines: &Lines, style: Style<'_>) -> (Excerpt, Diagnostic<()>) {
    let primary = trimmed(text, finding.at.range());
    let of_role = |role| {
        finding.labels.iter().filter(move |label: &&LocatedLabel| label.role == role && !label.is_empty())
    };
    let contexts: Vec<_> = of_role(Role::Context).take(CONTEXTS).collect();
    let instances: Vec<_> = of_role(Role::Instance).collect();

    let mut wanted = vec![Wanted { range: primary.clone(), rows: PRIMARY_ROWS }];
    let want = |label: &&LocatedLabel| Wanted { range: trimmed(text, label.at.range()), rows: LABEL_ROWS };
    wanted.extend(contexts.iter().map(want));
    wanted.extend(instances.iter().take(INSTANCES).map(want));
    let name = truncate(&one_line(&finding.path), NAME_COLUMNS);
    let mut excerpt = Excerpt::of(&name, text, lines, &wanted);

    // Too many rows make a diagnostic nobody reads: draw the instances in the first few.
    let mut drawn = instances.len().min(INSTANCES);
    let rows: Vec<_> = instances[..drawn].iter().map(|label| excerpt.row_of(&label.at.range())).collect();
    let mut seen = BTreeSet::new();
    if let Some(too_many) = rows.iter().position(|row| {
        seen.insert(*row);
        seen.len() > INSTANCE_ROWS
    }) {
        drawn = too_many;
        wanted.truncate(1 + contexts.len() + drawn);
        excerpt = Excerpt::of(&name, text, lines, &wanted);
    }

    let mut labels = Vec::new();
    if let Some(range) = excerpt.place(&primary, PRIMARY_ROWS) {
        labels.push(Label::primary((), range));
    }
    let secondary = |label: &LocatedLabel, message: &str| {
        let range = trimmed(text, label.at.range());
        let range = excerpt.place(&range, LABEL_ROWS).filter(|range| !range.is_empty())?;
        Some(Label::secondary((), range).with_message(truncate(&one_line(message), LABEL_COLUMNS)))
    };
    labels.extend(contexts.iter().filter_map(|label| secondary(label, &label.message)));
    // The head says what is wrong with each instance.
    labels.extend(instances[..drawn].iter().filter_map(|label| secondary(label, "")));

    let diagnostic = Diagnostic::new(grade(finding.severity))
        .with_code(&finding.rule)
        .with_message(truncate(&one_line(&finding.message), MESSAGE_COLUMNS))
        .with_labels(labels)
        .with_notes(notes(finding, &instances[drawn..], style));
    (excerpt, diagnostic)
}

fn notes(finding: &Located, undrawn: &[&LocatedLabel], style: Style<'_>) -> Vec<String> {
    let say = style.say;
    let mut notes = Vec::new();
    if !finding.headings.is_empty() {
        notes.push(say.place(&finding.headings, finding.at.line));
    }
    if !undrawn.is_empty() {
        let mut places: Vec<String> = undrawn
            .iter()
            .take(NAMED_INSTANCES)
            .map(|label| format!("{}:{}", label.at.line, label.at.column))
            .collect();
        if undrawn.len() > NAMED_INSTANCES {
            places.push("…".to_owned());
        }
        notes.push(say.more_instances(undrawn.len(), &places.join(" ")));
    }
    let articles: Vec<String> = finding
        .cites
        .iter()
        .map(|key| style.laws.label(key, say.language).unwrap_or_else(|| key.clone()))
        .collect();
    if !articles.is_empty() {
        notes.push(say.articles(&articles));
    }
    if !finding.help.is_empty() {
        notes.push(say.advice(&finding.help));
    }
    let fitted = |note: &String| wrap(&truncate(&one_line(note), NOTE_ROWS * NOTE_COLUMNS), NOTE_COLUMNS);
    notes.iter().map(|note| fitted(note).join("\n")).collect()
}

fn grade(severity: Severity) -> Grade {
    match severity {
        Severity::Error => Grade::Error,
        Severity::Warning => Grade::Warning,
        Severity::Info => Grade::Note,
    }
}

/// The range without white space at its ends (line ends above all).
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let inner = &text[range.clone()];
    let start = range.start + (inner.len() - inner.trim_start().len());
    let end = start + inner.trim().len();
    if end <= start { range.start..range.start } else { start..end }
}

impl LocatedLabel {
    fn is_empty(&self) -> bool {
        self.at.start == self.at.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtin;
    use crate::findings::Place;
    use crate::knowledge::kinds::{Confidence, Language};
    use crate::knowledge::laws::{Article, Statute};
    use crate::knowledge::spec::Text;
    use crate::report::Reach;
    use crate::report::locate::Position;
    use crate::span::FileSpan;

    fn laws() -> Laws {
        let text = |zh: &str, en: &str| Text { zh: zh.to_owned(), en: en.to_owned() };
        Laws {
            statutes: vec![Statute {
                id: "pipl".to_owned(),
                name: text("中华人民共和国个人信息保护法", "Personal Information Protection Law"),
                short: text("个人信息保护法", "PIPL"),
                in_force: "2021-11-01".to_owned(),
                repealed: None,
                draft: false,
            }],
            articles: vec![Article {
                key: "pipl-30".to_owned(),
                statute: 0,
                number: text("第三十条", "Article 30"),
                text: None.into(),
                in_force: None,
                formerly: None,
            }],
        }
    }

    /// A finding at `words`, with a context label at `context` and an instance at each of `instances`.
    fn finding(text: &str, words: &str, context: Option<&str>, instances: &[usize]) -> Located {
        let lines = Lines::of(text);
        let at = |start: usize, length| Position::of(FileSpan::new(start, start + length), text, &lines);
        let find = |words: &str| at(text.find(words).unwrap(), words.len());
        let label = |at, role, message: &str| LocatedLabel {
            at,
            reach: Reach::default(),
            place: Place::File(FileSpan::default()),
            message: message.to_owned(),
            role,
            fingerprint: None,
        };
        let mut labels: Vec<_> =
            context.map(|words| label(find(words), Role::Context, "收集")).into_iter().collect();
        labels.extend(instances.iter().map(|start| label(at(*start, words.len()), Role::Instance, "同上")));
        Located {
            rule: "sensitive-purpose-missing".to_owned(),
            severity: Severity::Error,
            path: "privacy.txt".to_owned(),
            at: find(words),
            reach: Reach::default(),
            headings: Vec::new(),
            place: Place::File(FileSpan::default()),
            message: format!("收集敏感个人信息“{words}”，没有说明目的"),
            help: format!("在同一句中写明目的，例如“为了……，我们会收集您的{words}”。"),
            cites: vec!["pipl-30".to_owned(), "our-law-1".to_owned()],
            confidence: Confidence::High,
            fingerprint: String::new(),
            labels,
        }
    }

    fn shown(finding: &Located, text: &str) -> String {
        let knowledge = builtin::knowledge().unwrap();
        let say = Say::new(&knowledge.messages, Language::Zh);
        let style = Style { say, paint: Paint::Plain, laws: &laws() };
        let shown = render(std::slice::from_ref(finding), text, &Lines::of(text), style);
        for line in shown.lines() {
            assert!(line.chars().count() <= 300, "{line}");
        }
        shown
    }

    fn one_long_line() -> String {
        let chapter = "云岚重视您的隐私。我们会在您使用服务时记录操作日志，并依法留存；为了向您展示附近的门店，经您授权，\
                       我们会收集您的位置信息。";
        chapter.repeat(150) + "我们会收集您的人脸信息和声纹。您可以拒绝提供。" + &chapter.repeat(150)
    }

    #[test]
    fn wide_characters_and_mixed_widths_are_underlined() {
        let text = "一、收集\n当您登录（Log in）时，我们会收集您的ＩＭＥＩ、人脸信息👤和 Wi-Fi 列表。\n";
        insta::assert_snapshot!("wide", shown(&finding(text, "人脸信息", Some("收集您的"), &[]), text));
    }

    #[test]
    fn of_a_long_line_only_the_sentence_is_shown() {
        let text = one_long_line();
        assert!(text.len() > 47_000);
        let shown = shown(&finding(&text, "人脸信息", Some("我们会收集您的人脸"), &[]), &text);
        assert!(shown.len() < 2_000);
        insta::assert_snapshot!("long_line", shown);
    }

    #[test]
    fn of_many_instances_the_first_few_are_drawn() {
        let text = one_long_line();
        let instances: Vec<usize> = text.match_indices("位置信息").map(|(at, _)| at).skip(1).collect();
        let shown = shown(&finding(&text, "位置信息", None, &instances), &text);
        assert!(shown.len() < 2_000, "{}", shown.len());
        insta::assert_snapshot!("instances", shown);
    }

    #[test]
    fn instances_in_one_sentence_share_its_row() {
        let text = "我们会收集您的虹膜、虹膜、虹膜、虹膜、虹膜、虹膜、虹膜、虹膜、虹膜、虹膜、虹膜。";
        let instances: Vec<usize> = text.match_indices("虹膜").map(|(at, _)| at).skip(1).collect();
        insta::assert_snapshot!("list", shown(&finding(text, "虹膜", Some("收集"), &instances), text));
    }

    #[test]
    fn line_ends_and_marks_at_the_edges_of_a_file_do_no_harm() {
        let mut all = String::new();
        for (what, text) in [
            ("crlf", "隐私政策\r\n我们收集人脸信息\r\n"),
            ("byte order mark", "\u{feff}人脸信息"),
            ("no final line end", "隐私政策\n我们收集人脸信息"),
        ] {
            all += &format!("--- {what}\n{}", shown(&finding(text, "人脸信息", None, &[]), text));
        }
        insta::assert_snapshot!("edges", all);
    }

    #[test]
    fn an_absence_at_the_end_of_the_file_is_shown() {
        let text = "隐私政策\n";
        let mut finding = finding(text, "政策", None, &[]);
        let end = FileSpan::new(text.len(), text.len());
        finding.at = Position::of(end, text, &Lines::of(text));
        insta::assert_snapshot!("absence", shown(&finding, text));
        finding.at = Position::of(FileSpan::new(0, 0), "", &Lines::of(""));
        assert!(shown(&finding, "").contains("privacy.txt:1:1"));
    }

    #[test]
    fn nothing_in_a_policy_steers_the_terminal() {
        let text = "我们收集\u{1b}[2J\u{202e}人脸信息\u{9b}\u{7}。";
        let mut finding = finding(text, "人脸信息", None, &[]);
        finding.path = "a\u{1b}]0;x\u{7}.txt".to_owned();
        finding.message = "“\u{1b}[2J”".to_owned();
        let shown = shown(&finding, text);
        assert!(!shown.contains(|c: char| c != '\n' && c.is_control() || c == '\u{202e}'), "{shown:?}");
    }

    #[test]
    fn a_long_finding_is_cut_after_three_rows() {
        let text = "为了向您提供更好的服务，我们会与合作伙伴共享您的信息，".repeat(40) + "。";
        let shown = shown(&finding(&text, &text, None, &[]), &text);
        assert!(shown.len() < 4_000, "{}", shown.len());
    }

    #[test]
    fn a_hundred_findings_in_a_line_of_megabytes_take_no_time() {
        let text = one_long_line().repeat(60);
        let lines = Lines::of(&text);
        let mut one = finding(&text, "人脸信息", None, &[]);
        let start = text.rfind("人脸信息").unwrap();
        one.at = Position::of(FileSpan::new(start, start + 12), &text, &lines);
        let findings = vec![one; 100];
        let knowledge = builtin::knowledge().unwrap();
        let say = Say::new(&knowledge.messages, Language::En);
        let style = Style { say, paint: Paint::Colour, laws: &laws() };
        let before = std::time::Instant::now();
        render(&findings, &text, &lines, style);
        assert!(before.elapsed().as_secs() < 2, "{:?}", before.elapsed());
    }
}
