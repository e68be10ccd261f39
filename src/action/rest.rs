//! Has what a hold keeps from erasure rest, and gives it back, in the transaction that takes the worker's report: the marks as an effect,
//! other systems by the gate. Not an action: a report calls it.

use std::collections::BTreeSet;

use habeas_core::law::gate::{Ground, InForce};

use super::{door::Inside, fact::Fact, gate as shutting, refusal::Refusal, schedule::queue};
use crate::store::{
    case,
    deferral::{self, Deferral},
    gate::{self, Shut},
    rest::{self, Rest},
    sealed,
};

/// From now on it rests.
pub(super) async fn begin(inside: &Inside<'_>, row: &Rest) -> Result<Vec<Fact>, Refusal> {
    rest::put(inside.tx, row).await?;
    ask(inside, &row.case, &row.system, "held.restrict").await?;
    follow(inside, &row.case).await
}

/// What was kept there is gone, or a rule keeps it on: the marks are given back, unless more of it still waits.
pub(super) async fn end(inside: &Inside<'_>, case: &str, system: &str) -> Result<Vec<Fact>, Refusal> {
    let waits = |row: &Deferral| row.system == system && row.done_at.is_none() && row.waits_for.is_some();
    if deferral::of_case(inside.tx, case).await?.iter().any(waits) {
        return Ok(Vec::new());
    }
    if !rest::end(inside.tx, case, system).await? {
        return Ok(Vec::new());
    }
    ask(inside, case, system, "held.lift").await?;
    follow(inside, case).await
}

async fn ask(inside: &Inside<'_>, case: &str, system: &str, action: &str) -> Result<(), Refusal> {
    let key = format!("{action}:{case}:{system}:{}", inside.now.as_microsecond());
    queue(inside, Some(case), action, &system, key).await
}

/// Shuts the gate for the kinds that rest in any system, and opens it after the last.
async fn follow(inside: &Inside<'_>, reference: &str) -> Result<Vec<Fact>, Refusal> {
    let kinds: BTreeSet<String> = rest::of_case(inside.tx, reference).await?.into_iter().flat_map(|row| row.kinds).collect();
    let scope: Vec<String> = kinds.into_iter().collect();
    let before = gate::of_case(inside.tx, reference).await?;
    if scope.is_empty() {
        gate::open(inside.tx, reference).await?;
        return Ok(before.map(|_| Fact::of_case("gate-opened", reference)).into_iter().collect());
    }
    if before.as_ref().is_some_and(|before| before.what.scope == scope) {
        return Ok(Vec::new());
    }
    let since = before.as_ref().map_or(inside.now, |before| before.what.since);
    let what = InForce::new(reference.to_owned(), Ground::Held, since, scope);
    let shut = if let Some(before) = before {
        Shut { what, ..before }
    } else {
        let case = case::get(inside.tx, reference).await?.ok_or(Refusal::NotFound("case"))?;
        let email = sealed::applicant(inside.keys, &case)?.person().to_owned();
        let sealed = inside.keys.seal(inside.chance, &shutting::place(reference), &email)?;
        Shut { what, person: inside.keys.gate(&email), key: inside.keys.gate_key(), sealed }
    };
    gate::shut(inside.tx, &shut).await?;
    Ok(vec![Fact::of_case("gate-shut", reference).with("ground", Ground::Held.name())])
}
