//! Connected systems on the desk: what drifted in the night is found, told to its owner, left on purpose or mended.

use habeas::{
    action::{drift::SeeDrift, refusal::Refusal},
    house::House,
};
use jiff::SignedDuration;
use rocket::http::Status;

use super::browser::Browser;
use crate::house::{database::on_every_store, test_house::TestHouse};

on_every_store! {
    what_drifted_is_told_to_the_owner_and_stays_until_it_is_left_or_gone,
    a_system_that_is_away_for_two_nights_is_told,
    somebody_asks_for_a_look_and_gets_it,
    the_map_is_read_by_whoever_may_see_its_system,
}

const NIGHT: SignedDuration = SignedDuration::from_hours(25);

async fn alter(house: &TestHouse, sql: &str) {
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(&mut house.systems.connect("shop").await).await.unwrap();
}

fn told(house: &TestHouse) -> Vec<String> {
    let about = |mail: &habeas::mail::Caught| mail.text.contains("/desk/systems/");
    house.mails().into_iter().filter(about).map(|mail| mail.to).collect()
}

async fn what_drifted_is_told_to_the_owner_and_stays_until_it_is_left_or_gone(house: TestHouse) {
    assert!(house.facts("drift-changed").await.is_empty(), "the map of a new house is true");
    alter(&house, "ALTER TABLE customers ADD COLUMN passport_number TEXT").await;
    house.advance(SignedDuration::from_hours(1)).await;
    assert!(told(&house).is_empty(), "a look is once a day");
    house.advance(NIGHT).await;
    house.advance(NIGHT).await;
    assert_eq!(told(&house), ["ola@visumexpress.example"], "one letter, and to nobody else");
    assert_eq!(house.facts("drift-changed").await.len(), 1, "what is found again is no news");

    let mut ola = Browser::of_staff(&house, "ola").await;
    let queue = ola.get("/en/desk/").await;
    queue.says(&["The web shop is no longer what the data map says"]);
    let page = ola.get(&queue.link("/desk/systems/shop")).await;
    page.says(&["passport_number", "Take them into the data map"]);
    ola.get("/en/desk/systems").await.says(&["1 outside the map", "SQLite file", "aria-labelledby=\"map-title"]);

    let mut bo = Browser::of_staff(&house, "bo").await;
    assert!(!bo.get("/en/desk/").await.text().contains("no longer what"), "it is not hers");
    for path in ["shop", "shop/map", "nowhere"] {
        assert_eq!(bo.get(&format!("/en/desk/systems/{path}")).await.status, Status::NotFound, "{path}");
    }
    let print = page.hidden("problem").unwrap();
    let left = SeeDrift { system: "shop".to_owned(), prints: vec![print.clone()], reason: "Nei.".to_owned() };
    assert!(matches!(house.run(&house.staff("bo").actor().await, left).await, Err(Refusal::Denied)));

    let again = ola.submit("/en/desk/systems/shop/seen", &[("problem", &print), ("reason", " ")]).await;
    assert_eq!(again.status, Status::UnprocessableEntity, "{again}");
    let page = ola.submit("/en/desk/systems/shop/seen", &[("problem", &print), ("reason", "En tom kolonne.")]).await;
    page.says(&["Meant to be so", "En tom kolonne."]);
    assert!(!ola.get("/en/desk/").await.text().contains("no longer what"));
    assert!(House::left_on_purpose(house.config()).await.unwrap()["shop"].contains(&print), "`map diff` leaves it out");
    house.advance(NIGHT).await;
    let mut ola = Browser::of_staff(&house, "ola").await;
    ola.get("/en/desk/systems/shop").await.says(&["En tom kolonne."]);

    alter(&house, "ALTER TABLE customers DROP COLUMN passport_number").await;
    house.advance(NIGHT).await;
    let mut ola = Browser::of_staff(&house, "ola").await;
    let page = ola.get("/en/desk/systems/shop").await;
    page.says(&["No difference"]);
    assert!(!page.text().contains("En tom kolonne."), "it is gone, and with it what was said");
    assert!(House::left_on_purpose(house.config()).await.unwrap()["shop"].is_empty());
    assert_eq!((house.facts("drift-changed").await.len(), house.facts("drift-seen").await.len()), (2, 1));
    assert_eq!(told(&house).len(), 1);
}

async fn a_system_that_is_away_for_two_nights_is_told(house: TestHouse) {
    house.systems.hide("helpdesk");
    house.advance(NIGHT).await;
    assert!(told(&house).is_empty(), "one night may be anything");
    let mut bo = Browser::of_staff(&house, "bo").await;
    bo.get("/en/desk/systems/helpdesk").await.says(&["Does not answer", "the database file is not there"]);
    house.advance(NIGHT).await;
    let mut owners = told(&house);
    owners.sort();
    assert_eq!(owners, ["bo@visumexpress.example", "ola@visumexpress.example"]);
    let mut bo = Browser::of_staff(&house, "bo").await;
    bo.get("/en/desk/").await.says(&["Customer service is no longer what"]);
    bo.get("/en/desk/systems/helpdesk").await.says(&["has not answered for two nights"]);
    house.systems.bring_back("helpdesk");
    house.advance(NIGHT).await;
    let mut bo = Browser::of_staff(&house, "bo").await;
    let queue = bo.get("/en/desk/").await;
    assert!(queue.path == "/en/desk/" && !queue.text().contains("no longer what"), "{queue}");
}

async fn somebody_asks_for_a_look_and_gets_it(house: TestHouse) {
    alter(&house, "ALTER TABLE customers ADD COLUMN passport_number TEXT").await;
    let mut kari = Browser::of_staff(&house, "kari").await;
    assert!(!kari.get("/en/desk/systems/shop").await.text().contains("passport_number"));
    kari.submit("/en/desk/systems/shop/look", &[]).await.says(&["passport_number"]);
    assert_eq!(house.facts("look-asked").await.len(), 1);
}

async fn the_map_is_read_by_whoever_may_see_its_system(house: TestHouse) {
    let mut kari = Browser::of_staff(&house, "kari").await;
    kari.get("/en/desk/systems/shop/map").await.says(&["customer_number", "Email address", "Art. 6(1)(b)"]);
    kari.get("/en/desk/systems/accounting/map").await.says(&["NO-BOK-5"]);
    let mut bo = Browser::of_staff(&house, "bo").await;
    let list = bo.get("/en/desk/systems").await;
    list.says(&["Customer service"]);
    assert!(!list.text().contains("/desk/systems/shop"), "{list}");
}
