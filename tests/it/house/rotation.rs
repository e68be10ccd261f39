//! A new house key while the house goes on: nothing is lost wherever it is cut off, and nothing is left under the old one.

use std::{
    collections::BTreeSet,
    process::{Command, Stdio},
    time::Duration,
};

use habeas::{
    action::{
        open_case::OpenCase,
        session::{Memory, Visit},
    },
    keys::{KeyFolder, KeyProvider as _},
    store::{case, key, sealed},
};
use habeas_core::law::{ask::Asked, lang::Lang, personal::Personal, right::Right};

use super::{crash_points::killed, database::on_every_store, test_house::TestHouse};

on_every_store! {
    every_column_of_bytes_is_accounted_for,
    everything_is_under_the_new_key_and_the_old_one_is_gone,
    killed_in_the_middle_it_goes_on_and_loses_nothing,
}

/// No grace for changes under way: the stories have none, but for the one that is about them.
const AT_ONCE: Duration = Duration::ZERO;

/// What columns of bytes hold. Whoever adds one says here whose key it is sealed under, and there where that key is replaced or destroyed:
/// `store/key/house.rs` for the house's, `store/shred.rs` for a case's.
const UNDER_THE_HOUSE: [&str; 8] = [
    "breaker_stop.agreed_sealed",
    "breaker_stop.asked_sealed",
    "case_key.wrapped",
    "credential.sealed",
    "gate_entry.sealed",
    "hold_review.sealed",
    "letter.sealed",
    "session.sealed",
];
const UNDER_A_CASE: [&str; 14] = [
    "cases.applicant",
    "finding.sealed",
    "finding_part.sealed",
    "gate_use.sealed",
    "held_rest.sealed",
    "incident.answer",
    "leaf.sealed",
    "message.sealed",
    "message_file.named",
    "message_file.sealed",
    "notice.sealed",
    "plan.sealed",
    "statement.sealed",
    "task.answer",
];
const NOT_SEALED: [&str; 2] = ["leaf.leaf", "log_head.frontier"];

async fn every_column_of_bytes_is_accounted_for(house: TestHouse) {
    let known: BTreeSet<&str> = UNDER_THE_HOUSE.iter().chain(&UNDER_A_CASE).chain(&NOT_SEALED).copied().collect();
    let all = house.columns_of_bytes().await;
    assert_eq!(all.iter().map(String::as_str).collect::<BTreeSet<_>>(), known);
}

fn house_keys(house: &TestHouse) -> Vec<String> {
    let names = std::fs::read_dir(house.folder().join("keys")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with("house")).collect::<BTreeSet<_>>().into_iter().collect()
}

async fn everything_is_under_the_new_key_and_the_old_one_is_gone(house: TestHouse) {
    let other = house.opened_again().await;
    let solveig = house.solveig();
    let case = solveig.asks(Right::Erasure).await;
    let hold = house.place_hold("ida", &case.reference).await;
    let put_off = habeas::action::review_hold::PutOffReview {
        id: hold,
        review_on: house.today().saturating_add(jiff::ToSpan::months(5)),
        reason: "the court has not decided yet".to_owned(),
    };
    house.run(&house.staff("ida").actor().await, put_off).await.unwrap();
    house.kari().asks(Right::Access).await;
    let before = house.keys.inventory().unwrap();
    let session = house.house.door.begin_session(Memory::Portal(Visit::default()), None).await.unwrap();
    let masks = format!("{:?}", house.house.look.keys().await.unwrap());
    assert!(masks.contains("house.key") && !masks.contains("house-2.key"));

    let rotated = house.house.worker.rotate(AT_ONCE).await.unwrap();
    assert_eq!((rotated.key.name.as_str(), rotated.cases), ("house-2.key", 2), "{rotated:?}");
    assert!(rotated.others >= 7, "authenticators, sessions, codes, a reason: {rotated:?}");
    assert_eq!(house_keys(&house), ["house-2.key"]);

    // Nothing anywhere names the old key, whoever sealed it.
    let old = rotated.destroyed[0].id;
    assert_eq!(old.to_string(), before[0].id);
    assert_eq!(house.blobs_under(old.as_bytes()).await, Vec::<String>::new());
    assert!(!house.blobs_under(rotated.key.id.as_bytes()).await.is_empty(), "the search finds something");

    // A process that has been running all the time goes on, and seals under the new one.
    let cookie = session.cookie;
    assert!(other.door.open_session(&cookie).await.unwrap().is_some(), "a key that it had not seen before");
    let begun = other.door.begin_session(Memory::Portal(Visit::default()), None).await.unwrap();
    assert!(house.house.door.open_session(&begun.cookie).await.unwrap().is_some());
    assert_eq!(house.blobs_under(old.as_bytes()).await, Vec::<String>::new());
    let row = case::get(&house.store, &case.reference).await.unwrap().unwrap();
    assert_eq!(sealed::applicant(&house.keys, &row).unwrap().email, solveig.email);

    // What other systems know by is as it was.
    let after = house.house.look.keys().await.unwrap();
    assert_eq!(after[0].cases, 2);
    assert_eq!(after.iter().skip(1).map(|line| &line.key).collect::<Vec<_>>(), before.iter().skip(1).collect::<Vec<_>>());
    for fact in ["key-rotation-begun", "wrapped-anew", "key-out-of-use", "key-destroyed"] {
        assert!(!house.facts(fact).await.is_empty(), "{fact}");
    }
    let denied = house.run(&house.staff("ida").actor().await, habeas::action::rotate_key::BeginRotation).await;
    assert!(denied.is_err(), "the operator's alone");
    // Nobody goes on with a house whose key is away.
    let third = KeyFolder::open(&house.folder().join("keys"), habeas::chance::Chance).unwrap();
    third.destroy(&rotated.key).unwrap();
    let lost = case::get(&house.store, &case.reference).await.unwrap().unwrap();
    let fresh = habeas::keys::Keys::load(&house.folder().join("keys"), habeas::chance::Chance).unwrap();
    let away = sealed::applicant(&fresh, &lost).unwrap_err().to_string();
    assert!(away.contains(&rotated.key.id.to_string()) && away.contains("bring that key back"), "{away}");
    house.settle().await;
}

