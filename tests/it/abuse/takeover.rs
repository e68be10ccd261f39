//! Somebody sits in a person's mailbox and asks for everything to be deleted.

use habeas_core::law::{right::Right, tier::Tier};
use jiff::SignedDuration;

use crate::{
    faces::{
        browser::{Browser, HOME},
        proof::has_another_address,
    },
    house::{database::on_every_store, people::CaseHandle, test_house::TestHouse},
    rights::erasure::{COOLED, approved},
};

on_every_store! {
    ab29_who_took_a_mailbox_over_erases_nothing_that_its_owner_stops_from_another,
    ab29_a_house_may_ask_a_second_channel_before_it_erases,
}

const FLOORS: &str = "second-items: [customer_number, order_number], floors: [{right: erasure, data: ordinary, tier: 2}]";

/// The kinds a thief would ask for: they need no more than a mailbox and a number, and hold no address but the stolen one.
const KINDS: [&str; 1] = ["shop.customers"];

async fn ab29_who_took_a_mailbox_over_erases_nothing_that_its_owner_stops_from_another(house: TestHouse) {
    let solveig = house.solveig();
    let work = has_another_address(&house, &solveig).await;
    let before = house.systems.bytes();
    let case = approved(&house, &solveig.only(&KINDS)).await;
    let warned = case.mail_to(work);
    let link = warned.text.split_whitespace().find(|word| word.contains("/stop/")).and_then(|word| word.strip_prefix(HOME));
    let mut hers = Browser::open(&house).await;
    let page = hers.get(link.unwrap_or_else(|| panic!("no link: {}", warned.text))).await;
    hers.fills(&page, &[]).await;
    house.advance(COOLED).await;
    assert!(house.systems.bytes() == before, "not a byte was touched");
    assert_eq!(case.waits_at().await, ["look-into-it"], "and somebody finds out who asked");
}

async fn ab29_a_house_may_ask_a_second_channel_before_it_erases(mut house: TestHouse) {
    house.rewrites("organisation.yaml", "second-items: [customer_number, order_number]", FLOORS).await;
    let solveig = house.solveig();
    has_another_address(&house, &solveig).await;
    let before = house.systems.bytes();
    let case = solveig.only(&KINDS).asks(Right::Erasure).await;
    house.staff("kari").does(&case, "assess", "go-on").await;
    assert_eq!(asked(&case).await, (Tier::SecondItem, vec!["prove-more".to_owned()]), "a mailbox and a number are not enough");
    house.advance(SignedDuration::from_hours(24 * 5)).await;
    assert_eq!(case.waits_at().await, ["reasons"], "silence erases nothing: somebody writes why it was refused");
    assert!(house.systems.bytes() == before, "not a byte was touched");
}

async fn asked(case: &CaseHandle<'_>) -> (Tier, Vec<String>) {
    (case.row().await.tier.expect("a tier"), case.waits_at().await)
}
