//! Tables as they occur, and the rows read out of them.

use crate::document::{ParagraphKind, sample};
use crate::source::Format;

/// Each row on a line, `#` before a head, cells in `[]`; text outside tables as it stands.
fn rows(text: &str, format: Format) -> Vec<String> {
    let document = sample::read(text, format);
    let mut lines: Vec<String> = Vec::new();
    let mut row = None;
    let mut last = None;
    for paragraph in &document.paragraphs {
        let text = document.text(paragraph.span);
        let ParagraphKind::Cell(place) = paragraph.kind else {
            lines.push(text.to_owned());
            continue;
        };
        if row != Some((place.table, place.row)) {
            row = Some((place.table, place.row));
            lines.push(if place.header { "#" } else { "" }.to_owned());
        }
        let Some(line) = lines.last_mut() else { continue };
        if last == Some(place) {
            line.pop();
            line.push_str(&format!("/{text}]"));
        } else {
            let rows = if place.rows > 1 { format!("{}x", place.rows) } else { String::new() };
            line.push_str(&format!("{}{rows}[{text}]", place.column));
        }
        last = Some(place);
    }
    lines
}

fn both(text: &str) -> Vec<String> {
    let markdown = rows(text, Format::Markdown);
    assert_eq!(rows(text, Format::Text), markdown);
    markdown
}

#[test]
fn no_outer_pipes_are_needed() {
    let text = "我们接入的插件如下：\n插件名称 | 目的 | 范围  \n---|---|---  \n甲 | 推送 | 设备型号  \n乙 | 统计|  \n\n我们会保护信息。\n";
    assert_eq!(
        both(text),
        [
            "我们接入的插件如下：",
            "#0[插件名称]1[目的]2[范围]",
            "0[甲]1[推送]2[设备型号]",
            "0[乙]1[统计]",
            "我们会保护信息。",
        ]
    );
}

#[test]
fn outer_pipes_and_alignment_are_fine() {
    let text = "| 名称 | 目的 |\n|:---|:-:|\n| 甲 \\| 乙 | 推送 |\n| 丙 | 统计 |\n之后的正文没有竖线。\n";
    let found = rows(text, Format::Markdown);
    assert_eq!(found[..3], ["#0[名称]1[目的]", "0[甲 | 乙]1[推送]", "0[丙]1[统计]"]);
    assert_eq!(found[3], "之后的正文没有竖线。");
}

#[test]
fn a_head_may_follow_its_lead_in_on_one_line() {
    let text = "  * 1.2 插件可能获取信息，包括： 名称| 目的| 范围  \n---|---|---  \n甲| 推送| 型号  \n";
    let found = rows(text, Format::Markdown);
    assert_eq!(found, ["1.2 插件可能获取信息，包括：", "#0[名称]1[目的]2[范围]", "0[甲]1[推送]2[型号]"]);
    let text = "  * **权限** | **目的**  \n---|---  \n相机| 扫码  \n\n  * 后来的项目。\n";
    assert_eq!(rows(text, Format::Markdown), ["#0[权限]1[目的]", "0[相机]1[扫码]", "后来的项目。"]);
}

#[test]
fn rows_broken_in_a_cell_are_whole() {
    let text = "名称| 目的| 范围  \n---|---|---  \n甲| 推送|\n设备型号  \n乙| 统计| 设备型号、\n应用列表  \n";
    assert_eq!(
        both(text),
        ["#0[名称]1[目的]2[范围]", "0[甲]1[推送]2[设备型号]", "0[乙]1[统计]2[设备型号、应用列表]",]
    );
    let broken = "名称| 目的| 范围  \n---|---|---  \n丙| 支付  \n结算| 订单号  \n";
    assert_eq!(rows(broken, Format::Markdown)[1], "0[丙]1[支付/结算]2[订单号]");
    let text = "| 名称 | 目的 |\n|---|---|\n| 甲 | 推送、\n通知 |\n| 乙 | 统计 |\n";
    assert_eq!(both(text), ["#0[名称]1[目的]", "0[甲]1[推送、通知]", "0[乙]1[统计]"]);
}

