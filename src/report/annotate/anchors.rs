//! Where in the XML of the main part comments begin and end. Runs are split where they have to be, and both
//! halves keep the looks of the whole.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use quick_xml::escape::escape;

use super::comments::{Prefix, REFERENCE_STYLE};
use crate::source::word::{Paragraph, Run, RunId, Stretch, Word};

/// A place in the XML at which marks can be set; in the order of the XML.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Point {
    /// In bytes; within characters, the start of their element.
    at: usize,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Behind,
    Before,
    /// Between two elements of a run.
    Inside(usize),
    /// Among the characters of a stretch, so many bytes from its start.
    Within {
        stretch: usize,
        offset: usize,
    },
}

/// The comments that begin and end at a point.
#[derive(Debug, Default)]
struct Marks {
    ends: Vec<u64>,
    starts: Vec<u64>,
}

pub(super) struct Anchors<'a> {
    word: &'a Word,
    text: &'a str,
    xml: &'a str,
    points: BTreeMap<Point, Marks>,
}

impl<'a> Anchors<'a> {
    pub(super) fn new(word: &'a Word, text: &'a str, xml: &'a str) -> Self {
        Self { word, text, xml, points: BTreeMap::new() }
    }

    /// Anchors a comment at a range of the text. Tells whether it stands beside the words, because Word
    /// takes none where they are; `None` if there are no words at all to anchor it at.
    pub(super) fn set(&mut self, id: u64, range: Range<usize>) -> Option<bool> {
        let (first, last, range) = self.stretches(range)?;
        let paragraph = self.paragraph_of(&self.word.stretches[first])?;
        let (start, end) = match paragraph.anchor {
            Some(run) => self.around(run),
            None => (self.start(first, range.start), self.end(last, range.end)),
        };
        self.points.entry(start).or_default().starts.push(id);
        self.points.entry(end).or_default().ends.push(id);
        Some(paragraph.anchor.is_some())
    }

    /// The first and the last stretch of a range, which is cut off where its cell or text box ends. An empty
    /// range takes the words beside it.
    fn stretches(&self, range: Range<usize>) -> Option<(usize, usize, Range<usize>)> {
        let stretches = &self.word.stretches;
        let first = stretches.partition_point(|stretch| stretch.at.end <= range.start);
        let after = stretches.partition_point(|stretch| stretch.at.start < range.end);
        if first >= after {
            let nearest = first.min(stretches.len().checked_sub(1)?);
            return Some((nearest, nearest, stretches[nearest].at.range()));
        }
        let home = self.paragraph_of(&stretches[first])?;
        let at_home = |stretch: &Stretch| {
            self.paragraph_of(stretch).is_some_and(|p| p.anchor == home.anchor && p.cell == home.cell)
        };
        let inside = stretches[first..after].iter().take_while(|stretch| at_home(stretch)).count();
        let last = first + inside.max(1) - 1;
        let start = range.start.max(stretches[first].at.start);
        Some((first, last, start..range.end.min(stretches[last].at.end)))
    }

