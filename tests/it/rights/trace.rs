//! What a person leaves in the bytes of the connected systems: values that are hers and nobody else's.

use std::collections::{BTreeMap, BTreeSet};

use data_encoding::HEXUPPER;
use habeas::store::{part::Depth, sealed};
use habeas_core::law::{
    decide::Verdict,
    plan::Frozen,
    record::{Record, Value},
};

use crate::house::{
    people::CaseHandle,
    systems::{Systems, latin},
};

/// So short a value stands in other people's rows, too.
const SHORTEST: usize = 6;
/// A long value is looked for in pieces: what lies in a database's overflow pages is cut somewhere.
const PIECE: usize = 32;

/// Pieces of a person's values that stand in no row but hers.
pub(super) struct Traces {
    /// What the plan erases at once.
    pub(super) erased: BTreeSet<Vec<u8>>,
    /// What it keeps.
    pub(super) kept: BTreeSet<Vec<u8>>,
}

impl Traces {
    /// Reads them from what the case has found and what its plan says, before anything is erased.
    pub(super) async fn of(case: &CaseHandle<'_>) -> Self {
        let (store, keys) = (&case.house.store, &case.house.keys);
        let records = sealed::records(store, keys, &case.row().await, Depth::Whole).await.unwrap();
        let plan = case.plan().await;
        let world = case.house.systems.rows().await;
        let (mut erased, mut kept) = (BTreeSet::new(), BTreeSet::new());
        for record in &records {
            for (field, value) in &record.values {
                let pieces = pieces(value).into_iter().filter(|piece| is_hers_alone(piece, &records, &world));
                if erases(&plan, record, field) { erased.extend(pieces) } else { kept.extend(pieces) }
            }
        }
        // A name is erased from the shop and kept on the invoice: it may be found.
        erased.retain(|piece| !kept.iter().any(|longer| contains(longer, piece)));
        Self { erased, kept }
    }

    pub(super) fn all(&self) -> BTreeSet<Vec<u8>> {
        self.erased.union(&self.kept).cloned().collect()
    }
}

/// The files in which pieces stand somewhere, in whatever row, free page or journal.
pub(super) fn found(systems: &Systems, pieces: &BTreeSet<Vec<u8>>) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::<_, Vec<_>>::new();
    for (file, bytes) in systems.bytes() {
        let bytes = latin(&bytes);
        for piece in pieces.iter().filter(|piece| bytes.contains(&latin(piece))) {
            found.entry(file.clone()).or_default().push(String::from_utf8_lossy(piece).into_owned());
        }
    }
    found
}

fn erases(plan: &Frozen, record: &Record, field: &str) -> bool {
    let part = plan.plan().system(&record.system).unwrap();
    let step = part.steps.iter().find(|step| step.collection == record.collection && step.key == record.key).unwrap();
    step.decisions.iter().any(|decision| decision.field == field && decision.verdict == Verdict::Erase)
}

fn pieces(value: &Value) -> Vec<Vec<u8>> {
    let bytes = match value {
        Value::Text(text) => text.as_bytes(),
        Value::Bytes(bytes) => bytes,
        _ => return Vec::new(),
    };
    match bytes.len() {
        ..SHORTEST => Vec::new(),
        SHORTEST..PIECE => vec![bytes.to_vec()],
        _ => bytes.chunks_exact(PIECE).map(<[u8]>::to_vec).collect(),
    }
}

/// Whether as many rows of the world hold a piece as records of hers do.
fn is_hers_alone(piece: &[u8], records: &[Record], world: &[String]) -> bool {
    let (text, hex) = (String::from_utf8_lossy(piece), HEXUPPER.encode(piece));
    let holds = |value: &Value| match value {
        Value::Text(value) => contains(value.as_bytes(), piece),
        Value::Bytes(value) => contains(value, piece),
        _ => false,
    };
    let hers = records.iter().filter(|record| record.values.values().any(holds)).count();
    hers == world.iter().filter(|row| row.contains(&*text) || row.contains(&hex)).count()
}

fn contains(bytes: &[u8], piece: &[u8]) -> bool {
    latin(bytes).contains(&latin(piece))
}
