//! Tables in policies: each row is a practice.

use super::policies::{practices, told};

/// What the rows say; the sentence that leads in the table is left out.
fn rows(text: &str) -> Vec<String> {
    let mut rows = told(&practices(text));
    rows.retain(|row| !row.contains("以下信息"));
    rows
}

#[test]
fn where_third_parties_collect_the_software_acts_and_its_maker_receives() {
    let text = "我们接入的第三方插件会收集以下信息：\n\n\
                插件名称 | 使用目的 | 信息范围 | 开发商  \n---|---|---|---  \n\
                云雀推送 | 推送消息 | 设备型号、青鸟标识 | 云雀科技有限公司  \n\
                白鹭统计 | 用于分析启动次数 |\n获取IP地址、应用列表等 | 白鹭网络有限公司<https://bailu.example>  \n\
                灰鹤支付 | / | 无 | 灰鹤有限公司  \n\n感谢您的信任。\n";
    assert_eq!(
        rows(text),
        [
            "云雀推送 收集 设备型号|青鸟标识 [purpose 推送消息] [recipient 云雀科技有限公司]",
            "白鹭统计 获取 IP地址|应用列表 [purpose 分析启动次数] [recipient 白鹭网络有限公司]",
        ]
    );
}

#[test]
fn where_the_company_shares_whom_the_row_names_receives() {
    let text = "我们可能向合作方共享以下信息：\n\n合作方名称 | 共享信息 | 目的 | 保存期限\n---|---|---|---\n\
                云雀快递 | 收货地址/手机号 | 送货上门 | 90天\n";
    assert_eq!(
        rows(text),
        ["我们 共享 收货地址|手机号 [purpose 送货上门] [recipient 云雀快递] [retention 90天]"]
    );
}

#[test]
fn cells_on_lines_of_their_own_are_a_row() {
    let text = "**我们会收集以下信息：**\n\n**业务功能**\n|\n**收集的信息** ****\n|\n**目的**  \n  \n---|---|---  \n  \n\
                下单\n|\n**收货地址**、手机号\n|\n送货上门  \n  \n搜索\n|\n搜索记录\n|\n-  \n  \n谢谢。\n";
    assert_eq!(
        rows(text),
        [
            "我们 收集 收货地址|手机号 [purpose 送货上门] [condition 下单]",
            "我们 收集 搜索记录 [condition 搜索]"
        ]
    );
}

#[test]
fn a_header_needs_no_mark() {
    let text = "我们会收集以下信息：\n信息类型 | 业务功能 | 拒绝的影响\n手机号 | 登录 | 无法登录\n位置 | 门店推荐 | 无法推荐门店\n";
    assert_eq!(
        rows(text),
        [
            "我们 收集 手机号 [condition 登录] [refusal 无法登录]",
            "我们 收集 位置 [condition 门店推荐] [refusal 无法推荐门店]",
        ]
    );
}

#[test]
fn a_cell_that_spans_rows_holds_for_each() {
    let text = "<!doctype html><p>我们会收集以下信息：</p><table>\
                <tr><td>业务功能</td><td>收集的信息</td><td>目的</td></tr>\
                <tr><td rowspan=2>下单</td><td>收货地址</td><td>送货</td></tr>\
                <tr><td>手机号</td><td>联系您</td></tr></table>";
    assert_eq!(
        rows(text),
        [
            "我们 收集 收货地址 [purpose 送货] [condition 下单]",
            "我们 收集 手机号 [purpose 联系您] [condition 下单]"
        ]
    );
}

#[test]
fn headers_may_stand_in_the_first_column() {
    let text = "<!doctype html><p>清单：</p><table><tr><th>插件名称</th><td>云雀推送</td></tr>\
                <tr><th>收集信息</th><td>设备型号</td></tr><tr><th>用途</th><td>推送消息</td></tr></table>";
    assert_eq!(rows(text), ["云雀推送 收集 设备型号 [purpose 推送消息]"]);
    let named = "<!doctype html><p>清单：</p><table><tr><th></th><th>收集的信息</th></tr>\
                 <tr><th>登录</th><td>昵称</td></tr></table>";
    assert_eq!(rows(named), ["— 收集 昵称"]);
}

#[test]
fn what_describes_an_item_is_no_verb_of_the_row() {
    let text = "插件名称 | 信息范围\n---|---\n云雀云盘 | 用户上传的照片\n白鹭清理 | 设备存储情况\n";
    let rows = rows(text);
    assert_eq!(rows[0], "— — 照片 [recipient 云雀云盘]");
    assert!(rows[1].starts_with("— — "), "{}", rows[1]);
}
