//! Spelling that makes no difference: one folded form for lexicon, patterns and prose alike.

use super::spec;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Which characters and words count as the same.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Folding {
    /// Sorted by the character replaced.
    characters: Vec<(char, char)>,
    /// Which low bytes the characters replaced have: most characters have another.
    low_bytes: [u64; 4],
    /// Words that may replace each other inside a surface form, already folded.
    words: Vec<Vec<String>>,
}

impl Folding {
    pub(super) fn extend(&mut self, spelling: &spec::Spelling) {
        let mut map: BTreeMap<char, char> = self.characters.iter().copied().collect();
        map.extend(&spelling.characters);
        self.characters = map.into_iter().collect();
        for (c, _) in &self.characters {
            let (block, bit) = low_byte(*c);
            self.low_bytes[block] |= bit;
        }
        for group in &spelling.words {
            let group = group.iter().map(|word| self.fold(word)).collect();
            self.words.push(group);
        }
    }

    /// The folded character: Latin letters in lower case and half width, variants as the standard one.
    pub fn character(&self, c: char) -> char {
        match c {
            'A'..='Z' => c.to_ascii_lowercase(),
            '\0'..='\x7f' => c,
            // Full-width digits and letters; full-width punctuation structures the sentence and stays.
            '\u{ff10}'..='\u{ff19}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' => {
                char::from_u32(c as u32 - 0xfee0).map_or(c, |c| c.to_ascii_lowercase())
            }
            _ => {
                let (block, bit) = low_byte(c);
                if self.low_bytes[block] & bit == 0 {
                    return c;
                }
                match self.characters.binary_search_by_key(&c, |pair| pair.0) {
                    Ok(at) => self.characters[at].1,
                    Err(_) => c,
                }
            }
        }
    }

    /// Folds a word of the lexicon or of a rule.
    pub fn fold(&self, text: &str) -> String {
        let mut folded = String::with_capacity(text.len());
        self.fold_pieces(text, |_, piece| folded.push_str(piece));
        folded
    }

    /// Hands what stays to `emit` piece by piece, folded, each with the byte position it came from.
    ///
    /// Spaces between letters or digits of any script are dropped: `IP 地址` is `ip地址`.
    fn fold_pieces(&self, text: &str, mut emit: impl FnMut(usize, &str)) {
        // Where what was not handed over yet starts; it stays as it is.
        let mut same = 0;
        // What it is matters before a blank only.
        let mut previous = ' ';
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if is_blank(c) {
                let mut ahead = chars.clone();
                let next = loop {
                    match ahead.peek() {
                        Some(&(_, c)) if is_blank(c) => {
                            ahead.next();
                        }
                        other => break other.map(|&(_, c)| c),
                    }
                };
                chars = ahead;
                emit(same, &text[same..at]);
                same = chars.peek().map_or(text.len(), |(at, _)| *at);
                if !(previous.is_alphanumeric() && next.is_some_and(char::is_alphanumeric)) {
                    emit(at, " ");
                }
                previous = ' ';
                continue;
            }
            previous = c;
            let folded = self.character(c);
            if folded != c {
                emit(same, &text[same..at]);
                emit(at, folded.encode_utf8(&mut [0; 4]));
                same = at + c.len_utf8();
            }
        }
        emit(same, &text[same..]);
    }

    /// An already folded word with the first of each group of words in place of the others.
    pub fn standard(&self, folded: String) -> String {
        let others = |group: &'_ [String]| group.iter().skip(1).any(|word| folded.contains(word.as_str()));
        if !self.words.iter().any(|group| others(group)) {
            return folded;
        }
        let mut standard = folded;
        for group in &self.words {
            if let Some((first, others)) = group.split_first() {
                for other in others {
                    standard = standard.replace(other.as_str(), first);
                }
            }
        }
        standard
    }

    /// Every spelling of an already folded form, itself first.
    pub(super) fn spellings(&self, folded: &str) -> Vec<String> {
        let mut all = vec![folded.to_owned()];
        for group in &self.words {
            for word in group.iter().filter(|word| folded.contains(word.as_str())) {
                for other in group.iter().filter(|other| *other != word) {
                    let spelling = folded.replace(word.as_str(), other);
                    if !all.contains(&spelling) {
                        all.push(spelling);
                    }
                }
            }
        }
        all
    }
}

/// Where the low byte of a character stands in a set of bytes.
fn low_byte(c: char) -> (usize, u64) {
    let byte = c as u32 & 0xff;
    ((byte >> 6) as usize, 1 << (byte & 63))
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{a0}' | '\u{3000}')
}

/// Folded prose with the way back to the prose.
#[derive(Debug)]
pub struct Folded {
    pub text: String,
    /// Where runs begin in which both texts advance alike: (position in `text`, position in the prose).
    runs: Vec<(u32, u32)>,
}

impl Folded {
    pub fn new(folding: &Folding, prose: &str) -> Self {
        let mut text = String::with_capacity(prose.len());
        let mut runs = vec![(0, 0)];
        let mut shift = 0i64;
        folding.fold_pieces(prose, |at, piece| {
            if piece.is_empty() {
                return;
            }
            if at as i64 - text.len() as i64 != shift {
                shift = at as i64 - text.len() as i64;
                runs.push((text.len() as u32, at as u32));
            }
            text.push_str(piece);
        });
        Self { text, runs }
    }

    pub fn way_back(&self) -> WayBack<'_> {
        WayBack { runs: &self.runs, at: 0 }
    }
}

/// Leads from folded text back to the prose, quickest to a position near the one before.
#[derive(Debug)]
pub struct WayBack<'a> {
    runs: &'a [(u32, u32)],
    /// The run that the last position stood in.
    at: usize,
}

impl WayBack<'_> {
    /// The position in the prose of the character that starts at `at` in the folded text.
    pub fn prose_at(&mut self, at: usize) -> usize {
        while self.runs[self.at].0 as usize > at {
            self.at -= 1;
        }
        while self.runs.get(self.at + 1).is_some_and(|next| next.0 as usize <= at) {
            self.at += 1;
        }
        let (folded, prose) = self.runs[self.at];
        prose as usize + (at - folded as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folding() -> Folding {
        let mut folding = Folding::default();
        folding.extend(&spec::Spelling {
            characters: [('帐', '账')].into(),
            words: vec![vec!["登录".into(), "登陆".into()]],
        });
        folding
    }

    #[test]
    fn case_width_spaces_and_variants_make_no_difference() {
        assert_eq!(folding().fold("ＩＰ 地址"), "ip地址");
        assert_eq!(folding().fold("Android ID"), "androidid");
        assert_eq!(folding().fold("微信帐号"), "微信账号");
    }

    #[test]
    fn spaces_beside_punctuation_stay() {
        assert_eq!(folding().fold("地址 ，电话"), "地址 ，电话");
    }

    #[test]
    fn words_that_replace_each_other_give_further_spellings() {
        assert_eq!(folding().spellings("登录密码"), ["登录密码", "登陆密码"]);
    }

    #[test]
    fn positions_lead_back_to_the_prose() {
        let prose = "您的 IP 地址、ＭＡＣ 地址。";
        let folded = Folded::new(&folding(), prose);
        assert_eq!(folded.text, "您的ip地址、mac地址。");
        let mut way_back = folded.way_back();
        for (at, c) in folded.text.char_indices() {
            let back = way_back.prose_at(at);
            assert_eq!(folding().character(prose[back..].chars().next().unwrap()), c);
        }
    }
}
