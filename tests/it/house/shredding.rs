//! A case whose time is over is shredded: nothing of it can be read any more, not with every key of the house and a copy of the data that
//! was made before, and everybody else's proofs hold.

use std::{
    collections::{BTreeMap, HashSet},
    fs,
};

use habeas::{
    action::{actor::Actor, open_case::OpenCase, schedule::RequestBundle, send_message::SendMessage},
    bundle::verify::{Verdict, verify_file},
    store::{
        Address, Store, StoreError, case, finding, key,
        leaf::{self, Words},
        letter, message, package, sealed, task,
    },
};
use habeas_core::law::{ask::Asked, lang::Lang, personal::Personal, right::Right, upload::Upload};
use jiff::ToSpan as _;

use super::{crash_points::killed, database::on_every_store, test_house::TestHouse};

on_every_store! {
    nothing_of_a_shredded_case_can_be_read_by_anybody,
    a_crash_leaves_no_case_without_its_key_and_no_key_in_force_that_had_to_go,
}

/// How many cases are shredded: 1,000 in the long run.
#[allow(clippy::disallowed_methods, reason = "a test reads no configuration but this")]
fn cases() -> usize {
    std::env::var("HABEAS_TEST_SHREDDED").map_or(8, |text| text.parse().unwrap())
}

/// So many of them the house has worked on.
const WORKED: usize = 8;

fn open(number: usize) -> OpenCase {
    OpenCase {
        right: Right::Access,
        lang: Lang::En,
        email: Personal::new(format!("person-{number}@example.org")),
        item: Some(Personal::new(format!("item-{number}"))),
        kinds: None,
        asked: Asked::default(),
        proofs: Vec::new(),
        received_at: None,
        acting: None,
        via: "command-line",
    }
}

/// What cases had sealed, and where in them: everything that must not open any more.
type Had = BTreeMap<String, Vec<(String, Vec<u8>)>>;

async fn sealed_in(house: &TestHouse, cases: &[String]) -> Had {
    let mut had = Had::new();
    for reference in cases {
        let row = case::get(&house.store, reference).await.unwrap().unwrap();
        let mut all: Vec<(String, Vec<u8>)> = row.applicant.into_iter().map(|sealed| ("applicant".to_owned(), sealed)).collect();
        let letters = letter::of_case(&house.store, reference).await.unwrap();
        all.extend(letters.into_iter().filter_map(|it| Some((format!("letter:{}", it.id), it.sealed?))));
        let findings = finding::of_case(&house.store, reference).await.unwrap();
        all.extend(findings.into_iter().filter_map(|it| Some((format!("finding:{}", it.system), it.sealed?))));
        let tasks = task::of_case(&house.store, reference).await.unwrap();
        all.extend(tasks.into_iter().filter_map(|it| Some((format!("task:{}", it.id), it.closed?.answer?))));
        let messages = message::of_case(&house.store, reference).await.unwrap();
        all.extend(messages.into_iter().map(|it| (message::place(&it.id), it.sealed)));
        had.insert(reference.clone(), all);
    }
    for leaf in leaf::page(&house.store, 0, u64::from(u32::MAX)).await.unwrap() {
        if let (Some(all), Words::Sealed(sealed)) = (leaf.case.and_then(|case| had.get_mut(&case)), leaf.words) {
            all.push((leaf::place(leaf.position), sealed));
        }
    }
    had
}

/// Which of many blobs lie somewhere in these bytes: each is known by what makes it its own, its nonce.
fn lying(house: &TestHouse, bytes: &[u8], blobs: &[&Vec<u8>]) -> usize {
    let marks: HashSet<Vec<u8>> = blobs.iter().map(|blob| house.written(&blob[9..33])).collect();
    let length = marks.iter().next().map_or(1, Vec::len);
    bytes.windows(length).filter(|window| marks.contains(*window)).collect::<HashSet<_>>().len()
}

/// (The law's clock is not what this is about.)
async fn their_time_is_over(house: &TestHouse, shredded: &[String]) {
    let long_ago = house.today().saturating_sub(1.day());
    let list = shredded.iter().map(|id| format!("'{id}'")).collect::<Vec<_>>().join(", ");
    for sql in [
        format!("UPDATE cases SET phase = 'answered', keep_until = '{long_ago}' WHERE id IN ({list})"),
        format!("DELETE FROM command WHERE case_id IN ({list})"),
        format!("DELETE FROM timer WHERE case_id IN ({list})"),
    ] {
        house.sql(&sql).await;
    }
    for _ in 0..=shredded.len() / 100 {
        house.settle().await;
    }
}

