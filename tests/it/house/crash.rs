//! The worker dies: before an effect, after it and before its report, or beside three others. The story ends the same.

use std::collections::BTreeMap;

use futures_util::future::join_all;
use habeas::{
    store::{command, leaf},
    worker::Tick,
};
use habeas_core::law::right::Right;
use jiff::{SignedDuration, civil::date};

use super::{
    database::{Database, on_every_store},
    people::CaseHandle,
    test_house::TestHouse,
};

on_every_store! {
    a_worker_dies_before_every_effect,
    a_worker_dies_after_every_effect,
    four_workers_do_everything_once,
    an_idle_house_writes_nothing,
}

/// Longer than a lease: whoever held it is dead.
pub(crate) const LEASE_OVER: SignedDuration = SignedDuration::from_secs(301);

/// What must not depend on how often somebody died.
#[derive(Debug, PartialEq)]
pub(super) struct End {
    phase: &'static str,
    mails: BTreeMap<(String, String), usize>,
    pub(super) facts: BTreeMap<String, usize>,
    deferrals: Vec<(String, jiff::civil::Date, u64, bool)>,
    world: Vec<String>,
}

impl End {
    pub(super) async fn of(case: &CaseHandle<'_>) -> Self {
        let (mut mails, mut facts) = (BTreeMap::new(), BTreeMap::new());
        for mail in case.house.mails().into_iter().filter(|mail| mail.text.contains(&case.reference)) {
            *mails.entry((mail.to, mail.subject.replace(&case.reference, "HB"))).or_default() += 1;
        }
        // What the log says about a case that was shredded cannot be read any more; what happened can.
        for kind in leaf::kinds_of_case(&case.house.store, &case.reference).await.unwrap() {
            *facts.entry(kind).or_default() += 1;
        }
        let deferrals = case.deferrals().await.into_iter();
        Self {
            phase: case.phase().await,
            mails,
            facts,
            deferrals: deferrals.map(|it| (it.system, it.due_on, it.items, it.done_at.is_some())).collect(),
            world: case.house.systems.rows().await,
        }
    }
}

/// The longest story there is, with `work` instead of a worker that lives.
pub(super) async fn told<'h>(house: &'h TestHouse, work: impl AsyncFn(&TestHouse)) -> CaseHandle<'h> {
    let solveig = house.solveig();
    let case = solveig.sends(&solveig.signs_in().await, Right::Erasure).await;
    work(house).await;
    for (who, step, outcome) in [
        ("kari", "assess", "go-on"),
        ("ida", "check-identity-strong", "accepted"),
        ("kari", "propose", "partly"),
        ("per", "approve", "approved"),
    ] {
        if step == "check-identity-strong" {
            case.wants_a_look().await;
            work(house).await;
        }
        house.staff(who).hands_in(&case, step, outcome).await.unwrap();
        work(house).await;
    }
    house.house.door.clock().advance(SignedDuration::from_hours(73)).unwrap();
    work(house).await;
    for task in case.waits_at().await {
        house.staff("kari").hands_in(&case, &task, "told").await.unwrap();
        work(house).await;
    }
    for day in [date(2029, 8, 27), date(2030, 7, 1), date(2032, 1, 1)] {
        let morning = day.at(8, 0, 0, 0).in_tz("Europe/Oslo").unwrap().timestamp();
        house.house.door.clock().advance(morning.duration_since(house.now())).unwrap();
        work(house).await;
    }
    case
}

/// How the story ends when nobody dies.
pub(super) async fn calm() -> End {
    let database = Database::sqlite();
    let house = TestHouse::open(&database).await;
    End::of(&told(&house, async |house| house.work().await).await).await
}

async fn a_worker_dies_before_every_effect(house: TestHouse) {
    let dying = async |house: &TestHouse| {
        loop {
            while command::claim(&house.store, "dead", house.now()).await.unwrap().is_some() {}
            house.house.door.clock().advance(LEASE_OVER).unwrap();
            if house.house.worker.tick().await.unwrap() == Tick::Idle {
                return house.work().await;
            }
        }
    };
    let case = told(&house, dying).await;
    assert_eq!(End::of(&case).await, calm().await);
}

async fn a_worker_dies_after_every_effect(house: TestHouse) {
    let dying = async |house: &TestHouse| {
        loop {
            house.break_log().await;
            let died = house.house.worker.tick().await;
            house.mend_log().await;
            match died {
                Ok(Tick::Idle) => return house.work().await,
                Ok(Tick::Worked) => panic!("something was done that the log does not know"),
                Err(_) => {}
            }
            house.house.door.clock().advance(LEASE_OVER).unwrap();
            house.house.worker.tick().await.unwrap();
        }
    };
    let case = told(&house, dying).await;
    assert_eq!(End::of(&case).await, calm().await);
}

async fn four_workers_do_everything_once(house: TestHouse) {
    let four = async |house: &TestHouse| {
        let workers = [0; 4].map(|_| house.house.worker.settle());
        join_all(workers).await.into_iter().for_each(|done| assert!(done.is_ok(), "{done:?}"));
        house.work().await;
    };
    let case = told(&house, four).await;
    assert_eq!(End::of(&case).await, calm().await);
}

async fn an_idle_house_writes_nothing(house: TestHouse) {
    house.settle().await;
    let size = house.log_size().await;
    for _ in 0..3 {
        house.advance(SignedDuration::from_mins(1)).await;
    }
    assert_eq!(house.log_size().await, size);
}
