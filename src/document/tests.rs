//! Policies and what is read out of them.

use super::sample::{outline, read};
use super::*;

fn outline_of(text: &str, format: Format) -> String {
    outline(&read(text, format))
}

#[test]
fn chapters_items_and_their_items() {
    let text = "某某隐私政策\n更新日期：今天\n\n一、信息的收集\n我们为下列目的收集信息：\n1、注册账号\n您需要提供手机号。\n\
                1）手机号；\n2）验证码。\n2、搜索\n我们会收集关键词。\n二、联系我们\n请您来信。\n";
    assert_eq!(
        outline_of(text, Format::Text),
        "Chapter [某某隐私政策]\n\
        \x20 更新日期：今天\n\
        \x20 Chapter [信息的收集]\n\
        \x20   我们为下列目的收集信息：\n\
        \x20   Chapter [注册账号]\n\
        \x20     您需要提供手机号。\n\
        \x20     Item []\n\
        \x20       1）手机号；\n\
        \x20     Item []\n\
        \x20       2）验证码。\n\
        \x20   Chapter [搜索]\n\
        \x20     我们会收集关键词。\n\
        \x20 Chapter [联系我们]\n\
        \x20   请您来信。"
    );
}

#[test]
fn short_lines_and_short_sentences_are_titles() {
    let text = "一、我们如何收集信息\n账号注册\n当您注册时，(我们)会[收集]您的<手机号>。\n播放功能。\n当您播放时，(我们)会[收集]<记录>。\n\
                搜索功能。当您搜索时，(我们)会[收集]<关键词>。\n1) 客户服务。当您咨询时，(我们)会[收集]<姓名>。";
    assert_eq!(
        outline_of(text, Format::Annotated),
        "Chapter [我们如何收集信息]\n\
        \x20 Chapter [账号注册]\n\
        \x20   当您注册时，我们会收集您的手机号。\n\
        \x20   Item [播放功能]\n\
        \x20     播放功能。\n\
        \x20     当您播放时，我们会收集记录。\n\
        \x20   Item [搜索功能]\n\
        \x20     搜索功能。当您搜索时，我们会收集关键词。\n\
        \x20     Item [客户服务]\n\
        \x20       1) 客户服务。当您咨询时，我们会收集姓名。"
    );
}

#[test]
fn a_table_of_contents_has_no_chapters() {
    let text = "# 隐私政策\n\n## 目录\n\n**一、收集**\n\n**二、使用**\n\n**三、共享**\n\n### 一、收集\n\n我们收集信息。\n\n\
                ### 二、使用\n\n我们使用信息。\n\n### 三、共享\n\n我们共享信息。\n";
    assert_eq!(
        outline_of(text, Format::Markdown),
        "Chapter [隐私政策]\n\
        \x20 Chapter [目录]\n\
        \x20   一、收集\n\
        \x20   二、使用\n\
        \x20   三、共享\n\
        \x20 Chapter [收集]\n\
        \x20   我们收集信息。\n\
        \x20 Chapter [使用]\n\
        \x20   我们使用信息。\n\
        \x20 Chapter [共享]\n\
        \x20   我们共享信息。"
    );
}

#[test]
fn text_behind_a_list_is_no_part_of_its_last_item() {
    let text = "一、收集\n我们收集：\n（1）手机号；\n（2）昵称。\n以上信息由您主动提供，您可以拒绝。";
    let document = read(text, Format::Text);
    let last = document.paragraphs.last().map(|p| document.section_path(p.section));
    assert_eq!(last, Some(vec!["一、收集"]));
}

#[test]
fn marked_up_lists_are_items() {
    let page = "<h2>一、收集</h2><p>我们收集：</p><ul><li>手机号</li><li><p>昵称：用于展示</p><p>您可以修改。</p></li></ul><p>谢谢您的信任。</p>";
    assert_eq!(
        outline_of(page, Format::Html),
        "Chapter [收集]\n\
        \x20 我们收集：\n\
        \x20 Item []\n\
        \x20   手机号\n\
        \x20 Item [昵称]\n\
        \x20   昵称：用于展示\n\
        \x20   您可以修改。\n\
        \x20 谢谢您的信任。"
    );
}

