use std::collections::BTreeMap;

use super::table::{unjudged, waived};
use super::{CheckRecord, EvidenceRecord, Totals};
use crate::knowledge::Knowledge;
use crate::knowledge::kinds::{Judge, Severity};
use crate::knowledge::laws::Article;
use crate::report::Say;
use crate::report::grounds;
use crate::report::paper::{Cell, Column, Fact, Layout, Paper, PaperWords, Part, Provenance, Row, Tone};
use crate::report::sanitise::one_line;
use crate::triage::Status;

/// So many places of one requirement are quoted.
const MOST_QUOTES: usize = 6;
/// The longest quotation, in characters.
const LONGEST_QUOTE: usize = 160;

/// An article, and the requirements that rest on it.
type Cited<'a> = (&'a Article, Vec<&'a CheckRecord>);

/// The checklist of a policy as a document for the file of an audit.
pub fn paper(checks: &[CheckRecord], knowledge: &Knowledge, provenance: &Provenance, say: Say<'_>) -> Paper {
    let writer = Writer { checks, knowledge, say, provenance };
    let mut facts = provenance.facts(say);
    facts.extend(writer.result());
    let notes = ["note_text", "note_advice", "note_na", "note_repeat"];
    let signatures = ["signed_by", "reviewed_by", "signed_on"];
    Paper {
        language: say.language,
        title: writer.own("title").to_owned(),
        subject: provenance.subject().to_owned(),
        date: provenance.date,
        facts,
        parts: [Some(writer.open()), writer.waived(), Some(writer.by_subject()), Some(writer.by_law())]
            .into_iter()
            .flatten()
            .collect(),
        notes: notes.map(|name| writer.own(name).to_owned()).to_vec(),
        signatures: signatures.map(|name| writer.own(name).to_owned()).to_vec(),
        words: PaperWords::new(say),
    }
}

struct Writer<'a> {
    checks: &'a [CheckRecord],
    knowledge: &'a Knowledge,
    say: Say<'a>,
    provenance: &'a Provenance,
}

