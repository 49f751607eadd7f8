use serde::Serialize;

use crate::findings::{Analysis, Evidence};
use crate::inventory::{Denial, Inventory, Item, Parts, SharedItem, Sharing, Use, Way};
use crate::knowledge::Knowledge;
use crate::knowledge::kinds::{ActionKind, ActorKind, PartRole};
use crate::knowledge::lexicon::CategoryId;
use crate::knowledge::spec::Text;
use crate::report::Lines;
use crate::report::locate::Position;

/// The inventory of one policy.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, Serialize)]
pub struct InventoryRecord {
    /// The files of the policy, the main text first.
    pub paths: Vec<String>,
    pub collected: Vec<ItemRecord>,
    pub shared: Vec<SharingRecord>,
    /// Umbrella words where an item should stand.
    pub unnamed: Vec<ItemRecord>,
    pub denied: Vec<DenialRecord>,
}

/// An item of personal data.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, Serialize)]
pub struct ItemRecord {
    /// The name used most.
    pub name: String,
    pub other_names: Vec<String>,
    #[serde(flatten)]
    pub kind: KindRecord,
    pub uses: Vec<UseRecord>,
}

/// What is known of an item.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, Serialize)]
pub struct KindRecord {
    pub category: Option<String>,
    pub category_title: Option<Text>,
    /// The group of categories it belongs to.
    pub family: Option<Text>,
    pub sensitive: bool,
    /// Names of the lists that call it so, or `declared`.
    pub sensitive_by: Vec<String>,
    pub permission: bool,
}

/// What one section says of an item.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, Serialize)]
pub struct UseRecord {
    pub ways: Vec<Way>,
    #[serde(flatten)]
    pub told: ToldRecord,
}

/// Where something is said, and what is said with it.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, Serialize)]
pub struct ToldRecord {
    /// The headings above it, outermost first.
    pub section: Vec<String>,
    pub purposes: Vec<Quote>,
    pub conditions: Vec<Quote>,
    pub recipients: Vec<Quote>,
    pub consents: Vec<Quote>,
    pub refusals: Vec<Quote>,
    pub retentions: Vec<Quote>,
    pub places: Vec<Quote>,
}

/// What one recipient gets.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, Serialize)]
pub struct SharingRecord {
    /// `null` where the policy does not say who gets it.
    pub recipient: Option<String>,
    pub company: Option<String>,
    pub data: Vec<SharedItemRecord>,
    pub actions: Vec<SharingAction>,
    #[serde(flatten)]
    pub told: ToldRecord,
    pub methods: Vec<Quote>,
    pub links: Vec<String>,
    pub contacts: Vec<Quote>,
}

#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, Serialize)]
pub struct SharedItemRecord {
    #[serde(flatten)]
    pub words: Quote,
    #[serde(flatten)]
    pub kind: KindRecord,
    /// An umbrella word.
    pub unnamed: bool,
}

/// What is done, and by whom.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct SharingAction {
    pub kind: ActionKind,
    pub actor: ActorKind,
}

/// Data of which the policy says that something is not done with it.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, Serialize)]
pub struct DenialRecord {
    pub action: ActionKind,
    #[serde(flatten)]
    pub words: Quote,
    pub section: Vec<String>,
    pub places: Vec<Quote>,
}

/// Words of a policy and where they stand.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, Serialize)]
pub struct Quote {
    pub text: String,
    pub path: String,
    #[serde(flatten)]
    pub at: Position,
}

impl InventoryRecord {
    /// Looks up in the files what an inventory speaks of.
    pub fn new(files: &[Analysis], inventory: &Inventory, knowledge: &Knowledge) -> Self {
        let lines: Vec<Lines> = files.iter().map(|file| Lines::of(&file.source.text)).collect();
        let reader = Reader { files, lines: &lines, knowledge };
        Self {
            paths: files.iter().map(|file| file.source.path.clone()).collect(),
            collected: inventory.collected.iter().map(|item| reader.item(item)).collect(),
            shared: inventory.shared.iter().map(|sharing| reader.sharing(sharing)).collect(),
            unnamed: inventory.unnamed.iter().map(|item| reader.item(item)).collect(),
            denied: inventory.denied.iter().map(|denial| reader.denial(denial)).collect(),
        }
    }

