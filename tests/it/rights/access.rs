//! Access (Art. 15), from the request to the package: everything held about the person, and nothing about anybody else.

use std::{collections::BTreeMap, path::Path};

use habeas::{
    action::{open_case::OpenCase, refusal::Refusal, submit_task::SubmitTask},
    bundle::verify::{Kind, Verdict, verify_file},
};
use habeas_core::law::{ask::Asked, lang::Lang, personal::Personal, right::Right, tier::Tier};
use jiff::{SignedDuration, ToSpan as _};

use crate::house::{database::on_every_store, package::Package, test_house::TestHouse};

on_every_store! {
    ordinary_data_is_answered_by_itself,
    only_the_kinds_asked_for_are_handed_out,
    a_stranger_hears_that_nothing_is_held,
    a_wrong_second_item_leads_to_a_question_and_an_answer,
    a_mailbox_alone_is_not_enough,
    somebody_elses_number_opens_nothing,
    nobody_answers_and_the_request_is_refused_with_reasons,
    ab38_data_about_others_and_high_risk_data_wait_for_people,
    without_strong_proof_only_ordinary_data_is_handed_out,
    whoever_has_not_opened_her_copy_is_reminded_once,
    a_package_goes_when_its_time_is_over,
    nobody_sees_a_foreign_case,
}

async fn ordinary_data_is_answered_by_itself(house: TestHouse) {
    let kari = house.kari();
    let case = kari.asks(Right::Access).await;
    assert_eq!(case.phase().await, "answered");
    assert_eq!(case.letters().await, ["receipt", "access-ready"]);
    assert!(case.tasks().await.is_empty(), "no colleague had to do anything");
    assert_eq!(case.row().await.tier, Some(Tier::SecondItem));
    assert_eq!(case.row().await.due_on, house.today().saturating_add(1.month()));

    let report = verify_file(&Package::path(&case).await, &[house.keys.log().public()]).unwrap();
    assert_eq!((report.kind, report.verdict()), (Kind::Subject, Verdict::Intact), "{report}");
    let package = Package::open(&case).await;
    assert!(package.text("data/shop-orders.csv").contains(&kari.order_number));
    assert!(package.text("index.html").contains(&kari.email));
    let (solveig, jonas) = (house.solveig(), house.jonas());
    for stranger in [&solveig.email, &solveig.customer_number, &jonas.email, &jonas.customer_number] {
        assert!(!package.holds(stranger), "{stranger} is somebody else's");
    }
}

async fn only_the_kinds_asked_for_are_handed_out(house: TestHouse) {
    let case = house.kari().only(&["shop.orders"]).speaking(Lang::En).asks(Right::Access).await;
    assert_eq!(case.phase().await, "answered");
    let package = Package::open(&case).await;
    let data: Vec<_> = package.names().into_iter().filter(|name| Path::new(name).extension() == Some("csv".as_ref())).collect();
    assert_eq!(data, ["data/shop-orders.csv"]);
    assert!(!package.text("index.html").contains("Invoices"), "nothing is said of kinds that she did not ask about");
    assert!(case.mail_to(&house.kari().email).text.contains("The copy you asked for waits for you"));
}

async fn a_stranger_hears_that_nothing_is_held(house: TestHouse) {
    let stranger = house.kari().from("nobody@elsewhere.example").giving(Some("K-999999"));
    let case = stranger.asks(Right::Access).await;
    assert_eq!(case.phase().await, "answered");
    assert_eq!(case.letters().await, ["receipt", "nothing-held"]);
    assert!(case.package("subject").await.is_none());
    let answer = case.mail_to(&stranger.email).text.to_lowercase();
    assert!(!answer.contains("slettet"), "nothing found is never called erased: {answer}");
}

