use super::{compare, read_marked};
use crate::knowledge::Knowledge;
use crate::knowledge::example::Example;
use crate::knowledge::grammar::SpanPattern;
use crate::marks::MarkKind;
use crate::report::examples::Verdict;

/// An example of the grammar: what stands in braces is what has to be found, as what the pattern finds.
pub(super) fn verdict(knowledge: &Knowledge, pattern: &SpanPattern, example: &Example) -> Verdict {
    let file = read_marked(knowledge, example);
    let marks = file.marks.sentences.iter().flat_map(|sentence| &sentence.marks);
    let found = marks.filter(|mark| mark.kind == MarkKind::Part(pattern.role)).map(|mark| mark.span);
    compare(example, &file, found)
}
