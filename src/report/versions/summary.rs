//! A paragraph for those who read nothing else.

use serde::Serialize;

use super::words::Words;
use crate::knowledge::kinds::Severity;
use crate::report::Located;
use crate::versions::{Change, Importance, Kind, Side};

/// The changes in numbers.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    pub policies: usize,
    pub high: usize,
    pub medium: usize,
    pub low: usize,
    /// Findings.
    pub new: usize,
    pub resolved: usize,
    /// New findings that somebody answers for; they do not count as new.
    pub waived: usize,
}

impl Totals {
    pub fn count(&mut self, importances: impl Iterator<Item = Importance>) {
        for importance in importances {
            match importance {
                Importance::High => self.high += 1,
                Importance::Medium => self.medium += 1,
                Importance::Low => self.low += 1,
            }
        }
    }

    pub fn add(&mut self, other: Self) {
        let Self { policies, high, medium, low, new, resolved, waived } = other;
        self.policies += policies;
        self.high += high;
        self.medium += medium;
        self.low += low;
        self.new += new;
        self.resolved += resolved;
        self.waived += waived;
    }

    /// The last line.
    pub fn line(&self, words: Words<'_>) -> String {
        let number = |count: usize| count.to_string();
        let slots = [
            ("policies", number(self.policies)),
            ("high", number(self.high)),
            ("medium", number(self.medium)),
            ("low", number(self.low)),
            ("new", number(self.new)),
            ("resolved", number(self.resolved)),
            ("waived", number(self.waived)),
        ];
        let slots: Vec<(&str, &str)> = slots.iter().map(|(slot, text)| (*slot, text.as_str())).collect();
        words.say(if self.waived > 0 { "totals-waived" } else { "totals" }, &slots)
    }
}

/// Examples that a clause gives.
const EXAMPLES: usize = 2;

