//! Compiled vocabulary: what each literal can stand for.

use super::example::WordExample;
use super::kinds::{ActionKind, ActorKind};
use super::later::Later;
use super::literals::{Literal, run, runs};
use super::spec::Text;
use super::words::Words;
use serde::{Deserialize, Serialize};

/// Index of a [`Category`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CategoryId(pub u16);

/// A category of personal data.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Category {
    pub id: String,
    pub title: Text,
    /// The lists that call it sensitive.
    pub sensitive_by: Vec<String>,
    pub generic: bool,
    pub reference: bool,
    /// A reference to what is named behind it.
    pub ahead: bool,
    /// A permission of the device.
    pub permission: bool,
}

/// What the engine knows of words.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Lexicon {
    pub categories: Vec<Category>,
    pub verbs: Vec<VerbGroup>,
    pub actors: Vec<ActorGroup>,
    /// What literals can be, sorted by literal; most are one thing.
    words: Vec<(Literal, Word)>,
    /// Where the words of each literal start in `words`; one entry more than literals that are words.
    starts: Vec<u32>,
    /// Nouns that head an unknown data item in a list.
    pub head_nouns: Words,
    pub relatives: Words,
    /// May stand between a verb and a relative: 收集到的.
    pub resultatives: Words,
    /// Make a verb they precede a description: 所收集.
    pub relative_markers: Words,
    pub determiners: Words,
    /// Open what a bare head noun is about: 有关您位置的信息.
    pub about: Words,
    /// Open it where one of `about_behind` closes it: 与下单有关的信息.
    pub about_with: Words,
    pub about_behind: Words,
    pub conjunctions: Words,
    pub including: Words,
    /// Points to what follows: 如下.
    pub announces: Words,
    /// Behind data say that it is used: 用于.
    pub uses: Words,
    /// Stands for data named before, as the object of a verb behind it: 其 in 将其用于.
    pub pronouns: Words,
    /// Go before data on whose basis something is done: 根据.
    pub bases: Words,
    /// Before a verb at its clause's end show that it is done: 即行, 自动.
    pub adverbs: Words,
    /// Behind a verb of keeping lead to the place: 在, 于.
    pub places: Words,
    pub and_so_on: Words,
    pub defines_name: Words,
    pub not_names: Words,
    /// Put an object before its verb: 将, 把.
    pub object_markers: Words,
    /// Hold a word for a place or an object and are neither: 在线, 对话.
    pub compounds: Words,
    /// Words that no noun of data holds.
    pub item_stops: Words,
    /// Nouns that are no data even in a list of it.
    pub not_items: Words,
    /// Directly before a verb say that its object stands before it, and nobody who does it.
    pub passives: Words,
    /// Directly before a verb of sharing say that somebody else shares with the company.
    pub towards_us: Words,
    /// Directly before a verb of sharing stand for somebody named before.
    pub towards_others: Words,
    /// Before who acts make the handling behind them one that is not to be.
    pub restraints: Words,
    /// Before a verb of collecting say by what means something is done.
    pub means: Words,
    /// Behind an object say what it is used as.
    pub serves_as: Words,
    /// Say that what goes before counts as consent to what follows.
    pub deems: Words,
    /// Behind the user say that somebody else may do what follows.
    pub grants: Words,
    /// What else than handling data the company does.
    pub other_acts: Words,
    /// Begin a new thought (但, 否则).
    pub turns: Words,
    pub examples: Later<Vec<WordExample>>,
}

/// Verbs of one kind with the contexts in which they are something else.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct VerbGroup {
    pub kind: ActionKind,
    pub not_after: Words,
    pub unless_after: Words,
    pub not_before: Words,
}

impl VerbGroup {
    pub(super) fn new(kind: ActionKind) -> Self {
        Self {
            kind,
            not_after: Words::default(),
            unless_after: Words::default(),
            not_before: Words::default(),
        }
    }
}

/// Names of one kind of actor with the contexts in which they are something else.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ActorGroup {
    pub kind: ActorKind,
    /// Those that end a name.
    pub end_names: Words,
    pub not_after: Words,
    pub not_before: Words,
}

impl ActorGroup {
    pub(super) fn new(kind: ActorKind) -> Self {
        Self { kind, end_names: Words::default(), not_after: Words::default(), not_before: Words::default() }
    }
}

/// One thing a literal can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Word {
    /// A data item; a weak one only as object of a verb or in a list.
    Data {
        category: CategoryId,
        weak: bool,
    },
    /// A verb; a weak one needs a modal or a subject. `by_user`: only with the user as subject. The last
    /// `tail` characters of the literal only have to follow the verb.
    Verb {
        group: u16,
        weak: bool,
        by_user: bool,
        tail: u8,
    },
    Actor {
        group: u16,
    },
    Modal,
    /// Joins the items of a list.
    Conjunction,
    Negation,
    /// Looks like a negation but is none.
    NoNegation,
    /// Holds a word for data but is none: 信息系统.
    NoData,
    /// Says that the handling before it needs no consent.
    Exemption,
    /// A short sentence with it is a title.
    Question,
    /// The sentence defines or quotes.
    Definition,
    DeclaresSensitive,
}

impl Lexicon {
    /// Everything a literal can be.
    pub fn words(&self, literal: Literal) -> impl Iterator<Item = Word> + '_ {
        run(&self.words, &self.starts, literal).iter().map(|(_, word)| *word)
    }

    pub(super) fn add_word(&mut self, literal: Literal, word: Word) {
        self.words.push((literal, word));
    }

    /// Brings the words in order, so that they can be looked up.
    pub(super) fn index(&mut self) {
        self.words.sort_by_key(|(literal, _)| *literal);
        self.words.dedup();
        self.starts = runs(&self.words);
    }

    pub fn category(&self, id: CategoryId) -> &Category {
        &self.categories[id.0 as usize]
    }

    pub fn category_named(&self, id: &str) -> Option<CategoryId> {
        self.categories.iter().position(|category| category.id == id).map(|at| CategoryId(at as u16))
    }
}
