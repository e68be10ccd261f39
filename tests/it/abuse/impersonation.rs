//! Somebody says to be somebody else.

use habeas::action::{actor::Actor, open_case::OpenCase, refusal::Refusal, send_message::SendMessage};
use habeas_core::law::{ask::Asked, identifier::Identifier, lang::Lang, personal::Personal, right::Right};
use jiff::SignedDuration;

use crate::{
    faces::browser::Browser,
    house::{
        database::on_every_store,
        people::{CaseHandle, Subject},
        test_house::TestHouse,
    },
};

on_every_store! {
    ab01_an_answer_goes_only_to_the_mailbox_that_was_proven,
    ab02_a_twin_of_a_mailbox_is_another_one,
    ab03_nobody_adds_an_address_to_a_running_case,
    ab08_whoever_writes_for_another_is_asked_who_they_are,
    ab44_a_second_request_proves_nothing_by_the_first,
}

const MALLORY: &str = "mallory@elsewhere.example";

fn request(right: Right, email: &str, item: &str) -> OpenCase {
    OpenCase {
        right,
        lang: Lang::Nb,
        email: Personal::new(email.to_owned()),
        item: Some(Personal::new(item.to_owned())),
        kinds: None,
        asked: Asked::Nothing,
        proofs: Vec::new(),
        received_at: None,
        acting: None,
        via: "portal",
    }
}

/// Nothing was handed out: neither a package nor a letter that says that there is one.
async fn nothing_is_handed_out(case: &CaseHandle<'_>) {
    assert!(case.package("subject").await.is_none());
    assert!(!case.letters().await.contains(&"access-ready".to_owned()), "{:?}", case.letters().await);
}

async fn ab01_an_answer_goes_only_to_the_mailbox_that_was_proven(house: TestHouse) {
    let kari = house.kari();
    let mallory = kari.clone().from(MALLORY).signs_in().await;
    let stolen = house.run(&mallory, request(Right::Access, &kari.email, &kari.customer_number)).await;
    assert!(matches!(stolen, Err(Refusal::Denied)), "a mailbox speaks for itself alone: {stolen:?}");

    let mut hers = Browser::open(&house).await;
    let case = hers.asks(&kari, Right::Access, Lang::En).await;
    let page = hers.get(&format!("/en/case/{}/messages", case.reference)).await;
    hers.fills(&page, &[("message", &format!("Reply-To: {MALLORY}\r\nPlease send everything to {MALLORY} instead."))]).await;
    house.advance(SignedDuration::from_hours(24)).await;
    let told: Vec<_> = house.mails().into_iter().filter(|mail| mail.text.contains(&case.reference)).collect();
    let elsewhere = |to: &str| to != kari.email && !to.ends_with("@visumexpress.example");
    assert!(!told.is_empty() && !told.iter().any(|mail| elsewhere(&mail.to)), "words are no address");
    assert!(!told.iter().any(|mail| mail.text.contains(MALLORY)), "and go into no mail");
    assert_eq!(case.phase().await, "answered");
}

async fn ab02_a_twin_of_a_mailbox_is_another_one(house: TestHouse) {
    let kari = house.kari();
    let (name, host) = kari.email.split_once('@').unwrap();
    let own = Identifier::parse("email", &kari.email).unwrap();
    let (first, rest) = name.split_at(1);
    for twin in [format!("{name}+1@{host}"), format!("{first}.{rest}@{host}"), format!("{name}@mail.{host}")] {
        let case = kari.clone().from(&twin).asks(Right::Access).await;
        assert_eq!(case.waits_at().await, ["ask-identity"], "{twin} has her number and not her mailbox");
        nothing_is_handed_out(&case).await;
        let actor = kari.clone().from(&twin).signs_in().await;
        assert!(matches!(&actor, Actor::Subject { mailbox } if *mailbox != house.keys.blind("email", &kari.email)));
    }
    let look_alike = [
        format!("{}@{host}", name.replace('a', "\u{430}")),
        format!("{name}\u{200b}@{host}"),
        format!("{name}@{}", host.replace('e', "\u{435}")),
        format!("{name}\u{ff20}{host}"),
        format!("{name}%40{host}@{host}"),
        format!("{}, {MALLORY}", kari.email),
    ];
    for twin in look_alike {
        assert!(Identifier::parse("email", &twin).map_or(true, |other| other != own), "{twin:?} is not hers");
    }
    let shouted = Identifier::parse("email", &format!("  {} ", kari.email.to_uppercase())).unwrap();
    assert_eq!(shouted, own, "letters are the same in either case, as every mail server takes them");
    house.settle().await;
}

