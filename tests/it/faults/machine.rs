//! The walk of a cell where a machine does the work and a person only what it cannot.

use std::path::Path;

use habeas::{
    action::resolve_incident::Resolution,
    store::{command, event},
};
use habeas_core::law::{
    ask::{Asked, Correction, RestrictionGround},
    right::Right,
};
use jiff::SignedDuration;
use serde_json::Value;

use super::{Customer, IMPATIENT, LIMITS, MODES, SYSTEM, compare, fault::Mode};
use crate::house::{
    package::Package,
    people::{CaseHandle, Subject},
    test_house::TestHouse,
};

/// Past the 72 hours in which an erasure can be stopped.
const COOLED: SignedDuration = SignedDuration::from_hours(73);
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// What a name is corrected to.
pub(super) const CORRECTED: &str = "Hansen";

/// A system that a machine works with, and what befalls it.
pub(super) trait Machine {
    /// As the table calls it.
    const KIND: &'static str;

    /// In words, for a reviewer to read aloud.
    fn told(mode: Mode, right: Right) -> &'static str;

    /// From now on. What concerns the connection's settings is written into the folder of the house, which is read anew.
    async fn breaks(&mut self, mode: Mode, right: Right, customer: &Customer, folder: &Path);

    /// Not any more.
    async fn mends(&mut self, mode: Mode, right: Right, customer: &Customer, folder: &Path);

    /// What the system's own people do in it.
    async fn does_by_hand(&mut self, right: Right, customer: &Customer);

    /// Everything that the system holds, as `people 4: …` and `notes 41: …`.
    async fn rows(&mut self) -> Vec<String>;
}

/// Whether a house has to be opened anew for it: a connection is written otherwise, or nobody waits as long as usual.
const fn restarts(mode: Mode) -> bool {
    matches!(mode, Mode::Tls) || is_endless(mode)
}

/// Whether only the limit of time ends it.
const fn is_endless(mode: Mode) -> bool {
    matches!(mode, Mode::Timeout | Mode::SlowDrip | Mode::Huge)
}

/// Walks every way for one right.
pub(super) async fn walk<M: Machine>(house: &mut TestHouse, system: &mut M, right: Right) {
    let mut walked = Vec::new();
    for (mode, _) in MODES {
        let cell = Box::pin(cell(house, system, mode, right)).await;
        walked.push((mode, format!("{} | {cell}", M::told(mode, right))));
    }
    compare(M::KIND, right, &walked);
}

/// One case, from the request to its end: what is said while it is wrong, what an early signature comes to, who finished it and how.
async fn cell<M: Machine>(house: &mut TestHouse, system: &mut M, mode: Mode, right: Right) -> String {
    let customer = Customer::of(mode);
    let before = system.rows().await;
    let folder = house.folder().to_owned();
    let early = matches!(right, Right::Access | Right::Portability);
    let reference = if early { None } else { Some(led(house, &customer, right).await) };
    system.breaks(mode, right, &customer, &folder).await;
    if restarts(mode) {
        house.restart(if is_endless(mode) { IMPATIENT } else { LIMITS }).await;
    }
    let reference = match reference {
        Some(reference) => {
            acts(house, &CaseHandle { house, reference: reference.clone() }, right).await;
            reference
        }
        None => customer.asks(house).asks(right).await.reference,
    };
    let first = rests(&CaseHandle { house, reference: reference.clone() }).await;
    let meanwhile = hers(system, &customer).await;
    let signed = if first.starts_with("person") && !early {
        sign(house, &reference, right, None).await;
        let case = CaseHandle { house, reference: reference.clone() };
        assert_eq!(case.phase().await, "open", "{mode:?} {right:?}: a word is no proof");
        rests(&case).await
    } else {
        "-".to_owned()
    };
    system.mends(mode, right, &customer, &folder).await;
    if restarts(mode) {
        house.restart(LIMITS).await;
    }
    let by = finishes(house, system, &reference, right, &customer).await;
    let case = CaseHandle { house, reference };
    let end = end(&case, system, right, &customer).await;
    let others = |rows: &[String]| rows.iter().filter(|row| !is_hers(row, &customer)).cloned().collect::<Vec<_>>();
    assert_eq!(others(&system.rows().await), others(&before), "{mode:?} {right:?}: somebody else's rows");
    format!("{first} | {meanwhile} | {signed} | {} | {end}", by.join(", "))
}

