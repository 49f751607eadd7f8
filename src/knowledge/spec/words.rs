//! The words of the lexicon.

use super::super::kinds::{ActionKind, ActorKind};
use super::Text;
use serde::Deserialize;

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
