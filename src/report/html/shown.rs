//! Text of a policy, as HTML in which nothing of it can run, steer or hide.

use std::fmt::{self, Display, Write};

use askama::filters::HtmlSafe;

/// Text that is shown as it reads. What HTML would take for markup is escaped; a character that has no
/// shape of its own, or reorders its neighbours, is shown by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shown<'a>(pub(super) &'a str);

impl HtmlSafe for Shown<'_> {}

impl Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0;
        let mut written = 0;
        let mut before = None;
        for (at, c) in text.char_indices() {
            let escape = match c {
                '&' => Some("&amp;"),
                '<' => Some("&lt;"),
                '>' => Some("&gt;"),
                '"' => Some("&#34;"),
                '\'' => Some("&#39;"),
                _ => None,
            };
            if let Some(escape) = escape {
                f.write_str(&text[written..at])?;
                f.write_str(escape)?;
                written = at + c.len_utf8();
            } else if is_hidden(c, before) {
                f.write_str(&text[written..at])?;
                write!(f, "<span class=\"hidden-character\">U+{:04X}</span>", u32::from(c))?;
                written = at + c.len_utf8();
            }
            before = Some(c);
        }
        f.write_str(&text[written..])
    }
}

/// Text for an attribute: without characters that could not be seen there.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut before = None;
    for c in text.chars() {
        if is_hidden(c, before) {
            // Writing to a string cannot fail.
            let _ = write!(plain, "[U+{:04X}]", u32::from(c));
        } else {
            plain.push(c);
        }
        before = Some(c);
    }
    plain
}

/// Whether a reader would not see a character, or would see its neighbours elsewhere.
fn is_hidden(c: char, before: Option<char>) -> bool {
    match c {
        '\n' | '\t' => false,
        // Joins the parts of an emoji.
        '\u{200d}' => {
            !before.is_some_and(|c| c >= '\u{1f000}' || matches!(c, '\u{2600}'..='\u{27bf}' | '\u{fe0f}'))
        }
        '\0'..='\x1f' | '\x7f'..='\u{9f}' => true,
        // Soft hyphen, grapheme joiner, Arabic letter mark, fillers, vowel separators.
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' => true,
        '\u{180b}'..='\u{180f}' | '\u{3164}' | '\u{ffa0}' => true,
        // Zero widths, marks, separators, embeddings, overrides, isolates, invisible operators.
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => true,
        // Interlinear annotation, non-characters, tags and variation selectors beyond the first sixteen.
        '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e0fff}' => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_text() {
        assert_eq!(
            Shown("<script>a('\"&')</script>").to_string(),
            "&lt;script&gt;a(&#39;&#34;&amp;&#39;)&lt;/script&gt;"
        );
    }

    #[test]
    fn what_cannot_be_seen_is_shown_by_its_number() {
        assert_eq!(
            Shown("我们\u{202e}收集\u{200b}").to_string(),
            "我们<span class=\"hidden-character\">U+202E</span>收集<span class=\"hidden-character\">U+200B</span>"
        );
        assert_eq!(plain("a\u{feff}b\0"), "a[U+FEFF]b[U+0000]");
    }

    #[test]
    fn ordinary_text_of_any_script_is_left_alone() {
        for text in ["手机号码\n", "𠀀𝒜", "سياسة الخصوصية", "👩\u{200d}👧", "☎\u{fe0f}"]
        {
            assert_eq!(Shown(text).to_string(), text);
            assert_eq!(plain(text), text);
        }
    }
}
