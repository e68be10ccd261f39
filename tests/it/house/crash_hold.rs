//! `kill -9` while what a released hold kept is erased in several systems, in the real program: started again, it comes to the same end.

use habeas::action::release_hold::ReleaseHold;
use habeas_core::law::right::Right;
use jiff::SignedDuration;
use tokio::sync::Mutex;

use super::{
    crash::{End, LEASE_OVER},
    crash_points::work,
    database::{Database, on_every_store},
    people::CaseHandle,
    test_house::TestHouse,
};

on_every_store! { killed_after_a_release_it_comes_to_the_same_end }

/// Where it dies, each once, at the first time it comes there.
const PLACES: [&str; 8] = [
    "before-commit:StartDeferral",
    "after-commit:StartDeferral",
    "after-claim:erase.deferred",
    "before-call:erase.deferred",
    "after-call:erase.deferred",
    "before-report:erase.deferred",
    "before-commit:ReportEffect",
    "after-commit:ReportEffect",
];

async fn killed_after_a_release_it_comes_to_the_same_end(house: TestHouse) {
    let database = Database::sqlite();
    let calm = TestHouse::open(&database).await;
    let calm = End::of(&released(&calm, async |house| house.work().await).await).await;

    std::fs::write(house.folder().join("Rocket.toml"), format!("[default.habeas]\ndemo = true\nurl = \"{}\"\n", house.config().url))
        .unwrap();
    let left = Mutex::new(PLACES.map(str::to_owned).to_vec());
    let killed = async |house: &TestHouse| {
        let mut left = left.lock().await;
        while let Some(died) = work(house.folder(), house.config().database.as_deref(), &left) {
            left.retain(|place| *place != died);
            house.house.door.clock().advance(LEASE_OVER).unwrap();
        }
        house.work().await;
    };
    let case = released(&house, killed).await;
    assert_eq!(End::of(&case).await, calm);
    assert_eq!(*left.lock().await, Vec::<String>::new(), "places where it never came");
}

/// Everything of one person is held before the plan is made, the case is answered, and then the hold is released.
async fn released<'h>(house: &'h TestHouse, work: impl AsyncFn(&TestHouse)) -> CaseHandle<'h> {
    let case = house.solveig().asks(Right::Erasure).await;
    let hold = house.place_hold("ida", &case.reference).await;
    for (who, step, outcome) in [("kari", "assess", "go-on"), ("ida", "check-identity-strong", "accepted"), ("kari", "propose", "partly")] {
        if step == "check-identity-strong" {
            case.shows_a_document().await;
        }
        house.staff(who).does(&case, step, outcome).await;
    }
    house.staff("per").approves(&case).await;
    house.advance(SignedDuration::from_hours(73)).await;
    assert!(case.deferrals().await.len() >= 3, "in three systems");
    for who in ["per", "ida"] {
        house.run(&house.staff(who).actor().await, ReleaseHold { id: hold.clone() }).await.unwrap();
    }
    work(house).await;
    case
}
