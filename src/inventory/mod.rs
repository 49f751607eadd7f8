//! Beside the findings: from practices to the inventory of a policy, item by item and recipient by recipient.

mod denials;
mod items;
mod names;
mod parts;
mod places;
mod references;
mod sharing;
mod way;

pub use items::{Item, Use};
pub use parts::Parts;
pub(crate) use references::resolved;
pub use sharing::{SharedItem, Sharing};
pub use way::Way;

use crate::document::SectionId;
use crate::findings::{Analysis, Evidence};
use crate::knowledge::Knowledge;
use crate::knowledge::kinds::ActionKind;

/// What a policy says it does with which data, each item once.
#[derive(Debug, Default)]
pub struct Inventory {
    /// What is collected, by family, in reading order within one.
    pub collected: Vec<Item>,
    /// Who else gets data, in reading order.
    pub shared: Vec<Sharing>,
    /// Umbrella words (个人信息) that stand where an item should, with what is said of them.
    pub unnamed: Vec<Item>,
    /// What the policy says is not done.
    pub denied: Vec<Denial>,
}

/// Data of which the policy says that something is not done with it.
#[derive(Clone, Debug)]
pub struct Denial {
    /// The words it is first said in.
    pub words: Evidence,
    pub action: ActionKind,
    pub section: SectionId,
    /// Where it is said.
    pub places: Vec<Evidence>,
}

/// Takes the inventory of one policy, which may consist of several files.
pub fn take(files: &[Analysis], knowledge: &Knowledge) -> Inventory {
    let names = names::Names::new(knowledge);
    let mut collected = items::Items::new(files, knowledge, &names);
    let mut shared = sharing::Sharings::new(files, knowledge, &names);
    let mut denied = denials::Denials::default();
    for (file, analysis) in files.iter().enumerate() {
        for (index, practice) in analysis.practices.iter().enumerate() {
            if practice.negated {
                denied.add(file, practice, &analysis.document, &names);
                continue;
            }
            let data = references::resolved(analysis, knowledge, index);
            collected.add(file, practice, &data);
            shared.add(file, practice, &data);
        }
        shared.add_entries(file);
    }
    let (collected, unnamed) = collected.finish();
    Inventory { collected, shared: shared.finish(), unnamed, denied: denied.finish() }
}
