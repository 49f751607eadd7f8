//! A sentence with what is known around it.

use super::{DataItem, Part};
use crate::document::{Document, ParagraphKind, SentenceId};
use crate::knowledge::Knowledge;
use crate::knowledge::kinds::{Distance, PartRole};
use crate::knowledge::words::Words;
use crate::marks::{Mark, MarkKind, Marks, Origin, SentenceMarks};
use crate::span::Span;

/// A sentence with what is known around it.
pub(super) struct Context<'a> {
    pub(super) document: &'a Document,
    pub(super) knowledge: &'a Knowledge,
    pub(super) marks: &'a Marks,
    pub(super) id: SentenceId,
    /// Only marks set by hand make practices here (headings, definitions, contact chapters).
    pub(super) silent: bool,
    /// The data of the practice before it in the paragraph, which 不会向第三方共享 without an object means.
    pub(super) data_before: &'a [DataItem],
    /// The data of the lead-in whose list it stands in, which 经您同意，向第三方披露 means.
    pub(super) lead_data: &'a [DataItem],
}

impl<'a> Context<'a> {
    pub(super) fn sentence(&self) -> &'a SentenceMarks {
        &self.marks.sentences[self.id.0 as usize]
    }

    pub(super) fn span(&self) -> Span {
        self.document.sentence(self.id).span
    }

    pub(super) fn prose(&self) -> &'a str {
        self.document.prose.text()
    }

    /// The clause of the sentence that holds `at`.
    pub(super) fn clause(&self, at: Span) -> Span {
        self.document.sentence(self.id).clause_at(at.start)
    }

    pub(super) fn counts(&self, mark: &Mark) -> bool {
        !self.silent || mark.origin == Origin::Annotated
    }

    /// The stretches between semicolons, which have nothing to do with each other.
    pub(super) fn statements(&self) -> Vec<Span> {
        let mut statements = Vec::new();
        let mut start = self.span().start;
        for clause in &self.document.sentence(self.id).clauses {
            if self.document.text(*clause).trim_end().ends_with(['；', ';']) {
                statements.push(Span { start, end: clause.end });
                start = clause.end;
            }
        }
        if start < self.span().end {
            statements.push(Span { start, end: self.span().end });
        }
        statements
    }

    pub(super) fn item(&self, mark: &Mark) -> Option<DataItem> {
        DataItem::of(mark, &self.knowledge.lexicon)
    }

    /// Where one of `words` stands in a statement, in reading order.
    pub(super) fn places(&self, words: &Words, statement: Span) -> impl Iterator<Item = Span> + use<> {
        let text = self.document.text(statement);
        let found = words.iter().flat_map(|word| text.match_indices(word.as_str()));
        let mut places: Vec<Span> = found
            .map(|(at, word)| Span::new(statement.start() + at, statement.start() + at + word.len()))
            .collect();
        places.sort();
        places.into_iter()
    }

    /// Whether an item stands for what is named behind it: 以下信息.
    pub(super) fn points_ahead(&self, item: &DataItem) -> bool {
        item.category.is_some_and(|id| self.knowledge.lexicon.category(id).ahead)
    }

    /// The sentence without the number or bullet before it.
    pub(super) fn words(&self) -> Span {
        let text = self.document.text(self.span());
        let mut words = text.trim_start_matches(is_numbering);
        let mut letters = words.chars();
        // a. or b）.
        if letters.next().is_some_and(|c| c.is_ascii_alphabetic())
            && letters.next().is_some_and(|c| matches!(c, '.' | '、' | '）' | ')'))
        {
            words = letters.as_str().trim_start_matches(is_numbering);
        }
        Span { start: self.span().end - words.len() as u32, end: self.span().end }
    }

    /// Whether the sentence opens its paragraph and may be an item of a list.
    pub(super) fn opens_paragraph(&self) -> bool {
        let paragraph = self.document.paragraph(self.document.sentence(self.id).paragraph);
        paragraph.span.start == self.span().start && self.sentence().declares_sensitive.is_none()
    }

    /// Whether the sentence is a list of data without a verb: the data makes up most of its first clause.
    pub(super) fn is_list_item(&self) -> bool {
        let verb = |mark: &Mark| matches!(mark.kind, MarkKind::Action { .. });
        if !self.opens_paragraph() || self.sentence().marks.iter().any(verb) {
            return false;
        }
        let clause = self.clause(self.words());
        let data =
            self.data().filter(|mark| clause.contains(mark.span)).map(|mark| mark.span.len()).sum::<usize>();
        let words: usize =
            self.document.text(clause).chars().filter(|c| c.is_alphabetic()).map(char::len_utf8).sum();
        2 * data >= words
    }

    /// Whether the first clause of the sentence, which opens its paragraph, comes down to data: 您浏览过的商品信息.
    pub(super) fn ends_in_data(&self) -> bool {
        let words = self.words();
        let clause = Span { start: words.start, end: self.clause(words).end };
        let states = |word: &Span| clause.contains(*word);
        let sentence = self.sentence();
        if !self.opens_paragraph()
            || sentence.modals.iter().any(states)
            || sentence.negations.iter().any(states)
        {
            return false;
        }
        let text = self.document.text(clause);
        let text = text.split(['（', '(']).next().unwrap_or(text);
        let end = clause.start() + self.without_ending(text).len();
        // 向您发送通知: an ambiguous word counts where it is described.
        let doubtful = |mark: &Mark| {
            let category = match mark.kind {
                MarkKind::Data { category: Some(category), weak: true } => category,
                _ => return false,
            };
            let before = &self.prose()[clause.start()..mark.span.start()];
            let lexicon = &self.knowledge.lexicon;
            !lexicon.category(category).generic && !lexicon.relatives.any_ends(before)
        };
        let last = self.data().find(|mark| mark.span.end() == end);
        self.data_ends_at(end) && !last.is_some_and(doubtful)
    }

    /// Whether data ends at `end`, or the word that it is about (权限).
    pub(super) fn data_ends_at(&self, end: usize) -> bool {
        let prose = &self.prose()[self.span().start()..end];
        self.data().any(|mark| mark.span.end() == end) || self.knowledge.lexicon.head_nouns.any_ends(prose)
    }

    /// `text` without punctuation, 等 and words that open members (包括) at its end.
    pub(super) fn without_ending<'t>(&self, text: &'t str) -> &'t str {
        let lexicon = &self.knowledge.lexicon;
        let ends = [&lexicon.and_so_on, &lexicon.including, &lexicon.announces];
        let mut text = text;
        loop {
            text = text.trim_end_matches(|c: char| !c.is_alphanumeric());
            match ends.iter().filter_map(|words| words.longest_end(text)).map(str::len).max() {
                Some(length) => text = &text[..text.len() - length],
                None => return text,
            }
        }
    }

    /// Whether the sentence begins with words that open the members of a group, perhaps behind the group's name.
    pub(super) fn opens_members(&self) -> bool {
        let words = self.words();
        let including = &self.knowledge.lexicon.including;
        // 如您拒绝: at the start of a clause a word of one character is another one.
        let opens_clause = |text: &str| including.starting(text).any(|word| word.chars().nth(1).is_some());
        let behind = |group: Span| self.prose()[group.end()..words.end()].trim_start();
        opens_clause(self.document.text(words))
            || self.group().map(behind).is_some_and(|rest| {
                including.any_starts(rest.trim_start_matches(['（', '(']))
                    || opens_clause(rest.trim_start_matches(['，', ',']))
            })
    }

    /// The name of a group of data that the sentence begins with: of 设备信息主要包括……, of 日志信息：…….
    pub(super) fn group(&self) -> Option<Span> {
        let words = self.words();
        let text = self.document.text(words);
        let colon = text.char_indices().take(LONGEST_GROUP + 1).find(|(_, c)| !c.is_alphanumeric())?.0;
        let opening = self.knowledge.lexicon.including.first_in(&text[..colon]);
        let end = words.start() + opening.unwrap_or(colon);
        let group = Span::new(words.start(), end);
        let sentence = self.sentence();
        let names = |mark: &Mark| matches!(mark.kind, MarkKind::Actor(_)) && group.contains(mark.span);
        let speaks =
            sentence.modals.iter().any(|modal| group.contains(*modal)) || sentence.marks.iter().any(names);
        (!group.is_empty() && !speaks && self.data_ends_at(end)).then_some(group)
    }

    /// Whether the sentence says what a group of data is: 设备信息：甲、乙, 设备信息包括甲.
    pub(super) fn lists_group(&self) -> bool {
        let named = |group: Span| self.prose()[group.end()..self.span().end()].starts_with(['：', ':']);
        self.opens_paragraph()
            && self.sentence().modals.is_empty()
            && (self.opens_members() || self.group().is_some_and(named))
            && self.group().is_some()
    }

    pub(super) fn is_cell(&self) -> bool {
        let paragraph = self.document.paragraph(self.document.sentence(self.id).paragraph);
        matches!(paragraph.kind, ParagraphKind::Cell(_))
    }

    /// Whether a negation of the clause governs the words at `span`; one inside the description of an object does
    /// not (将无法识别您的信息提供给……).
    pub(super) fn is_negated(&self, clause: Span, span: Span) -> bool {
        let Some(negation) = self.sentence().negation(clause, span) else { return false };
        let lexicon = &self.knowledge.lexicon;
        let before = &self.prose()[clause.start()..negation.start()];
        let between = &self.prose()[negation.end()..span.start()];
        !(lexicon.object_markers.any_in(before) && lexicon.relatives.any_in(between))
    }

    /// Whether somebody is named in the clause whom data is passed on to.
    pub(super) fn names_recipient(&self, clause: Span) -> bool {
        self.sentence().parts().any(|(role, span)| role == PartRole::Recipient && clause.overlaps(span))
    }

    /// The parts of the whole sentence.
    pub(super) fn parts(&self) -> Vec<Part> {
        let part = |(role, span)| Part { role, span, distance: Distance::Sentence };
        self.sentence().parts().map(part).collect()
    }

    /// The data marks that may be objects, whatever the verb.
    pub(super) fn data(&self) -> impl Iterator<Item = &'a Mark> + '_ {
        self.sentence()
            .marks
            .iter()
            .filter(|mark| matches!(mark.kind, MarkKind::Data { .. }) && self.counts(mark))
    }
}

/// The name of a group has no more characters than this.
const LONGEST_GROUP: usize = 16;

/// What stands before the words of an item: bullets, numbers.
fn is_numbering(c: char) -> bool {
    c.is_ascii_digit() || !c.is_alphanumeric()
}
