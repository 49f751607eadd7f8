//! How statements are phrased, and what the words around them mean.

use super::super::kinds::PartRole;
use super::Text;
use super::pattern::Pattern;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How a purpose, condition, recipient … is phrased: an opening cue and where its span ends.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpanPattern {
    pub id: String,
    pub role: PartRole,
    /// Cues that open it. Empty: any clause that holds one of `close`.
    #[serde(default)]
    pub open: Vec<String>,
    /// The cue is the span.
    #[serde(default)]
    pub whole: bool,
    /// The cue must stand at the start of a clause (after commas, conjunctions, brackets).
    #[serde(default)]
    pub clause_start: bool,
    /// No hit when one of these stands directly before the cue.
    #[serde(default)]
    pub not_after: Vec<String>,
    /// No hit when one of these stands directly after the cue.
    #[serde(default)]
    pub not_before: Vec<String>,
    /// A hit only when one of these stands directly after the cue.
    #[serde(default)]
    pub followed_by: Vec<String>,
    /// No hit under a negation of its clause (不会将其用于…).
    #[serde(default)]
    pub not_negated: bool,
    /// A hit only when data stands directly before the cue, with brackets and 等 between at most (收集头像以…).
    #[serde(default)]
    pub after_data: bool,
    /// No hit when one of these stands anywhere before the cue in its sentence (除非 before 否则).
    #[serde(default)]
    pub not_behind: Vec<String>,
    /// A hit only when one of these stands somewhere before the cue in its sentence (根据 before 向您推荐).
    #[serde(default)]
    pub behind: Vec<String>,
    /// The span needs one of these after the cue and ends before the first of them.
    #[serde(default)]
    pub close: Vec<String>,
    /// A `close` word does not count directly before one of these (提供 in 提供商).
    #[serde(default)]
    pub close_not_before: Vec<String>,
    /// Nor directly behind one of these (时 in 暂时).
    #[serde(default)]
    pub close_not_after: Vec<String>,
    /// A `close` word counts only where its clause ends or the statement begins (当…时，我们…; 售后 is no 后).
    #[serde(default)]
    pub close_ends_clause: bool,
    /// Of several `close` words the last counts (根据…规定或…要求).
    #[serde(default)]
    pub close_last: bool,
    /// `true`: without a `close` word the span ends at the clause's end.
    #[serde(default)]
    pub close_optional: bool,
    /// How far the search for `close` goes, and where an open span ends.
    #[serde(default)]
    pub until: Until,
    /// The span takes in the opening cue, the closing word.
    #[serde(default)]
    pub keep_open: bool,
    #[serde(default)]
    pub keep_close: bool,
    /// A following clause that starts with one of these belongs to the span.
    #[serde(default)]
    pub extend: Vec<String>,
    /// The following clauses belong to the span up to the one that opens a statement (为了甲，乙，我们会…).
    #[serde(default)]
    pub run_on: bool,
    /// Cut from the end of the span.
    #[serde(default)]
    pub strip: Vec<String>,
    /// Cut from the start of the span (任何第三方).
    #[serde(default)]
    pub strip_start: Vec<String>,
    /// The span begins behind the last of these (为我们提供服务的合作伙伴).
    #[serde(default)]
    pub strip_through: Vec<String>,
    /// The span is several, parted by conjunctions behind words that end with one of these (公司、组织和个人).
    #[serde(default)]
    pub split_after: Vec<String>,
    /// The span, or one of several, is none of these.
    #[serde(default)]
    pub never: Vec<String>,
    /// The span does not end with one of these (为您提供服务时 is a condition).
    #[serde(default)]
    pub not_ending: Vec<String>,
    /// The clause that the cue opens must hold one of these (如您拒绝…，将无法…).
    #[serde(default)]
    pub clause_needs: Vec<String>,
    /// The span (of one that runs on its first clause) must hold one of these / none of these.
    #[serde(default)]
    pub needs: Vec<String>,
    #[serde(default)]
    pub lacks: Vec<String>,
    /// The words inside state practices all the same (需要您授权 is consent, and 授权 asks for a permission).
    #[serde(default)]
    pub states: bool,
    /// Length of the span in characters.
    #[serde(default = "two")]
    pub min: u32,
    #[serde(default = "hundred_fifty")]
    pub max: u32,
    /// Sentences in the bracket format; `{…}` holds what the pattern must find (whatever its role).
    pub examples: Vec<String>,
}

fn two() -> u32 {
    2
}

fn hundred_fifty() -> u32 {
    150
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Until {
    #[default]
    Clause,
    Sentence,
}

/// Section headings that name a topic.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Phrases in a heading that tell the topic.
    pub headings: Vec<Pattern>,
    /// No practices are read out of such sections (contact, definitions, security …).
    #[serde(default)]
    pub no_practices: bool,
    /// A full policy has a chapter on it; used to tell fragments from full policies.
    #[serde(default)]
    pub of_full_policy: bool,
}

/// Spellings that count as the same when words are looked up.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spelling {
    /// Single characters: `帐: 账`.
    pub characters: BTreeMap<char, char>,
    /// Words that may replace each other inside any surface form: `[登录, 登陆]`.
    pub words: Vec<Vec<String>>,
}

