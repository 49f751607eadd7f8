use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::event::{EventKind, ModifyKind};
use notify::{ErrorKind, Event, RecommendedWatcher, RecursiveMode, Watcher};

/// Editors save in several steps; it has to be quiet for so long before what they wrote is read.
const QUIET: Duration = Duration::from_millis(80);
/// What never comes to rest is read all the same.
const PATIENCE: Duration = Duration::from_secs(2);

/// Why nothing can be watched.
#[derive(Debug, thiserror::Error)]
pub enum WatchError {
    #[error("the system watches no further folder; it allows too few (fs.inotify.max_user_watches)")]
    Limit,
    #[error("{}: cannot be watched: {error}", folder.display())]
    Folder { folder: PathBuf, error: notify::Error },
    #[error("this system watches no files: {0}")]
    System(#[from] notify::Error),
    #[error("the system stopped watching files")]
    Ended,
}

/// Changes to what lies in some folders. Folders are watched, not files: an editor may put a new file in the place
/// of the old one.
#[derive(Debug)]
pub struct Changes {
    watcher: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
    folders: BTreeSet<PathBuf>,
}

impl Changes {
    /// Of no folder yet.
    ///
    /// # Errors
    /// When the system cannot watch.
    pub fn new() -> Result<Self, WatchError> {
        let (sender, events) = channel();
        let watcher = notify::recommended_watcher(move |event| {
            // Nobody listens any more when the run ends.
            let _ = sender.send(event);
        })?;
        Ok(Self { watcher, events, folders: BTreeSet::new() })
    }

    /// Watches what lies directly in these folders, and nothing else.
    ///
    /// # Errors
    /// When one of them cannot be watched.
    pub fn watch(&mut self, folders: &BTreeSet<PathBuf>) -> Result<(), WatchError> {
        for folder in self.folders.difference(folders) {
            // It may be gone.
            let _ = self.watcher.unwatch(folder);
        }
        self.folders.retain(|folder| folders.contains(folder));
        for folder in folders.difference(&self.folders.clone()) {
            match self.watcher.watch(folder, RecursiveMode::NonRecursive) {
                Ok(()) => {
                    self.folders.insert(folder.clone());
                }
                Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch) => {
                    return Err(WatchError::Limit);
                }
                // Gone since it was found: its own folder tells.
                Err(_) if !folder.exists() => {}
                Err(error) => return Err(WatchError::Folder { folder: folder.clone(), error }),
            }
        }
        Ok(())
    }

    /// Waits until something that `matters` changed and came to rest; what it was, as far as the system tells.
    ///
    /// # Errors
    /// When the system stops watching.
    pub fn next(&mut self, matters: impl Fn(&Path) -> bool) -> Result<BTreeSet<PathBuf>, WatchError> {
        let mut changed = BTreeSet::new();
        let mut missed = false;
        let mut first = None;
        let mut quiet_from = Instant::now();
        loop {
            let event = match first {
                None => self.events.recv().map_err(|_| WatchError::Ended)?,
                Some(first) => {
                    let until = (quiet_from + QUIET).min(first + PATIENCE);
                    match self.events.recv_timeout(until.saturating_duration_since(Instant::now())) {
                        Ok(event) => event,
                        Err(RecvTimeoutError::Timeout) => return Ok(changed),
                        Err(RecvTimeoutError::Disconnected) => return Err(WatchError::Ended),
                    }
                }
            };
            let Ok(event) = event else { continue };
            let before = changed.len();
            // More happened than the system could tell.
            let overflow = event.need_rescan();
            if !matches!(event.kind, EventKind::Access(_)) {
                self.forget_if_gone(&event);
                changed.extend(event.paths.into_iter().filter(|path| matters(path)));
            }
            missed |= overflow;
            if changed.len() > before || overflow || first.is_none() && missed {
                quiet_from = Instant::now();
                first = first.or(Some(quiet_from));
            }
        }
    }

    /// A folder that comes back is another one, to be watched anew.
    fn forget_if_gone(&mut self, event: &Event) {
        if matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_))) {
            for path in &event.paths {
                if self.folders.remove(path) {
                    let _ = self.watcher.unwatch(path);
                }
            }
        }
    }
}