/// With the house's keys and a copy of the data made before: the keys in the log and in the house open nothing of it.
fn the_house_s_keys_open_nothing(house: &TestHouse, had: &Had) {
    for (reference, sealed) in had {
        for (place, blob) in sealed {
            for place in [place.clone(), format!("{reference}|{place}")] {
                assert!(house.keys.open_bytes(&place, blob).is_err(), "{place} opens with a key of the house");
            }
        }
    }
}

async fn nothing_of_a_shredded_case_can_be_read_by_anybody(house: TestHouse) {
    // One that went all the way, with a package, a message and an answer, and many that were only asked.
    let kari = house.kari();
    let whole = kari.asks(Right::Access).await;
    assert!(whole.package("subject").await.is_some(), "{:?}", whole.waits_at().await);
    let shown = Upload { field: "file".to_owned(), name: "where.txt".to_owned(), bytes: b"the rest of it".to_vec() };
    let message =
        SendMessage { case: whole.reference.clone(), words: Personal::new("where is the rest of it".to_owned()), files: vec![shown] };
    house.run(&kari.signs_in().await, message).await.unwrap();
    house.settle().await;
    house.run(&house.staff("tilsyn").actor().await, RequestBundle { case: whole.reference.clone() }).await.unwrap();
    house.settle().await;
    let mut shredded = vec![whole.reference.clone()];
    let opens = async |numbers: std::ops::Range<usize>| {
        let opened = numbers.map(|number| house.house.door.run(&Actor::Operator, open(number)));
        futures_util::future::join_all(opened).await.into_iter().map(Result::unwrap).collect::<Vec<_>>()
    };
    // What was found for them, and the letters they got.
    shredded.extend(opens(0..WORKED).await);
    house.work().await;
    // Somebody else's goes on.
    let solveig = house.solveig();
    let other = solveig.asks(Right::Erasure).await;
    // And many more that were only asked.
    shredded.extend(opens(WORKED..cases().max(WORKED)).await);
    house.sql("DELETE FROM command").await;

    let had = sealed_in(&house, &shredded).await;
    assert!(had.values().all(|sealed| sealed.len() >= 2) && had[&whole.reference].len() > 12, "{:?}", had[&whole.reference]);
    let wrapped = key::of(&house.store, &shredded.iter().map(String::as_str).collect::<Vec<_>>()).await.unwrap();
    let blobs: Vec<&Vec<u8>> = had.values().flatten().map(|(_, blob)| blob).chain(wrapped.values()).collect();
    assert_eq!(lying(&house, &house.every_byte().await, &blobs), blobs.len(), "the search finds what is there");
    let copy = house.folder().join("before.db");
    if house.config().database.is_none() {
        house.house.save(&copy).await.unwrap();
        assert_eq!(lying(&house, &fs::read(&copy).unwrap(), &blobs), blobs.len() - wrapped.len(), "all of it but the keys");
    }

    their_time_is_over(&house, &shredded).await;
    assert_eq!(house.facts("case-shredded").await.len(), shredded.len());

    // Byte by byte: data, journal, keys, packages.
    let bytes = house.every_byte().await;
    assert_eq!(lying(&house, &bytes, &blobs), 0, "something of it still lies in the database or among the keys");
    let kept: Vec<String> = fs::read_dir(house.packages()).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    assert!(!kept.iter().any(|name| name.contains(&whole.reference)), "its packages are gone with checksum and signature: {kept:?}");
    let text = String::from_utf8_lossy(&bytes);
    for words in ["person-0@example.org", "item-0", "where is the rest of it"] {
        assert!(!text.contains(words), "{words}");
    }

    the_house_s_keys_open_nothing(&house, &had);
    // It was the case's key that was missing: with a copy of that, which nobody may keep, it would have opened.
    let key = house.keys.case(&whole.reference, &wrapped[&whole.reference]).unwrap();
    let (place, blob) = &had[&whole.reference][0];
    assert!(key.open_bytes(place, blob).is_ok());
    if house.config().database.is_none() {
        let old = Store::open_with(&Address::File(copy), &Address::File(house.folder().join("case-keys.db"))).await.unwrap();
        for reference in &shredded {
            let case = case::get(&old, reference).await.unwrap().unwrap();
            assert!(case.applicant.is_some() && case.case_key.is_none());
            assert!(matches!(sealed::applicant(&house.keys, &case), Err(StoreError::Shredded)));
            assert!(leaf::of_case(&old, &house.keys, reference).await.unwrap().is_empty(), "nor what the log said");
        }
    }

    // What is left says that there was a request, and nothing more; every proof holds.
    let row = whole.row().await;
    assert_eq!((row.applicant, row.case_key, row.phase.name()), (None, None, "answered"));
    assert_eq!(whole.log().await.iter().map(|fact| fact["kind"].clone()).collect::<Vec<_>>(), ["case-shredded"]);
    assert!(package::get(&house.store, &whole.reference, "authority").await.unwrap().is_none());
    assert_eq!(house.house.door.check_log().await.unwrap(), Ok(house.log_size().await));
    house.run(&house.staff("tilsyn").actor().await, RequestBundle { case: other.reference.clone() }).await.unwrap();
    house.settle().await;
    let bundle = house.packages().join(other.package("authority").await.unwrap().file);
    assert_eq!(verify_file(&bundle, &[house.keys.log().public()]).unwrap().verdict(), Verdict::Intact);

    // Whoever destroys an entry of another case cannot say that it was shredded.
    house.sql(&format!("UPDATE leaf SET sealed = NULL, event = '' WHERE case_id = '{}' AND kind = 'case-opened'", other.reference)).await;
    let missing = house.house.door.check_log().await.unwrap().unwrap_err();
    assert!(missing.contains("cannot be read") && missing.contains(&other.reference), "{missing}");
    house.settle().await;
}

