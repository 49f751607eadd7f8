//! How clumsy sentences are read: each with the practices it states, one a line.

use crate::policies::{practices, told};

/// Asserts that the sentence states these practices and no others.
fn reads(sentence: &str, expected: &[&str]) {
    assert_eq!(told(&practices(sentence)), expected, "{sentence}");
}

#[test]
fn what_goes_to_the_company_is_handed_over_by_the_user() {
    reads("请至少向我们提供头像和手机号码。", &["— 提供 头像|手机号码"]);
    reads("您应向本平台提供您的银行卡号。", &["您 提供 银行卡号"]);
    reads("您无需向我们提供您的身份证号码。", &[]);
}

#[test]
fn a_verb_behind_a_conjunction_has_objects_of_its_own() {
    reads("我们会收集您发布的评论，并展示您的昵称、头像。", &["我们 收集 评论", "我们 展示 昵称|头像"]);
}

#[test]
fn what_a_verb_says_of_an_object_is_no_practice() {
    reads("我们可能与合作伙伴共享不识别您个人身份的设备信息。", &["我们 共享 设备信息 [recipient 合作伙伴]"]);
    reads("我们不会分享用于识别您个人身份的手机号码。", &["我们 不分享 手机号码"]);
    reads("我们会接收并记录的您的设备型号。", &["我们 接收 设备型号", "我们 记录 设备型号"]);
}

#[test]
fn an_object_may_stand_a_clause_before_its_verb() {
    reads(
        "由橙推公司提供推送服务，我们会将您的设备型号、设备品牌等信息，应用列表以及IP地址提供给橙推公司。",
        &["我们 提供 设备型号|设备品牌|应用列表|IP地址 [recipient 橙推公司]"],
    );
    reads(
        "对于您的行程信息，我们不会与任何公司、组织进行共享。",
        &["我们 不共享 行程信息 [recipient 公司|组织]"],
    );
    reads("我们会自动收集您对服务的使用记录，作为日志保存。", &["我们 收集 使用记录", "我们 保存 使用记录"]);
}

#[test]
fn somebody_named_before_receives_as_well() {
    reads("为了安排配送，我们可与其分享您的收货地址。", &["我们 分享 收货地址 [purpose 安排配送]"]);
}

#[test]
fn a_purpose_ends_where_something_is_passed_on() {
    reads(
        "为履行订单，向物流公司分享您的收货地址。",
        &["— 分享 收货地址 [purpose 履行订单] [recipient 物流公司]"],
    );
    reads(
        "我们为了更好地安排配送服务而向物流公司提供您的收货地址。",
        &["我们 提供 收货地址 [purpose 更好地安排配送服务] [recipient 物流公司]"],
    );
}

#[test]
fn a_title_before_a_colon_does_not_name_the_recipient_twice() {
    reads(
        "与关联公司共享：您的手机号码可能会与我们的关联公司共享。",
        &["— 共享 手机号码 [recipient 关联公司]"],
    );
}

#[test]
fn consent_that_is_not_asked_for_negates_nothing() {
    reads("我们可以在不征得您同意的情况下收集您的位置信息。", &["我们 收集 位置信息"]);
    reads(
        "以下情形中，我们可能会依法收集并使用您的个人信息，无需征得您的同意：",
        &["我们 收集 个人信息 [condition 以下情形中]", "我们 使用 个人信息 [condition 以下情形中]"],
    );
}

#[test]
fn what_is_done_on_the_basis_of_data_uses_it() {
    reads(
        "根据您的浏览记录和位置信息，向您推荐附近的门店。",
        &["— 根据 浏览记录|位置信息 [purpose 向您推荐附近的门店]"],
    );
    reads("我们会基于您的订单信息为您推荐商品。", &["我们 基于 订单信息 [purpose 为您推荐商品]"]);
    reads("根据法律法规的规定，向您提供手机号码查询服务。", &[]);
}

#[test]
fn a_line_may_name_a_permission_and_nothing_else() {
    reads("开启相机权限。", &["— 开启 相机权限"]);
    reads("开启相机权限，用于扫描二维码。", &["— 开启 相机权限 [purpose 扫描二维码]"]);
    reads("获取设备型号用于适配屏幕。", &["— 获取 设备型号 [purpose 适配屏幕]"]);
    reads("您可以在系统设置中打开相机权限。", &[]);
}

#[test]
fn an_item_of_a_list_passes_on_what_its_lead_in_names() {
    reads(
        "我们会在以下情况下披露您的手机号码：\na) 经您事先同意，向监管部门披露；\nb) 由我们与第三方共同提供服务；\n",
        &[
            "我们 披露 手机号码 [condition 以下情况下]",
            "我们 披露 手机号码 [condition 经您事先同意|以下情况下] [recipient 监管部门] [consent 经您事先同意]",
        ],
    );
}

#[test]
fn consent_goes_directly_before_what_it_allows() {
    reads(
        "功能提供方将遵照其政策，经您同意后收集您的手机号码。",
        &["— 收集 手机号码 [condition 经您同意后] [consent 经您同意]"],
    );
}

#[test]
fn longer_words_that_hold_one_for_data_name_none() {
    reads("我们会收集您的指纹，并加密存储于信息系统的数据库中。", &["我们 收集 指纹"]);
    reads("我们不会对外公开披露收集的个人信息。", &["我们 不公开披露 个人信息"]);
}

#[test]
fn what_is_kept_or_withheld_needs_no_subject_beside_it() {
    reads(
        "订单信息保留三年，位置轨迹保存不超过七日。",
        &["— 保留 订单信息 [retention 三年]", "— 保存 位置轨迹 [retention 不超过七日]"],
    );
    reads("我们不会公开、转让您的手机号码。", &["我们 不公开 手机号码", "我们 不转让 手机号码"]);
}

