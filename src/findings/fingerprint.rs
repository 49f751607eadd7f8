//! What identifies a finding from one version of a policy to the next.

use crate::span::Span;

/// How many characters on either side tell one occurrence from another.
const AROUND: usize = 8;

/// The words that identify a finding, and where those around them stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Identity<'a> {
    pub(super) prose: &'a str,
    pub(super) focus: Span,
    /// The last characters of it tell one occurrence from another.
    pub(super) before: Span,
    /// Its first characters do.
    pub(super) after: Span,
}

impl<'a> Identity<'a> {
    /// Words that stand in `sentence`.
    pub(super) fn in_sentence(prose: &'a str, focus: Span, sentence: Span) -> Self {
        let before = Span::new(sentence.start(), focus.start());
        Self { prose, focus, before, after: Span::new(focus.end(), sentence.end()) }
    }

    /// An item of a list that is handled by `action`: it stays the same when its neighbours change.
    pub(super) fn in_list(prose: &'a str, focus: Span, action: Span, sentence: Span) -> Self {
        let leads = sentence.contains(action) && action.end() <= focus.start();
        let before = if leads { Span::new(sentence.start(), action.end()) } else { action };
        Self { prose, focus, before, after: Span::new(focus.end(), focus.end()) }
    }
}

/// The fingerprint of a finding; of an absence without words.
pub(super) fn of(rule: &str, words: Option<Identity<'_>>) -> String {
    let mut hash = Fnv::new();
    hash.write(rule);
    if let Some(Identity { prose, focus, before, after }) = words {
        hash.write(&significant(before.of(prose)).rev().take(AROUND).collect::<String>());
        hash.write(&significant(focus.of(prose)).collect::<String>());
        hash.write(&significant(after.of(prose)).take(AROUND).collect::<String>());
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
        let focus = Span::new(at, at + word.len());
        of("purpose-missing", Some(Identity::in_sentence(prose, focus, Span::new(0, prose.len()))))
    }

    #[test]
    fn position_and_spaces_do_not_matter() {
        assert_eq!(print("我们会收集您的手机号。", "手机号"), print("  我们会 收集您的手机号 。", "手机号"));
    }

    #[test]
    fn the_words_around_matter() {
        assert_ne!(print("我们会收集您的手机号。", "手机号"), print("我们会共享您的手机号。", "手机号"));
    }

    #[test]
    fn an_item_does_not_change_with_its_neighbours() {
        let item = |prose: &str| {
            let span = |word: &str| {
                let at = prose.find(word).unwrap();
                Span::new(at, at + word.len())
            };
            let sentence = Span::new(0, prose.len());
            of("a", Some(Identity::in_list(prose, span("手机号"), span("收集"), sentence)))
        };
        assert_eq!(item("我们会收集您的手机号。"), item("我们会收集您的姓名、手机号、住址。"));
        assert_ne!(item("我们会收集您的手机号。"), item("登录时我们收集您的手机号。"));
    }
}