    /// How many of the items collected are sensitive.
    pub fn sensitive(&self) -> usize {
        self.collected.iter().filter(|item| item.kind.sensitive).count()
    }
}

struct Reader<'a> {
    files: &'a [Analysis],
    lines: &'a [Lines],
    knowledge: &'a Knowledge,
}

impl Reader<'_> {
    fn item(&self, item: &Item) -> ItemRecord {
        let mut names = item.names.iter().cloned();
        ItemRecord {
            name: names.next().unwrap_or_default(),
            other_names: names.collect(),
            kind: self.kind(item.category, &item.sensitive_by),
            uses: item.uses.iter().map(|used| self.used(used)).collect(),
        }
    }

    fn used(&self, used: &Use) -> UseRecord {
        let section = self.section(used.file, used.section);
        UseRecord { ways: used.ways.clone(), told: self.told(section, &used.parts, &used.places) }
    }

    fn sharing(&self, sharing: &Sharing) -> SharingRecord {
        let text = |words: &Evidence| self.quote(*words).text;
        let section = sharing.sections.first().map(|(file, id)| self.section(*file, *id));
        SharingRecord {
            recipient: sharing.recipient.as_ref().map(text),
            company: sharing.company.as_ref().map(text),
            data: sharing.data.iter().map(|item| self.shared(item)).collect(),
            actions: sharing
                .actions
                .iter()
                .map(|(kind, actor)| SharingAction { kind: *kind, actor: *actor })
                .collect(),
            told: self.told(section.unwrap_or_default(), &sharing.parts, &sharing.places),
            methods: self.quotes(sharing.methods.iter().copied()),
            links: sharing.links.clone(),
            contacts: self.quotes(sharing.contacts.iter().copied()),
        }
    }

    fn shared(&self, item: &SharedItem) -> SharedItemRecord {
        SharedItemRecord {
            words: self.quote(item.place),
            kind: self.kind(item.category, &item.sensitive_by),
            unnamed: item.unnamed,
        }
    }

    fn denial(&self, denial: &Denial) -> DenialRecord {
        DenialRecord {
            action: denial.action,
            words: self.quote(denial.words),
            section: self.section(denial.words.file, denial.section),
            places: self.quotes(denial.places.iter().copied()),
        }
    }

    fn told(&self, section: Vec<String>, parts: &Parts, places: &[Evidence]) -> ToldRecord {
        let of = |role| self.quotes(parts.of(role));
        ToldRecord {
            section,
            purposes: of(PartRole::Purpose),
            conditions: of(PartRole::Condition),
            recipients: of(PartRole::Recipient),
            consents: of(PartRole::Consent),
            refusals: of(PartRole::Refusal),
            retentions: of(PartRole::Retention),
            places: self.quotes(places.iter().copied()),
        }
    }

    fn kind(&self, category: Option<CategoryId>, sensitive_by: &[String]) -> KindRecord {
        let known = category.map(|id| self.knowledge.lexicon.category(id));
        let words = &self.knowledge.inventory;
        let family = known.and_then(|category| words.family_of(&category.id));
        KindRecord {
            category: known.map(|category| category.id.clone()),
            category_title: known.map(|category| category.title.clone()),
            family: family.and_then(|at| words.families.get(at)).map(|family| family.title.clone()),
            sensitive: !sensitive_by.is_empty(),
            sensitive_by: sensitive_by.to_vec(),
            permission: known.is_some_and(|category| category.permission),
        }
    }

    fn section(&self, file: usize, id: crate::document::SectionId) -> Vec<String> {
        let path = self.files.get(file).map(|file| file.document.section_path(id)).unwrap_or_default();
        path.into_iter().map(str::to_owned).collect()
    }

    fn quotes(&self, words: impl Iterator<Item = Evidence>) -> Vec<Quote> {
        words.map(|words| self.quote(words)).collect()
    }

    fn quote(&self, Evidence { file, span }: Evidence) -> Quote {
        let Analysis { source, document, .. } = &self.files[file];
        let span = span.trim(document.prose.text());
        let at = Position::of(document.prose.to_file(span), &source.text, &self.lines[file]);
        Quote { text: document.text(span).to_owned(), path: source.path.clone(), at }
    }
}
