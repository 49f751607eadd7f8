//! What a new version of a policy changes: not lines but practices, rights, periods and promises.
//!
//! Both versions are read and judged as `check` does. What they say is brought into facts (who does what with
//! which data, who receives it, what for), and the sets of facts are compared. A fact is new only if it also
//! stands in words that the old version does not have, so that moving, renumbering and another file format
//! change nothing.

mod align;
mod change;
mod chapters;
mod checklist;
mod consent;
mod facts;
mod findings;
mod handling;
mod names;
mod pairs;
mod passing;
mod promises;
mod purposes;
mod version;
mod wording;

pub use align::{Alignment, Fate, SentenceAt};
pub use change::{Change, Datum, Importance, Kind, Side, Words};
pub use version::Judged;

use crate::findings::Finding;
use crate::knowledge::Knowledge;
use version::Version;

/// What the new version changes.
#[derive(Debug)]
pub struct Comparison {
    /// The most important first.
    pub changes: Vec<Change>,
    /// What is wrong in the new version and was not before, instance by instance.
    pub new: Vec<Finding>,
    /// What was wrong before and is no longer.
    pub resolved: Vec<Finding>,
    /// Which sentences became which.
    pub alignment: Alignment,
}

/// Compares two judged versions of one policy.
pub fn compare(old: Judged<'_>, new: Judged<'_>, knowledge: &Knowledge) -> Comparison {
    let (before, after) = (Version::of(&old, knowledge), Version::of(&new, knowledge));
    let alignment = Alignment::of(&before.wording, &after.wording);
    let versions = Versions { old: &before, new: &after, alignment: &alignment, knowledge };
    if before.wording.is_that_of(&after.wording) {
        return Comparison { changes: Vec::new(), new: Vec::new(), resolved: Vec::new(), alignment };
    }
    let mut changes = promises::reversed(&versions);
    let reversed: Vec<facts::DataKey> = changes.iter().flat_map(Change::keys).cloned().collect();
    changes.extend(handling::collected(&versions, &reversed));
    changes.extend(handling::further(&versions));
    changes.extend(passing::recipients(&versions));
    changes.extend(passing::shared(&versions, &changes));
    changes.extend(purposes::new(&versions));
    changes.extend(consent::weakened(&versions));
    changes.extend(pairs::changed(&versions));
    let chapters = chapters::dropped(&versions);
    changes.extend(checklist::changed(&versions, &old, &new));
    changes.retain(|change| !chapters::tells(&versions, &chapters, change));
    changes.extend(chapters);
    changes.extend(promises::dropped(&versions, &changes));
    changes.extend(promises::stopped(&versions));
    changes.extend(handling::removed(&versions));
    changes.extend(passing::removed(&versions));
    changes.sort_by_key(Change::rank);
    let changes = change::told_once(changes);
    let (new, resolved) = findings::compare(&versions, old.findings, new.findings);
    Comparison { changes, new, resolved, alignment }
}

/// Two versions side by side.
struct Versions<'a> {
    old: &'a Version<'a>,
    new: &'a Version<'a>,
    alignment: &'a Alignment,
    knowledge: &'a Knowledge,
}
