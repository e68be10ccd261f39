//! Requests from the first question to the answer, with every member of staff played.

use std::collections::BTreeMap;

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use habeas_core::law::{ask::Asked, lang::Lang, personal::Personal, right::Right};
use jiff::SignedDuration;

use super::super::CliError;
use crate::{
    action::{
        actor::{Actor, Role, Staff},
        open_case::OpenCase,
        submit_task::SubmitTask,
    },
    house::House,
};

/// Somebody who asks: her address, and what only she and the organisation know.
pub(super) type Applicant = (String, Option<String>);

/// How many people ask, and how many members of staff act, at the same time.
const AT_ONCE: usize = 100;

/// Answers one request of each of these people, named by address and second item. Returns the cases, in the same order.
pub(super) async fn answer(house: &House, right: Right, people: &[Applicant]) -> Result<Vec<String>, CliError> {
    let cases = ask(house, right, people).await?;
    work(house).await?;
    if right == Right::Erasure {
        house.worker.advance_clock(SignedDuration::from_hours(73)).map_err(|error| CliError::Said(error.to_string()))?;
        work(house).await?;
    }
    Ok(cases)
}

/// Opens a case for each of these people. Returns them, in the same order.
pub(super) async fn ask(house: &House, right: Right, people: &[Applicant]) -> Result<Vec<String>, CliError> {
    let requests = people.iter().map(|(email, item)| {
        let request = OpenCase {
            right,
            lang: Lang::Nb,
            email: Personal::new(email.clone()),
            item: item.clone().map(Personal::new),
            kinds: None,
            asked: Asked::Nothing,
            proofs: Vec::new(),
            received_at: None,
            acting: None,
            via: "command-line",
        };
        house.door.run(&Actor::Operator, request)
    });
    Ok(stream::iter(requests).buffered(AT_ONCE).try_collect().await?)
}

/// Until neither the house nor its staff, who work at the same time, has anything left to do.
async fn work(house: &House) -> Result<(), CliError> {
    loop {
        let (settled, played) = tokio::join!(house.worker.settle(), play(house));
        if (settled?, played?) == (0, 0) {
            return Ok(());
        }
    }
}

/// Does every task that waits for staff, the way that leads on.
async fn play(house: &House) -> Result<usize, CliError> {
    let staff = |id: &str, role| Actor::Staff(Staff { id: id.to_owned(), roles: vec![role], systems: Vec::new() });
    let (kari, per, ida) = (staff("kari", Role::CaseHandler), staff("per", Role::PrivacyLead), staff("ida", Role::Dpo));
    let acts = house.look.task_rows(None).await?.into_iter().filter_map(|task| {
        let (by, outcome) = match task.form.as_str() {
            "erasure-triage" => (&kari, "go-on"),
            "erasure-decision" => (&kari, "erase"),
            "access-review" => (&kari, "release"),
            "identity-check" => (&kari, "accepted"),
            "recipient-told" => (&kari, "told"),
            "identity-check-strong" => (&ida, "accepted"),
            "plan-approval" => (&per, "approved"),
            _ => return None,
        };
        let fields = BTreeMap::from([("reason".to_owned(), "bench".to_owned())]);
        let act = SubmitTask { task: task.task, outcome: outcome.to_owned(), fields, files: Vec::new(), plan: task.plan, version: None };
        Some(house.door.run(by, act))
    });
    Ok(stream::iter(acts).buffer_unordered(AT_ONCE).try_fold(0, |done, _| async move { Ok(done + 1) }).await?)
}
