use super::{DocumentRecord, PartRecord, PracticeRecord};
use crate::report::csv::row;

const HEAD: [&str; 18] = [
    "path",
    "line",
    "section",
    "actor",
    "action",
    "negated",
    "data",
    "category",
    "sensitive",
    "sensitive_by",
    "purposes",
    "conditions",
    "recipients",
    "consents",
    "refusals",
    "retentions",
    "start",
    "end",
];

/// A row for each data item (and for each practice without one), after RFC 4180.
pub fn render(documents: &[DocumentRecord]) -> String {
    let mut out = row(HEAD.map(str::to_owned));
    for document in documents {
        for practice in &document.practices {
            for line in rows(&document.path, practice) {
                out += &row(line);
            }
        }
    }
    out
}

fn rows(path: &str, practice: &PracticeRecord) -> Vec<[String; 18]> {
    let join =
        |parts: &[PartRecord]| parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join("; ");
    let cells = |data: [String; 4], place: [String; 2]| {
        let [words, category, sensitive, sensitive_by] = data;
        let [start, end] = place;
        [
            path.to_owned(),
            practice.line.to_string(),
            practice.section.join(" > "),
            practice.actor.as_ref().map(|actor| actor.words.text.clone()).unwrap_or_default(),
            practice.action.as_ref().map(|action| action.kind.name().to_owned()).unwrap_or_default(),
            practice.negated.to_string(),
            words,
            category,
            sensitive,
            sensitive_by,
            join(&practice.purposes),
            join(&practice.conditions),
            join(&practice.recipients),
            join(&practice.consents),
            join(&practice.refusals),
            join(&practice.retentions),
            start,
            end,
        ]
    };
    if practice.data.is_empty() {
        let place = practice.action.as_ref().map(|action| [action.words.start, action.words.end]);
        let place = place.map(|place| place.map(|byte| byte.to_string())).unwrap_or_default();
        return vec![cells(Default::default(), place)];
    }
    let item = |item: &super::DataRecord| {
        cells(
            [
                item.words.text.clone(),
                item.category.clone().unwrap_or_default(),
                item.sensitive.to_string(),
                item.sensitive_by.join("; "),
            ],
            [item.words.start.to_string(), item.words.end.to_string()],
        )
    };
    practice.data.iter().map(item).collect()
}
