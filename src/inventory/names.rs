//! When two names are one item.

use crate::knowledge::Knowledge;
use crate::knowledge::lexicon::CategoryId;
use std::collections::HashMap;

/// Below this many characters nothing is left off a name.
const SHORTEST: usize = 2;

/// What names of data and of recipients come down to.
pub(super) struct Names<'a> {
    knowledge: &'a Knowledge,
    /// The group of each name that has others.
    groups: HashMap<String, usize>,
}

impl<'a> Names<'a> {
    pub(super) fn new(knowledge: &'a Knowledge) -> Self {
        let mut names = Self { knowledge, groups: HashMap::new() };
        for (group, same) in knowledge.inventory.same.iter().enumerate() {
            for name in same {
                let bare = names.bare(name);
                names.groups.entry(bare).or_insert(group);
            }
        }
        names
    }

    /// What an item is told by: all its names give the same.
    pub(super) fn of_item(&self, text: &str, category: Option<CategoryId>) -> String {
        let known = category.map(|id| self.knowledge.lexicon.category(id));
        // A permission is its category: 相机权限 and 摄像头 ask for the same.
        if let Some(permission) =
            known.filter(|category| category.permission && !self.is_unnamed(&category.id))
        {
            return permission.id.clone();
        }
        let bare = self.bare(text);
        match self.groups.get(&bare) {
            Some(group) => format!("={group}"),
            None => bare,
        }
    }

    /// What a recipient is told by.
    pub(super) fn of_party(&self, text: &str) -> String {
        let folded = self.knowledge.folding.fold(text);
        folded.chars().filter(|c| c.is_alphanumeric()).collect()
    }

    /// Whether an item names no data: an umbrella word, or one with a description before it.
    pub(super) fn names_nothing(&self, text: &str, category: Option<CategoryId>) -> bool {
        let known = category.map(|id| self.knowledge.lexicon.category(id));
        match known {
            Some(category) => category.generic || self.is_unnamed(&category.id),
            None => {
                let name = self.knowledge.folding.fold(text.trim());
                // 网络接入方式及类型: 类型 alone tells nobody what of.
                self.knowledge.inventory.unnamed.any_ends(&name)
                    || self.knowledge.lexicon.head_nouns.hold(&name)
            }
        }
    }

    fn is_unnamed(&self, category: &str) -> bool {
        self.knowledge.inventory.unnamed_categories.iter().any(|id| id == category)
    }

    /// The letters and digits of a name, without what only surrounds it.
    fn bare(&self, text: &str) -> String {
        let folded = self.knowledge.folding.fold(text);
        // 手机号码（必填）, 国际移动设备识别码（IMEI）
        let unbracketed = match (folded.strip_suffix(['）', ')']), folded.find(['（', '('])) {
            (Some(_), Some(open)) if open > 0 => &folded[..open],
            _ => folded.as_str(),
        };
        let letters: String = unbracketed.chars().filter(|c| c.is_alphanumeric()).collect();
        let standard = self.knowledge.folding.standard(letters);
        let words = &self.knowledge.inventory;
        let mut bare = standard.as_str();
        let long = |rest: &str| rest.chars().nth(SHORTEST - 1).is_some();
        while let Some(rest) = words.prefixes.longest_start(bare).and_then(|prefix| bare.strip_prefix(prefix))
            && long(rest)
        {
            bare = rest;
        }
        while let Some(rest) = words.suffixes.longest_end(bare).and_then(|suffix| bare.strip_suffix(suffix))
            && long(rest)
        {
            bare = rest;
        }
        bare.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtin;

    fn same(a: &str, b: &str) -> bool {
        let knowledge = builtin::knowledge().unwrap();
        let names = Names::new(&knowledge);
        names.of_item(a, None) == names.of_item(b, None)
    }

    #[test]
    fn spellings_of_one_item_are_one() {
        for (a, b) in [
            ("手机号", "移动电话号码"),
            ("手机号码（必填）", "您的手机号"),
            ("登陆IP地址", "登录 ip 地址"),
            ("帐号", "用户账号"),
            ("国际移动设备识别码（IMEI）", "imei"),
            ("通讯录信息", "手机通讯录"),
            ("身份\u{200b}证号", "身份证号码"),
        ] {
            assert!(same(a, b), "{a} and {b}");
        }
    }

    #[test]
    fn items_of_one_category_stay_apart() {
        for (a, b) in [
            ("设备型号", "屏幕分辨率"),
            ("设备信息", "设备型号"),
            ("IMEI", "MAC地址"),
            ("手机号码", "固定电话"),
            ("身份证号码", "身份证照片"),
            ("浏览记录", "搜索记录"),
            ("姓名", "收货人姓名"),
        ] {
            assert!(!same(a, b), "{a} and {b}");
        }
    }
}
