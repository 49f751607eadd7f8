//! Which paragraphs of a Word file are headings: by their level in the outline, or by their style.

use crate::knowledge::structure::Structure;
use crate::source::word::{Paragraph, Word, chain};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rank {
    /// The title of the document has level 0.
    Heading(u8),
    /// A line of a table of contents.
    Contents,
    Text,
}

/// In the outline, the level of text.
const TEXT: u8 = 9;

/// What Word calls the styles of a table of contents, in any language.
const CONTENTS: &str = "toc";

pub(super) fn rank(paragraph: &Paragraph, word: &Word, structure: &Structure) -> Rank {
    let level = |outline: u8| if outline < TEXT { Rank::Heading(outline + 1) } else { Rank::Text };
    let mut own = paragraph.outline.map(level);
    for (_, style) in chain(&word.styles, paragraph.style) {
        let name = style.name.trim().to_lowercase();
        if numbered(&name, CONTENTS).is_some() {
            return Rank::Contents;
        }
        if own.is_none() {
            own = style.outline.map(level);
        }
        if own.is_none() {
            let heading = structure.heading_styles.iter().find_map(|word| numbered(&name, word));
            let title = structure.title_styles.contains(&name);
            own = heading.map(Rank::Heading).or(title.then_some(Rank::Heading(0)));
        }
    }
    own.unwrap_or(Rank::Text)
}

/// The number behind `word`, from 1 to 9: `heading 2`.
fn numbered(name: &str, word: &str) -> Option<u8> {
    let number = name.strip_prefix(word)?.trim_start();
    number.parse().ok().filter(|number| (1..=TEXT).contains(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_stands_behind_the_name_of_a_style() {
        assert_eq!(numbered("heading 2", "heading"), Some(2));
        assert_eq!(numbered("标题2", "标题"), Some(2));
        assert_eq!(numbered("heading", "heading"), None);
        assert_eq!(numbered("heading 10", "heading"), None);
        assert_eq!(numbered("toc heading", "toc"), None);
    }
}
