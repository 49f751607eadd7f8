//! Recognising how a text is marked up.

use super::Format;
use super::characters::{head, is_han};

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

fn is_annotated(text: &str) -> bool {
    let marks = |open, close, longest, fits: fn(&Enclosed<'_>) -> bool| {
        // Counting stops early: a few hundred marks prove as much as all.
        enclosed(text, open, close, longest).filter(fits).take(100).count()
    };
    let action = marks('[', ']', 24, |mark| {
        // A link `[text](url)` or a reference `[text]: url` is no mark.
        mark.inner.chars().all(is_han)
            && !matches!(mark.before, Some('!' | ']' | '\\'))
            && !matches!(mark.after, Some('(' | ':' | '['))
    });
    let data = marks('<', '>', 240, |mark| {
        mark.inner.contains(is_han) && !mark.inner.contains(['=', '"', '!']) && !mark.inner.starts_with('/')
    });
    let purpose = marks('{', '}', 1200, |mark| mark.inner.contains(is_han) && !mark.inner.contains('$'));
    let kinds = [action, data, purpose].iter().filter(|n| **n > 0).count();
    if kinds == 0 {
        return false;
    }
    let actor = marks('(', ')', 30, |mark| mark.inner.chars().all(is_han));
    // Round brackets around words are common in any text; they only add to what other marks say.
    if kinds >= 2 { action + data + purpose + actor >= 3 } else { action >= 2 && actor >= 2 }
}

/// What stands between two brackets on one line, and the characters beside them.
struct Enclosed<'t> {
    before: Option<char>,
    inner: &'t str,
    after: Option<char>,
}

/// The innermost pairs of brackets that hold at most `longest` bytes.
fn enclosed(text: &str, open: char, close: char, longest: usize) -> impl Iterator<Item = Enclosed<'_>> {
    text.match_indices(open).filter_map(move |(at, _)| {
        let rest = &text[at + 1..];
        let length = rest
            .char_indices()
            .take_while(|(at, c)| *at <= longest && *c != open && *c != '\n')
            .find(|(_, c)| *c == close)?
            .0;
        (length > 0).then(|| Enclosed {
            before: text[..at].chars().next_back(),
            inner: &rest[..length],
            after: rest[length + 1..].chars().next(),
        })
    })
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
    let [mut heading, mut emphasis, mut table, mut escape] = [0usize; 4];
    for line in text.lines() {
        let content = line.trim_start_matches(' ');
        let level = content.bytes().take_while(|byte| *byte == b'#').count();
        let title = &content[level..];
        if line.len() - content.len() <= 3 && (1..=6).contains(&level) {
            // Many write their titles right behind the hashes; behind a single one it may be a tag.
            let close = level >= 2 && title.starts_with(char::is_alphanumeric);
            heading += usize::from(close || title.starts_with(' ') && !title.trim().is_empty());
            if level >= 2 && title.strip_prefix(' ').is_some_and(|title| title.starts_with(is_han)) {
                return true;
            }
        }
        emphasis += line.matches("**").count() / 2;
        let rule = content.trim_matches(['|', ' ', ':']);
        table += usize::from(rule.starts_with("---") && line.contains('|') && rule.chars().all(is_rule));
        escape += usize::from(is_escaped_number(content));
        escape += line.as_bytes().windows(2).filter(|pair| pair[0] == b'\\' && is_escapable(pair[1])).count();
    }
    let link = text.matches("](").take(20).count();
    heading >= 2 || emphasis >= 3 || link >= 3 || escape >= 3 || {
        let kinds = [heading, emphasis, link, table, escape].iter().filter(|n| **n > 0).count();
        kinds >= 2
    }
}

/// Characters of the line under a table's head.
fn is_rule(c: char) -> bool {
    matches!(c, '-' | '|' | ':' | ' ')
}

/// `1\.`, which a converter writes for a number at the start of a line.
fn is_escaped_number(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < line.len() && rest.starts_with("\\.")
}

fn is_escapable(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'_' | b'*' | b'[' | b']' | b'#' | b'-')
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
        assert_eq!(format("a.txt", "##1\\. 总则\n\n###1.1 收集\n"), Format::Markdown);
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
