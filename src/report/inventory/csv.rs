use super::{InventoryRecord, KindRecord, Quote, ToldRecord};
use crate::report::csv::row;

const HEAD: [&str; 19] = [
    "list",
    "path",
    "line",
    "column",
    "item",
    "other_names",
    "category",
    "sensitive",
    "sensitive_by",
    "section",
    "way",
    "purposes",
    "conditions",
    "recipients",
    "consents",
    "refusals",
    "retentions",
    "links",
    "contacts",
];

/// A row for each section that speaks of an item, and for each item that a recipient gets, after RFC 4180.
pub fn render(inventories: &[InventoryRecord]) -> String {
    let mut out = row(HEAD.map(str::to_owned));
    for inventory in inventories {
        let lists = [("collected", &inventory.collected), ("unnamed", &inventory.unnamed)];
        for (list, items) in lists {
            let uses = items.iter().flat_map(|item| item.uses.iter().map(move |used| (item, used)));
            out.extend(uses.map(|(item, used)| {
                let told = &used.told;
                Line {
                    list,
                    place: told.places.first(),
                    item: &item.name,
                    other_names: item.other_names.join(SEPARATOR),
                    kind: Some(&item.kind),
                    section: &told.section,
                    way: joined(used.ways.iter().map(|way| way.name())),
                    told: Some(told),
                    recipients: quoted(&told.recipients),
                    ..Line::default()
                }
                .row()
            }));
        }
        for sharing in &inventory.shared {
            let mut ways: Vec<&str> = sharing.actions.iter().map(|action| action.kind.name()).collect();
            ways.dedup();
            let recipient = sharing.recipient.iter().chain(&sharing.company).map(String::as_str);
            let recipient = joined(recipient);
            out.extend(sharing.data.iter().map(|item| {
                Line {
                    list: "shared",
                    place: Some(&item.words),
                    item: &item.words.text,
                    kind: Some(&item.kind),
                    section: &sharing.told.section,
                    way: joined(ways.iter().copied()),
                    told: Some(&sharing.told),
                    recipients: recipient.clone(),
                    links: sharing.links.join(SEPARATOR),
                    contacts: quoted(&sharing.contacts),
                    ..Line::default()
                }
                .row()
            }));
        }
        out.extend(inventory.denied.iter().map(|denial| {
            Line {
                list: "denied",
                place: Some(&denial.words),
                item: &denial.words.text,
                section: &denial.section,
                way: denial.action.name().to_owned(),
                ..Line::default()
            }
            .row()
        }));
    }
    out
}

const SEPARATOR: &str = "; ";

#[derive(Default)]
struct Line<'a> {
    list: &'a str,
    place: Option<&'a Quote>,
    item: &'a str,
    other_names: String,
    kind: Option<&'a KindRecord>,
    section: &'a [String],
    way: String,
    told: Option<&'a ToldRecord>,
    recipients: String,
    links: String,
    contacts: String,
}

impl Line<'_> {
    fn row(self) -> String {
        let of_told = |part: fn(&ToldRecord) -> &[Quote]| self.told.map(|told| quoted(part(told)));
        let place = |part: fn(&Quote) -> String| self.place.map(part).unwrap_or_default();
        row([
            self.list.to_owned(),
            place(|quote| quote.path.clone()),
            place(|quote| quote.at.line.to_string()),
            place(|quote| quote.at.column.to_string()),
            self.item.to_owned(),
            self.other_names,
            self.kind.and_then(|kind| kind.category.clone()).unwrap_or_default(),
            self.kind.map(|kind| kind.sensitive.to_string()).unwrap_or_default(),
            self.kind.map(|kind| kind.sensitive_by.join(SEPARATOR)).unwrap_or_default(),
            self.section.join(" > "),
            self.way,
            of_told(|told| &told.purposes).unwrap_or_default(),
            of_told(|told| &told.conditions).unwrap_or_default(),
            self.recipients,
            of_told(|told| &told.consents).unwrap_or_default(),
            of_told(|told| &told.refusals).unwrap_or_default(),
            of_told(|told| &told.retentions).unwrap_or_default(),
            self.links,
            self.contacts,
        ])
    }
}

fn quoted(quotes: &[Quote]) -> String {
    joined(quotes.iter().map(|quote| quote.text.as_str()))
}

fn joined<'t>(words: impl Iterator<Item = &'t str>) -> String {
    words.collect::<Vec<_>>().join(SEPARATOR)
}
