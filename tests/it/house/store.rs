//! The store suite: what every database must do, in the same words for SQLite and PostgreSQL.

use std::collections::BTreeSet;

use futures_util::future::{join_all, try_join_all};
use habeas::store::{
    Address, Store, StoreError,
    case::{self, Case, Due, Phase},
    command::{self, Command, Retry},
    credential::{self, Credential, Kind},
    deferral::{self, Deferral},
    definition,
    event::{self, Event},
    finding::{self, Finding},
    hold::{self, StoredHold},
    incident::{self, Incident, Trouble},
    leaf::{self, Head, StoredLeaf, Words},
    letter::{self, StoredLetter},
    package::{self, Package},
    person::{self, Person},
    plan::{self, StoredPlan},
    session::{self, Code, Session},
    shred,
    task::{self, Closed, Task},
    timer::{self, Timer},
};
use habeas_core::{
    crypto::{
        hash::Hash,
        tree::{Frontier, leaf_hash},
    },
    law::{
        hold::{Basis, Hold, Scope},
        lang::Lang,
        personal::Personal,
        right::Right,
        tier::Tier,
    },
};
use jiff::{SignedDuration, Timestamp, civil::date};

use super::{
    database::{Database, on_every_store},
    systems::latin,
    test_house::TestHouse,
};

on_every_store! {
    crate::house::store::opened:
    a_case_comes_back_as_it_was_stored,
    a_stale_case_is_not_saved,
    a_case_is_moved_by_one_at_a_time,
    a_case_keeps_its_key_while_it_has_promises,
    what_is_not_committed_never_was,
    an_event_is_taken_once,
    four_workers_claim_each_command_once,
    a_late_worker_changes_nothing,
    the_same_effect_waits_once,
    commands_are_called_off_by_step_and_branch,
    timers_fire_in_their_order,
    tasks_are_closed_by_step_and_branch,
    incidents_are_closed_where_they_happened,
    sessions_end,
    codes_are_counted_by_mailbox,
    a_sign_in_code_is_used_once,
    the_log_grows_without_gaps,
    a_plan_is_approved_once,
    a_deferral_is_looked_at_once_a_day,
    findings_are_replaced_and_forgotten,
    holds_come_back_whole,
    letters_and_packages_are_kept,
}

on_every_store! {
    nothing_about_a_person_is_readable_in_the_rows,
    one_house_after_the_other_keeps_what_was_there,
}

#[tokio::test]
async fn a_house_may_stand_in_any_folder() {
    let folder = tempfile::tempdir().unwrap();
    let house = folder.path().join("my house? 50% #1 æ");
    std::fs::create_dir(&house).unwrap();
    let file = house.join("habeas.db");
    let store = Store::open(&Address::File(file.clone())).await.unwrap();
    with_case(&store, "HB-1").await;
    store.close().await.unwrap();
    let again = Store::open(&Address::File(file.clone())).await.unwrap();
    assert!(case::get(&again, "HB-1").await.unwrap().is_some() && file.is_file());
    again.close().await.unwrap();
}

const NOW: &str = "2026-09-15T08:00:00.123456Z";
const MINUTE: SignedDuration = SignedDuration::from_mins(1);

pub(super) async fn opened(database: &Database) -> Store {
    Store::open(database.address()).await.unwrap()
}

pub(super) fn now() -> Timestamp {
    NOW.parse().unwrap()
}

/// Changes rows in a transaction of its own.
pub(crate) async fn in_one(store: &Store, change: impl AsyncFnOnce(&habeas::store::Tx) -> Result<(), StoreError>) {
    let tx = store.begin().await.unwrap();
    change(&tx).await.unwrap();
    tx.commit().await.unwrap();
}

pub(crate) fn case(id: &str) -> Case {
    Case {
        id: id.to_owned(),
        right: Right::Erasure,
        lang: Lang::Nl,
        definition: "sha".to_owned(),
        rev: 1,
        phase: Phase::Open,
        state: r#"{"stage":"receive"}"#.to_owned(),
        subject: "blind".to_owned(),
        tier: Some(Tier::SecondItem),
        received_at: now(),
        on_behalf: None,
        received_via: "portal".to_owned(),
        closed_at: None,
        strict_due_on: date(2026, 10, 15),
        due_on: date(2026, 10, 20),
        keep_until: None,
        case_key: Some(vec![1, 0, 255]),
        applicant: Some(vec![2]),
    }
}

async fn with_case(store: &Store, id: &str) {
    in_one(store, async |tx| case::insert(tx, &case(id)).await).await;
}

