//! One system's part in a case on the desk: what was asked of it, every attempt and what came back, and never a value.

use habeas_core::law::right::Right;
use jiff::SignedDuration;
use rocket::http::Status;

use super::browser::Browser;
use crate::{
    house::{database::on_every_store, test_house::TestHouse},
    rights::erasure::{approved, executed},
};

on_every_store! {
    what_was_asked_and_what_came_back_is_shown_without_a_value,
    an_attempt_that_failed_says_why_and_when_it_is_tried_again,
}

on_every_store! {
    crate::house::test_house::TestHouse::with_a_cabinet:
    work_by_hand_is_shown_to_its_owner_and_to_nobody_elses,
}

async fn what_was_asked_and_what_came_back_is_shown_without_a_value(house: TestHouse) {
    let solveig = house.solveig();
    let case = approved(&house, &solveig).await;
    executed(&house, &case).await;
    let mut kari = Browser::of_staff(&house, "kari").await;
    let desk = kari.get(&format!("/en/desk/case/{}", case.reference)).await;
    let page = kari.get(&desk.link("/systems/shop")).await;
    page.says(&[
        "SELECT … FROM &quot;customers&quot; WHERE lower(trim(&quot;email&quot;)) = ?",
        "DELETE FROM &quot;newsletter_subscriptions&quot;",
        "Something was found",
        "Everything is as it should be",
        "Records read back",
        "answered by the system",
    ]);
    assert!(!page.text().contains(&solveig.email) && !page.text().contains(&solveig.customer_number), "{page}");
    let asked = case.facts("effect-done").await;
    let erased = asked.iter().find(|fact| fact["action"] == "system.erase" && fact["system"] == "shop").unwrap();
    assert!(erased["asked"].contains("DELETE FROM \"newsletter_subscriptions\""), "as it was sent: {erased:?}");
    assert!(!desk.text().contains("SELECT …"), "a timeline is no list of statements");
    for path in ["systems/nowhere", "systems/helpdesk/nothing"] {
        assert_eq!(kari.get(&format!("/en/desk/case/{}/{path}", case.reference)).await.status, Status::NotFound, "{path}");
    }
}

async fn an_attempt_that_failed_says_why_and_when_it_is_tried_again(house: TestHouse) {
    let case = house.kari().asks(Right::Erasure).await;
    let lock = house.systems.lock("helpdesk").await;
    house.staff("kari").does(&case, "assess", "go-on").await;
    let path = format!("/en/desk/case/{}/systems/helpdesk", case.reference);
    let mut kari = Browser::of_staff(&house, "kari").await;
    kari.get(&path).await.says(&["Trying again", "The system was busy.", "Next try"]);
    drop(lock);
    house.systems.hide("helpdesk");
    for _ in 0..9 {
        house.advance(SignedDuration::from_hours(6)).await;
    }
    let mut kari = Browser::of_staff(&house, "kari").await;
    kari.get(&path).await.says(&["The system did not answer.", "SELECT …"]);
    let mut ola = Browser::of_staff(&house, "ola").await;
    let page = ola.get(&path).await;
    let task = case.open_task("locate-by-hand@helpdesk").await.id;
    assert!(page.text().contains(&format!("/task/{task}")), "its owner can do it by hand: {page}");
    house.systems.bring_back("helpdesk");
}

async fn work_by_hand_is_shown_to_its_owner_and_to_nobody_elses(house: TestHouse) {
    let case = house.kari().asks(Right::Access).await;
    let path = |system: &str| format!("/en/desk/case/{}/systems/{system}", case.reference);
    let mut bo = Browser::of_staff(&house, "bo").await;
    bo.get(&path("helpdesk")).await.says(&["Find by hand", "The system has no way for it. A person does it."]);
    let staff = house.staff("bo").writing("find-0", "yes").writing("nothing", "yes");
    staff.attaching("evidence", "bevis.pdf", b"%PDF-1.7 hei %%EOF").does(&case, "locate-by-hand@helpdesk", "submitted").await;
    let evidence = case.facts("system-signed-off").await.pop().unwrap()["evidence"].clone();
    bo.get(&path("helpdesk")).await.says(&["A person signed for the work", "said by a person", &evidence, "Steps ticked"]);
    assert_eq!(bo.get(&path("shop")).await.status, Status::NotFound, "another system is not hers");
    let mut tilsyn = Browser::of_staff(&house, "tilsyn").await;
    assert_eq!(tilsyn.get(&path("helpdesk")).await.status, Status::NotFound);
    let other = house.jonas().asks(Right::Erasure).await;
    let foreign = format!("/en/desk/case/{}/systems/helpdesk", other.reference);
    assert_eq!(bo.get(&foreign).await.status, Status::NotFound, "nor is a case without a task of hers");
}
