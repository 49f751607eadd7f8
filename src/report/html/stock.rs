//! The inventory: which data is collected, and who else gets it.

use super::shown::{Shown, plain};
use super::spots::Spots;
use super::words::{Words, filled};
use super::{Review, document_of};
use crate::inventory::Way;
use crate::report::export::Run;
use crate::report::inventory::{ItemRecord, KindRecord, Quote, SharingRecord, ToldRecord};

/// The inventory of one policy.
#[derive(Debug)]
pub(super) struct Stock<'a> {
    pub(super) path: String,
    pub(super) counts: String,
    pub(super) collected: Vec<Item<'a>>,
    pub(super) shared: Vec<Sharing<'a>>,
    pub(super) unnamed: Vec<Item<'a>>,
    pub(super) denied: Vec<Denial<'a>>,
}

#[derive(Debug)]
pub(super) struct Item<'a> {
    pub(super) name: Shown<'a>,
    pub(super) other_names: Vec<Shown<'a>>,
    pub(super) sensitive: bool,
    pub(super) category: Option<Shown<'a>>,
    pub(super) uses: Vec<Told<'a>>,
}

/// What is said in one section.
#[derive(Debug)]
pub(super) struct Told<'a> {
    pub(super) way: String,
    pub(super) section: Option<Shown<'a>>,
    pub(super) purposes: Vec<Shown<'a>>,
    pub(super) conditions: Vec<Shown<'a>>,
    pub(super) refusals: Vec<Shown<'a>>,
    pub(super) retentions: Vec<Shown<'a>>,
    pub(super) spot: Option<&'a str>,
    pub(super) line: String,
}

#[derive(Debug)]
pub(super) struct Sharing<'a> {
    pub(super) recipient: Option<Shown<'a>>,
    pub(super) company: Option<Shown<'a>>,
    pub(super) data: Vec<(Shown<'a>, bool)>,
    pub(super) actions: String,
    pub(super) links: Vec<Shown<'a>>,
    pub(super) told: Told<'a>,
}

#[derive(Debug)]
pub(super) struct Denial<'a> {
    pub(super) words: Shown<'a>,
    pub(super) action: String,
    pub(super) spot: Option<&'a str>,
    pub(super) line: String,
}

pub(super) fn stocks<'a>(run: &Run<'a>, t: &Words<'a>, spots: &'a Spots<'a>) -> Vec<Stock<'a>> {
    let teller = Teller { t, spots, run };
    run.reviews.iter().map(|review| teller.stock(review)).collect()
}

struct Teller<'a, 'r> {
    t: &'r Words<'a>,
    spots: &'a Spots<'a>,
    run: &'r Run<'a>,
}

impl<'a> Teller<'a, '_> {
    fn stock(&self, review: &'a Review) -> Stock<'a> {
        let inventory = &review.inventory;
        let (items, sensitive, recipients) =
            (inventory.collected.len(), inventory.sensitive(), inventory.shared.len());
        Stock {
            path: plain(review.readings.first().map_or("", |reading| &reading.path)),
            counts: filled(
                self.t.inventory_counts,
                &[("items", &items), ("sensitive", &sensitive), ("recipients", &recipients)],
            ),
            collected: inventory.collected.iter().map(|item| self.item(item)).collect(),
            shared: inventory.shared.iter().map(|sharing| self.sharing(sharing)).collect(),
            unnamed: inventory.unnamed.iter().map(|item| self.item(item)).collect(),
            denied: inventory
                .denied
                .iter()
                .map(|denial| Denial {
                    words: Shown(&denial.words.text),
                    action: self.run.say().not_done(self.run.say().action(denial.action)),
                    spot: self.spots.name(&denial.words.path, denial.words.at),
                    line: self.line(&denial.words),
                })
                .collect(),
        }
    }

    fn item(&self, item: &'a ItemRecord) -> Item<'a> {
        Item {
            name: Shown(&item.name),
            other_names: item.other_names.iter().map(|name| Shown(name)).collect(),
            sensitive: item.kind.sensitive,
            category: self.category(&item.kind),
            uses: item.uses.iter().map(|used| self.told(&used.told, self.ways(&used.ways))).collect(),
        }
    }

    fn category(&self, kind: &'a KindRecord) -> Option<Shown<'a>> {
        kind.family.as_ref().map(|title| Shown(title.get(self.run.language)))
    }

    fn sharing(&self, sharing: &'a SharingRecord) -> Sharing<'a> {
        let mut actions: Vec<String> = Vec::new();
        for action in &sharing.actions {
            let name = self.run.say().action(action.kind).to_owned();
            if !actions.contains(&name) {
                actions.push(name);
            }
        }
        Sharing {
            recipient: sharing.recipient.as_deref().map(Shown),
            company: sharing.company.as_deref().map(Shown),
            data: sharing.data.iter().map(|item| (Shown(&item.words.text), item.kind.sensitive)).collect(),
            actions: self.run.say().enumerated(&actions),
            links: sharing.links.iter().map(|link| Shown(link)).collect(),
            told: self.told(&sharing.told, String::new()),
        }
    }

    fn told(&self, told: &'a ToldRecord, way: String) -> Told<'a> {
        let place = told.places.first();
        Told {
            way,
            section: told.section.last().map(|title| Shown(title)),
            purposes: each_once(&told.purposes),
            conditions: each_once(&told.conditions),
            refusals: each_once(&told.refusals),
            retentions: each_once(&told.retentions),
            spot: place.and_then(|place| self.spots.name(&place.path, place.at)),
            line: place.map(|place| self.line(place)).unwrap_or_default(),
        }
    }

    fn line(&self, place: &Quote) -> String {
        self.t.place(place.at.line, document_of(self.run, &place.path))
    }

    fn ways(&self, ways: &[Way]) -> String {
        let ways: Vec<String> = ways.iter().map(|way| self.way(*way).to_owned()).collect();
        self.run.say().enumerated(&ways)
    }

    fn way(&self, way: Way) -> &'a str {
        match way {
            Way::Collect => self.t.way_collect,
            Way::Provide => self.t.way_provide,
            Way::Request => self.t.way_request,
            Way::ThirdParty => self.t.way_third_party,
            Way::Use => self.t.way_use,
            Way::Store => self.t.way_store,
            Way::Unstated => self.t.way_unstated,
        }
    }
}

fn each_once(quotes: &[Quote]) -> Vec<Shown<'_>> {
    let mut seen: Vec<Shown<'_>> = Vec::new();
    for quote in quotes {
        let words = Shown(quote.text.trim());
        if !seen.contains(&words) {
            seen.push(words);
        }
    }
    seen
}