/// How many cases have their keys wrapped anew: 10,000 in the long run.
#[allow(clippy::disallowed_methods, reason = "a test reads no configuration but this")]
fn cases() -> usize {
    std::env::var("HABEAS_TEST_ROTATION").map_or(1_100, |text| text.parse().unwrap())
}

async fn killed_in_the_middle_it_goes_on_and_loses_nothing(house: TestHouse) {
    std::fs::write(house.folder().join("Rocket.toml"), "[default.habeas]\ndemo = true\n").unwrap();
    let count = cases();
    let open = |number: usize| OpenCase {
        right: Right::Access,
        lang: Lang::En,
        email: Personal::new(format!("person-{number}@example.org")),
        item: None,
        kinds: None,
        asked: Asked::default(),
        proofs: Vec::new(),
        received_at: None,
        acting: None,
        via: "command-line",
    };
    let by = habeas::action::actor::Actor::Operator;
    let opened = futures_util::future::join_all((0..count).map(|number| house.house.door.run(&by, open(number)))).await;
    let opened: Vec<String> = opened.into_iter().map(Result::unwrap).collect();

    let rotate = |at: &str| killed(house.folder(), house.config().database.as_deref(), &["key", "rotate", "--wait", "0"], at);
    assert!(rotate("after-key:BeginRotation"), "there is a key, and the log does not know it yet");
    // After each page: of the keys only, of both before the commit, of both after it.
    let mut places = ["after-keys:WrapAnew", "before-commit:WrapAnew", "after-commit:WrapAnew"].iter().cycle();
    while count / 2 > under(&house, "house-2.key").await {
        assert!(rotate(places.next().unwrap()));
    }
    // As a machine kills, in the middle of whatever it does, and a server beside it all the while.
    let mut program = Command::new(env!("CARGO_BIN_EXE_habeas"));
    program.args(["key", "rotate", "--wait", "0", "--house"]).arg(house.folder()).stderr(Stdio::null());
    match &house.config().database {
        Some(url) => program.env("DATABASE_URL", url),
        None => program.env_remove("DATABASE_URL"),
    };
    let so_far = under(&house, "house-2.key").await;
    let mut program = program.spawn().unwrap();
    while program.try_wait().unwrap().is_none() && under(&house, "house-2.key").await == so_far {
        tokio::task::yield_now().await;
    }
    program.kill().unwrap();
    program.wait().unwrap();
    assert_eq!(house_keys(&house), ["house-2.key", "house.key"], "the old one stays while anything needs it");
    assert!(rotate("before-destroy:EndRotation"));
    assert_eq!((under(&house, "house-2.key").await, house_keys(&house).len()), (count, 2));
    assert!(!rotate("nowhere:at-all"), "and now to its end");
    assert_eq!(house_keys(&house), ["house-2.key"]);

    for (number, reference) in opened.iter().enumerate() {
        let case = case::get(&house.store, reference).await.unwrap().unwrap();
        assert_eq!(sealed::applicant(&house.keys, &case).unwrap().email, format!("person-{number}@example.org"));
    }
    assert_eq!(house.house.door.check_log().await.unwrap(), Ok(house.log_size().await));
}

/// How many case keys are wrapped under a house key.
async fn under(house: &TestHouse, name: &str) -> usize {
    let id = house.keys.house_keys().unwrap().into_iter().find(|key| key.name == name).map(|key| key.id.to_string());
    let counts = key::counts(&house.store).await.unwrap();
    usize::try_from(id.and_then(|id| counts.get(&id).copied()).unwrap_or(0)).unwrap()
}
