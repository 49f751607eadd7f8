//! From the syntax of an expression to its program.

use super::{Class, Expression, ExpressionId, Expressions, Look, Needs, Starts, Step, Text};
use regex_syntax::hir::{self, ClassUnicode, Hir, HirKind};

/// A program of more steps is too large.
const MOST_STEPS: usize = 10_000;

/// A class repeated more often is searched in a loop.
const MOST_REPEATED: u32 = 40;

/// A class of more characters may stand anywhere.
const MOST_STARTS: usize = 512;

type Refusal = String;

impl Expressions {
    /// Adds an expression, as parsed.
    ///
    /// # Errors
    /// When its program would be too large, or it asks for what no rule needs.
    pub(in crate::knowledge) fn add(&mut self, hir: &Hir, needs: Needs) -> Result<ExpressionId, Refusal> {
        let entry = self.steps.len() as u32;
        let mut build = Build { all: self, entry, guards: 0 };
        let built = build.part(hir).and_then(|()| build.step(Step::Match));
        let guards = build.guards;
        if let Err(refusal) = built {
            self.steps.truncate(entry as usize);
            return Err(refusal);
        }
        let starts = starts(hir);
        let looks = !hir.properties().look_set().is_empty();
        self.all.push(Expression { entry, guards, starts, looks, needs });
        Ok(ExpressionId((self.all.len() - 1) as u32))
    }
}

struct Build<'a> {
    all: &'a mut Expressions,
    entry: u32,
    guards: u32,
}

impl Build<'_> {
    fn here(&self) -> u32 {
        self.all.steps.len() as u32
    }

    fn step(&mut self, step: Step) -> Result<(), Refusal> {
        if (self.here() - self.entry) as usize >= MOST_STEPS {
            return Err(format!("it has more than {MOST_STEPS} steps"));
        }
        self.all.steps.push(step);
        Ok(())
    }

    fn guard(&mut self) -> u32 {
        self.guards += 1;
        self.guards - 1
    }

    fn part(&mut self, hir: &Hir) -> Result<(), Refusal> {
        match hir.kind() {
            HirKind::Empty => Ok(()),
            HirKind::Literal(literal) => {
                let text = self.text(&literal.0)?;
                self.step(Step::Text(text))
            }
            HirKind::Class(class) => {
                let class = self.class(class)?;
                self.step(Step::One(class))
            }
            HirKind::Look(look) => {
                let look = match look {
                    hir::Look::Start => Look::Start,
                    hir::Look::End => Look::End,
                    hir::Look::StartLF => Look::StartLine,
                    hir::Look::EndLF => Look::EndLine,
                    _ => return Err("only `^` and `$` may ask where it stands".into()),
                };
                self.step(Step::Look(look))
            }
            HirKind::Capture(capture) => self.part(&capture.sub),
            HirKind::Concat(parts) => parts.iter().try_for_each(|part| self.part(part)),
            HirKind::Alternation(parts) => self.alternation(parts),
            HirKind::Repetition(repetition) => self.repetition(repetition),
        }
    }

    fn text(&mut self, bytes: &[u8]) -> Result<Text, Refusal> {
        let text = std::str::from_utf8(bytes).map_err(|_| "it matches what is no text".to_owned())?;
        let texts = &mut self.all.texts;
        let from = match texts.find(text) {
            Some(known) => known,
            None => {
                texts.push_str(text);
                texts.len() - text.len()
            }
        };
        Ok(Text { from: from as u32, to: (from + text.len()) as u32 })
    }

    fn class(&mut self, class: &hir::Class) -> Result<u32, Refusal> {
        let class = match class {
            hir::Class::Unicode(class) => ranges(class),
            hir::Class::Bytes(class) => {
                let class = class.to_unicode_class().ok_or("it matches what is no text")?;
                ranges(&class)
            }
        };
        let classes = &mut self.all.classes;
        let known = classes.iter().position(|known| *known == class);
        Ok(known.unwrap_or_else(|| {
            classes.push(class);
            classes.len() - 1
        }) as u32)
    }

    fn alternation(&mut self, parts: &[Hir]) -> Result<(), Refusal> {
        if parts.iter().all(|part| matches!(part.kind(), HirKind::Literal(_))) {
            let from = self.all.words.len() as u32;
            for part in parts {
                if let HirKind::Literal(literal) = part.kind() {
                    let text = self.text(&literal.0)?;
                    self.all.words.push(text);
                }
            }
            let guard = self.guard();
            let to = self.all.words.len() as u32;
            return self.step(Step::Words { from, to, guard });
        }
        let Some((last, before)) = parts.split_last() else { return Ok(()) };
        let mut jumps = Vec::new();
        for part in before {
            let split = self.split()?;
            self.part(part)?;
            jumps.push(self.here());
            self.step(Step::Jump(0))?;
            self.join(split, true, self.here());
        }
        self.part(last)?;
        let end = self.here();
        for jump in jumps {
            self.all.steps[jump as usize] = Step::Jump(end);
        }
        Ok(())
    }

    fn repetition(&mut self, repetition: &hir::Repetition) -> Result<(), Refusal> {
        let hir::Repetition { min, max, greedy, sub } = repetition;
        let (min, greedy) = (*min, *greedy);
        let mut inner: &Hir = sub;
        while let HirKind::Capture(capture) = inner.kind() {
            inner = &capture.sub;
        }
        if let (HirKind::Class(class), Some(most)) = (inner.kind(), *max)
            && most <= MOST_REPEATED
        {
            let class = self.class(class)?;
            let guard = self.guard();
            return self.step(Step::Many { class, least: min, most, greedy, guard });
        }
        let copies = if max.is_none() { min.saturating_sub(1) } else { min };
        for _ in 0..copies {
            self.part(sub)?;
        }
        match *max {
            Some(most) => {
                let mut splits = Vec::new();
                for _ in min..most {
                    splits.push(self.split()?);
                    self.part(sub)?;
                }
                let end = self.here();
                splits.into_iter().for_each(|split| self.join(split, greedy, end));
            }
            None if min > 0 => self.looped(sub, greedy)?,
            None if sub.properties().minimum_len() != Some(0) => {
                let split = self.split()?;
                self.part(sub)?;
                self.step(Step::Jump(split))?;
                self.join(split, greedy, self.here());
            }
            // What may be empty is tried before the loop may end.
            None => {
                let skip = self.split()?;
                self.looped(sub, greedy)?;
                self.join(skip, greedy, self.here());
            }
        }
        Ok(())
    }

    /// A split whose other way is not known yet; the first is the step behind it.
    fn split(&mut self) -> Result<u32, Refusal> {
        let at = self.here();
        let guard = self.guard();
        self.step(Step::Split { first: at + 1, second: at + 1, guard })?;
        Ok(at)
    }

    /// Gives a split its other way.
    fn join(&mut self, split: u32, greedy: bool, other: u32) {
        if let Step::Split { first, second, .. } = &mut self.all.steps[split as usize] {
            *(if greedy { second } else { first }) = other;
        }
    }

    /// `sub` once or more often.
    fn looped(&mut self, sub: &Hir, greedy: bool) -> Result<(), Refusal> {
        let body = self.here();
        self.part(sub)?;
        let (on, guard) = (self.here() + 1, self.guard());
        let (first, second) = if greedy { (body, on) } else { (on, body) };
        self.step(Step::Split { first, second, guard })
    }
}