#[test]
fn cells_and_pipes_may_stand_on_lines_of_their_own() {
    let text = "我们申请下列权限：\n\n **权限**\n|\n **目的** ****\n|\n **说明**  \n  \n---|---|---  \n  \n相机\n|\n扫码\n|\n可关闭  \n  \n\
                位置\n|\n推荐\n\n附近门店\n|\n可关闭  \n  \n我们不会读取其他内容。\n\n谢谢。\n";
    assert_eq!(
        rows(text, Format::Markdown),
        [
            "我们申请下列权限：",
            "#0[权限]1[目的]2[说明]",
            "0[相机]1[扫码]2[可关闭]",
            "0[位置]1[推荐/附近门店]2[可关闭]",
            "我们不会读取其他内容。",
            "谢谢。",
        ]
    );
    let found = rows(&text.replace('\n', "\r\n"), Format::Text);
    assert_eq!(found[2..4], ["0[相机]1[扫码]2[可关闭]", "0[位置]1[推荐/附近门店]2[可关闭]"]);
}

#[test]
fn cells_left_out_are_those_that_span_the_row() {
    let text = "功能| 目的| 名称| 范围| 链接\n---|---|---|---|---  \n支付| 结算| 甲| 订单号| a.cn  \n乙| 订单号| b.cn  \n丙| 金额| c.cn  \n地图| 导航| 丁| 位置| d.cn  \n";
    assert_eq!(
        both(text),
        [
            "#0[功能]1[目的]2[名称]3[范围]4[链接]",
            "03x[支付]13x[结算]2[甲]3[订单号]4[a.cn]",
            "2[乙]3[订单号]4[b.cn]",
            "2[丙]3[金额]4[c.cn]",
            "0[地图]1[导航]2[丁]3[位置]4[d.cn]",
        ]
    );
}

#[test]
fn rows_of_as_many_cells_need_no_drawn_line() {
    let text = "清单如下：\n名称 | 目的 | 范围\n甲 | 推送 | 型号\n\n首页 | 关于\n帮助 | 联系\n";
    assert_eq!(both(text)[..3], ["清单如下：", "0[名称]1[目的]2[范围]", "0[甲]1[推送]2[型号]"]);
}

#[test]
fn a_stray_pipe_is_no_table() {
    let text = "您可以选择 开启 | 关闭 该功能。\n\n我们会收集“甲|乙|丙”。\n";
    assert_eq!(both(text), ["您可以选择 开启 | 关闭 该功能。", "我们会收集“甲|乙|丙”。"]);
}

#[test]
fn two_tables_and_what_stands_between() {
    let text = "权限\n|\n目的  \n  \n---|---  \n  \n相机\n|\n扫码  \n  \n插件如下：\n\n插件\n|\n范围  \n  \n---|---  \n  \n甲\n|\n型号  \n";
    assert_eq!(
        both(text),
        ["#0[权限]1[目的]", "0[相机]1[扫码]", "插件如下：", "#0[插件]1[范围]", "0[甲]1[型号]"]
    );
}

#[test]
fn markup_in_cells_leaves_the_prose_and_spans_map_back() {
    let text = "插件 | 范围  \n---|---  \n**甲** 插件 | [型号](https://a.cn/b)&amp;**位置**  \n";
    let document = sample::read(text, Format::Markdown);
    assert_eq!(rows(text, Format::Markdown)[1], "0[甲 插件]1[型号&位置]");
    let at = document.prose.text().find("位置").unwrap_or_default();
    let file = document.prose.to_file(crate::span::Span::new(at, at + "位置".len()));
    assert_eq!(&text[file.range()], "位置");
}

#[test]
fn nothing_panics_on_odd_lines() {
    for text in [
        "|",
        "||\n--|--",
        "---|---",
        "|\n---|---\n|",
        "|---|\n|",
        "a\n-|-\n|\n|\n\n|",
        "\u{FEFF}|a|\r\n|-|\r\n|b|c|",
    ] {
        rows(text, Format::Markdown);
        rows(text, Format::Text);
    }
}