async fn a_case_comes_back_as_it_was_stored(store: Store) {
    with_case(&store, "HB-1").await;
    assert_eq!(case::get(&store, "HB-1").await.unwrap(), Some(case("HB-1")));
    assert_eq!(case::get(&store, "HB-2").await.unwrap(), None);
    let sooner = Case { strict_due_on: date(2026, 10, 1), rev: 1, ..case("HB-2") };
    in_one(&store, async |tx| case::insert(tx, &sooner).await).await;
    let ids = |cases: Vec<Case>| cases.into_iter().map(|case| case.id).collect::<Vec<_>>();
    assert_eq!(ids(case::list(&store, Some(Phase::Open), 10).await.unwrap()), ["HB-2", "HB-1"], "the soonest deadline first");
    assert_eq!(ids(case::list(&store, None, 1).await.unwrap()), ["HB-2"]);
    assert!(case::list(&store, Some(Phase::Refused), 10).await.unwrap().is_empty());
    assert_eq!(case::of_subject(&store, "blind").await.unwrap().len(), 2);
    assert!(case::of_subject(&store, "other").await.unwrap().is_empty());
    let twice = store.begin().await.unwrap();
    assert!(case::insert(&twice, &case("HB-1")).await.is_err());
}

async fn a_stale_case_is_not_saved(store: Store) {
    with_case(&store, "HB-1").await;
    let moved = Case { rev: 2, phase: Phase::Answered, closed_at: Some(now()), tier: None, ..case("HB-1") };
    in_one(&store, async |tx| case::save(tx, &moved).await).await;
    let tx = store.begin().await.unwrap();
    let stale = case::save(&tx, &Case { rev: 2, ..case("HB-1") }).await;
    assert!(matches!(stale, Err(StoreError::Raced { .. })), "{stale:?}");
    drop(tx);
    assert_eq!(case::get(&store, "HB-1").await.unwrap(), Some(moved));
}

async fn a_case_is_moved_by_one_at_a_time(store: Store) {
    with_case(&store, "HB-1").await;
    let moves = (0..12).map(async |_| -> Result<(), StoreError> {
        let tx = store.begin().await?;
        let mut case = case::lock(&tx, "HB-1").await?.unwrap();
        case.rev += 1;
        case::save(&tx, &case).await?;
        tx.commit().await
    });
    try_join_all(moves).await.unwrap();
    assert_eq!(case::get(&store, "HB-1").await.unwrap().unwrap().rev, 13);
}

async fn a_case_keeps_its_key_while_it_has_promises(store: Store) {
    let over = |id: &str| Case { keep_until: Some(date(2031, 9, 15)), phase: Phase::Answered, ..case(id) };
    let promise = deferral("HB-2", "shop", date(2031, 12, 31));
    in_one(&store, async |tx| {
        case::insert(tx, &over("HB-1")).await?;
        case::insert(tx, &over("HB-2")).await?;
        case::insert(tx, &case("HB-3")).await?;
        deferral::put(tx, &promise).await
    })
    .await;
    let due = |today| Due { today, kept: Some(&[]), among: None };
    assert!(case::expired(&store, due(date(2031, 9, 15)), 10).await.unwrap().is_empty(), "the last day is a day");
    assert_eq!(case::expired(&store, due(date(2031, 9, 16)), 10).await.unwrap(), ["HB-1"]);
    in_one(&store, async |tx| {
        let asked = ["HB-1", "HB-2", "HB-3"].map(str::to_owned);
        let shredded = shred::due(tx, Due { among: Some(&asked), ..due(date(2031, 9, 16)) }, now()).await?;
        assert_eq!(shredded, ["HB-1"], "asked again with the rows locked");
        deferral::mark(tx, &Deferral { done_at: Some(now()), ..promise.clone() }).await
    })
    .await;
    assert_eq!(case::expired(&store, due(date(2031, 9, 16)), 10).await.unwrap(), ["HB-2"]);
    let shredded = case::get(&store, "HB-1").await.unwrap().unwrap();
    assert_eq!((shredded.case_key, shredded.applicant, shredded.phase), (None, None, Phase::Answered));
}

async fn what_is_not_committed_never_was(store: Store) {
    let tx = store.begin().await.unwrap();
    case::insert(&tx, &case("HB-1")).await.unwrap();
    assert!(case::get(&tx, "HB-1").await.unwrap().is_some());
    drop(tx);
    assert!(case::get(&store, "HB-1").await.unwrap().is_none());
    with_case(&store, "HB-1").await;
}