impl Words<'_> {
    /// What a lawyer would tell the client about the new version, in a paragraph.
    pub(super) fn paragraph(self, changes: &[Change], new: &[Located], resolved: &[Located]) -> String {
        let mut totals = Totals::default();
        totals.count(changes.iter().map(|change| change.importance));
        let mut paragraph = match changes.len() {
            0 => self.get("sum-nothing").to_owned(),
            count => {
                self.say("sum-opening", &[("count", &count.to_string()), ("high", &totals.high.to_string())])
            }
        };
        let clauses: Vec<String> = self.clauses(changes);
        if !clauses.is_empty() {
            paragraph += &clauses.join(self.get("semicolon"));
            paragraph += self.get("sum-end");
        }
        let errors = new.iter().filter(|finding| finding.severity == Severity::Error).count();
        paragraph += &match new.len() + resolved.len() {
            0 => self.get("sum-findings-same").to_owned(),
            _ => self.say(
                "sum-findings",
                &[
                    ("new", &new.len().to_string()),
                    ("errors", &errors.to_string()),
                    ("resolved", &resolved.len().to_string()),
                ],
            ),
        };
        paragraph
    }

    fn clauses(self, changes: &[Change]) -> Vec<String> {
        let mut clauses = Vec::new();
        for kind in Kind::ALL {
            // What is for the record is told in the details, save what is gone.
            let removed =
                matches!(kind, Kind::DataRemoved | Kind::PermissionRemoved | Kind::RecipientRemoved);
            let of_kind: Vec<&Change> = changes
                .iter()
                .filter(|change| change.kind == kind)
                .filter(|change| {
                    removed || kind == Kind::StatementAdded || change.importance > Importance::Low
                })
                .collect();
            if !of_kind.is_empty() {
                clauses.extend(self.clause(kind, &of_kind));
            }
        }
        clauses
    }

    fn clause(self, kind: Kind, changes: &[&Change]) -> Vec<String> {
        let count = changes.len().to_string();
        let names = |sensitive: bool| -> Vec<&str> {
            let data = changes.iter().flat_map(|change| &change.data);
            let mut names: Vec<&str> =
                data.filter(|datum| !sensitive || datum.sensitive).map(|datum| datum.text.as_str()).collect();
            let mut seen = std::collections::HashSet::new();
            names.retain(|name| seen.insert(*name));
            names
        };
        let recipients: Vec<&String> = {
            let mut seen = std::collections::HashSet::new();
            changes
                .iter()
                .flat_map(|change| &change.recipients)
                .filter(|name| seen.insert(name.as_str()))
                .collect()
        };
        let examples = || {
            let text = |side: &Option<Side>| side.as_ref().map(|side| side.text.clone()).unwrap_or_default();
            let arrow = changes.iter().map(|change| {
                let (was, is) = (text(&change.old), text(&change.new));
                let either =
                    |text: String| if text.is_empty() { "—".to_owned() } else { self.quoted(&text) };
                format!("{} → {}", either(was), either(is))
            });
            let mut arrows: Vec<String> = arrow.collect();
            arrows.dedup();
            arrows.truncate(EXAMPLES);
            arrows.join(self.get("comma"))
        };
        let purposes: Vec<&String> = changes.iter().flat_map(|change| &change.purposes).collect();
        let to = if recipients.is_empty() {
            String::new()
        } else {
            self.say("to", &[("recipients", &self.list(&recipients))])
        };
        let one = |key: &str, slots: &[(&str, &str)]| vec![self.say(key, slots)];
        match kind {
            Kind::Reversed => changes
                .iter()
                .take(EXAMPLES)
                .map(|change| {
                    let action = change.action.map_or("collect", |action| action.name());
                    let action = self.get(&format!("act-{action}"));
                    self.say("sum-reversed", &[("action", action), ("data", &self.data(&change.data))])
                })
                .collect(),
            Kind::DataNew => {
                let sensitive = names(true);
                let ordinary: Vec<&str> =
                    names(false).into_iter().filter(|name| !sensitive.contains(name)).collect();
                let mut clauses = Vec::new();
                if !sensitive.is_empty() {
                    clauses.push(self.say("sum-data-sensitive", &[("data", &self.quotes(&sensitive))]));
                }
                if !ordinary.is_empty() {
                    clauses.push(self.say("sum-data-new", &[("data", &self.quotes(&ordinary))]));
                }
                clauses
            }
            Kind::SharedNew => one("sum-shared-new", &[("data", &self.quotes(&names(false))), ("to", &to)]),
            Kind::RecipientNew => one("sum-recipient-new", &[("recipients", &self.quotes(&recipients))]),
            Kind::RightDropped => {
                let demands: Vec<String> =
                    changes.iter().map(|change| self.demand(change.rule.as_deref())).collect();
                one("sum-right-dropped", &[("demands", &self.list(&demands))])
            }
            Kind::RightShortened => {
                let demands: Vec<String> =
                    changes.iter().map(|change| self.demand(change.rule.as_deref())).collect();
                one("sum-right-shortened", &[("demands", &self.list(&demands))])
            }
            Kind::ChapterDropped => {
                let titles: Vec<&str> = changes
                    .iter()
                    .filter_map(|change| change.old.as_ref())
                    .map(|side| side.text.as_str())
                    .collect();
                one("sum-chapter-dropped", &[("names", &self.quotes(&titles))])
            }
            Kind::ConsentWeakened => {
                one("sum-consent-weakened", &[("count", &count), ("examples", &examples())])
            }
            Kind::PromiseDropped => one("sum-promise-dropped", &[("count", &count)]),
            Kind::PermissionNew => one("sum-permission-new", &[("data", &self.quotes(&names(false)))]),
            Kind::PurposeNew => one("sum-purpose-new", &[("purposes", &self.quotes(&purposes))]),
            Kind::RetentionChanged => one("sum-retention-changed", &[("examples", &examples())]),
            Kind::RetentionDropped => one("sum-retention-dropped", &[("count", &count)]),
            Kind::RetentionNew => {
                let periods: Vec<&str> = changes
                    .iter()
                    .filter_map(|change| change.new.as_ref())
                    .map(|side| side.text.as_str())
                    .collect();
                one("sum-retention-new", &[("periods", &self.quotes(&periods))])
            }
            Kind::PeriodChanged => one("sum-period-changed", &[("examples", &examples())]),
            Kind::RefusalChanged => one("sum-refusal-changed", &[("count", &count)]),
            Kind::StatementDropped => one("sum-statement-dropped", &[("count", &count)]),
            Kind::StatementAdded => one("sum-statement-added", &[("count", &count)]),
            Kind::DataRemoved | Kind::PermissionRemoved => {
                one("sum-removed", &[("names", &self.quotes(&names(false)))])
            }
            Kind::RecipientRemoved => one("sum-removed", &[("names", &self.quotes(&recipients))]),
            Kind::PurposeExtended | Kind::DataFurther | Kind::Stopped => Vec::new(),
        }
    }
}
