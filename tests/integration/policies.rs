//! What policies say, and what is found wrong with them: a policy, and the findings it must give.

use policy_lint::findings::{Analysis, Finding, Place, ScopeChoice};
use policy_lint::knowledge::kinds::{Language, PartRole};
use policy_lint::practices::Practice;
use policy_lint::run::{Engine, Linted, Settings, lint_policy};
use policy_lint::source;
use policy_lint::triage::{Plan, Preferences, Selector};

fn lint(text: &str, rules: &str, scope: ScopeChoice) -> Linted {
    let engine = Engine::load(&[]).unwrap();
    let source = source::open("privacy.txt", text.as_bytes().to_vec(), None).unwrap();
    let select: Vec<_> = rules.split(',').map(|rule| Selector::new(rule).unwrap()).collect();
    let preferences =
        Preferences { profile: "default", select: &select, insist: true, ..Preferences::default() };
    let settings = Settings {
        language: Language::Zh,
        scope,
        plans: vec![Plan::new(engine.rules(), &preferences)],
        ..Settings::default()
    };
    lint_policy(&engine, vec![source], &settings)
}

/// The findings of some rules: severity, rule and the words underlined.
fn findings(text: &str, rules: &str) -> Vec<String> {
    let linted = lint(text, rules, ScopeChoice::Auto);
    let told = |finding: &Finding| {
        let words = match finding.place {
            Place::Prose(span) => linted.files[0].document.text(span),
            Place::File(span) => &linted.files[0].source.text[span.range()],
        };
        format!("{} {} {words}", finding.severity.name(), finding.rule)
    };
    linted.findings.iter().map(told).collect()
}

pub(super) fn practices(text: &str) -> Analysis {
    lint(text, "final-interpretation-right", ScopeChoice::Fragment).files.swap_remove(0)
}

/// One line a practice: who does what with which data, and the parts in brackets.
pub(super) fn told(analysis: &Analysis) -> Vec<String> {
    let text = |span| analysis.document.text(span);
    let line = |practice: &Practice| {
        let actor = practice.actor.map_or("—", |actor| text(actor.span));
        let not = if practice.negated { "不" } else { "" };
        let action = practice.action.map_or("—", |action| text(action.span));
        let data: Vec<&str> = practice.data.iter().map(|item| text(item.span)).collect();
        let mut line = format!("{actor} {not}{action} {}", data.join("|"));
        for role in PartRole::ALL {
            let parts: Vec<&str> = practice.parts(role).map(|part| text(part.span)).collect();
            if !parts.is_empty() {
                line += &format!(" [{} {}]", role.name(), parts.join("|"));
            }
        }
        line
    };
    analysis.practices.iter().map(line).collect()
}

#[test]
fn a_statement_is_read_with_its_purpose_and_condition() {
    let read = practices("当您申请会员卡时，为了核对年龄，我们会收集您的姓名和出生日期。");
    assert_eq!(told(&read), ["我们 收集 姓名|出生日期 [purpose 核对年龄] [condition 当您申请会员卡时]"]);
}

#[test]
fn a_list_goes_on_behind_a_semicolon() {
    let read =
        practices("我们会收集您的身份证明（包括身份证、护照）；生日、籍贯；财产信息（交易记录、余额）。");
    assert_eq!(told(&read), ["我们 收集 身份证明|身份证|护照|生日|籍贯|财产信息|交易记录|余额"]);
}

#[test]
fn a_period_behind_data_says_that_it_is_kept() {
    assert_eq!(told(&practices("订单信息：保存期限为三年。")), ["— 保存 订单信息 [retention 三年]"]);
}

#[test]
fn lists_inside_lists_are_walked() {
    let read =
        practices("我们会收集您的设备信息（包括设备型号、操作系统版本及唯一设备标识符），用于排查故障。");
    assert_eq!(told(&read), ["我们 收集 设备信息|设备型号|操作系统版本|唯一设备标识符 [purpose 排查故障]"]);
}

