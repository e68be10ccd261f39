//! Somebody who asks and asks.

use habeas::action::{
    actor::Actor,
    refusal::Refusal,
    request_code::RequestCode,
    session::{Memory, Visit},
};
use habeas_core::law::{lang::Lang, personal::Personal};
use jiff::SignedDuration;
use rocket::http::{ContentType, Header, Status};

use crate::{
    faces::browser::{Browser, HOME},
    house::{database::on_every_store, test_house::TestHouse},
};

on_every_store! {
    ab41_a_mailbox_gets_three_codes_an_hour_however_often_they_are_asked_for,
    ab42_a_header_changes_nobodys_address,
    forms_end_where_they_should,
}

async fn ab41_a_mailbox_gets_three_codes_an_hour_however_often_they_are_asked_for(house: TestHouse) {
    let victim = "target@elsewhere.example";
    let ask = async |email: &str| {
        let session = house.house.door.begin_session(Memory::Portal(Visit::default()), None).await.unwrap().session.id;
        house.run(&Actor::Visitor, RequestCode { session, email: Personal::new(email.to_owned()), lang: Lang::En, link: true }).await
    };
    let mut sent = 0;
    for _ in 0..1_000 {
        match ask(victim).await {
            Ok(_) => sent += 1,
            Err(Refusal::Wait(_)) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    house.settle().await;
    let mails = house.mails().iter().filter(|mail| mail.to == victim).count();
    assert_eq!((sent, mails), (3, 3));
    ask("somebody@elsewhere.example").await.unwrap();
    house.advance(SignedDuration::from_mins(61)).await;
    ask(victim).await.unwrap();
    house.settle().await;
}

async fn ab42_a_header_changes_nobodys_address(house: TestHouse) {
    let mut browser = Browser::open(&house).await;
    browser.get("/nb/find").await;
    let body = format!("csrf={}&email=", browser.csrf());
    let sent = async |from: &str, claimed: usize| {
        let mut request = browser.client.post("/nb/find").header(ContentType::Form).header(Header::new("Origin", HOME)).body(body.clone());
        for name in ["X-Real-IP", "X-Forwarded-For", "Forwarded", "X-Client-IP", "True-Client-IP"] {
            request.add_header(Header::new(name, format!("198.51.100.{claimed}")));
        }
        let response = request.remote(from.parse().unwrap()).dispatch().await;
        (response.status(), response.into_string().await.unwrap())
    };
    for claimed in 0..30 {
        assert_eq!(sent("203.0.113.9:4000", claimed).await.0, Status::UnprocessableEntity, "{claimed}");
    }
    let (status, page) = sent("203.0.113.9:4001", 31).await;
    assert_eq!(status, Status::TooManyRequests);
    assert!(page.contains("10."), "it says until when, and the time of day is one of this day: {page}");
    assert_eq!(sent("203.0.113.10:4000", 9).await.0, Status::UnprocessableEntity, "others are taken");
    house.advance(SignedDuration::from_secs(4)).await;
    assert_eq!(sent("203.0.113.9:4002", 0).await.0, Status::UnprocessableEntity, "and so is everybody after a while");
}

async fn forms_end_where_they_should(house: TestHouse) {
    let mut staff = Browser::of_staff(&house, "kari").await;
    staff.get("/nb/desk/holds/import").await;
    let csrf = staff.csrf().to_owned();
    let large = vec![b'x'; 11 << 20];
    let shown = staff.sends_file("/nb/desk/holds/import", &[("csrf", &csrf)], ("sheet", "many.csv", &large)).await;
    assert_eq!(shown.status, Status::PayloadTooLarge, "{shown}");
    let form = format!("csrf={csrf}&case={}", "x".repeat(70_000));
    for path in ["/nb/desk/holds/new", "/nb/find", "/nb/desk/sign-in"] {
        let sent = staff.client.post(path).header(ContentType::Form).header(Header::new("Origin", HOME)).body(form.clone());
        assert_eq!(sent.dispatch().await.status(), Status::PayloadTooLarge, "{path}");
    }
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let json = staff.client.post("/api/v1/restrictions/00000000-0/uses").header(ContentType::JSON).body(deep).dispatch().await;
    assert_eq!(json.status(), Status::Unauthorized, "nobody's body is read before it is known who asks");
}
