//! Reading back: after an erasure every record of the plan is looked up again, those that went and those that stayed.

use habeas_core::law::{
    map::System,
    plan::{Act, SystemPlan},
};

use super::{keys::groups, link::Link, schema::Schema};
use crate::connector::{Cause, Fault, Remain, Verified};

/// Compares the database with the plan.
pub(super) async fn verify(link: &mut Link, system: &System, part: &SystemPlan) -> Result<Verified, Cause> {
    let schema = Schema::load(link, system).await?;
    let (mut checked, mut remains) = (0, Vec::new());
    for group in groups(part, system, &schema)? {
        group.load(link).await?;
        let planned = group.planned();
        let there = group.rows(link).await?;
        let gone = planned.saturating_sub(there);
        let faults = match group.act {
            Act::Delete => vec![(there, Fault::NotDeleted)],
            Act::Keep => vec![(gone, Fault::NotKept)],
            Act::Clear { .. } => vec![(group.unclean_rows(link).await?, Fault::NotCleared), (gone, Fault::NotKept)],
        };
        checked += planned;
        let faults = faults.into_iter().filter(|(rows, _)| *rows > 0);
        remains.extend(faults.map(|(rows, fault)| Remain { collection: group.collection.name.clone(), rows, fault }));
    }
    Ok(if remains.is_empty() { Verified::Clean { checked } } else { Verified::Remains(remains) })
}
