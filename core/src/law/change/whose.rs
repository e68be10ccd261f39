//! What tells whose record it is that a plan changes. A key that became free may have been given to somebody else before the change is
//! made, and a mark or a name written there would be written about a stranger.

use std::collections::BTreeSet;

use super::{Act, ChangePlan};
use crate::law::{
    map::{Field, System},
    record::{Record, Value},
};

impl ChangePlan {
    /// Remembers of each record that is written what it was found by: identifiers and references, those left out that the plan itself
    /// writes, because they say something else as soon as it is carried out.
    #[must_use]
    pub(super) fn remembering(mut self, systems: &[System], records: &[Record]) -> Self {
        for part in &mut self.systems {
            let Some(system) = systems.iter().find(|system| system.key == part.system) else { continue };
            let written: BTreeSet<(String, String, String)> = part
                .steps
                .iter()
                .filter_map(|step| Some((step.collection.clone(), format!("{:?}", step.write()?.key), step.field()?.to_owned())))
                .collect();
            for step in &mut part.steps {
                let Act::Write { key, whose, .. } = &mut step.act else { continue };
                let Some(collection) = system.collection(&step.collection) else { continue };
                let is_it = |record: &&Record| record.system == system.key && record.collection == step.collection && record.key == *key;
                let Some(record) = records.iter().find(is_it) else { continue };
                let place = format!("{key:?}");
                let stays = |field: &&Field| !written.contains(&(step.collection.clone(), place.clone(), field.name.clone()));
                let tells = collection.fields.iter().filter(|field| is_telling(field)).filter(stays);
                let said = tells.map(|field| (field.name.clone(), record.value(&field.name).clone()));
                *whose = said.filter(|(_, value)| is_plain(value)).collect();
            }
        }
        self
    }
}

fn is_telling(field: &Field) -> bool {
    let found_by = field.identity.is_some() || !field.references.is_empty();
    found_by && !field.primary_key && !field.third_person && !field.list && !field.is_nested()
}

const fn is_plain(value: &Value) -> bool {
    matches!(value, Value::Integer(_) | Value::Text(_))
}
