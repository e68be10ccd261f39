//! The statutory clock of a case (Art. 12(3)): what moves it, who is told, and that it never stops the house.

use habeas::{
    action::{actor::Actor, open_case::OpenCase, refusal::Refusal},
    clock::ClockError,
    store::timer,
};
use habeas_core::law::{ask::Asked, lang::Lang, personal::Personal, right::Right};
use jiff::{SignedDuration, ToSpan as _};

use crate::house::{database::on_every_store, people::CaseHandle, test_house::TestHouse};

on_every_store! {
    alarms_ring_once_each_in_their_order,
    a_pause_after_an_alarm_does_not_ring_it_again,
    a_pause_warns_on_the_strict_day_and_misses_nothing,
    a_request_by_letter_counts_from_its_arrival,
    a_request_asked_again_counts_from_then,
    the_two_months_are_taken_once,
    whoever_weighs_may_take_the_two_months,
    a_closed_case_rings_no_more,
    no_clock_goes_back,
}

const DAY: SignedDuration = SignedDuration::from_hours(24);

async fn alarms(case: &CaseHandle<'_>) -> Vec<String> {
    case.facts("alarm-raised").await.into_iter().map(|mut fact| fact.remove("alarm").unwrap()).collect()
}

async fn alarms_ring_once_each_in_their_order(house: TestHouse) {
    let case = house.kari().asks(Right::Erasure).await;
    let due_on = case.row().await.due_on;
    for _ in 0..40 {
        house.advance(DAY).await;
    }
    assert_eq!(alarms(&case).await, ["0", "1", "2", "3"]);
    let missed = case.facts("deadline-passed").await;
    assert!(matches!(&missed[..], [fact] if fact["record"] == "deadline-missed"), "{missed:?}");
    assert_eq!(case.incidents().await.len(), 1, "two days before the end somebody has to look");
    let task = case.open_task("assess").await;
    assert_eq!(task.roles, ["case-handler", "privacy-lead"], "an overdue task is offered to more people");
    let late = house.staff("kari").tries(&case, "assess", "extend").await;
    assert!(late.is_ok());
    assert_eq!(case.facts("clock-extended").await[0]["outcome"], "too-late", "after the deadline nothing can be extended");
    assert_eq!(case.letters().await, ["receipt"], "and nobody is told that it was");
    assert_eq!(case.row().await.due_on, due_on);
    assert_eq!((case.incidents().await.len(), case.waits_at().await), (1, vec!["propose".to_owned()]), "work goes on");
}

async fn a_pause_after_an_alarm_does_not_ring_it_again(house: TestHouse) {
    let kari = house.kari().giving(None);
    let case = kari.asks(Right::Access).await;
    for _ in 0..2 {
        house.advance(DAY * 13).await;
        kari.does(&case, "ask-identity", "submitted").await;
        house.staff("kari").does(&case, "check-identity", "not-enough").await;
    }
    assert_eq!(alarms(&case).await, ["0", "1"]);
    assert_eq!(case.waits_at().await, ["ask-identity"]);
    let another = house.jonas().asks(Right::Access).await;
    assert_eq!(another.phase().await, "answered", "the house still works for others");
}

async fn a_pause_warns_on_the_strict_day_and_misses_nothing(house: TestHouse) {
    let kari = house.kari().giving(None);
    let case = kari.asks(Right::Access).await;
    let strict = case.row().await.strict_due_on;
    for _ in 0..2 {
        house.advance(DAY * 13).await;
        kari.does(&case, "ask-identity", "submitted").await;
        house.staff("kari").does(&case, "check-identity", "not-enough").await;
    }
    house.advance(DAY * 10).await;
    assert!(house.today() > strict);
    assert_eq!(alarms(&case).await, ["0", "1", "2", "3"], "a stop hides no case");
    assert!(case.facts("deadline-passed").await.is_empty(), "the answer she owes us moves the day");
    kari.does(&case, "ask-identity", "submitted").await;
    let due = case.row().await.due_on;
    assert!(due > house.today());
    assert!(case.facts("deadline-passed").await.is_empty());
    while house.today() <= due {
        house.advance(DAY).await;
    }
    assert_eq!(case.facts("deadline-passed").await.len(), 1, "now it is missed, and said once");
    assert_eq!(alarms(&case).await, ["0", "1", "2", "3"]);
}

