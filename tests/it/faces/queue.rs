//! The desk's queue: what is open stays in sight however much is closed, and closed cases are read from the latest on.

use habeas_core::law::right::Right;
use jiff::SignedDuration;

use super::browser::Browser;
use crate::house::{database::on_every_store, test_house::TestHouse};

on_every_store! {
    closed_cases_come_latest_first,
    what_is_due_soon_comes_soonest_first,
}

async fn closed_cases_come_latest_first(house: TestHouse) {
    let first = house.kari().asks(Right::Access).await;
    house.advance(SignedDuration::from_hours(1)).await;
    let last = house.solveig().only(&["shop.orders"]).asks(Right::Access).await;
    let open = house.jonas().asks(Right::Erasure).await;
    assert_eq!((first.phase().await, last.phase().await, open.phase().await), ("answered", "answered", "open"));

    let mut desk = Browser::of_staff(&house, "kari").await;
    let closed = desk.get("/en/desk/?view=closed").await;
    let (before, after) = (closed.text().find(&last.reference), closed.text().find(&first.reference));
    assert!(before.is_some() && before < after, "the latest comes first: {closed}");
    assert!(!closed.text().contains(&open.reference), "{closed}");
    closed.says(&[r#"Closed&nbsp;<span class="number">(2)"#, r#"All open&nbsp;<span class="number">(1)"#]);

    let one = desk.get(&format!("/en/desk/?view=closed&q={}", first.reference.to_lowercase())).await;
    assert!(one.text().contains(&first.reference) && !one.text().contains(&last.reference), "{one}");
    let none = desk.get("/en/desk/?view=closed&right=objection").await;
    assert!(!none.text().contains(&first.reference), "{none}");
    let opened = desk.get("/en/desk/?view=open").await;
    assert!(opened.text().contains(&open.reference) && !opened.text().contains(&last.reference), "{opened}");
}

async fn what_is_due_soon_comes_soonest_first(house: TestHouse) {
    let first = house.jonas().asks(Right::Erasure).await;
    house.advance(SignedDuration::from_hours(24 * 2)).await;
    let second = house.solveig().only(&["shop.orders"]).asks(Right::Erasure).await;
    house.advance(SignedDuration::from_hours(24 * 3)).await;
    let last = house.kari().asks(Right::Erasure).await;
    assert_eq!((first.phase().await, second.phase().await, last.phase().await), ("open", "open", "open"));

    let mut desk = Browser::of_staff(&house, "kari").await;
    let none = desk.get("/en/desk/?view=due-soon").await;
    none.says(&[r#"<span class="number">(0)"#, r#"All open&nbsp;<span class="number">(3)"#]);
    assert!(!none.text().contains(&first.reference), "{none}");

    house.advance(SignedDuration::from_hours(24 * 22)).await;
    let mut desk = Browser::of_staff(&house, "kari").await;
    let soon = desk.get("/en/desk/?view=due-soon").await;
    let (before, after) = (soon.text().find(&first.reference), soon.text().find(&second.reference));
    assert!(before.is_some() && before < after, "the soonest comes first: {soon}");
    assert!(!soon.text().contains(&last.reference), "{soon}");
    let open = desk.get("/en/desk/?view=open").await;
    let places = [&first, &second, &last].map(|case| open.text().find(&case.reference));
    assert!(places[0].is_some() && places.is_sorted(), "{open}");
    let searched = desk.get(&format!("/en/desk/?view=open&q={}&right=erasure", last.reference.to_lowercase())).await;
    assert!(searched.text().contains(&last.reference) && !searched.text().contains(&first.reference), "{searched}");
    let none = desk.get("/en/desk/?view=open&right=access").await;
    assert!(!none.text().contains(&first.reference), "{none}");
}
