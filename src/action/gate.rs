//! Shuts the gate for what a case stops, and opens it again, in the transaction that moves the case. Not an action: moving a case calls it.

use habeas_core::{
    law::{
        gate::{Ground, InForce, STOPPING, suppressed_since},
        right::Right,
    },
    workflow::{Command, command::Work},
};
use jiff::Timestamp;

use super::{door::Inside, fact::Fact, refusal::Refusal};
use crate::store::{
    case::Case,
    gate::{self, Shut},
    sealed,
};

/// What moving a case changes for other systems. A refusal of marketing and a consent taken back hold from the request on; everything else
/// from the moment its first effect may begin, and until the case closes after it was lifted.
pub(super) async fn follow(inside: &Inside<'_>, case: &Case, opened: bool, commands: &[Command]) -> Result<Vec<Fact>, Refusal> {
    if case.right == Right::Erasure {
        return if commands.iter().any(|command| performs(command, "system.erase")) {
            suppress(inside, case).await
        } else {
            Ok(Vec::new())
        };
    }
    if !STOPPING.contains(&case.right) {
        return Ok(Vec::new());
    }
    let restricts = |command: &Command| performs(command, "system.restrict");
    let at_once = opened && case.on_behalf.is_none() && ground(inside, case)?.is_some_and(Ground::is_at_once);
    if at_once || commands.iter().any(restricts) {
        return shut(inside, case, inside.now).await;
    }
    let closes = commands.iter().any(|command| matches!(command, Command::Close { .. }));
    if closes && gate::of_case(inside.tx, &case.id).await?.is_some() && gate::rests(inside.tx, inside.keys, &case.id).await? == Some(false)
    {
        gate::open(inside.tx, &case.id).await?;
        return Ok(vec![Fact::of_case("gate-opened", &case.id)]);
    }
    Ok(Vec::new())
}

fn performs(command: &Command, wanted: &str) -> bool {
    matches!(command, Command::Perform { work: Work::Act { action, .. }, .. } if action == wanted)
}

/// Whoever is erased is not written to again, where what is erased could have led to that. A no that was said before goes on and is enough.
async fn suppress(inside: &Inside<'_>, case: &Case) -> Result<Vec<Fact>, Refusal> {
    let applicant = sealed::applicant(inside.keys, case)?;
    let before = gate::of_person(inside.tx, &inside.keys.gate(applicant.person())).await?;
    if suppressed_since(before.iter().map(|shut| &shut.what)).is_some() {
        return Ok(Vec::new());
    }
    let scope = Ground::Erased.scope(inside.organisation.systems(), applicant.kinds.as_deref());
    if scope.is_empty() {
        return Ok(Vec::new());
    }
    gate::shut(inside.tx, &entry(inside, case, applicant.person(), InForce::new(case.id.clone(), Ground::Erased, inside.now, scope))?)
        .await?;
    Ok(vec![Fact::of_case("gate-shut", &case.id).with("ground", Ground::Erased.name())])
}

fn ground(inside: &Inside<'_>, case: &Case) -> Result<Option<Ground>, Refusal> {
    Ok(Ground::of(case.right, &sealed::applicant(inside.keys, case)?.asked))
}

/// Shuts it for what a case stops. Said again, it stays shut since the first time.
async fn shut(inside: &Inside<'_>, case: &Case, since: Timestamp) -> Result<Vec<Fact>, Refusal> {
    if gate::of_case(inside.tx, &case.id).await?.is_some() {
        return Ok(Vec::new());
    }
    let Some(row) = row(inside, case, since)? else { return Ok(Vec::new()) };
    gate::shut(inside.tx, &row).await?;
    Ok(vec![Fact::of_case("gate-shut", &case.id).with("ground", row.what.ground.name())])
}

/// What a case stops, under the gate's present key.
pub(super) fn row(inside: &Inside<'_>, case: &Case, since: Timestamp) -> Result<Option<Shut>, Refusal> {
    let applicant = sealed::applicant(inside.keys, case)?;
    let Some(ground) = Ground::of(case.right, &applicant.asked) else { return Ok(None) };
    let scope = ground.scope(inside.organisation.systems(), applicant.kinds.as_deref());
    Ok(Some(entry(inside, case, applicant.person(), InForce::new(case.id.clone(), ground, since, scope))?))
}

fn entry(inside: &Inside<'_>, case: &Case, email: &str, what: InForce) -> Result<Shut, Refusal> {
    let sealed = inside.keys.seal(inside.chance, &place(&case.id), &email)?;
    Ok(Shut { what, person: inside.keys.gate(email), key: inside.keys.gate_key(), sealed })
}

/// Where a case's address is sealed.
pub(super) fn place(case: &str) -> String {
    format!("gate:{case}")
}
