//! Group commit: events that share a transaction are answered after its commit, and do not harm each other.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use habeas::{
    action::{
        actor::{Actor, Denied},
        door::{Action, Inside},
        fact::{Fact, Outcome},
        open_case::OpenCase,
        refusal::Refusal,
        report_effect::{Performed, Report, ReportEffect},
    },
    store::{
        Store, StoreError, Tx,
        case::{self, Case},
        command,
        event::{self, Event},
        finding::{self, Finding},
        group::Shared,
        timer::{self, Timer},
    },
};
use habeas_core::law::{ask::Asked, lang::Lang, personal::Personal, right::Right};
use jiff::SignedDuration;

use super::{
    database::{Database, on_every_store},
    store::{case as a_case, command as a_command, in_one, now, opened},
    test_house::TestHouse,
};

on_every_store! {
    crate::house::store::opened:
    a_refused_event_is_undone_alone,
    an_event_is_taken_once_in_a_group,
    what_a_group_left_goes_with_its_transaction,
    a_group_reads_what_it_wrote,
    batches_lease_each_command_to_one_worker,
}

on_every_store! {
    crate::house::group::opened_twice:
    groups_of_two_processes_move_a_case_one_after_the_other,
}

on_every_store! {
    nobody_is_answered_without_a_commit,
    one_refusal_and_one_panic_leave_the_others,
    a_report_is_taken_once_however_often_it_comes,
}

async fn opened_twice(database: &Database) -> [Store; 2] {
    [opened(database).await, opened(database).await]
}

fn journaled(case: &str, seq: i64, id: &str) -> Event {
    let (actor, kind, body) = ("subject".to_owned(), "opened".to_owned(), "{}".to_owned());
    Event { case: case.to_owned(), seq, id: id.to_owned(), at: now(), actor, kind, body }
}

fn a_finding(case: &str, system: &str) -> Finding {
    let (case, system, outcome) = (case.to_owned(), system.to_owned(), "nothing".to_owned());
    Finding { case, system, outcome, records: 0, found_at: now(), problem: None, sealed: None, parts: None }
}

async fn group(store: &Store, cases: &[&str]) -> Tx {
    let cases = cases.iter().map(|id| (*id).to_owned()).collect();
    store.begin().await.unwrap().gather(Shared { cases, ..Shared::default() }).await.unwrap()
}

async fn event_of(tx: &Tx, change: impl AsyncFnOnce(&Tx) -> Result<(), StoreError>) {
    tx.begin_event();
    change(tx).await.unwrap();
}

async fn a_refused_event_is_undone_alone(store: Store) {
    let tx = group(&store, &[]).await;
    for (id, kept, written) in [("HB-1", true, false), ("HB-2", false, false), ("HB-3", false, true), ("HB-4", true, true)] {
        event_of(&tx, async |tx| {
            case::insert(tx, &a_case(id)).await?;
            event::append(tx, &journaled(id, 1, &format!("open:{id}"))).await?;
            // A row that no group collects is written at once.
            if written { finding::put(tx, &a_finding(id, "shop")).await } else { Ok(()) }
        })
        .await;
        if kept { tx.keep_event().await.unwrap() } else { tx.drop_event().await.unwrap() }
    }
    tx.commit().await.unwrap();
    let there = join_all(["HB-1", "HB-2", "HB-3", "HB-4"].map(async |id| {
        let events = event::of_case(&store, id).await.unwrap().len();
        (case::get(&store, id).await.unwrap().is_some(), events, finding::of_case(&store, id).await.unwrap().len())
    }));
    assert_eq!(there.await, [(true, 1, 0), (false, 0, 0), (false, 0, 0), (true, 1, 1)]);
}

