//! What holds for any input.

use proptest::prelude::*;

use super::sample::{self, outline};
use super::*;

const FORMATS: [Format; 4] = [Format::Annotated, Format::Text, Format::Markdown, Format::Html];

/// Pieces that policies are made of, and what breaks parsers.
fn soup() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "我们",
        "收集",
        "手机号",
        "您的信息",
        "。",
        "，",
        "；",
        "：",
        "\n",
        "\n\n",
        "\r\n",
        "  \n",
        " ",
        "\t",
        "一、",
        "二、",
        "（一）",
        "1.",
        "1.1 ",
        "1.1.1",
        "2、",
        "3）",
        "a) ",
        "①",
        "• ",
        "- ",
        "第三章 ",
        "(",
        ")",
        "（",
        "）",
        "[",
        "]",
        "<",
        ">",
        "{",
        "}",
        "【",
        "】",
        "“",
        "”",
        "**",
        "*",
        "# ",
        "## ",
        "|",
        "|---|",
        "\\",
        "`",
        "```",
        "    ",
        "> ",
        "![",
        "](",
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<br>",
        "<li>",
        "<ul>",
        "</ul>",
        "<table>",
        "<td>",
        "<th>",
        "</table>",
        "<script>",
        "</script>",
        "<a href='x'>",
        "</a>",
        "&amp;",
        "&nbsp;",
        "&",
        "&#x4e2d;",
        "<!--",
        "-->",
        "\u{FEFF}",
        "\u{3000}",
        "\u{0}",
        "abc",
        "1,000",
        "https://a.cn/?b=1",
        "====",
        "é",
        "😀",
        "隐私政策",
    ]);
    prop::collection::vec(prop_oneof![9 => pieces.prop_map(str::to_owned), 1 => any::<String>()], 0..60)
        .prop_map(|pieces| pieces.concat())
}

fn check(text: &str, format: Format) -> Document {
    let document = sample::read(text, format);
    let prose = document.prose.text();
    let sound = |span: Span| {
        assert!(span.start <= span.end && span.end() <= prose.len(), "{span:?} of {}", prose.len());
        assert!(prose.is_char_boundary(span.start()) && prose.is_char_boundary(span.end()));
        let file = document.prose.to_file(span);
        assert!(file.start <= file.end && file.end <= text.len(), "{file:?} of {}", text.len());
        assert!(text.is_char_boundary(file.start) && text.is_char_boundary(file.end), "{file:?} in {text:?}");
        for piece in document.prose.pieces(span) {
            assert!(file.start <= piece.start && piece.end <= file.end);
        }
    };
    let mut end = 0;
    for (index, paragraph) in document.paragraphs.iter().enumerate() {
        sound(paragraph.span);
        assert!(!paragraph.span.is_empty() && paragraph.span.start() >= end);
        end = paragraph.span.end();
        let section = document.section(paragraph.section);
        assert!(section.span.contains(paragraph.span), "{index} in {section:?}");
    }
    end = 0;
    for sentence in &document.sentences {
        sound(sentence.span);
        assert!(!sentence.span.is_empty() && sentence.span.start() >= end);
        end = sentence.span.end();
        assert!(document.paragraph(sentence.paragraph).span.contains(sentence.span));
        let mut from = sentence.span.start;
        for clause in &sentence.clauses {
            sound(*clause);
            assert_eq!(clause.start, from);
            assert!(!clause.is_empty());
            from = clause.end;
        }
        assert_eq!(from, sentence.span.end);
    }
    // Sentences leave out nothing but white space.
    let inside: usize = document.sentences.iter().map(|s| words(document.text(s.span))).sum();
    assert_eq!(inside, words(prose));
    for (index, section) in document.sections.iter().enumerate() {
        sound(section.span);
        if let Some(heading) = section.heading {
            sound(heading);
            assert!(section.span.contains(heading));
        }
        match section.parent {
            None => assert_eq!(index, 0),
            Some(parent) => {
                assert!((parent.0 as usize) < index);
                assert!(document.section(parent).span.contains(section.span));
                assert_eq!(document.section(parent).level + 1, section.level);
            }
        }
    }
    for (span, _) in &document.attributes {
        sound(*span);
    }
    for annotation in &document.annotations {
        sound(annotation.span);
    }
    for slip in &document.slips {
        assert!(slip.at.end <= text.len() && text.is_char_boundary(slip.at.start));
    }
    for comment in &document.comments {
        assert!(text.is_char_boundary(comment.at.start) && text.is_char_boundary(comment.at.end));
        assert!(text.get(comment.text.range()).is_some());
        assert!(prose.is_char_boundary(comment.behind as usize));
        if let Some(block) = comment.block {
            sound(block);
        }
    }
    document
}

fn words(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn any_input_is_read_soundly(text in soup()) {
        for format in FORMATS {
            let document = check(&text, format);
            let _ = outline(&document);
        }
    }

    #[test]
    fn prose_of_a_text_is_what_the_file_says(text in soup()) {
        let document = check(&text, Format::Text);
        for sentence in &document.sentences {
            let pieces = document.prose.pieces(sentence.span);
            let file: String = pieces.iter().map(|piece| &text[piece.range()]).collect();
            let joined = |text: &str| text.split_whitespace().collect::<String>();
            assert_eq!(joined(&file), joined(document.text(sentence.span)));
        }
    }
}

#[test]
fn hostile_inputs_are_read_in_linear_time() {
    let count = 100_000;
    let mut inputs: Vec<String> = [
        "(",
        "[",
        "<",
        "{",
        "【",
        "（",
        "“",
        ")",
        "]",
        ">",
        "}",
        "**",
        "<b>",
        "<a href=x>",
        "(我",
        "[收",
        "<号",
        "{为",
        "|",
        "#",
    ]
    .iter()
    .map(|piece| piece.repeat(count))
    .collect();
    inputs.push(format!("{}文{}", "<div>".repeat(count), "</div>".repeat(count)));
    inputs.push(format!("{}文", "<table><tr><td>".repeat(count)));
    inputs.push("<ul><li>".repeat(count));
    inputs.push("> ".repeat(2_000));
    inputs.push("- ".repeat(2_000));
    inputs.push("我们收集（您的信息，".repeat(170_000));
    inputs.push("一、".repeat(count));
    inputs.push("一、总则\n".repeat(count / 5));
    inputs.push("1.1 我们 ".repeat(count / 5));
    inputs.push("1、总则 (1) 甲 a) 乙 ".repeat(count / 5));
    inputs.push("甲|乙\n---|---\n".repeat(count / 5));
    inputs.push(format!("{}\n{}", "---|".repeat(count), "a|b|c  \n".repeat(count)));
    inputs.push(format!("a|b|c|d\n---|---|---|---  \n{}", "e|f|g  \n\n".repeat(count)));
    inputs.push(format!("甲\n|\n{}", "乙\n---|---\n\n|\n".repeat(count / 5)));
    inputs.push("| a | b | c\n".repeat(count));
    inputs.push("&amp".repeat(count));
    inputs.push("字".repeat(count * 10));
    for input in inputs {
        for format in FORMATS {
            let document = sample::read(&input, format);
            assert!(document.sections.len() <= document.paragraphs.len() + 1);
        }
        let _ = crate::source::open("x.txt", input.into_bytes(), None);
    }
}