/// Asks, and leads the case to the last gesture before the system acts.
async fn led(house: &TestHouse, customer: &Customer, right: Right) -> String {
    let case = subject(house, customer, right).asks(right).await;
    if right == Right::Erasure {
        house.staff("kari").does(&case, "assess", "go-on").await;
    }
    decides(house, &case, right).await;
    case.reference
}

/// With what she asks beyond the right itself.
pub(super) fn subject<'h>(house: &'h TestHouse, customer: &Customer, right: Right) -> Subject<'h> {
    let asks = customer.asks(house);
    match right {
        Right::Rectification => {
            let correction =
                Correction { kind: "helpdesk.people".into(), field: "name".into(), now: None, should: CORRECTED.into(), why: None };
            asks.asking(Asked::Corrections(vec![correction]))
        }
        Right::Restriction => asks.asking(Asked::Restriction { ground: RestrictionGround::Claims }),
        _ => asks,
    }
}

/// Somebody proposes, and somebody else agrees.
pub(super) async fn decides(house: &TestHouse, case: &CaseHandle<'_>, right: Right) {
    if right == Right::Erasure {
        house.staff("kari").does(case, "propose", "erase").await;
        house.staff("per").approves(case).await;
    }
}

/// The last gesture.
pub(super) async fn acts(house: &TestHouse, case: &CaseHandle<'_>, right: Right) {
    match right {
        Right::Rectification => house.staff("kari").does(case, "judge", "correct").await,
        Right::Restriction => house.staff("kari").does(case, "judge", "restrict").await,
        _ => house.advance(COOLED).await,
    }
}

/// Where a case rests, and why in the system's words.
async fn rests(case: &CaseHandle<'_>) -> String {
    let (tasks, incidents) = (case.waits_at().await, case.incidents().await);
    let open = incidents.iter().find(|incident| incident.closed.is_none());
    let commands = command::of_case(&case.house.store, &case.reference).await.unwrap();
    let again = commands.iter().find_map(|command| command.last_error.clone());
    let events = event::of_case(&case.house.store, &case.reference).await.unwrap();
    let failed = events.iter().rev().find_map(|event| cause(&serde_json::from_str(&event.body).ok()?));
    match (&tasks[..], open, again) {
        (_, Some(incident), _) => format!("incident: {}", short(&incident.cause)),
        ([], None, Some(why)) => format!("again: {}", short(&why)),
        ([], None, None) if case.phase().await != "open" => case.phase().await.to_owned(),
        ([task], None, _) => format!("person ({}): {}", task.split('@').next().unwrap(), failed.as_deref().map(short).unwrap_or_default()),
        other => panic!("{other:?}"),
    }
}

/// What went wrong, wherever in an event it stands.
fn cause(body: &Value) -> Option<String> {
    match body {
        Value::Object(fields) => fields.get("cause").and_then(Value::as_str).map(str::to_owned).or_else(|| fields.values().find_map(cause)),
        _ => None,
    }
}

/// Without what stands in every line.
fn short(why: &str) -> String {
    why.split_once("`helpdesk`: ").map_or(why, |(_, rest)| rest).to_owned()
}

fn is_hers(row: &str, customer: &Customer) -> bool {
    let number = customer.number;
    row.starts_with(&format!("people {number}:")) || customer.notes().iter().any(|(note, _)| row.starts_with(&format!("notes {note}:")))
}

