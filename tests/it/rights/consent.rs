//! Withdrawal of consent (Art. 7(3)): as easy as giving it. The mailbox is enough and nobody has to agree.

use habeas_core::law::{
    ask::{Asked, Objection},
    right::Right,
};
use jiff::SignedDuration;

use super::rectification::{changed, tell_by_hand};
use crate::house::{database::on_every_store, package::Package, test_house::TestHouse};

on_every_store! {
    what_rests_on_consent_stops_at_once,
    only_the_consent_that_is_withdrawn_stops,
    a_stranger_has_nothing_to_withdraw,
    what_was_said_yes_to_goes_along_in_both_copies,
    a_consent_says_when_it_was_withdrawn_and_says_it_once,
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

/// Purpose, text, when given, where, and when withdrawn: as a page, as a table and exactly.
async fn what_was_said_yes_to_goes_along_in_both_copies(house: TestHouse) {
    let kari = house.kari();
    let said = "SELECT consent_text || '|' || channel || '|' || subscribed_at FROM newsletter_subscriptions WHERE id = 1";
    let said = house.systems.texts("shop", said).await.remove(0);
    let [text, channel, given] = said.split('|').collect::<Vec<_>>().try_into().unwrap();
    assert!(text.starts_with("nyhetsbrev-") && !channel.is_empty(), "{said}");
    let withdrawal = kari.clone().only(&["shop.newsletter_subscriptions"]).asks(Right::ConsentWithdrawal).await;
    tell_by_hand(&house, &withdrawal).await;
    let day = withdrawal.row().await.received_at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    for right in [Right::Access, Right::Portability] {
        let case = kari.asks(right).await;
        let package = Package::open(&case).await;
        let exact: serde_json::Value = serde_json::from_str(&package.text("data/shop-newsletter-subscriptions.json")).unwrap();
        let row = &exact["rows"][0];
        assert_eq!((row["consent_text"].as_str(), row["channel"].as_str()), (Some(text), Some(channel)), "{right:?}");
        assert_eq!((row["subscribed_at"].as_str(), row["withdrawn_at"].as_str()), (Some(given), Some(day.as_str())), "{right:?}");
        let table = package.text("data/shop-newsletter-subscriptions.csv");
        assert!(table.contains("Teksten du sa ja til") || table.contains("consent_text"), "{right:?}: {table}");
        assert!([text, channel, &day].iter().all(|said| table.contains(said)), "{right:?}: {table}");
        let page = package.text("index.html");
        for line in ["For å sende deg nyhetsbrev og tilbud.", "Nyhetsbrev"] {
            assert!(page.contains(line), "{right:?}: `{line}`");
        }
        let stems = package.names().into_iter().filter_map(|name| name.strip_suffix(".html"));
        let pages: String = stems.map(|stem| package.text(&format!("{stem}.html"))).collect();
        for line in ["Teksten du sa ja til", text, "Hvor du sa ja", "Trukket tilbake"] {
            assert!(pages.contains(line), "{right:?}: `{line}`");
        }
    }
}

async fn a_consent_says_when_it_was_withdrawn_and_says_it_once(house: TestHouse) {
    let withdrawn =
        async || house.systems.texts("shop", "SELECT coalesce(withdrawn_at, '') FROM newsletter_subscriptions WHERE id = 1").await;
    let marketing = house.kari().asking(Asked::Objection(Objection::Marketing)).asks(Right::Objection).await;
    tell_by_hand(&house, &marketing).await;
    assert_eq!(withdrawn().await, [""], "an objection takes no consent back");
    let case = house.kari().asks(Right::ConsentWithdrawal).await;
    let first = withdrawn().await;
    assert_eq!(first, [case.row().await.received_at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()]);
    tell_by_hand(&house, &case).await;
    house.advance(SignedDuration::from_hours(48)).await;
    let again = house.kari().asks(Right::ConsentWithdrawal).await;
    tell_by_hand(&house, &again).await;
    assert_eq!((withdrawn().await, again.phase().await), (first, "answered"));
}

async fn a_stranger_has_nothing_to_withdraw(house: TestHouse) {
    let before = house.systems.bytes();
    let stranger = house.kari().from("nobody@elsewhere.example").giving(None);
    let case = stranger.asks(Right::ConsentWithdrawal).await;
    assert_eq!((case.phase().await, case.letters().await), ("answered", vec!["receipt".to_owned(), "nothing-held".to_owned()]));
    assert!(house.systems.bytes() == before);
}