async fn an_event_is_taken_once(store: Store) {
    with_case(&store, "HB-1").await;
    let event = |seq, id: &str| Event {
        case: "HB-1".to_owned(),
        seq,
        id: id.to_owned(),
        at: now(),
        actor: "subject".to_owned(),
        kind: "opened".to_owned(),
        body: "{}".to_owned(),
    };
    in_one(&store, async |tx| {
        event::append(tx, &event(1, "open:HB-1")).await?;
        event::append(tx, &event(2, "task:1")).await
    })
    .await;
    for again in [event(3, "task:1"), event(2, "task:2")] {
        let tx = store.begin().await.unwrap();
        assert!(event::append(&tx, &again).await.is_err(), "{again:?}");
    }
    assert!(event::is_known(&store, "task:1").await.unwrap() && !event::is_known(&store, "task:2").await.unwrap());
    assert_eq!(event::of_case(&store, "HB-1").await.unwrap(), [event(1, "open:HB-1"), event(2, "task:1")]);
}

pub(super) fn command(id: &str) -> Command {
    Command {
        id: id.to_owned(),
        case: None,
        step: Some("erase".to_owned()),
        branch: None,
        action: "system.erase".to_owned(),
        argument: "{}".to_owned(),
        idempotency_key: format!("key:{id}"),
        retry: Retry { times: 3, from_seconds: 60, to_seconds: 100, exponential: true },
        due_at: now(),
        fence: 0,
        attempt: 0,
        last_error: None,
        began: false,
    }
}

async fn four_workers_claim_each_command_once(store: Store) {
    in_one(&store, async |tx| {
        for number in 0..30 {
            command::insert(tx, &command(&number.to_string())).await?;
        }
        command::insert(tx, &Command { due_at: now() + MINUTE, ..command("later") }).await
    })
    .await;
    let workers = ["a", "b", "c", "d"].map(async |name| {
        let mut mine = Vec::new();
        while let Some(command) = command::claim(&store, name, now()).await.unwrap() {
            mine.push(command.id);
        }
        mine
    });
    let claimed: Vec<String> = join_all(workers).await.concat();
    assert_eq!(claimed.len(), 30, "no command twice, none left, none early");
    assert_eq!(claimed.iter().collect::<BTreeSet<_>>().len(), 30);
    assert_eq!(command::count_due(&store, now()).await.unwrap(), 30, "a lease is not an end");
    assert_eq!(command::claim(&store, "a", now() + MINUTE).await.unwrap().unwrap().id, "later");
}

async fn a_late_worker_changes_nothing(store: Store) {
    in_one(&store, async |tx| command::insert(tx, &command("1")).await).await;
    let slow = command::claim(&store, "slow", now()).await.unwrap().unwrap();
    assert_eq!((slow.fence, slow.attempt), (1, 1));
    assert!(command::claim(&store, "fast", now() + MINUTE).await.unwrap().is_none(), "leased");
    let fast = command::claim(&store, "fast", now() + MINUTE * 6).await.unwrap().unwrap();
    assert_eq!((fast.fence, fast.attempt), (2, 2));
    let tx = store.begin().await.unwrap();
    assert!(!command::finish(&tx, "1", slow.fence).await.unwrap());
    assert!(!command::postpone(&tx, "1", slow.fence, now(), "too late").await.unwrap());
    assert!(command::postpone(&tx, "1", fast.fence, now() + MINUTE * 10, "locked").await.unwrap());
    tx.commit().await.unwrap();
    assert!(command::claim(&store, "fast", now() + MINUTE * 9).await.unwrap().is_none());
    assert_eq!(command::next_due(&store).await.unwrap(), Some(now() + MINUTE * 10));
    let third = command::claim(&store, "fast", now() + MINUTE * 10).await.unwrap().unwrap();
    assert_eq!((third.attempt, third.last_error.as_deref(), third.retry), (3, Some("locked"), command("1").retry));
    let tx = store.begin().await.unwrap();
    assert!(command::finish(&tx, "1", third.fence).await.unwrap());
    assert!(!command::finish(&tx, "1", third.fence).await.unwrap(), "once");
    tx.commit().await.unwrap();
    assert_eq!(command::next_due(&store).await.unwrap(), None);
}

async fn the_same_effect_waits_once(store: Store) {
    let again = Command { idempotency_key: "key:1".to_owned(), argument: "other".to_owned(), ..command("2") };
    in_one(&store, async |tx| {
        command::insert(tx, &command("1")).await?;
        command::insert(tx, &again).await
    })
    .await;
    assert_eq!(command::claim(&store, "a", now()).await.unwrap().unwrap().argument, "{}");
    assert!(command::claim(&store, "a", now()).await.unwrap().is_none());
}