#[test]
fn a_refusal_two_sentences_on_belongs_to_the_practice_above() {
    let read = practices(
        "为了完成实名认证，我们会收集您的人脸信息。人脸信息会加密保存在境内。如您拒绝提供，将无法完成认证，但不影响您浏览商品。",
    );
    let refusals: Vec<_> =
        read.practices[0].parts(PartRole::Refusal).map(|p| read.document.text(p.span)).collect();
    assert_eq!(refusals, ["如您拒绝提供，将无法完成认证，但不影响您浏览商品"]);
}

#[test]
fn what_the_company_collects_counts_in_any_chapter() {
    let contact = "联系我们\n请提供您的姓名和电话，我们会在十五个工作日内通过您的电话答复您。\n";
    assert_eq!(told(&practices(contact)), [] as [&str; 0]);
    let face = format!("{contact}我们会收集您的人脸信息。\n");
    assert_eq!(told(&practices(&face)), ["我们 收集 人脸信息"]);
    assert_eq!(findings(&face, "sensitive-purpose-missing"), ["error sensitive-purpose-missing 人脸信息"]);
}

#[test]
fn what_is_not_done_is_negated() {
    let read = practices("我们不会收集您的指纹，也不会向第三方出售您的手机号码。");
    assert_eq!(told(&read), ["我们 不收集 指纹", "我们 不出售 手机号码 [recipient 第三方]"]);
}

#[test]
fn two_statements_of_one_sentence_keep_their_purposes() {
    let read = practices("我们会收集您的邮箱，用于寄送发票；为了安排配送，我们会收集您的收货地址。");
    assert_eq!(told(&read), ["我们 收集 邮箱 [purpose 寄送发票]", "我们 收集 收货地址 [purpose 安排配送]"]);
}

#[test]
fn a_list_takes_over_the_verb_of_its_lead_in() {
    let read = practices("为了开通会员，我们会收集以下信息：\n1. 姓名、手机号码；\n2. 出生日期。\n");
    let data: Vec<Vec<&str>> = read
        .practices
        .iter()
        .map(|practice| practice.data.iter().map(|item| read.document.text(item.span)).collect())
        .filter(|data: &Vec<&str>| !data.contains(&"以下信息"))
        .collect();
    assert_eq!(data, [vec!["姓名", "手机号码"], vec!["出生日期"]]);
}

#[test]
fn the_company_goes_by_its_own_short_name() {
    let read = practices(
        "欢迎使用由杭州橙舟网络科技有限公司（以下简称“橙舟”）提供的服务。\n橙舟会收集您的手机号码。",
    );
    assert_eq!(told(&read), ["橙舟 收集 手机号码"]);
}

#[test]
fn the_users_own_doing_is_providing() {
    let read = practices("注册时，您需要向我们提供手机号码和密码。");
    assert_eq!(read.practices[0].action.unwrap().kind.name(), "provide");
}

#[test]
fn hand_set_marks_go_before_what_the_words_alone_would_give() {
    let read = practices(
        "当{您使用签到功能}时，(我们)会[收集]您的<位置信息>。为{发放奖品}，(我们)会[收集]您的<收货地址>。",
    );
    assert_eq!(
        told(&read),
        ["我们 收集 位置信息 [condition 您使用签到功能]", "我们 收集 收货地址 [purpose 发放奖品]"]
    );
}

#[test]
fn sensitive_data_needs_a_purpose() {
    assert_eq!(
        findings("我们会收集您的人脸信息。", "sensitive-purpose-missing"),
        ["error sensitive-purpose-missing 人脸信息"]
    );
    assert_eq!(findings("为完成实名认证，我们会收集您的人脸信息。", "sensitive-purpose-missing"), [""; 0]);
    assert_eq!(findings("我们不会收集您的人脸信息。", "sensitive-purpose-missing"), [""; 0]);
}

#[test]
fn only_the_standards_annex_calls_a_number_sensitive() {
    // GB/T 35273 Annex B lists it, the law does not: at most a warning.
    assert_eq!(
        findings("我们会收集您的身份证号码。", "sensitive-purpose-missing"),
        ["warning sensitive-purpose-missing 身份证号码"]
    );
}

