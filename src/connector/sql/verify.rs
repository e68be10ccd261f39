//! Reading back: after an erasure every record of the plan is looked up again, those that went and those that stayed.

use habeas_core::law::{
    map::System,
    plan::{Act, SystemPlan},
};

use super::{
    keys::{Group, groups},
    link::Link,
    nested,
    schema::Schema,
};
use crate::connector::{Cause, Fault, Remain, Verified};

/// Compares the database with the plan.
pub(super) async fn verify(link: &mut Link, system: &System, schema: &Schema, part: &SystemPlan) -> Result<Verified, Cause> {
    let groups = groups(part, system, schema)?;
    for group in &groups {
        group.load(link).await?;
    }
    let there = link
        .counts(&groups, |count, group| {
            group.rows(count);
            Ok(())
        })
        .await?;
    let emptied: Vec<&Group<'_>> = groups.iter().filter(|group| matches!(group.act, Act::Clear { .. })).collect();
    let mut unclean = link.counts(&emptied, |count, group| group.unclean_rows(count)).await?.into_iter();
    let (mut checked, mut remains) = (0, Vec::new());
    for (group, there) in groups.iter().zip(there) {
        let gone = group.planned().saturating_sub(there);
        let faults = match group.act {
            Act::Delete => vec![(there, Fault::NotDeleted)],
            Act::Keep => vec![(gone, Fault::NotKept)],
            Act::Clear { .. } => {
                let parts = nested::rows(&nested::due(link, group, false).await?);
                vec![(unclean.next().unwrap_or_default().max(parts), Fault::NotCleared), (gone, Fault::NotKept)]
            }
        };
        checked += group.planned();
        let faults = faults.into_iter().filter(|(rows, _)| *rows > 0);
        remains.extend(faults.map(|(rows, fault)| Remain { collection: group.collection.name.clone(), rows, fault }));
    }
    Ok(if remains.is_empty() { Verified::Clean { checked } } else { Verified::Remains(remains) })
}