#[test]
fn a_picture_is_named_whole_and_a_code_sent_is_no_data() {
    reads("我们会收集您的人脸原始图像。", &["我们 收集 人脸原始图像"]);
    reads(
        "您需要提供手机号码，我们会通过短信验证码的方式核验。",
        &["您 提供 手机号码", "我们 核验 手机号码"],
    );
}

#[test]
fn a_noun_of_data_may_hold_a_word_for_a_place_or_an_object() {
    reads(
        "我们会收集您的所在网点名称、客服对话内容、姓名核对结果、在线时长和手机号码。",
        &["我们 收集 所在网点名称|客服对话内容|姓名核对结果|在线时长|手机号码"],
    );
}

#[test]
fn what_points_at_the_list_below_speaks_of_nothing_above() {
    reads(
        "1. 推送：我们会收集您的设备型号。\n2. 广告：为了展示广告，我们会收集以下信息，并将其分享给广告公司：\na）设备标识符、网络状态；\nb）浏览记录。\n",
        &[
            "我们 收集 设备型号",
            "我们 收集 以下信息 [purpose 展示广告]",
            "我们 分享 以下信息 [purpose 展示广告] [recipient 广告公司]",
            "我们 收集 设备标识符|网络状态 [purpose 展示广告]",
            "我们 收集 浏览记录 [purpose 展示广告]",
        ],
    );
}

#[test]
fn what_else_the_company_does_makes_no_purpose_of_handling() {
    reads(
        "合作伙伴可能会收集您的设备型号。为了保障您的信息安全，我们建议您阅读其隐私政策。",
        &["合作伙伴 收集 设备型号"],
    );
    reads("我们会收集您的手机号码。用于登录时核对身份。", &["我们 收集 手机号码 [purpose 登录时核对身份]"]);
}

#[test]
fn what_things_are_called_is_no_further_item() {
    reads("我们会收集您的手机号码和头像（以下简称“账户资料”）。", &["我们 收集 手机号码|头像"]);
    reads(
        "我们会对合作方获取有关信息的接口（API）、工具包（SDK）进行检测。我们会收集您的头像。",
        &["我们 收集 头像"],
    );
}

#[test]
fn a_bare_head_keeps_what_it_is_about_but_not_whose_it_is() {
    reads("第三方将直接收集与支付相关的信息。", &["第三方 收集 与支付相关的信息"]);
    reads("我们可能会依法披露关于您的个人信息。", &["我们 披露 个人信息"]);
}

#[test]
fn a_modal_that_looks_like_an_object_marker_is_none() {
    reads("我们将记录您的支付记录用于查询订单。", &["我们 记录 支付记录 [purpose 查询订单]"]);
    reads("我们将获取您的聊天记录存储在服务器中。", &["我们 获取 聊天记录"]);
}

#[test]
fn whom_the_user_lets_do_it_does_it() {
    reads("您将授权云岚收集您的通讯录用于推荐好友。", &["— 收集 通讯录 [purpose 推荐好友]"]);
    reads(
        "您知悉并同意配送方不可避免地获知您的收货地址，用于完成交付。",
        &["— 获知 收货地址 [purpose 完成交付]"],
    );
    reads("您同意我们可自您选择的配送公司处收集物流信息。", &["我们 收集 物流信息 [consent 您同意]"]);
    reads("某些为我们提供统计服务的合作伙伴，会向我们的用户收集设备型号。", &["合作伙伴 收集 设备型号"]);
}

#[test]
fn means_and_uses_are_practices_without_a_subject() {
    reads("统计服务具备反作弊能力，通过获取位置信息及IP地址，剔除作弊设备。", &["— 获取 位置信息|IP地址"]);
    reads("我们会将您的MAC地址作为用户的标识。", &["我们 作为 MAC地址"]);
    reads("云岚助手收集您的设备型号。", &["— 收集 设备型号"]);
}

#[test]
fn a_condition_ends_before_an_adverb_and_a_modal() {
    reads("在您申请认证时还需要收集您的面部特征。", &["— 收集 面部特征 [condition 在您申请认证时]"]);
}

#[test]
fn a_list_described_at_its_end_is_a_list() {
    reads(
        "我们会收集以下信息：\n1. 您的所属部门、邮箱地址、职位、工号等企业分配给您的信息；\n2. 昵称。\n",
        &["我们 收集 以下信息", "我们 收集 所属部门|邮箱地址|职位|工号", "我们 收集 昵称"],
    );
}

#[test]
fn plain_words_are_read_as_well() {
    reads("下单以后，骑手会看到您的收货地址。", &["骑手 看到 收货地址 [condition 下单以后]"]);
    reads("我们会把您的手机号给快递员，让他送货。", &["我们 给 手机号 [recipient 快递员]"]);
    reads("我们会拿您的照片做美化。", &["我们 拿 照片"]);
    reads("您的手机号码由第三方收集。", &["第三方 收集 手机号码"]);
}

#[test]
fn a_permission_that_is_needed_is_asked_for() {
    reads("我们需要通知栏权限，以保障推送的及时性。", &["我们 需要 通知栏权限 [purpose 保障推送的及时性]"]);
}

#[test]
fn what_counts_as_consent_states_nothing_new() {
    reads(
        "我们会读取您的通讯录。您开启权限即代表您授权我们可以收集和使用这些信息。",
        &["我们 读取 通讯录 [consent 您授权]"],
    );
}
