//! What the extraction finds in the raw text of a policy.

use std::collections::BTreeSet;

use policy_lint::findings::Analysis;
use policy_lint::knowledge::kinds::PartRole;
use policy_lint::run::{Engine, Settings};
use policy_lint::source::{self, Format};
use policy_lint::span::{FileSpan, Span};

use super::marked::{Marked, Role};

/// The spans found, each once, with their bytes in the raw text.
pub(super) struct Found {
    spans: BTreeSet<(Role, usize, usize)>,
    /// Data and a purpose of one practice.
    ties: Vec<(FileSpan, FileSpan)>,
}

impl Found {
    pub(super) fn read(engine: &Engine, policy: &Marked) -> Self {
        let source = source::open(&policy.name, policy.raw.as_bytes().to_vec(), None).unwrap();
        assert_ne!(source.format, Format::Annotated, "{}: marks were left in the text", policy.name);
        let analysis = engine.read(source, &Settings::default());
        if analysis.source.format == Format::Text {
            assert_eq!(analysis.document.prose.text(), policy.prose, "{}", policy.name);
        }
        let mut found = Self { spans: BTreeSet::new(), ties: Vec::new() };
        for practice in &analysis.practices {
            let data: Vec<FileSpan> = practice.data.iter().map(|item| in_raw(&analysis, item.span)).collect();
            let purposes: Vec<FileSpan> =
                practice.parts(PartRole::Purpose).map(|part| in_raw(&analysis, part.span)).collect();
            let conditions = practice.parts(PartRole::Condition).map(|part| in_raw(&analysis, part.span));
            found.add(Role::Condition, conditions);
            found.add(Role::Action, practice.action.map(|action| in_raw(&analysis, action.span)));
            found.add(Role::Actor, practice.actor.map(|actor| in_raw(&analysis, actor.span)));
            for &item in &data {
                found.ties.extend(purposes.iter().map(|purpose| (item, *purpose)));
            }
            found.add(Role::Data, data);
            found.add(Role::Purpose, purposes);
        }
        found
    }

    fn add(&mut self, role: Role, spans: impl IntoIterator<Item = FileSpan>) {
        self.spans.extend(spans.into_iter().map(|span| (role, span.start, span.end)));
    }

    pub(super) fn of(&self, role: Role) -> Vec<FileSpan> {
        let own = self.spans.iter().filter(|(of, ..)| *of == role);
        own.map(|(_, start, end)| FileSpan::new(*start, *end)).collect()
    }

    /// The purposes of all practices with this item.
    pub(super) fn purposes_of(&self, item: FileSpan) -> impl Iterator<Item = FileSpan> {
        self.ties.iter().filter(move |(data, _)| *data == item).map(|(_, purpose)| *purpose)
    }
}

fn in_raw(analysis: &Analysis, span: Span) -> FileSpan {
    analysis.document.prose.to_file(span)
}
