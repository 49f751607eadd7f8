//! How findings look on the terminal: the output as a whole, so that a change of it is seen.

use crate::support::Project;

#[test]
fn a_finding_in_chinese() {
    let policy = "云岚健身隐私政策\n\n我们会收集您的 人脸信息（FaceID）和指纹。\n";
    let said =
        Project::new(&[("privacy.txt", policy)]).run("check --select sensitive-purpose-missing privacy.txt");
    insta::assert_snapshot!(said.out);
}

#[test]
fn the_same_in_english() {
    let policy = "云岚健身隐私政策\n\n我们会收集您的 人脸信息（FaceID）和指纹。\n";
    let said = Project::new(&[("privacy.txt", policy)])
        .run("check --lang en --select sensitive-purpose-missing privacy.txt");
    insta::assert_snapshot!(said.out);
}

#[test]
fn two_statements_that_contradict_each_other() {
    let policy = "云岚健身隐私政策\n\n我们不会向第三方共享您的手机号码。\n\n为了发放优惠，我们会向合作商家共享您的手机号码。\n";
    let said =
        Project::new(&[("privacy.txt", policy)]).run("check --select contradiction-sharing privacy.txt");
    insta::assert_snapshot!(said.out);
}

/// Where the whole policy is one line, the sentence is shown and the place is that in the line.
#[test]
fn a_sentence_inside_a_line_of_fifty_kilobytes() {
    let filler = "云岚健身由本公司开发并运营，感谢您的支持与信任。".repeat(300);
    let policy = format!("云岚健身隐私政策 {filler}我们会收集您的人脸信息。{filler}");
    let said =
        Project::new(&[("privacy.txt", &policy)]).run("check --select sensitive-purpose-missing privacy.txt");
    assert!(said.out.lines().all(|line| line.chars().count() <= 300));
    insta::assert_snapshot!(said.out);
}

#[test]
fn many_items_of_one_list() {
    let policy = "云岚健身隐私政策\n\n我们会收集您的指纹、掌纹、声纹、人脸信息、虹膜信息、银行卡号、病历。\n";
    let said =
        Project::new(&[("privacy.txt", policy)]).run("check --select sensitive-purpose-missing privacy.txt");
    insta::assert_snapshot!(said.out);
}

#[test]
fn something_missing_from_the_whole() {
    let policy = "云岚健身隐私政策\n\n一、信息的存储\n我们把您的信息保存在中国境内。\n\n二、您的权利\n您可以更正您的信息。\n";
    let said = Project::new(&[("privacy.txt", policy)])
        .run("check --scope full --select retention-period-missing privacy.txt");
    insta::assert_snapshot!(said.out);
}
