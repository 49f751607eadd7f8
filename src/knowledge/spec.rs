//! The YAML forms: what may stand in a file under `rules/` or given by `--rules`.
//!
//! Plain serde structs that refuse unknown keys. [`super::compile`] turns them into the compiled
//! types beside this file; nothing else reads them.

use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

use super::kinds::{ActionKind, ActorKind, Confidence, Distance, Judge, Language, PartRole, Point, Severity};
use super::structure::Structure;

/// One file. Every section is optional; a file usually holds one or two.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct File {
    pub categories: Vec<Category>,
    pub head_nouns: Vec<String>,
    pub actions: Vec<ActionWords>,
    pub actors: Vec<ActorWords>,
    /// Words that negate what follows them in the clause (不会, 未, 禁止).
    pub negations: Option<Negations>,
    pub spans: Vec<SpanPattern>,
    /// Named phrase sets, used in rules as `@name`.
    pub phrases: BTreeMap<String, Vec<Pattern>>,
    /// What a section is about, told by its heading.
    pub topics: BTreeMap<String, Topic>,
    /// Facts about the app that rules ask for, with phrases that let the text answer.
    pub facts: BTreeMap<String, Fact>,
    pub spelling: Option<Spelling>,
    pub structure: Option<Structure>,
    pub discourse: Option<Discourse>,
    pub statutes: Vec<Statute>,
    pub amounts: Option<Amounts>,
    pub app_types: Option<AppTypes>,
    /// What the columns of tables hold, told by words of their headers.
    pub columns: Vec<Column>,
    /// What columns are called where a finding says that an entry lacks them.
    pub column_titles: BTreeMap<Holds, Text>,
    /// Records of labelled lines (使用目的：……); the words of `columns` tell what each holds.
    pub fields: Option<Fields>,
    /// Words that stand in a cell with no entry.
    pub no_entry: Vec<String>,
    /// What labels in a report say of the words they mark.
    pub labels: BTreeMap<Point, Text>,
    /// Kinds of consent, the weakest first.
    pub consent_levels: Vec<ConsentLevel>,
    /// Subjects of rules, in the order they are listed; a rule belongs to the one its file is called after.
    pub groups: Vec<Group>,
    pub inventory: Option<Inventory>,
    /// What reports say around the findings, by report and key.
    pub messages: BTreeMap<String, BTreeMap<String, Text>>,
    pub rules: Vec<Rule>,
}

/// A text in the languages of the report.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    pub zh: String,
    pub en: String,
}

impl Text {
    pub fn get(&self, lang: Language) -> &str {
        match lang {
            Language::Zh => &self.zh,
            Language::En => &self.en,
        }
    }
}

/// A kind of consent; of two versions of a policy the later may ask for a weaker one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentLevel {
    pub id: String,
    /// Words of a phrase that asks for it.
    pub words: Vec<String>,
    /// Consent is taken for given: the words may stand anywhere in a sentence, as they are.
    #[serde(default)]
    pub presumed: bool,
    /// More than consent as such: it counts when it is no longer asked for.
    #[serde(default)]
    pub separate: bool,
}

/// A category of personal data (or `permission.*`, or the umbrella words).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Two levels, dotted: `biometric.face`.
    pub id: String,
    pub title: Text,
    /// The lists that call it sensitive: `pipl28`, `gbt35273b`, `gbt45574a`.
    #[serde(default)]
    pub sensitive_by: Vec<String>,
    /// Surface forms that are data wherever a statement speaks of handling.
    #[serde(default)]
    pub forms: Vec<String>,
    /// Forms that are data only as object of a verb or in a list of data (电话, 地址, 评论).
    #[serde(default)]
    pub weak: Vec<String>,
    /// Umbrella words (个人信息): `generic: true` in the practice.
    #[serde(default)]
    pub generic: bool,
    /// Words that stand for data named before (上述信息): `reference: true`.
    #[serde(default)]
    pub reference: bool,
    /// Such words that stand for data named behind them (以下信息).
    #[serde(default)]
    pub ahead: bool,
    /// Sentences in the bracket format; each `<…>` must be found as data of this category in a practice.
    /// Without any the category must not be found in a practice: the words in another sense.
    #[serde(default)]
    pub examples: Vec<String>,
}