async fn a_crash_leaves_no_case_without_its_key_and_no_key_in_force_that_had_to_go(house: TestHouse) {
    fs::write(house.folder().join("Rocket.toml"), "[default.habeas]\ndemo = true\n").unwrap();
    let keys = async || key::counts(&house.store).await.unwrap().values().sum::<u64>();
    let run = |arguments: &[&str], at: &str| killed(house.folder(), house.config().database.as_deref(), arguments, at);
    // A new case: the key is there first.
    let asks = ["case", "open", "access", "--email", "person-0@example.org"];
    assert!(run(&asks, "before-commit:OpenCase"));
    assert_eq!((keys().await, case::list(&house.store, None, 9).await.unwrap().len()), (1, 0), "a key that opens nothing");
    assert!(!run(&asks, "nowhere:at-all"));
    let [opened] = case::list(&house.store, None, 9).await.unwrap().try_into().unwrap();
    assert_eq!(sealed::applicant(&house.keys, &opened).unwrap().email, "person-0@example.org");
    assert_eq!(keys().await, 2);

    // A case whose time is over: the key goes first, and until the row says so the case is due again.
    house.work().await;
    let long_ago = house.today().saturating_sub(1.day());
    house.sql("DELETE FROM command").await;
    house.sql("DELETE FROM timer").await;
    house.sql(&format!("UPDATE cases SET phase = 'answered', keep_until = '{long_ago}'")).await;
    let copy = house.folder().join("before.keys");
    if house.config().database.is_none() {
        house.house.save_keys(&copy).await.unwrap();
    }
    assert!(run(&["work", "--until-idle"], "after-destroy:Forget"));
    let half = case::get(&house.store, &opened.id).await.unwrap().unwrap();
    assert!(half.case_key.is_none() && half.applicant.is_some());
    assert!(matches!(sealed::applicant(&house.keys, &half), Err(StoreError::Shredded)));
    assert!(!run(&["work", "--until-idle"], "nowhere:at-all"));
    let gone = case::get(&house.store, &opened.id).await.unwrap().unwrap();
    assert!(gone.case_key.is_none() && gone.applicant.is_none());
    assert_eq!(house.facts("case-shredded").await.len(), 1);
    assert_eq!(house.house.door.check_log().await.unwrap(), Ok(house.log_size().await));

    // An old copy of the key store was put back: the row that says "shredded" is believed, and the key goes before anybody comes in.
    if house.config().database.is_none() {
        for beside in ["", "-wal", "-shm"] {
            drop(fs::remove_file(house.folder().join(format!("case-keys.db{beside}"))));
        }
        fs::copy(&copy, house.folder().join("case-keys.db")).unwrap();
        let restored = house.opened_again().await;
        let row =
            case::get(&Store::open(&Address::File(house.folder().join("habeas.db"))).await.unwrap(), &opened.id).await.unwrap().unwrap();
        assert!(row.case_key.is_none(), "not in force");
        restored.worker.forget_all().await.unwrap();
        let left = restored.look.keys().await.unwrap().iter().map(|line| line.cases).sum::<u64>();
        assert_eq!(left, 1, "only the one of no case");
    }
}
