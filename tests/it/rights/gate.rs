//! What other systems are told before they use a person's data (Art. 18, 21, 7(3)): from the moment a commit returned, in every process,
//! and never "not restricted" by somebody who does not know.

use std::{collections::BTreeSet, fs, time::Duration};

use habeas::{
    action::{
        actor::Actor, add_client::AddClient, index_gate::IndexGate, note_use::NoteUse, open_case::OpenCase, refusal::Refusal,
        revoke_client::RevokeClient, signal_case::SignalCase,
    },
    view::{
        gate::{Admission, Unknown},
        look::Look,
    },
};
use habeas_core::law::{
    ask::{Asked, Objection},
    gate::Use,
    identifier::Identifier,
    lang::Lang,
    personal::Personal,
    right::Right,
};
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::{
    erasure::{approved, executed},
    rectification::tell_by_hand,
    restriction::claims,
};
use crate::house::{
    database::on_every_store,
    people::{CaseHandle, Subject},
    test_house::TestHouse,
};

on_every_store! {
    a_restriction_is_told_until_its_lift_has_come_to_its_end,
    what_is_refused_for_marketing_or_by_consent_holds_from_the_request_on,
    an_objection_is_told_while_it_is_weighed,
    a_no_to_marketing_outlives_an_erasure,
    nobody_who_asks_after_the_commit_hears_no,
    whoever_is_erased_is_not_written_to_again,
    another_process_hears_of_it_in_time,
    another_key_is_never_taken_for_no,
    a_use_of_restricted_data_is_noted_with_its_reason,
    a_token_is_good_until_it_is_revoked,
}

const NO: &str = r#"{"status":"not-restricted","restrictions":[]}"#;

/// What is told of an address now, as JSON.
async fn told(look: &Look, email: &str) -> Result<Value, Unknown> {
    // Whoever has begun hears from the database before the first question is answered.
    look.admit("nobody.here").await;
    now(look, email)
}

/// The same by what is known already.
fn now(look: &Look, email: &str) -> Result<Value, Unknown> {
    let index = look.gate_index_of(&Identifier::parse("email", email).unwrap());
    look.stopped(&index).unwrap().map(|answer| serde_json::from_str(&answer.body).unwrap())
}

async fn a_restriction_is_told_until_its_lift_has_come_to_its_end(house: TestHouse) {
    let kari = claims(house.kari().only(&["shop.customers", "shop.orders"]));
    let look = &house.house.look;
    let case = kari.asks(Right::Restriction).await;
    assert_eq!(told(look, &kari.email).await.unwrap().to_string(), NO.parse::<Value>().unwrap().to_string(), "nobody has decided yet");
    house.staff("kari").hands_in(&case, "judge", "restrict").await.unwrap();
    let answer = now(look, &kari.email).unwrap();
    let restriction = &answer["restrictions"][0];
    assert_eq!(
        (&answer["status"], &restriction["ground"], &restriction["article"]),
        (&json!("restricted"), &json!("claims"), &json!("Art. 18(1)(c)"))
    );
    assert_eq!(restriction["scope"], json!(["shop.customers", "shop.orders"]));
    assert_eq!(restriction["uses"], json!(["consent", "legal-claims", "rights-of-another", "public-interest"]));
    assert_eq!(restriction["case"], json!(case.reference));
    house.settle().await;
    tell_by_hand(&house, &case).await;
    let ida = house.staff("ida").actor().await;
    house.run(&ida, SignalCase { case: case.reference.clone(), name: "lift".to_owned() }).await.unwrap();
    house.settle().await;
    assert_eq!(told(look, &kari.email).await.unwrap(), answer, "the person may still speak");
    house.advance(SignedDuration::from_hours(15 * 24)).await;
    tell_by_hand(&house, &case).await;
    assert_eq!(case.letters().await.last().unwrap(), "restriction-lifted");
    assert_eq!(told(look, &kari.email).await.unwrap()["status"], "not-restricted");
    assert_eq!((case.facts("gate-shut").await.len(), case.facts("gate-opened").await.len()), (1, 1));
}