#[test]
fn hard_wrapped_text_is_whole_again() {
    let text = "一、总则\n    本政策适用于某某公司提供的全部产品和服务，请您\n仔细阅读并且充分理解本政策的每一条款，特别是以粗\n\
                体字标识的条款，您应当重点阅读这些与您有关的条款\n内容。如果您不同意本政策的任何内容，您应当立即停\n止使用。\n二、收集\n我们收集信息。\n";
    let document = read(text, Format::Text);
    let sentences: Vec<_> = document.sentences.iter().map(|s| document.text(s.span)).collect();
    assert_eq!(sentences.len(), 5);
    assert!(sentences[1].contains("请您仔细阅读") && sentences[1].ends_with("条款内容。"));
    assert_eq!(sentences[2], "如果您不同意本政策的任何内容，您应当立即停止使用。");
}

#[test]
fn statements_that_stand_one_a_line_need_no_stop() {
    let text = "我们会收集您的手机号，用于登录\n我们会收集您的位置，用于推荐门店\n\n\
                为了登录，我们会收集\n您的手机号和密码。\n";
    let document = read(text, Format::Markdown);
    let sentences: Vec<_> = document.sentences.iter().map(|s| document.text(s.span)).collect();
    assert_eq!(
        sentences,
        [
            "我们会收集您的手机号，用于登录",
            "我们会收集您的位置，用于推荐门店",
            "为了登录，我们会收集您的手机号和密码。"
        ]
    );
}

#[test]
fn a_span_of_prose_is_found_in_the_file() {
    let text = "为{完成注册}，(我们)会[收集]您的<手机号>。";
    let document = read(text, Format::Annotated);
    let data = document.annotations.iter().find(|a| a.kind == Bracket::Data).map(|a| a.span);
    let file = data.map(|span| &text[document.prose.to_file(span).range()]);
    assert_eq!(file, Some("手机号"));
    let sentence = document.sentences.first().map(|s| document.prose.to_file(s.span).range());
    assert_eq!(sentence, Some(0..text.len()));
}

#[test]
fn ways_through_a_document() {
    let text = "一、收集\n我们收集以下信息：\n1、账号\n您提供手机号。我们发送验证码。\n1）可选信息。\n";
    let document = read(text, Format::Text);
    let item = document.paragraph(ParagraphId(4)).section;
    assert_eq!(document.section(item).kind, SectionKind::Item);
    assert_eq!(document.section_path(item), ["一、收集", "1、账号"]);
    let chapter = document.chapter_of(item);
    assert_eq!(document.section_path(chapter), ["一、收集", "1、账号"]);
}

/// Each comment with the block that it is about and how the prose goes on behind it.
fn comments(text: &str, format: Format) -> Vec<(String, Option<String>, String)> {
    let document = sample::read(text, format);
    let prose = document.prose.text();
    let told = |comment: &Comment| {
        let behind: String = prose[comment.behind as usize..].chars().take(3).collect();
        let block = comment.block.map(|block| block.of(prose).to_owned());
        (text[comment.text.range()].trim().to_owned(), block, behind)
    };
    document.comments.iter().map(told).collect()
}

