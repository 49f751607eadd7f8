use std::io::Write;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A run that is over sooner shows nothing.
const PATIENCE: Duration = Duration::from_millis(500);
/// Between two pictures.
const PAUSE: Duration = Duration::from_millis(100);
/// Columns of the bar.
const WIDTH: usize = 30;
/// Goes to the start of the line and empties it.
const WIPE: &str = "\r\x1b[2K";

/// How far a long run is: a line that is drawn over again, and gone when the run is over.
pub(super) struct Progress<W> {
    total: usize,
    begun: Instant,
    state: Mutex<State<W>>,
}

struct State<W> {
    out: W,
    done: usize,
    /// When it may be drawn next.
    due: Instant,
    visible: bool,
}

impl<W: Write> Progress<W> {
    /// Of `total` steps, drawn on `out`.
    pub(super) fn new(total: usize, out: W) -> Self {
        let begun = Instant::now();
        let state = State { out, done: 0, due: begun + PATIENCE, visible: false };
        Self { total, begun, state: Mutex::new(state) }
    }

    /// One more step is done, in any thread.
    pub(super) fn step(&self) {
        self.step_at(Instant::now());
    }

    fn step_at(&self, now: Instant) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.done += 1;
        if now < state.due || state.done >= self.total {
            return;
        }
        state.due = now + PAUSE;
        state.visible = true;
        let picture = picture(state.done, self.total, now - self.begun);
        // When standard error is gone there is nobody to show it to.
        let _ = write!(state.out, "{WIPE}{picture}").and_then(|()| state.out.flush());
    }

    /// Makes room for what else is written to the terminal; the next step draws it again.
    pub(super) fn hide(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if std::mem::take(&mut state.visible) {
            let _ = write!(state.out, "{WIPE}").and_then(|()| state.out.flush());
        }
    }
}

fn picture(done: usize, total: usize, elapsed: Duration) -> String {
    let filled = WIDTH * done / total.max(1);
    let bar = "=".repeat(filled) + ">" + &" ".repeat(WIDTH.saturating_sub(filled + 1));
    format!("[{bar}] {done}/{total} policies, {} s", elapsed.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(progress: Progress<Vec<u8>>) -> String {
        String::from_utf8(progress.state.into_inner().unwrap().out).unwrap()
    }

    #[test]
    fn a_short_run_shows_nothing() {
        let progress = Progress::new(100, Vec::new());
        for _ in 0..99 {
            progress.step_at(progress.begun + PATIENCE / 2);
        }
        progress.hide();
        assert_eq!(shown(progress), "");
    }

    #[test]
    fn a_long_run_shows_how_far_it_is_and_leaves_nothing() {
        let progress = Progress::new(10, Vec::new());
        let second = |number| progress.begun + Duration::from_secs(number);
        progress.step_at(second(1));
        progress.step_at(second(2));
        progress.hide();
        progress.hide();
        let first = "[===>                          ] 1/10 policies, 1 s";
        let second = "[======>                       ] 2/10 policies, 2 s";
        assert_eq!(shown(progress), format!("{WIPE}{first}{WIPE}{second}{WIPE}"));
    }

    #[test]
    fn it_is_drawn_now_and_then() {
        let progress = Progress::new(1000, Vec::new());
        for number in 0..500 {
            progress.step_at(progress.begun + PATIENCE + Duration::from_millis(number));
        }
        assert_eq!(shown(progress).matches(WIPE).count(), 5);
    }

    #[test]
    fn the_last_step_is_not_drawn() {
        let progress = Progress::new(1, Vec::new());
        progress.step_at(progress.begun + Duration::from_secs(9));
        assert_eq!(shown(progress), "");
    }
}
