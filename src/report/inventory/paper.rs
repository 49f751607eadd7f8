use super::{DenialRecord, InventoryRecord, ItemRecord, KindRecord, Quote, SharingRecord, ToldRecord};
use crate::knowledge::kinds::ActorKind;
use crate::report::Say;
use crate::report::paper::{Cell, Column, Fact, Layout, Paper, PaperWords, Part, Provenance, Row, Tone};

/// The inventory of a policy as a document.
pub fn paper(inventory: &InventoryRecord, provenance: &Provenance, say: Say<'_>) -> Paper {
    let own = |name: &str| say.get(&format!("inventory.{name}"));
    let writer = Writer { say, provenance };
    let counts = say.fill(
        "inventory.counts",
        &[
            ("items", &inventory.collected.len().to_string()),
            ("sensitive", &inventory.sensitive().to_string()),
            ("recipients", &inventory.shared.len().to_string()),
        ],
    );
    let mut facts = provenance.facts(say);
    facts.push(Fact::new(own("summary"), counts));
    let notes = ["note_text", "note_sensitive", "note_blank", "note_reference"];
    Paper {
        language: say.language,
        title: own("title").to_owned(),
        subject: provenance.subject().to_owned(),
        date: provenance.date,
        facts,
        parts: vec![
            writer.collected(&inventory.collected),
            writer.shared(&inventory.shared),
            writer.unnamed(&inventory.unnamed),
            writer.denied(&inventory.denied),
        ],
        notes: notes.map(|name| own(name).to_owned()).to_vec(),
        signatures: Vec::new(),
        words: PaperWords::new(say),
    }
}

struct Writer<'a> {
    say: Say<'a>,
    provenance: &'a Provenance,
}