#[test]
fn items_of_one_list_are_one_finding() {
    let linted =
        lint("我们会收集您的指纹、人脸信息、银行卡号。", "sensitive-purpose-missing", ScopeChoice::Auto);
    assert_eq!(linted.findings.len(), 1);
    assert!(linted.findings[0].message.contains("指纹"), "{}", linted.findings[0].message);
}

#[test]
fn a_fragment_is_not_told_what_the_whole_lacks() {
    let chapter = "二、我们如何收集您的个人信息\n为完成注册，我们会收集您的手机号码。\n";
    let missing = |scope| lint(chapter, "retention-period-missing", scope).findings.len();
    assert_eq!((missing(ScopeChoice::Auto), missing(ScopeChoice::Full)), (0, 1));
}

#[test]
fn terms_that_leave_it_to_the_policy_are_not_told_what_the_policy_lacks() {
    let chapters = "一、账号\n您可以注册账号。\n二、信息收集\n为完成注册，我们会收集您的手机号码。\n\
                    三、信息安全\n我们采取加密等措施保护您的信息。\n四、未成年人\n未成年人应在监护人指导下使用。\n";
    let missing = |before: &str, behind: &str| {
        lint(&format!("{before}\n\n{chapters}{behind}"), "retention-period-missing", ScopeChoice::Auto)
            .findings
            .len()
    };
    let reference = "五、隐私政策\n我们如何处理个人信息，详见《橙舟隐私政策》。\n";
    assert_eq!(missing("橙舟服务协议", reference), 0);
    assert_eq!(missing("橙舟服务协议", "五、联系我们\n请拨打客服电话。\n"), 1);
    assert_eq!(missing("橙舟隐私政策", reference), 1);
    assert_eq!(missing("橙舟服务协议", &format!("{reference}\n橙舟隐私政策\n\n{chapters}")), 1);
}

#[test]
fn what_terms_without_a_policy_lack_is_a_hint_beside_the_lack_of_a_policy() {
    let chapters = "一、账号\n您可以注册账号。\n二、信息收集\n为完成注册，我们会收集您的手机号码。\n\
                    三、信息安全\n我们采取加密等措施保护您的信息。\n四、未成年人\n未成年人应在监护人指导下使用。\n";
    let told = |title: &str, rule| findings(&format!("{title}\n\n{chapters}"), rule);
    assert_eq!(told("橙舟服务协议", "retention-period-missing"), ["info retention-period-missing 信息收集"]);
    assert_eq!(told("橙舟服务协议", "policy-only-in-terms"), ["warning policy-only-in-terms 信息收集"]);
    assert_eq!(told("橙舟隐私政策", "retention-period-missing"), ["error retention-period-missing 信息收集"]);
    assert!(told("橙舟隐私政策及服务协议", "policy-only-in-terms").is_empty());
}

#[test]
fn statements_that_contradict_each_other_are_both_shown() {
    let text =
        "我们不会向第三方共享您的身份证号码。\n为完成实名认证，我们会向认证服务商共享您的身份证号码。\n";
    let linted = lint(text, "contradiction-sharing", ScopeChoice::Auto);
    assert_eq!(linted.findings.len(), 1);
    assert_eq!(linted.findings[0].labels.len(), 1);
}

#[test]
fn a_fingerprint_stays_when_text_is_put_above() {
    let print =
        |text: &str| lint(text, "unlimited-purpose", ScopeChoice::Auto).findings[0].fingerprint.clone();
    let text = "我们有权以任何目的使用您的个人信息。";
    assert_eq!(print(text), print(&format!("橙舟隐私政策\n\n更新日期：2025年1月1日\n\n{text}")));
}

#[test]
fn a_record_of_labelled_lines_is_one_practice() {
    let read = practices(
        "我们接入的SDK如下。\n\n1、云桥推送SDK\n使用目的：用于推送上课提醒\n使用场景：老师发布通知\n\
         收集的个人信息类型：IMEI、订阅主题等\n公司名称：某某科技有限公司\n\n2、海图地图SDK\n\
         使用目的：显示门店\n收集信息：位置信息\n",
    );
    assert_eq!(
        told(&read),
        [
            "云桥推送SDK 收集 IMEI|订阅主题 [purpose 推送上课提醒] [condition 老师发布通知] [recipient 某某科技有限公司]",
            "海图地图SDK 收集 位置信息 [purpose 显示门店]",
        ]
    );
}