async fn commands_are_called_off_by_step_and_branch(store: Store) {
    let of = |id: &str, case: &str, step: &str, branch: Option<&str>| Command {
        case: Some(case.to_owned()),
        step: Some(step.to_owned()),
        branch: branch.map(str::to_owned),
        ..command(id)
    };
    in_one(&store, async |tx| {
        for command in [
            of("1", "HB-1", "erase", Some("shop")),
            of("2", "HB-1", "erase", Some("helpdesk")),
            of("3", "HB-1", "verify", Some("shop")),
            of("4", "HB-2", "erase", Some("shop")),
        ] {
            command::insert(tx, &command).await?;
        }
        command::cancel(tx, "HB-1", "erase", Some("shop")).await
    })
    .await;
    let left: Vec<_> = command::of_case(&store, "HB-1").await.unwrap().into_iter().map(|command| command.id).collect();
    assert_eq!(left.len(), 2);
    in_one(&store, async |tx| command::cancel(tx, "HB-1", "erase", None).await).await;
    assert_eq!(command::of_case(&store, "HB-1").await.unwrap()[0].id, "3");
    assert_eq!(command::of_case(&store, "HB-2").await.unwrap().len(), 1);
}

async fn timers_fire_in_their_order(store: Store) {
    with_case(&store, "HB-1").await;
    let timer = |step: &str, branch: Option<&str>, kind: &str, minutes: i32| Timer {
        case: "HB-1".to_owned(),
        step: step.to_owned(),
        branch: branch.map(str::to_owned),
        kind: kind.to_owned(),
        due_at: now() + MINUTE * minutes,
    };
    let (first, moved) = (timer("approve", None, "due", 5), timer("", None, "alarm-0", 3));
    in_one(&store, async |tx| {
        timer::set(tx, &timer("", None, "alarm-0", 20)).await?;
        timer::set(tx, &first).await?;
        timer::set(tx, &timer("erase-by-hand", Some("shop"), "due", 7)).await?;
        timer::set(tx, &timer("erase-by-hand", Some("helpdesk"), "due", 8)).await?;
        timer::set(tx, &moved).await
    })
    .await;
    assert_eq!(timer::next(&store).await.unwrap(), Some(moved.clone()), "one timer of a kind and place: set again, it moves");
    assert!(timer::due(&store, now() + MINUTE * 2, 10).await.unwrap().is_empty());
    assert_eq!(timer::due(&store, now() + MINUTE * 5, 10).await.unwrap(), [moved.clone(), first.clone()]);
    let tx = store.begin().await.unwrap();
    assert!(timer::clear(&tx, &moved).await.unwrap());
    assert!(!timer::clear(&tx, &moved).await.unwrap(), "it fires once");
    timer::clear_step(&tx, "HB-1", Some("erase-by-hand"), Some("shop")).await.unwrap();
    tx.commit().await.unwrap();
    let left: Vec<_> = timer::of_case(&store, "HB-1").await.unwrap().into_iter().map(|timer| (timer.step, timer.branch)).collect();
    assert_eq!(left, [("approve".to_owned(), None), ("erase-by-hand".to_owned(), Some("helpdesk".to_owned()))]);
    in_one(&store, async |tx| timer::clear_step(tx, "HB-1", None, None).await).await;
    assert_eq!(timer::next(&store).await.unwrap(), None);
}

async fn tasks_are_closed_by_step_and_branch(store: Store) {
    with_case(&store, "HB-1").await;
    let task = |id: &str, branch: &str, minutes: i32| Task {
        id: id.to_owned(),
        case: "HB-1".to_owned(),
        step: "erase-by-hand".to_owned(),
        branch: Some(branch.to_owned()),
        form: "erasure-proof".to_owned(),
        roles: vec!["system-owner".to_owned()],
        not_by: vec!["staff/kari".to_owned()],
        shows: vec!["plan".to_owned()],
        opened_at: now() + MINUTE * minutes,
        due_at: Some(now() + MINUTE * (10 - minutes)),
        closed: None,
    };
    let closed = Closed {
        at: now() + MINUTE,
        outcome: Some("submitted".to_owned()),
        by: Some("staff/ola".to_owned()),
        answer: Some(vec![0, 159, 146, 150]),
    };
    in_one(&store, async |tx| {
        task::insert(tx, &task("1", "shop", 0)).await?;
        task::insert(tx, &task("2", "helpdesk", 1)).await?;
        task::close(tx, "HB-1", "erase-by-hand", Some("shop"), &closed).await?;
        task::widen(tx, "HB-1", "erase-by-hand", Some("helpdesk"), "dpo").await?;
        task::widen(tx, "HB-1", "erase-by-hand", Some("helpdesk"), "dpo").await
    })
    .await;
    assert_eq!(task::get(&store, "1").await.unwrap(), Some(Task { closed: Some(closed.clone()), ..task("1", "shop", 0) }));
    let open = task::open(&store).await.unwrap();
    assert_eq!(
        (open.len(), open[0].id.as_str(), open[0].roles.as_slice()),
        (1, "2", ["system-owner".to_owned(), "dpo".to_owned()].as_slice())
    );
    let late = Closed { by: Some("staff/bo".to_owned()), ..closed.clone() };
    in_one(&store, async |tx| task::close(tx, "HB-1", "erase-by-hand", None, &late).await).await;
    let by: Vec<_> = task::of_case(&store, "HB-1").await.unwrap().into_iter().map(|task| task.closed.unwrap().by.unwrap()).collect();
    assert_eq!(by, ["staff/ola", "staff/bo"], "what is closed stays as it was");
}