/// What the system holds about her, in a word.
async fn hers<M: Machine>(system: &mut M, customer: &Customer) -> String {
    let rows: Vec<String> = system.rows().await.into_iter().filter(|row| is_hers(row, customer)).collect();
    let untouched = rows.len() == 3 && rows.iter().all(|row| row.ends_with(" 0")) && rows.iter().any(|row| row.contains(&customer.name()));
    let resting = rows.iter().filter(|row| row.ends_with(" 1")).count();
    match rows.len() {
        0 => "gone".to_owned(),
        3 if untouched => "untouched".to_owned(),
        3 if resting == 3 => "at rest".to_owned(),
        3 if resting == 0 && rows.iter().any(|row| row.contains(CORRECTED)) => "corrected".to_owned(),
        _ => format!("{} of 3 there, {resting} at rest", rows.len()),
    }
}

/// The owner hands in the open form.
async fn sign(house: &TestHouse, reference: &str, right: Right, rows: Option<&Customer>) {
    let case = CaseHandle { house, reference: reference.to_owned() };
    let mut owner = house.staff("bo");
    if let Some(customer) = rows {
        let people = format!("id;email;name;locked\n{};{};{};0\n", customer.number, customer.email, customer.name());
        let notes = customer.notes().map(|(id, text)| format!("{id};{};{text};0\n", customer.number)).concat();
        owner = owner.writing("rows-people", &people).writing("rows-notes", &format!("id;person_id;text;locked\n{notes}"));
    }
    owner.does(&case, &by_hand(right), "submitted").await;
}

pub(super) fn by_hand(right: Right) -> String {
    let step = match right {
        Right::Rectification => "correct",
        Right::Restriction => "restrict",
        Right::Erasure => "erase",
        _ => "locate",
    };
    format!("{step}-by-hand@{SYSTEM}")
}

/// Whoever has to does what is left, until the case ends.
async fn finishes<M: Machine>(house: &TestHouse, system: &mut M, reference: &str, right: Right, customer: &Customer) -> Vec<&'static str> {
    let mut by = Vec::new();
    let case = CaseHandle { house, reference: reference.to_owned() };
    while case.phase().await == "open" {
        let incident = case.incidents().await.iter().any(|incident| incident.closed.is_none());
        if incident {
            house.staff("per").resolves(&case, Resolution::Retry, "Systemet er i orden igjen.").await.unwrap();
            by.push("lead");
        } else if case.waits_at().await.is_empty() {
            house.advance(DAY).await;
            by.push("worker");
        } else {
            system.does_by_hand(right, customer).await;
            sign(house, reference, right, matches!(right, Right::Access | Right::Portability).then_some(customer)).await;
            by.push("owner");
        }
        assert!(by.len() < 6, "it does not end: {by:?} {:?}", case.waits_at().await);
    }
    by
}

/// How it ended: the last letter, and what is true.
async fn end<M: Machine>(case: &CaseHandle<'_>, system: &mut M, right: Right, customer: &Customer) -> String {
    let letter = case.letters().await.pop().unwrap();
    let truth = if matches!(right, Right::Access | Right::Portability) {
        packed(case, customer).await
    } else {
        let kind = if right == Right::Erasure { "erasure-verified" } else { "change-verified" };
        let verified = case.facts(kind).await.pop().unwrap();
        assert!(verified.contains_key("checked"), "nothing is done without reading back: {verified:?}");
        hers(system, customer).await
    };
    format!("{} {letter}, {truth}", case.phase().await)
}

/// Whether her package holds everything of hers and nothing of anybody else.
pub(super) async fn packed(case: &CaseHandle<'_>, customer: &Customer) -> String {
    if case.package("subject").await.is_none() {
        return "no package".to_owned();
    }
    let package = Package::open(case).await;
    let holds = |who: &Customer| who.notes().map(|(_, text)| package.holds(&text)).into_iter().chain([package.holds(&who.name())]);
    let stranger = Customer::all().find(|other| other.number != customer.number && holds(other).any(|held| held));
    match (holds(customer).filter(|held| *held).count(), stranger) {
        (_, Some(_)) => "somebody else's data in the package".to_owned(),
        (3, None) => "all in the package".to_owned(),
        (parts, None) => format!("{parts} of 3 in the package"),
    }
}
