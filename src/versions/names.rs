//! Who receives data, by a name that spelling does not change.

use super::wording::normal;
use crate::knowledge::Knowledge;
use crate::span::Span;

/// A recipient.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// As the version writes it.
    pub(super) text: String,
    pub(super) span: Span,
    pub(super) normal: String,
}

/// Of names with fewer bytes one may stand in the other by chance.
const LONG: usize = 9;
/// Longer ones are no names.
const LONGEST: usize = 120;

impl Name {
    /// Whether both name the same: one may be called in more words than the other (合作伙伴, 授权合作伙伴).
    pub(super) fn is(&self, other: &Self) -> bool {
        let (short, long) = match self.normal.len() < other.normal.len() {
            true => (&self.normal, &other.normal),
            false => (&other.normal, &self.normal),
        };
        short == long || (short.len() >= LONG && long.contains(short.as_str()))
    }
}

/// The name in some words; `None` when there is none.
pub(super) fn read(text: &str, span: Span, knowledge: &Knowledge) -> Option<Name> {
    let text = text.trim();
    let bare = text.split(['（', '(']).next().filter(|bare| !bare.trim().is_empty()).unwrap_or(text).trim();
    let mut normal = normal(knowledge, bare);
    let companies = &knowledge.grammar.companies;
    while let Some(word) = companies.longest_end(&normal) {
        // 公司 alone is a name, however little it says.
        if word.len() == normal.len() {
            break;
        }
        normal.truncate(normal.len() - word.len());
    }
    let is_name = !normal.is_empty() && text.len() <= LONGEST;
    is_name.then(|| Name { text: bare.to_owned(), span, normal })
}
