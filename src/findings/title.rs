//! Where a policy says what it is called.

use crate::document::{Document, punctuation};
use crate::knowledge::structure::Structure;
use crate::span::Span;

/// The title stands among so many first paragraphs.
pub(super) const WITHIN: usize = 4;
const LONGEST: usize = 40;
/// A policy names itself in so many first sentences.
const EARLY: usize = 12;

/// What stands for the whole document: the first title line or heading that speaks of the policy, else the
/// first title, else the first sentence that names the policy, else the first in its language.
pub(super) fn of_whole(document: &Document, structure: &Structure) -> Option<Span> {
    let lines = || lines(document, WITHIN);
    let mut headings = document.sections.iter().filter_map(|section| section.heading);
    let names_policy = |span: &Span| {
        let text = document.text(*span);
        structure.policy_marks.iter().any(|mark| text.contains(mark.as_str()))
    };
    let named = |line: &Span| is_named(document, *line, &structure.titles);
    let sentences =
        || document.sentences.iter().take(EARLY).map(|sentence| sentence.span.trim(document.prose.text()));
    let in_language = |span: &Span| document.text(*span).chars().any(|c| !c.is_ascii() && c.is_alphabetic());
    let is_bare = |line: &Span| named(line) || !document.text(*line).contains(punctuation::in_sentence);
    lines()
        .find(|line| names_policy(line) && is_bare(line))
        .or_else(|| headings.find(names_policy))
        .or_else(|| lines().find(named))
        .or_else(|| sentences().find(names_policy))
        .or_else(|| sentences().find(in_language))
        .or_else(|| sentences().next())
}

/// The lines among the first `within` paragraphs that are short enough for a title.
pub(super) fn lines(document: &Document, within: usize) -> impl Iterator<Item = Span> {
    let lines = document.paragraphs.iter().take(within);
    lines
        .map(|paragraph| paragraph.span.trim(document.prose.text()))
        .filter(|line| !line.is_empty() && document.text(*line).chars().count() <= LONGEST)
}

/// Whether a line ends with one of these words, closing quotes apart.
pub(super) fn is_named(document: &Document, line: Span, words: &[String]) -> bool {
    let line = bare(document.text(line));
    words.iter().any(|word| line.ends_with(word.as_str()))
}

/// A line without what closes a quoted title.
pub(super) fn bare(line: &str) -> &str {
    line.trim_end_matches(['》', '”', '」'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document;
    use crate::source::{Encoding, Format, Source};

    fn whole(text: &str) -> String {
        let knowledge = crate::builtin::knowledge().unwrap();
        let (path, text) = ("policy".to_owned(), text.to_owned());
        let source = Source { path, text, encoding: Encoding::Utf8, format: Format::Text, word: None };
        let document = document::parse(&source, &knowledge.structure);
        document.text(of_whole(&document, &knowledge.structure).unwrap()).to_owned()
    }

    #[test]
    fn what_an_exporter_writes_before_the_title_is_no_title() {
        assert_eq!(
            whole("id:cn.example.orange\n====\n橙舟隐私政策 2024年3月1日\n我们重视您的隐私。\n"),
            "橙舟隐私政策 2024年3月1日"
        );
        assert_eq!(whole("0\n\n橙舟用户协议\n\n本协议由您与橙舟订立。\n"), "橙舟用户协议");
    }

    #[test]
    fn terms_are_named_by_their_chapter_on_privacy() {
        let terms = "橙舟用户协议\n\n一、服务内容\n\n橙舟提供地图。\n\n您可以免费使用。\n\n二、隐私保护\n\n橙舟保护您的隐私。\n";
        assert_eq!(whole(terms), "隐私保护");
    }

    #[test]
    fn without_a_title_the_sentence_that_names_the_policy_stands_for_it() {
        assert_eq!(
            whole("中文\n\n感谢您使用橙舟！本隐私政策说明，我们如何收集您的信息。\n"),
            "本隐私政策说明，我们如何收集您的信息。"
        );
        assert_eq!(whole("v2.1\n\n感谢您使用橙舟！\n"), "感谢您使用橙舟！");
    }
}
