//! Units and numerals.

use super::Compiler;
use super::place::{At, Parsed};
use crate::knowledge::amount::{Unit, UnitWord};
use crate::knowledge::pattern::Pattern;
use crate::knowledge::spec;

impl Compiler {
    /// Takes up the units of a file, so that patterns may name them.
    pub(super) fn amounts(&mut self, file: &Parsed<'_>) {
        let Some(amounts) = &file.content.amounts else { return };
        let known = &mut self.parts.grammar.amounts;
        known.ranges.extend(amounts.ranges.iter().cloned());
        known.numerals.extend(amounts.numerals.iter().map(|(c, value)| (*c, *value)));
        known.numerals.sort_unstable();
        known.numerals.dedup_by_key(|(numeral, _)| *numeral);
        let root = At::root(file, "amounts");
        let units = root.key("units");
        for (index, unit) in amounts.units.iter().enumerate() {
            let at = units.index(index);
            if !self.first("unit", &unit.id, at.key("id")) {
                continue;
            }
            let compiled = Unit {
                id: unit.id.clone(),
                title: unit.title.clone(),
                not_after: unit.not_after.clone(),
                not_before: unit.not_before.clone(),
                most: unit.most,
                days: unit.days,
            };
            let words: Vec<_> = unit.words.iter().map(|word| (word, None)).collect();
            let whole = unit.worth.iter().map(|(word, value)| (word, Some(*value)));
            let words: Vec<_> =
                words.into_iter().chain(whole).map(|(word, worth)| (self.intern(word), worth)).collect();
            let known = &mut self.parts.grammar.amounts;
            let number = match known.unit_named(&unit.id) {
                Some(number) => {
                    known.units[number as usize] = compiled;
                    known.words.retain(|word| word.unit != number);
                    number
                }
                None => {
                    known.units.push(compiled);
                    (known.units.len() - 1) as u8
                }
            };
            known.words.extend(words.into_iter().map(|(literal, worth)| UnitWord {
                literal,
                unit: number,
                worth,
            }));
        }
    }

    pub(super) fn amount(&mut self, at: At<'_>, amount: &spec::AmountPattern) -> Option<Pattern> {
        let mut units = Vec::new();
        let listed = at.key("unit");
        for (index, name) in amount.unit.0.iter().enumerate() {
            match self.parts.grammar.amounts.unit_named(name) {
                Some(unit) => units.push(unit),
                None => {
                    let known: Vec<String> =
                        self.parts.grammar.amounts.units.iter().map(|unit| unit.id.clone()).collect();
                    let known = known.iter().map(String::as_str);
                    match amount.unit.0.len() {
                        1 => self.unknown(listed, "unit", name, known),
                        _ => self.unknown(listed.index(index), "unit", name, known),
                    }
                }
            }
        }
        if let (Some(over), Some(at_most)) = (amount.over, amount.at_most)
            && over >= at_most
        {
            let help =
                Some("give one of `over` and `at_most`, or the smaller number under `over`".to_owned());
            self.problem(at, format!("nothing is over {over} and at most {at_most}"), help);
        }
        Some(Pattern::Amount { units, over: amount.over, at_most: amount.at_most })
    }
}