/// Verbs of one kind.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActionWords {
    pub kind: ActionKind,
    /// Verbs that make a practice when they have an object that is data. What stands behind a `|` has to follow
    /// and is no part of the verb (`提供|给`); the same holds for `weak` and `by_user`.
    pub verbs: Vec<String>,
    /// Verbs that need a modal or a subject beside the object.
    #[serde(default)]
    pub weak: Vec<String>,
    /// With the user as subject these verbs are of another kind: the user hands data over.
    #[serde(default)]
    pub by_user: Vec<String>,
    /// What directly before the verb makes it another word or a noun.
    #[serde(default)]
    pub not_after: Vec<String>,
    /// What directly before the verb makes it a verb although `not_after` fits (目的 ends with 的).
    #[serde(default)]
    pub unless_after: Vec<String>,
    /// What directly after the verb makes it another word or a noun (收集 + 清单).
    #[serde(default)]
    pub not_before: Vec<String>,
    /// Sentences in the bracket format; each `[…]` must be found as the action of a practice of this kind.
    /// Without any no practice may be of this kind.
    #[serde(default)]
    pub examples: Vec<String>,
}

/// Names for one kind of actor.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActorWords {
    pub kind: ActorKind,
    pub forms: Vec<String>,
    /// The forms that end a name (SDK), which belongs to the actor.
    #[serde(default)]
    pub end_names: Vec<String>,
    #[serde(default)]
    pub not_after: Vec<String>,
    #[serde(default)]
    pub not_before: Vec<String>,
    /// Sentences in the bracket format; each `(…)` must be found as the actor of a practice, of this kind.
    /// Without any no practice may have such an actor.
    #[serde(default)]
    pub examples: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Negations {
    pub words: Vec<String>,
    /// Longer words that only look like a negation (不限于, 不得不).
    #[serde(default)]
    pub not: Vec<String>,
}

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

/// What a column holds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    pub holds: Holds,
    /// A header with one of these names such a column.
    pub headers: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holds {
    Data,
    /// Whose software it is, or what it is called: it acts where third parties collect, else it stands for its maker.
    Actor,
    Purpose,
    Condition,
    Recipient,
    Refusal,
    Retention,
    /// How the data are got or handled.
    Method,
    /// Where a third party's own policy is.
    Link,
    Contact,
    /// Nothing anybody asks for (a number, a version).
    Other,
}

impl Holds {
    /// Whether a practice is made of it.
    pub fn states(self) -> bool {
        !matches!(self, Self::Method | Self::Link | Self::Contact | Self::Other)
    }
}

/// The labels of fields, and what names the thing that a record of fields is about.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Fields {
    /// A label is put together from these words and no others.
    pub words: Vec<String>,
    /// The line above a record names a third party up to the last of these (某某推送SDK).
    pub parties: Vec<String>,
    /// Any column that has one of these names a company.
    pub companies: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    pub title: Text,
    /// Any of these in the text lets the linter assume the fact when the config is silent.
    #[serde(default)]
    pub guess: Vec<Pattern>,
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

/// The types of apps whose necessary data the law lists.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppTypes {
    /// How messages name a type that was guessed from the text, and one whose list nobody confirmed; `{type}` is its title.
    pub guessed: Text,
    pub unconfirmed: Text,
    pub types: Vec<AppType>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppType {
    /// What the config calls it: `app: { type: online-shopping }`.
    pub id: String,
    pub title: Text,
    /// The article that lists what is necessary.
    pub article: String,
    /// Whether `necessary` was compared with the text of the article.
    pub confirmed: bool,
    /// Globs over the categories of data without which its basic function does not work.
    #[serde(default)]
    pub necessary: Vec<String>,
    /// Phrases that tell the type when the config is silent.
    #[serde(default)]
    pub guess: Vec<Pattern>,
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
    /// A short sentence with one of these is a title (我们如何收集……).
    pub questions: Vec<String>,
    /// The text itself calls the data named in the sentence sensitive (属于个人敏感信息).
    pub declares_sensitive: Vec<String>,
    /// Begin a new thought: a clause that starts with one goes on with nothing before it (但, 否则, 如).
    pub turns: Vec<String>,
}