/// Numbers with a unit.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Amounts {
    /// What the characters of spelt-out numbers stand for: `十五`.
    pub numerals: BTreeMap<char, u32>,
    /// Between the ends of a range: `1-2个工作日`.
    pub ranges: Vec<String>,
    pub units: Vec<Unit>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    pub id: String,
    pub title: Text,
    /// Directly behind the number.
    #[serde(default)]
    pub words: Vec<String>,
    /// Words that are an amount of their own: `半年: 6`.
    #[serde(default)]
    pub worth: BTreeMap<String, u32>,
    /// No amount when one of these stands directly before the number (第三天).
    #[serde(default)]
    pub not_after: Vec<String>,
    /// No amount when one of these stands directly behind the word.
    #[serde(default)]
    pub not_before: Vec<String>,
    /// Larger numbers are something else (the year of a date).
    #[serde(default)]
    pub most: Option<u32>,
    /// How long it is.
    #[serde(default)]
    pub days: Option<u32>,
}

/// The small words that hold statements together.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Discourse {
    /// 会, 将, 可能, 需要: before a verb they make it a statement.
    pub modals: Vec<String>,
    /// Between items of a list: 、 和 及 以及 或 /.
    pub conjunctions: Vec<String>,
    /// Opens the members of a group: 包括, 例如, 如.
    pub including: Vec<String>,
    /// Points to what follows: 如下.
    pub announces: Vec<String>,
    /// Behind data, and without another verb, say that it is used for what follows: 用于.
    pub uses: Vec<String>,
    /// Stands for data named before, as the object of a verb behind it: 其 in 将其用于.
    #[serde(default)]
    pub pronouns: Vec<String>,
    /// Go before data on whose basis something is done: 根据.
    pub bases: Vec<String>,
    /// Before a verb at its clause's end show that it is done: 照片识别后即行删除.
    #[serde(default)]
    pub adverbs: Vec<String>,
    /// Behind a verb of keeping lead to the place: 数据仅存储在您的设备上.
    #[serde(default)]
    pub places: Vec<String>,
    /// Closes a list: 等, 等信息.
    pub and_so_on: Vec<String>,
    /// Makes what stands before it describe what follows (的): 收集个人信息的公司.
    pub relatives: Vec<String>,
    /// May stand between a verb and what makes it a description (收集到的).
    pub resultatives: Vec<String>,
    /// Directly before a verb make it a description (您所使用的).
    pub relative_markers: Vec<String>,
    /// Behind its object make a verb without subject a statement (共享您的信息无需征得同意).
    pub exemptions: Vec<String>,
    /// Before a data item, not part of it: 您的, 用户的, 该.
    pub determiners: Vec<String>,
    /// Open what a bare head noun is about, which stays with it: 有关您位置的信息.
    pub about: Vec<String>,
    /// Open it where one of `about_behind` closes it: 与下单有关的信息.
    pub about_with: Vec<String>,
    pub about_behind: Vec<String>,
    /// After them a company's own short name follows: 以下简称, 下称.
    pub defines_name: Vec<String>,
    /// Holding one of these, what follows is the name of something else (协议, 服务).
    pub not_names: Vec<String>,
    /// A sentence with one of these describes no practice (是指, 定义, 《…法》规定).
    pub definitions: Vec<String>,
    /// Put an object before its verb: 将, 把.
    pub object_markers: Vec<String>,
    /// Words that hold one of `places` or `object_markers` and are neither (在线, 对话): a noun may hold them.
    pub compounds: Vec<String>,
    /// Words that no noun of data holds: what holds them is a clause.
    pub item_stops: Vec<String>,
    /// Nouns that are no data even in a list of it, unless the lexicon says so: QQ in 包括QQ、微信.
    pub not_items: Vec<String>,
    /// Longer words that hold a word for data and name none: 信息系统.
    pub no_data: Vec<String>,
    /// Directly before a verb say that its object stands before it, and nobody who does it: 日志会被上传.
    pub passives: Vec<String>,
    /// Directly before a verb of sharing say that somebody else shares with the company: 向我们分享.
    pub towards_us: Vec<String>,
    /// Directly before a verb of sharing stand for somebody named before: 向其提供.
    pub towards_others: Vec<String>,
    /// Before who acts make the handling behind them one that is not to be: 限制 in 限制我们收集.
    pub restraints: Vec<String>,
    /// Before a verb of collecting say by what means something is done: 通过获取设备信息.
    pub means: Vec<String>,
    /// Behind an object say what it is used as: 将设备号作为标识.
    pub serves_as: Vec<String>,
    /// Say that what goes before counts as consent to what follows: 即视为.
    pub deems: Vec<String>,
    /// Behind the user say that somebody else may do what follows: 您授权甲收集.
    pub grants: Vec<String>,
    /// What else than handling data the company does (建议, 审查): what that is for is no purpose of handling.
    pub other_acts: Vec<String>,
    /// A short sentence with one of these is a title (我们如何收集……).
    pub questions: Vec<String>,
    /// The text itself calls the data named in the sentence sensitive (属于个人敏感信息).
    pub declares_sensitive: Vec<String>,
    /// Begin a new thought: a clause that starts with one goes on with nothing before it (但, 否则, 如).
    pub turns: Vec<String>,
}