impl<'a> Writer<'a> {
    fn own(&self, name: &str) -> &'a str {
        self.say.get(&format!("audit.{name}"))
    }

    fn part(&self, name: &str, layout: Layout, columns: Vec<Column>, rows: Vec<Row>) -> Part {
        Part {
            title: self.own(name).to_owned(),
            lead: self.own(&format!("{name}_lead")).to_owned(),
            layout,
            columns,
            rows,
            empty: self.own(&format!("{name}_none")).to_owned(),
        }
    }

    /// The result in numbers, and what it was held against.
    fn result(&self) -> Vec<Fact> {
        let mut totals = Totals::default();
        totals.count(self.checks);
        let number = |count: usize| count.to_string();
        let counts = self.say.fill(
            if totals.waived > 0 { "audit.counts_waived" } else { "audit.counts" },
            &[
                ("all", &number(self.checks.len())),
                ("pass", &number(totals.pass)),
                ("fail", &number(totals.fail)),
                ("waived", &number(totals.waived)),
                ("na", &number(totals.na)),
            ],
        );
        let of = |severity| number(self.broken().filter(|check| check.severity == severity).count());
        let open = self.say.fill(
            "audit.open_counts",
            &[
                ("error", &of(Severity::Error)),
                ("warning", &of(Severity::Warning)),
                ("info", &of(Severity::Info)),
            ],
        );
        let mut facts =
            vec![Fact::new(self.own("result"), counts), Fact::new(self.own("open_by_severity"), open)];
        let statutes = self.statutes().into_values().map(|articles| {
            let short =
                articles.first().map(|(article, _)| self.knowledge.laws.statute(article).short.clone());
            self.say.fill("audit.short", &[("name", short.unwrap_or_default().get(self.say.language))])
        });
        facts.push(Fact::new(
            self.own("statutes"),
            statutes.collect::<Vec<_>>().join(self.say.get("paper.comma")),
        ));
        facts
    }

    fn broken(&self) -> impl Iterator<Item = &'a CheckRecord> {
        self.checks.iter().filter(|check| check.status == Status::Broken)
    }

    fn open(&self) -> Part {
        let columns = vec![
            Column::own(self.own("requirement"), 30),
            Column::own(self.own("severity"), 10),
            Column::own(self.own("problem"), 40),
            Column::own(self.own("remedy"), 50),
            Column::own(self.own("articles"), 34),
            Column::own(self.own("evidence"), 50),
            Column::own(self.own("rule"), 26),
        ];
        let mut open: Vec<&CheckRecord> = self.broken().collect();
        // Sorting keeps the order of the subjects.
        open.sort_by_key(|check| std::cmp::Reverse(check.severity));
        let rows = open.into_iter().enumerate().map(|(index, check)| Row {
            tone: if check.severity == Severity::Error { Tone::Bad } else { Tone::Doubtful },
            heads: vec![Cell::text(format!("{}. {}", index + 1, self.demand(check)))],
            lines: vec![vec![
                Cell::text(self.say.severity(check.severity)),
                Cell::lines(&check.message),
                Cell::lines(&check.help),
                self.articles(check),
                self.evidence(check),
                Cell::text(&check.rule),
            ]],
        });
        self.part("open", Layout::Cards, columns, rows.collect())
    }

    /// What is not met and stays so, on somebody's word; `None` where there is nothing of the kind.
    fn waived(&self) -> Option<Part> {
        let columns = vec![
            Column::own(self.own("requirement"), 30),
            Column::own(self.own("severity"), 10),
            Column::own(self.own("problem"), 40),
            Column::own(self.own("grounds"), 40),
            Column::own(self.own("articles"), 34),
            Column::own(self.own("evidence"), 50),
            Column::own(self.own("rule"), 26),
        ];
        let waived = self.checks.iter().filter(|check| !check.waived.is_empty());
        let row = |(index, check): (usize, &CheckRecord)| Row {
            tone: Tone::Faint,
            heads: vec![Cell::text(format!("{}. {}", index + 1, self.demand(check)))],
            lines: check
                .waived
                .iter()
                .map(|waived| {
                    vec![
                        Cell::text(self.say.severity(check.severity)),
                        Cell::lines(&check.message),
                        Cell::text(grounds::told(&waived.grounds, self.say)),
                        self.articles(check),
                        Cell::lines(self.quotes(check, &waived.evidence)),
                        Cell::text(&check.rule),
                    ]
                })
                .collect(),
        };
        let rows: Vec<Row> = waived.enumerate().map(row).collect();
        (!rows.is_empty()).then(|| self.part("waived", Layout::Cards, columns, rows))
    }

    fn by_subject(&self) -> Part {
        let columns = vec![
            Column::title(self.own("subject"), 20),
            Column::own(self.own("verdict"), 10),
            Column::own(self.own("number"), 6),
            Column::own(self.own("requirement"), 36),
            Column::below(self.own("rule"), 28),
            Column::own(self.own("articles"), 34),
            Column::own(self.own("evidence"), 60),
        ];
        let rows = self.checks.iter().enumerate().map(|(index, check)| {
            let group = self.knowledge.groups.iter().find(|group| group.id == check.group);
            let subject = group.map_or(check.group.as_str(), |group| group.title.get(self.say.language));
            Row {
                tone: tone(check),
                heads: vec![Cell::text(subject)],
                lines: vec![vec![
                    self.verdict(check),
                    Cell::text((index + 1).to_string()),
                    Cell::text(self.demand(check)),
                    Cell::text(&check.rule),
                    self.cited(check),
                    self.evidence(check),
                ]],
            }
        });
        self.part("by_subject", Layout::Table, columns, rows.collect())
    }

    fn by_law(&self) -> Part {
        let columns = vec![
            Column::title(self.own("law"), 30),
            Column::own(self.own("article"), 34),
            Column::below(self.own("article_text"), 60),
            Column::own(self.own("verdict"), 10),
            Column::own(self.own("requirement"), 40),
            Column::own(self.own("rule"), 28),
            Column::own(self.own("source"), 14),
        ];
        let language = self.say.language;
        let rows = self.statutes().into_values().flatten().map(|(article, checks)| Row {
            tone: Tone::Plain,
            heads: vec![
                Cell::text(self.statute(article)),
                Cell::text(article.number.get(language)),
                Cell::lines(article.text.as_ref()),
            ],
            lines: checks
                .iter()
                .map(|check| {
                    vec![
                        self.verdict(check),
                        Cell::text(self.demand(check)),
                        Cell::text(&check.rule),
                        self.places(check),
                    ]
                })
                .collect(),
        });
        self.part("by_law", Layout::Table, columns, rows.collect())
    }

    /// The articles that requirements rest on with these, by statute in the order of the rule files.
    fn statutes(&self) -> BTreeMap<u16, Vec<Cited<'a>>> {
        let mut cited: BTreeMap<_, Cited<'a>> = BTreeMap::new();
        for check in self.checks {
            for article in check.cites.iter().filter_map(|key| self.knowledge.laws.article(key)) {
                let place = (article.statute, numbers(&article.key), article.key.as_str());
                cited.entry(place).or_insert((article, Vec::new())).1.push(check);
            }
        }
        let mut statutes: BTreeMap<u16, Vec<_>> = BTreeMap::new();
        for ((statute, ..), entry) in cited {
            statutes.entry(statute).or_default().push(entry);
        }
        statutes
    }

    fn statute(&self, article: &Article) -> String {
        let statute = self.knowledge.laws.statute(article);
        let name = statute.name.get(self.say.language).trim_matches(['《', '》']);
        let told = if statute.draft { "audit.draft" } else { "audit.statute" };
        self.say.fill(told, &[("name", name), ("date", &statute.in_force)])
    }

    fn demand(&self, check: &CheckRecord) -> String {
        check.demands.as_ref().unwrap_or(&check.title).get(self.say.language).to_owned()
    }

    fn verdict(&self, check: &CheckRecord) -> Cell {
        Cell::text(self.own(match check.status {
            Status::Met => "pass",
            Status::Broken => "fail",
            Status::Waived => "verdict_waived",
            Status::NotApplicable => "na",
        }))
    }

    /// An article a line.
    fn articles(&self, check: &'a CheckRecord) -> Cell {
        Cell::lines(self.labels(check))
    }

    /// The articles in a row, where there are many requirements below each other.
    fn cited(&self, check: &'a CheckRecord) -> Cell {
        Cell::text(self.labels(check).collect::<Vec<_>>().join(self.say.get("paper.comma")))
    }

    fn labels(&self, check: &'a CheckRecord) -> impl Iterator<Item = String> {
        check.cites.iter().filter_map(|key| self.knowledge.laws.label(key, self.say.language))
    }

    /// The words that answer a requirement, or why there are none.
    fn evidence(&self, check: &CheckRecord) -> Cell {
        let reason = unjudged(check, self.knowledge, self.say);
        if check.evidence.is_empty() && reason.is_none() {
            return Cell::text(self.say.nothing_wrong());
        }
        let waived = waived(check, self.say);
        Cell::lines(waived.into_iter().chain(reason).chain(self.quotes(check, &check.evidence)))
    }

    /// The first of some places of a requirement, and how many there are besides.
    fn quotes(&self, check: &CheckRecord, places: &[EvidenceRecord]) -> Vec<String> {
        let missing = matches!(check.status, Status::Broken | Status::Waived) && self.is_absence(check);
        let told = if missing { "audit.would_belong" } else { "audit.quote_at" };
        let quotes = places.iter().take(MOST_QUOTES).map(|words| {
            let (words, place) = (excerpt(words), self.place(words));
            self.say.fill(told, &[("words", &words), ("place", &place)])
        });
        let left = places.len().saturating_sub(MOST_QUOTES);
        let more = (left > 0).then(|| self.say.fill("audit.more", &[("count", &left.to_string())]));
        quotes.chain(more).collect()
    }

    /// Whether what breaks the rule is that the policy does not say something.
    fn is_absence(&self, check: &CheckRecord) -> bool {
        let rule = self.knowledge.rules.iter().find(|rule| rule.id == check.rule);
        check.judge == Judge::Document && rule.is_some_and(|rule| rule.require.is_some())
    }

    /// Where the first words in evidence stand, in a line.
    fn places(&self, check: &CheckRecord) -> Cell {
        let mut places: Vec<String> = Vec::new();
        for place in check.evidence.iter().take(MOST_QUOTES).map(|words| self.place(words)) {
            if !places.contains(&place) {
                places.push(place);
            }
        }
        Cell::text(places.join(self.say.get("paper.comma")))
    }

    fn place(&self, words: &EvidenceRecord) -> String {
        self.provenance.place(self.say, &words.path, words.at)
    }
}