async fn what_is_refused_for_marketing_or_by_consent_holds_from_the_request_on(house: TestHouse) {
    let (kari, jonas) = (house.kari().asking(Asked::Objection(Objection::Marketing)), house.jonas());
    let look = &house.house.look;
    kari.sends(&kari.signs_in().await, Right::Objection).await;
    let answer = told(look, &kari.email).await.unwrap();
    assert_eq!(answer["restrictions"][0]["purposes"], json!(["direct-marketing"]), "before the worker has done anything: {answer}");
    assert_eq!(answer["restrictions"][0]["uses"], json!([]));
    jonas.sends(&jonas.signs_in().await, Right::ConsentWithdrawal).await;
    assert_eq!(told(look, &jonas.email).await.unwrap()["restrictions"][0]["purposes"], json!(["consent"]));
    assert_eq!(told(look, &house.solveig().email).await.unwrap()["status"], "not-restricted", "nobody else's");
    house.settle().await;
}

async fn an_objection_is_told_while_it_is_weighed(house: TestHouse) {
    let solveig = house.solveig().asking(Asked::Objection(Objection::Other { why: "Bestillingen handlet om en sykdom.".to_owned() }));
    let case = solveig.asks(Right::Objection).await;
    assert_eq!(case.waits_at().await, ["weigh"]);
    let look = &house.house.look;
    assert_eq!(told(look, &solveig.email).await.unwrap()["restrictions"][0]["article"], "Art. 18(1)(d)");
    house.staff("per").does(&case, "weigh", "overridden").await;
    house.staff("per").writing("ground", "R21.1l").does(&case, "grounds", "submitted").await;
    assert_eq!(told(look, &solveig.email).await.unwrap()["status"], "restricted", "nobody has agreed yet");
    house.staff("ida").does(&case, "review-grounds", "approved").await;
    tell_by_hand(&house, &case).await;
    assert_eq!(case.phase().await, "refused");
    assert_eq!(told(look, &solveig.email).await.unwrap()["status"], "not-restricted");
}

async fn a_no_to_marketing_outlives_an_erasure(house: TestHouse) {
    let solveig = house.solveig();
    let objection = solveig.clone().asking(Asked::Objection(Objection::Marketing)).asks(Right::Objection).await;
    tell_by_hand(&house, &objection).await;
    let erasure = approved(&house, &solveig).await;
    executed(&house, &erasure).await;
    assert_eq!(erasure.phase().await, "answered");
    let answer = told(&house.house.look, &solveig.email).await.unwrap();
    assert_eq!((answer["restrictions"].as_array().unwrap().len(), &answer["restrictions"][0]["ground"]), (1, &json!("marketing")));
    assert!(!house.own_bytes().await.contains(&solveig.email), "and yet nobody can read whose it is");
    let letter = told_of_the_kernel(&erasure, &solveig);
    assert!(letter.contains("tirsdag 15. september 2026") || letter.contains("15. september 2026"), "since the no: {letter}");
}

/// What the letter of an erasure says of what stays so that nobody writes again.
fn told_of_the_kernel(case: &CaseHandle<'_>, who: &Subject<'_>) -> String {
    let letter = case.mail_to(&who.email).text.replace('\n', " ");
    for said in [
        "Vi beholder e-postadressen din, låst og gjort om til en kode, og dagen da reklamen stoppet",
        "Uten dette kunne noen skrive til deg igjen.",
        "Det slettes når du sier at du vil ha reklame igjen.",
        "(Art. 21(3), Art. 17(3)(b))",
    ] {
        assert!(letter.contains(said), "`{said}` is missing: {letter}");
    }
    letter
}

