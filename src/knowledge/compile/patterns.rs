//! Patterns of the grammar and of rules.

use super::Compiler;
use super::place::{At, Parsed};
use crate::knowledge::example::Mark;
use crate::knowledge::expressions::{NeededDigit, NeededSet, Needs};
use crate::knowledge::grammar::SpanPattern;
use crate::knowledge::literals::Literal;
use crate::knowledge::pattern::{Near, NearId, Pattern, PatternSet, SetId};
use crate::knowledge::problem::Problem;
use crate::knowledge::{regexes, spec};
use std::collections::HashSet;

/// Deeper nesting of patterns is a mistake.
const MAX_DEPTH: usize = 32;
/// Bounded gaps in regular expressions cost forty times what `near` does.
const MAX_REGEX_GAP: u32 = 10;

impl Compiler {
    pub(super) fn span_pattern(&mut self, at: At<'_>, span: &spec::SpanPattern) {
        if !self.first("span pattern", &span.id, at.key("id")) {
            return;
        }
        if span.open.is_empty() {
            let help = "list the words that open the span".to_owned();
            self.problem(at, format!("span pattern `{}` has no `open`", span.id), Some(help));
        }
        let listed = at.key("examples");
        let written = span.examples.iter().enumerate();
        let examples = written
            .filter_map(|(index, written)| self.example(listed.index(index), written, Mark::Part))
            .collect::<Vec<_>>()
            .into();
        let close: Vec<Literal> = span.close.iter().map(|word| self.intern(word)).collect();
        let behind: Vec<Literal> = span.behind.iter().map(|word| self.intern(word)).collect();
        let not_behind: Vec<Literal> = span.not_behind.iter().map(|word| self.intern(word)).collect();
        let compiled = SpanPattern {
            id: span.id.clone(),
            source: at.file.name.to_owned(),
            role: span.role,
            whole: span.whole,
            clause_start: span.clause_start,
            not_after: self.fold_all(&span.not_after).into(),
            not_before: self.fold_all(&span.not_before).into(),
            followed_by: self.fold_all(&span.followed_by).into(),
            not_negated: span.not_negated,
            after_data: span.after_data,
            not_behind,
            behind,
            close,
            close_not_before: self.fold_all(&span.close_not_before).into(),
            close_not_after: self.fold_all(&span.close_not_after).into(),
            close_ends_clause: span.close_ends_clause,
            close_last: span.close_last,
            close_optional: span.close_optional,
            until: span.until,
            keep_open: span.keep_open,
            keep_close: span.keep_close,
            extend: self.fold_all(&span.extend).into(),
            run_on: span.run_on,
            strip: self.fold_all(&span.strip).into(),
            strip_start: self.fold_all(&span.strip_start).into(),
            strip_through: self.fold_all(&span.strip_through).into(),
            split_after: self.fold_all(&span.split_after).into(),
            never: self.fold_all(&span.never).into(),
            not_ending: self.fold_all(&span.not_ending).into(),
            clause_needs: self.fold_all(&span.clause_needs).into(),
            needs: self.fold_all(&span.needs).into(),
            lacks: self.fold_all(&span.lacks).into(),
            states: span.states,
            min: span.min,
            max: span.max,
            examples,
        };
        let grammar = &mut self.parts.grammar;
        let number = match grammar.spans.iter().position(|known| known.id == span.id) {
            Some(number) => {
                grammar.opened_by.retain(|(_, opened)| *opened as usize != number);
                grammar.spans[number] = compiled;
                number
            }
            None => {
                grammar.spans.push(compiled);
                grammar.spans.len() - 1
            }
        };
        for word in &span.open {
            let literal = self.intern(word);
            self.parts.grammar.opened_by.push((literal, number as u16));
        }
    }

    pub(super) fn patterns(&mut self, at: At<'_>, patterns: &[spec::Pattern]) -> Vec<Pattern> {
        patterns
            .iter()
            .enumerate()
            .filter_map(|(index, pattern)| self.pattern(at.index(index), pattern))
            .collect()
    }

    /// A list of patterns as a set; the same list in two places is one set.
    pub(super) fn list(&mut self, at: At<'_>, patterns: &[spec::Pattern]) -> Option<SetId> {
        let any = self.patterns(at, patterns);
        if any.is_empty() {
            return None;
        }
        let next = SetId(self.parts.sets.len() as u32);
        let set = *self.lists.entry(any).or_insert_with_key(|any| {
            self.parts.sets.push(PatternSet { name: None, any: any.clone(), of_literals: false });
            next
        });
        Some(set)
    }

    /// Refuses phrase sets of the file that are part of themselves.
    pub(super) fn check_circles(&mut self, file: &Parsed<'_>) {
        let root = At::root(file, "phrases");
        for name in file.content.phrases.keys() {
            let own = self.sets.get(name).copied();
            if own.is_some_and(|own| self.is_in_circle(own)) {
                let help = Some("remove the `@` that leads back to it".to_owned());
                self.problem(root.key(name), format!("phrase set `{name}` is part of itself"), help);
            }
        }
    }

