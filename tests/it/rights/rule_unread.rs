//! A retention rule that cannot be evaluated keeps what it may cover, and one person is asked: not once for each record.

use habeas::{
    action::resolve_incident::Resolution,
    store::incident::{self, Trouble},
};
use habeas_core::law::{plan::ErasureStep, right::Right};

use super::erasure::{approved, executed, planned};
use crate::house::{database::on_every_store, test_house::TestHouse};

on_every_store! {
    what_a_rule_cannot_read_stays_and_is_asked_once,
    a_rule_that_can_be_read_asks_nobody,
}

async fn what_a_rule_cannot_read_stays_and_is_asked_once(house: TestHouse) {
    let mut shop = house.systems.connect("shop").await;
    sqlx::raw_sql("UPDATE orders SET invoice_number = CAST(x'ff' || id AS TEXT)").execute(&mut shop).await.unwrap();
    let unread = async || {
        let open = incident::open(&house.store).await.unwrap().into_iter();
        open.filter(|it| it.trouble == Trouble::Unread).map(|it| (it.case, it.cause)).collect::<Vec<_>>()
    };
    let first = planned(&house, &house.solveig()).await;
    let asked = unread().await;
    let [(asked_in, cause)] = &asked[..] else { panic!("one rule, one system: {asked:?}") };
    assert_eq!(*asked_in, first.reference);
    for said in ["rule `NO-BOK-3.5`", "records of `shop`", "`orders.invoice_number`", "retention.yaml"] {
        assert!(cause.contains(said), "{cause}");
    }
    planned(&house, &house.jonas()).await;
    assert_eq!(unread().await, asked, "nobody is asked again, however many records and people");
    let facts = house.facts("rule-unread").await;
    assert_eq!(facts.len(), 1);
    assert!(facts[0].event.contains("NO-BOK-3.5") && !facts[0].event.contains("Brekkest"), "{}", facts[0].event);

    let plan = first.plan().await;
    let orders: Vec<&ErasureStep> = plan.plan().system("shop").unwrap().steps.iter().filter(|step| step.collection == "orders").collect();
    let undecided = |step: &&ErasureStep| step.decisions.iter().any(|it| it.because.iter().any(|why| why.id == "undecided"));
    assert!(!orders.is_empty() && orders.iter().all(undecided), "they stay");
    house.staff("kari").resolves(&first, Resolution::Retry, "").await.unwrap();
    assert!(unread().await.is_empty(), "seen");
    assert_eq!(house.kari().asks(Right::Access).await.incidents().await.len(), 0, "only erasing asks");
}

async fn a_rule_that_can_be_read_asks_nobody(house: TestHouse) {
    for person in [house.kari(), house.solveig(), house.jonas()] {
        let case = approved(&house, &person).await;
        executed(&house, &case).await;
        assert!(case.incidents().await.is_empty(), "{:?}", case.incidents().await);
    }
}