async fn whoever_is_erased_is_not_written_to_again(house: TestHouse) {
    let (solveig, jonas) = (house.solveig(), house.jonas());
    let look = &house.house.look;
    let case = approved(&house, &solveig).await;
    assert_eq!(told(look, &solveig.email).await.unwrap()["status"], "not-restricted", "it can still be stopped");
    executed(&house, &case).await;
    let answer = told(look, &solveig.email).await.unwrap();
    let kernel = &answer["restrictions"][0];
    assert_eq!((&kernel["ground"], &kernel["article"], &kernel["case"]), (&json!("erased"), &json!("Art. 17(1)"), &json!(case.reference)));
    assert_eq!((&kernel["purposes"], &kernel["uses"]), (&json!(["direct-marketing"]), &json!([])));
    assert_eq!(told(look, &jonas.email).await.unwrap()["status"], "not-restricted");
    told_of_the_kernel(&case, &solveig);
    assert!(!house.own_bytes().await.contains(&solveig.email), "nobody can read whose it is");
    let other = house.opened_again().await;
    assert_eq!(told(&other.look, &solveig.email).await.unwrap(), answer, "after a restart");
    // The case is forgotten one day; the no is not.
    house.advance(SignedDuration::from_hours(24 * 365 * 6)).await;
    house.house.worker.upkeep().await.unwrap();
    assert!(case.row().await.case_key.is_none(), "forgotten");
    assert_eq!(told(look, &solveig.email).await.unwrap()["restrictions"][0]["ground"], "erased");
    house.settle().await;
}

fn says_no(number: usize) -> OpenCase {
    OpenCase {
        right: Right::ConsentWithdrawal,
        lang: Lang::Nb,
        email: Personal::new(format!("person-{number}@post.example")),
        item: None,
        kinds: None,
        asked: Asked::Nothing,
        proofs: Vec::new(),
        received_at: None,
        acting: None,
        via: "command-line",
    }
}

/// Many at a time, in groups that several leaders commit side by side; every one of them asks the moment the answer is there.
async fn nobody_who_asks_after_the_commit_hears_no(house: TestHouse) {
    let (door, look) = (house.house.door.clone(), house.house.look.clone());
    assert!(told(&look, "person-0@post.example").await.is_ok());
    let people = (0..40).map(|number| {
        let (door, look) = (door.clone(), look.clone());
        tokio::spawn(async move {
            door.run(&Actor::Operator, says_no(number)).await.unwrap();
            now(&look, &format!("person-{number}@post.example"))
        })
    });
    for (number, answer) in futures_util::future::join_all(people).await.into_iter().enumerate() {
        // A machine that is too busy may not know; it never says no.
        assert!(!answer.unwrap().is_ok_and(|answer| answer["status"] == "not-restricted"), "person {number}");
        assert_eq!(told(&look, &format!("person-{number}@post.example")).await.unwrap()["status"], "restricted");
    }
    let list: Value = serde_json::from_str(&look.all_stopped().unwrap().answer.body).unwrap();
    assert_eq!(list["restricted"].as_object().unwrap().len(), 40);
    house.settle().await;
}