#[test]
fn a_record_may_stand_on_one_line() {
    let read = practices("名称：云付 使用目的：完成支付 收集数据类型：订单金额；支付账号\n");
    assert_eq!(told(&read), ["— 收集 订单金额|支付账号 [purpose 完成支付]"]);
    let read = practices("【使用目的】核对会员。【收集的信息】手机号码、会员等级。\n");
    assert_eq!(told(&read), ["— 收集 手机号码|会员等级 [purpose 核对会员]"]);
}

#[test]
fn items_under_a_lead_in_may_be_described_or_unknown() {
    let read = practices(
        "我们会收集您的信息，包括：\n（1）球场信息，包括挥杆速度、面部照片等；\n（2）您在订场时浏览的页面地址。\n",
    );
    assert_eq!(told(&read)[1..], ["我们 收集 球场信息|挥杆速度|面部照片", "我们 收集 页面地址"]);
}

#[test]
fn a_title_leads_in_the_groups_of_its_chapter() {
    let read = practices(
        "一、我们如何收集您的信息\n\n以下说明各类信息。\n\n使用信息主要包括：点击、收藏、搜索。\n\n二、其他\n\n设备信息主要包括：型号。\n",
    );
    assert_eq!(told(&read), ["— 收集 使用信息|点击|收藏|搜索"]);
}

#[test]
fn what_is_used_for_something_is_used() {
    let read = practices("手机震动权限，用于实现消息提醒功能。\n本条款适用于会员。\n");
    assert_eq!(told(&read), ["— 用于 手机震动权限 [purpose 实现消息提醒功能]"]);
}

#[test]
fn members_go_on_with_the_practice_before() {
    let read = practices("我们会收集您的设备信息。此类信息包括设备型号、屏幕亮度。如您拒绝，不影响浏览。");
    assert_eq!(told(&read)[1], "我们 收集 设备型号|屏幕亮度 [refusal 如您拒绝，不影响浏览]");
}

#[test]
fn what_a_list_is_called_is_no_item_of_it() {
    let read = practices("我们会收集您的姓名、生日等必要信息。");
    assert_eq!(told(&read), ["我们 收集 姓名|生日"]);
    // Behind it even words that nobody ever listed are data.
    let read = practices("我们会记录您的座位预订、展位认领等信息。");
    assert_eq!(told(&read), ["我们 记录 座位预订|展位认领"]);
}

#[test]
fn commas_beside_a_figure_part_nothing() {
    let read = practices("聊天记录会在您发送,72,小时后自动删除。");
    assert_eq!(told(&read), ["— 删除 聊天记录 [retention 在您发送,72,小时后]"]);
}

#[test]
fn names_in_brackets_are_recipients() {
    let read = practices("我们会与地图服务商（橙图地图）共享您的位置信息。");
    assert_eq!(told(&read), ["我们 共享 位置信息 [recipient 地图服务商|橙图地图]"]);
}

#[test]
fn a_title_that_names_data_leads_in_its_chapter() {
    let read = practices(
        "1.2 我们在您使用服务时获取的信息\n\n1）设备信息\n\n例如，设备型号、电池电量等信息。\n\n1.3 您提供的信息\n\n您的通讯记录、时长；\n",
    );
    assert_eq!(told(&read), ["我们 获取 设备信息", "我们 获取 设备型号|电池电量", "您 提供 通讯记录|时长"]);
}

#[test]
fn what_describes_a_recipient_is_not_done() {
    let read =
        practices("我们会将您的手机号码与关联公司及供应商（例如为我们提供地图数据的地图服务商）分享。");
    assert_eq!(told(&read), ["我们 分享 手机号码 [recipient 关联公司|供应商|地图服务商]"]);
}
