//! The inventory: which items a policy collects, and who else gets them.

use crate::support::Project;
use serde_json::Value;

const POLICY: &str = "\
# 拾光笔记隐私政策

## 一、我们如何收集和使用您的个人信息

### 注册与登录

为了帮助您完成注册，我们会收集您的手机号码。如您拒绝提供，将无法注册。

### 实名认证

当您申请成为认证作者时，为了核实身份，您需要提供姓名、身份证号。经您单独同意，我们会将上述信息用于比对。

### 商品配送

为了寄送商品，您需要填写收货地址和手机号。我们不会收集您的通讯录。

### 设备权限

当您拍照时，为了扫描文档，我们会申请相机权限。您关闭摄像头权限后，仍可使用其他功能。

## 二、我们如何共享您的个人信息

为了配送商品，我们会将您的收货地址、手机号码提供给青松物流公司。

| SDK名称 | 公司名称 | 收集的信息 | 使用目的 | 隐私政策 |
|---|---|---|---|---|
| 雷鸟推送 | 雷鸟科技有限公司 | 设备标识符、网络状态 | 消息推送 | https://leiniao.example/p |
";

fn inventory(policy: &str) -> Value {
    let said = Project::new(&[("privacy.md", policy)]).run("practices --no-config --format json privacy.md");
    assert_eq!(said.status, 0, "{}", said.err);
    let told: Value = serde_json::from_str(&said.out).unwrap();
    told["inventory"][0].clone()
}

fn names(items: &Value) -> Vec<&str> {
    items.as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap()).collect()
}

fn texts(quotes: &Value) -> Vec<&str> {
    quotes.as_array().unwrap().iter().map(|quote| quote["text"].as_str().unwrap()).collect()
}

fn item<'v>(inventory: &'v Value, name: &str) -> &'v Value {
    let items = inventory["collected"].as_array().unwrap();
    items.iter().find(|item| item["name"] == name).unwrap_or_else(|| panic!("no {name} in {items:#?}"))
}

#[test]
fn an_item_stands_once_under_the_name_used_most_with_all_its_places() {
    let inventory = inventory(POLICY);
    let phone = item(&inventory, "手机号码");
    assert_eq!(phone["other_names"], serde_json::json!(["手机号"]));
    assert_eq!(phone["family"]["zh"], "个人基本资料");
    assert_eq!(phone["sensitive"], false);
    let uses = phone["uses"].as_array().unwrap();
    let told: Vec<_> = uses
        .iter()
        .map(|told| {
            let section = told["section"].as_array().unwrap().last().unwrap().as_str().unwrap();
            let places = told["places"].as_array().unwrap();
            let lines: Vec<u64> = places.iter().map(|at| at["line"].as_u64().unwrap()).collect();
            (told["ways"][0].as_str().unwrap(), section, texts(&told["purposes"]), lines)
        })
        .collect();
    assert_eq!(
        told,
        [
            ("collect", "注册与登录", vec!["帮助您完成注册"], vec![7]),
            ("provide", "商品配送", vec!["寄送商品"], vec![15]),
        ]
    );
    assert_eq!(texts(&uses[0]["refusals"]), ["如您拒绝提供，将无法注册"]);
}

#[test]
fn items_are_grouped_and_permissions_told_by_what_they_open() {
    let inventory = inventory(POLICY);
    assert_eq!(names(&inventory["collected"]), ["手机号码", "姓名", "收货地址", "身份证号", "相机权限"]);
    let camera = item(&inventory, "相机权限");
    assert_eq!(camera["permission"], true);
    assert_eq!(camera["uses"][0]["ways"], serde_json::json!(["request"]));
    let card = item(&inventory, "身份证号");
    assert_eq!(card["sensitive_by"], serde_json::json!(["gbt35273b"]));
}

#[test]
fn words_that_point_back_count_for_the_data_they_stand_for() {
    let inventory = inventory(POLICY);
    let told = &item(&inventory, "姓名")["uses"][0];
    assert_eq!(told["ways"], serde_json::json!(["provide", "use"]));
    assert_eq!(texts(&told["purposes"]), ["核实身份", "比对"]);
    assert_eq!(texts(&told["conditions"]), ["当您申请成为认证作者时", "经您单独同意"]);
}

#[test]
fn what_is_not_done_is_no_collection() {
    let inventory = inventory(POLICY);
    assert!(!names(&inventory["collected"]).contains(&"通讯录"));
    let denied = &inventory["denied"][0];
    assert_eq!((&denied["text"], &denied["action"]), (&"通讯录".into(), &"collect".into()));
}

#[test]
fn each_recipient_stands_once_with_data_purpose_and_link() {
    let inventory = inventory(POLICY);
    let shared = inventory["shared"].as_array().unwrap();
    let recipients: Vec<_> = shared.iter().map(|sharing| sharing["recipient"].as_str().unwrap()).collect();
    assert_eq!(recipients, ["青松物流公司", "雷鸟推送"]);
    assert_eq!(texts(&shared[0]["data"]), ["收货地址", "手机号码"]);
    assert_eq!(texts(&shared[0]["purposes"]), ["配送商品"]);
    assert_eq!(shared[1]["company"], "雷鸟科技有限公司");
    assert_eq!(texts(&shared[1]["data"]), ["设备标识符", "网络状态"]);
    assert_eq!(texts(&shared[1]["purposes"]), ["消息推送"]);
    assert_eq!(shared[1]["links"], serde_json::json!(["https://leiniao.example/p"]));
    // What the software of others collects is not in the list of what the company collects.
    assert!(!names(&inventory["collected"]).contains(&"网络状态"));
}

#[test]
fn umbrella_words_stand_apart() {
    let inventory = inventory("为了提供服务，我们会收集您的个人信息、设备信息和设备型号。\n");
    assert_eq!(names(&inventory["collected"]), ["设备信息", "设备型号"]);
    assert_eq!(names(&inventory["unnamed"]), ["个人信息"]);
}

#[test]
fn a_policy_without_practices_has_an_empty_inventory() {
    let inventory = inventory("本政策暂无内容。\n");
    for list in ["collected", "shared", "unnamed", "denied"] {
        assert_eq!(inventory[list], serde_json::json!([]), "{list}");
    }
}
