//! Policies as a stream: one JSON object a line.

use std::io::{self, BufRead};

use serde::Deserialize;
use serde_json::Value;

use super::Format;

/// The longest line that is read, in bytes.
pub const LONGEST_LINE: usize = 16 << 20;

/// A policy out of a stream. Whatever else the object holds is not looked at.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Record {
    /// Whatever the sender calls it; handed back as it is.
    pub id: Value,
    pub text: String,
    /// Recognised, if the sender does not know.
    pub format: Option<Format>,
}

/// A line of a stream.
#[derive(Debug, PartialEq)]
pub struct Line {
    /// From 1; blank lines count.
    pub number: usize,
    /// The policy, or why there is none.
    pub record: Result<Record, String>,
}

/// Reads the lines of a stream one by one; of a line that is too long nothing is kept.
#[derive(Debug)]
pub struct Lines<R> {
    input: R,
    number: usize,
    longest: usize,
    ended: bool,
}

impl<R: BufRead> Lines<R> {
    pub fn new(input: R) -> Self {
        Self { input, number: 0, longest: LONGEST_LINE, ended: false }
    }

    /// Reads up to the next line end; `None` at the end of the input, else whether the line is short enough.
    fn read_line(&mut self, line: &mut Vec<u8>) -> io::Result<Option<bool>> {
        let mut fits = true;
        let mut any = false;
        loop {
            let available = match self.input.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                available => available?,
            };
            if available.is_empty() {
                return Ok(any.then_some(fits));
            }
            any = true;
            let end = memchr::memchr(b'\n', available);
            let piece = &available[..end.unwrap_or(available.len())];
            fits &= line.len() + piece.len() <= self.longest;
            if fits {
                line.extend_from_slice(piece);
            } else {
                *line = Vec::new();
            }
            let used = end.map_or(available.len(), |end| end + 1);
            self.input.consume(used);
            if end.is_some() {
                return Ok(Some(fits));
            }
        }
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        let mut line = Vec::new();
        while !self.ended {
            line.clear();
            self.number += 1;
            let record = match self.read_line(&mut line) {
                Ok(None) => break,
                Ok(Some(true)) if line.trim_ascii().is_empty() => continue,
                Ok(Some(true)) => parse(&line),
                Ok(Some(false)) => Err(format!("the line is longer than {} MiB", self.longest >> 20)),
                Err(error) => {
                    self.ended = true;
                    Err(format!("cannot read on: {error}"))
                }
            };
            return Some(Line { number: self.number, record });
        }
        None
    }
}

fn parse(line: &[u8]) -> Result<Record, String> {
    let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
    serde_json::from_slice(line).map_err(|error| {
        // The error counts lines of its own, and there is only the one.
        let why = error.to_string();
        let why = why.replace(" at line 1 column ", " at column ");
        format!("expected {{\"id\": …, \"text\": \"…\"}}: {why}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(input: &[u8]) -> Vec<Line> {
        Lines { longest: 100, ..Lines::new(input) }.collect()
    }

    #[test]
    fn a_record_keeps_its_id_whatever_it_is() {
        let read = lines(br#"{"id":{"app":7},"text":"a","store":"x"}"#);
        assert_eq!(read[0].record.as_ref().unwrap().id, serde_json::json!({"app": 7}));
    }

    #[test]
    fn blank_lines_are_counted_and_skipped() {
        let read = lines(b"\n{\"id\":1,\"text\":\"a\"}\r\n  \n{\"id\":2,\"text\":\"b\"}");
        assert_eq!(read.iter().map(|line| line.number).collect::<Vec<_>>(), [2, 4]);
    }

    #[test]
    fn a_bad_line_costs_no_other() {
        let long = format!("{{\"id\":1,\"text\":\"{}\"}}\n", "a".repeat(200));
        let bad: [&[u8]; 6] = [
            long.as_bytes(),
            b"[1]\n",
            b"{\"id\":1}\n",
            b"{\"id\":1,\"text\":\"\\ud800\"}\n",
            b"{\"id\":1,\"text\":\"\xff\"}\n",
            b"{\"id\":1,\"text\":\"a\",\"format\":\"pdf\"}\n",
        ];
        for bad in bad {
            let read = lines(&[bad, b"{\"id\":2,\"text\":\"b\"}\n"].concat());
            assert!(read[0].record.is_err(), "{read:?}");
            assert_eq!(read[1].record.as_ref().unwrap().text, "b");
        }
    }

    #[test]
    fn errors_tell_the_column() {
        let read = lines(b"{\"id\":1,\"text\":\"a\"");
        let why = read[0].record.as_ref().unwrap_err();
        assert!(why.ends_with("EOF while parsing an object at column 18"), "{why}");
    }
}