async fn a_request_by_letter_counts_from_its_arrival(house: TestHouse) {
    let arrived = house.now() - DAY * 25;
    let kari = house.kari();
    let open = |received_at| OpenCase {
        right: Right::Erasure,
        lang: Lang::Nb,
        email: Personal::new(kari.email.clone()),
        item: Some(Personal::new(kari.customer_number.clone())),
        kinds: None,
        asked: Asked::Nothing,
        proofs: Vec::new(),
        received_at: Some(received_at),
        acting: None,
        via: "letter",
    };
    let handler = house.staff("kari").actor().await;
    let future = house.run(&handler, open(house.now() + DAY)).await;
    assert!(matches!(future, Err(Refusal::Invalid(_))), "{future:?}");
    let nobody = house.run(&Actor::Visitor, open(arrived)).await;
    assert!(matches!(nobody, Err(Refusal::Denied)), "{nobody:?}");
    let reference = house.run(&handler, open(arrived)).await.unwrap();
    house.settle().await;
    let case = CaseHandle { house: &house, reference };
    assert!(case.row().await.due_on < house.today().saturating_add(8.days()));
    assert_eq!(alarms(&case).await, ["0", "1"], "what is overdue already rings at once");
}

async fn a_request_asked_again_counts_from_then(house: TestHouse) {
    let kari = house.kari();
    let case = kari.asks(Right::Erasure).await;
    house.staff("kari").does(&case, "assess", "extend").await;
    kari.signals(&case, "withdraw").await.unwrap();
    assert_eq!(case.phase().await, "withdrawn");
    house.advance(DAY * 60).await;
    kari.signals(&case, "reopen").await.unwrap();
    assert_eq!(case.phase().await, "open");
    assert_eq!(case.waits_at().await, ["assess"]);
    let (row, today) = (case.row().await, house.today());
    assert!(row.due_on > today.saturating_add(25.days()) && row.due_on < today.saturating_add(35.days()), "{} on {today}", row.due_on);
    house.advance(DAY * 21).await;
    assert_eq!(alarms(&case).await, ["0"]);
}

async fn the_two_months_are_taken_once(house: TestHouse) {
    let kari = house.kari();
    let case = kari.asks(Right::Erasure).await;
    house.staff("kari").does(&case, "assess", "extend").await;
    let extended = case.row().await.due_on;
    assert!(case.mail_to(&kari.email).text.contains("tirsdag 15. desember 2026"), "{}", case.mail_to(&kari.email).text);
    kari.signals(&case, "amend").await.unwrap();
    house.staff("kari").does(&case, "assess", "extend").await;
    let outcomes: Vec<_> = case.facts("clock-extended").await.into_iter().map(|mut fact| fact.remove("outcome").unwrap()).collect();
    assert_eq!(outcomes, ["extended", "already"]);
    assert_eq!(case.row().await.due_on, extended, "neither longer nor shorter");
    assert_eq!(
        case.letters().await,
        ["receipt", "extension", "receipt"],
        "a changed request is acknowledged, its extension is not told twice"
    );
}

async fn whoever_weighs_may_take_the_two_months(house: TestHouse) {
    let solveig = house.solveig();
    let case = solveig.asks(Right::Access).await;
    assert_eq!(case.waits_at().await, ["review"]);
    house.staff("kari").writing("reason", "Det er mye om andre i saken.").does(&case, "review", "extend").await;
    let row = case.row().await;
    assert!(row.due_on > row.strict_due_on.saturating_add(50.days()), "{} and {}", row.due_on, row.strict_due_on);
    assert_eq!(
        (case.letters().await, case.waits_at().await),
        (vec!["receipt".to_owned(), "extension".to_owned()], vec!["review".to_owned()])
    );
    assert!(case.mail_to(&solveig.email).text.contains("Det er mye om andre i saken."), "{}", case.mail_to(&solveig.email).text);
}

async fn a_closed_case_rings_no_more(house: TestHouse) {
    let kari = house.kari().giving(None);
    let case = kari.asks(Right::Access).await;
    kari.signals(&case, "withdraw").await.unwrap();
    assert_eq!(case.phase().await, "withdrawn");
    assert!(timer::of_case(&house.store, &case.reference).await.unwrap().is_empty());
}

async fn no_clock_goes_back(house: TestHouse) {
    let before = house.now();
    let back = house.house.door.clock().advance(-DAY);
    assert!(matches!(back, Err(ClockError::Backwards)), "{back:?}");
    assert!(house.now() >= before);
}
