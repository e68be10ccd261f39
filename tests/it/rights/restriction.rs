//! Restriction (Art. 18): stored and nothing else from now on, and never lifted before the person has heard of it.

use habeas::action::{refusal::Refusal, signal_case::SignalCase};
use habeas_core::law::{
    ask::{Asked, RestrictionGround},
    right::Right,
};
use jiff::SignedDuration;

use super::rectification::{changed, tell_by_hand};
use crate::house::{
    database::on_every_store,
    people::{CaseHandle, Subject},
    test_house::TestHouse,
};

on_every_store! {
    what_is_restricted_rests_until_it_is_lifted_with_notice,
    the_person_may_keep_it_restricted,
    only_staff_lifts_and_only_what_is_in_force,
    what_no_machine_can_mark_goes_to_a_person,
    a_restriction_of_another_case_stays,
    the_last_of_several_restrictions_gives_the_records_back,
    a_consent_taken_back_is_not_given_back_by_a_lift,
    a_restriction_may_be_refused,
    a_locked_system_is_restricted_later,
}

const SHOP: [&str; 2] = ["shop.customers", "shop.orders"];
const DAY: SignedDuration = SignedDuration::from_hours(24);

pub(crate) fn claims(subject: Subject<'_>) -> Subject<'_> {
    subject.asking(Asked::Restriction { ground: RestrictionGround::Claims })
}

/// Asks for some kinds, and leads the case to where they rest.
async fn restricted<'h>(house: &'h TestHouse, subject: &Subject<'h>) -> CaseHandle<'h> {
    let case = subject.asks(Right::Restriction).await;
    house.staff("kari").does(&case, "judge", "restrict").await;
    tell_by_hand(house, &case).await;
    assert_eq!((case.phase().await, case.waits_at().await), ("answered", vec![]));
    case
}

async fn lifts(house: &TestHouse, case: &CaseHandle<'_>, by: &str) -> Result<(), Refusal> {
    let done = house.run(&house.staff(by).actor().await, SignalCase { case: case.reference.clone(), name: "lift".to_owned() }).await;
    house.settle().await;
    done
}

/// How many customers and orders rest.
async fn resting(house: &TestHouse) -> Vec<String> {
    let count = "SELECT 'customer ' || id FROM customers WHERE restricted = 1 \
        UNION ALL SELECT 'order of ' || customer_id FROM orders WHERE restricted = 1 GROUP BY customer_id";
    house.systems.texts("shop", count).await
}

async fn what_is_restricted_rests_until_it_is_lifted_with_notice(house: TestHouse) {
    let kari = claims(house.kari().only(&SHOP));
    let before = house.systems.rows().await;
    let case = kari.asks(Right::Restriction).await;
    assert_eq!(case.waits_at().await, ["judge"]);
    assert!(resting(&house).await.is_empty());
    house.staff("kari").does(&case, "judge", "restrict").await;
    tell_by_hand(&house, &case).await;
    assert_eq!(case.letters().await.last().unwrap(), "restriction-done");
    assert_eq!(resting(&house).await, ["customer 1", "order of 1"], "hers and nobody else's");
    let letter = case.mail_to(&kari.email).text;
    assert!(
        letter.contains("Bruken er satt på pause (begrensning, Art. 18).") && letter.contains("- Kundeopplysninger, Nettbutikken"),
        "{letter}"
    );
    assert!(case.mail_to("personvern@nettdrift.example").text.contains("Bruken av dem er nå satt på pause hos oss"));

    lifts(&house, &case, "kari").await.unwrap();
    assert_eq!(case.letters().await.last().unwrap(), "lift-notice");
    let notice = case.mail_to(&kari.email).text;
    assert!(notice.contains("Du trengte dem til et krav.") && notice.contains("tirsdag 29. september 2026"), "{notice}");
    house.advance(DAY * 13).await;
    assert_eq!(resting(&house).await, ["customer 1", "order of 1"], "fourteen days to speak");
    house.advance(DAY * 2).await;
    tell_by_hand(&house, &case).await;
    assert_eq!((case.phase().await, case.letters().await.last().unwrap().as_str()), ("answered", "restriction-lifted"));
    assert!(changed(&house, &before).await.is_empty(), "everything is as it was");
    assert!(case.mail_to("personvern@nettdrift.example").text.contains("Dere kan bruke det som før."));
}

async fn the_person_may_keep_it_restricted(house: TestHouse) {
    let kari = claims(house.kari().only(&SHOP));
    let case = restricted(&house, &kari).await;
    lifts(&house, &case, "per").await.unwrap();
    kari.says(&case, "hear", "objects", "Retten har ikke avgjort det ennå.").await;
    assert_eq!(case.waits_at().await, ["reconsider"]);
    house.staff("ida").does(&case, "reconsider", "stays").await;
    assert_eq!((case.phase().await, case.letters().await.last().unwrap().as_str()), ("answered", "restriction-stays"));
    assert_eq!(resting(&house).await, ["customer 1", "order of 1"]);
    lifts(&house, &case, "ida").await.unwrap();
    assert_eq!(case.waits_at().await, ["hear"], "it can be tried again, with another notice");
}

async fn only_staff_lifts_and_only_what_is_in_force(house: TestHouse) {
    let kari = claims(house.kari().only(&SHOP));
    let case = kari.asks(Right::Restriction).await;
    assert!(lifts(&house, &case, "kari").await.is_err(), "nothing rests yet");
    house.staff("kari").does(&case, "judge", "restrict").await;
    tell_by_hand(&house, &case).await;
    assert!(kari.signals(&case, "lift").await.is_err(), "the person asks for a restriction, she does not lift one");
    assert_eq!(resting(&house).await, ["customer 1", "order of 1"]);
}

async fn what_no_machine_can_mark_goes_to_a_person(house: TestHouse) {
    let solveig = claims(house.solveig().only(&["helpdesk.calls", "helpdesk.enquiries"]));
    let case = solveig.asks(Right::Restriction).await;
    house.staff("kari").does(&case, "judge", "restrict").await;
    assert_eq!(case.waits_at().await, ["restrict-by-hand@helpdesk"]);
    let resting = "SELECT count(*) FROM enquiries WHERE restricted = 1";
    assert_ne!(house.systems.texts("helpdesk", resting).await, ["0"], "what the machine can do is done first");
    house.staff("bo").writing("reason", "Merket i loggen.").does(&case, "restrict-by-hand@helpdesk", "submitted").await;
    tell_by_hand(&house, &case).await;
    assert_eq!(case.letters().await.last().unwrap(), "restriction-done");
}

async fn a_restriction_of_another_case_stays(house: TestHouse) {
    let kari = claims(house.kari().only(&SHOP));
    let first = restricted(&house, &kari).await;
    let second = restricted(&house, &kari).await;
    assert_eq!(second.facts("system-restricted").await[0]["changed"], "0");
    lifts(&house, &second, "kari").await.unwrap();
    house.advance(DAY * 15).await;
    tell_by_hand(&house, &second).await;
    assert_eq!(resting(&house).await, ["customer 1", "order of 1"], "{} still holds it", first.reference);
}

async fn the_last_of_several_restrictions_gives_the_records_back(house: TestHouse) {
    let kari = claims(house.kari().only(&SHOP));
    let before = house.systems.rows().await;
    let first = restricted(&house, &kari).await;
    // The second is about less, and the third ends before anybody else: what each of them is about is reckoned by itself.
    let second = restricted(&house, &claims(house.kari().only(&["shop.customers"]))).await;
    let third = restricted(&house, &kari).await;
    for (case, resting_after) in [(&third, vec!["customer 1", "order of 1"]), (&first, vec!["customer 1"]), (&second, vec![])] {
        lifts(&house, case, "kari").await.unwrap();
        house.advance(DAY * 15).await;
        tell_by_hand(&house, case).await;
        assert_eq!(case.letters().await.last().unwrap(), "restriction-lifted");
        assert_eq!(resting(&house).await, resting_after, "{}", case.reference);
        assert!(house.house.door.prove(&case.reference).await.unwrap().problems.is_empty());
    }
    assert!(changed(&house, &before).await.is_empty(), "everything is as it was before the first");
}

async fn a_consent_taken_back_is_not_given_back_by_a_lift(house: TestHouse) {
    const NEWSLETTER: [&str; 1] = ["shop.newsletter_subscriptions"];
    let case = restricted(&house, &claims(house.kari().only(&NEWSLETTER))).await;
    let consent = house.kari().only(&NEWSLETTER).asks(Right::ConsentWithdrawal).await;
    tell_by_hand(&house, &consent).await;
    assert_eq!(consent.phase().await, "answered");
    lifts(&house, &case, "kari").await.unwrap();
    house.advance(DAY * 15).await;
    tell_by_hand(&house, &case).await;
    assert_eq!(case.letters().await.last().unwrap(), "restriction-lifted");
    assert_eq!(house.systems.texts("shop", "SELECT restricted FROM newsletter_subscriptions WHERE id = 1").await, ["1"]);
}

async fn a_restriction_may_be_refused(house: TestHouse) {
    let kari = claims(house.kari().only(&SHOP));
    let case = kari.asks(Right::Restriction).await;
    house.staff("kari").does(&case, "judge", "refuse").await;
    house.staff("kari").writing("ground", "R18.none").does(&case, "reasons", "submitted").await;
    house.staff("per").does(&case, "review-refusal", "approved").await;
    assert_eq!(case.phase().await, "refused");
    assert!(case.mail_to(&kari.email).text.contains("Art. 18(1)"));
    assert!(resting(&house).await.is_empty());
}

async fn a_locked_system_is_restricted_later(house: TestHouse) {
    let kari = claims(house.kari().only(&SHOP));
    let case = kari.asks(Right::Restriction).await;
    house.systems.hide("shop");
    house.staff("kari").does(&case, "judge", "restrict").await;
    assert!(case.waits_at().await.is_empty(), "it is tried again");
    house.systems.bring_back("shop");
    house.advance(SignedDuration::from_hours(1)).await;
    tell_by_hand(&house, &case).await;
    assert_eq!(resting(&house).await, ["customer 1", "order of 1"]);
}