async fn an_event_is_taken_once_in_a_group(store: Store) {
    in_one(&store, async |tx| {
        case::insert(tx, &a_case("HB-1")).await?;
        case::insert(tx, &a_case("HB-2")).await
    })
    .await;
    let twice = async |first: &str, second: &str| {
        let tx = group(&store, &["HB-1", "HB-2"]).await;
        for (case, id) in [("HB-1", first), ("HB-2", second)] {
            event_of(&tx, async |tx| event::append(tx, &journaled(case, 2, id)).await).await;
            tx.keep_event().await.unwrap();
        }
        tx.commit().await
    };
    assert!(twice("same", "same").await.is_err(), "in one group");
    assert!(event::of_case(&store, "HB-1").await.unwrap().is_empty(), "a group is committed as a whole");
    twice("one", "other").await.unwrap();
    let tx = group(&store, &["HB-1"]).await;
    event_of(&tx, async |tx| event::append(tx, &journaled("HB-1", 3, "other")).await).await;
    tx.keep_event().await.unwrap();
    assert!(tx.commit().await.is_err(), "across groups");
    assert_eq!(event::of_case(&store, "HB-1").await.unwrap().len(), 1);
}

async fn what_a_group_left_goes_with_its_transaction(store: Store) {
    let tx = group(&store, &[]).await;
    event_of(&tx, async |tx| case::insert(tx, &a_case("HB-1")).await).await;
    tx.keep_event().await.unwrap();
    event_of(&tx, async |tx| finding::put(tx, &a_finding("HB-1", "shop")).await).await;
    drop(tx);
    assert_eq!(case::get(&store, "HB-1").await.unwrap(), None);
    assert!(finding::of_case(&store, "HB-1").await.unwrap().is_empty());
}

async fn groups_of_two_processes_move_a_case_one_after_the_other(stores: [Store; 2]) {
    let [store, other] = &stores;
    in_one(store, async |tx| {
        case::insert(tx, &a_case("HB-1")).await?;
        case::insert(tx, &a_case("HB-2")).await
    })
    .await;
    let moves = (0..10).map(async |number| {
        let tx = group(if number % 2 == 0 { store } else { other }, &["HB-2", "HB-1"]).await;
        for id in ["HB-1", "HB-2", "HB-1"] {
            event_of(&tx, async |tx| {
                let case = case::lock(tx, id).await?.unwrap();
                case::save(tx, &Case { rev: case.rev + 1, ..case }).await
            })
            .await;
            tx.keep_event().await.unwrap();
        }
        tx.commit().await.unwrap();
    });
    join_all(moves).await;
    let revs = join_all(["HB-1", "HB-2"].map(async |id| case::get(store, id).await.unwrap().unwrap().rev)).await;
    assert_eq!(revs, [21, 11]);
    let tx = group(store, &["HB-1"]).await;
    tx.begin_event();
    let stale = case::save(&tx, &Case { rev: 21, ..a_case("HB-1") }).await;
    assert!(matches!(stale, Err(StoreError::Raced { .. })), "{stale:?}");
    tx.drop_event().await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(case::get(store, "HB-1").await.unwrap().unwrap().rev, 21);
}

async fn a_group_reads_what_it_wrote(store: Store) {
    let alarm = |number: u8, minutes: i64| Timer {
        case: "HB-1".to_owned(),
        step: String::new(),
        branch: None,
        kind: format!("alarm-{number}"),
        due_at: now() + SignedDuration::from_mins(minutes),
    };
    let tx = group(&store, &[]).await;
    event_of(&tx, async |tx| {
        case::insert(tx, &a_case("HB-1")).await?;
        timer::set(tx, &alarm(0, 1)).await?;
        timer::set(tx, &alarm(1, 2)).await
    })
    .await;
    tx.keep_event().await.unwrap();
    event_of(&tx, async |tx| {
        assert!(timer::clear(tx, &alarm(0, 1)).await?, "set in the same group, fired in the same group");
        timer::set(tx, &alarm(1, 5)).await
    })
    .await;
    tx.keep_event().await.unwrap();
    assert_eq!(timer::of_case(&tx, "HB-1").await.unwrap(), [alarm(1, 5)]);
    event_of(&tx, async |tx| timer::clear_step(tx, "HB-1", None, None).await).await;
    tx.drop_event().await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(timer::of_case(&store, "HB-1").await.unwrap(), [alarm(1, 5)]);
}