    fn is_in_circle(&self, own: SetId) -> bool {
        let mut seen = HashSet::new();
        let mut open: Vec<&Pattern> = self.parts.sets[own.0 as usize].any.iter().collect();
        while let Some(pattern) = open.pop() {
            match pattern {
                Pattern::Set(id) if *id == own => return true,
                Pattern::Set(id) if seen.insert(*id) => open.extend(&self.parts.sets[id.0 as usize].any),
                Pattern::Near(id) => open.extend(&self.parts.nears[id.0 as usize].parts),
                _ => {}
            }
        }
        false
    }

    fn near(&mut self, near: Near) -> Pattern {
        let next = NearId(self.parts.nears.len() as u32);
        let id = *self.nears.entry(near).or_insert_with_key(|near| {
            self.parts.nears.push(near.clone());
            next
        });
        Pattern::Near(id)
    }

    fn pattern(&mut self, at: At<'_>, pattern: &spec::Pattern) -> Option<Pattern> {
        if at.depth() > MAX_DEPTH {
            self.problem(at, "patterns are nested too deeply".into(), None);
            return None;
        }
        match pattern {
            spec::Pattern::Text(text) => self.text_pattern(at, text),
            spec::Pattern::Any(any) => {
                if any.is_empty() {
                    let help = Some("write a phrase, or remove the list".to_owned());
                    self.problem(at, "a list without patterns matches nothing".into(), help);
                }
                self.list(at, any).map(Pattern::Set)
            }
            spec::Pattern::Amount(amount) => self.amount(at.key("amount"), amount),
            spec::Pattern::Near { near, gap, ordered } => {
                let parts = self.patterns(at.key("near"), near);
                if near.len() < 2 {
                    let help = Some("give two or more patterns".to_owned());
                    self.problem(at.key("near"), "`near` needs at least two patterns".into(), help);
                    return None;
                }
                Some(self.near(Near { parts, gap: *gap, ordered: *ordered }))
            }
        }
    }

    fn text_pattern(&mut self, at: At<'_>, text: &str) -> Option<Pattern> {
        if let Some(name) = text.strip_prefix('@') {
            return match self.sets.get(name) {
                Some(&set) => Some(Pattern::Set(set)),
                None => {
                    let known: Vec<String> = self.sets.keys().cloned().collect();
                    self.unknown(at, "phrase set", name, known.iter().map(String::as_str));
                    None
                }
            };
        }
        if let Some(source) = text.strip_prefix("re:") {
            return self.regex(at, source);
        }
        let words: Vec<&str> = text.split('…').map(str::trim).filter(|word| !word.is_empty()).collect();
        match words.as_slice() {
            [] => {
                self.problem(
                    at,
                    "empty pattern".into(),
                    Some("it would match everywhere; write a phrase".into()),
                );
                None
            }
            [word] => Some(Pattern::Literal(self.intern(word))),
            words => {
                let parts = words.iter().map(|word| Pattern::Literal(self.intern(word))).collect();
                Some(self.near(Near { parts, gap: 40, ordered: true }))
            }
        }
    }

    fn regex(&mut self, at: At<'_>, source: &str) -> Option<Pattern> {
        if let Some(known) = self.expressions.get(source) {
            return Some(Pattern::Expression(*known));
        }
        let compiled = regexes::check(source, MAX_REGEX_GAP).and_then(|checked| {
            let sets = checked.holds.words.into_iter().map(|set| {
                let any = set.any.iter().map(|word| self.intern(word)).collect();
                NeededSet {
                    any: self.parts.expressions.need(any),
                    before: set.before.map(|bytes| bytes as u32),
                }
            });
            let sets = sets.collect();
            let digit = checked.holds.digit;
            let digit = digit.map(|held| NeededDigit { before: held.before.map(|bytes| bytes as u32) });
            let needs = Needs { sets, digit };
            self.parts.expressions.add(&checked.hir, needs).map_err(|refusal| regexes::Mistake {
                message: format!("regular expression cannot be used: {refusal}"),
                help: Some("use fewer counted repetitions, or `near`".into()),
                at: None,
            })
        });
        match compiled {
            Ok(id) => {
                self.expressions.insert(source.to_owned(), id);
                Some(Pattern::Expression(id))
            }
            Err(mistake) => {
                // The offset inside the pattern is exact in plain and single-quoted values: underline it there.
                let span = at.span().map(|whole| match &mistake.at {
                    Some(inner) if whole.len() == source.len() + 3 || whole.len() == source.len() + 5 => {
                        let start = whole.start + 3 + (whole.len() - source.len() - 3) / 2;
                        start + inner.start..start + inner.end.max(inner.start + 1)
                    }
                    _ => whole,
                });
                let file = at.file.name.to_owned();
                self.problems.push(Problem { file, span, message: mistake.message, help: mistake.help });
                None
            }
        }
    }
}
