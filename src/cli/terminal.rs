use std::io::{self, BufWriter, ErrorKind, IsTerminal as _, Write};
use std::path::Path;

use anstream::{AutoStream, ColorChoice};

use super::options::{Colour, Shared};
use super::progress::Progress;
use crate::config;
use crate::knowledge::problem::Problem;
use crate::report::{Paint, sanitise};
use crate::source;

/// Columns where the terminal does not tell.
const COLUMNS: usize = 120;
/// Empties the screen and goes to its top.
const CLEAR: &[u8] = b"\x1b[2J\x1b[H";

/// How wide a report may be.
pub(super) fn columns() -> usize {
    std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).unwrap_or(COLUMNS)
}

/// So many things, in words: `1 finding`, `2 findings`.
pub(super) fn counted(count: usize, thing: &str) -> String {
    if count == 1 { format!("1 {thing}") } else { format!("{count} {thing}s") }
}

/// Whether a terminal can write over what it shows.
fn moves() -> bool {
    std::env::var_os("TERM").is_some_and(|term| !term.is_empty() && term != "dumb")
}

/// Where output goes: reports to standard output, everything else to standard error.
pub(super) struct Terminal {
    out: BufWriter<AutoStream<io::Stdout>>,
    err: AutoStream<io::Stderr>,
    /// For standard output.
    pub(super) paint: Paint,
    err_paint: Paint,
    verbose: bool,
    quiet: bool,
    /// The reader of standard output went away: nothing more is written, the exit status stays right.
    closed: bool,
}

impl Terminal {
    pub(super) fn new(shared: &Shared) -> Self {
        let choice = match shared.color {
            Colour::Auto => ColorChoice::Auto,
            Colour::Always => ColorChoice::Always,
            Colour::Never => ColorChoice::Never,
        };
        let resolve = |auto| if choice == ColorChoice::Auto { auto } else { choice };
        let out_choice = resolve(AutoStream::choice(&io::stdout()));
        let err_choice = resolve(AutoStream::choice(&io::stderr()));
        let paint = |choice| if choice == ColorChoice::Never { Paint::Plain } else { Paint::Colour };
        Self {
            out: BufWriter::new(AutoStream::new(io::stdout(), out_choice)),
            err: AutoStream::new(io::stderr(), err_choice),
            paint: paint(out_choice),
            err_paint: paint(err_choice),
            verbose: shared.verbose,
            quiet: shared.quiet,
            closed: false,
        }
    }

    /// Writes to standard output.
    pub(super) fn write(&mut self, text: &str) -> io::Result<()> {
        if self.closed {
            return Ok(());
        }
        let written = self.out.write_all(text.as_bytes());
        self.unless_closed(written)
    }

    /// Writes what is no text to standard output.
    pub(super) fn write_binary(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.flush()?;
        if self.closed {
            return Ok(());
        }
        // Past the stream that knows colours: it would take bytes for them.
        let mut out = io::stdout().lock();
        let written = out.write_all(bytes).and_then(|()| out.flush());
        self.unless_closed(written)
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        if self.closed {
            return Ok(());
        }
        let flushed = self.out.flush();
        self.unless_closed(flushed)
    }

    /// Whether the reader of standard output went away.
    pub(super) fn is_closed(&self) -> bool {
        self.closed
    }

    fn unless_closed(&mut self, result: io::Result<()>) -> io::Result<()> {
        match result {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            result => result,
        }
    }

    /// Begins another report, for the reason given; on a terminal with an empty screen.
    pub(super) fn start_over(&mut self, why: &str) {
        if io::stdout().is_terminal() && moves() {
            // Past the stream that takes escapes out when the user wants no colour. What scrolled away stays.
            let mut out = io::stdout().lock();
            let _ = out.write_all(CLEAR).and_then(|()| out.flush());
            self.note(why);
        } else {
            self.note(&format!("--- {why} ---"));
        }
    }

    /// For a run of so many steps; `None` where nobody watches it or wants to.
    pub(super) fn progress(&self, steps: usize) -> Option<Progress<io::Stderr>> {
        let watched = io::stderr().is_terminal() && moves() && !self.quiet && steps > 1;
        watched.then(|| Progress::new(steps, io::stderr()))
    }

    /// Something the user should know, unless they asked for quiet.
    pub(super) fn note(&mut self, text: &str) {
        if !self.quiet {
            self.complain(text);
        }
    }

    /// Something for those who ask for it.
    pub(super) fn log(&mut self, text: &str) {
        if self.verbose {
            self.complain(text);
        }
    }

    /// What went wrong.
    pub(super) fn complain(&mut self, text: &str) {
        // A name of a file may hold what steers the terminal.
        self.tell(&sanitise(text));
    }

    fn tell(&mut self, text: &str) {
        // When standard error is gone there is nobody left to tell.
        let _ = writeln!(self.err, "{}", text.trim_end_matches('\n'));
    }

    /// Shows mistakes in the user's files.
    pub(super) fn problems(&mut self, problems: &[Problem]) {
        let colour = self.err_paint == Paint::Colour;
        // A file that is a pipe or a device may have been refused just now.
        let text = |file: &str| String::from_utf8(source::read(Path::new(file)).ok()?).ok();
        let shown = config::diagnose(problems, text, colour);
        self.tell(&shown);
    }

    pub(super) fn quiet(&self) -> bool {
        self.quiet
    }

    pub(super) fn verbose(&self) -> bool {
        self.verbose
    }
}