/// The blocks of all comments.
fn blocks(text: &str, format: Format) -> Vec<Option<String>> {
    comments(text, format).into_iter().map(|(_, block, _)| block).collect()
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn a_comment_is_no_prose_and_knows_what_follows() {
    let text = "# 总则\n\n<!-- 一 -->\n我们会收集信息，\n用于登录。\n\n<!--\n二\n-->\n\n## 存储\n\n存储于境内。\n\n<!-- 三 -->\n";
    assert_eq!(
        comments(text, Format::Markdown),
        [
            ("一".to_owned(), some("我们会收集信息，用于登录。"), "我们会".to_owned()),
            ("二".to_owned(), some("存储"), "存储\n".to_owned()),
            ("三".to_owned(), None, String::new()),
        ]
    );
    let page = "<h1>总则</h1><!-- 一 --><p>我们会收集信息，<br>用于登录。</p><!-- 二 --><h2>存储</h2><p>存储于境内。</p><!--三-->";
    assert_eq!(blocks(page, Format::Html), [some("我们会收集信息，\n用于登录。"), some("存储"), None]);
}

#[test]
fn a_comment_within_a_paragraph_is_about_it() {
    let text = "前一段。\n\n我们会收集<!-- 一 -->信息，\n用于登录。<!-- 二 -->\n\n后一段。\n";
    let paragraph = some("我们会收集信息，用于登录。");
    assert_eq!(blocks(text, Format::Markdown), [paragraph.clone(), paragraph]);
    assert_eq!(comments(text, Format::Markdown)[0].2, "信息，");
    let page = "<p>前一段。</p><p>我们会收集<!-- 一 -->信息。</p><p>后一段。</p>";
    assert_eq!(blocks(page, Format::Html), [some("我们会收集信息。")]);
}

#[test]
fn a_comment_before_a_list_is_about_the_list_and_one_in_it_about_an_item() {
    let text = "以下信息：\n\n<!-- 一 -->\n\n- 姓名\n\n  <!-- 二 -->\n\n- 住址\n  - 省\n- 电话 <!-- 三 -->\n\n完。\n";
    assert_eq!(
        blocks(text, Format::Markdown),
        [some("姓名\n住址\n省\n电话"), some("住址\n省"), some("电话")]
    );
    let page = "<p>以下：</p><!-- 一 --><ul><li>姓名</li><!-- 二 --><li>住址</li><li>电话<!-- 三 --></li></ul><p>完。</p>";
    assert_eq!(blocks(page, Format::Html), [some("姓名\n住址\n电话"), some("住址"), some("电话")]);
}

#[test]
fn a_comment_before_a_table_is_about_the_table_and_one_in_it_about_a_row() {
    let text = "说明。\n\n<!-- 一 -->\n\n| 名称 | 目的 |\n|---|---|\n| 甲方 | 推送 <!-- 二 --> |\n| <!-- 三 --> 乙方 | 支付 |\n\n完。\n";
    assert_eq!(
        blocks(text, Format::Markdown),
        [some("名称\n目的\n甲方\n推送\n乙方\n支付"), some("甲方\n推送"), some("乙方\n支付")]
    );
    let page = "<!-- 一 --><table><tr><th>名称</th></tr><!-- 二 --><tr><td>甲方</td><td>推送</td></tr>\
                <tr><td>乙方</td><td><!-- 三 -->支付</td></tr></table><p>完。</p>";
    assert_eq!(
        blocks(page, Format::Html),
        [some("名称\n甲方\n推送\n乙方\n支付"), some("甲方\n推送"), some("乙方\n支付")]
    );
}

#[test]
fn only_what_is_a_comment_to_its_format_is_one() {
    let text = "写作 `<!-- 一 -->`。\n\n```\n<!-- 二 -->\n```\n\n&lt;!-- 三 --&gt;\n";
    assert_eq!(blocks(text, Format::Markdown), []);
    let page = "<p>&lt;!-- 一 --&gt;</p><script>/* <!-- 二 --> */</script><title><!-- 三 --></title><!doctype x><?php ?>";
    assert_eq!(blocks(page, Format::Html), []);
    assert_eq!(blocks("<!-- 一 -->\n我们会收集信息。\n", Format::Text), []);
}

#[test]
fn a_comment_that_nobody_closes_hides_no_text() {
    let document = sample::read("前。\n\n<!-- 草稿\n我们会收集信息。\n\n完。\n", Format::Markdown);
    assert_eq!(document.prose.text(), "前。\n我们会收集信息。\n完。");
}

#[test]
fn words_stand_in_whole_clauses() {
    let text = "我们会收集信息。您知悉，我们有权解释和修改本政策，除非法律另有规定。完。";
    let document = read(text, Format::Text);
    let around = |words: &str| {
        let at = text.find(words).unwrap();
        document.text(document.clauses_around(Span::new(at, at + words.len())))
    };
    assert_eq!(around("解释和修改"), "我们有权解释和修改本政策");
    assert_eq!(around("政策，除非"), "我们有权解释和修改本政策，除非法律另有规定");
    assert_eq!(around("规定。"), "除非法律另有规定。");
}
