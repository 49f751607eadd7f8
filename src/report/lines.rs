/// Where the lines of a file start, and how many characters come before any byte of it.
///
/// Characters are counted once, with a checkpoint every few hundred bytes, so that a column is found as
/// fast in a file that is one line of 50 MB.
#[derive(Clone, Debug)]
pub struct Lines {
    starts: Vec<usize>,
    /// Characters before byte `i * STRIDE`; a character counts where it starts.
    checkpoints: Vec<usize>,
    byte_order_mark: bool,
}

const STRIDE: usize = 256;

impl Lines {
    pub fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let starts =
            std::iter::once(0).chain(text.match_indices('\n').map(|(newline, _)| newline + 1)).collect();
        let mut before = 0;
        let checkpoints = bytes
            .chunks(STRIDE)
            .map(|chunk| {
                let here = before;
                before += characters(chunk);
                here
            })
            .collect();
        Self { starts, checkpoints, byte_order_mark: text.starts_with('\u{feff}') }
    }

    /// Line and column of a byte, both from 1; the column counts characters.
    pub fn position(&self, text: &str, byte: usize) -> (usize, usize) {
        let byte = byte.min(text.len());
        let line = self.starts.partition_point(|start| *start <= byte) - 1;
        let start = self.starts[line];
        let mut column = self.characters_before(text, byte) - self.characters_before(text, start);
        // No editor counts a byte order mark as a column.
        if line == 0 && self.byte_order_mark && column > 0 {
            column -= 1;
        }
        (line + 1, column + 1)
    }

    /// The bytes of the line that holds `byte`, without its line end.
    pub fn around(&self, text: &str, byte: usize) -> std::ops::Range<usize> {
        let line = self.starts.partition_point(|start| *start <= byte) - 1;
        let start = self.starts[line];
        let end = self.starts.get(line + 1).copied().unwrap_or(text.len());
        start..start + text[start..end].trim_end_matches(['\n', '\r']).len()
    }

    fn characters_before(&self, text: &str, byte: usize) -> usize {
        let checkpoint = (byte / STRIDE).min(self.checkpoints.len().saturating_sub(1));
        let known = self.checkpoints.get(checkpoint).copied().unwrap_or(0);
        known + characters(&text.as_bytes()[checkpoint * STRIDE..byte])
    }
}

/// How many characters start in these bytes of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte as i8) >= -0x40).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "我们\r\n收集 IMEI。\n";
        let lines = Lines::of(text);
        assert_eq!(lines.position(text, 0), (1, 1));
        assert_eq!(lines.position(text, 3), (1, 2));
        assert_eq!(lines.position(text, text.find("IMEI").unwrap()), (2, 4));
        assert_eq!(lines.position(text, text.len()), (3, 1));
        assert_eq!(&text[lines.around(text, 3)], "我们");
    }

    #[test]
    fn a_byte_order_mark_is_no_column() {
        let text = "\u{feff}我们收集";
        let lines = Lines::of(text);
        assert_eq!(lines.position(text, 0), (1, 1));
        assert_eq!(lines.position(text, 3), (1, 1));
        assert_eq!(lines.position(text, 6), (1, 2));
    }

    #[test]
    fn every_byte_of_a_long_line_agrees_with_counting() {
        let text = "a我".repeat(5000);
        let lines = Lines::of(&text);
        for (index, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(lines.position(&text, byte), (1, index + 1));
        }
    }

    #[test]
    fn nothing_has_a_first_line() {
        assert_eq!(Lines::of("").position("", 0), (1, 1));
        assert_eq!(Lines::of("").around("", 0), 0..0);
    }
}
