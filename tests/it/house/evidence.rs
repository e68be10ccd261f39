//! The authority's bundle of a case: complete, proven by the log, and worthless after one changed byte.

use std::{fs, io::Cursor, path::PathBuf};

use habeas::{
    action::{refusal::Refusal, schedule::RequestBundle},
    bundle::verify::{Kind, Verdict, verify, verify_file},
};
use habeas_core::law::right::Right;

use super::{database::on_every_store, people::CaseHandle, test_house::TestHouse};

on_every_store! {
    a_bundle_is_verified_and_any_changed_byte_is_found,
    a_bundle_is_for_those_who_answer_for_it,
    the_log_is_whole_whatever_was_done,
}

async fn bundle(case: &CaseHandle<'_>) -> PathBuf {
    let house = case.house;
    house.run(&house.staff("tilsyn").actor().await, RequestBundle { case: case.reference.clone() }).await.unwrap();
    house.settle().await;
    house.packages().join(case.package("authority").await.expect("a bundle").file)
}

async fn a_bundle_is_verified_and_any_changed_byte_is_found(house: TestHouse) {
    let kari = house.kari();
    let case = kari.asks(Right::Access).await;
    let path = bundle(&case).await;
    let key = house.keys.log().public();
    let report = verify_file(&path, &[key]).unwrap();
    assert_eq!((report.kind, report.verdict()), (Kind::Authority, Verdict::Intact), "{report}");
    assert!(report.entries > 10, "{report}");
    assert_eq!(verify_file(&path, &[]).unwrap().verdict(), Verdict::KeyUnknown, "without the key only the bundle vouches for itself");

    let whole = fs::read(&path).unwrap();
    for personal in [&kari.email, &kari.customer_number, &kari.order_number] {
        assert!(!String::from_utf8_lossy(&whole).contains(personal.as_str()), "{personal} is no business of the authority's");
    }
    // Two hundred places all over the file, none of them where the last run looked.
    let step = whole.len() / 200;
    for part in 0..200 {
        let at = part * step + (part * 7919) % step;
        let mut changed = whole.clone();
        changed[at] ^= 1 << (part % 8);
        let found = verify(Cursor::new(changed), &[key]);
        assert!(!found.is_ok_and(|report| report.is_unchanged()), "byte {at} of {} was changed and nobody noticed", whole.len());
    }
    for beside in ["sha256", "sha256.sig"] {
        let beside = path.with_extension(format!("zip.{beside}"));
        let good = fs::read(&beside).unwrap();
        let mut changed = good.clone();
        changed[10] ^= 1;
        fs::write(&beside, changed).unwrap();
        assert_eq!(verify_file(&path, &[key]).unwrap().verdict(), Verdict::Changed, "{}", beside.display());
        fs::write(&beside, good).unwrap();
    }
    assert_eq!(verify_file(&path, &[key]).unwrap().verdict(), Verdict::Intact);
}

async fn a_bundle_is_for_those_who_answer_for_it(house: TestHouse) {
    let case = house.kari().asks(Right::Access).await;
    for outsider in ["kari", "ola"] {
        let refused = house.run(&house.staff(outsider).actor().await, RequestBundle { case: case.reference.clone() }).await;
        assert!(matches!(refused, Err(Refusal::Denied)), "{outsider}: {refused:?}");
    }
    let herself = house.run(&house.kari().signs_in().await, RequestBundle { case: case.reference.clone() }).await;
    assert!(matches!(herself, Err(Refusal::Denied)), "{herself:?}");
    let unknown = house.run(&house.staff("tilsyn").actor().await, RequestBundle { case: "HB-0000-0000".to_owned() }).await;
    assert!(matches!(unknown, Err(Refusal::NotFound("case"))), "{unknown:?}");
    assert_eq!(house.facts("attempt-denied").await.len(), 3, "refused attempts are facts, too");
    house.settle().await;
}

async fn the_log_is_whole_whatever_was_done(house: TestHouse) {
    let case = house.solveig().asks(Right::Erasure).await;
    house.staff("kari").does(&case, "assess", "go-on").await;
    let checked = house.house.door.check_log().await.unwrap();
    assert_eq!(checked, Ok(house.log_size().await));
    house.forge_log().await;
    assert!(house.house.door.check_log().await.unwrap().is_err(), "a changed entry is found");
}
