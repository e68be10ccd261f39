//! What holds and retention rules could not read, and therefore keep, is asked of a person: once, however many records of however many
//! people it concerns. Not an action: a report calls it.

use habeas_core::law::{decide::Undecided, hold::Unread};

use super::{door::Inside, fact::Fact, refusal::Refusal};
use crate::store::incident::{self, Incident, Trouble};

/// What holds could not read: once for each hold and what it lacks.
pub(super) async fn holds(inside: &Inside<'_>, case: &str, unread: &[Unread]) -> Result<Vec<Fact>, Refusal> {
    let mut facts = Vec::new();
    for Unread { hold, collection, fields } in unread {
        let told = format!(
            "hold `{hold}` keeps records of `{collection}` because it cannot be told whether it covers them: {} is missing or cannot be \
             read; mend the field in the system, or release the hold and place one that asks for what is there",
            named(fields)
        );
        if ask(inside, case, &told, &told).await? {
            let fact = Fact::of_case("hold-unread", case).with("hold", hold);
            facts.push(fact.with("collection", collection).with("fields", fields.join(" ")));
        }
    }
    Ok(facts)
}

/// What retention rules could not read: once for each rule and system.
pub(super) async fn rules(inside: &Inside<'_>, case: &str, undecided: &[Undecided]) -> Result<Vec<Fact>, Refusal> {
    let mut facts = Vec::new();
    for Undecided { rule, system, fields } in undecided {
        let about = format!("rule `{rule}` keeps records of `{system}` because it cannot be told ");
        let told = format!(
            "{about}whether it applies, or until when: {} is missing or cannot be read; mend the field in the system, or the rule in \
             `retention.yaml`",
            named(fields)
        );
        if ask(inside, case, &about, &told).await? {
            facts.push(Fact::of_case("rule-unread", case).with("rule", rule).with("system", system).with("fields", fields.join(" ")));
        }
    }
    Ok(facts)
}

fn named(fields: &[String]) -> String {
    fields.iter().map(|field| format!("`{field}`")).collect::<Vec<_>>().join(" and ")
}

/// Opens an incident, unless one is open that begins like it. Whether it did.
async fn ask(inside: &Inside<'_>, case: &str, about: &str, told: &str) -> Result<bool, Refusal> {
    let is_same = |it: &Incident| it.trouble == Trouble::Unread && it.cause.starts_with(about);
    if incident::open(inside.tx).await?.iter().any(is_same) {
        return Ok(false);
    }
    let incident = Incident {
        id: inside.row_id()?,
        case: case.to_owned(),
        step: String::new(),
        branch: None,
        trouble: Trouble::Unread,
        cause: told.to_owned(),
        attempts: 0,
        opened_at: inside.now,
        closed: None,
        answer: None,
    };
    incident::insert(inside.tx, &incident).await?;
    Ok(true)
}
