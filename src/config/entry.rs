//! Writes the entry of a waiver as YAML.

use std::fmt::Write;

use super::file::WaiverEntry;

/// An entry of `waivers` as lines of a block list, without indentation and without line ends: `- rule: …`.
pub fn waiver_lines(entry: &WaiverEntry) -> Vec<String> {
    let mut lines: Vec<String> = parts(entry).map(|(key, value)| format!("  {key}: {value}")).collect();
    if let Some(first) = lines.first_mut() {
        first.replace_range(..1, "-");
    }
    lines
}

/// The same on one line: `{ rule: …, … }`.
pub(super) fn waiver_in_braces(entry: &WaiverEntry) -> String {
    let parts: Vec<String> = parts(entry).map(|(key, value)| format!("{key}: {value}")).collect();
    format!("{{ {} }}", parts.join(", "))
}

fn parts(entry: &WaiverEntry) -> impl Iterator<Item = (&'static str, String)> {
    let WaiverEntry { rule, file, quote, fingerprint, reason, approved_by, expires } = entry;
    let text = |text: &Option<String>| text.as_deref().map(scalar);
    [
        ("rule", Some(scalar(rule))),
        ("file", text(file)),
        ("quote", text(quote)),
        // Sixteen digits may look like a number.
        ("fingerprint", fingerprint.as_deref().map(quoted)),
        ("reason", text(reason)),
        ("approved-by", text(approved_by)),
        ("expires", expires.map(|date| date.to_string())),
    ]
    .into_iter()
    .filter_map(|(key, value)| Some((key, value?)))
}

/// Words that YAML takes for something else than text.
const NO_TEXT: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];

/// Punctuation that means nothing to YAML wherever it stands inside a word.
const HARMLESS: &str = "-_./，。、；！？（）《》“”‘’";

/// A text as YAML reads it back: plain where nothing in it can be misread, else in quotes.
pub fn scalar(text: &str) -> String {
    let harmless = |c: char| c.is_alphanumeric() || HARMLESS.contains(c);
    let plain = text.starts_with(char::is_alphabetic)
        && text.chars().all(harmless)
        && !NO_TEXT.contains(&text.to_ascii_lowercase().as_str());
    if plain { text.to_owned() } else { quoted(text) }
}

/// A text in double quotes. What cannot be seen, or turns the direction of what is seen, is escaped.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if is_hidden(c) => {
                // Writing to a string cannot fail.
                let _ = match c as u32 {
                    code @ 0..=0xffff => write!(out, "\\u{code:04x}"),
                    code => write!(out, "\\U{code:08x}"),
                };
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
                | '\u{feff}' | '\u{fff9}'..='\u{ffff}' | '\u{e0000}'..='\u{e0fff}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What YAML reads.
    fn read(entry: &WaiverEntry, lines: &str) -> WaiverEntry {
        let entries: Vec<WaiverEntry> = serde_yaml::from_str(lines).unwrap_or_else(|error| {
            panic!("{error} in {lines} for {entry:?}");
        });
        entries.into_iter().next().unwrap()
    }

    #[test]
    fn an_entry_reads_well() {
        let entry = WaiverEntry {
            rule: "sensitive-purpose-missing".to_owned(),
            file: Some("legal/privacy.md".to_owned()),
            quote: Some("人脸信息、指纹".to_owned()),
            fingerprint: Some("0123456789012345".to_owned()),
            reason: Some("见意见书：第 3 条".to_owned()),
            approved_by: Some("王敏（法务）".to_owned()),
            expires: "2027-06-30".parse().ok(),
        };
        assert_eq!(
            waiver_lines(&entry),
            [
                "- rule: sensitive-purpose-missing",
                "  file: legal/privacy.md",
                "  quote: 人脸信息、指纹",
                "  fingerprint: \"0123456789012345\"",
                "  reason: \"见意见书：第 3 条\"",
                "  approved-by: 王敏（法务）",
                "  expires: 2027-06-30",
            ]
        );
    }

    #[test]
    fn whatever_a_text_holds_is_read_back() {
        let hostile = [
            "yes",
            "NO",
            "null",
            "~",
            "",
            " ",
            "- a",
            "? a",
            ": a",
            "a: b",
            "a #b",
            "#a",
            "'",
            "\"",
            "\\",
            "\\n",
            "a\nb: c",
            "a\r\n- rule: x",
            "{a}",
            "[a]",
            "*a",
            "&a",
            "!a",
            "%a",
            "@a",
            "`a`",
            "|",
            ">",
            "---",
            "...",
            "12",
            "1e5",
            "0x1f",
            "2020-01-01",
            "\u{0}\u{7}\u{1b}",
            "\u{85}\u{2028}\u{feff}\u{202e}a",
            "\u{7f}\u{9f}",
            "\u{1f600}𠀀",
            "</script>",
            "a, b",
            "a}",
            "true.",
            "\u{e0001}\u{fffe}",
        ];
        for text in hostile {
            let some = Some(text.to_owned());
            let entry = WaiverEntry {
                rule: text.to_owned(),
                file: some.clone(),
                quote: some.clone(),
                fingerprint: some.clone(),
                reason: some.clone(),
                approved_by: some,
                expires: None,
            };
            assert_eq!(read(&entry, &waiver_lines(&entry).join("\n")), entry, "{text:?}");
            assert_eq!(read(&entry, &format!("[{}]", waiver_in_braces(&entry))), entry, "{text:?}");
        }
    }
}