async fn a_wrong_second_item_leads_to_a_question_and_an_answer(house: TestHouse) {
    let kari = house.kari().giving(Some("K-999999"));
    let case = kari.asks(Right::Access).await;
    assert_eq!(case.waits_at().await, ["ask-identity"]);
    assert_eq!(case.letters().await, ["receipt", "question"]);
    assert!(case.mail_to(&kari.email).text.contains("kopi av passet"), "she is told that no passport copy is wanted");

    let before = case.row().await.due_on;
    house.advance(SignedDuration::from_hours(5 * 24)).await;
    kari.does(&case, "ask-identity", "submitted").await;
    let case_now = case.row().await;
    assert!(case_now.due_on > before, "the clock stood still while she owed us an answer");
    assert_eq!(case_now.strict_due_on, before, "a stop never hides the strict deadline");

    house.staff("kari").does(&case, "check-identity", "not-enough").await;
    assert_eq!(case.waits_at().await, ["ask-identity"]);
    kari.does(&case, "ask-identity", "submitted").await;
    let hasty = house.staff("kari").writing("reason", " ").tries(&case, "check-identity", "accepted").await;
    assert!(matches!(hasty, Err(Refusal::Invalid(_))), "how she was recognised has to be said");
    house.staff("kari").does(&case, "check-identity", "accepted").await;
    assert_eq!(case.phase().await, "answered");
    assert_eq!(case.letters().await, ["receipt", "question", "question", "access-ready"]);
}

async fn a_mailbox_alone_is_not_enough(house: TestHouse) {
    let case = house.kari().giving(None).asks(Right::Access).await;
    assert_eq!(case.waits_at().await, ["ask-identity"]);
    assert!(case.findings().await.is_empty(), "nothing is collected for somebody unproven");
}

async fn somebody_elses_number_opens_nothing(house: TestHouse) {
    let jonas = house.jonas().customer_number;
    let case = house.kari().giving(Some(&jonas)).asks(Right::Access).await;
    assert_eq!(case.waits_at().await, ["ask-identity"]);
    let case = house.kari().from("nobody@elsewhere.example").asks(Right::Access).await;
    assert_eq!(case.waits_at().await, ["ask-identity"], "her number does not open her data for another mailbox");
}

async fn nobody_answers_and_the_request_is_refused_with_reasons(house: TestHouse) {
    let kari = house.kari().giving(Some("K-999999"));
    let case = kari.asks(Right::Access).await;
    house.advance(SignedDuration::from_hours(15 * 24)).await;
    assert_eq!(case.waits_at().await, ["reasons"]);
    let eva = house.staff("eva").writing("ground", "R11.2").writing("reason", "Vi fant ikke ut hvem som spør.");
    eva.does(&case, "reasons", "submitted").await;
    let own = eva.tries(&case, "review-refusal", "approved").await;
    assert!(matches!(&own, Err(Refusal::Conflict { code, .. }) if code == "four-eyes"), "{own:?}");
    house.staff("per").does(&case, "review-refusal", "approved").await;
    assert_eq!(case.phase().await, "refused");
    let letter = case.mail_to(&kari.email).text;
    for part in ["Vi fant ikke ut hvem som spør.", "Art. 11(2)", "Datatilsynet"] {
        assert!(letter.contains(part), "{part} is missing: {letter}");
    }
}

async fn ab38_data_about_others_and_high_risk_data_wait_for_people(house: TestHouse) {
    let case = house.solveig().asks(Right::Access).await;
    assert_eq!(case.waits_at().await, ["review"]);
    house.staff("kari").does(&case, "review", "sent-back").await;
    assert_eq!(case.waits_at().await, ["review"], "collected again");
    house.staff("kari").does(&case, "review", "release").await;
    assert_eq!(case.waits_at().await, ["prove-more"]);
    case.shows_a_document().await;
    let handler = house.staff("kari").tries(&case, "check-identity-strong", "accepted").await;
    assert!(matches!(handler, Err(Refusal::NotFound("task"))), "only the officer approves a strong check: {handler:?}");
    house.staff("ida").does(&case, "check-identity-strong", "accepted").await;
    assert_eq!(case.phase().await, "answered");
    assert_eq!(case.letters().await, ["receipt", "proof-wanted", "access-ready"]);
    assert_eq!(case.row().await.tier, Some(Tier::Substantial));
    let package = Package::open(&case).await;
    assert!(package.holds("XTB00002"), "her passport number");
    assert!(package.holds("Ylva"), "her daughter, as released");
    assert!(package.names().iter().any(|name| name.starts_with("files/")), "{:?}", package.names());
}