/// How the inventory puts the statements about one item together.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Inventory {
    /// Categories that are shown together, in the order of the list.
    pub families: Vec<Family>,
    /// Names of one and the same item.
    pub same: Vec<Vec<String>>,
    /// Left off at either end before names are compared.
    pub prefixes: Vec<String>,
    pub suffixes: Vec<String>,
    /// Begin words that stand for everything the chapter named before (上述信息).
    pub all_above: Vec<String>,
    /// An item that ends with one of these names no data.
    pub unnamed: Vec<String>,
    /// Categories that name no single item.
    pub unnamed_categories: Vec<String>,
    /// Before the verb say that what is collected comes from others.
    pub from_others: Vec<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Family {
    pub title: Text,
    /// First levels of categories (`device`), or whole ids (`network.ip`).
    pub categories: Vec<String>,
}

/// A statute with the articles that rules cite.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statute {
    /// Prefix of its article keys: `pipl`.
    pub id: String,
    /// Full and short name: 中华人民共和国个人信息保护法, 个人信息保护法.
    pub name: Text,
    pub short: Text,
    /// Date in force, YYYY-MM-DD.
    pub in_force: String,
    /// The first day on which it is no longer in force.
    #[serde(default)]
    pub repealed: Option<String>,
    /// Whether it is a draft; rules that rest on drafts alone are off by default.
    #[serde(default)]
    pub draft: bool,
    pub articles: Vec<Article>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Article {
    /// `pipl-30`, `pipl-17-1`: what rules write under `cites`.
    pub key: String,
    /// 第三十条, Article 30.
    pub number: Text,
    /// The operative words, exactly; absent where no second source confirms them.
    #[serde(default)]
    pub text: Option<String>,
    /// Since when it has been in force as it stands here, if not as long as its statute.
    #[serde(default)]
    pub in_force: Option<String>,
    /// What it was before that day; absent for an article that is new.
    #[serde(default)]
    pub formerly: Option<Former>,
}

/// An earlier version of an article.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Former {
    pub number: Text,
    #[serde(default)]
    pub text: Option<String>,
}

/// A subject of rules.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Name of the rule files, without ending.
    pub id: String,
    pub title: Text,
}

/// A rule.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    pub id: String,
    pub title: Text,
    /// What a policy has to do to satisfy it, for the checklist; absent: the title says what is wrong.
    #[serde(default)]
    pub demands: Option<Text>,
    pub severity: Severity,
    /// Severity in another profile; `off` switches the rule off there.
    #[serde(default)]
    pub profiles: BTreeMap<String, Level>,
    #[serde(default = "high")]
    pub confidence: Confidence,
    #[serde(default)]
    pub tags: Vec<String>,
    #[serde(default)]
    pub cites: Vec<String>,
    #[serde(default)]
    pub status: Status,
    /// `full`: judged only on full policies, never on fragments; of terms that hold no policy it only hints.
    #[serde(default)]
    pub scope: Scope,
    /// Facts about the app that must hold.
    #[serde(default)]
    pub applies: BTreeMap<String, bool>,
    pub judge: Judge,
    /// What is underlined.
    #[serde(default)]
    pub point: Option<Point>,
    /// Which further parts of the practice get a label.
    #[serde(default)]
    pub labels: Vec<Point>,
    /// For absences: the finding points at the heading of the first section on one of these topics.
    #[serde(default)]
    pub anchor: Vec<String>,
    /// What is judged. Absent: everything of the kind `judge` names.
    #[serde(default)]
    pub when: Option<Condition>,
    /// Exceptions.
    #[serde(default)]
    pub unless: Option<Condition>,
    /// What must hold; the finding says it does not.
    #[serde(default)]
    pub require: Option<Condition>,
    /// What must not hold; the finding says it does.
    #[serde(default)]
    pub forbid: Option<Condition>,
    /// For `judge: pair`: the two statements that contradict each other.
    #[serde(default)]
    pub pair: Option<Pair>,
    /// Milder severities when something else holds; the first that holds decides.
    #[serde(default)]
    pub downgrade: Vec<Downgrade>,
    /// Rules that stay silent on words this one speaks about.
    #[serde(default)]
    pub supersedes: Vec<String>,
    pub message: Text,
    pub help: Text,
    /// Why the law asks for it; for `explain`.
    pub why: Text,
    pub examples: Examples,
}

