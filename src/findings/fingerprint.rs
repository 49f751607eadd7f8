//! What identifies a finding from one version of a policy to the next.

use crate::span::Span;

/// How many characters on either side tell one occurrence from another.
const AROUND: usize = 8;

/// The fingerprint of a finding about `focus`, which stands in `sentence`; of an absence without words.
pub(super) fn of(rule: &str, words: Option<(&str, Span, Span)>) -> String {
    let mut hash = Fnv::new();
    hash.write(rule);
    if let Some((prose, focus, sentence)) = words {
        hash.write(
            &significant(&prose[sentence.start()..focus.start()]).rev().take(AROUND).collect::<String>(),
        );
        hash.write(&significant(focus.of(prose)).collect::<String>());
        hash.write(&significant(&prose[focus.end()..sentence.end()]).take(AROUND).collect::<String>());
    }
    format!("{:016x}", hash.0)
}

/// Without white space and punctuation, which editors change freely.
fn significant(text: &str) -> impl DoubleEndedIterator<Item = char> + '_ {
    text.chars().filter(|c| c.is_alphanumeric())
}

/// FNV-1a: the same on every machine and in every version, as what is stored in a baseline must be.
struct Fnv(u64);

impl Fnv {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn write(&mut self, text: &str) {
        // The separator keeps ("ab", "c") apart from ("a", "bc").
        for byte in text.bytes().chain([0xff]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(prose: &str, word: &str) -> String {
        let at = prose.find(word).unwrap();
        of("purpose-missing", Some((prose, Span::new(at, at + word.len()), Span::new(0, prose.len()))))
    }

    #[test]
    fn position_and_spaces_do_not_matter() {
        assert_eq!(print("我们会收集您的手机号。", "手机号"), print("  我们会 收集您的手机号 。", "手机号"));
    }

    #[test]
    fn the_words_around_matter() {
        assert_ne!(print("我们会收集您的手机号。", "手机号"), print("我们会共享您的手机号。", "手机号"));
    }
}
