use crate::document;
use crate::findings::Analysis;
use crate::knowledge::Knowledge;
use crate::marks;
use crate::practices::{self, Assembled};
use crate::source::Source;

/// Stages 2 to 4: what a file says. `names` are those the company goes by.
pub(super) fn read(knowledge: &Knowledge, source: Source, names: &[String]) -> Analysis {
    let document = document::parse(&source, &knowledge.structure);
    let marks = marks::find(&document, knowledge, names);
    let Assembled { practices, entries } = practices::assemble(&document, knowledge, &marks);
    Analysis { source, document, marks, practices, entries }
}