fn high() -> Confidence {
    Confidence::High
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    #[default]
    Stable,
    /// Rests on draft law; off unless selected by name.
    Draft,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    #[default]
    Any,
    Full,
}

/// A severity or `off`.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    Off,
    Info,
    Warning,
    Error,
}

impl Level {
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Info => Some(Severity::Info),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Downgrade {
    pub when: Condition,
    pub to: Level,
}

/// Two practices of one policy that contradict each other.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// The practice the finding points at, and the one it labels.
    pub first: Condition,
    pub second: Condition,
    #[serde(default)]
    pub join: Join,
    /// What the two are: practices (default) or sentences.
    #[serde(default)]
    pub of: PairOf,
    /// They contradict each other only inside the same item or section.
    #[serde(default)]
    pub same: Option<Extent>,
    /// They contradict each other only where both state a period of retention, and not the same one.
    #[serde(default)]
    pub differ: Option<Differ>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PairOf {
    #[default]
    Practice,
    Sentence,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Differ {
    /// The one number with a unit that each gives, by its length in days.
    Retention,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Join {
    #[default]
    None,
    /// They speak of the same category of data; an umbrella word in the first covers all.
    Data,
    /// The second names an item of the first in the same words, or in longer ones (位置信息, 精确位置信息).
    Item,
}

/// A test of the thing judged. All the keys given must hold.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Condition {
    pub any: Vec<Condition>,
    pub all: Vec<Condition>,
    pub none: Vec<Condition>,
    /// The practice's action is of one of these kinds.
    pub action: Vec<ActionKind>,
    pub actor: Vec<ActorKind>,
    pub negated: Option<bool>,
    /// Some data item of the practice (or the item judged) is such.
    pub data: Option<Data>,
    pub purpose: Option<Part>,
    pub condition: Option<Part>,
    pub recipient: Option<Part>,
    pub consent: Option<Part>,
    pub refusal: Option<Part>,
    pub retention: Option<Part>,
    /// For `judge: entry`: which columns of the row (or record) have an entry.
    pub columns: Option<Columns>,
    /// Words within the text judged, or within the scope named by `in`.
    pub text: Option<Words>,
    /// The section it stands in, or one around it, has a heading that matches.
    pub heading: Vec<Pattern>,
    /// The section (or one it lies in) is about one of these topics.
    pub section: Vec<String>,
    pub not_section: Vec<String>,
    /// The document has a section about one of these topics.
    pub has_section: Vec<String>,
    /// The document has a table of at least two rows, or has none.
    pub has_table: Option<bool>,
    /// The document is terms (it has the title of such) and no policy stands in it under a title of its own.
    pub terms: Option<bool>,
    /// Some practice of the document is such.
    pub practice: Option<Box<Condition>>,
    pub facts: BTreeMap<String, bool>,
    /// The app is of a type that the law lists, and what is known of that.
    pub app_type: Option<AppTypeTest>,
    /// The text judged has at least / at most so many characters, white space left out.
    pub min_chars: Option<u32>,
    pub max_chars: Option<u32>,
}

/// A test of data items.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Data {
    /// Globs over categories: `biometric.*`.
    pub category: Vec<String>,
    pub not_category: Vec<String>,
    /// By any list, or declared by the policy itself.
    pub sensitive: Option<bool>,
    /// By one of these lists.
    pub sensitive_by: Vec<String>,
    pub generic: Option<bool>,
    pub reference: Option<bool>,
    /// The item is (or is not) beyond what the law calls necessary for the type of the app. Where the type is not
    /// known, or the item is of no category, neither holds.
    pub beyond_necessary: Option<bool>,
    /// The words of the item match.
    pub words: Vec<Pattern>,
    /// At least so many items that pass the other tests.
    pub min: Option<u32>,
}

/// A test of what a row of a table, or a record of labelled lines, says.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Columns {
    /// Each of these has an entry; of a list in the list one is enough: `[data, [link, contact]]`.
    pub all: Vec<OneOf>,
    /// One of these has an entry.
    pub any: Vec<Holds>,
    /// None of these has an entry.
    pub none: Vec<Holds>,
    /// The table has a column of each of these, filled or not.
    pub headers: Vec<Holds>,
}

/// A column, or several of which one is enough.
#[derive(Clone, Debug)]
pub struct OneOf(pub Vec<Holds>);