fn tone(check: &CheckRecord) -> Tone {
    match (check.status, check.severity) {
        (Status::Met, _) => Tone::Good,
        (Status::Broken, Severity::Error) => Tone::Bad,
        (Status::Broken, _) => Tone::Doubtful,
        (Status::Waived | Status::NotApplicable, _) => Tone::Faint,
    }
}

/// The sentence, or as much of it around the words as is read at a glance.
fn excerpt(words: &EvidenceRecord) -> String {
    let sentence = one_line(&words.sentence);
    if sentence.chars().count() <= LONGEST_QUOTE {
        return sentence;
    }
    let before = words.sentence.get(..words.within.start).map_or(0, |before| before.chars().count());
    let start = before.saturating_sub(LONGEST_QUOTE / 4);
    let kept: String = sentence.chars().skip(start).take(LONGEST_QUOTE).collect();
    let lead = if start > 0 { "…" } else { "" };
    let trail = if start + LONGEST_QUOTE < sentence.chars().count() { "…" } else { "" };
    format!("{lead}{kept}{trail}")
}

/// The numbers in the key of an article: Article 9 comes before Article 10.
fn numbers(key: &str) -> Vec<u32> {
    key.split('-').filter_map(|part| part.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_in_the_order_of_the_law() {
        assert!(numbers("pipl-9") < numbers("pipl-10"));
        assert!(numbers("pipl-28") < numbers("pipl-28-2"));
    }
}
