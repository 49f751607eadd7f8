//! Places in rule files.

use crate::knowledge::spec;
use crate::knowledge::yaml::SpanMap;
use std::fmt::Write as _;
use std::ops::Range;

/// A file that is well-formed.
pub(super) struct Parsed<'a> {
    pub(super) name: &'a str,
    pub(super) content: spec::File,
    pub(super) spans: SpanMap,
}

/// A place in a file, as a JSON pointer.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub(super) file: &'a Parsed<'a>,
    step: Step<'a>,
    up: Option<&'a At<'a>>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

impl<'a> At<'a> {
    pub(super) fn root(file: &'a Parsed<'a>, key: &'a str) -> Self {
        Self { file, step: Step::Key(key), up: None }
    }

    pub(super) fn key(&'a self, key: &'a str) -> Self {
        Self { file: self.file, step: Step::Key(key), up: Some(self) }
    }

    pub(super) fn index(&'a self, index: usize) -> Self {
        Self { file: self.file, step: Step::Index(index), up: Some(self) }
    }

    fn pointer(&self) -> String {
        let mut pointer = self.up.map(At::pointer).unwrap_or_default();
        match self.step {
            Step::Key(key) => {
                pointer.push('/');
                pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
            }
            Step::Index(index) => {
                // Writing to a String cannot fail.
                let _ = write!(pointer, "/{index}");
            }
        }
        pointer
    }

    /// The bytes of the value at this place, else of what holds it.
    pub(super) fn span(&self) -> Option<Range<usize>> {
        let pointer = self.pointer();
        let spans = &self.file.spans;
        // `text: [A, B]` is short for `text: { any: [A, B] }`.
        spans
            .value(&pointer)
            .or_else(|| spans.value(&pointer.replace("/any/", "/")))
            .or_else(|| spans.nearest(&pointer))
    }

    pub(super) fn depth(&self) -> usize {
        1 + self.up.map_or(0, At::depth)
    }
}