impl<'de> Deserialize<'de> for OneOf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOfVisitor;
        impl<'de> Visitor<'de> for OneOfVisitor {
            type Value = OneOf;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a column or a list of columns")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<OneOf, E> {
                Holds::deserialize(de::value::StrDeserializer::new(text)).map(|holds| OneOf(vec![holds]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<OneOf, A::Error> {
                Vec::deserialize(de::value::SeqAccessDeserializer::new(seq)).map(OneOf)
            }
        }
        deserializer.deserialize_any(OneOfVisitor)
    }
}

/// A test of what is known about the type of the app.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AppTypeTest {
    /// One of these.
    pub is: Vec<String>,
    /// Stated in the config (`false`), or guessed from the text (`true`).
    pub guessed: Option<bool>,
    /// The list of its necessary data was compared with the text of the law.
    pub confirmed: Option<bool>,
}

/// A component of a practice: `purpose: true`, or a mapping.
#[derive(Debug, Default)]
pub struct Part {
    /// Whether there has to be one (default) or none.
    pub present: bool,
    /// Counts when linked at most so far away.
    pub within: Option<Distance>,
    /// Found farther away: the finding is made with this level instead of the rule's.
    pub beyond: BTreeMap<Distance, Level>,
    /// Some part matches one of these patterns.
    pub any: Vec<Pattern>,
    /// There are parts and each matches one of these patterns.
    pub all: Vec<Pattern>,
    /// No part matches any.
    pub none: Vec<Pattern>,
}

impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Long {
            #[serde(default = "yes")]
            present: bool,
            #[serde(default)]
            within: Option<Distance>,
            #[serde(default)]
            beyond: BTreeMap<Distance, Level>,
            #[serde(default)]
            any: Vec<Pattern>,
            #[serde(default)]
            all: Vec<Pattern>,
            #[serde(default)]
            none: Vec<Pattern>,
        }
        fn yes() -> bool {
            true
        }
        struct PartVisitor;
        impl<'de> Visitor<'de> for PartVisitor {
            type Value = Part;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("true, false or a mapping with present, within, beyond, any, all, none")
            }
            fn visit_bool<E: de::Error>(self, present: bool) -> Result<Part, E> {
                Ok(Part { present, ..Part::default() })
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Part, A::Error> {
                let Long { present, within, beyond, any, all, none } =
                    Long::deserialize(de::value::MapAccessDeserializer::new(map))?;
                Ok(Part { present, within, beyond, any, all, none })
            }
        }
        deserializer.deserialize_any(PartVisitor)
    }
}

/// A test of words: a list of patterns of which one must match, or a mapping.
#[derive(Debug, Default)]
pub struct Words {
    pub any: Vec<Pattern>,
    pub all: Vec<Pattern>,
    pub none: Vec<Pattern>,
    /// Where to look; default: the thing judged.
    pub within: Option<Extent>,
    /// Matches in the reach of a negation (不会…) don't count.
    pub affirmed: bool,
}

/// How far around the thing judged words are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Extent {
    Clause,
    Sentence,
    Paragraph,
    /// The numbered item or, outside of one, the section.
    Item,
    /// The innermost chapter.
    Section,
    Document,
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Long {
            #[serde(default)]
            any: Vec<Pattern>,
            #[serde(default)]
            all: Vec<Pattern>,
            #[serde(default)]
            none: Vec<Pattern>,
            #[serde(default, rename = "in")]
            within: Option<Extent>,
            #[serde(default)]
            affirmed: bool,
        }
        struct WordsVisitor;
        impl<'de> Visitor<'de> for WordsVisitor {
            type Value = Words;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of patterns or a mapping with any, all, none, in, affirmed")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Words, A::Error> {
                let any = Vec::deserialize(de::value::SeqAccessDeserializer::new(seq))?;
                Ok(Words { any, ..Words::default() })
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Words, A::Error> {
                let Long { any, all, none, within, affirmed } =
                    Long::deserialize(de::value::MapAccessDeserializer::new(map))?;
                Ok(Words { any, all, none, within, affirmed })
            }
        }
        deserializer.deserialize_any(WordsVisitor)
    }
}

