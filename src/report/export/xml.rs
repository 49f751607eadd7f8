//! Elements and attributes of XML reports.

use std::borrow::Cow;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};

/// A document of what `fill` writes. Writing to memory does not fail.
pub(super) fn document(fill: impl FnOnce(&mut Writer<Vec<u8>>) -> std::io::Result<()>) -> String {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    let written = writer
        .write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))
        .and_then(|()| fill(&mut writer));
    debug_assert!(written.is_ok(), "memory takes all");
    let mut text = String::from_utf8_lossy(&writer.into_inner()).into_owned();
    text.push('\n');
    text
}

/// Without the characters that XML 1.0 knows no way to write (section 2.2).
pub(in crate::report) fn legal(text: &str) -> Cow<'_, str> {
    let illegal =
        |c: char| matches!(c, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}');
    if text.contains(illegal) { Cow::Owned(text.replace(illegal, "\u{fffd}")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_say_is_replaced() {
        assert_eq!(legal("a\0b\u{ffff}\n<"), "a\u{fffd}b\u{fffd}\n<");
    }
}
