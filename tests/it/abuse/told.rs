//! What somebody tried and was not let, and who read what about many people, can be read afterwards; and what is read elsewhere shows
//! whether somebody rewrote it.

use habeas::{action::sign_in::PasswordTry, view::shipped::Line};
use habeas_core::law::{personal::Personal, right::Right};
use jiff::SignedDuration;
use rocket::http::Status;

use crate::{
    faces::browser::Browser,
    house::{database::on_every_store, test_house::TestHouse},
};

on_every_store! {
    a_failed_password_is_a_fact_whoever_typed_it,
    who_read_a_list_and_who_was_turned_away_is_a_fact,
    the_log_kept_elsewhere_shows_what_was_rewritten,
    what_is_typed_into_an_address_breaks_nothing,
}

async fn a_failed_password_is_a_fact_whoever_typed_it(house: TestHouse) {
    let mut visitor = Browser::open(&house).await;
    visitor.get("/en/desk/sign-in").await;
    for email in ["nobody@elsewhere.example", "kari@visumexpress.example"] {
        let again = visitor.submit("/en/desk/sign-in", &[("email", email), ("password", "wrong horse battery")]).await;
        assert_eq!(again.status, Status::UnprocessableEntity);
    }
    let refused = house.facts("sign-in-refused").await;
    assert_eq!(refused.len(), 2);
    assert!(refused[1].event.contains("kari") && !refused[0].event.contains("nobody"), "{refused:?}");
    // Nor is one of somebody who is shut out for the moment passed over.
    house.sql("UPDATE person SET locked_until = 9000000000000000 WHERE id = 'kari'").await;
    let email = Personal::new("kari@visumexpress.example".to_owned());
    let tried = house.house.door.password_of(&email, Personal::new("wrong horse battery".to_owned())).await.unwrap();
    assert!(matches!(tried, PasswordTry::Wrong(Some(_))), "{tried:?}");
}

async fn who_read_a_list_and_who_was_turned_away_is_a_fact(house: TestHouse) {
    let case = house.kari().asks(Right::Access).await;
    let mut kari = Browser::of_staff(&house, "kari").await;
    kari.get("/en/desk/").await;
    kari.get("/en/desk/holds").await;
    Browser::of_staff(&house, "vera").await.get("/en/desk/people").await;
    Browser::of_staff(&house, "tilsyn").await.get("/en/room/").await;
    let read: Vec<String> = house.facts("list-read").await.into_iter().map(|fact| fact.event).collect();
    for (who, list) in [("kari", "queue"), ("kari", "holds"), ("vera", "people"), ("tilsyn", "room")] {
        assert!(read.iter().any(|fact| fact.contains(&format!("staff/{who}")) && fact.contains(list)), "{who} {list}: {read:?}");
    }

    assert!(house.facts("turned-away").await.is_empty());
    assert_eq!(kari.get("/en/desk/people").await.status, Status::NotFound);
    let mut vera = Browser::of_staff(&house, "vera").await;
    assert_eq!(vera.get(&format!("/en/desk/case/{}", case.reference)).await.status, Status::NotFound);
    let away = house.facts("turned-away").await;
    assert_eq!(away.len(), 2, "{away:?}");
    assert!(away[0].event.contains("staff/kari") && away[0].event.contains("/desk/people"), "{away:?}");
    assert!(
        away[1].event.contains("staff/vera") && !away[1].event.contains(&case.reference),
        "names of addresses, not what stands in them"
    );
    Browser::open(&house).await.get("/en/desk/people").await;
    assert_eq!(house.facts("turned-away").await.len(), 2, "nobody fills the log from outside");
}

async fn the_log_kept_elsewhere_shows_what_was_rewritten(house: TestHouse) {
    let kari = house.kari();
    let case = kari.asks(Right::Access).await;
    house.house.worker.upkeep().await.unwrap();
    let look = &house.house.look;
    let kept = look.shipped(0, 0).await.unwrap();
    let entries = kept.iter().filter(|line| matches!(line, Line::Entry { .. })).count();
    assert_eq!(u64::try_from(entries).unwrap(), house.log_size().await);
    assert!(matches!(kept.last(), Some(Line::Checkpoint { size, .. }) if *size > 10), "{:?}", kept.last());
    let text = serde_json::to_string(&kept).unwrap();
    assert!(!text.contains(&case.reference) && !text.contains(&kari.email), "commitments only");
    assert_eq!(look.unlike(&kept).await.unwrap(), None);
    let kept: Vec<Line> = serde_json::from_str(&text).unwrap();
    assert_eq!(look.unlike(&kept).await.unwrap(), None, "what was written down is read back");
    house.settle().await;
    house.sql("UPDATE leaf SET kind = 'nothing' WHERE position = 3").await;
    assert_eq!(look.unlike(&kept).await.unwrap(), Some(3));
    let more = look.shipped(u64::try_from(entries).unwrap(), u64::MAX).await.unwrap();
    assert!(more.is_empty(), "{more:?}");
}

async fn what_is_typed_into_an_address_breaks_nothing(house: TestHouse) {
    let mut solveig = Browser::open(&house).await;
    solveig.get("/en/find").await;
    solveig.proves("/en/find", &house.solveig().email).await;
    house.advance(SignedDuration::from_mins(10)).await;
    for typed in ["HB-1%27)%20OR%201=1", "%3Cscript%3E", "100%25", "a%23b", "%C3%B8l", "%0D%0ASet-Cookie:%20x"] {
        for page in ["", "/download/code", "/download/file", "/prove", "/withdraw", "/app", "/record"] {
            let shown = solveig.look(&format!("/en/case/{typed}{page}")).await;
            assert!(shown.status.code < 500, "{typed}{page}: {shown}");
        }
    }
    house.settle().await;
}