fn ranges(class: &ClassUnicode) -> Class {
    Class { ranges: class.iter().map(|range| (range.start(), range.end())).collect() }
}

fn starts(hir: &Hir) -> Starts {
    if hir.properties().look_set_prefix().contains(hir::Look::Start) {
        return Starts::AtStart;
    }
    let mut bits = [0; 4];
    let may_be_empty = mark_starts(hir, &mut bits);
    if may_be_empty || bits == [u64::MAX; 4] { Starts::Anywhere } else { Starts::With(bits) }
}

/// Marks the characters that a match can start with; tells whether it may be empty.
fn mark_starts(hir: &Hir, bits: &mut [u64; 4]) -> bool {
    let mut mark = |c: char| bits[(c as usize & 0xff) >> 6] |= 1 << (c as u32 & 63);
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => true,
        HirKind::Literal(literal) => {
            let text = std::str::from_utf8(&literal.0).unwrap_or_default();
            text.chars().next().map(mark).is_none()
        }
        HirKind::Class(hir::Class::Unicode(class)) => {
            let count: usize = class.iter().map(|range| range.len()).sum();
            if count > MOST_STARTS {
                *bits = [u64::MAX; 4];
            } else {
                class.iter().flat_map(|range| range.start()..=range.end()).for_each(mark);
            }
            false
        }
        HirKind::Class(hir::Class::Bytes(class)) => {
            class.iter().flat_map(|range| range.start()..=range.end()).for_each(|byte| mark(byte.into()));
            false
        }
        HirKind::Capture(capture) => mark_starts(&capture.sub, bits),
        HirKind::Repetition(repetition) => {
            let empty = mark_starts(&repetition.sub, bits);
            empty || repetition.min == 0
        }
        HirKind::Concat(parts) => parts.iter().all(|part| mark_starts(part, bits)),
        HirKind::Alternation(parts) => {
            // Every part is looked at, also behind one that may be empty.
            let empty = parts.iter().filter(|part| mark_starts(part, bits)).count();
            empty > 0
        }
    }
}