impl<'a> Writer<'a> {
    fn own(&self, name: &str) -> &'a str {
        self.say.get(&format!("inventory.{name}"))
    }

    fn part(&self, name: &str, columns: Vec<Column>, rows: Vec<Row>) -> Part {
        Part {
            title: self.own(name).to_owned(),
            lead: self.own(&format!("{name}_lead")).to_owned(),
            layout: Layout::Table,
            columns,
            rows,
            empty: self.own(&format!("{name}_none")).to_owned(),
        }
    }

    fn collected(&self, items: &[ItemRecord]) -> Part {
        let columns = vec![
            Column::title(self.own("family"), 12),
            Column::own(self.own("number"), 5),
            Column::own(self.own("item"), 16),
            Column::below(self.own("other_names"), 14),
            Column::below(self.own("category"), 12),
            Column::own(self.own("sensitive"), 7),
            Column::below(self.own("sensitive_by"), 15),
            Column::own(self.own("function"), 20),
            Column::below(self.own("condition"), 22),
            Column::own(self.own("purpose"), 28),
            Column::own(self.own("way"), 10),
            Column::below(self.own("recipient_of"), 12),
            Column::own(self.own("retention"), 12),
            Column::own(self.own("consent"), 13),
            Column::below(self.own("refusal"), 20),
            Column::own(self.own("source"), 10),
        ];
        let rows = items.iter().enumerate().map(|(index, item)| {
            let KindRecord { category_title, family, sensitive, sensitive_by, .. } = &item.kind;
            let family = family.as_ref().map(|title| title.get(self.say.language));
            let category = category_title.as_ref().map(|title| title.get(self.say.language));
            let lists = sensitive_by.iter().map(|list| self.own(&format!("list_{list}")));
            Row {
                tone: if *sensitive { Tone::Sensitive } else { Tone::Plain },
                heads: vec![
                    Cell::text(family.unwrap_or(self.own("family_unknown"))),
                    Cell::text((index + 1).to_string()),
                    Cell::text(&item.name),
                    Cell::lines(&item.other_names),
                    Cell::lines(category.filter(|title| *title != item.name)),
                    Cell::text(self.own(if *sensitive { "yes" } else { "no" })),
                    Cell::lines(lists),
                ],
                lines: item.uses.iter().map(|used| self.used(used)).collect(),
            }
        });
        self.part("collected", columns, rows.collect())
    }

    fn used(&self, used: &super::UseRecord) -> Vec<Cell> {
        let told = &used.told;
        let ways = used.ways.iter().map(|way| self.own(&format!("way_{}", way.name())));
        vec![
            self.function(told),
            quoted(&told.conditions),
            quoted(&told.purposes),
            Cell::lines(ways),
            quoted(&told.recipients),
            quoted(&told.retentions),
            quoted(&told.consents),
            quoted(&told.refusals),
            self.places(&told.places),
        ]
    }

    fn shared(&self, sharings: &[SharingRecord]) -> Part {
        let columns = vec![
            Column::own(self.own("number"), 5),
            Column::own(self.own("recipient"), 18),
            Column::below(self.own("company"), 18),
            Column::own(self.own("data"), 28),
            Column::below(self.own("sensitive_data"), 18),
            Column::own(self.own("purpose"), 28),
            Column::own(self.own("way"), 11),
            Column::below(self.own("method"), 14),
            Column::own(self.own("function"), 18),
            Column::below(self.own("condition"), 20),
            Column::own(self.own("consent"), 13),
            Column::own(self.own("link"), 24),
            Column::below(self.own("contact"), 14),
            Column::own(self.own("source"), 10),
        ];
        let rows = sharings.iter().enumerate().map(|(index, sharing)| {
            let SharingRecord { recipient, company, data, actions, told, methods, links, contacts } = sharing;
            let sensitive: Vec<&str> =
                data.iter().filter(|item| item.kind.sensitive).map(|item| item.words.text.as_str()).collect();
            let named = data.iter().map(|item| item.words.text.as_str());
            let how = actions.iter().map(|action| {
                // What third parties are said to share stays with them.
                let by_third = action.actor == ActorKind::ThirdParty || !action.kind.is_getting();
                let name = if by_third { action.kind.name() } else { "provide" };
                self.own(&format!("gives_{name}"))
            });
            Row {
                tone: if sensitive.is_empty() { Tone::Plain } else { Tone::Sensitive },
                heads: vec![
                    Cell::text((index + 1).to_string()),
                    Cell::text(recipient.as_deref().unwrap_or(self.own("recipient_unstated"))),
                    Cell::lines(company),
                ],
                lines: vec![vec![
                    Cell::text(named.collect::<Vec<_>>().join(self.comma())),
                    Cell::text(sensitive.join(self.comma())),
                    quoted(&told.purposes),
                    Cell::lines(how),
                    quoted(methods),
                    self.function(told),
                    quoted(&told.conditions),
                    quoted(&told.consents),
                    Cell::lines(links),
                    quoted(contacts),
                    self.places(&told.places),
                ]],
            }
        });
        self.part("shared", columns, rows.collect())
    }

    fn unnamed(&self, items: &[ItemRecord]) -> Part {
        let columns = vec![
            Column::own(self.own("words"), 20),
            Column::below(self.own("other_names"), 24),
            Column::own(self.own("function"), 26),
            Column::own(self.own("way"), 14),
            Column::own(self.own("purpose"), 40),
            Column::own(self.own("source"), 14),
        ];
        let rows = items.iter().map(|item| Row {
            tone: Tone::Plain,
            heads: vec![Cell::text(&item.name), Cell::lines(&item.other_names)],
            lines: item
                .uses
                .iter()
                .map(|used| {
                    let ways = used.ways.iter().map(|way| self.own(&format!("way_{}", way.name())));
                    vec![
                        self.function(&used.told),
                        Cell::lines(ways),
                        quoted(&used.told.purposes),
                        self.places(&used.told.places),
                    ]
                })
                .collect(),
        });
        self.part("unnamed", columns, rows.collect())
    }

    fn denied(&self, denials: &[DenialRecord]) -> Part {
        let columns = vec![
            Column::own(self.own("denied_action"), 16),
            Column::own(self.own("item"), 30),
            Column::own(self.own("function"), 34),
            Column::own(self.own("source"), 14),
        ];
        let rows = denials.iter().map(|denial| Row {
            tone: Tone::Plain,
            heads: Vec::new(),
            lines: vec![vec![
                Cell::text(self.own(&format!("denied_{}", denial.action.name()))),
                Cell::text(&denial.words.text),
                self.chapter(&denial.section),
                self.places(&denial.places),
            ]],
        });
        self.part("denied", columns, rows.collect())
    }

    fn function(&self, told: &ToldRecord) -> Cell {
        self.chapter(&told.section)
    }

    /// The innermost heading, which names the function more often than those above it.
    fn chapter(&self, section: &[String]) -> Cell {
        Cell::text(section.last().map_or(self.own("whole_policy"), String::as_str))
    }

    fn places(&self, quotes: &[Quote]) -> Cell {
        Cell::lines(quotes.iter().map(|quote| self.provenance.place(self.say, &quote.path, quote.at)))
    }

    fn comma(&self) -> &'a str {
        self.say.get("paper.comma")
    }
}

fn quoted(quotes: &[Quote]) -> Cell {
    Cell::lines(quotes.iter().map(|quote| quote.text.as_str()))
}