    fn paragraph_of(&self, stretch: &Stretch) -> Option<&'a Paragraph> {
        let paragraphs = &self.word.paragraphs;
        let index = paragraphs.partition_point(|paragraph| paragraph.at.start <= stretch.at.start);
        paragraphs.get(index.checked_sub(1)?)
    }

    fn run(&self, run: RunId) -> &'a Run {
        &self.word.runs[run.0 as usize]
    }

    fn around(&self, run: RunId) -> (Point, Point) {
        let at = &self.run(run).at;
        (Point { at: at.start, kind: Kind::Before }, Point { at: at.end, kind: Kind::Behind })
    }

    fn start(&self, index: usize, at: usize) -> Point {
        let stretch = &self.word.stretches[index];
        let origin = &stretch.origin;
        if origin.is_text && at > stretch.at.start {
            return within(index, stretch, at);
        }
        let run = self.run(origin.run);
        let begun = run.properties.as_ref().map_or(run.tag.end, |properties| properties.end);
        if self.is_blank(begun..origin.element) {
            return Point { at: run.at.start, kind: Kind::Before };
        }
        Point { at: origin.element, kind: Kind::Inside(index) }
    }

    fn end(&self, index: usize, at: usize) -> Point {
        let stretch = &self.word.stretches[index];
        let origin = &stretch.origin;
        if origin.is_text && at < stretch.at.end {
            return within(index, stretch, at);
        }
        let run = self.run(origin.run);
        let element_end = self.element_end(stretch);
        let closing = self.xml[..run.at.end].rfind("</").unwrap_or(run.at.end);
        if self.is_blank(element_end..closing) {
            return Point { at: run.at.end, kind: Kind::Behind };
        }
        // Before the next stretch of the run, so that what begins there begins at the same point.
        let next = self.word.stretches.get(index + 1).filter(|next| next.origin.run == origin.run);
        let next = next.map(|next| next.origin.element).filter(|next| self.is_blank(element_end..*next));
        match next {
            Some(next) => Point { at: next, kind: Kind::Inside(index + 1) },
            None => Point { at: element_end, kind: Kind::Inside(index) },
        }
    }

    /// Whether nothing but white space stands there.
    fn is_blank(&self, range: Range<usize>) -> bool {
        self.xml.get(range).is_none_or(|between| between.trim().is_empty())
    }

    /// Behind the end tag of the element of a stretch.
    fn element_end(&self, stretch: &Stretch) -> usize {
        let origin = &stretch.origin;
        let closed = !origin.is_text && self.xml[origin.content.clone()].ends_with("/>");
        if closed {
            return origin.content.end;
        }
        let rest = &self.xml[origin.content.end..];
        rest.find('>').map_or(self.xml.len(), |at| origin.content.end + at + 1)
    }

    /// The main part with all comments marked.
    pub(super) fn write(&self) -> String {
        let mut out = String::with_capacity(self.xml.len() + self.points.len() * 256);
        let mut copied = 0;
        let mut points = self.points.iter().peekable();
        while let Some((point, marks)) = points.next() {
            // Runs within runs: no file of Word has them.
            if point.at < copied {
                continue;
            }
            out.push_str(&self.xml[copied..point.at]);
            copied = point.at;
            match point.kind {
                Kind::Behind | Kind::Before => self.mark(&mut out, marks),
                Kind::Inside(stretch) => self.split(&mut out, self.word.stretches[stretch].origin.run, marks),
                Kind::Within { stretch, offset } => {
                    let mut cuts = vec![(offset, marks)];
                    while let Some((next, marks)) = points.peek() {
                        match next.kind {
                            Kind::Within { stretch: same, offset } if same == stretch => {
                                cuts.push((offset, *marks));
                                points.next();
                            }
                            _ => break,
                        }
                    }
                    self.cut(&mut out, &self.word.stretches[stretch], &cuts);
                    copied = self.element_end(&self.word.stretches[stretch]);
                }
            }
        }
        out.push_str(&self.xml[copied..]);
        out
    }

    /// Writes the characters of a stretch in pieces.
    fn cut(&self, out: &mut String, stretch: &Stretch, cuts: &[(usize, &Marks)]) {
        let tag = &self.xml[stretch.origin.element..stretch.origin.content.start];
        let name: String =
            tag[1..].chars().take_while(|c| !c.is_whitespace() && !matches!(c, '/' | '>')).collect();
        let text = &self.text[stretch.at.range()];
        let piece = |out: &mut String, piece: &str| {
            let _ = write!(out, "<{name} xml:space=\"preserve\">{}</{name}>", escape(piece));
        };
        let mut from = 0;
        for (offset, marks) in cuts {
            piece(out, &text[from..*offset]);
            self.split(out, stretch.origin.run, marks);
            from = *offset;
        }
        piece(out, &text[from..]);
    }

    /// Ends a run and begins another one like it.
    fn split(&self, out: &mut String, run: RunId, marks: &Marks) {
        let run = self.run(run);
        let _ = write!(out, "</{}>", self.run_name(run));
        self.mark(out, marks);
        out.push_str(&self.xml[run.tag.clone()]);
        if let Some(properties) = &run.properties {
            out.push_str(&self.xml[properties.clone()]);
        }
    }

    /// The name of the element of a run, with its prefix.
    fn run_name(&self, run: &Run) -> &str {
        let tag = self.xml[run.tag.clone()].trim_start_matches('<');
        let end = tag.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>'));
        &tag[..end.unwrap_or(tag.len())]
    }

    fn mark(&self, out: &mut String, marks: &Marks) {
        let Prefix { prefix, declaration } = self.prefix();
        for id in &marks.ends {
            let _ = write!(out, "<{prefix}commentRangeEnd{declaration} {prefix}id=\"{id}\"/>");
            let style = match self.word.style_of(REFERENCE_STYLE) {
                Some(style) => {
                    format!("<{prefix}rPr><{prefix}rStyle {prefix}val=\"{}\"/></{prefix}rPr>", escape(style))
                }
                None => String::new(),
            };
            let _ = write!(
                out,
                "<{prefix}r{declaration}>{style}<{prefix}commentReference {prefix}id=\"{id}\"/></{prefix}r>"
            );
        }
        for id in &marks.starts {
            let _ = write!(out, "<{prefix}commentRangeStart{declaration} {prefix}id=\"{id}\"/>");
        }
    }

    /// How the part calls the elements and attributes of Word.
    fn prefix(&self) -> Prefix<'_> {
        let name = self.word.runs.first().map_or("", |run| self.run_name(run));
        Prefix::new(name.find(':').map_or("", |colon| &name[..=colon]), self.word)
    }
}

fn within(index: usize, stretch: &Stretch, at: usize) -> Point {
    Point { at: stretch.origin.element, kind: Kind::Within { stretch: index, offset: at - stretch.at.start } }
}