/// A pattern.
///
/// - `停止使用`: these words. Spelling variants and spaces next to Latin letters make no difference.
/// - `继续使用…视为`: these words in this order inside one sentence, at most 40 characters apart.
/// - `re:…`: a regular expression; it needs no `\b`, which means nothing between Chinese characters.
/// - `@name`: one of a named set of phrases.
/// - `[A, B]`: any of these patterns.
/// - `{ near: [A, B], gap: 20, ordered: true }`: all of these patterns inside one sentence.
/// - `{ amount: { unit: working-day, over: 15 } }`: a number with this unit, of a range the larger end.
#[derive(Clone, Debug)]
pub enum Pattern {
    Amount(AmountPattern),
    Text(String),
    Any(Vec<Pattern>),
    Near { near: Vec<Pattern>, gap: u32, ordered: bool },
}

/// A number with a unit.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AmountPattern {
    /// One of these units.
    pub unit: Names,
    /// The number is greater.
    #[serde(default)]
    pub over: Option<u32>,
    /// The number is no greater.
    #[serde(default)]
    pub at_most: Option<u32>,
}

/// A name, or a list of names.
#[derive(Clone, Debug)]
pub struct Names(pub Vec<String>);

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NamesVisitor;
        impl<'de> Visitor<'de> for NamesVisitor {
            type Value = Names;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name or a list of names")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Names, E> {
                Ok(Names(vec![text.to_owned()]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Names, A::Error> {
                Vec::deserialize(de::value::SeqAccessDeserializer::new(seq)).map(Names)
            }
        }
        deserializer.deserialize_any(NamesVisitor)
    }
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Long {
            #[serde(default)]
            near: Option<Vec<Pattern>>,
            #[serde(default)]
            gap: Option<u32>,
            #[serde(default)]
            ordered: Option<bool>,
            #[serde(default)]
            amount: Option<AmountPattern>,
        }
        struct PatternVisitor;
        impl<'de> Visitor<'de> for PatternVisitor {
            type Value = Pattern;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "a phrase, `re:…`, `@name`, a list of these, or a mapping with near, gap, ordered, or with amount",
                )
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Pattern, E> {
                Ok(Pattern::Text(text.to_owned()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Pattern, A::Error> {
                Vec::deserialize(de::value::SeqAccessDeserializer::new(seq)).map(Pattern::Any)
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Pattern, A::Error> {
                let Long { near, gap, ordered, amount } =
                    Long::deserialize(de::value::MapAccessDeserializer::new(map))?;
                match (near, amount) {
                    (Some(near), None) => {
                        Ok(Pattern::Near { near, gap: gap.unwrap_or(40), ordered: ordered.unwrap_or(false) })
                    }
                    (None, Some(amount)) if gap.is_none() && ordered.is_none() => Ok(Pattern::Amount(amount)),
                    (None, None) => Err(de::Error::missing_field("near")),
                    _ => Err(de::Error::custom(
                        "`amount` stands alone; put the mapping into a list under `near`",
                    )),
                }
            }
        }
        deserializer.deserialize_any(PatternVisitor)
    }
}

/// Sentences the rule must speak about, and such that it must not.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Examples {
    pub bad: Vec<Example>,
    pub good: Vec<Example>,
}

/// A text in any input format, or a mapping with what the finding must underline.
#[derive(Clone, Debug, Default)]
pub struct Example {
    pub text: String,
    /// The words that the finding must point at.
    pub at: Option<String>,
    /// Facts about the app, as the config would state them.
    pub facts: BTreeMap<String, bool>,
    /// The type of the app, as the config would state it.
    pub app_type: Option<String>,
}

impl<'de> Deserialize<'de> for Example {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Long {
            text: String,
            #[serde(default)]
            at: Option<String>,
            #[serde(default)]
            facts: BTreeMap<String, bool>,
            #[serde(default)]
            app_type: Option<String>,
        }
        struct ExampleVisitor;
        impl<'de> Visitor<'de> for ExampleVisitor {
            type Value = Example;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or a mapping with text, at, facts, app_type")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Example, E> {
                Ok(Example { text: text.to_owned(), ..Example::default() })
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Example, A::Error> {
                let Long { text, at, facts, app_type } =
                    Long::deserialize(de::value::MapAccessDeserializer::new(map))?;
                Ok(Example { text, at, facts, app_type })
            }
        }
        deserializer.deserialize_any(ExampleVisitor)
    }
}