async fn batches_lease_each_command_to_one_worker(store: Store) {
    in_one(&store, async |tx| {
        for number in 0..50 {
            command::insert(tx, &a_command(&number.to_string())).await?;
        }
        Ok(())
    })
    .await;
    let workers = ["a", "b", "c", "d"].map(async |name| {
        let mut mine = Vec::new();
        loop {
            let batch = command::claim_some(&store, name, now(), 7).await.unwrap();
            assert!(batch.len() <= 7, "{} leased at once", batch.len());
            if batch.is_empty() {
                return mine;
            }
            mine.extend(batch.into_iter().map(|command| (command.id, command.fence)));
        }
    });
    let claimed = join_all(workers).await.concat();
    assert_eq!((claimed.len(), claimed.iter().collect::<BTreeSet<_>>().len()), (50, 50));
    assert!(claimed.iter().all(|(_, fence)| *fence == 1), "each leased once");
}

fn request(email: &str) -> OpenCase {
    OpenCase {
        right: Right::Access,
        lang: Lang::Nb,
        email: Personal::new(email.to_owned()),
        item: None,
        kinds: None,
        asked: Asked::Nothing,
        proofs: Vec::new(),
        received_at: None,
        acting: None,
        via: "command-line",
    }
}

async fn nobody_is_answered_without_a_commit(house: TestHouse) {
    let size = house.log_size().await;
    house.break_log().await;
    let asked = (0..5).map(|number| house.run(&Actor::Operator, request(&format!("{number}@example.com"))));
    for answer in join_all(asked).await {
        assert!(matches!(answer, Err(Refusal::Unavailable(_))), "{answer:?}");
    }
    house.mend_log().await;
    assert!(case::list(&house.store, None, 10).await.unwrap().is_empty(), "what was not answered did not happen");
    assert_eq!(house.log_size().await, size);
    house.settle().await;
}

/// An action that stops in the middle, after it has written something.
#[derive(Debug, Clone)]
struct Dies;

impl Action for Dies {
    type Done = ();

    fn permit(&self, _: &Actor) -> Result<(), Denied> {
        Ok(())
    }

    fn shares(&self) -> Option<Shared> {
        Some(Shared::default())
    }

    async fn run(self, inside: &Inside<'_>) -> Result<Outcome<()>, Refusal> {
        case::insert(inside.tx, &a_case("HB-DIES")).await?;
        assert!(inside.by.staff().is_some(), "nobody on the staff asks for this");
        Ok(Outcome::new((), Fact::of_house("survived")))
    }
}

async fn one_refusal_and_one_panic_leave_the_others(house: TestHouse) {
    let (good, bad) = (request("kari@example.com"), request("not a mailbox"));
    let (first, refused, died, second) = tokio::join!(
        house.run(&Actor::Operator, good.clone()),
        house.run(&Actor::Operator, bad),
        house.run(&Actor::Operator, Dies),
        house.run(&Actor::Operator, good),
    );
    assert!(matches!(refused, Err(Refusal::Invalid(_))), "{refused:?}");
    assert!(matches!(died, Err(Refusal::Broken(_))), "{died:?}");
    let there: BTreeSet<String> = case::list(&house.store, None, 10).await.unwrap().into_iter().map(|case| case.id).collect();
    assert_eq!(there, BTreeSet::from([first.unwrap(), second.unwrap()]));
    house.settle().await;
}

async fn a_report_is_taken_once_however_often_it_comes(house: TestHouse) {
    let case = house.run(&Actor::Operator, request("kari@example.com")).await.unwrap();
    let claimed = command::claim(&house.store, "worker", house.now()).await.unwrap().unwrap();
    let report = || ReportEffect { command: claimed.clone(), attempt: Performed::Done(Report::outcome("sent")).into() };
    let answers = join_all([(), (), ()].map(|()| house.run(&Actor::Worker, report()))).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "in one group: {answers:?}");
    let late = house.run(&Actor::Worker, report()).await;
    assert!(matches!(&late, Err(Refusal::Conflict { code, .. }) if code == "late-report"), "across groups: {late:?}");
    assert_eq!(event::of_case(&house.store, &case).await.unwrap().len(), 2, "opened and reported");
    house.settle().await;
}
