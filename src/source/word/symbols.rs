//! Characters of symbol fonts.

use super::xml::Tag;

/// The character that a `w:sym` shows. Symbol fonts put their glyphs where Unicode has nothing; of those
/// that texts use as signs, what they look like is known.
pub(super) fn symbol(tag: &Tag<'_>) -> Option<char> {
    let code = u32::from_str_radix(tag.attribute("char")?.trim(), 16).ok()?;
    let font = tag.attribute("font").unwrap_or_default().to_ascii_lowercase();
    // The glyphs may be given with or without their offset.
    let glyph = if (0xF000..=0xF0FF).contains(&code) { code - 0xF000 } else { code };
    let known = match font.as_str() {
        "wingdings" => match glyph {
            0x6C | 0x9F => Some('•'),
            0x6E | 0xA7 => Some('▪'),
            0x6F | 0x71 | 0xA8 => Some('□'),
            0x52 | 0xFE => Some('☑'),
            0x54 | 0x78 | 0xFD => Some('☒'),
            0x76 => Some('❖'),
            0xD8 => Some('➢'),
            0xE0 => Some('→'),
            0xFB => Some('✗'),
            0xFC => Some('✓'),
            _ => None,
        },
        "symbol" => match glyph {
            0xB7 => Some('•'),
            0xA3 => Some('≤'),
            0xB3 => Some('≥'),
            0xB4 => Some('×'),
            _ => None,
        },
        _ => None,
    };
    known.or_else(|| char::from_u32(code)).filter(|c| !c.is_control())
}
