//! Examples of words and patterns.

use super::Compiler;
use super::place::{At, Parsed};
use crate::knowledge::example::{Example, Mark, Subject, WordExample};
use crate::knowledge::problem::Problem;

impl Compiler {
    /// The examples of the entries of the lexicon. Those of a file take the place of what a file of the
    /// same name gave before.
    pub(super) fn word_examples(&mut self, file: &Parsed<'_>) {
        self.parts.lexicon.examples.change(|all| all.retain(|known| known.source != file.name));
        let content = &file.content;
        let root = At::root(file, "categories");
        for (index, category) in content.categories.iter().enumerate() {
            let Some(&id) = self.categories.get(&category.id) else { continue };
            let at = root.index(index);
            self.examples_of(at.key("examples"), Subject::Category(id), &category.examples);
        }
        let root = At::root(file, "actions");
        for (index, action) in content.actions.iter().enumerate() {
            let at = root.index(index);
            self.examples_of(at.key("examples"), Subject::Action(action.kind), &action.examples);
        }
        let root = At::root(file, "actors");
        for (index, actor) in content.actors.iter().enumerate() {
            let at = root.index(index);
            self.examples_of(at.key("examples"), Subject::Actor(actor.kind), &actor.examples);
        }
    }

    fn examples_of(&mut self, at: At<'_>, subject: Subject, written: &[String]) {
        let own = match subject {
            Subject::Category(_) => Mark::Data,
            Subject::Action(_) => Mark::Action,
            Subject::Actor(_) => Mark::Actor,
        };
        for (index, written) in written.iter().enumerate() {
            if let Some(example) = self.example(at.index(index), written, own) {
                let source = at.file.name.to_owned();
                let example = WordExample { subject, index, source, example };
                self.parts.lexicon.examples.change(|all| all.push(example));
            }
        }
    }

    pub(super) fn example(&mut self, at: At<'_>, written: &str, own: Mark) -> Option<Example> {
        match Example::read(written, own) {
            Ok(example) => Some(example),
            Err(slip) => {
                // The place inside the example is exact in plain and quoted values: underline it there.
                let span = at.span().map(|whole| match whole.len().checked_sub(written.len()) {
                    Some(quotes @ (0 | 2)) => {
                        let start = whole.start + quotes / 2;
                        start + slip.at.start..start + slip.at.end
                    }
                    _ => whole,
                });
                let help = "marks are `(…)`, `[…]`, `<…>` and `{…}`; brackets of the text are full-width";
                self.problems.push(Problem::new(at.file.name, slip.message).at(span).help(help));
                None
            }
        }
    }
}
