//! Withdrawal of consent (Art. 7(3)): as easy as giving it. The mailbox is enough and nobody has to agree.

use habeas_core::law::right::Right;

use super::rectification::{changed, tell_by_hand};
use crate::house::{database::on_every_store, test_house::TestHouse};

on_every_store! {
    what_rests_on_consent_stops_at_once,
    only_the_consent_that_is_withdrawn_stops,
    a_stranger_has_nothing_to_withdraw,
}

async fn what_rests_on_consent_stops_at_once(house: TestHouse) {
    let kari = house.kari().giving(None);
    let case = kari.asks(Right::ConsentWithdrawal).await;
    let said =
        "SELECT marketing_consent FROM customers WHERE id = 1 UNION ALL SELECT restricted FROM newsletter_subscriptions WHERE id = 1";
    assert_eq!(house.systems.texts("shop", said).await, ["0", "1"]);
    tell_by_hand(&house, &case).await;
    assert_eq!((case.phase().await, case.letters().await.last().unwrap().as_str()), ("answered", "consent-stopped"));
    assert_eq!(case.row().await.tier, None);
    assert!(case.mail_to(&kari.email).text.contains("Samtykket ditt er trukket (Art. 7(3))."));
}

async fn only_the_consent_that_is_withdrawn_stops(house: TestHouse) {
    let before = house.systems.rows().await;
    let case = house.kari().only(&["shop.newsletter_subscriptions"]).asks(Right::ConsentWithdrawal).await;
    tell_by_hand(&house, &case).await;
    let after = changed(&house, &before).await;
    assert!(after.len() == 1 && after[0].starts_with("shop.newsletter_subscriptions: 1 "), "{after:?}");
    assert_eq!(case.phase().await, "answered");
}

async fn a_stranger_has_nothing_to_withdraw(house: TestHouse) {
    let before = house.systems.bytes();
    let stranger = house.kari().from("nobody@elsewhere.example").giving(None);
    let case = stranger.asks(Right::ConsentWithdrawal).await;
    assert_eq!((case.phase().await, case.letters().await), ("answered", vec!["receipt".to_owned(), "nothing-held".to_owned()]));
    assert!(house.systems.bytes() == before);
}