async fn incidents_are_closed_where_they_happened(store: Store) {
    with_case(&store, "HB-1").await;
    let incident = |id: &str, step: &str| Incident {
        id: id.to_owned(),
        case: "HB-1".to_owned(),
        step: step.to_owned(),
        branch: None,
        trouble: if step.is_empty() { Trouble::Alarm } else { Trouble::Step },
        cause: "somebody else has locked the database".to_owned(),
        attempts: 3,
        opened_at: now(),
        closed: None,
        answer: None,
    };
    in_one(&store, async |tx| {
        incident::insert(tx, &incident("1", "package")).await?;
        incident::insert(tx, &incident("2", "")).await?;
        incident::close(tx, "HB-1", "package", None, now(), "staff/kari", "retry").await
    })
    .await;
    assert_eq!(incident::open(&store).await.unwrap(), [incident("2", "")]);
    let closed = Some((now(), "staff/kari".to_owned(), "retry".to_owned()));
    assert!(incident::of_case(&store, "HB-1").await.unwrap().contains(&Incident { closed, ..incident("1", "package") }));
}

async fn sessions_end(store: Store) {
    let session = |id: &str, person: Option<&str>| Session {
        id: id.to_owned(),
        face: "desk".to_owned(),
        person: person.map(str::to_owned),
        csrf: "token".to_owned(),
        begun_at: now(),
        seen_at: now(),
        ends_at: now() + MINUTE * 30,
        sealed: vec![0, 1, 2],
    };
    let used = Session { seen_at: now() + MINUTE, ends_at: now() + MINUTE * 31, ..session("1", Some("kari")) };
    in_one(&store, async |tx| {
        session::insert(tx, &session("1", Some("kari"))).await?;
        session::insert(tx, &session("2", None)).await?;
        session::insert(tx, &session("3", Some("kari"))).await?;
        session::save(tx, &used).await
    })
    .await;
    assert_eq!(session::get(&store, "1", now() + MINUTE * 30).await.unwrap(), Some(used));
    assert_eq!(session::get(&store, "2", now() + MINUTE * 30).await.unwrap(), None, "it ends at its end");
    in_one(&store, async |tx| session::delete_of(tx, "kari").await).await;
    assert_eq!(session::get(&store, "1", now()).await.unwrap(), None);
    assert!(session::get(&store, "2", now()).await.unwrap().is_some());
    in_one(&store, async |tx| session::sweep(tx, now() + MINUTE * 30).await).await;
    assert_eq!(session::get(&store, "2", now()).await.unwrap(), None, "and is gone when swept");
}

async fn codes_are_counted_by_mailbox(store: Store) {
    let code = |session: &str, minutes: i32| Code {
        session: session.to_owned(),
        sent_at: now() + MINUTE * minutes,
        mailbox: "blind".to_owned(),
        hash: format!("hash{minutes}"),
        link: Some(format!("link{minutes}")),
        ends_at: now() + MINUTE * (minutes + 10),
        attempts: 0,
        used_at: None,
    };
    let tried = Code { attempts: 2, used_at: Some(now() + MINUTE * 6), ..code("1", 5) };
    in_one(&store, async |tx| {
        session::insert_code(tx, &code("1", 0)).await?;
        session::insert_code(tx, &code("1", 5)).await?;
        session::insert_code(tx, &code("2", 7)).await?;
        session::save_code(tx, &tried).await?;
        session::save_code(tx, &Code { attempts: 1, ..code("2", 7) }).await
    })
    .await;
    assert_eq!(session::latest_code(&store, "1", "blind").await.unwrap(), Some(tried));
    assert_eq!(session::latest_code(&store, "3", "blind").await.unwrap(), None);
    assert_eq!(session::codes_since(&store, "blind", now()).await.unwrap(), 2);
    assert_eq!(session::tries_since(&store, "blind", now() - MINUTE).await.unwrap(), 3);
    assert_eq!(session::tries_since(&store, "other", now() - MINUTE).await.unwrap(), 0);
    in_one(&store, async |tx| session::sweep(tx, now() + SignedDuration::from_hours(25)).await).await;
    assert_eq!(session::latest_code(&store, "1", "blind").await.unwrap(), None);
}

