//! What a plan erases now, grouped for letters and pages.

use super::{Act, Plan};

/// Records of one kind of which something is erased now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erased {
    /// System.
    pub system: String,
    /// Collection.
    pub collection: String,
    /// How many records, whole or in part.
    pub count: usize,
    /// How many of them whole.
    pub whole: usize,
}

impl Plan {
    /// What goes now, in the order of the plan. Kinds of which nothing goes are not here.
    pub fn erased(&self) -> impl Iterator<Item = Erased> {
        let mut kinds: Vec<Erased> = Vec::new();
        for part in &self.systems {
            for step in part.steps.iter().filter(|step| step.act != Act::Keep) {
                let whole = usize::from(step.act == Act::Delete);
                match kinds.iter_mut().find(|kind| kind.system == part.system && kind.collection == step.collection) {
                    Some(kind) => (kind.count, kind.whole) = (kind.count + 1, kind.whole + whole),
                    None => kinds.push(Erased { system: part.system.clone(), collection: step.collection.clone(), count: 1, whole }),
                }
            }
        }
        kinds.into_iter()
    }
}