async fn without_strong_proof_only_ordinary_data_is_handed_out(house: TestHouse) {
    let solveig = house.solveig();
    let case = solveig.asks(Right::Access).await;
    house.staff("kari").does(&case, "review", "release").await;
    case.shows_a_document().await;
    house.staff("ida").does(&case, "check-identity-strong", "not-enough").await;
    assert_eq!(case.phase().await, "answered");
    assert_eq!(case.letters().await, ["receipt", "proof-wanted", "access-partly"]);
    let package = Package::open(&case).await;
    assert!(package.holds(&solveig.order_number));
    assert!(!package.holds("XTB00002"), "the passport number is withheld");
    assert!(package.text("index.html").contains("Pass og bilde"), "and it says so");
    assert!(verify_file(&Package::path(&case).await, &[]).unwrap().is_unchanged());
}

async fn whoever_has_not_opened_her_copy_is_reminded_once(house: TestHouse) {
    let case = house.kari().speaking(Lang::En).asks(Right::Access).await;
    let (fetched, jonas) = (house.jonas().asks(Right::Access).await, house.jonas());
    house.sql(&format!("UPDATE package SET fetched_at = made_at WHERE case_id = '{}'", fetched.reference)).await;
    let reminders = |email: &str| {
        let mails = house.mails();
        mails
            .into_iter()
            .filter(|mail| mail.to == email && (mail.subject.contains("7 more days") || mail.subject.contains("7 dager til")))
            .collect::<Vec<_>>()
    };
    house.advance(SignedDuration::from_hours(22 * 24)).await;
    assert_eq!(reminders(&house.kari().email).len(), 0, "not so early");
    for _ in 0..3 {
        house.advance(SignedDuration::from_hours(24)).await;
    }
    let told = reminders(&house.kari().email);
    assert_eq!((told.len(), reminders(&jonas.email).len()), (1, 0), "once, and not whoever has it");
    assert!(
        told[0].text.contains("You keep your right.") && told[0].text.contains(&format!("/en/case/{}", case.reference)),
        "{}",
        told[0].text
    );
    assert!(
        !told[0].text.contains(&house.kari().order_number) && !told[0].text.to_lowercase().contains("access"),
        "nothing of what it is about"
    );
    assert_eq!(case.facts("package-reminded").await.len(), 1);
}

async fn a_package_goes_when_its_time_is_over(house: TestHouse) {
    let case = house.kari().asks(Right::Access).await;
    let file = Package::path(&case).await;
    house.advance(SignedDuration::from_hours(29 * 24)).await;
    assert!(file.exists());
    house.advance(SignedDuration::from_hours(2 * 24)).await;
    assert!(!file.exists());
    assert!(case.package("subject").await.is_none());
    assert_eq!(case.facts("package-removed").await.len(), 1);
}

async fn nobody_sees_a_foreign_case(house: TestHouse) {
    let (kari, jonas) = (house.kari().giving(None), house.jonas());
    let case = kari.asks(Right::Access).await;
    assert!(matches!(jonas.signals(&case, "withdraw").await, Err(Refusal::NotFound("case"))));
    let foreign = SubmitTask {
        task: case.open_task("ask-identity").await.id,
        outcome: "submitted".to_owned(),
        fields: BTreeMap::new(),
        files: Vec::new(),
        plan: None,
        version: None,
    };
    let refused = house.run(&jonas.signs_in().await, foreign).await;
    assert!(matches!(refused, Err(Refusal::NotFound("task"))), "{refused:?}");
    let in_her_name = OpenCase {
        right: Right::Access,
        lang: Lang::Nb,
        email: Personal::new(kari.email.clone()),
        item: None,
        kinds: None,
        asked: Asked::Nothing,
        proofs: Vec::new(),
        received_at: None,
        acting: None,
        via: "portal",
    };
    assert!(matches!(house.run(&jonas.signs_in().await, in_her_name).await, Err(Refusal::Denied)));
    let reader = house.staff("tilsyn").tries(&case, "ask-identity", "submitted").await;
    assert!(matches!(reader, Err(Refusal::Denied)), "the authority reads and does nothing: {reader:?}");
    assert_eq!(case.waits_at().await, ["ask-identity"]);
    house.settle().await;
}