/// While another process listens, each refusal here is known there within the time an answer may be old, or nothing is.
async fn another_process_hears_of_it_in_time(house: TestHouse) {
    let other = house.opened_again().await.look;
    assert_eq!(told(&other, "person-1@post.example").await.unwrap()["status"], "not-restricted");
    let listening = {
        let other = other.clone();
        tokio::spawn(async move { other.watch_gate().await })
    };
    for number in 1..4 {
        house.run(&Actor::Operator, says_no(number)).await.unwrap();
        let heard = async {
            while now(&other, &format!("person-{number}@post.example")).is_ok_and(|answer| answer["status"] == "not-restricted") {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(5), heard).await.expect("an answer is never older than five seconds");
    }
    listening.abort();
    house.settle().await;
}

async fn another_key_is_never_taken_for_no(house: TestHouse) {
    let kari = house.kari();
    kari.sends(&kari.signs_in().await, Right::ConsentWithdrawal).await;
    let old = house.house.look.clone();
    assert_eq!(told(&old, &kari.email).await.unwrap()["status"], "restricted");
    fs::remove_file(house.key_file("gate.key")).unwrap();
    let new = house.opened_again().await;
    let old_index = old.gate_index_of(&Identifier::parse("email", &kari.email).unwrap());
    assert_eq!(told(&new.look, &kari.email).await, Err(Unknown::Key), "what is in force was indexed with another key");
    assert_eq!(told(&new.look, &house.jonas().email).await, Err(Unknown::Key), "so nobody can be told no");
    assert_eq!(new.door.run(&Actor::Operator, IndexGate).await.unwrap(), 1);
    assert_eq!(told(&new.look, &kari.email).await.unwrap()["restrictions"][0]["ground"], "consent");
    assert_eq!(told(&new.look, &house.jonas().email).await.unwrap()["status"], "not-restricted");
    assert!(matches!(new.look.stopped(&old_index), Some(Err(Unknown::Key))), "a client that has the old key");
    house.settle().await;
}

async fn a_use_of_restricted_data_is_noted_with_its_reason(house: TestHouse) {
    let kari = claims(house.kari());
    let case = kari.asks(Right::Restriction).await;
    house.staff("kari").hands_in(&case, "judge", "restrict").await.unwrap();
    let jonas = house.jonas();
    jonas.sends(&jonas.signs_in().await, Right::ConsentWithdrawal).await;
    let note = |who: &Subject<'_>, why: &str| NoteUse {
        person: house.house.look.gate_index_of(&Identifier::parse("email", &who.email).unwrap()).split_once('-').unwrap().1.to_owned(),
        purpose: Use::LegalClaims,
        by: Personal::new("Ola Hansen".to_owned()),
        why: Personal::new(why.to_owned()),
    };
    let accounting = Actor::System { name: "accounting".to_owned() };
    assert_eq!(house.run(&accounting, note(&kari, "Kravet måtte besvares.")).await.unwrap(), [case.reference.as_str()]);
    assert!(matches!(house.run(&accounting, note(&kari, " ")).await, Err(Refusal::Invalid(_))), "a use has a reason");
    let nothing = house.run(&accounting, note(&jonas, "Kravet måtte besvares.")).await;
    assert!(
        matches!(nothing, Err(Refusal::Conflict { ref code, .. }) if code == "nothing-passed"),
        "a consent taken back has no such uses"
    );
    assert!(matches!(house.run(&Actor::Operator, note(&kari, "Derfor.")).await, Err(Refusal::Denied)));
    let facts = case.facts("restricted-data-used").await;
    assert_eq!((facts.len(), facts[0]["use"].as_str(), facts[0]["client"].as_str()), (1, "legal-claims", "accounting"));
    assert!(!house.own_bytes().await.contains("Kravet måtte besvares."), "who and why are sealed");
    house.settle().await;
}

async fn a_token_is_good_until_it_is_revoked(house: TestHouse) {
    let look = &house.house.look;
    let token = house.run(&Actor::Operator, AddClient { name: "shop".to_owned(), per_second: 2 }).await.unwrap();
    assert!(!house.own_bytes().await.contains(&token), "stored hashed");
    assert_eq!(look.admit(&token).await, Admission::Welcome("shop".to_owned()));
    let mut wrong = token.clone();
    wrong.replace_range(5..6, if token.as_bytes()[5] == b'a' { "b" } else { "a" });
    for stranger in ["", "shop", "shop.", &wrong, &token.replace("shop", "till")] {
        assert_eq!(look.admit(stranger).await, Admission::Stranger, "{stranger}");
    }
    let answers: BTreeSet<bool> = futures_util::future::join_all((0..100).map(|_| look.admit(&token)))
        .await
        .into_iter()
        .map(|it| it == Admission::TooOften)
        .collect();
    assert!(answers.contains(&true), "twice in a second and no more");
    let again = house.run(&Actor::Operator, AddClient { name: "shop".to_owned(), per_second: 2 }).await;
    assert!(matches!(again, Err(Refusal::Invalid(_))), "a name is given away once");
    house.run(&Actor::Operator, RevokeClient { name: "shop".to_owned() }).await.unwrap();
    assert_eq!(look.admit(&token).await, Admission::Stranger);
    assert!(matches!(house.run(&Actor::Operator, RevokeClient { name: "shop".to_owned() }).await, Err(Refusal::NotFound("client"))));
    house.settle().await;
}