async fn ab03_nobody_adds_an_address_to_a_running_case(house: TestHouse) {
    let solveig = house.solveig();
    let case = solveig.asks(Right::Erasure).await;
    let mallory = solveig.clone().from(MALLORY).signs_in().await;
    let words = |text: &str| Personal::new(text.to_owned());
    let sneaked =
        house.run(&mallory, SendMessage { case: case.reference.clone(), words: words("I have a new address."), files: Vec::new() }).await;
    assert!(matches!(sneaked, Err(Refusal::NotFound("case"))), "{sneaked:?}");

    // In her own session, too, an address is only words.
    let hers = solveig.signs_in().await;
    house
        .run(
            &hers,
            SendMessage { case: case.reference.clone(), words: words("Use mallory@elsewhere.example from now on."), files: Vec::new() },
        )
        .await
        .unwrap();
    house.settle().await;
    house.staff("kari").does(&case, "assess", "go-on").await;
    case.shows_a_document().await;
    house.staff("ida").does(&case, "check-identity-strong", "accepted").await;
    house.staff("kari").does(&case, "propose", "partly").await;
    house.staff("per").approves(&case).await;
    let warned = case.mail_to(&solveig.email);
    assert!(warned.text.contains("/stop/"), "the address on file hears of it and can stop it: {}", warned.text);
    assert!(case.waits_at().await.contains(&"cooling-off".to_owned()), "and there is time to");
    let about_it: Vec<_> = house.mails().into_iter().filter(|mail| mail.to == MALLORY && mail.text.contains(&case.reference)).collect();
    assert!(about_it.is_empty(), "{about_it:?}");
}

async fn ab08_whoever_writes_for_another_is_asked_who_they_are(house: TestHouse) {
    let kari = house.kari();
    for right in [Right::Access, Right::Portability] {
        let case = kari.clone().from("datter@elsewhere.example").asks(right).await;
        assert_eq!(case.waits_at().await, ["ask-identity"], "{right:?}: no mandate was shown");
        nothing_is_handed_out(&case).await;
    }
    // What staff take by telephone proves nothing either.
    let staff = house.staff("kari").actor().await;
    let reference = house.run(&staff, OpenCase { via: "phone", ..request(Right::Access, MALLORY, &kari.customer_number) }).await.unwrap();
    house.settle().await;
    nothing_is_handed_out(&CaseHandle { house: &house, reference }).await;
}

async fn ab44_a_second_request_proves_nothing_by_the_first(house: TestHouse) {
    let kari = house.kari();
    let first = kari.asks(Right::Access).await;
    assert_eq!(first.phase().await, "answered");
    let unproven: Subject<'_> = kari.clone().giving(Some("K-999999"));
    let second = unproven.asks(Right::Access).await;
    assert_eq!(second.waits_at().await, ["ask-identity"], "the same right again is asked again who asks");
    nothing_is_handed_out(&second).await;
    let skipped = house.staff("per").tries(&second, "ask-identity", "submitted").await;
    assert!(matches!(skipped, Err(Refusal::NotFound("task") | Refusal::Denied)), "nor does anybody approve it past that: {skipped:?}");
    assert_eq!(second.waits_at().await, ["ask-identity"]);
}
