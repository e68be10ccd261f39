//! `kill -9` at every place that has a name, in the real program: started again, it comes to the same end.

use std::{path::Path, process::Command};

use habeas_core::law::right::Right;
use tokio::sync::Mutex;

use super::{
    crash::{End, LEASE_OVER, calm, told},
    database::{Database, on_every_store},
    test_house::TestHouse,
};

on_every_store! { killed_at_every_place_the_program_comes_to_the_same_end }

/// Where it dies, each once, at the first time it comes there.
const PLACES: [&str; 21] = [
    "after-claim:letter.send",
    "after-claim:system.erase",
    "after-claim:mail.deliver",
    "before-call:identity.match",
    "before-call:system.erase",
    "after-call:system.locate",
    "after-call:erasure.plan",
    "after-call:system.erase",
    "after-call:system.verify-erased",
    "after-call:mail.deliver",
    "after-call:bundle.write",
    "after-call:erase.deferred",
    "before-report:system.erase",
    "before-report:recipient.notify",
    "before-commit:ReportEffect",
    "before-commit:FireTimer",
    "before-commit:StartDeferral",
    "after-commit:ReportEffect",
    "after-commit:FireTimer",
    "before-fire:due",
    "after-commit:StartDeferral",
];

/// One `habeas work --until-idle`; the place it died at, if it did.
pub(super) fn work(folder: &Path, postgres: Option<&str>, places: &[String]) -> Option<String> {
    let mut program = Command::new(env!("CARGO_BIN_EXE_habeas"));
    program.args(["work", "--until-idle", "--house"]).arg(folder).env("HABEAS_CRASH_AT", places.join(","));
    match postgres {
        Some(url) => program.env("DATABASE_URL", url),
        None => program.env_remove("DATABASE_URL"),
    };
    let out = program.output().unwrap();
    let words = String::from_utf8_lossy(&out.stderr).into_owned();
    let died = words.lines().find_map(|line| line.strip_prefix("died at ")).map(str::to_owned);
    assert_eq!(died.is_none(), out.status.success(), "{words}");
    died
}

/// One run of the program; whether it died at a place. Where it did not, it did what it was asked.
pub(super) fn killed(folder: &Path, postgres: Option<&str>, arguments: &[&str], place: &str) -> bool {
    let mut program = Command::new(env!("CARGO_BIN_EXE_habeas"));
    program.args(arguments).arg("--house").arg(folder).env("HABEAS_CRASH_AT", place);
    match postgres {
        Some(url) => program.env("DATABASE_URL", url),
        None => program.env_remove("DATABASE_URL"),
    };
    let out = program.output().unwrap();
    let words = String::from_utf8_lossy(&out.stderr).into_owned();
    let died = words.contains(&format!("died at {place}"));
    assert_eq!(died, !out.status.success(), "{words}");
    died
}

async fn killed_at_every_place_the_program_comes_to_the_same_end(house: TestHouse) {
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
    let kari = house.kari();
    let access = kari.sends(&kari.signs_in().await, Right::Access).await;
    killed(&house).await;
    assert_eq!(access.phase().await, "answered");
    assert_eq!(access.letters().await, ["receipt", "access-ready"], "each letter once");

    let erasure = told(&house, &killed).await;
    let mut end = End::of(&erasure).await;
    // The program also does its upkeep, and by then the case's own time is up.
    end.facts.remove("case-shredded");
    assert_eq!(end, calm().await);
    assert_eq!(*left.lock().await, Vec::<String>::new(), "places where it never came");
    for case in [&access, &erasure] {
        assert_eq!(house.house.door.prove(&case.reference).await.unwrap().problems, Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_place_with_no_name_kills_nobody() {
    let database = Database::sqlite();
    let house = TestHouse::open(&database).await;
    std::fs::write(house.folder().join("Rocket.toml"), "[default.habeas]\ndemo = true\n").unwrap();
    assert_eq!(work(house.folder(), None, &["after-claim:nothing".to_owned()]), None);
}
