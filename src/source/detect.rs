//! Recognising how a text is marked up.

use std::sync::LazyLock;

use regex::Regex;

use super::Format;

/// The marks of the annotation format, short and on one line, around Han words.
struct Marks {
    actor: Regex,
    action: Regex,
    data: Regex,
    purpose: Regex,
}

#[allow(clippy::expect_used)]
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a constant pattern compiles")
}

static MARKS: LazyLock<Marks> = LazyLock::new(|| Marks {
    actor: pattern(r"\(\p{Han}{1,10}\)"),
    // A link `[text](url)` or a reference `[text]: url` is no mark.
    action: pattern(r"(?:^|[^!\]\\])\[\p{Han}{1,8}\](?:$|[^(:\[])"),
    data: pattern(r"<[^<>/=\n\x22!]{0,40}?\p{Han}[^<>=\n\x22]{0,40}?>"),
    purpose: pattern(r"\{[^{}\n$]{0,200}?\p{Han}[^{}\n]{0,200}?\}"),
});

struct Syntax {
    heading: Regex,
    subheading: Regex,
    emphasis: Regex,
    link: Regex,
    table: Regex,
    escape: Regex,
}

static MARKDOWN: LazyLock<Syntax> = LazyLock::new(|| Syntax {
    heading: pattern(r"(?m)^ {0,3}#{1,6} \S"),
    subheading: pattern(r"(?m)^#{2,6} \p{Han}"),
    emphasis: pattern(r"\*\*[^*\n]{1,200}\*\*"),
    link: pattern(r"\]\([^()\s]{0,500}"),
    table: pattern(r"(?m)^[ |:]*-{3,}[ :]*\|[-| :]*$"),
    escape: pattern(r"(?m)^\s{0,8}[0-9]{1,3}\\\.|\\[()_*\[\]#-]"),
});

/// How much of a text is looked at.
const SAMPLE: usize = 1 << 20;

/// Recognises the format: hand-set marks before HTML, HTML before Markdown, else text.
pub(super) fn format(path: &str, text: &str) -> Format {
    let sample = head(text, SAMPLE);
    let ending = path.rsplit(['/', '\\']).next().and_then(|name| name.rsplit_once('.')).map(|(_, e)| e);
    let ending = ending.unwrap_or_default().to_ascii_lowercase();
    if is_annotated(sample) {
        Format::Annotated
    } else if matches!(ending.as_str(), "html" | "htm" | "xhtml") || is_html(sample) {
        Format::Html
    } else if matches!(ending.as_str(), "md" | "markdown" | "mdown" | "mkd") || is_markdown(sample) {
        Format::Markdown
    } else {
        Format::Text
    }
}

fn head(text: &str, limit: usize) -> &str {
    let end = (0..=limit.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    &text[..end]
}

fn is_annotated(text: &str) -> bool {
    // Counting stops early: a few hundred marks prove as much as all.
    let count = |mark: &Regex| mark.find_iter(text).take(100).count();
    let [action, data, purpose] = [count(&MARKS.action), count(&MARKS.data), count(&MARKS.purpose)];
    let kinds = [action, data, purpose].iter().filter(|n| **n > 0).count();
    if kinds == 0 {
        return false;
    }
    let actor = count(&MARKS.actor);
    // Round brackets around words are common in any text; they only add to what other marks say.
    if kinds >= 2 { action + data + purpose + actor >= 3 } else { action >= 2 && actor >= 2 }
}

fn is_html(text: &str) -> bool {
    let start = head(text.trim_start_matches('\u{FEFF}').trim_start(), 1 << 12).to_ascii_lowercase();
    start.starts_with("<!doctype html") || start.contains("<html") || {
        let whole = head(text, 1 << 16);
        ["</p>", "</div>", "</li>", "</h1>", "</h2>", "<br>", "<br/>", "<br />"]
            .iter()
            .map(|tag| whole.matches(tag).count())
            .sum::<usize>()
            >= 6
    }
}

fn is_markdown(text: &str) -> bool {
    let count = |sign: &Regex| sign.find_iter(text).take(20).count();
    let heading = count(&MARKDOWN.heading);
    let emphasis = count(&MARKDOWN.emphasis);
    let link = count(&MARKDOWN.link);
    let table = count(&MARKDOWN.table);
    let escape = count(&MARKDOWN.escape);
    heading >= 2 || MARKDOWN.subheading.is_match(text) || emphasis >= 3 || link >= 3 || escape >= 3 || {
        let kinds = [heading, emphasis, link, table, escape].iter().filter(|n| **n > 0).count();
        kinds >= 2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_around_han_words_make_an_annotated_text() {
        let text = "为{帮助您完成注册}，(我们)还将[收集]您的【<兴趣>】";
        assert_eq!(format("policy.txt", text), Format::Annotated);
        assert_eq!(format("policy.md", text), Format::Annotated);
    }

    #[test]
    fn links_tags_and_round_brackets_are_no_marks() {
        let links =
            "见[隐私政策](/privacy)与[用户协议](/terms)及[联系我们](/contact)。\n(以下简称“我们”)(一)(二)";
        assert_eq!(format("policy.txt", links), Format::Markdown);
        let tags = "<p title=\"说明\">我们(公司)收集</p><p>手机号(如有)</p><li>[收集]</li><br><br><br>";
        assert_eq!(format("policy.txt", tags), Format::Html);
        assert_eq!(format("policy.txt", "我们(公司)会收集您的昵称(如有)和头像(如有)。"), Format::Text);
    }

    #[test]
    fn markdown_by_ending_or_by_repeated_syntax() {
        assert_eq!(format("policy.md", "正文"), Format::Markdown);
        assert_eq!(format("a.txt", "# 隐私政策\n\n## 一、收集\n"), Format::Markdown);
        assert_eq!(format("a.txt", "1\\. 总则\n\n2\\. 收集\n\n3\\. 使用\n"), Format::Markdown);
        assert_eq!(format("a.txt", "一、总则\n* 必填\n"), Format::Text);
    }

    #[test]
    fn html_by_ending_doctype_or_element() {
        assert_eq!(format("policy.HTML", "正文"), Format::Html);
        assert_eq!(format("x", "\u{FEFF}\n<!DOCTYPE html><title>隐私政策</title>"), Format::Html);
        assert_eq!(format("x", "<?xml version=\"1.0\"?><html>正文"), Format::Html);
    }

    #[allow(clippy::print_stderr)]
    #[test]
    fn the_seeds_and_the_corpus_are_recognised() {
        let seeds = [
            ("000", Format::Annotated),
            ("001", Format::Annotated),
            ("002", Format::Markdown),
            ("003", Format::Text),
            ("004", Format::Annotated),
        ];
        let Ok(folder) = std::fs::read_dir("../shared/seeds") else {
            eprintln!("skipped: no seeds here");
            return;
        };
        for path in folder.flatten().map(|entry| entry.path()) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            for (start, expected) in seeds {
                if name.starts_with(start) {
                    assert_eq!(format(&name, &text), expected, "{name}");
                }
            }
        }
        for folder in ["../shared/corpus/ca4p-dev", "../shared/corpus/capp-dev"] {
            for path in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
                if path.extension().is_some_and(|e| e == "txt") {
                    let text = std::fs::read_to_string(&path).unwrap_or_default();
                    assert_ne!(format("x.txt", &text), Format::Annotated, "{}", path.display());
                }
            }
        }
    }
}
