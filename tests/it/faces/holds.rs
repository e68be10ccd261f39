//! Holds at the desk, page by page: one is looked at again before its day is over, many are placed from a table.

use jiff::civil::date;
use rocket::http::Status;

use habeas_core::law::right::Right;

use super::browser::Browser;
use crate::house::{database::on_every_store, test_house::TestHouse};

on_every_store! {
    a_review_is_shown_to_whom_it_concerns_until_somebody_has_looked,
    a_table_is_looked_at_before_it_is_placed,
}

async fn a_review_is_shown_to_whom_it_concerns_until_somebody_has_looked(house: TestHouse) {
    let case = house.kari().asks(Right::Access).await;
    let hold = house.place_hold("kari", &case.reference).await;
    let mut kari = Browser::of_staff(&house, "kari").await;
    assert!(!kari.get("/en/desk/").await.text().contains(&hold), "it is three months away");

    house.advance_to(date(2026, 12, 1)).await;
    let (mut kari, mut ida) = (Browser::of_staff(&house, "kari").await, Browser::of_staff(&house, "ida").await);
    let queue = kari.get("/en/desk/").await;
    queue.says(&[&format!("Look at hold {hold} again by 15 December 2026"), "it holds as before"]);
    assert!(!ida.get("/en/desk/").await.text().contains(&hold), "it is not hers, and not late");

    house.advance_to(date(2026, 12, 16)).await;
    let (mut kari, mut ida) = (Browser::of_staff(&house, "kari").await, Browser::of_staff(&house, "ida").await);
    ida.get("/en/desk/").await.says(&[&format!("Hold {hold} should have been looked at by 15 December 2026")]);
    let queue = kari.get("/en/desk/").await;
    let page = format!("/en/desk/holds/{hold}/review");
    kari.get(&queue.link(&format!("/desk/holds/{hold}/review"))).await.says(&["overdue", "Is it still needed?"]);
    for wrong in [("review_on", "2028-01-01"), ("review_on", "soon"), ("reason", " ")] {
        let fields = [("review_on", "2027-06-01"), ("reason", "The court has not ruled.")];
        let fields = fields.map(|(name, value)| if name == wrong.0 { wrong } else { (name, value) });
        let again = kari.submit(&page, &fields).await;
        assert_eq!(again.status, Status::UnprocessableEntity, "{again}");
        kari.get(&page).await;
    }
    let done = kari.submit(&page, &[("review_on", "2027-06-01"), ("reason", "The court has not ruled.")]).await;
    done.says(&["1 June 2027"]);
    assert!(!done.text().contains("overdue"), "{done}");
    kari.get(&page).await.says(&["16 December 2026, kari: kept until 1 June 2027", "The court has not ruled."]);
    assert!(!ida.get("/en/desk/").await.text().contains(&hold), "somebody has looked");
    house.settle().await;
}

async fn a_table_is_looked_at_before_it_is_placed(house: TestHouse) {
    let case = house.kari().asks(Right::Access).await;
    let mut kari = Browser::of_staff(&house, "kari").await;
    let list = kari.get("/en/desk/holds").await;
    kari.get(&list.link("/desk/holds/import")).await.says(&["A table of holds", "date_field"]);
    let path = "/en/desk/holds/import";
    let send = async |kari: &Browser<'_>, bytes: &[u8]| {
        let csrf = kari.csrf().to_owned();
        kari.sends_file(path, &[("csrf", &csrf)], ("sheet", "holds.csv", bytes)).await
    };
    for none in [&b""[..], b"  ", b"\xff\xfe\x00"] {
        let again = send(&kari, none).await;
        assert_eq!(again.status, Status::UnprocessableEntity, "{again}");
        assert!(again.text().contains("Choose a CSV file in UTF-8"), "{again}");
    }
    let wrong = "case;basis;matter;review_on\nHB-0000-0000;legal-claim;26-1;2027-03-15\n;because;;2030-01-01\n";
    let again = send(&kari, wrong.as_bytes()).await;
    assert_eq!(again.status, Status::UnprocessableEntity, "{again}");
    for told in [
        "5 things are wrong. Nothing is placed",
        "Line 2, column 1: There is no case with this number",
        "Line 3, column 1: Name a case or a system",
        "Line 3, column 2: Write legal-claim",
        "Line 3, column 3: Write a reference",
        "Line 3, column 4: Write a date after today and no later than 15 March 2027",
        "2 holds in the table",
    ] {
        assert!(again.text().contains(told), "{told}: {again}");
    }

    let right = format!("case;basis;matter;review_on\n{};legal-claim;<26-1>;2027-03-15\n", case.reference);
    let page = send(&kari, right.as_bytes()).await;
    page.says(&[&case.reference, "15 March 2027", "Nothing is placed yet"]);
    assert!(habeas::store::hold::all(&house.store).await.unwrap().is_empty());
    let csrf = kari.csrf().to_owned();
    let place = "/en/desk/holds/import/place";
    let shown = kari.send(place, &[("csrf", &csrf), ("sheet", &right)], &[("Origin", super::browser::HOME)]).await;
    assert_eq!(shown.leads_to(), Some("/en/desk/holds".to_owned()), "{shown}");
    kari.get("/en/desk/holds").await.says(&["&lt;26-1&gt;", &case.reference]);
    let again = kari.send(place, &[("csrf", &csrf), ("sheet", &right)], &[("Origin", super::browser::HOME)]).await;
    assert!(again.text().contains("Line 2: This hold is in force already"), "{again}");
    house.settle().await;
}
