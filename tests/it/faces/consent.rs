//! Withdrawal of consent as people live it (Art. 7(3)): the mailbox is enough, and nobody has to agree.

use habeas_core::law::{lang::Lang, right::Right};

use super::{browser::Browser, files::bundle_of};
use crate::house::{database::on_every_store, test_house::TestHouse};

on_every_store! {
    kari_withdraws_everything_she_had_said_yes_to,
}

const SAID: &str =
    "SELECT marketing_consent FROM customers WHERE id = 1 UNION ALL SELECT restricted FROM newsletter_subscriptions WHERE id = 1";

async fn kari_withdraws_everything_she_had_said_yes_to(house: TestHouse) {
    let kari = house.kari();
    let mut hers = Browser::open(&house).await;
    let check = hers.writes(&kari, Right::ConsentWithdrawal, Lang::En, &[&[("scope", "everything")]]).await;
    check.says(&["Everything I have said yes to", "Nobody has to approve it"]);
    assert!(!check.text().contains(&kari.customer_number), "nobody is asked for more than the mailbox: {check}");
    let case = hers.sends(&check).await;
    assert_eq!(house.systems.texts("shop", SAID).await, ["0", "1"], "before anybody at the desk has looked at it");

    Browser::of_staff(&house, "kari").await.tells_by_hand(&case).await;
    assert_eq!((case.phase().await, case.letters().await.last().unwrap().as_str()), ("answered", "consent-stopped"));
    let status = hers.get(&format!("/en/case/{}", case.reference)).await;
    status.says(&["We have answered", "withdraw a consent", &format!("/en/case/{}/result", case.reference)]);
    let result = hers.follows_letter(&case, &kari.email).await;
    result.says(&[
        "The consent is withdrawn",
        "Newsletter",
        "Consent to advertising",
        "Who we told",
        "Visumexpress nettdrift",
        "complain to Datatilsynet",
    ]);
    reads_what_she_had_said_yes_to(&house, &mut hers).await;
    let bundle = bundle_of(&house, &case, &kari.email).await;
    assert!(bundle.text("data/00-cover.json").contains("consent-withdrawal"));
}

/// In what is held about her: the text, where, and when it ended.
async fn reads_what_she_had_said_yes_to(house: &TestHouse, hers: &mut Browser<'_>) {
    let case = house.kari().asks(Right::Access).await;
    let page = hers.get(&format!("/en/case/{}/data/shop.newsletter_subscriptions", case.reference)).await;
    page.says(&["To send you our newsletter and offers.", "The text you said yes to", "nyhetsbrev-", "Where you said yes", "Withdrawn"]);
    let withdrawn = page.text().split("<dt>Withdrawn</dt>").nth(1).map(|rest| rest.chars().take(80).collect::<String>()).unwrap();
    assert!(withdrawn.contains("2026 at"), "{withdrawn}");
}