async fn a_sign_in_code_is_used_once(store: Store) {
    let kari = Person {
        id: "kari".to_owned(),
        email: Personal::new("kari@visumexpress.example".to_owned()),
        name: Personal::new("Kari".to_owned()),
        password: Personal::new("$argon2id$".to_owned()),
        roles: vec!["dpo".to_owned()],
        systems: Vec::new(),
        failures: 0,
        locked_until: None,
        added_at: now(),
        disabled_at: None,
    };
    in_one(&store, async |tx| person::insert(tx, &kari).await).await;
    assert_eq!(person::by_email(&store, "kari@visumexpress.example").await.unwrap(), Some(kari));
    let tx = store.begin().await.unwrap();
    person::note_failure(&tx, "kari", 5, Some(now() + MINUTE)).await.unwrap();
    assert_eq!(person::get(&tx, "kari").await.unwrap().unwrap().locked_until, Some(now() + MINUTE));
    let totp = |id: &str, holder: &str| Credential {
        id: id.to_owned(),
        holder: holder.to_owned(),
        kind: Kind::Totp,
        label: "phone".to_owned(),
        sealed: vec![7; 40],
        step: 0,
        added_at: now(),
        used_at: None,
    };
    credential::insert(&tx, &totp("1", "kari")).await.unwrap();
    credential::insert(&tx, &totp("2", "per")).await.unwrap();
    assert!(credential::use_step(&tx, "1", 59_000_000_000, now()).await.unwrap(), "steps outgrow 32 bits");
    assert!(!credential::use_step(&tx, "1", 59_000_000_000, now()).await.unwrap());
    assert!(!credential::use_step(&tx, "1", 58_999_999_999, now()).await.unwrap(), "nor an earlier one");
    let used = Credential { step: 59_000_000_000, used_at: Some(now()), ..totp("1", "kari") };
    assert_eq!(credential::of_holder(&tx, "kari").await.unwrap(), [used]);
    assert!(!credential::delete(&tx, "kari", "2").await.unwrap(), "it is somebody else's");
    assert!(credential::delete(&tx, "per", "2").await.unwrap() && !credential::delete(&tx, "per", "2").await.unwrap(), "once");
    person::forget_failures(&tx, "kari").await.unwrap();
    let now_in = person::get(&tx, "kari").await.unwrap().unwrap();
    assert_eq!((now_in.failures, now_in.locked_until), (0, None));
    person::disable(&tx, "kari", now()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(person::all(&store).await.unwrap()[0].disabled_at, Some(now()));
}

async fn the_log_grows_without_gaps(store: Store) {
    let writers = (0..4).map(async |writer| {
        for number in 0..10 {
            let tx = store.begin().await.unwrap();
            let head = leaf::lock_head(&tx).await.unwrap();
            let bytes = format!("leaf {writer} {number}").into_bytes();
            let mut frontier = restored(&head);
            frontier.push(leaf_hash(&bytes));
            let words = Words::Open("{}".to_owned());
            let leaf = StoredLeaf { position: head.size, at: now(), case: None, kind: "noted".to_owned(), words, leaf: bytes };
            leaf::append(&tx, &[leaf], &saved(&frontier)).await.unwrap();
            // One in five is called off: it leaves no gap.
            if number % 5 != 4 {
                tx.commit().await.unwrap();
            }
        }
    });
    join_all(writers).await;
    let leaves = leaf::page(&store, 0, 100).await.unwrap();
    assert_eq!(leaves.iter().map(|leaf| leaf.position).collect::<Vec<_>>(), (0..32).collect::<Vec<_>>());
    let whole: Frontier = leaf::all_bytes(&store).await.unwrap().iter().map(|leaf| leaf_hash(leaf)).collect();
    assert_eq!(leaf::head(&store).await.unwrap(), saved(&whole), "the edge that was carried along is the edge of the whole tree");
    let tx = store.begin().await.unwrap();
    let forged = leaf::append(&tx, &[StoredLeaf { position: 31, ..leaves[0].clone() }], &saved(&whole)).await;
    assert!(forged.is_err(), "no entry is written over");
    drop(tx);
    in_one(&store, async |tx| {
        leaf::put_checkpoint(tx, 9, now(), "nine").await?;
        leaf::put_checkpoint(tx, 32, now(), "thirty-two").await?;
        leaf::put_checkpoint(tx, 32, now(), "again").await
    })
    .await;
    assert_eq!(leaf::latest_checkpoint(&store).await.unwrap(), Some((32, "thirty-two".to_owned())));
}

fn restored(head: &Head) -> Frontier {
    let peaks = head.frontier.chunks_exact(32).map(|peak| Hash::from_bytes(peak.try_into().unwrap())).collect();
    Frontier::restore(head.size, peaks).unwrap()
}

fn saved(frontier: &Frontier) -> Head {
    Head { size: frontier.size(), frontier: frontier.peaks().iter().flat_map(|peak| *peak.as_bytes()).collect() }
}

async fn a_plan_is_approved_once(store: Store) {
    with_case(&store, "HB-1").await;
    let plan = |hash: &str, minutes: i32| StoredPlan {
        case: "HB-1".to_owned(),
        hash: hash.to_owned(),
        frozen_at: now() + MINUTE * minutes,
        approved: None,
        sealed: Some(vec![9]),
    };
    in_one(&store, async |tx| {
        plan::put(tx, &plan("aa", 0)).await?;
        plan::put(tx, &plan("bb", 1)).await?;
        plan::approve(tx, "HB-1", "bb", "staff/per", now()).await
    })
    .await;
    let latest = plan::latest(&store, "HB-1").await.unwrap().unwrap();
    assert_eq!((latest.hash.as_str(), latest.approved), ("bb", Some(("staff/per".to_owned(), now()))));
    let tx = store.begin().await.unwrap();
    for hash in ["bb", "cc"] {
        assert!(matches!(plan::approve(&tx, "HB-1", hash, "staff/ida", now()).await, Err(StoreError::Raced { .. })), "{hash}");
    }
    drop(tx);
    in_one(&store, async |tx| plan::put(tx, &plan("bb", 2)).await).await;
    assert_eq!(plan::get(&store, "HB-1", "bb").await.unwrap().unwrap().approved, None, "frozen anew, nobody has approved it");
}

fn deferral(case: &str, system: &str, due_on: jiff::civil::Date) -> Deferral {
    Deferral { case: case.to_owned(), plan: "aa".to_owned(), system: system.to_owned(), due_on, items: 3, done_at: None, waits_for: None }
}

async fn a_deferral_is_looked_at_once_a_day(store: Store) {
    with_case(&store, "HB-1").await;
    let (early, late) = (deferral("HB-1", "shop", date(2029, 8, 27)), deferral("HB-1", "accounting", date(2032, 1, 1)));
    in_one(&store, async |tx| {
        deferral::put(tx, &late).await?;
        deferral::put(tx, &early).await?;
        deferral::put(tx, &Deferral { items: 9, ..early.clone() }).await
    })
    .await;
    assert_eq!(deferral::of_case(&store, "HB-1").await.unwrap(), [early.clone(), late.clone()], "the same promise is one promise");
    assert_eq!(deferral::next(&store).await.unwrap(), Some(early.due_on));
    assert!(deferral::due(&store, date(2029, 8, 26), 10).await.unwrap().is_empty());
    let tx = store.begin().await.unwrap();
    assert!(deferral::look(&tx, &early, date(2029, 8, 27)).await.unwrap());
    assert!(!deferral::look(&tx, &early, date(2029, 8, 27)).await.unwrap());
    tx.commit().await.unwrap();
    assert!(deferral::due(&store, date(2029, 8, 27), 10).await.unwrap().is_empty());
    assert_eq!(deferral::due(&store, date(2029, 8, 28), 10).await.unwrap(), std::slice::from_ref(&early), "tomorrow it is looked at again");
    let done = Deferral { done_at: Some(now()), ..early };
    in_one(&store, async |tx| deferral::mark(tx, &done).await).await;
    assert!(deferral::due(&store, date(2029, 8, 28), 10).await.unwrap().is_empty());
    assert_eq!(deferral::next(&store).await.unwrap(), Some(late.due_on));
    let tx = store.begin().await.unwrap();
    assert!(!deferral::look(&tx, &done, date(2029, 8, 29)).await.unwrap(), "what is done is done");
}

async fn findings_are_replaced_and_forgotten(store: Store) {
    with_case(&store, "HB-1").await;
    let finding = |records: u64| Finding {
        case: "HB-1".to_owned(),
        system: "shop".to_owned(),
        outcome: "found".to_owned(),
        records,
        found_at: now(),
        problem: None,
        sealed: Some(vec![4; 5000]),
        parts: None,
    };
    in_one(&store, async |tx| {
        finding::put(tx, &finding(3)).await?;
        finding::put(tx, &finding(7)).await
    })
    .await;
    assert_eq!(finding::of_case(&store, "HB-1").await.unwrap(), [finding(7)]);
    in_one(&store, async |tx| finding::forget(tx, "HB-1").await).await;
    assert_eq!(finding::of_case(&store, "HB-1").await.unwrap(), [Finding { sealed: None, ..finding(7) }], "how much it was is remembered");
}

async fn holds_come_back_whole(store: Store) {
    let stored = StoredHold {
        hold: Hold {
            id: "H-1".to_owned(),
            scope: Scope {
                subject: Some("blind".to_owned()),
                case: None,
                systems: vec!["shop".to_owned()],
                collections: vec!["shop.orders".to_owned()],
                ..Scope::default()
            },
            basis: Basis::AuthorityOrder,
            matter: "25-112233TVI-TOSL".to_owned(),
            owner: "staff/ida".to_owned(),
            opened_on: date(2026, 9, 15),
            review_on: date(2027, 3, 15),
            released_on: None,
        },
        placed_by: "staff/ida".to_owned(),
        release_asked_by: None,
        remind_on: Some(date(2027, 3, 1)),
    };
    in_one(&store, async |tx| hold::insert(tx, &stored).await).await;
    assert_eq!(hold::all(&store).await.unwrap(), [stored]);
    in_one(&store, async |tx| {
        hold::ask_release(tx, "H-1", "staff/per").await?;
        hold::release(tx, "H-1", date(2026, 10, 1)).await
    })
    .await;
    let released = hold::get(&store, "H-1").await.unwrap().unwrap();
    assert_eq!((released.release_asked_by.as_deref(), released.hold.released_on), (Some("staff/per"), Some(date(2026, 10, 1))));
}

async fn letters_and_packages_are_kept(store: Store) {
    with_case(&store, "HB-1").await;
    let letter = |id: &str, case: Option<&str>| StoredLetter {
        id: id.to_owned(),
        case: case.map(str::to_owned),
        kind: "receipt".to_owned(),
        lang: Lang::En,
        written_at: now(),
        sent_at: None,
        sealed: Some(vec![1, 2, 3]),
    };
    let package = |kind: &str, size: u64, expires_at| Package {
        case: "HB-1".to_owned(),
        kind: kind.to_owned(),
        file: format!("{kind}.zip"),
        size,
        sha256: "ab".to_owned(),
        made_at: now(),
        expires_at,
        fetched_at: None,
    };
    let newer = package("subject", 5_000_000_000, Some(now() + MINUTE));
    in_one(&store, async |tx| {
        letter::insert(tx, &letter("1", Some("HB-1"))).await?;
        letter::insert(tx, &letter("2", None)).await?;
        letter::mark_sent(tx, "1", now()).await?;
        package::put(tx, &package("subject", 1, None)).await?;
        package::put(tx, &package("authority", 2, None)).await?;
        package::put(tx, &newer).await
    })
    .await;
    assert_eq!(letter::of_case(&store, "HB-1").await.unwrap(), [StoredLetter { sent_at: Some(now()), ..letter("1", Some("HB-1")) }]);
    assert_eq!(letter::get(&store, "2").await.unwrap(), Some(letter("2", None)));
    assert_eq!(package::get(&store, "HB-1", "subject").await.unwrap(), Some(newer.clone()));
    assert!(package::expired(&store, now(), 10).await.unwrap().is_empty());
    assert_eq!(package::expired(&store, now() + MINUTE, 10).await.unwrap(), [newer]);
    in_one(&store, async |tx| package::delete(tx, "HB-1", "subject").await).await;
    assert_eq!(package::get(&store, "HB-1", "subject").await.unwrap(), None);
    assert!(package::get(&store, "HB-1", "authority").await.unwrap().is_some());
}

async fn nothing_about_a_person_is_readable_in_the_rows(house: TestHouse) {
    let solveig = house.solveig();
    let case = solveig.asks(Right::Erasure).await;
    house.staff("kari").writing("reason", "Hun ringte fra Hvitveisbakken.").does(&case, "assess", "go-on").await;
    case.shows_a_document().await;
    house.staff("ida").writing("reason", "Viste passet på video.").does(&case, "check-identity-strong", "accepted").await;
    assert!(case.findings().await.iter().any(|finding| finding.sealed.is_some()), "there is something to find");
    let bytes = house.own_bytes().await;
    assert!(bytes.contains(&case.reference) && bytes.contains("case-opened"), "the look goes into the rows");
    for personal in
        [&*solveig.email, &solveig.customer_number, &solveig.order_number, "Solveig", "XTB00002", "Hvitveisbakken", "passet på video"]
    {
        let hex = data_encoding::HEXLOWER.encode(personal.as_bytes());
        assert!(!bytes.contains(&latin(personal.as_bytes())) && !bytes.contains(&hex), "{personal}");
    }
}

async fn one_house_after_the_other_keeps_what_was_there(house: TestHouse) {
    let case = house.kari().asks(Right::Erasure).await;
    let before = definition::all(&house.store).await.unwrap().len();
    let again = house.opened_again().await;
    house.staff("kari").does(&case, "assess", "go-on").await;
    again.worker.settle().await.unwrap();
    assert_eq!(case.waits_at().await, ["propose"], "the second house goes on where the first was");
    assert_eq!(definition::all(&house.store).await.unwrap().len(), before, "a definition is stored once");
}
